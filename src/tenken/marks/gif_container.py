"""GIF: XMP and manifest stores stand in application extensions."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds

_XMP_TRAILER = 258
"""How many bytes after an XMP packet let readers that do not know it find its end."""

_MOST_BLOCKS = 4_000_000


def read_gif(file: BoundedFile, finds: RawFinds) -> None:
    flags = file.read_at(10, 1)[0]
    position = 13 + _measure_colour_table(flags)
    for _ in range(_MOST_BLOCKS):
        sign = file.read_at(position, 1)
        if sign == b";":
            return
        if sign == b"!":
            position = _read_extension(file, position + 1, finds)
        elif sign == b",":
            flags = file.read_at(position + 9, 1)[0]
            position = _pass_blocks(file, position + 11 + _measure_colour_table(flags))
        else:
            raise UnreadableFile("damaged")
    raise UnreadableFile("too_large")


def _measure_colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _pass_blocks(file: BoundedFile, position: int) -> int:
    """Where a row of blocks ends, each with its length before it and one of no length at the end."""
    for _ in range(_MOST_BLOCKS):
        length = file.read_at(position, 1)[0]
        position += 1 + length
        if not length:
            return position
    raise UnreadableFile("too_large")


def _read_extension(file: BoundedFile, position: int, finds: RawFinds) -> int:
    if file.read_at(position, 2) != b"\xff\x0b":
        return _pass_blocks(file, position + 1)
    name = file.read_at(position + 2, 11)
    begin = position + 13
    end = _pass_blocks(file, begin)
    if name.startswith(b"C2PA_GIF"):
        finds.store_place = "GIF C2PA_GIF"
    elif name == b"XMP DataXMP":
        if end - begin > MOST_IN_ONE_PIECE:
            finds.keep_not_read("xmp")
        else:
            finds.keep_packet(file.read_at(begin, max(0, end - begin - _XMP_TRAILER)))
    return end
