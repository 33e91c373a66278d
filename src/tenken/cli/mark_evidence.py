"""What files show of the points of the laws, written into a record as evidence; a person answers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tenken.cli.clock import parse_day_or_today, read_clock
from tenken.cli.mark_selection import list_sample_files
from tenken.cli.shared_options import STDIN
from tenken.files.file_names import is_inside, quote_file_for_shell
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.signed_off_warning import is_final_record
from tenken.marks.mark_judging import JudgedPoint
from tenken.messages.message_catalog import list_wordings, phrase, phrase_count
from tenken.records.evidence import is_address
from tenken.records.evidence_files import try_hashing
from tenken.records.evidence_pins import bring_evidence
from tenken.records.record import NO_ANSWER, Evidence, Record, RecordStage
from tenken.records.record_file import RecordFile

_ONE_SHOWS = "shown by the one sample"
_EACH_SHOWS = "shown by {count} of {count} samples"


def check_where_to_write(record: Path | None, *, compare: bool) -> None:
    """Raises `Problems` where there is no record that could be saved, or nothing is judged."""
    if compare:
        raise Problems(Problem(Place("--write"), "a comparison is no evidence; leave out --compare or --write"))
    if record is None:
        raise Problems(Problem(Place("--write"), "name the record to write into with --record"))
    if record == STDIN:
        text = "name the file of the record; what comes from a pipe cannot be saved"
        raise Problems(Problem(Place("--record"), text))


def pin_samples(paths: Sequence[Path], files: Sequence[Path], record: Path) -> Evidence:
    """A piece of evidence of where the files lie, as it is before they are looked into."""
    place = _choose_place(paths, files)
    if is_inside(record, place):
        text = "the record lies here and changes with every piece of evidence; put the files into a folder of their own"
        raise Problems(Problem(Place(str(place)), text))
    digest, fault = try_hashing(place)
    if fault:
        text = "this cannot be pinned as evidence, as not all of it can be read; see what it holds, and who may read it"
        raise Problems(Problem(Place(str(place)), text))
    return Evidence(at=_render_place(place, record.parent), on=parse_day_or_today(""), sha256=digest)


def _choose_place(paths: Sequence[Path], files: Sequence[Path]) -> Path:
    """The one thing to pin: what was named, or the folder of which all files were named."""
    if len(paths) == 1:
        return paths[0]
    folder = paths[0].parent
    if {path.parent for path in paths} != {folder} or set(list_sample_files([folder])[0]) != set(files):
        text = "evidence is one folder or one file; put these files into a folder of their own and name that"
        raise Problems(Problem(Place("--write"), text))
    return folder


def _render_place(place: Path, folder: Path) -> str:
    """The way from the folder of a record, as the system goes it; never to be taken for an address or a sentence."""
    way = Path(os.path.relpath(os.path.realpath(place), os.path.realpath(folder))).as_posix()
    way = f"./{way}" if is_address(way) else way
    return f"{way}/" if place.is_dir() else way


def write_shown_points(judged: Sequence[JudgedPoint], piece: Evidence, record_file: RecordFile) -> list[str]:
    """Saves what every file shows, as evidence of the check; says what was written, and what was not."""
    record_file.clock = read_clock
    caught_up = record_file.catch_up_with_log()
    before = record_file.record
    pieces = {each.point.check.id: replace_fields(piece, shows=_phrase_shown(each)) for each in judged if each.is_shown}
    changed = bring_evidence(record_file, pieces, _stands_for)
    if changed:
        record_file.save()
    unshown = [each.point.check.id for each in judged if each.outcomes and not each.is_shown]
    return [
        *caught_up,
        *(_tell_written(id, item, id in changed) for id, item in pieces.items()),
        *(_tell_unwritten(id, piece, before) for id in unshown),
        *(_tell_saved(before, record_file) if changed else [phrase("Nothing was written into the record.")]),
    ]


def _phrase_shown(judged: JudgedPoint) -> str:
    return phrase_count(len(judged.outcomes), _ONE_SHOWS, _EACH_SHOWS)


def _stands_for(item: Evidence, piece: Evidence) -> bool:
    """Whether evidence is of the same place and in the words of an earlier time, in whatever language."""
    return _is_same_place(item, piece) and any(
        re.fullmatch(re.escape(text).replace(re.escape("{count}"), r"\d+"), item.shows)
        for text in (*list_wordings(_ONE_SHOWS), *list_wordings(_EACH_SHOWS))
    )


def _is_same_place(item: Evidence, piece: Evidence) -> bool:
    return os.path.normpath(item.at) == os.path.normpath(piece.at)


def _tell_written(id: str, item: Evidence, is_changed: bool) -> str:
    text = "{check}: {evidence}: {shown}" if is_changed else "{check}: {evidence}: {shown}, as it was"
    return phrase(text, check=id, evidence=item.at, shown=item.shows)


def _tell_unwritten(id: str, piece: Evidence, record: Record) -> str:
    """That something is no evidence of a check, and whether it was some before."""
    stays = any(_stands_for(item, piece) for item in record.answers.get(id, NO_ANSWER).evidence)
    text = "{check}: not shown by every file, so not written"
    return phrase("{check}: not shown by every file any more; look at its evidence" if stays else text, check=id)


def _tell_saved(before: Record, record_file: RecordFile) -> Iterator[str]:
    if before.status is RecordStage.FINAL:
        yield phrase("The record was final, and is a draft again.")
    elif is_final_record(before):
        yield phrase("The record was signed off, and has to be signed off anew.")
    yield phrase("Everything is saved in {file}.", file=record_file.path)
    command = f"tenken assess {quote_file_for_shell(record_file.path)}"
    yield phrase("No answer was changed; to answer: {command}", command=command)
