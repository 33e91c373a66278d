"""The first minute: which record, a new one or one that is resumed, and what the person is in for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from math import isqrt
from pathlib import Path

from tenken import library, record, terminal
from tenken.agenda import Phase
from tenken.answers import Given, Record, Stage
from tenken.interview import keeping, signing
from tenken.interview.card import Key, Option, Prompt, counted, menu, optional
from tenken.interview.conversation import Interview
from tenken.interview.outlook import Outlook
from tenken.library import Library
from tenken.logic import NONE
from tenken.phrases import language, phrase
from tenken.problems import Place
from tenken.record import RecordFile
from tenken.update import bring_up, lines
from tenken.words import Words

NO_TERMINAL = (
    "there is no terminal to ask on; write the questions with `tenken questions --blank`, answer with "
    "`tenken assess {file} --set question=answer`, or edit the record itself"
)
_PACE = 25
"""Seconds a question takes, with reading; a guess that a person may hold against us."""


def choose_file(path: Path | None, prompt: Prompt) -> RecordFile:
    """The record that was named, one found in this folder, or a new one."""
    if path is None:
        found = _found(Path())
        path = _which(found, prompt) if found else None
    if path and path.exists():
        return record.open_record(path)
    return _new(path, prompt)


def _found(folder: Path) -> list[Path]:
    """The records in a folder, told by a line among their first."""
    return [path for path in sorted(folder.glob("*.yaml")) if re.search(rb"(?m)^tenken:", _beginning(path))]


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return b""


def _which(found: list[Path], prompt: Prompt) -> Path | None:
    options = [Option(path.name, phrase("Open {file}", file=path.name)) for path in found]
    card = menu(phrase("There are answers in this folder."), *options, Option("", phrase("Begin a new one")))
    chosen = prompt.choose(card)
    return None if isinstance(chosen, Key) or chosen == ("",) else Path(chosen[0])


def _new(path: Path | None, prompt: Prompt) -> RecordFile:
    prompt.say(phrase("tenken finds out what the law asks of your AI system, and what is missing."))
    prompt.say()
    system = ""
    while not system:
        system = prompt.write(phrase("What is your system called?"), refuse=_no_name) or ""
    while path is None:
        name = prompt.write(phrase("Save the answers in"), file_name(system), refuse=_unfit)
        path = Path(name) if name else None
    return keeping.keep(new_record(path, system), prompt)


def _no_name(said: str) -> str:
    return "" if said else phrase("A name is needed; any that you will recognise.")


def _unfit(name: str) -> str:
    if not name.endswith((".yaml", ".json")):
        return phrase("Let the name end in .yaml")
    return phrase("There is a file of that name already; name another.") if Path(name).exists() else ""


def file_name(system: str, folder: Path = Path()) -> str:
    """A name for the record of a system that is free in a folder."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", system).casefold())
    stem = "-".join(words)[:60] or "record"
    names = (f"{stem}{number}.yaml" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not (folder / name).exists())


def new_record(path: Path, system: str) -> RecordFile:
    """An empty record that names the checklists it will be answered against, and their versions."""
    known = library.load()
    checklists, against = tuple(known.checklists), known.versions
    at = Place(str(path))
    return RecordFile(path, Record(record.FORMAT, system, checklists=checklists, answered_against=against, at=at))


def ask_by(file: RecordFile, prompt: Prompt) -> str:
    """Who answers: asked once for a record, then whoever did so last; never taken from the machine."""
    if file.record.answers:
        return next((given.by for given in reversed(list(file.record.answers.values())) if given.by), "")
    return prompt.write(phrase("Who is answering?"), hint=optional(phrase("a name or initials"))) or ""


def welcome(interview: Interview, now: datetime) -> bool:
    """Says what is to come, or how far it has come; False to begin with the review."""
    prompt, file = interview.prompt, interview.file
    if file.loses_comments:
        text = phrase("{file}: the comments below its first lines will be lost at the first save.", file=file.path)
        prompt.say(text, mark="!")
    if interview.outlook.situation.answers:
        return _resumes(interview, now)
    count = _likely(interview.outlook)
    time = counted(count * _PACE // 60 + 1, "1 minute", "{count} minutes")
    questions = counted(count, "1 question", "{count} questions")
    prompt.say()
    prompt.say(phrase("First what applies: about {questions}, {time}.", questions=questions, time=time))
    prompt.say(phrase("Then what is in place, as long again or longer."))
    prompt.say(phrase("“Not sure” is always an answer. Leave when you like; the same command goes on."))
    prompt.say(phrase("Each answer is saved at once in {file}. Nothing leaves this machine.", file=file.path))
    prompt.say(phrase("This is not legal advice."))
    return True


def _likely(outlook: Outlook) -> int:
    """About how many questions it takes to find what applies: between all, and those left if each is answered no."""
    most = sum(1 for item in outlook.open if item.phase is Phase.SCOPE)
    quiet, least = Outlook(outlook.library, outlook.situation), 0
    while quiet.open and quiet.open[0].phase is Phase.SCOPE:
        id = quiet.open[0].question
        accepts = quiet.library.accepts(id)
        quiet.answer(id, (next((word for word in (NONE, "no") if word in accepts), accepts[0]),))
        least += 1
    return isqrt(least * most - 1) + 1 if most else 0


def _resumes(interview: Interview, now: datetime) -> bool:
    file, prompt = interview.file, interview.prompt
    answered = counted(len(interview.outlook.situation.answers), "1 answer", "{count} answers")
    when = _ago(max((given.at for given in file.record.answers.values() if given.at), default=None), now)
    prompt.say(phrase("{system}: {answered} so far{when}.", system=file.record.system, answered=answered, when=when))
    if interview.by:
        prompt.say(phrase("You answer as {by}; --by NAME changes that.", by=interview.by))
    if not interview.outlook.open:
        return True
    card = menu(
        phrase("What now?"),
        Option("continue", phrase("Go on"), phrase("With the first question that is open.")),
        Option("review", phrase("Review first"), phrase("Look through the answers and change any.")),
        Option("over", phrase("Start over"), phrase("The answers so far are kept in a file of their own.")),
    )
    chosen = prompt.choose(card)
    if chosen == ("over",):
        interview.reopen(_emptied(file, prompt))
    return chosen != ("review",)


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    days = (now.date() - moment.date()).days
    if days < 1:
        return phrase(", the last one today")
    return counted(days, ", the last one yesterday", ", the last one {count} days ago")


def _emptied(file: RecordFile, prompt: Prompt) -> RecordFile:
    """The same record without answers; the old one stays beside it."""
    kept = RecordFile(file.beside / file_name(file.path.stem, file.beside), file.record)
    kept = keeping.keep(kept, prompt)
    prompt.say(phrase("The answers so far are kept in {file}.", file=kept.path))
    emptied = replace(file.record, answers={}, status=Stage.DRAFT, signed_off=None)
    return keeping.keep(RecordFile(file.path, emptied, file.seen), prompt)


def converse(
    path: Path | None, prompt: Prompt, clock: Callable[[], datetime], as_of: date, *, by: str = "", quick: bool = False
) -> None:
    """The whole conversation about one record; KeyboardInterrupt if it was left before its end, with all saved."""
    interview = None
    try:
        file = choose_file(path, prompt)
        checklists, update = bring_up(file, language())
        if update.matters:
            for line in lines(update):
                prompt.say(line)
        interview = Interview(file, Words(checklists, language()), prompt, clock, as_of, quick=quick)
        interview.by = by or ask_by(file, prompt)
        if not welcome(interview, clock()):
            interview.review()
        interview.run()
    except KeyboardInterrupt:
        if interview:
            interview.leave()
        else:
            prompt.say(phrase("Nothing was answered yet. To begin: {command}", command="tenken assess"))
        raise


def open_or_new(path: Path) -> tuple[RecordFile, Library]:
    """A record with its checklists; from standard input for `-`, and new, named after the file, where there is none."""
    if str(path) == "-":
        file = record.read_stdin()
    elif path.exists():
        file = record.open_record(path)
    else:
        file = new_record(path, path.stem)
    return file, brought_up(file)


def brought_up(file: RecordFile) -> Library:
    """The checklists of a record, which is carried over to them; says so where nobody is there to be asked."""
    checklists, update = bring_up(file, language())
    if update.matters:
        terminal.say("\n".join((str(file.path), *lines(update))))
    return checklists


def answer_unasked(file: RecordFile, checklists: Library, said: Iterable[str], by: str, at: datetime) -> None:
    """Takes `question=answer` settings into a record; raises `Problems` for all that mean nothing."""
    answers = record.settings(said)
    record.values({**file.record.answers, **answers}, checklists)
    if answers:
        signing.agreed(file.record, Words(checklists, language()), prompt=None)
    for id, given in answers.items():
        old = file.record.answers.get(id, Given())
        file.answer(id, replace(old, answer=given.answer, by=by, at=at, reason="", published=""))
