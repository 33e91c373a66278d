"""`tenken questions`: prints the open questions as a file to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.open_questions import list_open_questions
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import assess_record_file
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language
from tenken.report.export.blank_record import find_questions_for, render_blank_record, render_letter_lines
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.logic import Situation
from tenken.terminal.output import print_data


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only the open ones.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
) -> None:
    """Print the open questions as a file to fill in."""
    if path is None:
        library, situation, record = (
            limit_to_default_depth(load_library(language=get_language())),
            Situation({}, parse_day_or_today("")),
            None,
        )
    else:
        record_file, assessment = assess_record_file(path, "")
        library, situation, record = assessment.library, assessment.situation, record_file.record
    ids = [open_question.question for open_question in list_open_questions(library, situation)]
    letter: list[str] = []
    if blank:
        ids = [*library.questions, *library.checks]
    if name:
        if path is None or record is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        ids, letter = find_questions_for(name, record), render_letter_lines(name, path)
    wording = Wording(library, get_language())
    print_data(render_blank_record(library, wording, ids, record, letter).rstrip("\n"))
