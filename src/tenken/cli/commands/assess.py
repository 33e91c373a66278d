"""`tenken assess`: asks the questions, or answers those that options answer."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.next_questions import list_next_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.cli.report_beside import ReportBeside
from tenken.cli.shared_options import STDIN, AsOf, SetAnswers
from tenken.files.file_names import quote_file_for_shell
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.answer_changes import render_answer_changes, render_next_count
from tenken.interview.checklist_offers import list_fitting_lines
from tenken.interview.incoming_answers import (
    apply_answer_settings,
    merge_file,
    open_or_create_record,
    take_over_answers,
    take_over_model_card,
)
from tenken.interview.plain_prompt import PlainPrompt
from tenken.interview.prompt import Prompt
from tenken.interview.prompt_choice import NO_TERMINAL, choose_terminal_prompt
from tenken.interview.typed_text import clean_signature
from tenken.interview.whole_interview import run_interview
from tenken.messages.message_catalog import get_language
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import RecordFile
from tenken.rules.library import Library
from tenken.rules.logic import Situation
from tenken.terminal.output import print_document, print_talk_lines
from tenken.terminal.signals import restore_terminal_modes_at_exit

_HELP_OF_MERGE = "Take over what somebody else filled in: a record, a workbook or CSV."
Plain = Annotated[
    bool, typer.Option("--plain", help="In numbered lines, on standard error, for screen readers and pipes.")
]
MergedFile = Annotated[Path | None, typer.Option("--merge", metavar="FILE", help=_HELP_OF_MERGE)]
OtherRecord = Annotated[
    Path | None, typer.Option("--from", metavar="OTHER", help="Take over what another record says of the organisation.")
]
ModelCard = Annotated[
    Path | None,
    typer.Option("--propose", metavar="FILE", help="Take over, answer by answer, what a model card suggests."),
]
NoReport = Annotated[bool, typer.Option("--no-report", help="Write no report beside the record.")]


def run_assess(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; found here, or begun, if left out.")
    ] = None,
    answers: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    quick: Annotated[
        bool, typer.Option("--quick", help="The short way: what applies, and one decisive check for each duty.")
    ] = False,
    plain: Plain = False,
    no_report: NoReport = False,
    as_of: AsOf = "",
    merge: MergedFile = None,
    source: OtherRecord = None,
    card: ModelCard = None,
) -> None:
    """Answer questions until it is clear what applies and what is missing; again to go on."""
    by = clean_signature(by)
    if source is not None:
        take_over_answers(path, source, read_clock)
    if answers or path == STDIN:
        _answer_by_options(path, answers, by)
        return
    asker = _find_asker(path, plain=plain, is_needed=merge is None and source is None and card is None)
    if merge is not None:
        merge_file(path, merge, asker, by=by, clock=read_clock)
    if card is not None:
        take_over_model_card(path, card, asker, by=by, clock=read_clock)
    elif asker is not None and merge is None:
        desk = None if no_report else ReportBeside(is_screen=not isinstance(asker, PlainPrompt))
        run_interview(path, asker, read_clock, parse_day_or_today(as_of), by=by, quick=quick, desk=desk)


def _find_asker(path: Path | None, *, plain: bool, is_needed: bool) -> Prompt | None:
    """Whoever asks on this terminal; raises `Problems` if nobody can who is needed."""
    asker = choose_terminal_prompt(plain=plain)
    if asker is None and is_needed:
        raise Problems(Problem(Place(""), NO_TERMINAL, {"file": quote_file_for_shell(path) if path else "RECORD"}))
    restore_terminal_modes_at_exit()
    return asker


def _answer_by_options(path: Path | None, said: list[str], by: str) -> None:
    """Answers what was set and says what that changed; the record goes back where it came from."""
    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, library = open_or_create_record(path, read_clock)
    before = _judge_answers(record_file, library)
    # Put together before the save: after it nothing else is opened, which could go wrong.
    shows = f"tenken questions {quote_file_for_shell(path)}"
    apply_answer_settings(record_file, library, said, by, read_clock())
    if path == STDIN:
        print_document(record_file.text)
    else:
        record_file.save()
    after = _judge_answers(record_file, library)
    wording = Wording(library, get_language())
    print_talk_lines(render_answer_changes(before.compare_with(after), wording, after.situation.as_of))
    print_talk_lines([render_next_count(len(list_next_questions(after)), shows)])
    print_talk_lines(list_fitting_lines(record_file.record, library, after.situation))


def _judge_answers(record_file: RecordFile, library: Library) -> RunningAssessment:
    situation = Situation(read_answer_values(record_file.record.answers, library), parse_day_or_today(""))
    return RunningAssessment(library, situation)
