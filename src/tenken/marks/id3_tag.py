"""ID3v2, the tag before the sound of an MP3 and sometimes of a FLAC."""

from __future__ import annotations

from tenken.marks.bounded_file import BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds

_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_C2PA_TYPES = ("application/c2pa", "application/x-c2pa-manifest-store")
_MOST_FRAMES = 10_000
_LONG_NAMES = {b"TXX": b"TXXX", b"GEO": b"GEOB", b"COM": b"COMM"}
"""The names of the newer versions for those of the oldest, which had three letters."""


def measure_id3_tag(file: BoundedFile) -> int:
    """How long the tag is that a file begins with; 0 if there is none."""
    head = file.read_up_to(0, 10)
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    footer = 10 if head[5] & 0x10 else 0
    return 10 + _read_syncsafe(head[6:]) + footer


def read_id3_tag(file: BoundedFile, length: int, finds: RawFinds) -> None:
    read_id3_frames(file.read_at(0, length), finds)


def read_id3_frames(tag: bytes, finds: RawFinds) -> None:
    """The frames of a whole tag, its head included."""
    if tag[:3] != b"ID3" or len(tag) < 10:
        return
    version, flags = tag[3], tag[5]
    body = tag[10 : 10 + _read_syncsafe(tag[6:10])]
    if flags & 0x80 and version < 4:
        body = body.replace(b"\xff\0", b"\xff")
    position = _measure_extended_head(version, body) if flags & 0x40 else 0
    head_size = 6 if version == 2 else 10
    for _ in range(_MOST_FRAMES):
        name = body[position : position + (3 if version == 2 else 4)]
        if position + head_size > len(body) or not name.strip(b"\0"):
            return
        length = _read_frame_length(version, body, position)
        begin = position + head_size
        if begin + length > len(body):
            raise UnreadableFile("damaged")
        _keep_frame(_LONG_NAMES.get(name, name), body[begin : begin + length], finds)
        position = begin + length
    finds.keep_not_read("rest")


def _read_syncsafe(four: bytes) -> int:
    number = 0
    for octet in four:
        number = number << 7 | octet & 0x7F
    return number


def _measure_extended_head(version: int, body: bytes) -> int:
    return _read_syncsafe(body[:4]) if version >= 4 else 4 + int.from_bytes(body[:4])


def _read_frame_length(version: int, body: bytes, position: int) -> int:
    if version == 2:
        return int.from_bytes(body[position + 3 : position + 6])
    four = body[position + 4 : position + 8]
    return _read_syncsafe(four) if version >= 4 else int.from_bytes(four)


def _keep_frame(name: bytes, content: bytes, finds: RawFinds) -> None:
    if name == b"PRIV":
        owner, _, rest = content.partition(b"\0")
        if owner == b"XMP":
            finds.keep_packet(rest)
    elif name == b"TXXX" and content:
        description, text = _split_text(content[0], content[1:])
        finds.keep_named_text("ID3 TXXX", description, text)
    elif name == b"COMM" and len(content) > 4:
        description, text = _split_text(content[0], content[4:])
        finds.keep_named_text("ID3 COMM", description, text)
    elif name == b"GEOB" and content[1:].partition(b"\0")[0].decode("latin-1").lower() in _C2PA_TYPES:
        finds.store_place = "ID3 GEOB"


def _split_text(encoding: int, content: bytes) -> tuple[str, str]:
    """A description and the text after it, each in the encoding that the first byte says."""
    codec = _ENCODINGS[encoding] if encoding < len(_ENCODINGS) else "utf-8"
    if not codec.startswith("utf-16"):
        first, _, rest = content.partition(b"\0")
        return first.decode(codec, "replace"), rest.decode(codec, "replace").strip("\0")
    for at in range(0, len(content) - 1, 2):
        if content[at : at + 2] == b"\0\0":
            first, rest = content[:at], content[at + 2 :]
            return _decode_utf16(codec, first), _decode_utf16(codec, rest)
    return "", _decode_utf16(codec, content)


def _decode_utf16(codec: str, content: bytes) -> str:
    return content.decode(codec, "replace").strip("\ufeff\0")
