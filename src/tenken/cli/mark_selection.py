"""Which files `tenken marks` looks into, and by which points it judges them."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from pathlib import Path

from tenken.assessment.findings import Assessment
from tenken.assessment.judgement import Timing
from tenken.cli.judged_record import assess_record_file
from tenken.files.file_names import is_folder, is_plain_file
from tenken.files.file_reading import build_access_problem, decode_text, read_file_bytes
from tenken.files.problems import Place, Problem, Problems, raise_problems, suggest_instead
from tenken.marks.container_kinds import KNOWN_ENDINGS
from tenken.marks.inspection import SIDECAR_ENDING
from tenken.marks.mark_judging import JudgedPoint, MarkPoint, list_mark_points
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import RecordFile
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Truth

ALL_THAT_BIND = "all"
MOST_FILES = 100_000


def list_sample_files(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """The files named, those of known kinds below the folders named, and how many others are there."""
    chosen: dict[Path, None] = {}
    left_aside = 0
    for path in paths:
        if is_folder(path):
            for below in _list_files_below(path):
                if below.suffix.lower() in KNOWN_ENDINGS:
                    chosen[below] = None
                elif below.suffix.lower() != SIDECAR_ENDING:
                    left_aside += 1
        elif is_plain_file(path):
            chosen[path] = None
        else:
            raise Problems(_build_path_problem(path))
        if len(chosen) > MOST_FILES:
            facts = {"most": MOST_FILES}
            raise Problems(Problem(Place(str(path)), "more than {most} files; name folders one by one", facts))
    if not chosen:
        raise Problems(Problem(Place(str(paths[0])), "no picture, sound, video or document is in this folder"))
    return list(chosen), left_aside


def _list_files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it, in the order of their names; links are not followed."""
    for place, folders, names in os.walk(folder, onerror=_refuse_closed_folder):
        folders.sort()
        files = (Path(place) / name for name in sorted(names))
        yield from (file for file in files if is_plain_file(file) and not file.is_symlink())


def _refuse_closed_folder(error: OSError) -> None:
    raise Problems(build_access_problem(error.filename, error))


def _build_path_problem(path: Path) -> Problem:
    try:
        path.stat()
    except OSError as error:
        return build_access_problem(path, error)
    return Problem(Place(str(path)), "this is a device or a pipe; name a file or a folder")


def read_trusted_signers(path: Path | None) -> str:
    """The certificates in a file, as text; raises `Problems` if there is none in it."""
    if path is None:
        return ""
    said = decode_text(read_file_bytes(path), str(path))
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----", said)
    if not blocks or not all(_is_certificate(block) for block in blocks):
        text = "no certificate can be read here; hand in those of signers as PEM (`-----BEGIN CERTIFICATE-----`)"
        raise Problems(Problem(Place(str(path)), text))
    return said


def _is_certificate(block: str) -> bool:
    """Whether a block of Base64 is a sequence of the length it says, as a certificate is."""
    try:
        content = b64decode("".join(block.split()), validate=True)
    except ValueError:
        return False
    return content[:2] == b"\x30\x82" and len(content) == 4 + int.from_bytes(content[2:4])


def load_judging_rules(record: Path | None, as_of: str) -> tuple[Library, Assessment | None, RecordFile | None]:
    """The rules of a record, and what they say of it on a day; without one, all rules that ship."""
    if record is None:
        return load_library(list_shipped_checklists(), language=get_language()), None, None
    record_file, assessment = assess_record_file(record, as_of)
    return assessment.library, assessment, record_file


def choose_points(library: Library, assessment: Assessment | None, required: Sequence[str]) -> list[MarkPoint]:
    """The points to judge by: all, or those that may apply to a record on the day; a required one has to be there."""
    points = list_mark_points(library)
    known = {point.check.id for point in points}
    raise_problems(_list_unknown_checks(required, known))
    if assessment is None:
        return points
    applying = {
        measure.check.id
        for finding in assessment.findings
        if finding.applies is not Truth.NO and finding.timing in (Timing.IN_FORCE, Timing.OPEN)
        for measure in finding.measures
        if measure.concerns is not Truth.NO
    }
    return [point for point in points if point.check.id in applying]


def _list_unknown_checks(required: Sequence[str], known: set[str]) -> Iterator[Problem]:
    for name in required:
        if name not in known and name != ALL_THAT_BIND:
            facts = {"name": name, "hint": suggest_instead(name, known)}
            yield Problem(Place("--require"), "{name} is no check that a file can show; {hint}", facts)


def list_required(judged: Sequence[JudgedPoint], required: Sequence[str]) -> list[JudgedPoint]:
    """The points that were named, and for `all` those that bind and have files that speak of them."""
    binds = [each for each in judged if ALL_THAT_BIND in required and each.point.binds and each.outcomes]
    return [each for each in judged if each.point.check.id in required or each in binds]


def find_unmet(judged: Sequence[JudgedPoint], required: Sequence[str]) -> dict[str, str]:
    """A line for each required check that not every file meets; one that no file speaks of is met by none."""
    names = [each.point.check.id for each in list_required(judged, required) if not each.is_shown]
    lines = {name: phrase("Not shown by every file: {check}", check=name) for name in names}
    judged_ids = {each.point.check.id for each in judged}
    others = [name for name in required if name not in judged_ids and name != ALL_THAT_BIND]
    text = "Not judged, as it does not apply to the record: {check}"
    return {**lines, **{name: phrase(text, check=name) for name in others}}
