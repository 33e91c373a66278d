"""Which questions a file or a page asks: by a record or for a new one, of somebody named, of some laws only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tenken.assessment.next_questions import NextQuestion, list_next_questions
from tenken.assessment.people_to_ask import find_questions_for, find_whom_to_ask, list_unsure_questions
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin, read_record_situation
from tenken.files.frozen_classes import Frozen
from tenken.interview.checklist_offers import add_offered_checklists, list_fitting_lines
from tenken.interview.document_questions import list_open_texts
from tenken.messages.message_catalog import get_language
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import Record
from tenken.report.export.blank_record import list_chosen_questions
from tenken.report.export.question_list import QuestionList
from tenken.rules.library import Library, list_mentioned_ids
from tenken.rules.library_limits import limit_to_binding, limit_to_laws
from tenken.rules.loading import limit_to_default_depth, list_shipped_checklists, load_library
from tenken.rules.logic import Situation
from tenken.rules.outline import add_text_questions, find_outline


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

    def list_next(self) -> list[NextQuestion]:
        """What is next of the open questions, with what would follow by the checklists that may fit as well."""
        left_out = self.record.left_out if self.record else ()
        wider = RunningAssessment(add_offered_checklists(self.library, left_out), self.running.situation)
        open_ids = {open_question.question for open_question in self.running.open}
        return [question for question in list_next_questions(wider) if question.question in open_ids]

    def list_of_person(self) -> list[str] | None:
        """What somebody named would know; None where nobody is."""
        if not self.name or self.record is None:
            return None
        open_ids = [question.question for question in self.list_next()]
        known = find_questions_for(self.name, self.record, self.running, open_ids)
        return [id for id in known if id in self.library.order]

    def choose(self, *, blank: bool, document: str = "") -> QuestionList:
        """What a file to fill in asks, and what whoever fills it in is told.

        With `blank` that is every question there is, and of a document, what only it needs.
        """
        if document:
            library = add_text_questions(self.library)
            asked = list_chosen_questions(list_open_texts(find_outline(document, get_language()), self.record), library)
            return QuestionList(Wording(library, get_language()), asked, record=self.record, path=self.path)
        wording = Wording(self.library, get_language())
        chosen = self.list_of_person()
        if chosen is not None:
            return self._list_chosen(chosen, wording)
        if blank:
            requirements = self.library.requirements.values()
            used = {id for requirement in requirements for id in list_mentioned_ids(requirement, self.library)}
            return self._list_chosen(used, wording)
        asked = self.list_next()
        return QuestionList(
            wording,
            asked,
            record=self.record,
            path=self.path,
            unsure=_find_unsure(self.record, self.running) if self.record else {},
            may_follow=any(question.leads_on for question in asked),
            fitting=self._list_fitting(),
        )

    def _list_chosen(self, ids: Sequence[str] | set[str], wording: Wording) -> QuestionList:
        asked = list_chosen_questions(ids, self.library)
        return QuestionList(wording, asked, record=self.record, name=self.name, path=self.path)

    def _list_fitting(self) -> tuple[str, ...]:
        if self.record is None or self.laws:
            return ()
        return tuple(list_fitting_lines(self.record, self.library, self.running.situation))


def read_asking(path: Path | None, name: str, laws: tuple[str, ...], *, is_binding: bool) -> Asking:
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


def _find_unsure(record: Record, running: RunningAssessment) -> dict[str, str]:
    """What nobody was sure of, each with who would know."""
    return {id: find_whom_to_ask(id, record, running) for id in list_unsure_questions(record, running)}
