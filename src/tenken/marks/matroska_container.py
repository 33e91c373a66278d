"""Matroska and WebM: tags with a name and a text, in elements of any length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds

MATROSKA_SIGN = b"\x1a\x45\xdf\xa3"
_SEGMENT, _TAGS, _ONE_TAG, _SIMPLE_TAG = 0x18538067, 0x1254C367, 0x7373, 0x67C8
_TAG_NAME, _TAG_TEXT = 0x45A3, 0x4487
_TRACKS, _ONE_TRACK, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83
_OF_VIDEO, _OF_SOUND = (1, 3), 2
_MOST_ELEMENTS = 200_000
_MOST_LEVELS_OF_TAGS = 8
_HOLDERS = (_SEGMENT, _TAGS, _ONE_TAG, _SIMPLE_TAG)


class _Element(NamedTuple):
    id: int
    begin: int
    end: int


def read_matroska(file: BoundedFile, finds: RawFinds) -> None:
    for element in _list_elements(file, 0, file.size):
        if element.id == _SEGMENT:
            _read_holder(file, element, finds)


def _read_holder(file: BoundedFile, holder: _Element, finds: RawFinds, level: int = 0) -> None:
    texts: dict[int, str] = {}
    for element in _list_elements(file, holder.begin, holder.end):
        if element.id in _HOLDERS:
            if level < _MOST_LEVELS_OF_TAGS:
                _read_holder(file, element, finds, level + 1)
            else:
                finds.keep_not_read("rest")
        elif element.id == _TRACKS:
            _name_kind_by_tracks(file, element, finds)
        elif element.id in (_TAG_NAME, _TAG_TEXT):
            if element.end - element.begin > MOST_IN_ONE_PIECE:
                finds.keep_not_read("chunk")
                continue
            content = file.read_at(element.begin, element.end - element.begin)
            texts[element.id] = content.rstrip(b"\0").decode("utf-8", "replace")
    if _TAG_NAME in texts:
        finds.keep_named_text("Matroska", texts[_TAG_NAME], texts.get(_TAG_TEXT, ""))


def _name_kind_by_tracks(file: BoundedFile, tracks: _Element, finds: RawFinds) -> None:
    types = {
        int.from_bytes(file.read_up_to(part.begin, min(8, part.end - part.begin)))
        for track in _list_elements(file, tracks.begin, tracks.end)
        if track.id == _ONE_TRACK
        for part in _list_elements(file, track.begin, track.end)
        if part.id == _TRACK_TYPE
    }
    if _OF_SOUND in types and not types.intersection(_OF_VIDEO):
        finds.kind = "mka"


def _list_elements(file: BoundedFile, begin: int, end: int) -> Iterator[_Element]:
    """The elements that stand one after the other; one of unknown length reaches to the end."""
    position = begin
    for _ in range(_MOST_ELEMENTS):
        if position + 2 > end:
            return
        id, width = _read_number_of_any_width(file, position, keeps_mark=True)
        length, more = _read_number_of_any_width(file, position + width, keeps_mark=False)
        start = position + width + more
        is_unknown = length == (1 << 7 * more) - 1
        if not is_unknown and start + length > end:
            raise UnreadableFile("cut_off")
        position = end if is_unknown else start + length
        yield _Element(id, start, position)
    raise UnreadableFile("too_large")


def _read_number_of_any_width(file: BoundedFile, position: int, *, keeps_mark: bool) -> tuple[int, int]:
    """A number, and how many bytes it takes, which its first byte says by the place of its first bit."""
    first = file.read_at(position, 1)[0]
    width = 9 - first.bit_length()
    if width > 8:
        raise UnreadableFile("damaged")
    number = int.from_bytes(file.read_at(position, width))
    return (number if keeps_mark else number & (1 << 7 * width) - 1), width
