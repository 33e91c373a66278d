"""What an agent gets to see of one record, and where its proposals go; a record is read here and never written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tenken.assessment.explanation import render_finding_explanation
from tenken.assessment.explanation_page import render_explanation_page
from tenken.assessment.findings import Assessment, assess_all
from tenken.assessment.next_questions import list_next_questions
from tenken.assessment.requirement_search import find_meant_findings
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.cli.judged_record import read_record_situation
from tenken.files.file_names import is_there, quote_file_for_shell
from tenken.files.problems import NOWHERE, Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import has_words, is_doubtful, read_answer_values
from tenken.records.files_beside import find_proposals_path
from tenken.records.proposals import (
    LONGEST_TEXTS,
    ProposedAnswer,
    add_proposal,
    build_proposed_answer,
    list_long_texts,
    read_proposals,
)
from tenken.records.record import NO_ANSWER
from tenken.records.record_file import RecordFile, open_record
from tenken.report.formats import ReportMaterial, choose_report_format
from tenken.rules.library import Library
from tenken.rules.logic import Situation
from tenken.rules.requirement import ChosenWords, Prose

MOST_QUESTIONS = 50
"""How many questions are listed at once."""
_MOST_WORDS, _LONGEST_ID = 100, 300
"""How many words of an answer are looked at, and how many characters of an id."""


class AgentDesk:
    """One record, read anew each time, as somebody may be answering meanwhile; and the file of proposals beside it."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path, self.clock = path, clock
        self.proposals_path = find_proposals_path(path)

    def list_open_questions(self, first: int, count: int) -> str:
        """The open questions that are next, as JSON: what is asked, what helps, what answers there are."""
        record_file, library, situation = self._read()
        asked = [question.question for question in list_next_questions(RunningAssessment(library, situation))]
        shown = asked[max(first, 1) - 1 :][: min(max(count, 1), MOST_QUESTIONS)]
        proposed = read_proposals(self.proposals_path).answers if is_there(self.proposals_path) else {}
        wording = Wording(library, get_language())
        listed = [_describe_question(id, wording) for id in shown]
        for question in listed:
            if other := proposed.get(question["id"]):
                question["proposed_already"] = list(other.answer)
        data = {"system": record_file.record.system, "open": len(asked), "questions": listed}
        return json.dumps(data, ensure_ascii=False, indent=1)

    def explain(self, requirement: str) -> str:
        """Where each law stands or, of one requirement, why."""
        _, assessment = self._judge()
        wording = Wording(assessment.library, get_language())
        if not requirement.strip():
            return "\n".join(render_explanation_page(assessment, wording, whole=True))
        meant = find_meant_findings(requirement[:_LONGEST_ID], assessment)
        return "\n\n".join("\n".join(render_finding_explanation(each, assessment, wording)) for each in meant)

    def write_report(self) -> str:
        """The gap report as Markdown."""
        record_file, assessment = self._judge()
        material = ReportMaterial(record_file, assessment, Wording(assessment.library, get_language()))
        return str(choose_report_format("md").write_content(material))

    def propose(self, question: str, answer: list[str], because: str, rests_on: str, source: str) -> str:
        """Writes a proposal down, if it can be an answer; says what becomes of it."""
        record_file, library, _ = self._read()
        words = ChosenWords(tuple(dict.fromkeys(word.strip() for word in answer[:_MOST_WORDS])))
        texts = {"because": _join_lines(because), "rests_on": _join_lines(rests_on)}
        now = self.clock().replace(microsecond=0)
        proposed = ProposedAnswer(
            words, Prose(clean_source(source)), Prose(texts["rests_on"]), Prose(texts["because"]), now, NOWHERE
        )
        _refuse_what_is_no_proposal(question, proposed, library)
        ours = record_file.record.answers.get(question, NO_ANSWER)
        if set(ours.answer) == set(words):
            return phrase("The record says so already; nothing was written.")
        replaced = add_proposal(self.proposals_path, record_file.record.system, question, proposed)
        return "\n".join(_list_outcome_lines(self.path, self.proposals_path, replaced))

    def _read(self) -> tuple[RecordFile, Library, Situation]:
        record_file = open_record(self.path)
        return record_file, *read_record_situation(record_file, "")

    def _judge(self) -> tuple[RecordFile, Assessment]:
        record_file, library, situation = self._read()
        return record_file, assess_all(library, situation)


def _join_lines(text: str) -> str:
    return " ".join(text.split())


def clean_source(said: str) -> str:
    """What a program calls itself, in one line that hides nothing."""
    shown = "".join(character for character in _join_lines(said) if character.isprintable())
    return shown[: LONGEST_TEXTS["source"]] or phrase("an agent")


def _refuse_what_is_no_proposal(question: str, proposed: ProposedAnswer, library: Library) -> None:
    """Raises `Problems` for a question there is not, words that answer nothing, and texts that nobody could judge."""
    given = build_proposed_answer(proposed)
    problems = [*_list_text_problems("because", proposed.because)]
    problems += _list_text_problems("rests_on", proposed.rests_on)
    problems += list_long_texts(proposed)
    if not has_words(proposed.because):
        problems.append(Problem(Place("because"), "say why, in words"))
    if not given.answer or not all(given.answer):
        problems.append(Problem(Place("answer"), "say which answer is proposed"))
    elif is_doubtful(given):
        problems.append(Problem(Place("answer"), "propose nothing where you are not sure; the question stays open"))
    if problems:
        raise Problems(*problems)
    read_answer_values({question[:_LONGEST_ID]: given}, library)


def _list_text_problems(name: str, text: str) -> Iterator[Problem]:
    if not text:
        yield Problem(Place(name), "the text is missing here")
    if not text.isprintable():
        yield Problem(Place(name), "characters that are not shown, or broken ones, cannot stand here")


def _list_outcome_lines(record: Path, proposals: Path, replaced: ProposedAnswer | None) -> Iterable[str]:
    ours, theirs = quote_file_for_shell(record.name), quote_file_for_shell(proposals.name)
    yield phrase("Proposed, in {file}. It counts for nothing until a person takes it over:", file=theirs)
    yield f"tenken assess {ours} --merge {theirs}"
    if replaced:
        yield phrase("It replaces what {source} proposed before.", source=replaced.source)


def _describe_question(id: str, wording: Wording) -> dict[str, Any]:
    """A question or check with what helps to answer it; what there is not is left out."""
    library = wording.library
    kind = library.find_answer_kind(id)
    answers = [{"answer": word, "label": label, "means": means} for word, label, means in wording.list_choices(id)]
    facts: dict[str, Any] = {"id": id}
    if id in library.checks:
        requirement, check = library.checks[id]
        facts |= {"ask": check.ask, "help": check.help, "requirement": requirement.title}
        facts |= {"cites": wording.render_citations(check.cites), "evidence": check.evidence}
    else:
        asked = library.questions[id]
        facts |= {"ask": asked.ask, "why": asked.why, "help": asked.help, "example": asked.example}
        facts |= {"but_not": asked.counter_example, "who_knows": asked.who_knows}
    typed = phrase(kind.typed_comment) if kind.typed_comment else ""
    facts |= {"several_answers": "yes" if kind.several else "", "typed": typed, "answers": answers}
    return {name: fact for name, fact in facts.items() if fact}
