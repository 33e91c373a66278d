"""Takes over from another record what is true of the whole organisation, and so of its next system too."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tenken.assessment.wording import Wording
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.question_card import phrase_count
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.interview.welcome import open_or_create_record
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.answer_values import has_sure_answer, read_answer_values
from tenken.records.record import Evidence, GivenAnswer
from tenken.records.record_file import RecordFile, open_record
from tenken.records.rule_updates import update_record
from tenken.rules.library import Library
from tenken.rules.requirement import About
from tenken.terminal.output import print_talk


def find_organisation_answers(ours: RecordFile, theirs: RecordFile, library: Library) -> dict[str, GivenAnswer]:
    """Answers about the organisation that are still open in ours: who gave them and when stays, a note says whence."""
    return {
        id: _append_to_old_answer(
            ours.record.answers.get(id, GivenAnswer()), _adapt_answer_to_folder(given, theirs.path, ours.folder)
        )
        for id, given in update_record(theirs.record, library).record.answers.items()
        if _is_about_organisation(id, library)
        and has_sure_answer(given)
        and not has_sure_answer(ours.record.answers.get(id))
    }


def _is_about_organisation(id: str, library: Library) -> bool:
    if id in library.questions:
        return library.questions[id].about is About.ORGANISATION
    return id in library.checks and library.checks[id][0].about is About.ORGANISATION


def _adapt_answer_to_folder(given: GivenAnswer, source: Path, folder: Path) -> GivenAnswer:
    """An answer of one record as it reads in a record in another folder."""
    whence = phrase("(Taken over from {file})", file=_find_relative_path(folder, source))
    note = phrase(" ").join(part for part in (given.note, whence) if part)
    evidence = tuple(_relocate_evidence(item, source.parent, folder) for item in given.evidence)
    return replace(given, note=note, evidence=evidence)


def _append_to_old_answer(old: GivenAnswer, new: GivenAnswer) -> GivenAnswer:
    """The new answer, with what was noted before there was one."""
    note = phrase(" ").join(part for part in (old.note, new.note) if part)
    return replace(new, note=note, evidence=(*old.evidence, *new.evidence))


def _relocate_evidence(item: Evidence, old: Path, new: Path) -> Evidence:
    """Evidence that is a file beside the old record, under the path that leads there from the new one.

    An address, a whole path and words that name no file stay as they are.
    """
    if "://" in item.at or Path(item.at).is_absolute() or not (old / item.at).exists():
        return item
    return item if old.resolve() == new.resolve() else replace(item, at=_find_relative_path(new, old / item.at))


def _find_relative_path(folder: Path, file: Path) -> str:
    """The path from a folder to a file; links among the folders on the way are followed."""
    return Path(os.path.relpath(file.parent.resolve() / file.name, folder.resolve())).as_posix()


def take_over_answers(path: Path | None, source: Path) -> None:
    """Takes answers into a record, which is begun if there is none, and saves it; raises `Problems` if it cannot."""
    if path is None or str(path) == "-":
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, library = open_or_create_record(path)
    taken = find_organisation_answers(record_file, open_record(source), library)
    read_answer_values({**record_file.record.answers, **taken}, library)
    if taken:
        confirm_record_change(record_file.record, Wording(library, get_language()), prompt=None)
    for id, given in taken.items():
        record_file.take_answer(id, given)
    record_file.save()
    print_talk(phrase_count(len(taken), "1 answer taken over.", "{count} answers taken over."))
