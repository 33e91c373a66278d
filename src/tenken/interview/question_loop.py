"""Asks one question after the other until nothing open matters; saves after each answer, and can always go back.

Whom it asks is a `Prompt`; this module knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.interview.answer_changes import render_added_questions, render_answer_changes
from tenken.interview.answer_details import (
    ask_answer_details,
    ask_reason,
    ask_typed_answer,
    may_take_details,
)
from tenken.interview.answer_lines import render_added_detail, render_given_answer
from tenken.interview.answer_review import choose_answer_to_review
from tenken.interview.checklist_offers import list_fitting_checklists, offer_checklist
from tenken.interview.kept_details import add_kept_lines, change_kept, render_kept_change
from tenken.interview.leaving import leave_interview
from tenken.interview.phase_texts import introduce_phase, offer_unsettled_phase
from tenken.interview.prompt import (
    ARROW_MARK,
    SAVED_MARK,
    WARNING_MARK,
    CardOption,
    Prompt,
    PromptKey,
    QuestionCard,
    build_key_help,
    build_key_names,
    build_menu,
)
from tenken.interview.question_card import add_suggested_answer, build_check_card, build_question_card
from tenken.interview.question_help import build_help_paragraphs
from tenken.interview.question_trail import QuestionTrail
from tenken.interview.result_summary import show_result
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change, is_final_record
from tenken.messages.message_catalog import phrase, phrase_count
from tenken.records.answer_values import has_sure_answer, is_doubtful, read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import NO_ANSWER, GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.crosswalk import SuggestedAnswer, load_crosswalks, suggest_answer
from tenken.rules.logic import Situation
from tenken.rules.requirement import EXPLAINED, SET_ASIDE

MAX_DECLINED_DETAILS = 3
"""How many times in a row optional details may be left open before they are no longer asked for."""
_OPTIONAL_PHASES = (Phase.HOUSE, Phase.GUIDANCE, Phase.UNSETTLED)
"""What a quick interview leaves out."""


class Interview:
    """The questions about one record, put to one person until they are answered or left."""

    def __init__(
        self,
        record_file: RecordFile,
        wording: Wording,
        prompt: Prompt,
        clock: Callable[[], datetime],
        as_of: date,
        *,
        by: str = "",
        quick: bool = False,
    ) -> None:
        self.prompt = prompt
        self.clock, self.as_of, self.by, self.quick = clock, as_of, by, quick
        self.begun_phases: set[Phase] = set()
        self.declined_details = 0
        self.is_unsaved = False
        self._use_wording(wording)
        self._use_record(record_file)
        self.trail = QuestionTrail(self.running_assessment, _OPTIONAL_PHASES if quick else ())

    def _use_wording(self, wording: Wording) -> None:
        self.library, self.wording = wording.library, wording
        self.crosswalks = load_crosswalks(self.library)

    def _use_record(self, record_file: RecordFile) -> None:
        self.record_file = record_file
        values = read_answer_values(record_file.record.answers, self.library)
        self.running_assessment = RunningAssessment(self.library, Situation(values, self.as_of))

    def reopen_record(self, record_file: RecordFile) -> None:
        """Goes on with what a file holds now."""
        self._use_record(record_file)
        self.trail.follow_answers(self.running_assessment)

    def run(self) -> None:
        """Until the result has been shown; KeyboardInterrupt if left before."""
        while self.ask_next_question() or self.offer_result():
            pass

    def ask_next_question(self) -> bool:
        """Asks one question and takes the reply in; False when nothing is left to ask."""
        open_question = self.trail.find_next_question()
        is_scope_known = open_question is None or (open_question.phase is not Phase.SCOPE and not self.trail.target)
        if is_scope_known and self._offer_fitting_checklist():
            return True
        if open_question is None:
            return False
        if not self.trail.target and not self._begin_phase(open_question.phase):
            return True
        self.trail.pass_question(open_question)
        reply = self.prompt.choose(self._build_card(open_question))
        self.trail.target = ""
        if isinstance(reply, PromptKey):
            self._handle_key(reply, open_question.question)
        else:
            self._take_answer(open_question.question, reply)
        return True

    def _offer_fitting_checklist(self) -> bool:
        """Offers a checklist that fits and is not used yet, unless all is signed off; True if there was one."""
        record = self.record_file.record
        if is_final_record(record):
            return False
        checklist = next(list_fitting_checklists(record, self.library, self.running_assessment.situation), None)
        if checklist is None:
            return False
        decided = offer_checklist(checklist, record, self.library, self.prompt)
        if decided is None:
            self._go_back("")
            return True
        record_file = save_record_safely(self.record_file.with_record(decided), self.prompt)
        self._use_wording(Wording(load_rules_for(record_file.record, self.library.language), self.library.language))
        self.reopen_record(record_file)
        return True

    def _begin_phase(self, phase: Phase) -> bool:
        """Says what a new phase is about; False if it may be in vain and somebody would rather not."""
        if phase in self.begun_phases:
            return True
        count = sum(1 for open_question in self.running_assessment.open if open_question.phase is phase)
        if phase is not Phase.UNSETTLED:
            introduce_phase(phase, count, self.prompt)
            self.begun_phases.add(phase)
            return True
        match offer_unsettled_phase(count, self.running_assessment, self.wording, self.prompt):
            case ("now",):
                self.begun_phases.add(phase)
            case PromptKey.BACK:
                self._go_back("")
            case _:
                self.trail.left_out_phases.add(phase)
        return phase in self.begun_phases

    def _build_card(self, open_question: OpenQuestion) -> QuestionCard:
        build = build_check_card if open_question.question in self.library.checks else build_question_card
        given = self.record_file.record.answers.get(open_question.question)
        value = self.running_assessment.situation.answers.get(open_question.question)
        # What is explained and not published counts as partly; the card still shows what was said.
        if given and EXPLAINED in given.answer:
            value = given.answer
        card = build(open_question, self.library, self.wording, value, self.trail.describe_progress(open_question))
        card = add_kept_lines(card, given or NO_ANSWER)
        suggested = None if has_sure_answer(given) else self._find_suggested_answer(open_question.question)
        return add_suggested_answer(card, suggested, self.wording) if suggested else card

    def _find_suggested_answer(self, id: str) -> SuggestedAnswer | None:
        """What other answers make likely here, as long as all of them still matter."""
        suggested = suggest_answer(id, self.running_assessment.situation, self.crosswalks)
        return suggested if suggested and all(map(self.running_assessment.is_decisive, suggested.given)) else None

    def _handle_key(self, key: PromptKey, id: str) -> None:
        """Does what a key asks for; the same question comes again unless the key leads elsewhere."""
        self.trail.target = id
        match key:
            case PromptKey.BACK:
                self._go_back(id)
            case PromptKey.SKIP:
                self.trail.target = ""
                self.trail.skip_question(id)
            case PromptKey.REVIEW:
                self.review_answers(id)
            case PromptKey.WHY:
                self._explain_question(id)
            case PromptKey.NOTE | PromptKey.EVIDENCE | PromptKey.ASK:
                self._change_kept(key, id)
            case PromptKey.KEYS:
                self.prompt.show_paragraphs(
                    (f"{other}  {build_key_names()[other]}", text) for other, text in build_key_help().items()
                )

    def _go_back(self, id: str) -> None:
        self.trail.target = self.trail.find_question_before(id)
        if not self.trail.target:
            self.trail.target = id
            self.prompt.say_paragraph(phrase("This is the first question."))

    def review_answers(self, otherwise: str = "") -> None:
        """Lets somebody look through the answers; the question chosen there comes next."""
        chosen = choose_answer_to_review(self.record_file.record, self.running_assessment, self.wording, self.prompt)
        self.trail.target = chosen or otherwise

    def _explain_question(self, id: str) -> None:
        suggested = self._find_suggested_answer(id)
        record = self.record_file.record
        self.prompt.show_paragraphs(build_help_paragraphs(id, record, self.running_assessment, self.wording, suggested))

    def _change_kept(self, key: PromptKey, id: str) -> None:
        """Changes what is kept beside an answer, given or not: a note, evidence, who would know."""
        given = self.record_file.record.answers.get(id, NO_ANSWER)
        completed = change_kept(key, given, self.record_file, self.prompt, self.clock())
        if completed is not given and self._save_answer(id, completed):
            self.prompt.say_paragraph(render_kept_change(given, completed, self.wording), mark=SAVED_MARK)

    def _take_answer(self, id: str, chosen: tuple[str, ...]) -> None:
        """An answer: completed by what it needs, saved, told, and followed by what is optional."""
        given = self._complete_answer(id, chosen)
        if given is None:
            self.trail.target = id
            return
        before = self.running_assessment.open
        value = read_answer_values({id: given}, self.library)[id]
        if not self._save_answer(id, given):
            return
        self.trail.skipped.discard(id)
        changes = self.running_assessment.take_answer(id, value)
        self._tell_answer(id, given)
        phase = self.trail.phases[id]
        for line in (
            *render_answer_changes(changes, self.wording, self.as_of),
            *render_added_questions(before, phase, self.running_assessment),
        ):
            self.prompt.say_paragraph(line, mark=ARROW_MARK)
        if id in self.library.checks:
            self._ask_details(id, given)

    def _complete_answer(self, id: str, chosen: tuple[str, ...]) -> GivenAnswer | None:
        """The answer with the day or the reason it needs; None if that was not given."""
        old = self.record_file.record.answers.get(id, NO_ANSWER)
        given = replace_fields(old, answer=chosen, by=self.by, at=self.clock(), reason="", published="")
        if not is_doubtful(given):
            given = replace_fields(given, ask="")
        question = self.library.questions.get(id)
        if question and chosen == (question.answer_kind.typed_choice,):
            return ask_typed_answer(given, old, question, self.prompt)
        if id in self.library.checks and chosen[0] in (SET_ASIDE, EXPLAINED):
            return ask_reason(given, old, *self.library.checks[id], self.prompt)
        return given

    def _save_answer(self, id: str, given: GivenAnswer) -> bool:
        """Saves an answer durably; False if the record stays signed off, or was changed by somebody else."""
        if not confirm_record_change(self.record_file.record, self.wording, self.prompt):
            return False
        self.record_file.take_answer(id, given)
        self.is_unsaved = True
        meant = self.record_file.record
        record_file = save_record_safely(self.record_file, self.prompt)
        self.is_unsaved = False
        is_saved = record_file.record.answers.get(id) is given
        if record_file.record is not meant:
            if is_saved:
                text = phrase("Somebody else changed the file meanwhile; that is taken over, too.")
                self.prompt.say_paragraph(text, mark=WARNING_MARK)
            self.reopen_record(record_file)
        self.record_file = record_file
        return is_saved

    def _tell_answer(self, id: str, given: GivenAnswer) -> None:
        self.prompt.say_paragraph(render_given_answer(id, given, self.wording), mark=SAVED_MARK)
        question = self.library.questions.get(id)
        if question and question.who_knows and is_doubtful(given) and not given.ask:
            self.prompt.say_paragraph(phrase("Who usually knows: {who}", who=question.who_knows), mark=ARROW_MARK)

    def _ask_details(self, id: str, given: GivenAnswer) -> None:
        """Asks for what may be added to an answer, until nobody seems to want that."""
        if self.quick or self.declined_details >= MAX_DECLINED_DETAILS or not may_take_details(given):
            return
        check = self.library.checks[id][1]
        completed = ask_answer_details(given, check, self.record_file, self.prompt, self.clock())
        if completed is not given:
            self.declined_details = 0
            if self._save_answer(id, completed):
                self.prompt.say_paragraph(render_added_detail(completed, self.wording), mark=SAVED_MARK)
            return
        self.declined_details += 1
        if self.declined_details == MAX_DECLINED_DETAILS:
            self.prompt.say_paragraph(phrase("Owners and evidence are no longer asked for; e adds evidence, n a note."))

    def offer_result(self) -> bool:
        """Offers what was left open; False once the result has been shown."""
        left = len(self.running_assessment.open)
        again = CardOption(
            "left", phrase_count(left, "Answer the 1 question that is left", "Answer the {count} questions left")
        )
        card = build_menu(
            phrase("All else is answered. What now?") if left else phrase("Everything is answered. What now?"),
            CardOption("result", phrase("See the result")),
            again if left else None,
            CardOption("review", phrase("Review the answers"), phrase("Look through them and change any.")),
        )
        match self.prompt.choose(card):
            case ("left",):
                self.trail.take_up_skipped()
            case ("review",):
                self.review_answers()
            case PromptKey.BACK:
                self._go_back("")
            case _:
                show_result(self.record_file, self.running_assessment, self.wording, self.prompt)
                return False
        return True

    def leave(self) -> None:
        leave_interview(self.record_file, self.prompt, is_unsaved=self.is_unsaved)
