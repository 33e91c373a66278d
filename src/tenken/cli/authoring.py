"""The commands for those who write rules."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from tenken import terminal
from tenken.cli.options import GATE_FAILED, MISTAKE, parse_day_or_today
from tenken.phrases import get_language, phrase, phrase_problem


def run_validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")],
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="How mistakes are listed.")
    ] = "text",
) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    from tenken import formats, lint
    from tenken.export import mistakes

    write = formats.require_choice("--format", format, mistakes.PROBLEM_FORMATS)
    problems = terminal.map_files_with_progress(files, lambda path: lint.validate_files([path]))
    if write is not mistakes.render_problems_text:
        terminal.print_data(write(problems))
    elif problems:
        terminal.print_talk(write(problems))
    if problems:
        raise typer.Exit(MISTAKE)
    found = "1 file: no mistake found" if len(files) == 1 else "{count} files: no mistake found"
    terminal.print_talk(phrase(found, count=len(files)))


def list_checklists() -> None:
    """The checklists there are, and of what state they are."""
    from tenken import library

    for id in library.list_shipped_checklists():
        item = library.load_library([id], language=get_language()).checklists[id]
        terminal.print_data(f"{id}  {item.version}  {item.title}")


def show_checklist(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a path ending in .yaml.")]) -> None:
    """A checklist as decision tables in Markdown: what applies when, unless what, from when."""
    from tenken import decisions, library, words

    known = library.load_library([id], language=get_language())
    for item in known.checklists.values():
        terminal.print_data(
            "\n".join(decisions.render_decision_tables(item, words.Wording(known, get_language()))).rstrip()
        )


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

    terminal.print_data(reference.render_schema_or_reference(kind).rstrip("\n"))


def create_checklist(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as talking-exhibits.")],
    into: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder to write to.")] = Path(),
) -> None:
    """Write a checklist to begin with, its scenarios and its translation; no file is ever replaced."""
    from tenken import starter

    rules, situations, words = (
        quote(str(path)) for path in starter.write_starter_files(id, into, parse_day_or_today(""))
    )
    terminal.print_talk(phrase("Three files are written; each says what to put where. After every change:"))
    terminal.print_data(f"tenken validate {rules} {situations} {words}")
    terminal.print_data(f"tenken checklists test {situations}")


def lock_translations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Translations, such as profile.ja.yaml.")],
) -> None:
    """Note that translations fit the English words as they are now; `validate` tells when those change."""
    from tenken import lock

    for path in sorted(lock.write_translation_locks(files)):
        terminal.print_talk(phrase("Everything is saved in {file}.", file=path))


def run_scenarios(
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

    outcomes = terminal.map_files_with_progress(
        files or scenarios.list_shipped_scenarios(), scenarios.run_scenario_file
    )
    differences = [problem for outcome in outcomes for problem in outcome.differences]
    for problem in differences:
        terminal.print_data(phrase_problem(problem))
    failed = sum(1 for outcome in outcomes if outcome.differences)
    terminal.print_talk(phrase("{count} scenarios, {failed} with differences", count=len(outcomes), failed=failed))
    covered = cover.measure_coverage(outcomes)
    missing = sum(len(checklist.unshown) for checklist in covered)
    for line in (line for checklist in covered for line in checklist.render_coverage_lines()):
        terminal.print_talk(line)
    if write and missing:
        propose.write_proposals(write, covered)
        terminal.print_talk(
            phrase("{file}: {count} proposed; check each against its source", file=write, count=missing)
        )
    elif write:
        terminal.print_talk(phrase("No case is missing; nothing was written."))
    if differences or (coverage and missing):
        raise typer.Exit(GATE_FAILED)
