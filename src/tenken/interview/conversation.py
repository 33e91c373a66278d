"""The conversation: asks what is open until nothing open matters, saves after each answer, and can always go back.

What comes next is decided by the answers alone, so that leaving, resuming, going back and changing an answer need no
memory of how one got there. Whom it asks is a `Prompt`; this module knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import FindingChange, RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.answer_details import (
    ask_answer_details,
    ask_evidence,
    ask_note,
    ask_reason,
    ask_typed_answer,
    may_take_details,
    render_added_detail,
)
from tenken.interview.answer_review import choose_answer_to_review, render_given_answer
from tenken.interview.checklist_offers import list_fitting_checklists, offer_checklist
from tenken.interview.closing import leave_interview, show_result
from tenken.interview.consequences import phrase_answer_outcome, render_answer_changes
from tenken.interview.question_card import (
    CardOption,
    Prompt,
    PromptKey,
    QuestionCard,
    add_suggested_answer,
    build_check_card,
    build_check_help,
    build_key_help,
    build_key_names,
    build_menu,
    build_question_card,
    build_question_help,
    phrase_count,
    phrase_some_items,
)
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_records import confirm_record_change, is_final_record
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_sure_answer, read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.crosswalk import SuggestedAnswer, load_crosswalks, suggest_answer
from tenken.rules.logic import Situation
from tenken.rules.requirement import EXPLAINED, SET_ASIDE

SAVED, CHANGED = "✔", "→"
MAX_COUNTED_QUESTIONS = 30
"""How many questions may lie ahead for their number to mean something: of more, most will be spared."""
MAX_DECLINED_QUESTIONS = 3
"""How many optional questions in a row may be left open before they are no longer asked."""


class Interview:
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
        self.skipped: set[str] = set()
        self.entered: set[Phase] = set()
        self.left_out = {Phase.HOUSE, Phase.GUIDANCE, Phase.UNSETTLED} if quick else set()
        self.target = ""
        self.unsaved = False
        self.left_open = 0
        self._use_wording(wording)
        self.reopen_record(record_file)

    def _use_wording(self, wording: Wording) -> None:
        self.library, self.words = wording.library, wording
        self.crosswalks = load_crosswalks(self.library)

    def reopen_record(self, record_file: RecordFile) -> None:
        """Goes on with what a file holds now."""
        self.file = record_file
        values = read_answer_values(record_file.record.answers, self.library)
        self.outlook = RunningAssessment(self.library, Situation(values, self.as_of))
        self.trail = list(values)
        self.phases = {id: self.outlook.find_phase(id) for id in values}

    def run(self) -> None:
        """Until the result has been shown; KeyboardInterrupt if left before."""
        while self.ask_next_question() or self.offer_result():
            pass

    def ask_next_question(self) -> bool:
        """Asks one question and takes the reply in; False when nothing is left to ask."""
        open_question = self._find_next_question()
        scoped = open_question is None or (open_question.phase is not Phase.SCOPE and not self.target)
        if scoped and self._offer_fitting_checklist():
            return True
        if open_question is None:
            return False
        if not self.target and not self._enter_phase(open_question.phase):
            return True
        if open_question.question not in self.trail:
            self.trail.append(open_question.question)
        self.phases[open_question.question] = open_question.phase
        reply = self.prompt.choose(self._build_card(open_question))
        self.target = ""
        if isinstance(reply, PromptKey):
            self._handle_key(reply, open_question.question)
        else:
            self._take_answer(open_question.question, reply)
        return True

    def _find_next_question(self) -> OpenQuestion | None:
        by_id = {open_question.question: open_question for open_question in self.outlook.open}
        if self.target:
            return by_id.get(self.target) or self.outlook.reopen_question(self.target)
        wanted = (
            open_question
            for id, open_question in by_id.items()
            if id not in self.skipped and open_question.phase not in self.left_out
        )
        return next(wanted, None)

    def _offer_fitting_checklist(self) -> bool:
        """Offers a checklist that fits and is not used yet, unless all is signed off; True if there was one."""
        if is_final_record(self.file.record):
            return False
        checklist = next(list_fitting_checklists(self.file.record, self.library, self.outlook.situation), None)
        if checklist is None:
            return False
        record = offer_checklist(checklist, self.file.record, self.library, self.prompt)
        if record is None:
            self._go_back("")
            return True
        self.file = save_record_safely(replace(self.file, record=record), self.prompt)
        self._use_wording(Wording(load_rules_for(self.file.record, self.library.language), self.library.language))
        self.reopen_record(self.file)
        return True

    def _enter_phase(self, phase: Phase) -> bool:
        """Says what a new part of the conversation is about; one that may be in vain can be left."""
        if phase in self.entered:
            return True
        count = sum(1 for open_question in self.outlook.open if open_question.phase is phase)
        checks = phrase_count(count, "1 check", "{count} checks")
        match phase:
            case Phase.TEXT:
                self.prompt.say_paragraph()
                self.prompt.say_paragraph(phrase("Now what is in place: {checks}.", checks=checks))
            case Phase.HOUSE:
                self.prompt.say_paragraph()
                self.prompt.say_paragraph(phrase("Now the rules of your own house: {checks}.", checks=checks))
            case Phase.GUIDANCE:
                self.prompt.say_paragraph()
                self.prompt.say_paragraph(
                    phrase("Now good practice from official guidance: {checks}; no duties.", checks=checks)
                )
            case Phase.UNSETTLED:
                return self._offer_unsettled_phase(checks)
        self.entered.add(phase)
        return True

    def _offer_unsettled_phase(self, checks: str) -> bool:
        unsure = (id for finding in self.outlook.findings.values() for id in finding.settled_by)
        facts = phrase_some_items(self.words.find_question_heading(id) for id in unsure if id in self.library.questions)
        self.prompt.say_paragraph()
        text = phrase("{checks} only matter if more applies. That hangs on: {facts}.", checks=checks, facts=facts)
        self.prompt.say_paragraph(text)
        go_on = CardOption("now", phrase("Answer them now"))
        leave = CardOption("later", phrase("Leave them"), phrase("The report says what is open."))
        match self.prompt.choose(build_menu(phrase("Answer these too?"), go_on, leave)):
            case ("now",):
                self.entered.add(Phase.UNSETTLED)
            case PromptKey.BACK:
                self._go_back("")
            case _:
                self.left_out.add(Phase.UNSETTLED)
        return Phase.UNSETTLED in self.entered

    def _build_card(self, open_question: OpenQuestion) -> QuestionCard:
        build = build_check_card if open_question.question in self.library.checks else build_question_card
        given = self.file.record.answers.get(open_question.question)
        value = self.outlook.situation.answers.get(open_question.question)
        if given and EXPLAINED in given.answer:
            value = given.answer
        card = build(open_question, self.library, self.words, value, self._describe_progress(open_question))
        found = None if has_sure_answer(given) else self._find_suggested_answer(open_question.question)
        return add_suggested_answer(card, found, self.words) if found else card

    def _find_suggested_answer(self, id: str) -> SuggestedAnswer | None:
        """What other answers make likely here, as long as all of them still matter."""
        found = suggest_answer(id, self.outlook.situation, self.crosswalks)
        return found if found and all(map(self.outlook.is_decisive, found.given)) else None

    def _describe_progress(self, open_question: OpenQuestion) -> str:
        """How far this part has come; about, for an answer may spare questions, and silent where that says little."""
        answered = self.outlook.situation.answers
        passed = [
            id for id in self.trail if self.phases[id] is open_question.phase and (id in answered or id in self.skipped)
        ]
        ahead = {other.question for other in self.outlook.open if other.phase is open_question.phase}
        total = len(ahead.union(passed, [open_question.question]))
        number = (passed.index(open_question.question) if open_question.question in passed else len(passed)) + 1
        if total > MAX_COUNTED_QUESTIONS and open_question.phase is Phase.SCOPE:
            return phrase("question {number}", number=number)
        return phrase("{number} of about {total}", number=number, total=total)

    def _handle_key(self, key: PromptKey, id: str) -> None:
        """Does what a key asks for; the same question comes again unless the key leads elsewhere."""
        self.target = id
        match key:
            case PromptKey.BACK:
                self._go_back(id)
            case PromptKey.SKIP:
                self.target = ""
                if id not in self.outlook.situation.answers:
                    self.skipped.add(id)
            case PromptKey.REVIEW:
                self.review_answers(id)
            case PromptKey.WHY:
                self._explain_question(id)
            case PromptKey.NOTE | PromptKey.EVIDENCE:
                self._add_note_or_evidence(key, id)
            case PromptKey.KEYS:
                self.prompt.show_paragraphs(
                    (f"{other}  {build_key_names()[other]}", text) for other, text in build_key_help().items()
                )

    def _go_back(self, id: str) -> None:
        opens = {open_question.question for open_question in self.outlook.open}
        answers = self.outlook.situation.answers
        before = self.trail[: self.trail.index(id)] if id in self.trail else self.trail
        stops = (one for one in reversed(before) if (self.outlook.is_decisive(one) if one in answers else one in opens))
        self.target = next(stops, "")
        if not self.target:
            self.target = id
            self.prompt.say_paragraph(phrase("This is the first question."))

    def review_answers(self, otherwise: str = "") -> None:
        """Lets somebody look through the answers; the question chosen there comes next."""
        self.target = choose_answer_to_review(self.file.record, self.outlook, self.words, self.prompt) or otherwise

    def _explain_question(self, id: str) -> None:
        """The full explanation, with what each answer leads to."""
        if id in self.library.checks:
            self.prompt.show_paragraphs(build_check_help(*self.library.checks[id], self.words))
            return
        found = self._find_suggested_answer(id)
        likely = [(phrase("Likely"), " ".join(found.because))] if found else []
        leads = [(label, self._describe_answer_outcome(id, word)) for word, label, _ in self.words.list_choices(id)]
        self.prompt.show_paragraphs(
            [*build_question_help(self.outlook.reopen_question(id), self.library, self.words), *likely, *leads]
        )

    def _describe_answer_outcome(self, id: str, word: str) -> str:
        fitting = list_fitting_checklists(
            self.file.record, self.library, self.outlook.situation.with_answer(id, (word,))
        )
        return phrase_answer_outcome(
            self.outlook.preview_answer(id, (word,)), [checklist.title for checklist in fitting]
        )

    def _add_note_or_evidence(self, key: PromptKey, id: str) -> None:
        given = self.file.record.answers.get(id, GivenAnswer())
        more = ask_note(given, self.prompt) if key is PromptKey.NOTE else ask_evidence(given, self.file, self.prompt)
        if more is not given and self._save_answer(id, more):
            self.prompt.say_paragraph(
                more.note if key is PromptKey.NOTE else render_added_detail(more, self.words), mark=SAVED
            )

    def _take_answer(self, id: str, chosen: tuple[str, ...]) -> None:
        """An answer: completed by what it needs, saved, told, and followed by what is optional."""
        given = self._complete_answer(id, chosen)
        if given is None:
            self.target = id
            return
        before = self.outlook.open
        value = read_answer_values({id: given}, self.library)[id]
        if not self._save_answer(id, given):
            return
        self.skipped.discard(id)
        self._tell_answer(id, given, self.outlook.take_answer(id, value))
        self._tell_added_questions(id, before)
        if id in self.library.checks:
            self._ask_details(id, given)

    def _complete_answer(self, id: str, chosen: tuple[str, ...]) -> GivenAnswer | None:
        """The answer with the day or the reason it needs; None if that was not given."""
        old = self.file.record.answers.get(id, GivenAnswer())
        given = replace(old, answer=chosen, by=self.by, at=self.clock(), reason="", published="")
        if UNSURE not in chosen:
            given = replace(given, ask="")
        question = self.library.questions.get(id)
        if question and chosen == (question.answer_kind.typed_choice,):
            return ask_typed_answer(given, old, question, self.prompt)
        if id in self.library.checks and chosen[0] in (SET_ASIDE, EXPLAINED):
            return ask_reason(given, old, *self.library.checks[id], self.prompt)
        return given

    def _save_answer(self, id: str, given: GivenAnswer) -> bool:
        """Saves an answer durably; False if the record stays signed off, or was changed by somebody else."""
        if not confirm_record_change(self.file.record, self.words, self.prompt):
            return False
        self.file.take_answer(id, given)
        self.unsaved = True
        record_file = save_record_safely(self.file, self.prompt)
        self.unsaved = False
        if record_file.record is not self.file.record:
            self.reopen_record(record_file)
            return False
        self.file = record_file
        return True

    def _tell_answer(self, id: str, given: GivenAnswer, changed: list[FindingChange]) -> None:
        self.prompt.say_paragraph(render_given_answer(id, given, self.words), mark=SAVED)
        if UNSURE in given.answer and id in self.library.questions and self.library.questions[id].who_knows:
            self.prompt.say_paragraph(
                phrase("Who usually knows: {who}", who=self.library.questions[id].who_knows), mark=CHANGED
            )
        for line in render_answer_changes(changed, self.words, self.as_of):
            self.prompt.say_paragraph(line, mark=CHANGED)

    def _tell_added_questions(self, id: str, before: tuple[OpenQuestion, ...]) -> None:
        """Says so when this part of the conversation became longer, and why."""
        phase = self.phases[id]
        was = {open_question.question for open_question in before if open_question.phase is phase} | set(
            self.outlook.situation.answers
        )
        more = [
            open_question
            for open_question in self.outlook.open
            if open_question.phase is phase and open_question.question not in was
        ]
        if more:
            needed = phrase_some_items(
                (self.library.requirements[name].title for open_question in more for name in open_question.needed_by), 1
            )
            one, many = "1 more question, for: {titles}", "{count} more questions, for: {titles}"
            self.prompt.say_paragraph(phrase_count(len(more), one, many, titles=needed), mark=CHANGED)

    def _ask_details(self, id: str, given: GivenAnswer) -> None:
        if self.quick or self.left_open >= MAX_DECLINED_QUESTIONS or not may_take_details(given):
            return
        more = ask_answer_details(given, self.library.checks[id][1], self.file, self.prompt)
        if more is not given:
            self.left_open = 0
            if self._save_answer(id, more):
                self.prompt.say_paragraph(render_added_detail(more, self.words), mark=SAVED)
            return
        self.left_open += 1
        if self.left_open == MAX_DECLINED_QUESTIONS:
            self.prompt.say_paragraph(phrase("Owners and evidence are no longer asked for; e adds evidence, n a note."))

    def offer_result(self) -> bool:
        """Offers what was left open; False once the result has been shown."""
        left = len(self.outlook.open)
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
                self.skipped.clear()
                self.left_out.clear()
            case ("review",):
                self.review_answers()
            case PromptKey.BACK:
                self._go_back("")
            case _:
                show_result(self.file, self.outlook, self.words, self.prompt)
                return False
        return True

    def leave(self) -> None:
        leave_interview(self.file, self.prompt, unsaved=self.unsaved)
