"""Takes into a record what was answered elsewhere: set by options, filled in by somebody else, or in another record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from tenken.assessment.answer_words import build_table_words
from tenken.assessment.wording import Wording
from tenken.files.file_names import is_there
from tenken.files.problems import MORE_PROBLEMS, MOST_PROBLEMS, Place, Problem, Problems
from tenken.interview.answer_lines import render_signed_answer
from tenken.interview.prompt import CardOption, Prompt, build_menu
from tenken.interview.prompt_choice import is_person_there
from tenken.interview.proposed_answers import take_over_proposals
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.interview.typed_text import clean_typed_text
from tenken.messages.message_catalog import get_language, phrase, phrase_count
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.incoming import compare_incoming_answers, fill_from_old_answer, read_answer_settings
from tenken.records.incoming_files import holds_table, open_incoming
from tenken.records.model_card import propose_from_card
from tenken.records.organisation_answers import find_organisation_answers
from tenken.records.proposals import holds_proposals, read_proposals
from tenken.records.record import GivenAnswer
from tenken.records.record_file import (
    RecordFile,
    create_record,
    open_record,
    open_record_to_save,
    read_record_from_stdin,
)
from tenken.records.rule_updates import load_updated_rules, render_update_lines
from tenken.rules.library import Library
from tenken.rules.outline import add_text_questions
from tenken.terminal.output import print_talk


def open_or_create_record(path: Path, clock: Callable[[], datetime]) -> tuple[RecordFile, Library]:
    """A record with its checklists; from standard input for `-`, and new, named after the file, where there is none."""
    if str(path) == "-":
        record_file = read_record_from_stdin()
    elif is_there(path):
        record_file = open_record_to_save(path, clock, print_talk)
    else:
        record_file = create_record(path, clean_typed_text(path.stem) or phrase("Name of your system"))
    return record_file, _load_rules_with_notice(record_file)


def _load_rules_with_notice(record_file: RecordFile) -> Library:
    """The checklists of a record, which is carried over to them; says so where nobody is there to be asked."""
    library, update = load_updated_rules(record_file, get_language())
    if update.is_substantial:
        lines = list(render_update_lines(update))
        more = [phrase(MORE_PROBLEMS, count=len(lines) - MOST_PROBLEMS)] if len(lines) > MOST_PROBLEMS else []
        print_talk("\n".join((str(record_file.path), *lines[:MOST_PROBLEMS], *more)))
    return library


def apply_answer_settings(
    record_file: RecordFile, library: Library, settings: Iterable[str], by: str, at: datetime
) -> None:
    """Takes `question=answer` settings into a record; raises `Problems` for all that mean nothing."""
    answers = read_answer_settings(settings, record_file.record, library, by, at)
    _take_answers_unasked(answers, record_file, library)


def take_over_answers(path: Path | None, source: Path, clock: Callable[[], datetime]) -> None:
    """Takes answers about the organisation from another record, and saves; the record is begun if there is none."""
    if path is None or str(path) == "-":
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, library = open_or_create_record(path, clock)
    answers = find_organisation_answers(record_file, open_record(source), library)
    read_answer_values({**record_file.record.answers, **answers}, library)
    _take_answers_unasked(answers, record_file, library)
    record_file.save()
    _tell_answers_taken(len(answers))


def _take_answers_unasked(answers: Mapping[str, GivenAnswer], record_file: RecordFile, library: Library) -> None:
    if answers:
        confirm_record_change(record_file.record, Wording(library, get_language()), prompt=None)
    for id, given in answers.items():
        record_file.take_answer(id, given)


def _tell_answers_taken(count: int) -> None:
    print_talk(phrase_count(count, "1 answer taken over.", "{count} answers taken over."))


def merge_file(
    ours: Path | None, theirs: Path, prompt: Prompt | None, *, by: str, clock: Callable[[], datetime]
) -> None:
    """Takes over what a file holds: another record as a whole, what programs propose answer by answer."""
    if holds_table(theirs) or not holds_proposals(theirs):
        merge_records(ours, theirs, prompt, by=by, clock=clock)
        return
    record_file, library = _open_own_record(ours, clock)
    person = prompt if is_person_there() else None
    take_over_proposals(record_file, library, read_proposals(theirs), person, by=by, clock=clock)


def take_over_model_card(
    ours: Path | None, card: Path, prompt: Prompt | None, *, by: str, clock: Callable[[], datetime]
) -> None:
    """Takes over, answer by answer, what a model card suggests."""
    record_file, library = _open_own_record(ours, clock)
    proposals = propose_from_card(card, library, record_file.record)
    person = prompt if is_person_there() else None
    take_over_proposals(record_file, library, proposals, person, by=by, clock=clock)


def _open_own_record(path: Path | None, clock: Callable[[], datetime]) -> tuple[RecordFile, Library]:
    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    return open_or_create_record(path, clock)


def merge_records(
    ours: Path | None, theirs: Path, prompt: Prompt | None, *, by: str, clock: Callable[[], datetime]
) -> None:
    """Merges what a file answers into a record and saves it; raises `Problems` for conflicts nobody decided."""
    record_file, library = _open_own_record(ours, clock)
    wording = Wording(add_text_questions(library), get_language())
    other = _open_incoming_file(theirs, record_file, wording)
    read_answer_values(record_file.record.answers, library)
    read_answer_values(other.record.answers, library)
    incoming = compare_incoming_answers(other.record.answers, record_file.record, by, clock())
    contradicting = incoming.contradicting
    if (incoming.new or (contradicting and prompt)) and not confirm_record_change(record_file.record, wording, prompt):
        return
    for id, given in incoming.new.items():
        record_file.take_answer(id, given)
    if prompt:
        # Whoever leaves before the last decision has changed nothing: only then is the record saved.
        contradicting = _ask_which_stands(contradicting, record_file, wording, prompt)
        save_record_safely(record_file, prompt)
    else:
        record_file.save()
    _tell_answers_taken(len(incoming.new))
    if contradicting:
        conflicts = (_build_conflict_problem(id, given, record_file, wording) for id, given in contradicting.items())
        raise Problems(*conflicts)


def _open_incoming_file(path: Path, record_file: RecordFile, wording: Wording) -> RecordFile:
    """What a file answers, as a record that is carried over to the rules of today."""
    load = partial(load_rules_for, record_file.record)
    words = partial(build_table_words, wording, get_language(), load)
    other = open_incoming(path, record_file.record, wording.library, words)
    _load_rules_with_notice(other)
    return other


def _ask_which_stands(
    contradicting: Mapping[str, GivenAnswer], record_file: RecordFile, wording: Wording, prompt: Prompt
) -> dict[str, GivenAnswer]:
    """Asks which answer stands, one by one; returns those that were left as they are."""
    undecided = {}
    for id, theirs in contradicting.items():
        ours = record_file.record.answers[id]
        card = build_menu(
            wording.find_question_heading(id),
            CardOption("theirs", render_signed_answer(id, theirs, wording)),
            CardOption("ours", render_signed_answer(id, ours, wording), phrase("As it is now.")),
            CardOption("later", phrase("Decide later")),
        )
        match prompt.choose(card):
            case ("theirs",):
                record_file.take_answer(id, fill_from_old_answer(ours, theirs))
            case ("ours",):
                pass
            case _:
                undecided[id] = theirs
    return undecided


def _build_conflict_problem(id: str, theirs: GivenAnswer, record_file: RecordFile, wording: Wording) -> Problem:
    facts = {
        "id": id,
        "theirs": render_signed_answer(id, theirs, wording),
        "ours": render_signed_answer(id, record_file.record.answers[id], wording),
    }
    return Problem(theirs.place, "{id}: answered {theirs} here, but {ours} in the record, which stays as it is", facts)
