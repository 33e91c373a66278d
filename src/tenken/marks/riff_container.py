"""RIFF, which WebP, WAV and AVI are: chunks with a name of four letters."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.id3_tag import read_id3_frames
from tenken.marks.raw_finds import RawFinds
from tenken.marks.tiff_container import read_exif

_MOST_CHUNKS_READ = 200_000
_OF_UNKNOWN_LENGTH = (0, 0xFFFFFFFF)
"""What a program writes that could not go back to the beginning."""

_MAY_END_UNKNOWN = (b"data", b"LIST")
_LONG = 0xFFFFFFFF
"""What stands for the length of the sound in RF64, which another chunk gives."""

KINDS_OF_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_LISTS_READ = (b"INFO",)


def read_riff(file: BoundedFile, finds: RawFinds) -> None:
    position = 0
    while position + 12 <= file.size:
        head = file.read_at(position, 12)
        if head[:4] not in (b"RIFF", b"RF64"):
            return
        length = int.from_bytes(head[4:8], "little")
        end = file.size if length in _OF_UNKNOWN_LENGTH else position + 8 + length
        if end > file.size:
            raise UnreadableFile("cut_off")
        _read_chunks(file, position + 12, end, finds, may_hold_lists=True)
        position = end + end % 2


def _read_chunks(file: BoundedFile, position: int, end: int, finds: RawFinds, *, may_hold_lists: bool = False) -> None:
    length_of_sound = _LONG
    for _ in range(_MOST_CHUNKS_READ):
        if position + 8 > end:
            return
        head = file.read_at(position, 8)
        name, said = head[:4], int.from_bytes(head[4:], "little")
        length = length_of_sound if name == b"data" and said == _LONG else said
        if position + 8 + length > file.size:
            if name in _MAY_END_UNKNOWN and said in _OF_UNKNOWN_LENGTH:
                finds.keep_not_read("rest")
                return
            raise UnreadableFile("cut_off")
        if name == b"ds64":
            length_of_sound = int.from_bytes(file.read_up_to(position + 16, 8), "little")
        if name != b"LIST":
            _read_riff_chunk(file, name, position + 8, length, finds)
        elif may_hold_lists and length >= 4 and file.read_at(position + 8, 4) in _LISTS_READ:
            _read_chunks(file, position + 12, position + 8 + length, finds)
        position += 8 + length + length % 2
    raise UnreadableFile("too_large")


def _read_riff_chunk(file: BoundedFile, name: bytes, position: int, length: int, finds: RawFinds) -> None:
    if name == b"C2PA":
        finds.store_place = "RIFF C2PA"
    elif name in (b"XMP ", b"_PMX", b"EXIF", b"AIGC", b"id3 ", b"ID3 ", b"ISFT", b"ICMT"):
        if length > MOST_IN_ONE_PIECE:
            finds.keep_not_read("chunk")
        else:
            _keep_riff_piece(name, file.read_at(position, length), finds)


def _keep_riff_piece(name: bytes, content: bytes, finds: RawFinds) -> None:
    if name in (b"XMP ", b"_PMX"):
        finds.keep_packet(content)
    elif name == b"EXIF":
        read_exif(content.removeprefix(b"Exif\0\0"), finds)
    elif name.lower() == b"id3 ":
        read_id3_frames(content, finds)
    else:
        text = content.rstrip(b"\0").decode("utf-8", "replace")
        finds.keep_named_text("RIFF", name.decode(), text)
        if name == b"ISFT":
            finds.keep_trace(f"RIFF ISFT: {text[:80]}")
        elif name == b"ICMT":
            finds.keep_comment("RIFF ICMT", text)
