"""Looks into files, each within bounds of its own, in a process that may crash without harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tenken.files.bounded_process import Limits, run_bounded_each
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
    largest = max((Path(path).stat().st_size for path in paths if Path(path).is_file()), default=0)
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
        words=find_label_words(finds.visible_text),
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
        if beside != path and beside.is_file() and kind in MEDIA_TYPES:
            if beside.stat().st_size > _MOST_OF_A_SIDECAR:
                return Credentials(beside.name, "unreadable")
            return check_credentials(path, MEDIA_TYPES[kind], beside.name, trust, beside.read_bytes())
    return Credentials()


def _gather_origin(credentials: Credentials, xmp: XmpFinds, aigc: AigcField) -> tuple[dict[str, str], dict[str, str]]:
    """What the marks that say AI tell of the origin, from what counts and from what does not."""
    told = dict(credentials.origin)
    is_sound = credentials.state in ("valid", "trusted")
    unsigned = {**aigc.list_origin(), **_tell_xmp_origin(xmp)}
    return ({**unsigned, **told}, {}) if is_sound else (unsigned, told)


def _tell_xmp_origin(xmp: XmpFinds) -> dict[str, str]:
    said = _find_ai_declaration(xmp.declarations)
    if said is None:
        return {}
    how = "altered" if said.term.startswith("composite") else "created"
    return {**xmp.origin, "created_or_altered": how}


def _find_ai_declaration(declarations: Iterable[SourceDeclaration]) -> SourceDeclaration | None:
    return next((each for each in declarations if each.says_ai == SaysAi.YES), None)


_WORDS_AT_AN_END = 64
_NAMES_OF_AI = ("人工智能", "AI", "ai", "Ai")
_NAMES_OF_MAKING = ("生成", "合成")


def find_label_words(text: str) -> str:
    """Which words of a visible label stand at the beginning or the end of a text: `both`, `some`, `none` or nothing."""
    if not text:
        return ""
    best = "none"
    for end in (text[:_WORDS_AT_AN_END], text[-_WORDS_AT_AN_END:]):
        found = [any(word in end for word in words) for words in (_NAMES_OF_AI, _NAMES_OF_MAKING)]
        if all(found):
            return "both"
        best = "some" if any(found) else best
    return best
