"""`tenken assess`: asks the questions, or answers those that options answer."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.open_questions import list_open_questions
from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.cli.shared_options import STDIN, AsOf, SetAnswers
from tenken.files.file_names import quote_file_for_shell
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.checklist_offers import list_fitting_lines
from tenken.interview.incoming_answers import (
    apply_answer_settings,
    merge_records,
    open_or_create_record,
    take_over_answers,
)
from tenken.interview.prompt_choice import NO_TERMINAL, choose_terminal_prompt
from tenken.interview.typed_text import clean_signature
from tenken.interview.whole_interview import run_interview
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import read_answer_values
from tenken.rules.logic import Situation
from tenken.terminal.output import print_document, print_talk
from tenken.terminal.signals import restore_terminal_modes_at_exit


def run_assess(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; found here, or begun, if left out.")
    ] = None,
    answers: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only what the text demands, nothing optional.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="In numbered lines, on standard error, for screen readers and pipes.")
    ] = False,
    as_of: AsOf = "",
    merge: Annotated[
        Path | None, typer.Option("--merge", metavar="FILE", help="Take over the answers somebody else filled in.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="OTHER", help="Take over what another record says of the organisation."),
    ] = None,
) -> None:
    """Answer questions until it is clear what applies and what is missing; again to go on."""
    by = clean_signature(by)
    if source is not None:
        take_over_answers(path, source, read_clock)
    if answers or path == STDIN:
        _answer_by_options(path, answers, by)
        return
    asker = choose_terminal_prompt(plain=plain)
    if asker is None and merge is None and source is None:
        raise Problems(Problem(Place(""), NO_TERMINAL, {"file": quote_file_for_shell(path) if path else "RECORD"}))
    restore_terminal_modes_at_exit()
    if merge is not None:
        merge_records(path, merge, asker, by=by, clock=read_clock)
    elif asker is not None:
        run_interview(path, asker, read_clock, parse_day_or_today(as_of), by=by, quick=quick)


def _answer_by_options(path: Path | None, said: list[str], by: str) -> None:
    """Answers what was set and says what is open; the record goes back where it came from."""
    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, library = open_or_create_record(path, read_clock)
    apply_answer_settings(record_file, library, said, by, read_clock())
    if path == STDIN:
        print_document(record_file.text)
    else:
        record_file.save()
    situation = Situation(read_answer_values(record_file.record.answers, library), parse_day_or_today(""))
    ids = [open_question.question for open_question in list_open_questions(library, situation)]
    print_talk(phrase("Open: {ids}", ids=", ".join(ids)) if ids else phrase("Nothing is open."))
    for line in list_fitting_lines(record_file.record, library, situation):
        print_talk(line)
