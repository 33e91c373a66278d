"""A file of any size, of which no more is read than its readers need, and never more than a bound."""

from __future__ import annotations

import os
import zlib
from typing import BinaryIO

MOST_READ = 96 << 20
"""How many bytes of one file are read altogether, without what is only passed over."""

MOST_IN_ONE_PIECE = 8 << 20
"""How long a piece of a file, packed or unpacked, may be that is looked into."""


class UnreadableFile(Exception):  # noqa: N818 - that a file cannot be read is a finding
    """Why nothing can be said of a file: one of the words of `labels.*.yaml` under `file_marks.unreadable`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BoundedFile:
    """An open file, read by position."""

    def __init__(self, stream: BinaryIO) -> None:
        self.size = os.fstat(stream.fileno()).st_size
        self._stream = stream
        self._left = MOST_READ

    def read_at(self, position: int, count: int) -> bytes:
        """So many bytes from a position on; a file that ends before them was cut off."""
        if position < 0 or count < 0 or position + count > self.size:
            raise UnreadableFile("cut_off")
        if count > MOST_IN_ONE_PIECE:
            raise UnreadableFile("too_large")
        return self._read_counted(position, count)

    def read_up_to(self, position: int, count: int) -> bytes:
        """The same, or as many as there are."""
        return self._read_counted(position, max(0, min(count, self.size - position)))

    def _read_counted(self, position: int, count: int) -> bytes:
        self._left -= count
        if self._left < 0:
            raise UnreadableFile("too_large")
        self._stream.seek(position)
        return self._stream.read(count)

    def find_from(self, position: int, wanted: bytes) -> int:
        """Where some bytes stand from a position on, or -1; what is passed over does not count."""
        overlap = len(wanted) - 1
        self._stream.seek(position)
        held = b""
        while piece := self._stream.read(1 << 20):
            held = held[len(held) - overlap :] + piece if held else piece
            begins = self._stream.tell() - len(held)
            if (at := held.find(wanted)) >= 0:
                return begins + at
        return -1


def unpack_piece(packed: bytes, window_bits: int = 15) -> bytes:
    """What zlib packed, up to the bound; raises `UnreadableFile` if it is damaged."""
    worker = zlib.decompressobj(window_bits)
    try:
        unpacked = worker.decompress(packed, MOST_IN_ONE_PIECE)
    except zlib.error:
        raise UnreadableFile("damaged") from None
    if worker.unconsumed_tail:
        raise UnreadableFile("too_large")
    return unpacked
