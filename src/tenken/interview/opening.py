"""The first minute: which record, a new one or one that is resumed, and what the person is in for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from math import isqrt
from pathlib import Path

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.files.problems import Place
from tenken.interview.conversation import Interview
from tenken.interview.question_card import CardOption, Prompt, PromptKey, build_menu, phrase_count, render_optional_hint
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_records import confirm_record_change
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import parse_answer_settings, read_answer_values
from tenken.records.record import GivenAnswer, Record, RecordStage
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record, read_record_from_stdin
from tenken.records.rule_updates import load_updated_rules, render_update_lines
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library
from tenken.rules.loading import load_library
from tenken.terminal.output import print_talk

NO_TERMINAL = (
    "there is no terminal to ask on; write the questions with `tenken questions --blank`, answer with "
    "`tenken assess {file} --set question=answer`, or edit the record itself"
)
_SECONDS_PER_QUESTION = 25
"""Seconds a question takes, with reading; a guess that a person may hold against us."""


def choose_record_file(path: Path | None, prompt: Prompt) -> RecordFile:
    """The record that was named, one found in this folder, or a new one."""
    if path is None:
        found = _find_record_files(Path())
        path = _ask_which_record(found, prompt) if found else None
    if path and path.exists():
        return open_record(path)
    return _ask_new_record(path, prompt)


def _find_record_files(folder: Path) -> list[Path]:
    """The records in a folder, told by a line among their first."""
    return [path for path in sorted(folder.glob("*.yaml")) if re.search(rb"(?m)^tenken:", _read_file_beginning(path))]


def _read_file_beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return b""


def _ask_which_record(found: list[Path], prompt: Prompt) -> Path | None:
    options = [CardOption(path.name, phrase("Open {file}", file=path.name)) for path in found]
    card = build_menu(phrase("There are answers in this folder."), *options, CardOption("", phrase("Begin a new one")))
    chosen = prompt.choose(card)
    return None if isinstance(chosen, PromptKey) or chosen == ("",) else Path(chosen[0])


def _ask_new_record(path: Path | None, prompt: Prompt) -> RecordFile:
    prompt.say_paragraph(phrase("tenken finds out what the law asks of your AI system, and what is missing."))
    prompt.say_paragraph()
    system = ""
    while not system:
        system = prompt.ask_text(phrase("What is your system called?"), refuse=_refuse_empty_name) or ""
    while path is None:
        name = prompt.ask_text(phrase("Save the answers in"), find_free_file_name(system), refuse=_refuse_unfit_name)
        path = Path(name) if name else None
    return save_record_safely(create_record(path, system), prompt)


def _refuse_empty_name(said: str) -> str:
    return "" if said else phrase("A name is needed; any that you will recognise.")


def _refuse_unfit_name(name: str) -> str:
    if not name.endswith((".yaml", ".json")):
        return phrase("Let the name end in .yaml")
    return phrase("There is a file of that name already; name another.") if Path(name).exists() else ""


def find_free_file_name(system: str, folder: Path = Path()) -> str:
    """A name for the record of a system that is free in a folder."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", system).casefold())
    stem = "-".join(words)[:60] or "record"
    names = (f"{stem}{number}.yaml" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not (folder / name).exists())


def create_record(path: Path, system: str) -> RecordFile:
    """An empty record that names the checklists it will be answered against, and their versions."""
    library = load_library()
    checklists, against = tuple(library.checklists), library.versions
    at = Place(str(path))
    return RecordFile(path, Record(RECORD_FORMAT, system, checklists=checklists, answered_against=against, at=at))


def ask_who_answers(record_file: RecordFile, prompt: Prompt) -> str:
    """Who answers: asked once for a record, then whoever did so last; never taken from the machine."""
    if record_file.record.answers:
        return next((given.by for given in reversed(list(record_file.record.answers.values())) if given.by), "")
    return prompt.ask_text(phrase("Who is answering?"), hint=render_optional_hint(phrase("a name or initials"))) or ""


def show_welcome(interview: Interview, now: datetime) -> bool:
    """Says what is to come, or how far it has come; False to begin with the review."""
    prompt, record_file = interview.prompt, interview.file
    if record_file.loses_comments:
        text = phrase(
            "{file}: the comments below its first lines will be lost at the first save.", file=record_file.path
        )
        prompt.say_paragraph(text, mark="!")
    if interview.outlook.situation.answers:
        return _resume_interview(interview, now)
    count = _estimate_question_count(interview.outlook)
    time = phrase_count(count * _SECONDS_PER_QUESTION // 60 + 1, "1 minute", "{count} minutes")
    questions = phrase_count(count, "1 question", "{count} questions")
    prompt.say_paragraph()
    prompt.say_paragraph(phrase("First what applies: about {questions}, {time}.", questions=questions, time=time))
    prompt.say_paragraph(phrase("Then what is in place, as long again or longer."))
    prompt.say_paragraph(phrase("“Not sure” is always an answer. Leave when you like; the same command goes on."))
    prompt.say_paragraph(
        phrase("Each answer is saved at once in {file}. Nothing leaves this machine.", file=record_file.path)
    )
    prompt.say_paragraph(phrase("This is not legal advice."))
    return True


def _estimate_question_count(outlook: RunningAssessment) -> int:
    """About how many questions it takes to find what applies: between all, and those left if each is answered no."""
    most = sum(1 for open_question in outlook.open if open_question.phase is Phase.SCOPE)
    quiet, least = RunningAssessment(outlook.library, outlook.situation), 0
    while quiet.open and quiet.open[0].phase is Phase.SCOPE:
        id = quiet.open[0].question
        accepts = quiet.library.list_accepted_words(id)
        quiet.take_answer(id, (next((word for word in (NONE, "no") if word in accepts), accepts[0]),))
        least += 1
    return isqrt(least * most - 1) + 1 if most else 0


def _resume_interview(interview: Interview, now: datetime) -> bool:
    record_file, prompt = interview.file, interview.prompt
    answered = phrase_count(len(interview.outlook.situation.answers), "1 answer", "{count} answers")
    when = _phrase_last_answered(
        max((given.at for given in record_file.record.answers.values() if given.at), default=None), now
    )
    prompt.say_paragraph(
        phrase("{system}: {answered} so far{when}.", system=record_file.record.system, answered=answered, when=when)
    )
    if interview.by:
        prompt.say_paragraph(phrase("You answer as {by}; --by NAME changes that.", by=interview.by))
    if not interview.outlook.open:
        return True
    card = build_menu(
        phrase("What now?"),
        CardOption("continue", phrase("Go on"), phrase("With the first question that is open.")),
        CardOption("review", phrase("Review first"), phrase("Look through the answers and change any.")),
        CardOption("over", phrase("Start over"), phrase("The answers so far are kept in a file of their own.")),
    )
    chosen = prompt.choose(card)
    if chosen == ("over",):
        interview.reopen_record(_start_record_over(record_file, prompt))
    return chosen != ("review",)


def _phrase_last_answered(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    days = (now.date() - moment.date()).days
    if days < 1:
        return phrase(", the last one today")
    return phrase_count(days, ", the last one yesterday", ", the last one {count} days ago")


def _start_record_over(record_file: RecordFile, prompt: Prompt) -> RecordFile:
    """The same record without answers; the old one stays beside it."""
    kept = RecordFile(
        record_file.folder / find_free_file_name(record_file.path.stem, record_file.folder), record_file.record
    )
    kept = save_record_safely(kept, prompt)
    prompt.say_paragraph(phrase("The answers so far are kept in {file}.", file=kept.path))
    emptied = replace(record_file.record, answers={}, status=RecordStage.DRAFT, signed_off=None)
    return save_record_safely(RecordFile(record_file.path, emptied, record_file.seen), prompt)


def run_interview(
    path: Path | None, prompt: Prompt, clock: Callable[[], datetime], as_of: date, *, by: str = "", quick: bool = False
) -> None:
    """The whole conversation about one record; KeyboardInterrupt if it was left before its end, with all saved."""
    interview = None
    try:
        record_file = choose_record_file(path, prompt)
        library, update = load_updated_rules(record_file, get_language())
        if update.is_substantial:
            for line in render_update_lines(update):
                prompt.say_paragraph(line)
        interview = Interview(record_file, Wording(library, get_language()), prompt, clock, as_of, quick=quick)
        interview.by = by or ask_who_answers(record_file, prompt)
        if not show_welcome(interview, clock()):
            interview.review_answers()
        interview.run()
    except KeyboardInterrupt:
        if interview:
            interview.leave()
        else:
            prompt.say_paragraph(phrase("Nothing was answered yet. To begin: {command}", command="tenken assess"))
        raise


def open_or_create_record(path: Path) -> tuple[RecordFile, Library]:
    """A record with its checklists; from standard input for `-`, and new, named after the file, where there is none."""
    if str(path) == "-":
        record_file = read_record_from_stdin()
    elif path.exists():
        record_file = open_record(path)
    else:
        record_file = create_record(path, path.stem)
    return record_file, load_rules_with_notice(record_file)


def load_rules_with_notice(record_file: RecordFile) -> Library:
    """The checklists of a record, which is carried over to them; says so where nobody is there to be asked."""
    library, update = load_updated_rules(record_file, get_language())
    if update.is_substantial:
        print_talk("\n".join((str(record_file.path), *render_update_lines(update))))
    return library


def apply_answer_settings(
    record_file: RecordFile, library: Library, said: Iterable[str], by: str, at: datetime
) -> None:
    """Takes `question=answer` settings into a record; raises `Problems` for all that mean nothing."""
    answers = parse_answer_settings(said)
    read_answer_values({**record_file.record.answers, **answers}, library)
    if answers:
        confirm_record_change(record_file.record, Wording(library, get_language()), prompt=None)
    for id, given in answers.items():
        old = record_file.record.answers.get(id, GivenAnswer())
        record_file.take_answer(id, replace(old, answer=given.answer, by=by, at=at, reason="", published=""))
