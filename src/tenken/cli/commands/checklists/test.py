"""The commands for those who write rules."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from tenken.cli.shared_options import GATE_FAILED, MISTAKE, parse_day_or_today
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.terminal.output import map_files_with_progress, print_data, print_talk


def run_validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")],
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="How mistakes are listed.")
    ] = "text",
) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    from tenken.authoring.lint import validate_files
    from tenken.authoring.problem_listing import PROBLEM_FORMATS, render_problems_text
    from tenken.report.formats import require_choice

    write = require_choice("--format", format, PROBLEM_FORMATS)
    problems = map_files_with_progress(files, lambda path: validate_files([path]))
    if write is not render_problems_text:
        print_data(write(problems))
    elif problems:
        print_talk(write(problems))
    if problems:
        raise typer.Exit(MISTAKE)
    found = "1 file: no mistake found" if len(files) == 1 else "{count} files: no mistake found"
    print_talk(phrase(found, count=len(files)))


def list_checklists() -> None:
    """The checklists there are, and of what state they are."""
    from tenken.rules.loading import list_shipped_checklists, load_library

    for id in list_shipped_checklists():
        checklist = load_library([id], language=get_language()).checklists[id]
        print_data(f"{id}  {checklist.version}  {checklist.title}")


def show_checklist(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a path ending in .yaml.")]) -> None:
    """A checklist as decision tables in Markdown: what applies when, unless what, from when."""
    from tenken.assessment.wording import Wording
    from tenken.authoring.decision_tables import render_decision_tables
    from tenken.rules.loading import load_library

    library = load_library([id], language=get_language())
    for checklist in library.checklists.values():
        print_data("\n".join(render_decision_tables(checklist, Wording(library, get_language()))).rstrip())


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
    from tenken.authoring.reference_page import render_schema_or_reference

    print_data(render_schema_or_reference(kind).rstrip("\n"))


def create_checklist(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id, such as talking-exhibits.")],
    into: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder to write to.")] = Path(),
) -> None:
    """Write a checklist to begin with, its scenarios and its translation; no file is ever replaced."""
    from tenken.authoring.starter_files import write_starter_files

    rules, situations, words = (quote(str(path)) for path in write_starter_files(id, into, parse_day_or_today("")))
    print_talk(phrase("Three files are written; each says what to put where. After every change:"))
    print_data(f"tenken validate {rules} {situations} {words}")
    print_data(f"tenken checklists test {situations}")


def lock_translations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Translations, such as profile.ja.yaml.")],
) -> None:
    """Note that translations fit the English words as they are now; `validate` tells when those change."""
    from tenken.authoring.translation_lock import write_translation_locks

    for path in sorted(write_translation_locks(files)):
        print_talk(phrase("Everything is saved in {file}.", file=path))


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
    from tenken.authoring.scenario_coverage import measure_coverage
    from tenken.authoring.scenario_proposals import write_proposals
    from tenken.authoring.scenarios import list_shipped_scenarios, run_scenario_file

    outcomes = map_files_with_progress(files or list_shipped_scenarios(), run_scenario_file)
    differences = [problem for outcome in outcomes for problem in outcome.differences]
    for problem in differences:
        print_data(phrase_problem(problem))
    failed = sum(1 for outcome in outcomes if outcome.differences)
    print_talk(phrase("{count} scenarios, {failed} with differences", count=len(outcomes), failed=failed))
    covered = measure_coverage(outcomes)
    missing = sum(len(checklist_coverage.unshown) for checklist_coverage in covered)
    for line in (line for checklist_coverage in covered for line in checklist_coverage.render_coverage_lines()):
        print_talk(line)
    if write and missing:
        write_proposals(write, covered)
        print_talk(phrase("{file}: {count} proposed; check each against its source", file=write, count=missing))
    elif write:
        print_talk(phrase("No case is missing; nothing was written."))
    if differences or (coverage and missing):
        raise typer.Exit(GATE_FAILED)
