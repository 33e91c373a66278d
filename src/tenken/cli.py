"""Arguments in, files out, errors in plain words. The clock is read here and nowhere else."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenken import terminal, usage
from tenken.phrases import language, phrase, told
from tenken.problems import Place, Problem, Problems

if TYPE_CHECKING:
    from tenken.assess import Assessment, Finding
    from tenken.library import Library
    from tenken.logic import Value
    from tenken.record import RecordFile

FINE, GATE_FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130
STDIN = Path("-")

app = usage.App(
    name="tenken",
    help="Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RecordPath = Annotated[
    Path, typer.Argument(metavar="RECORD", help="The answers file of one system; - reads it from a pipe.")
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="Judge by this day, such as 2026-12-02; today if left out.")
]
Set = Annotated[list[str], typer.Option("--set", metavar="QUESTION=ANSWER", help="Answer a question; may be repeated.")]
From = Annotated[
    Path | None, typer.Option("--from", metavar="OTHER", help="Take over what another record says of the organisation.")
]


def run(arguments: list[str]) -> None:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    terminal.prepare()
    try:
        sys.exit(app(arguments, prog_name="tenken", standalone_mode=False))
    except Problems as found:
        for problem in found.problems:
            terminal.say(told(problem))
        sys.exit(MISTAKE)
    except usage.MISTAKE as mistake:
        terminal.say("\n".join(usage.told(mistake)))
        sys.exit(MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    _language: Annotated[
        str, typer.Option("--lang", metavar="en|ja", help="The language to speak; else that of the system.")
    ] = "",
) -> None:
    if version:
        from tenken import __version__

        terminal.out(__version__)
    elif context.invoked_subcommand is None:
        terminal.out(context.get_help())
        terminal.out("\n" + phrase("Begin with: tenken assess"))


@app.command("assess")
def assess_system(
    record: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; found here, or begun, if left out.")
    ] = None,
    answers: Set = [],  # noqa: B006 - Typer reads the default and does not keep it
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only what the text demands, nothing optional.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="In numbered lines, for screen readers and pipes.")] = False,
    as_of: AsOf = "",
    merge: Annotated[
        Path | None, typer.Option("--merge", metavar="FILE", help="Take over the answers somebody else filled in.")
    ] = None,
    source: From = None,
) -> None:
    """Answer questions until it is clear what applies and what is missing; again to go on."""
    from tenken.interview import merging, opening, prompt, taking

    if source is not None:
        taking.take_over(record, source)
    if answers or record == STDIN:
        _answer(record, answers, by)
        return
    asker = prompt.for_terminal(plain=plain)
    if asker is None and merge is None and source is None:
        raise Problems(Problem(Place(""), opening.NO_TERMINAL, {"file": record or "RECORD"}))
    try:
        if merge is not None:
            merging.merge(record, merge, asker, by=by, at=_now())
        elif asker is not None:
            opening.converse(record, asker, _now, _day(as_of), by=by, quick=quick)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


@app.command()
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
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    from tenken import formats, words
    from tenken import report as reports

    form = format or (output.suffix.lstrip(".") if output and output != STDIN else "") or ("text" if only else "html")
    write = formats.writer(form, only, own)
    file, assessment = _assessed(record, as_of)
    speak = words.Words(assessment.library, language())
    text = write(file, assessment, speak)
    if output == STDIN or (output is None and (record == STDIN or form == "text")):
        terminal.deliver(text)
        return
    target = output or file.path.with_suffix(f".{form}")
    reports.write(target, text, force=force, signature=formats.signature(form, speak))
    terminal.say(phrase("The report is in {path}", path=target))


@app.command()
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
    _, assessment = _assessed(record, as_of)
    stops = list(rule.stops(assessment))
    speak = words.Words(assessment.library, language())
    for finding in stops:
        terminal.out(explain.headline(finding, assessment, speak))
        for measure in finding.outstanding:
            terminal.out(f"  {measure.check.id}: {measure.check.ask}")
        if finding.settled_by:
            terminal.out("  " + phrase("open: {ids}", ids=", ".join(finding.settled_by)))
    if stops:
        raise typer.Exit(GATE_FAILED)
    terminal.say(phrase("Nothing in the way."))


@app.command("explain")
def explain_finding(
    record: RecordPath,
    requirement: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="Its id; all of them if left out.")] = "",
    what_if: Set = [],  # noqa: B006 - Typer reads the default and does not keep it
    as_of: AsOf = "",
) -> None:
    """Say why something applies or not, and with --set what another answer would change."""
    from tenken import explain, words
    from tenken.assess import assess

    _, assessment = _assessed(record, as_of)
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


@app.command()
def questions(
    record: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only the open ones.")] = False,
) -> None:
    """Print the open questions as a file to fill in."""
    from tenken import blank as blanks
    from tenken import library, words
    from tenken.assess import open_questions
    from tenken.logic import Situation

    if record is None:
        checklists, answers, made = library.shallow(library.load(language=language())), Situation({}, _day("")), None
    else:
        file, assessment = _assessed(record, "")
        checklists, answers, made = assessment.library, assessment.situation, file.record
    ids = [item.question for item in open_questions(checklists, answers)]
    every = (*checklists.questions, *checklists.checks)
    terminal.out(
        blanks.blank(checklists, words.Words(checklists, language()), every if blank else ids, made).rstrip("\n")
    )


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


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")],
) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    from tenken import lint

    problems = lint.validate(files)
    if problems:
        raise Problems(*problems)
    found = "1 file: no mistake found" if len(files) == 1 else "{count} files: no mistake found"
    terminal.say(phrase(found, count=len(files)))


checklists = usage.App(help="The checklists that ship with tenken, and how to try them.", rich_markup_mode=None)
app.add_typer(checklists, name="checklists")


@checklists.command("list")
def list_checklists() -> None:
    """The checklists there are, and of what state they are."""
    from tenken import library

    for id in library.shipped():
        item = library.load([id], language=language()).checklists[id]
        terminal.out(f"{id}  {item.version}  {item.title}")


@checklists.command("show")
def show_checklist(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a path ending in .yaml.")]) -> None:
    """A checklist as decision tables in Markdown: what applies when, unless what, from when."""
    from tenken import decisions, library, words

    known = library.load([id], language=language())
    for item in known.checklists.values():
        terminal.out("\n".join(decisions.markdown(item, words.Words(known, language()))).rstrip())


@checklists.command("test")
def test_scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Scenario files; all shipped if left out.")
    ] = None,
) -> None:
    """Try written-down situations against the checklists, and show where the outcome differs."""
    from tenken import scenarios

    outcomes = [outcome for path in files or scenarios.shipped() for outcome in scenarios.run(path)]
    differences = [problem for outcome in outcomes for problem in outcome.differences]
    for problem in differences:
        terminal.out(told(problem))
    failed = sum(1 for outcome in outcomes if outcome.differences)
    terminal.say(phrase("{count} scenarios, {failed} with differences", count=len(outcomes), failed=failed))
    if differences:
        raise typer.Exit(GATE_FAILED)


def _assessed(path: Path, as_of: str) -> tuple[RecordFile, Assessment]:
    from tenken import library, record
    from tenken.assess import assess
    from tenken.logic import Situation

    file = record.read_stdin() if path == STDIN else record.open_record(path)
    checklists = library.load_for(file.record, language())
    situation = Situation(record.values(file.record.answers, checklists), _day(as_of))
    return file, assess(checklists, situation)


def _answer(path: Path | None, said: list[str], by: str) -> None:
    """Answers what was set and says what is open; the record goes back where it came from."""
    from tenken.assess import open_questions
    from tenken.interview import opening
    from tenken.logic import Situation
    from tenken.record import values

    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    file, checklists = opening.open_or_new(path)
    opening.answer_unasked(file, checklists, said, by, _now())
    if path == STDIN:
        terminal.out(file.text.rstrip("\n"))
    else:
        file.save()
    situation = Situation(values(file.record.answers, checklists), _day(""))
    ids = [item.question for item in open_questions(checklists, situation)]
    terminal.say(phrase("Open: {ids}", ids=", ".join(ids)) if ids else phrase("Nothing is open."))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _day(said: str) -> date:
    from tenken.binding import parse_day

    try:
        return parse_day(said) if said else datetime.now(UTC).date()
    except ValueError:
        text = "{said} is not a day; write it as 2026-08-02"
        raise Problems(Problem(Place("--as-of"), text, {"said": said})) from None
