"""TIFF, which DNG and the EXIF of other files are as well: numbered fields in chained directories."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, Protocol

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, UnreadableFile
from tenken.marks.raw_finds import RawFinds

_MOST_DIRECTORIES = 4096
_MOST_FIELDS = 4096
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_XMP_TAG, _C2PA_TAG, _EXIF_DIRECTORY, _USER_COMMENT = 700, 0xCD41, 0x8769, 0x9286
_SPEAKING_FIELDS = {0x010E: "ImageDescription", 0x010F: "Make", 0x0131: "Software", 0x013B: "Artist"}
_GENERATORS = ("ideogram", "novelai", "stable diffusion", "comfyui", "midjourney", "dall-e", "firefly", "imagen")
_DATA_PLACES = {273: 279, 324: 325}
"""The fields that say where strips and tiles of the picture begin, and those that say how long they are."""


class _Positioned(Protocol):
    size: int

    def read_at(self, position: int, count: int) -> bytes: ...


class _Memory:
    """Bytes that are read by position, as a file is."""

    def __init__(self, content: bytes) -> None:
        self.size = len(content)
        self._stream = BytesIO(content)

    def read_at(self, position: int, count: int) -> bytes:
        if position < 0 or count < 0 or position + count > self.size:
            raise UnreadableFile("cut_off")
        self._stream.seek(position)
        return self._stream.read(count)


class _TiffField(NamedTuple):
    tag: int
    type: int
    many: int
    place: int

    @property
    def length(self) -> int:
        return _TYPE_SIZES.get(self.type, 1) * self.many


class _TiffReader:
    """The fields of a TIFF in their byte order."""

    def __init__(self, source: _Positioned) -> None:
        self.source = source
        head = source.read_at(0, 8)
        self.order = "<" if head[:2] == b"II" else ">"
        self.first = self.unpack("I", head[4:])[0]

    def unpack(self, form: str, content: bytes) -> tuple[int, ...]:
        return struct.unpack(self.order + form, content)

    def list_directories(self) -> Iterator[list[_TiffField]]:
        seen: set[int] = set()
        place = self.first
        while place and place not in seen and len(seen) < _MOST_DIRECTORIES:
            seen.add(place)
            fields, place = self.read_directory(place)
            yield fields
        if len(seen) >= _MOST_DIRECTORIES:
            raise UnreadableFile("too_large")

    def read_directory(self, place: int) -> tuple[list[_TiffField], int]:
        """The fields of a directory, and where the next one stands."""
        (count,) = self.unpack("H", self.source.read_at(place, 2))
        if count > _MOST_FIELDS:
            raise UnreadableFile("damaged")
        content = self.source.read_at(place + 2, 12 * count)
        fields = []
        for number in range(count):
            tag, type_, many = self.unpack("HHI", content[12 * number : 12 * number + 8])
            field = _TiffField(tag, type_, many, place + 2 + 12 * number + 8)
            fields.append(field if field.length <= 4 else self._follow_field(field))
        after = place + 2 + 12 * count
        has_next = after + 4 <= self.source.size
        return fields, self.unpack("I", self.source.read_at(after, 4))[0] if has_next else 0

    def _follow_field(self, field: _TiffField) -> _TiffField:
        return field._replace(place=self.unpack("I", self.source.read_at(field.place, 4))[0])

    def read_field(self, field: _TiffField) -> bytes:
        if field.length > MOST_IN_ONE_PIECE:
            raise UnreadableFile("too_large")
        return self.source.read_at(field.place, field.length)

    def read_numbers(self, field: _TiffField) -> tuple[int, ...]:
        form = {3: "H", 4: "I", 13: "I"}.get(field.type)
        return self.unpack(f"{field.many}{form}", self.read_field(field)) if form else ()


def read_tiff(file: _Positioned, finds: RawFinds) -> None:
    reader = _TiffReader(file)
    for fields in reader.list_directories():
        known = {field.tag: field for field in fields}
        if _XMP_TAG in known:
            finds.keep_packet(reader.read_field(known[_XMP_TAG]))
        if _C2PA_TAG in known:
            finds.store_place = "TIFF tag 52545"
        _check_picture_is_whole(reader, known)
        _read_speaking_fields(reader, known, finds)


def read_exif(content: bytes, finds: RawFinds) -> None:
    """What stands in the EXIF of another file; damage to it is no damage to the file."""
    if content[:4] not in (b"II*\0", b"MM\0*"):
        return
    try:
        reader = _TiffReader(_Memory(content))
        for fields in reader.list_directories():
            _read_speaking_fields(reader, {field.tag: field for field in fields}, finds)
    except UnreadableFile:
        finds.keep_not_read("exif")


def _read_speaking_fields(reader: _TiffReader, known: dict[int, _TiffField], finds: RawFinds) -> None:
    for tag, name in _SPEAKING_FIELDS.items():
        if tag in known:
            _keep_exif_trace(name, reader.read_field(known[tag]).rstrip(b"\0").decode("utf-8", "replace"), finds)
    if _USER_COMMENT in known:
        finds.keep_comment("EXIF UserComment", _decode_user_comment(reader.read_field(known[_USER_COMMENT]), reader))
    for place in reader.read_numbers(known[_EXIF_DIRECTORY])[:1] if _EXIF_DIRECTORY in known else ():
        fields, _ = reader.read_directory(place)
        inner = {field.tag: field for field in fields if field.tag != _EXIF_DIRECTORY}
        _read_speaking_fields(reader, inner, finds)


def _keep_exif_trace(name: str, text: str, finds: RawFinds) -> None:
    if name == "ImageDescription":
        finds.keep_comment(f"EXIF {name}", text)
    elif name == "Software" or any(generator in text.lower() for generator in _GENERATORS):
        finds.keep_trace(f"EXIF {name}: {text[:80]}")


def _decode_user_comment(content: bytes, reader: _TiffReader) -> str:
    """The comment, whose first eight bytes say its encoding; UTF-16 is written in either order."""
    code, text = content[:8], content[8:]
    if code.startswith(b"UNICODE"):
        orders = ("utf-16-le", "utf-16-be") if reader.order == "<" else ("utf-16-be", "utf-16-le")
        read = [text.decode(order, "replace").strip("\ufeff\0 ") for order in orders]
        return next((said for said in read if said[:1].isascii()), read[0])
    return (text if code[:5] in (b"ASCII", b"JIS\0\0", b"\0" * 5) else content).decode("utf-8", "replace").strip("\0 ")


def _check_picture_is_whole(reader: _TiffReader, known: dict[int, _TiffField]) -> None:
    for places, lengths in _DATA_PLACES.items():
        if places in known and lengths in known:
            begins, sizes = reader.read_numbers(known[places]), reader.read_numbers(known[lengths])
            if any(begin + size > reader.source.size for begin, size in zip(begins, sizes, strict=False)):
                raise UnreadableFile("cut_off")
