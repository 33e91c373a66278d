"""`tenken validate`: finds the mistakes in files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.sign_off_notices import list_sign_off_notices
from tenken.assessment.wording import Wording
from tenken.authoring.lint import validate_files
from tenken.authoring.problem_listing import PROBLEM_FORMATS, render_problems_text
from tenken.cli.exit_statuses import MISTAKE
from tenken.cli.judged_record import assess_record_file
from tenken.files.problems import Problem
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.records.record_paths import may_be_record
from tenken.report.formats import require_choice
from tenken.terminal.output import map_files_with_progress, print_data, print_talk


def run_validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Checklists, scenarios or records.")],
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|github", help="How mistakes are listed.")
    ] = "text",
) -> None:
    """Find the mistakes in checklists, scenarios and records, with line and column."""
    write = require_choice("--format", form, PROBLEM_FORMATS)
    problems = map_files_with_progress(files, lambda path: validate_files([path]))
    if write is not render_problems_text:
        print_data(write(problems))
    elif problems:
        print_talk(write(problems))
    if any(not problem.is_note for problem in problems):
        raise typer.Exit(MISTAKE)
    found = "1 file: no mistake found" if len(files) == 1 else "{count} files: no mistake found"
    print_talk(phrase(found, count=len(files)))
    for note in (note for path in files for note in _list_notes(path)):
        print_talk(phrase_problem(note))


def _list_notes(path: Path) -> Iterator[Problem]:
    """What is no mistake in a record, and may still be meant otherwise."""
    if not (path.is_file() and may_be_record(str(path))):
        return
    record_file, assessment = assess_record_file(path, "")
    record, wording = record_file.record, Wording(assessment.library, get_language())
    for notice in list_sign_off_notices(record, assessment.situation.as_of, wording):
        yield Problem(record.at, "note: {notice}", {"notice": notice})
    for id in RunningAssessment(assessment.library, assessment.situation).list_spare_answers():
        place = record.answers[id].place
        yield Problem(place, "note: because of the other answers, {id} decides nothing here", {"id": id})
