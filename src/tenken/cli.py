"""Arguments in, files out, errors in plain words. The clock is read here and nowhere else."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tenken import terminal
from tenken.model import Place, Problem, Problems

if TYPE_CHECKING:
    from tenken.assess import Assessment
    from tenken.library import Library
    from tenken.record import RecordFile

FINE, GATE_FAILED, MISTAKE, INTERRUPTED = 0, 1, 2, 130
STDIN = Path("-")

app = typer.Typer(
    name="tenken",
    help="Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RecordPath = Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system; - reads it from a pipe.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY", help="Judge by this day, such as 2026-12-02; today if left out.")]
Set = Annotated[list[str], typer.Option("--set", metavar="QUESTION=ANSWER", help="Answer a question; may be repeated.")]


def run() -> None:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    terminal.prepare()
    try:
        app()
    except Problems as found:
        for problem in found.problems:
            terminal.say(str(problem))
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
) -> None:
    if version:
        from tenken import __version__

        terminal.out(__version__)
    elif context.invoked_subcommand is None:
        terminal.out(context.get_help())
        terminal.out("\nBegin with: tenken assess")


@app.command()
def report(
    record: RecordPath,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints it.")] = None,
    format: Annotated[str, typer.Option("--format", metavar="html|json", help="Else by the ending of FILE, or html.")] = "",
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    from tenken import report as reports
    from tenken import result, view, words

    file, assessment = _assessed(record, as_of)
    form = format or (output.suffix.lstrip(".") if output else "") or "html"
    if form == "html":
        text = reports.html(view.build(assessment, file.record, words.Words(assessment.library)))
    elif form == "json":
        text = reports.to_json(result.as_json(assessment, file.record))
    else:
        raise Problems(Problem(Place("--format"), "{form} is not a format; it can be html or json", {"form": form}))
    if output == STDIN or (output is None and record == STDIN):
        terminal.out(text.rstrip("\n"))
        return
    target = output or file.path.with_suffix(f".{form}")
    reports.write(target, text, force=force)
    terminal.say(f"The report is in {target}")


@app.command()
def validate(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")]) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    from tenken import lint

    problems = lint.validate(files)
    if problems:
        raise Problems(*problems)
    terminal.say(f"{len(files)} file{'s' if len(files) > 1 else ''}: no mistake found")


checklists = typer.Typer(help="The checklists that ship with tenken, and how to try them.", rich_markup_mode=None)
app.add_typer(checklists, name="checklists")


@checklists.command("test")
def test_scenarios(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Scenario files; all shipped if left out.")] = None,
) -> None:
    """Try written-down situations against the checklists, and show where the outcome differs."""
    from tenken import scenarios

    outcomes = [outcome for path in files or scenarios.shipped() for outcome in scenarios.run(path)]
    differences = [problem for outcome in outcomes for problem in outcome.differences]
    for problem in differences:
        terminal.out(str(problem))
    failed = sum(1 for outcome in outcomes if outcome.differences)
    terminal.say(f"{len(outcomes)} scenarios, {failed} with differences")
    if differences:
        raise typer.Exit(GATE_FAILED)


def _assessed(path: Path, as_of: str) -> tuple[RecordFile, Assessment]:
    from tenken import library, record
    from tenken.assess import assess
    from tenken.logic import Situation

    file = record.open_record(path)
    checklists = library.load(file.record.checklists, file.beside)
    situation = Situation(record.values(file.record.answers, checklists), _day(as_of))
    return file, assess(checklists, situation)


def _day(said: str) -> date:
    from tenken.binding import parse_day

    try:
        return parse_day(said) if said else datetime.now(UTC).date()
    except ValueError:
        text = "{said} is not a day; write it as 2026-08-02"
        raise Problems(Problem(Place("--as-of"), text, {"said": said})) from None
