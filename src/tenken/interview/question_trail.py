"""Where an interview stands: the questions passed so far, the next one, the one before, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.interview.check_parts import CheckPart, find_check_part
from tenken.interview.scope_estimate import estimate_scope_questions
from tenken.messages.message_catalog import phrase


class QuestionTrail:
    """The questions of one interview in the order they came, and what of the open ones is wanted.

    The answers alone decide what is open, so that leaving, resuming, going back and changing an answer need no memory
    of how one got there; a trail only orders it.
    """

    def __init__(self, running_assessment: RunningAssessment) -> None:
        self.skipped: set[str] = set()
        self.chosen_parts: set[CheckPart] = set()
        self.wants_decisive = False
        """Whether of what the law asks only the decisive checks were chosen."""
        self.part_at_hand: CheckPart | None = None
        """The part of the last question that came in its turn."""
        self.target = ""
        """The question that comes next, whatever else is open."""
        self.follow_answers(running_assessment)

    def follow_answers(self, running_assessment: RunningAssessment) -> None:
        """Begins again behind the questions that are answered now."""
        self.running_assessment = running_assessment
        self.passed = list(running_assessment.situation.answers)
        self.phases = {id: running_assessment.find_phase(id) for id in self.passed}

    def find_next_question(self) -> OpenQuestion | None:
        if self.target:
            by_id = {open_question.question: open_question for open_question in self.running_assessment.open}
            return by_id.get(self.target) or self.running_assessment.reopen_question(self.target)
        return next(filter(self._is_wanted, self.running_assessment.open), None)

    def list_wanted_questions(self) -> list[OpenQuestion]:
        """What is asked if nobody decides otherwise, in its order."""
        return [open_question for open_question in self.running_assessment.open if self._is_wanted(open_question)]

    def _is_wanted(self, open_question: OpenQuestion) -> bool:
        if open_question.question in self.skipped:
            return False
        part = find_check_part(open_question)
        if part.phase is Phase.SCOPE or part in self.chosen_parts or CheckPart(part.phase) in self.chosen_parts:
            return True
        return self.wants_decisive and part.phase is Phase.TEXT and open_question.is_decisive

    @property
    def is_short(self) -> bool:
        """Whether only what decides most is asked, and nothing optional."""
        return self.wants_decisive and CheckPart(Phase.TEXT) not in self.chosen_parts

    def go_on(self) -> int:
        """Takes up the part that comes next without a pause before it; returns how many questions it has."""
        parts = [find_check_part(wanted) for wanted in self.list_wanted_questions()]
        self.part_at_hand = parts[0] if parts else None
        return parts.count(parts[0]) if parts else 0

    def is_at_an_end(self, open_question: OpenQuestion | None) -> bool:
        """Whether a part is done, so that it is time for the result so far; what applies is one part, too."""
        if open_question is None:
            return True
        if self.target or open_question.phase in (Phase.SCOPE, Phase.PENALTY):
            return False
        return find_check_part(open_question) != self.part_at_hand

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
        if not self.target:
            self.part_at_hand = find_check_part(open_question)

    def pass_answers(self, ids: Iterable[str]) -> None:
        """Remembers what was answered without being put."""
        for id in ids:
            self.passed.append(id)
            self.phases[id] = self.running_assessment.find_phase(id)

    def skip_question(self, id: str) -> None:
        """Puts a question off to the end, unless it is answered already."""
        if id not in self.running_assessment.situation.answers:
            self.skipped.add(id)

    def list_skipped_questions(self) -> list[OpenQuestion]:
        return [each for each in self.running_assessment.open if each.question in self.skipped]

    def take_up_skipped(self) -> None:
        """Puts nothing off any longer."""
        self.skipped.clear()

    def describe_progress(self, open_question: OpenQuestion) -> str:
        """How far this part has come; without a total where nobody can tell how much is to come."""
        id = open_question.question
        passed = [other for other in self.passed if self._is_passed_in(other, open_question)]
        number = (passed.index(id) if id in passed else len(passed)) + 1
        if open_question.phase is not Phase.SCOPE:
            ahead = self._count_ahead(find_check_part(open_question))
            return phrase("{number} of {total}", number=number, total=max(len(passed) + ahead, number))
        estimate = estimate_scope_questions(self.running_assessment)
        if estimate is None:
            return phrase("question {number}", number=number)
        return phrase("{number} of about {total}", number=number, total=max(len(passed) + estimate, number))

    def _count_ahead(self, part: CheckPart) -> int:
        of_phase = (each for each in self.running_assessment.open if each.phase is part.phase)
        return sum(1 for each in of_phase if find_check_part(each) == part and self._is_wanted(each))

    def _is_passed_in(self, id: str, open_question: OpenQuestion) -> bool:
        """Whether a question was answered in the same part as another."""
        running = self.running_assessment
        if id not in running.situation.answers or self.phases[id] is not open_question.phase:
            return False
        requirement, _ = running.library.checks.get(id, (None, None))
        law = find_check_part(open_question).law
        return not (law and requirement) or running.library.find_law(requirement.id) == law
