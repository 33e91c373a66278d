"""Where an interview stands: the questions passed so far, the next one, the one before, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.messages.message_catalog import phrase

MAX_COUNTED_QUESTIONS = 12
"""How many questions may lie ahead for their number to mean something: of more, most will be spared."""


class QuestionTrail:
    """The questions of one interview in the order they came, and what of the open ones is put off.

    The answers alone decide what is open, so that leaving, resuming, going back and changing an answer need no memory
    of how one got there; a trail only orders it.
    """

    def __init__(self, running_assessment: RunningAssessment, left_out_phases: Iterable[Phase] = ()) -> None:
        self.skipped: set[str] = set()
        self.left_out_phases = set(left_out_phases)
        self.target = ""
        """The question that comes next, whatever else is open."""
        self.follow_answers(running_assessment)

    def follow_answers(self, running_assessment: RunningAssessment) -> None:
        """Begins again behind the questions that are answered now."""
        self.running_assessment = running_assessment
        self.passed = list(running_assessment.situation.answers)
        self.phases = {id: running_assessment.find_phase(id) for id in self.passed}

    def find_next_question(self) -> OpenQuestion | None:
        by_id = {open_question.question: open_question for open_question in self.running_assessment.open}
        if self.target:
            return by_id.get(self.target) or self.running_assessment.reopen_question(self.target)
        wanted = (
            open_question
            for id, open_question in by_id.items()
            if id not in self.skipped and open_question.phase not in self.left_out_phases
        )
        return next(wanted, None)

    def find_question_before(self, id: str) -> str:
        """The last question before one that still matters; empty if there is none."""
        open_ids = {open_question.question for open_question in self.running_assessment.open}
        answers = self.running_assessment.situation.answers
        before = self.passed[: self.passed.index(id)] if id in self.passed else self.passed
        stops = (
            other
            for other in reversed(before)
            if (self.running_assessment.is_decisive(other) if other in answers else other in open_ids)
        )
        return next(stops, "")

    def pass_question(self, open_question: OpenQuestion) -> None:
        """Remembers that a question was put, and in which phase."""
        if open_question.question not in self.passed:
            self.passed.append(open_question.question)
        self.phases[open_question.question] = open_question.phase

    def skip_question(self, id: str) -> None:
        """Puts a question off to the end, unless it is answered already."""
        if id not in self.running_assessment.situation.answers:
            self.skipped.add(id)

    def take_up_skipped(self) -> None:
        """Puts nothing off any longer."""
        self.skipped.clear()
        self.left_out_phases.clear()

    def describe_progress(self, open_question: OpenQuestion) -> str:
        """How far this phase has come; about, for an answer may spare questions, and silent where that says little."""
        answered = self.running_assessment.situation.answers
        passed = [
            id
            for id in self.passed
            if self.phases[id] is open_question.phase and (id in answered or id in self.skipped)
        ]
        ahead = {other.question for other in self.running_assessment.open if other.phase is open_question.phase}
        total = len(ahead.union(passed, [open_question.question]))
        number = (passed.index(open_question.question) if open_question.question in passed else len(passed)) + 1
        if total > MAX_COUNTED_QUESTIONS and open_question.phase is Phase.SCOPE:
            return phrase("question {number}", number=number)
        return phrase("{number} of about {total}", number=number, total=total)
