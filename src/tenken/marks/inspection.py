"""Looks into files, each within bounds of its own, in a process that may crash without harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tenken.files.bounded_process import Limits, run_bounded_each
from tenken.files.file_names import is_plain_file
from tenken.marks.aigc_field import AigcField, judge_aigc_texts
from tenken.marks.bounded_file import UnreadableFile
from tenken.marks.container_kinds import MEDIA_TYPES, MEDIUM_OF_KIND, fits_its_ending, read_container
from tenken.marks.content_credentials import Credentials, check_credentials, tell_loose_store
from tenken.marks.file_marks import FileMarks, decode_marks, encode_marks
from tenken.marks.linked_data import list_linked_declarations
from tenken.marks.raw_finds import RawFinds
from tenken.marks.source_types import SaysAi, SourceDeclaration
from tenken.marks.xmp_packet import XmpFinds

_LEAST_SECONDS = 30
_OCTETS_A_SECOND = 64 << 20
_MOST_MEGABYTES = 1024
SIDECAR_ENDING = ".c2pa"
_MOST_OF_A_SIDECAR = 32 << 20
_WITHOUT_ORIGIN = ("text", "web_page")
"""Of these nobody asks where they come from by law; what a mark tells of it is not gathered."""


def inspect_files(paths: Iterable[Path], trust: str = "") -> Iterator[FileMarks]:
    """What is found in each file, in their order; a file that stopped the process costs its own row only."""
    wanted = [str(path) for path in paths]
    requests = [{"path": path} for path in wanted]
    limits = _choose_limits(wanted)
    answers = run_bounded_each("tenken.marks.inspection:inspect_in_child", requests, limits, {"trust": trust})
    for path, answer in zip(wanted, answers, strict=True):
        yield FileMarks(path, unreadable="stopped") if answer is None else decode_marks(answer)


def _choose_limits(paths: Iterable[str]) -> Limits:
    """What the largest of the files may take, as a manifest is checked against every byte."""
    largest = max((Path(path).stat().st_size for path in paths if is_plain_file(Path(path))), default=0)
    return Limits(_LEAST_SECONDS + largest // _OCTETS_A_SECOND, _MOST_MEGABYTES)


def inspect_in_child(request: Mapping[str, Any]) -> Mapping[str, Any]:
    marks: Mapping[str, Any] = encode_marks(inspect_file(Path(request["path"]), request["trust"]))
    return marks


def inspect_file(path: Path, trust: str = "") -> FileMarks:
    """What is found in one file, in this very process."""
    finds = RawFinds()
    try:
        with path.open("rb") as stream:
            read_container(path, stream, finds)
    except UnreadableFile as found:
        return _build_unreadable(path, finds.kind, found.reason)
    except OSError:
        return _build_unreadable(path, "", "no_access")
    return _gather_marks(path, finds, trust)


def _build_unreadable(path: Path, kind: str, reason: str) -> FileMarks:
    return FileMarks(str(path), kind, MEDIUM_OF_KIND.get(kind, ""), reason)


def _gather_marks(path: Path, finds: RawFinds, trust: str) -> FileMarks:
    xmp = XmpFinds()
    xmp.read_packets(finds)
    credentials = _check_store(path, finds, trust)
    aigc = judge_aigc_texts(finds.aigc_texts)
    medium = MEDIUM_OF_KIND[finds.kind]
    declarations = (*credentials.declarations, *xmp.declarations, *list_linked_declarations(finds))
    sure, unsure = _gather_origin(credentials, xmp, aigc) if medium not in _WITHOUT_ORIGIN else ({}, {})
    return FileMarks(
        str(path),
        finds.kind,
        medium,
        declarations=declarations,
        credentials=credentials,
        sidecar=_check_sidecar(path, finds.kind, trust) if not finds.store_place else Credentials(),
        aigc=aigc,
        origin=sure,
        origin_unverified=unsure,
        page_disclosures=tuple(finds.page_disclosures),
        remote_links=tuple(dict.fromkeys(finds.remote_links)),
        traces=tuple(finds.traces),
        words=find_label_words(finds.visible_text, is_whole=not finds.not_read),
        not_read=tuple(finds.not_read),
        is_named_otherwise=not fits_its_ending(path, finds.kind),
    )


def _check_store(path: Path, finds: RawFinds, trust: str) -> Credentials:
    if not finds.store_place:
        return Credentials()
    if finds.kind in MEDIA_TYPES:
        return check_credentials(path, MEDIA_TYPES[finds.kind], finds.store_place, trust)
    return tell_loose_store(finds.loose_store, finds.store_place)


def _check_sidecar(path: Path, kind: str, trust: str) -> Credentials:
    for beside in (path.with_suffix(SIDECAR_ENDING), path.with_name(path.name + SIDECAR_ENDING)):
        if beside != path and is_plain_file(beside) and kind in MEDIA_TYPES:
            store = _read_sidecar(beside)
            if store is None:
                return Credentials(beside.name, "unreadable")
            return check_credentials(path, MEDIA_TYPES[kind], beside.name, trust, store)
    return Credentials()


def _read_sidecar(path: Path) -> bytes | None:
    """The store in a file; nothing if it is too long, or the system does not let it be read."""
    try:
        with path.open("rb") as stream:
            store = stream.read(_MOST_OF_A_SIDECAR + 1)
    except OSError:
        return None
    return store if len(store) <= _MOST_OF_A_SIDECAR else None


def _gather_origin(credentials: Credentials, xmp: XmpFinds, aigc: AigcField) -> tuple[dict[str, str], dict[str, str]]:
    """What the marks that say AI tell of the origin, from what counts and from what does not."""
    told = dict(credentials.origin)
    unsigned = {**aigc.list_origin(), **_tell_xmp_origin(xmp)}
    return ({**unsigned, **told}, {}) if credentials.is_intact else (unsigned, told)


def _tell_xmp_origin(xmp: XmpFinds) -> dict[str, str]:
    said = _find_ai_declaration(xmp.declarations)
    if said is None:
        return {}
    how = "altered" if said.term.startswith("composite") else "created"
    return {**xmp.origin, "created_or_altered": how}


def _find_ai_declaration(declarations: Iterable[SourceDeclaration]) -> SourceDeclaration | None:
    return next((each for each in declarations if each.says_ai == SaysAi.YES), None)


_WORDS_AT_AN_END = 64
_LATIN_LETTER = "[A-Za-z\u00c0-\u024f]"
_WORDS_OF_A_LABEL = (
    re.compile(f"人工智能|(?<!{_LATIN_LETTER})(?:AI(?:GC)?|Ai|ai)(?!{_LATIN_LETTER})"),
    re.compile("生成|合成"),
)
"""What names AI, and what says that it made something."""


def find_label_words(text: str, *, is_whole: bool = True) -> str:
    """Which words of a visible label stand at the beginning or the end of a text: `both`, `some`, `none` or nothing.

    Of a text that was not read to its end, only what both words at its beginning say is known.
    """
    ends = [(0, min(len(text), _WORDS_AT_AN_END)), (max(0, len(text) - _WORDS_AT_AN_END), len(text))]
    found = [
        sum(_stands_between(begin, end, words, text) for words in _WORDS_OF_A_LABEL)
        for begin, end in (ends if is_whole else ends[:1])
    ]
    if max(found) == len(_WORDS_OF_A_LABEL):
        return "both"
    if not text or not is_whole:
        return ""
    return "some" if any(found) else "none"


def _stands_between(begin: int, end: int, words: re.Pattern[str], text: str) -> bool:
    """Whether a whole word stands there, of which no letter is beyond."""
    return any(found.end() <= end for found in words.finditer(text, begin, end + 1))
