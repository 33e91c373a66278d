"""`tenken report`: writes the gap report, or a part of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.cli.earlier_record import compare_with_earlier
from tenken.cli.exit_statuses import FINE
from tenken.cli.help_pages import HELP_OF_PARTS
from tenken.cli.judged_record import assess_record_file
from tenken.cli.several_records import means_one_record, run_for_records
from tenken.cli.shared_options import STDIN, AsOf, CsvDelimiter, RecordPaths, read_delimiter
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import (
    ReportFormat,
    ReportMaterial,
    choose_report_format,
    find_report_ending,
    list_part_formats,
    list_report_parts,
    list_whole_formats,
)
from tenken.report.report_file import refuse_report_over_input, save_report
from tenken.terminal.output import print_document, print_talk

_HELP_OF_ONLY = HELP_OF_PARTS.format(names="|".join(list_part_formats()))
_HELP_OF_OUTPUT = "Where to write; - prints it. If left out: a file beside the record, or text on the screen."
_HELP_OF_FORMAT = "Else by the ending of FILE, else html."


def run_report(
    paths: RecordPaths,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_OUTPUT)] = None,
    *,
    said_form: Annotated[
        str, typer.Option("--format", metavar="|".join(list_whole_formats()), help=_HELP_OF_FORMAT)
    ] = "",
    only: Annotated[str, typer.Option("--only", metavar="|".join(list_report_parts()), help=_HELP_OF_ONLY)] = "",
    own: Annotated[Path | None, typer.Option("--template", metavar="DIR", help="Your own letterhead.")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--since", metavar="OLD", help="Show what is different since that record or JSON."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="With the annex open, so that all of it is printed.")] = False,
    delimiter: CsvDelimiter = "",
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    wanted = {"letterhead": own is not None, "since": earlier is not None, "full": full}
    form = choose_report_format(said_form, only, find_report_ending(output) if output else "", **wanted)
    sign = read_delimiter(delimiter, form.ending)
    _require_one_record(paths, output)
    made: dict[Path, Path] = {}

    def make(path: Path) -> int:
        record_file, assessment = assess_record_file(path, as_of)
        since = compare_with_earlier(earlier, record_file, assessment) if earlier else None
        folder = output.parent if output and output != STDIN else None
        wording = Wording(assessment.library, get_language())
        material = ReportMaterial(record_file, assessment, wording, since, own, full, folder, sign)
        return _deliver(material, form, path, output, made, force=force, inputs=list(filter(None, [earlier])))

    if status := run_for_records(paths, make):
        raise typer.Exit(status)


def _require_one_record(paths: Sequence[Path], output: Path | None) -> None:
    if output and not means_one_record(paths):
        raise Problems(Problem(Place("-o"), "leave it out: each of several reports is written beside its record"))


def _refuse_same_target(target: Path, path: Path, made: dict[Path, Path]) -> None:
    """Raises `Problems` if another record of the same run has its report where that of this one would be."""
    other = made.setdefault(target.resolve(), path)
    if other.resolve() != path.resolve():
        text = "the report of {other} was just written there; write this one with -o, by another name"
        raise Problems(Problem(Place(str(target)), text, {"other": str(other)}))


def _deliver(
    material: ReportMaterial,
    form: ReportFormat,
    path: Path,
    output: Path | None,
    made: dict[Path, Path],
    *,
    force: bool,
    inputs: Sequence[Path],
) -> int:
    """Prints the report or writes it into its file."""
    if output == STDIN or (output is None and (path == STDIN or form.on_screen)):
        print_document(form.write_content(material))
        return FINE
    target = output or form.name_file_beside(material.record_file.path)
    _refuse_same_target(target, path, made)
    refuse_report_over_input(target, material, form, *inputs)
    save_report(target, form.write_content(material), form, force=force)
    print_talk(phrase("The report is in {path}", path=target))
    return FINE
