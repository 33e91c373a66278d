"""Takes back answers that somebody else filled in; where both answered differently, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tenken.assessment.wording import Wording
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.answer_review import render_answer_or_reason
from tenken.interview.opening import load_rules_with_notice
from tenken.interview.question_card import CardOption, Prompt, build_menu, phrase_count
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_records import confirm_record_change
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import read_answer_values
from tenken.records.record import GivenAnswer
from tenken.records.record_file import RecordFile, open_record
from tenken.rules.answer_kinds import UNSURE
from tenken.terminal.output import print_talk


def merge_records(ours: Path | None, theirs: Path, prompt: Prompt | None, *, by: str, at: datetime) -> None:
    """Merges one record into another and saves it; raises `Problems` for what contradicts and nobody decided."""
    if ours is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, other = open_record(ours), open_record(theirs)
    library = load_rules_with_notice(record_file)
    load_rules_with_notice(other)
    wording = Wording(library, get_language())
    read_answer_values(record_file.record.answers, library)
    read_answer_values(other.record.answers, library)
    given_answers = {
        id: _sign_given_answer(given, by, at) for id, given in other.record.answers.items() if given.answer
    }
    new = {id: given for id, given in given_answers.items() if _is_open_answer(record_file.record.answers.get(id))}
    contradicts = any(
        given.answer != record_file.record.answers[id].answer for id, given in given_answers.items() if id not in new
    )
    if (new or (contradicts and prompt)) and not confirm_record_change(record_file.record, wording, prompt):
        return
    for id, given in new.items():
        record_file.take_answer(id, _fill_from_old_answer(record_file.record.answers.get(id), given))
    differing = {
        id: given for id, given in given_answers.items() if given.answer != record_file.record.answers[id].answer
    }
    if prompt:
        differing = _ask_which_stands(
            differing, record_file, wording, prompt
        )  # left before the end, nothing is changed
        save_record_safely(record_file, prompt)
    else:
        record_file.save()
    print_talk(phrase_count(len(new), "1 answer taken over.", "{count} answers taken over."))
    if differing:
        raise Problems(*(_build_conflict_problem(id, given, record_file, wording) for id, given in differing.items()))


def _sign_given_answer(given: GivenAnswer, by: str, at: datetime) -> GivenAnswer:
    return replace(given, by=given.by or by, at=given.at or at)


def _is_open_answer(given: GivenAnswer | None) -> bool:
    return given is None or given.answer in ((), (UNSURE,))


def _fill_from_old_answer(old: GivenAnswer | None, new: GivenAnswer) -> GivenAnswer:
    """The new answer, with what was noted before it unless it says otherwise."""
    if old is None:
        return new
    ask = old.ask if UNSURE in new.answer else ""
    return replace(new, note=new.note or old.note, evidence=new.evidence or old.evidence, ask=new.ask or ask)


def _ask_which_stands(
    differing: Mapping[str, GivenAnswer], record_file: RecordFile, wording: Wording, prompt: Prompt
) -> dict[str, GivenAnswer]:
    """Asks which answer stands, one by one; returns those that were left as they are."""
    undecided = {}
    for id, theirs in differing.items():
        ours = record_file.record.answers[id]
        card = build_menu(
            wording.find_question_heading(id),
            CardOption("theirs", _render_signed_answer(id, theirs, wording)),
            CardOption("ours", _render_signed_answer(id, ours, wording), phrase("As it is now.")),
            CardOption("later", phrase("Decide later")),
        )
        match prompt.choose(card):
            case ("theirs",):
                record_file.take_answer(id, _fill_from_old_answer(ours, theirs))
            case ("ours",):
                pass
            case _:
                undecided[id] = theirs
    return undecided


def _render_signed_answer(id: str, given: GivenAnswer, wording: Wording) -> str:
    who = phrase(" ({by}, {day})", by=given.by or "?", day=wording.render_day(given.at) if given.at else "?")
    return render_answer_or_reason(id, given, wording) + who


def _build_conflict_problem(id: str, theirs: GivenAnswer, record_file: RecordFile, wording: Wording) -> Problem:
    facts = {
        "id": id,
        "theirs": _render_signed_answer(id, theirs, wording),
        "ours": _render_signed_answer(id, record_file.record.answers[id], wording),
    }
    return Problem(theirs.place, "{id}: answered {theirs} here, but {ours} in the record, which stays as it is", facts)
