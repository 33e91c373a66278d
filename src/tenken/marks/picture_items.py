"""The items of a HEIC or AVIF file: where its XMP and its EXIF stand."""

from __future__ import annotations

from collections.abc import Sequence

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.media_boxes import MediaBox
from tenken.marks.raw_finds import RawFinds
from tenken.marks.tiff_container import read_exif

_XMP_TYPES = (b"application/rdf+xml", b"application/xmp+xml")
_MOST_ITEMS = 4096
_MOST_EXTENTS = 64
_Extent = tuple[int, int]


class _Cursor:
    """Numbers of any width, one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def take(self, width: int) -> int:
        if self.position + width > len(self.content):
            raise UnreadableFile("damaged")
        self.position += width
        return int.from_bytes(self.content[self.position - width : self.position])


def read_picture_items(file: BoundedFile, boxes: Sequence[MediaBox], finds: RawFinds) -> None:
    by_name = {box.name: box for box in boxes}
    if b"iinf" not in by_name or b"iloc" not in by_name:
        return
    kinds = _list_item_kinds(_read_box(file, by_name[b"iinf"]))
    places = _list_item_places(_read_box(file, by_name[b"iloc"]), by_name.get(b"idat"))
    if len(kinds) >= _MOST_ITEMS:
        finds.keep_not_read("rest")
    for item, kind in kinds.items():
        extents = places.get(item, ())
        if any(begin + length > file.size for begin, length in extents):
            raise UnreadableFile("cut_off")
        if kind and sum(length for _, length in extents) > MOST_IN_ONE_PIECE:
            finds.keep_not_read(kind)
        elif kind == "xmp":
            finds.keep_packet(b"".join(file.read_at(*extent) for extent in extents))
        elif kind == "exif":
            content = b"".join(file.read_at(*extent) for extent in extents)
            read_exif(content[4 + int.from_bytes(content[:4]) :], finds)


def _read_box(file: BoundedFile, box: MediaBox) -> bytes:
    return file.read_at(box.begin, box.end - box.begin)


def _list_item_kinds(content: bytes) -> dict[int, str]:
    """Of each item its number, and `xmp` or `exif` if it is one of these, else nothing worth reading."""
    cursor = _Cursor(content)
    version = cursor.take(4) >> 24
    count = cursor.take(2 if version == 0 else 4)
    kinds: dict[int, str] = {}
    for _ in range(min(count, _MOST_ITEMS)):
        begin = cursor.position
        length, _ = cursor.take(4), cursor.take(4)
        version = cursor.take(4) >> 24
        if version >= 2:
            item, _ = cursor.take(2 if version == 2 else 4), cursor.take(2)
            type_ = cursor.take(4).to_bytes(4)
            rest = content[cursor.position : begin + length].split(b"\0")
            is_xmp = type_ == b"mime" and len(rest) > 1 and rest[1] in _XMP_TYPES
            kinds[item] = "xmp" if is_xmp else "exif" if type_ == b"Exif" else ""
        cursor.position = begin + max(length, 12)
    return kinds


def _list_item_places(content: bytes, own_data: MediaBox | None) -> dict[int, list[_Extent]]:
    cursor = _Cursor(content)
    version = cursor.take(4) >> 24
    widths = cursor.take(2)
    offset_size, length_size, base_size, index_size = (widths >> shift & 15 for shift in (12, 8, 4, 0))
    count = cursor.take(4 if version == 2 else 2)
    places: dict[int, list[_Extent]] = {}
    for _ in range(min(count, _MOST_ITEMS)):
        item = cursor.take(4 if version == 2 else 2)
        method = cursor.take(2) & 15 if version in (1, 2) else 0
        cursor.take(2)
        base = cursor.take(base_size) + (own_data.begin if method == 1 and own_data else 0)
        extents = []
        for _ in range(min(cursor.take(2), _MOST_EXTENTS)):
            cursor.take(index_size if version in (1, 2) else 0)
            offset, length = cursor.take(offset_size), cursor.take(length_size)
            extents.append((base + offset, length))
        places[item] = extents if method in (0, 1) else []
    return places
