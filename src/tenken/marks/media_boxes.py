"""Boxes, of which MP4 and its kin are made: a length, a name of four letters, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tenken.marks.bounded_file import BoundedFile, UnreadableFile

_MOST_BOXES = 200_000


class MediaBox(NamedTuple):
    """A box: its name, and where what it holds begins and ends."""

    name: bytes
    begin: int
    end: int


def list_boxes(file: BoundedFile, begin: int, end: int) -> Iterator[MediaBox]:
    """The boxes that stand one after the other; one that ends behind its frame was cut off."""
    position = begin
    for _ in range(_MOST_BOXES):
        if position + 8 > end:
            return
        head = file.read_at(position, 8)
        length, name, size = int.from_bytes(head[:4]), head[4:], 8
        if length == 1:
            length, size = int.from_bytes(file.read_at(position + 8, 8)), 16
        length = end - position if length == 0 else length
        if length < size:
            raise UnreadableFile("damaged")
        if position + length > end:
            raise UnreadableFile("cut_off")
        yield MediaBox(name, position + size, position + length)
        position += length
    raise UnreadableFile("too_large")
