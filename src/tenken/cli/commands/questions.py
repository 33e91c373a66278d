"""`tenken questions`: prints the open questions as a file to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.next_questions import NextQuestion, list_next_questions
from tenken.assessment.people_to_ask import find_questions_for, find_whom_to_ask, list_unsure_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin, read_record_situation
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.checklist_offers import add_offered_checklists, list_fitting_lines
from tenken.interview.document_questions import list_open_texts
from tenken.messages.message_catalog import get_language
from tenken.records.record import Record
from tenken.report.export.blank_record import (
    list_chosen_questions,
    render_blank_record,
    render_letter_lines,
    render_next_step_lines,
)
from tenken.rules.library import list_mentioned_ids
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.logic import Situation
from tenken.rules.outline import add_text_questions, find_outline
from tenken.terminal.output import print_document


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only those that are next.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
    document: Annotated[
        str, typer.Option("--document", metavar="DOCUMENT", help="What this document asks, as `draft` lists them.")
    ] = "",
) -> None:
    """Print the open questions as a file to fill in."""
    running, record = _read_running_assessment(path)
    library, situation = add_text_questions(running.library) if document else running.library, running.situation
    unsure: dict[str, str] = {}
    if document:
        asked = list_chosen_questions(list_open_texts(find_outline(document, get_language()), record), library)
        letter = render_next_step_lines(path, may_follow=False)
    elif name:
        if path is None or record is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        open_ids = [question.question for question in _list_asked(record, running)]
        asked = list_chosen_questions(find_questions_for(name, record, running, open_ids), library)
        letter = render_letter_lines(name, path)
    elif blank:
        used = {id for requirement in library.requirements.values() for id in list_mentioned_ids(requirement, library)}
        asked = list_chosen_questions(used, library)
        letter = render_next_step_lines(path, may_follow=False)
    else:
        asked = _list_asked(record, running)
        may_follow = any(question.leads_on for question in asked)
        fitting = list_fitting_lines(record, library, situation) if record else []
        unsure = _find_unsure(record, running) if record else {}
        letter = render_next_step_lines(path, may_follow, fitting)
    wording = Wording(library, get_language())
    print_document(render_blank_record(library, wording, asked, record, letter, unsure=unsure))


def _find_unsure(record: Record, running: RunningAssessment) -> dict[str, str]:
    """What nobody was sure of, each with who would know."""
    return {id: find_whom_to_ask(id, record, running) for id in list_unsure_questions(record, running)}


def _read_running_assessment(path: Path | None) -> tuple[RunningAssessment, Record | None]:
    """A record by its rules and answers; without one, the rules that everybody is asked for and no answers."""
    if path is None:
        library = limit_to_default_depth(load_library(language=get_language()))
        return RunningAssessment(library, Situation({}, parse_day_or_today(""))), None
    record_file = open_record_or_stdin(path)
    return RunningAssessment(*read_record_situation(record_file, "")), record_file.record


def _list_asked(record: Record | None, running: RunningAssessment) -> list[NextQuestion]:
    """What is next of the open questions, with what would follow by the checklists that may fit as well."""
    left_out = record.left_out if record else ()
    wider = RunningAssessment(add_offered_checklists(running.library, left_out), running.situation)
    open_ids = {open_question.question for open_question in running.open}
    return [question for question in list_next_questions(wider) if question.question in open_ids]
