"""`tenken checklists test`: tries the scenarios, and shows what none of them shows."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.authoring.scenario_coverage import measure_coverage
from tenken.authoring.scenario_proposals import write_proposals
from tenken.authoring.scenarios import list_shipped_scenarios, run_scenario_file
from tenken.cli.exit_statuses import GATE_FAILED
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.terminal.output import map_files_with_progress, print_data, print_talk


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
    unread = sum(1 for outcome in outcomes if outcome.scenario.is_unread)
    if unread:
        text = "{count} scenarios are proposed only; read each against its source, then take its `note: proposed` out"
        print_talk(phrase(text, count=unread))
    if differences or (coverage and (missing or unread)):
        raise typer.Exit(GATE_FAILED)
