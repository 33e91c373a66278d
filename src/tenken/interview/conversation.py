"""The conversation: asks what is open until nothing open matters, saves after each answer, and can always go back.

What comes next is decided by the answers alone, so that leaving, resuming, going back and changing an answer need no
memory of how one got there. Whom it asks is a `Prompt`; this module knows no terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from tenken import crosswalk, library, record
from tenken.agenda import Open, Phase
from tenken.answers import Given
from tenken.crosswalk import Likely
from tenken.interview import ending, further, keeping, offering, review, signing, telling
from tenken.interview.card import (
    DAY,
    Card,
    Key,
    Option,
    Prompt,
    check_card,
    check_help,
    counted,
    key_help,
    key_names,
    menu,
    question_card,
    question_help,
    some,
    suggested,
)
from tenken.interview.outlook import Change, Outlook
from tenken.logic import UNSURE, Situation
from tenken.model import EXPLAINED, SET_ASIDE
from tenken.phrases import phrase
from tenken.record import RecordFile
from tenken.words import Words

SAVED, CHANGED = "✔", "→"
CERTAIN = 30
"""How many questions may lie ahead for their number to mean something: of more, most will be spared."""
PATIENCE = 3
"""How many optional questions in a row may be left open before they are no longer asked."""


class Interview:
    def __init__(
        self,
        file: RecordFile,
        words: Words,
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
        self._use(words)
        self.reopen(file)

    def _use(self, words: Words) -> None:
        self.library, self.words = words.library, words
        self.crosswalks = crosswalk.load_for(self.library)

    def reopen(self, file: RecordFile) -> None:
        """Goes on with what a file holds now."""
        self.file = file
        values = record.values(file.record.answers, self.library)
        self.outlook = Outlook(self.library, Situation(values, self.as_of))
        self.trail = list(values)
        self.phases = {id: self.outlook.phase(id) for id in values}

    def run(self) -> None:
        """Until the result has been shown; KeyboardInterrupt if left before."""
        while self.step() or self.finish():
            pass

    def step(self) -> bool:
        """Asks one question and takes the reply in; False when nothing is left to ask."""
        item = self._next()
        scoped = item is None or (item.phase is not Phase.SCOPE and not self.target)
        if scoped and self._widens():
            return True
        if item is None:
            return False
        if not self.target and not self._enters(item.phase):
            return True
        if item.question not in self.trail:
            self.trail.append(item.question)
        self.phases[item.question] = item.phase
        reply = self.prompt.choose(self._card(item))
        self.target = ""
        if isinstance(reply, Key):
            self._turn(reply, item.question)
        else:
            self._take(item.question, reply)
        return True

    def _next(self) -> Open | None:
        by_id = {item.question: item for item in self.outlook.open}
        if self.target:
            return by_id.get(self.target) or self.outlook.asked_again(self.target)
        wanted = (item for id, item in by_id.items() if id not in self.skipped and item.phase not in self.left_out)
        return next(wanted, None)

    def _widens(self) -> bool:
        """Offers a checklist that fits and is not used yet, unless all is signed off; True if there was one."""
        if signing.is_final(self.file.record):
            return False
        fitting = next(offering.fitting(self.file.record, self.library, self.outlook.situation), None)
        if fitting is None:
            return False
        record = offering.offer(fitting, self.file.record, self.library, self.prompt)
        if record is None:
            self._back("")
            return True
        self.file = keeping.keep(replace(self.file, record=record), self.prompt)
        self._use(Words(library.load_for(self.file.record, self.library.language), self.library.language))
        self.reopen(self.file)
        return True

    def _enters(self, phase: Phase) -> bool:
        """Says what a new part of the conversation is about; one that may be in vain can be left."""
        if phase in self.entered:
            return True
        count = sum(1 for item in self.outlook.open if item.phase is phase)
        checks = counted(count, "1 check", "{count} checks")
        match phase:
            case Phase.TEXT:
                self.prompt.say()
                self.prompt.say(phrase("Now what is in place: {checks}.", checks=checks))
            case Phase.HOUSE:
                self.prompt.say()
                self.prompt.say(phrase("Now the rules of your own house: {checks}.", checks=checks))
            case Phase.GUIDANCE:
                self.prompt.say()
                self.prompt.say(phrase("Now good practice from official guidance: {checks}; no duties.", checks=checks))
            case Phase.UNSETTLED:
                return self._enters_unsettled(checks)
        self.entered.add(phase)
        return True

    def _enters_unsettled(self, checks: str) -> bool:
        unsure = (id for finding in self.outlook.findings.values() for id in finding.settled_by)
        facts = some(self.words.short(id) for id in unsure if id in self.library.questions)
        self.prompt.say()
        text = phrase("{checks} only matter if more applies. That hangs on: {facts}.", checks=checks, facts=facts)
        self.prompt.say(text)
        go_on = Option("now", phrase("Answer them now"))
        leave = Option("later", phrase("Leave them"), phrase("The report says what is open."))
        match self.prompt.choose(menu(phrase("Answer these too?"), go_on, leave)):
            case ("now",):
                self.entered.add(Phase.UNSETTLED)
            case Key.BACK:
                self._back("")
            case _:
                self.left_out.add(Phase.UNSETTLED)
        return Phase.UNSETTLED in self.entered

    def _card(self, item: Open) -> Card:
        build = check_card if item.question in self.library.checks else question_card
        given = self.file.record.answers.get(item.question)
        value = self.outlook.situation.answers.get(item.question)
        if given and EXPLAINED in given.answer:
            value = given.answer
        card = build(item, self.library, self.words, value, self._progress(item))
        found = None if record.answered(given) else self._likely(item.question)
        return suggested(card, found, self.words) if found else card

    def _likely(self, id: str) -> Likely | None:
        """What other answers make likely here, as long as all of them still matter."""
        found = crosswalk.likely(id, self.outlook.situation, self.crosswalks)
        return found if found and all(map(self.outlook.matters, found.given)) else None

    def _progress(self, item: Open) -> str:
        """How far this part has come; about, for an answer may spare questions, and silent where that says little."""
        answered = self.outlook.situation.answers
        passed = [id for id in self.trail if self.phases[id] is item.phase and (id in answered or id in self.skipped)]
        ahead = {other.question for other in self.outlook.open if other.phase is item.phase}
        total = len(ahead.union(passed, [item.question]))
        number = (passed.index(item.question) if item.question in passed else len(passed)) + 1
        if total > CERTAIN and item.phase is Phase.SCOPE:
            return phrase("question {number}", number=number)
        return phrase("{number} of about {total}", number=number, total=total)

    def _turn(self, key: Key, id: str) -> None:
        """Does what a key asks for; the same question comes again unless the key leads elsewhere."""
        self.target = id
        match key:
            case Key.BACK:
                self._back(id)
            case Key.SKIP:
                self.target = ""
                if id not in self.outlook.situation.answers:
                    self.skipped.add(id)
            case Key.REVIEW:
                self.review(id)
            case Key.WHY:
                self._explain(id)
            case Key.NOTE | Key.EVIDENCE:
                self._add(key, id)
            case Key.KEYS:
                self.prompt.show((f"{other}  {key_names()[other]}", text) for other, text in key_help().items())

    def _back(self, id: str) -> None:
        opens = {item.question for item in self.outlook.open}
        answers = self.outlook.situation.answers
        before = self.trail[: self.trail.index(id)] if id in self.trail else self.trail
        stops = (one for one in reversed(before) if (self.outlook.matters(one) if one in answers else one in opens))
        self.target = next(stops, "")
        if not self.target:
            self.target = id
            self.prompt.say(phrase("This is the first question."))

    def review(self, otherwise: str = "") -> None:
        """Lets somebody look through the answers; the question chosen there comes next."""
        self.target = review.pick(self.file.record, self.outlook, self.words, self.prompt) or otherwise

    def _explain(self, id: str) -> None:
        """The full explanation, with what each answer leads to."""
        if id in self.library.checks:
            self.prompt.show(check_help(*self.library.checks[id], self.words))
            return
        found = self._likely(id)
        likely = [(phrase("Likely"), " ".join(found.because))] if found else []
        leads = [(label, self._leads_to(id, word)) for word, label, _ in self.words.choices(id)]
        self.prompt.show([*question_help(self.outlook.asked_again(id), self.library, self.words), *likely, *leads])

    def _leads_to(self, id: str, word: str) -> str:
        fitting = offering.fitting(self.file.record, self.library, self.outlook.situation.but(id, (word,)))
        return telling.leads_to(self.outlook.what_if(id, (word,)), [item.title for item in fitting])

    def _add(self, key: Key, id: str) -> None:
        given = self.file.record.answers.get(id, Given())
        more = further.note(given, self.prompt) if key is Key.NOTE else further.evidence(given, self.file, self.prompt)
        if more is not given and self._keep(id, more):
            self.prompt.say(more.note if key is Key.NOTE else further.told(more, self.words), mark=SAVED)

    def _take(self, id: str, chosen: tuple[str, ...]) -> None:
        """An answer: completed by what it needs, saved, told, and followed by what is optional."""
        given = self._completed(id, chosen)
        if given is None:
            self.target = id
            return
        before = self.outlook.open
        value = record.values({id: given}, self.library)[id]
        if not self._keep(id, given):
            return
        self.skipped.discard(id)
        self._tell(id, given, self.outlook.answer(id, value))
        self._tell_growth(id, before)
        if id in self.library.checks:
            self._ask_more(id, given)

    def _completed(self, id: str, chosen: tuple[str, ...]) -> Given | None:
        """The answer with the day or the reason it needs; None if that was not given."""
        old = self.file.record.answers.get(id, Given())
        given = replace(old, answer=chosen, by=self.by, at=self.clock(), reason="", published="")
        if UNSURE not in chosen:
            given = replace(given, ask="")
        if chosen == (DAY,):
            return further.day(given, old, self.library.questions[id].ask, self.prompt)
        if id in self.library.checks and chosen[0] in (SET_ASIDE, EXPLAINED):
            return further.reason(given, old, *self.library.checks[id], self.prompt)
        return given

    def _keep(self, id: str, given: Given) -> bool:
        """Saves an answer durably; False if the record stays signed off, or was changed by somebody else."""
        if not signing.agreed(self.file.record, self.words, self.prompt):
            return False
        self.file.answer(id, given)
        self.unsaved = True
        file = keeping.keep(self.file, self.prompt)
        self.unsaved = False
        if file.record is not self.file.record:
            self.reopen(file)
            return False
        self.file = file
        return True

    def _tell(self, id: str, given: Given, changed: list[Change]) -> None:
        self.prompt.say(review.said(id, given, self.words), mark=SAVED)
        if UNSURE in given.answer and id in self.library.questions and self.library.questions[id].who_knows:
            self.prompt.say(phrase("Who usually knows: {who}", who=self.library.questions[id].who_knows), mark=CHANGED)
        for line in telling.changes(changed, self.words, self.as_of):
            self.prompt.say(line, mark=CHANGED)

    def _tell_growth(self, id: str, before: tuple[Open, ...]) -> None:
        """Says so when this part of the conversation became longer, and why."""
        phase = self.phases[id]
        was = {item.question for item in before if item.phase is phase} | set(self.outlook.situation.answers)
        more = [item for item in self.outlook.open if item.phase is phase and item.question not in was]
        if more:
            needed = some((self.library.requirements[name].title for item in more for name in item.needed_by), 1)
            one, many = "1 more question, for: {titles}", "{count} more questions, for: {titles}"
            self.prompt.say(counted(len(more), one, many, titles=needed), mark=CHANGED)

    def _ask_more(self, id: str, given: Given) -> None:
        if self.quick or self.left_open >= PATIENCE or not further.takes_more(given):
            return
        more = further.more(given, self.library.checks[id][1], self.file, self.prompt)
        if more is not given:
            self.left_open = 0
            if self._keep(id, more):
                self.prompt.say(further.told(more, self.words), mark=SAVED)
            return
        self.left_open += 1
        if self.left_open == PATIENCE:
            self.prompt.say(phrase("Owners and evidence are no longer asked for; e adds evidence, n a note."))

    def finish(self) -> bool:
        """Offers what was left open; False once the result has been shown."""
        left = len(self.outlook.open)
        again = Option("left", counted(left, "Answer the 1 question that is left", "Answer the {count} questions left"))
        card = menu(
            phrase("All else is answered. What now?") if left else phrase("Everything is answered. What now?"),
            Option("result", phrase("See the result")),
            again if left else None,
            Option("review", phrase("Review the answers"), phrase("Look through them and change any.")),
        )
        match self.prompt.choose(card):
            case ("left",):
                self.skipped.clear()
                self.left_out.clear()
            case ("review",):
                self.review()
            case Key.BACK:
                self._back("")
            case _:
                ending.show_result(self.file, self.outlook, self.words, self.prompt)
                return False
        return True

    def leave(self) -> None:
        ending.leave(self.file, self.prompt, unsaved=self.unsaved)
