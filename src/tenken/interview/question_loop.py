"""Asks one question after the other until nothing open matters; saves after each answer, and can always go back.

Whom it asks is a `Prompt`; this module knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.answer_changes import render_added_questions, render_answer_changes
from tenken.interview.answer_completion import complete_answer, renew_answer
from tenken.interview.answer_details import ask_answer_details, may_take_details
from tenken.interview.answer_lines import render_added_detail, tell_given_answer
from tenken.interview.answer_review import choose_answer_to_review
from tenken.interview.at_once import (
    ask_whether_nothing_is_there,
    build_answers_at_once,
    find_denied_check,
    list_checks_at_once,
)
from tenken.interview.checklist_offers import (
    is_time_to_offer,
    list_fitting_checklists,
    offer_checklist,
    replace_by_short_form,
)
from tenken.interview.gap_acceptance import accept_gap
from tenken.interview.kept_details import add_kept_lines, change_kept, render_kept_change
from tenken.interview.leaving import leave_interview
from tenken.interview.local_day import find_local_day
from tenken.interview.phase_texts import introduce_part
from tenken.interview.prompt import (
    ARROW_MARK,
    SAVED_MARK,
    WARNING_MARK,
    Prompt,
    PromptKey,
    QuestionCard,
    build_key_help,
    build_key_names,
)
from tenken.interview.question_card import add_suggested_answer, build_card
from tenken.interview.question_help import build_help_paragraphs
from tenken.interview.question_trail import QuestionTrail
from tenken.interview.report_desk import ReportDesk
from tenken.interview.result_pause import ResultPause
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change, is_final_record
from tenken.interview.way_choice import Way, build_way_menu, list_ways
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_sure_answer, read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.records.record_file import RecordFile
from tenken.rules.crosswalk import SuggestedAnswer, load_crosswalks, suggest_answer
from tenken.rules.logic import Situation

MAX_DECLINED_DETAILS = 3
"""How many times in a row optional details may be left open before they are no longer asked for."""


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
        quick: bool = False,
        desk: ReportDesk | None = None,
    ) -> None:
        self.prompt = prompt
        self.clock, self.as_of, self.by, self.quick = clock, as_of, "", quick
        self.pause = ResultPause(prompt, desk)
        self.declined_details = 0
        self.offered_at_once: set[str] = set()
        """The requirements of which it was asked whether anything is in place."""
        self.is_unsaved = False
        self._use_wording(wording)
        self._use_record(record_file)
        self.trail = QuestionTrail(self.running_assessment)

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
        while self.ask_next_question() or self.offer_ways():
            pass

    def ask_next_question(self) -> bool:
        """Asks one question and takes the reply in; False where a part is done, or nothing is left to ask."""
        open_question = self.trail.find_next_question()
        is_scope_known = open_question is None or open_question.phase is not Phase.SCOPE
        if not self.trail.target and self._offer_fitting_checklist(is_scope_known=is_scope_known):
            return True
        if open_question is None or self.trail.is_at_an_end(open_question):
            return False
        if self._offer_denied_requirement(open_question.question):
            return True
        self.trail.pass_question(open_question)
        reply = self.prompt.choose(self._build_card(open_question))
        self.trail.target = ""
        if isinstance(reply, PromptKey):
            self._handle_key(reply, open_question.question)
        else:
            self._take_answer(open_question.question, reply)
        return True

    def _offer_fitting_checklist(self, *, is_scope_known: bool) -> bool:
        """Offers a checklist that fits and is not used yet, unless all is signed off; True if there was one."""
        record, situation = self.record_file.record, self.running_assessment.situation
        fitting = list_fitting_checklists(record, self.library, situation)
        ripe = (each for each in fitting if is_scope_known or is_time_to_offer(each, self.library, situation))
        checklist = next(ripe, None)
        if checklist is None or is_final_record(record):
            return False
        decided = offer_checklist(checklist, record, self.library, self.prompt)
        if decided is None:
            self._go_back("")
        else:
            self._use_other_checklists(decided)
        return True

    def _use_other_checklists(self, decided: Record) -> None:
        """Saves a record that names other checklists, and goes on with them."""
        record_file = save_record_safely(self.record_file.with_record(decided), self.prompt)
        self._use_wording(Wording(load_rules_for(record_file.record, self.library.language), self.library.language))
        self.reopen_record(record_file)

    def _build_card(self, open_question: OpenQuestion) -> QuestionCard:
        given = self.record_file.record.answers.get(open_question.question, NO_ANSWER)
        value = self.running_assessment.situation.answers.get(open_question.question)
        progress = self.trail.describe_progress(open_question)
        card = build_card(open_question, self.library, self.wording, given=given, value=value, progress=progress)
        card = add_kept_lines(card, given)
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
        if completed != given and self.save_answer(id, completed):
            self.prompt.say_paragraph(render_kept_change(given, completed, self.wording), mark=SAVED_MARK)

    def _take_answer(self, id: str, chosen: tuple[str, ...]) -> None:
        """An answer: completed by what it needs, saved, told, and followed by what is optional."""
        old = self.record_file.record.answers.get(id, NO_ANSWER)
        renewed = renew_answer(old, chosen, self.by, self.clock())
        given = complete_answer(id, renewed, old, self.library, self.prompt)
        if given is None:
            self.trail.target = id
            return
        before = self.running_assessment.open
        value = read_answer_values({id: given}, self.library)[id]
        if not self.save_answer(id, given):
            return
        self.trail.skipped.discard(id)
        changes = self.running_assessment.take_answer(id, value)
        if any(change.was is not change.after.applies for change in changes):
            self.trail.part_at_hand = None  # what applies has changed, so there is a new result to show
        tell_given_answer(id, given, self.wording, self.prompt)
        phase = self.trail.phases[id]
        for line in (
            *render_answer_changes(changes, self.wording, self.as_of),
            *render_added_questions(before, phase, self.running_assessment),
        ):
            self.prompt.say_paragraph(line, mark=ARROW_MARK)
        if id in self.library.checks:
            self._offer_answers_at_once(id, given)
            self._ask_details(id, given)

    def _offer_denied_requirement(self, id: str) -> bool:
        """Before the first of the other checks of what was denied earlier; True unless this one is to be asked."""
        record, situation = self.record_file.record, self.running_assessment.situation
        denied = "" if self.trail.target else find_denied_check(id, record, self.library, situation)
        if not denied or self.library.checks[id][0].id in self.offered_at_once:
            return False
        self._offer_answers_at_once(denied, record.answers[denied])
        return bool(self.trail.target) or id in self.running_assessment.situation.answers

    def _offer_answers_at_once(self, id: str, given: GivenAnswer) -> None:
        """After a no to what decides most, answers the rest of a requirement with one key if nothing is there yet."""
        requirement, _ = self.library.checks[id]
        record, running = self.record_file.record, self.running_assessment
        others = list_checks_at_once(id, record, self.library, running.situation)
        if self.trail.is_short or not others:
            return
        self.offered_at_once.add(requirement.id)
        if (is_empty := ask_whether_nothing_is_there(requirement, len(others), self.prompt)) is None:
            self.trail.target = id
        if is_empty and self._save_answers(build_answers_at_once(others, given, record)):
            for other in others:
                running.take_answer(other, given.answer)
            self.trail.pass_answers(others)
            self.prompt.say_paragraph(phrase("{count} more checks are answered no.", count=len(others)), SAVED_MARK)

    def save_answer(self, id: str, given: GivenAnswer) -> bool:
        return self._save_answers({id: given})

    def _save_answers(self, answers: Mapping[str, GivenAnswer]) -> bool:
        """Saves answers durably; False if the record stays signed off, or was changed by somebody else."""
        if not confirm_record_change(self.record_file.record, self.wording, self.prompt):
            return False
        for id, given in answers.items():
            self.record_file.take_answer(id, given)
        self.is_unsaved = True
        meant = self.record_file.record
        record_file = save_record_safely(self.record_file, self.prompt)
        self.is_unsaved = False
        is_saved = all(record_file.record.answers.get(id) is given for id, given in answers.items())
        if record_file.record is not meant:
            if is_saved:
                text = phrase("Somebody else changed the file meanwhile; that is taken over, too.")
                self.prompt.say_paragraph(text, mark=WARNING_MARK)
            self.reopen_record(record_file)
        self.record_file = record_file
        return is_saved

    def _ask_details(self, id: str, given: GivenAnswer) -> None:
        """Asks for what may be added to an answer, until nobody seems to want that."""
        is_wanted = self.declined_details < MAX_DECLINED_DETAILS and not (self.trail.is_short or self.trail.target)
        if not is_wanted or not may_take_details(given):
            return
        check = self.library.checks[id][1]
        completed = ask_answer_details(given, check, self.record_file, self.prompt, self.clock())
        if completed != given:
            self.declined_details = 0
            if self.save_answer(id, completed):
                self.prompt.say_paragraph(render_added_detail(completed, self.wording), mark=SAVED_MARK)
            return
        self.declined_details += 1
        if self.declined_details == MAX_DECLINED_DETAILS:
            self.prompt.say_paragraph(phrase("Owners and evidence are no longer asked for; e adds evidence, n a note."))

    def ask_again(self, id: str) -> None:
        """Asks a question that is answered, and whatever a key leads to, until there is a reply."""
        self.trail.target = id
        while self.trail.target and self.ask_next_question():
            pass

    def _accept_gap(self) -> None:
        before, assessment = self.record_file.record, self.running_assessment.assessment
        today = find_local_day(self.clock())
        self.record_file = accept_gap(self.record_file, assessment, self.wording, self.prompt, by=self.by, today=today)
        if self.record_file.record != before:
            self.reopen_record(self.record_file)

    def offer_ways(self) -> bool:
        """Shows the result so far and asks how far to go; False once somebody stops there."""
        record, running = self.record_file.record, self.running_assessment
        self.pause.show_result_once(self.record_file, running, self.wording)
        if self.quick and not self.trail.wants_decisive:
            self.trail.wants_decisive = True
            self._begin_part()
            return True
        ways = list_ways(record, self.trail, running, self.wording)
        match self.prompt.choose(build_way_menu(ways, self.trail, record, running)):
            case ("left",):
                self.trail.take_up_skipped()
            case ("review",):
                self.review_answers()
            case ("accept",):
                self._accept_gap()
            case PromptKey.BACK:
                self._go_back("")
            case ("result",) | PromptKey():
                self.pause.finish_with_result(self.record_file, running, self.wording)
                return False
            case (word, *_):
                self._go_way(next(way for way in ways if way.option.word == word))
        return True

    def _go_way(self, way: Way) -> None:
        if way.short_form:
            self._use_other_checklists(replace_by_short_form(self.record_file.record, way.short_form, self.library))
        self.trail.chosen_parts |= set(way.parts)
        self.trail.wants_decisive |= way.wants_decisive
        self._begin_part()

    def _begin_part(self) -> None:
        count = self.trail.go_on()
        if self.trail.part_at_hand:
            introduce_part(self.trail.part_at_hand, count, self.prompt)

    def leave(self) -> None:
        if not self.is_unsaved:
            self.pause.show_result_in_passing(self.record_file, self.running_assessment, self.wording)
        leave_interview(self.record_file, self.prompt, is_unsaved=self.is_unsaved)
