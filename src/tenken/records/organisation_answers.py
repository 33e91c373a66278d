"""Finds in another record the answers about the whole organisation, which are true of its next system too."""

from __future__ import annotations

import os
from pathlib import Path

from tenken.files.frozen_classes import replace_fields
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_sure_answer
from tenken.records.record import NO_ANSWER, Evidence, GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.records.rule_updates import update_record
from tenken.rules.library import Library
from tenken.rules.requirement import About


def find_organisation_answers(ours: RecordFile, theirs: RecordFile, library: Library) -> dict[str, GivenAnswer]:
    """Answers about the organisation that are still open in ours: who gave them and when stays, a note says whence."""
    return {
        id: _append_to_old_answer(
            ours.record.answers.get(id, NO_ANSWER), _adapt_answer_to_folder(given, theirs.path, ours.folder)
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
    return replace_fields(given, note=note, evidence=evidence)


def _append_to_old_answer(old: GivenAnswer, new: GivenAnswer) -> GivenAnswer:
    """The new answer, with what was noted before there was one."""
    note = phrase(" ").join(part for part in (old.note, new.note) if part)
    return replace_fields(new, note=note, evidence=(*old.evidence, *new.evidence))


def _relocate_evidence(item: Evidence, old: Path, new: Path) -> Evidence:
    """Evidence that is a file beside the old record, under the path that leads there from the new one.

    An address, a whole path and words that name no file stay as they are.
    """
    if "://" in item.at or Path(item.at).is_absolute() or not (old / item.at).exists():
        return item
    return item if old.resolve() == new.resolve() else replace_fields(item, at=_find_relative_path(new, old / item.at))


def _find_relative_path(folder: Path, file: Path) -> str:
    """The path from a folder to a file; links among the folders on the way are followed."""
    return Path(os.path.relpath(file.parent.resolve() / file.name, folder.resolve())).as_posix()
