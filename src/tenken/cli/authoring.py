"""The commands for those who write rules."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from tenken import terminal
from tenken.cli.options import GATE_FAILED, MISTAKE, day
from tenken.phrases import language, phrase, told


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")],
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="How mistakes are listed.")
    ] = "text",
) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    from tenken import formats, lint
    from tenken.export import mistakes

    write = formats.known("--format", format, mistakes.FORMS)
    problems = terminal.each(files, lambda path: lint.validate([path]))
    if write is not mistakes.text:
        terminal.out(write(problems))
    elif problems:
        terminal.say(write(problems))
    if problems:
        raise typer.Exit(MISTAKE)
    found = "1 file: no mistake found" if len(files) == 1 else "{count} files: no mistake found"
    terminal.say(phrase(found, count=len(files)))


def list_checklists() -> None:
    """The checklists there are, and of what state they are."""
    from tenken import library

    for id in library.shipped():
        item = library.load([id], language=language()).checklists[id]
        terminal.out(f"{id}  {item.version}  {item.title}")


def show_checklist(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a path ending in .yaml.")]) -> None:
    """A checklist as decision tables in Markdown: what applies when, unless what, from when."""
    from tenken import decisions, library, words

    known = library.load([id], language=language())
    for item in known.checklists.values():
        terminal.out("\n".join(decisions.markdown(item, words.Words(known, language()))).rstrip())


def print_schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="checklist, profile, translation, scenarios, crosswalk, house-rules, record, result; or reference.",
        ),
    ],
) -> None:
    """What a file can hold, as a JSON Schema for editors and programs; of the result of a report, too."""
    from tenken import reference

    terminal.out(reference.published(kind).rstrip("\n"))


def new_checklist(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as talking-exhibits.")],
    into: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder to write to.")] = Path(),
) -> None:
    """Write a checklist to begin with, its scenarios and its translation; no file is ever replaced."""
    from tenken import starter

    rules, situations, words = (quote(str(path)) for path in starter.write(id, into, day("")))
    terminal.say(phrase("Three files are written; each says what to put where. After every change:"))
    terminal.out(f"tenken validate {rules} {situations} {words}")
    terminal.out(f"tenken checklists test {situations}")


def lock_translations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Translations, such as profile.ja.yaml.")],
) -> None:
    """Note that translations fit the English words as they are now; `validate` tells when those change."""
    from tenken import lock

    for path in sorted(lock.write(files)):
        terminal.say(phrase("Everything is saved in {file}.", file=path))


def test_scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Scenario files; all shipped if left out.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Fail if there is a case that no scenario shows.")
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Propose what is missing in a new file."),
    ] = None,
) -> None:
    """Try written-down situations against the checklists; show where the outcome differs and what none shows."""
    from tenken import coverage as cover
    from tenken import propose, scenarios

    outcomes = terminal.each(files or scenarios.shipped(), scenarios.run)
    differences = [problem for outcome in outcomes for problem in outcome.differences]
    for problem in differences:
        terminal.out(told(problem))
    failed = sum(1 for outcome in outcomes if outcome.differences)
    terminal.say(phrase("{count} scenarios, {failed} with differences", count=len(outcomes), failed=failed))
    covered = cover.measure(outcomes)
    missing = sum(len(checklist.unshown) for checklist in covered)
    for line in (line for checklist in covered for line in checklist.lines()):
        terminal.say(line)
    if write and missing:
        propose.write(write, covered)
        terminal.say(phrase("{file}: {count} proposed; check each against its source", file=write, count=missing))
    elif write:
        terminal.say(phrase("No case is missing; nothing was written."))
    if differences or (coverage and missing):
        raise typer.Exit(GATE_FAILED)
