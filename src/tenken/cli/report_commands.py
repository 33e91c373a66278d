"""The commands that say what the answers amount to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenken.cli.shared_options import GATE_FAILED, STDIN, AsOf, RecordPath, SetAnswers, assess_record_file
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import (
    ReportMaterial,
    choose_report_format,
    list_part_formats,
    list_report_parts,
    list_whole_formats,
)
from tenken.terminal.output import measure_terminal_size, print_data, print_document, print_talk

if TYPE_CHECKING:
    from tenken.assessment.changes_since import ChangesSince
    from tenken.assessment.findings import Assessment, Finding
    from tenken.records.record_file import RecordFile
    from tenken.rules.library import Library
    from tenken.rules.logic import AnswerValue


def run_report(
    path: RecordPath,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints it.")
    ] = None,
    *,
    format: Annotated[
        str, typer.Option(metavar="|".join(list_whole_formats()), help="Else by the ending of FILE.")
    ] = "",
    only: Annotated[str, typer.Option("--only", metavar="|".join(list_report_parts()), help=_describe_parts())] = "",
    own: Annotated[Path | None, typer.Option("--template", metavar="DIR", help="Your own letterhead.")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--since", metavar="OLD", help="Show what is different since that record or JSON."),
    ] = None,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    from tenken.assessment.wording import Wording
    from tenken.report.report_file import save_report

    said = format or (output.suffix.lstrip(".") if output else "")
    form = choose_report_format(said, only, letterhead=own is not None)
    record_file, assessment = assess_record_file(path, as_of)
    since = _find_changes_since(earlier, record_file, assessment) if earlier else None
    content = form.write_content(
        ReportMaterial(record_file, assessment, Wording(assessment.library, get_language()), since, own)
    )
    if output == STDIN or (output is None and (path == STDIN or form.on_screen)):
        print_document(content)
        return
    target = output or record_file.path.with_suffix(f".{form.ending}")
    save_report(target, content, form, force=force)
    print_talk(phrase("The report is in {path}", path=target))


def _describe_parts() -> str:
    *names, last = list_part_formats()
    return phrase("Only this part, as --format {names} or {last}.", names=", ".join(names), last=last)


def run_check(
    path: RecordPath,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for what is undetermined or unanswered, too.")] = False,
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="Fail for what comes within, say, 30d.")
    ] = "0d",
    as_of: AsOf = "",
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met."""
    from tenken.assessment.explanation import render_finding_headline
    from tenken.assessment.gate import Gate, parse_day_count
    from tenken.assessment.wording import Wording

    try:
        rule = Gate(strict, parse_day_count(within))
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": within})) from None
    _, assessment = assess_record_file(path, as_of)
    stops = list(rule.list_blocking_findings(assessment))
    wording = Wording(assessment.library, get_language())
    for finding in stops:
        print_data(render_finding_headline(finding, assessment, wording))
        for measure in (*finding.outstanding, *finding.house_open):
            print_data("  " + wording.join_heading(measure.check.id, measure.check.ask))
        if finding.settled_by:
            print_data("  " + phrase("open: {ids}", ids=wording.join_list(finding.settled_by)))
    if stops:
        raise typer.Exit(GATE_FAILED)
    print_talk(phrase("Nothing in the way."))


def run_explain(
    path: RecordPath,
    requirement_id: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="Its id; all of them if left out.")] = "",
    what_if: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    as_of: AsOf = "",
) -> None:
    """Say why something applies or not, and with --set what another answer would change."""
    from tenken.assessment.explanation import render_changed_headlines, render_finding_explanation
    from tenken.assessment.findings import assess_all
    from tenken.assessment.wording import Wording

    _, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    wanted = _select_findings(requirement_id, assessment)
    if not what_if:
        for finding in wanted:
            print_data("\n".join(render_finding_explanation(finding, assessment, wording)) + "\n")
        return
    situation = assessment.situation
    for id, value in _parse_what_if(what_if, assessment.library).items():
        situation = situation.with_answer(id, value)
    after = assess_all(assessment.library, situation)
    ids = {finding.requirement.id for finding in wanted}
    lines = list(render_changed_headlines(assessment, after, wording, ids))
    print_data("\n".join(lines) if lines else phrase("Nothing would change."))


def run_diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The record as it was, or a JSON report of it.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The record as it is.")],
    as_of: AsOf = "",
) -> None:
    """Say what is different: what the law changed, what the calendar moved, what you changed."""
    from tenken.assessment.wording import Wording
    from tenken.report.export.changes_text import render_changes_text
    from tenken.report.view.changes import build_since_view

    record_file, assessment = assess_record_file(new, as_of)
    wording = Wording(assessment.library, get_language())
    seen = build_since_view(_find_changes_since(old, record_file, assessment), wording)
    print_data(render_changes_text(seen, wording, measure_terminal_size()[0]).rstrip("\n"))


def _find_changes_since(old: Path, record_file: RecordFile, assessment: Assessment) -> ChangesSince:
    from tenken.assessment.changes_since import find_changes_since, read_earlier_state

    return find_changes_since(
        read_earlier_state(old), record_file.record, assessment.library, assessment.situation.as_of
    )


def _select_findings(id: str, assessment: Assessment) -> list[Finding]:
    from tenken.files.problems import suggest_instead

    findings = {finding.requirement.id: finding for finding in assessment.findings}
    if id and id not in findings:
        facts = {"id": id, "hint": suggest_instead(id, findings)}
        raise Problems(Problem(Place("REQUIREMENT"), "{id} is not a requirement here; {hint}", facts))
    return [findings[id]] if id else list(findings.values())


def _parse_what_if(said: list[str], library: Library) -> dict[str, AnswerValue]:
    from tenken.records.answer_values import parse_answer_settings, read_answer_values

    return read_answer_values(parse_answer_settings(said), library)
