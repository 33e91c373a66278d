"""`tenken marks`: what machines can read in the files a system made, and which points of the laws that meets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import load_labels
from tenken.cli.exit_statuses import GATE_FAILED
from tenken.cli.mark_evidence import check_where_to_write, pin_samples, write_shown_points
from tenken.cli.mark_selection import (
    choose_points,
    find_unmet,
    list_required,
    list_sample_files,
    load_judging_rules,
    read_trusted_signers,
)
from tenken.cli.shared_options import AsOf
from tenken.files.problems import Place, Problem, Problems
from tenken.marks.file_marks import FileMarks
from tenken.marks.inspection import inspect_files
from tenken.marks.mark_comparison import Kept, MarkChange, compare_marks
from tenken.marks.mark_documents import MARK_FORMATS, TEST_FORMAT, MarkReport
from tenken.marks.mark_judging import JudgedPoint, MarkPoint, judge_files
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import require_choice
from tenken.rules.library import Library
from tenken.terminal.output import map_files_with_progress, print_document, print_lines, print_talk

SamplePaths = Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Files that the system made.")]
JudgingRecord = Annotated[
    Path | None, typer.Option("--record", metavar="RECORD", help="Judge by the laws and points that apply to it.")
]
RequiredChecks = Annotated[
    list[str] | None,
    typer.Option("--require", metavar="CHECK", help="Fail if a file does not meet it; `all` for all that bind."),
]
MarkForm = Annotated[str, typer.Option("--format", metavar="|".join(MARK_FORMATS), help="How to write it.")]
TrustedSigners = Annotated[
    Path | None, typer.Option("--trust", metavar="PEM", help="Certificates of signers to trust.")
]
ComparesTwo = Annotated[bool, typer.Option("--compare", help="Say what the second of two files has lost of the first.")]

WritesEvidence = Annotated[
    bool, typer.Option("--write", help="Add to the record, as evidence, what every file shows; never an answer.")
]


def run_marks(
    paths: SamplePaths,
    *,
    record: JudgingRecord = None,
    require: RequiredChecks = None,
    form: MarkForm = "text",
    trust: TrustedSigners = None,
    compare: ComparesTwo = False,
    write: WritesEvidence = False,
    as_of: AsOf = "",
) -> None:
    """Say what machines can read in files the system made, and which points of the laws that meets."""
    render = require_choice("--format", form, MARK_FORMATS)
    anchors = read_trusted_signers(trust)
    if write:
        check_where_to_write(record, compare=compare)
    if compare:
        _refuse_judging(record, require)
        _print_comparison(paths, anchors)
        return
    files, left_aside = list_sample_files(paths)
    library, assessment, record_file = load_judging_rules(record, as_of)
    points = choose_points(library, assessment, require or ())
    piece = pin_samples(paths, files, record_file.path) if write and record_file else None
    inspected = inspect_files(files, anchors)
    found = map_files_with_progress(files, lambda _: [next(inspected)])
    judged = judge_files(points, found)
    shown = list_required(judged, require) if require and form == TEST_FORMAT else judged
    unmet = find_unmet(judged, require or ())
    print_document(render(_build_report(library, found, shown, unmet)))
    _tell_left_out(points, left_aside)
    if piece and record_file:
        for line in write_shown_points(judged, piece, record_file):
            print_talk(line)
    _fail_for_unmet(unmet)


def _refuse_judging(record: Path | None, required: Sequence[str] | None) -> None:
    for option, said in (("--record", record), ("--require", required)):
        if said:
            text = "a comparison judges nothing; leave out --compare or {option}"
            raise Problems(Problem(Place(option), text, {"option": option}))


def _build_report(
    library: Library, found: Sequence[FileMarks], shown: Sequence[JudgedPoint], unmet: Mapping[str, str]
) -> MarkReport:
    laws = {id: str(checklist.title) for id, checklist in library.checklists.items()}
    return MarkReport(found, shown, laws, load_labels(get_language())["file_marks"], unmet)


def _tell_left_out(points: Sequence[MarkPoint], left_aside: int) -> None:
    if not points:
        print_talk(phrase("No point that a file can show applies to the record on that day."))
    if left_aside:
        print_talk(phrase("Other files in the folders, left aside: {count}", count=left_aside))


def _fail_for_unmet(unmet: Mapping[str, str]) -> None:
    for line in unmet.values():
        print_talk(line)
    if unmet:
        raise typer.Exit(GATE_FAILED)


def _print_comparison(paths: list[Path], anchors: str) -> None:
    if len(paths) != 2:
        raise Problems(Problem(Place("--compare"), "name two files: the original, and what is delivered"))
    labels = load_labels(get_language())["file_marks"]
    original, delivered = inspect_files(paths, anchors)
    for marks in (original, delivered):
        if marks.unreadable:
            reason = labels["unreadable"][marks.unreadable]
            raise Problems(Problem(Place(marks.path), "{reason}", {"reason": reason}))
    changes = compare_marks(original, delivered)
    print_lines(_render_lost_mark(change, labels) for change in changes)
    if not changes:
        print_talk(phrase("Neither file has a mark that tenken can read."))
    if any(change.kept in (Kept.LOST, Kept.CHANGED) for change in changes):
        raise typer.Exit(GATE_FAILED)


def _render_lost_mark(change: MarkChange, labels: dict[str, dict[str, str]]) -> str:
    group, _, name = change.mark.partition(".")
    known = {"c2pa": "compared_state", "aigc": "aigc"}.get(group)
    before, after = (labels[known].get(said, said) if known else said for said in (change.before, change.after))
    mark = labels["origin"][name] if group == "origin" else labels["compared"][group]
    place = f" ({labels['place'][name]})" if group == "declaration" else ""
    told = {
        Kept.KEPT: phrase("kept ({before})", before=before),
        Kept.LOST: phrase("lost (was {before})", before=before),
        Kept.CHANGED: phrase("changed ({before}, now {after})", before=before, after=after),
        Kept.NEW: phrase("new ({after})", after=after),
    }[change.kept]
    return f"{mark}{place}: {told}"
