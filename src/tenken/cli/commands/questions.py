"""`tenken questions`: the open questions as a file to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.next_questions import NextQuestion, list_next_questions
from tenken.assessment.people_to_ask import find_questions_for, find_whom_to_ask, list_unsure_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin, read_record_situation
from tenken.cli.shared_options import STDIN, CsvDelimiter, read_delimiter
from tenken.files.file_names import refuse_input_as_output
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.checklist_offers import add_offered_checklists, list_fitting_lines
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record import Record
from tenken.report.export.blank_record import list_chosen_questions
from tenken.report.export.question_list import QuestionList
from tenken.report.question_files import choose_question_format, save_question_file
from tenken.rules.library import list_mentioned_ids
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.logic import Situation
from tenken.terminal.output import print_document, print_talk

_HELP_OF_QUESTION_FILE = "Where to write: a workbook (.xlsx), a table (.csv) or a record (.yaml) to fill in."


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only those that are next.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_QUESTION_FILE)] = None,
    *,
    delimiter: CsvDelimiter = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if it may hold answers.")] = False,
) -> None:
    """Print the open questions as a file to fill in."""
    is_file = output is not None and output != STDIN
    form = choose_question_format(output.suffix.lstrip(".") if output and is_file else "")
    delimiter = read_delimiter(delimiter, form.ending)
    running, record = _read_running_assessment(path)
    questions = _choose_questions(path, running, record, blank=blank, name=name)
    questions = replace_fields(questions, delimiter=delimiter, made_on=parse_day_or_today(""))
    content = form.write_content(questions)
    if output is None or not is_file:
        assert isinstance(content, str)
        print_document(content)
        return
    refuse_input_as_output(output, *filter(None, [path]))
    save_question_file(output, content, form, force=force)
    print_talk(phrase("The questions are in {path}", path=output))


def _choose_questions(
    path: Path | None, running: RunningAssessment, record: Record | None, *, blank: bool, name: str
) -> QuestionList:
    """What is asked, and what whoever fills it in is told."""
    library = running.library
    wording = Wording(library, get_language())
    if name:
        if path is None or record is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        open_ids = [question.question for question in _list_asked(record, running)]
        asked = list_chosen_questions(find_questions_for(name, record, running, open_ids), library)
        return QuestionList(wording, asked, record=record, name=name, path=path)
    if blank:
        used = {id for requirement in library.requirements.values() for id in list_mentioned_ids(requirement, library)}
        return QuestionList(wording, list_chosen_questions(used, library), record=record, path=path)
    asked = _list_asked(record, running)
    return QuestionList(
        wording,
        asked,
        record=record,
        path=path,
        unsure=_find_unsure(record, running) if record else {},
        may_follow=any(question.leads_on for question in asked),
        fitting=tuple(list_fitting_lines(record, library, running.situation)) if record else (),
    )


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
