"""`tenken questions`: the open questions as a file to fill in, or as a page that asks."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.next_questions import NextQuestion, list_next_questions
from tenken.assessment.people_to_ask import find_questions_for, find_whom_to_ask, list_unsure_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin, read_record_situation
from tenken.cli.shared_options import STDIN
from tenken.files.file_names import refuse_input_as_output
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.checklist_offers import add_offered_checklists, list_fitting_lines
from tenken.messages.message_catalog import get_language, list_languages, phrase
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import Record
from tenken.report.export.blank_record import (
    list_chosen_questions,
    render_blank_record,
    render_letter_lines,
    render_next_step_lines,
)
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.library_limits import limit_to_binding, limit_to_laws
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import Situation
from tenken.terminal.output import print_document, print_talk


class Asking(Frozen):
    """Who is asked what: by a record or for a new one, by which rules, and perhaps somebody named or some laws only."""

    path: Path | None
    record: Record | None
    running: RunningAssessment
    name: str
    laws: tuple[str, ...]
    is_binding: bool

    @property
    def library(self) -> Library:
        return self.running.library

    def load_translation(self, language: str) -> Library:
        """The same rules in another language."""
        library = _load_rules(self.record, self.laws, language)
        return _limit_library(library, tuple(self.library.checklists), is_binding=self.is_binding)


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="A page that asks: FILE.html; - prints it.")
    ] = None,
    *,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only those that are next.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
    laws: Annotated[
        list[str], typer.Option("--law", metavar="LAW", help="Only this law or checklist; may be repeated.")
    ] = [],  # noqa: B006 - Typer reads the default and does not keep it
    binding: Annotated[bool, typer.Option("--binding", help="Only what binds, and no good practice.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Print the open questions to fill in, or as a page."""
    if name and path is None:
        raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
    if output and blank:
        raise Problems(Problem(Place("--blank"), "leave it out: a page asks whatever matters, one after the other"))
    asking = _read_asking(path, name, tuple(laws), is_binding=binding)
    if output:
        _write_page(asking, output, force=force)
    else:
        print_document(_render_all_questions(asking) if blank else _render_next_questions(asking))


def _write_page(asking: Asking, output: Path, *, force: bool) -> None:
    """The page that asks, into its file."""
    from tenken.cli.question_page import build_form_material  # noqa: PLC0415 - Jinja is loaded only for a page
    from tenken.report.export.form_page import FORM_PAGE, render_form_page  # noqa: PLC0415
    from tenken.report.report_file import save_report  # noqa: PLC0415

    if output != STDIN and output.suffix.lower() != ".html":
        raise Problems(Problem(Place("-o"), "the page that asks is HTML; name a file that ends in .html"))
    languages = {code: asking.load_translation(code) for code in list_languages() if code != get_language()}
    asked = _list_asked_of_person(asking.name, asking.record, asking.running) if asking.name and asking.record else None
    libraries = {get_language(): asking.library, **languages}
    page = render_form_page(build_form_material(asking.path, asking.record, libraries, name=asking.name, asked=asked))
    if output == STDIN:
        print_document(page)
        return
    refuse_input_as_output(output, *filter(None, [asking.path]))
    save_report(output, page, FORM_PAGE, force=force)
    print_talk(phrase("The page that asks is in {path}", path=output))


def _read_asking(path: Path | None, name: str, laws: tuple[str, ...], *, is_binding: bool) -> Asking:
    """A record by its rules and answers; without one, the rules that everybody is asked for and no answers."""
    record, situation = None, Situation({}, parse_day_or_today(""))
    if path is None:
        library = _load_rules(None, laws, get_language())
    else:
        record_file = open_record_or_stdin(path)
        library, situation = read_record_situation(record_file, "")
        record = record_file.record
    limited = _limit_library(library, laws, is_binding=is_binding)
    return Asking(path, record, RunningAssessment(limited, situation), name, laws, is_binding)


def _load_rules(record: Record | None, laws: tuple[str, ...], language: str) -> Library:
    """The rules of a record or, of whoever begins, those everybody is asked for; who names laws may name any."""
    if record:
        return load_rules_for(record, language)
    return limit_to_default_depth(load_library(list_shipped_checklists() if laws else (), language=language))


def _limit_library(library: Library, laws: tuple[str, ...], *, is_binding: bool) -> Library:
    limited = limit_to_laws(library, laws)
    return limit_to_binding(limited) if is_binding else limited


def _render_all_questions(asking: Asking) -> str:
    """Every question there is as a record with every answer left open; of somebody named, what they would know."""
    library = asking.library
    if asking.name:
        return _render_next_questions(asking)
    used = {id for requirement in library.requirements.values() for id in list_mentioned_ids(requirement, library)}
    asked = list_chosen_questions(used, library)
    letter = render_next_step_lines(asking.path, may_follow=False)
    return render_blank_record(library, Wording(library, get_language()), asked, asking.record, letter)


def _render_next_questions(asking: Asking) -> str:
    """What is next as a record with every answer left open; of somebody named, what they would know."""
    path, record, running, library = asking.path, asking.record, asking.running, asking.library
    wording = Wording(library, get_language())
    if asking.name and path and record:
        asked = list_chosen_questions(_list_asked_of_person(asking.name, record, running), library)
        return render_blank_record(library, wording, asked, record, render_letter_lines(asking.name, path))
    asked = _list_asked(record, running)
    may_follow = any(question.leads_on for question in asked)
    fitting = list_fitting_lines(record, library, running.situation) if record and not asking.laws else []
    unsure = _find_unsure(record, running) if record else {}
    letter = render_next_step_lines(path, may_follow, fitting)
    return render_blank_record(library, wording, asked, record, letter, unsure=unsure)


def _list_asked_of_person(name: str, record: Record, running: RunningAssessment) -> list[str]:
    """What somebody named would know."""
    open_ids = [question.question for question in _list_asked(record, running)]
    return [id for id in find_questions_for(name, record, running, open_ids) if id in running.library.order]


def _find_unsure(record: Record, running: RunningAssessment) -> dict[str, str]:
    """What nobody was sure of, each with who would know."""
    return {id: find_whom_to_ask(id, record, running) for id in list_unsure_questions(record, running)}


def _list_asked(record: Record | None, running: RunningAssessment) -> list[NextQuestion]:
    """What is next of the open questions, with what would follow by the checklists that may fit as well."""
    left_out = record.left_out if record else ()
    wider = RunningAssessment(add_offered_checklists(running.library, left_out), running.situation)
    open_ids = {open_question.question for open_question in running.open}
    return [question for question in list_next_questions(wider) if question.question in open_ids]
