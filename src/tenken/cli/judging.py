"""The commands that say what the answers amount to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenken import terminal
from tenken.cli.options import GATE_FAILED, STDIN, AsOf, RecordPath, Set, assessed
from tenken.phrases import language, phrase
from tenken.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from tenken.assess import Assessment, Finding
    from tenken.library import Library
    from tenken.logic import Value
    from tenken.record import RecordFile
    from tenken.since import Since


def report(
    record: RecordPath,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints it.")
    ] = None,
    *,
    format: Annotated[str, typer.Option(metavar="html|json|md|csv|pdf", help="Else by the ending of FILE.")] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="dates|comparison", help="Only this part, as --format text or ics.")
    ] = "",
    own: Annotated[Path | None, typer.Option("--template", metavar="DIR", help="Your own letterhead.")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--since", metavar="OLD", help="Show what is different since that record or JSON."),
    ] = None,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    from tenken import formats, words
    from tenken import report as reports

    form = format or (output.suffix.lstrip(".") if output and output != STDIN else "") or ("text" if only else "html")
    write = formats.writer(form, only, own)
    file, assessment = assessed(record, as_of)
    speak = words.Words(assessment.library, language())
    text = write(file, assessment, speak, _moved(earlier, file, assessment) if earlier else None)
    if output == STDIN or (output is None and (record == STDIN or form == "text")):
        terminal.deliver(text)
        return
    target = output or file.path.with_suffix(f".{form}")
    reports.write(target, text, force=force, signature=formats.signature(form, speak))
    terminal.say(phrase("The report is in {path}", path=target))


def check(
    record: RecordPath,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for what is undetermined or unanswered, too.")] = False,
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="Fail for what comes within, say, 30d.")
    ] = "0d",
    as_of: AsOf = "",
) -> None:
    """Pass or fail: fails if an obligation or a prohibition in force is not met."""
    from tenken import explain, gate, words

    try:
        rule = gate.Gate(strict, gate.parse_within(within))
    except ValueError:
        text = "{said} is not a number of days; write it as 30d"
        raise Problems(Problem(Place("--within"), text, {"said": within})) from None
    _, assessment = assessed(record, as_of)
    stops = list(rule.stops(assessment))
    speak = words.Words(assessment.library, language())
    for finding in stops:
        terminal.out(explain.headline(finding, assessment, speak))
        for measure in (*finding.outstanding, *finding.house_open):
            terminal.out("  " + speak.headed(measure.check.id, measure.check.ask))
        if finding.settled_by:
            terminal.out("  " + phrase("open: {ids}", ids=speak.listed(finding.settled_by)))
    if stops:
        raise typer.Exit(GATE_FAILED)
    terminal.say(phrase("Nothing in the way."))


def explain(
    record: RecordPath,
    requirement: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="Its id; all of them if left out.")] = "",
    what_if: Set = [],  # noqa: B006 - Typer reads the default and does not keep it
    as_of: AsOf = "",
) -> None:
    """Say why something applies or not, and with --set what another answer would change."""
    from tenken import explain, words
    from tenken.assess import assess

    _, assessment = assessed(record, as_of)
    speak = words.Words(assessment.library, language())
    wanted = _wanted(requirement, assessment)
    if not what_if:
        for finding in wanted:
            terminal.out("\n".join(explain.lines(finding, assessment, speak)) + "\n")
        return
    situation = assessment.situation
    for id, value in _settings(what_if, assessment.library).items():
        situation = situation.but(id, value)
    after = assess(assessment.library, situation)
    ids = {finding.requirement.id for finding in wanted}
    lines = list(explain.changes(assessment, after, speak, ids))
    terminal.out("\n".join(lines) if lines else phrase("Nothing would change."))


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The record as it was, or a JSON report of it.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The record as it is.")],
    as_of: AsOf = "",
) -> None:
    """Say what is different: what the law changed, what the calendar moved, what you changed."""
    from tenken import words
    from tenken.export import changes
    from tenken.view import since

    file, assessment = assessed(new, as_of)
    speak = words.Words(assessment.library, language())
    seen = since.build(_moved(old, file, assessment), speak)
    terminal.out(changes.text(seen, speak, terminal.size()[0]).rstrip("\n"))


def _moved(old: Path, file: RecordFile, assessment: Assessment) -> Since:
    from tenken import since

    return since.since(since.read(old), file.record, assessment.library, assessment.situation.as_of)


def _wanted(id: str, assessment: Assessment) -> list[Finding]:
    from tenken.binding import instead

    findings = {finding.requirement.id: finding for finding in assessment.findings}
    if id and id not in findings:
        facts = {"id": id, "hint": instead(id, findings)}
        raise Problems(Problem(Place("REQUIREMENT"), "{id} is not a requirement here; {hint}", facts))
    return [findings[id]] if id else list(findings.values())


def _settings(said: list[str], checklists: Library) -> dict[str, Value]:
    from tenken import record

    return record.values(record.settings(said), checklists)
