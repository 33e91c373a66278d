"""PNG: texts and manifest stores stand in chunks."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile, unpack_piece
from tenken.marks.raw_finds import RawFinds
from tenken.marks.tiff_container import read_exif

_XMP_KEYWORD = "XML:com.adobe.xmp"
_MOST_CHUNKS = 200_000


def read_png(file: BoundedFile, finds: RawFinds) -> None:
    position = 8
    for _ in range(_MOST_CHUNKS):
        head = file.read_at(position, 8)
        length, name = int.from_bytes(head[:4]), head[4:]
        if position + 12 + length > file.size:
            raise UnreadableFile("cut_off")
        if name == b"IEND":
            return
        if name == b"caBX":
            finds.store_place = "PNG caBX"
        elif name in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            if length > MOST_IN_ONE_PIECE:
                finds.keep_not_read("chunk")
            else:
                _read_chunk(name, file.read_at(position + 8, length), finds)
        position += 12 + length
    raise UnreadableFile("too_large")


def _read_chunk(name: bytes, content: bytes, finds: RawFinds) -> None:
    if name == b"eXIf":
        read_exif(content, finds)
        return
    keyword, _, rest = content.partition(b"\0")
    try:
        text = _unpack_text(name, rest)
    except UnreadableFile:
        finds.keep_not_read("chunk")
        return
    word = keyword.decode("latin-1")
    if word == _XMP_KEYWORD:
        finds.keep_packet(text)
    else:
        finds.keep_named_text(f"PNG {name.decode()}", word, text.decode("utf-8", "replace"))


def _unpack_text(name: bytes, rest: bytes) -> bytes:
    """The text after a keyword: plain, packed, or international, with a language and a translated keyword before it."""
    if name == b"tEXt":
        return rest
    if name == b"zTXt":
        return unpack_piece(rest[1:])
    is_packed, after = rest[:1] == b"\1", rest[2:]
    text = after.partition(b"\0")[2].partition(b"\0")[2]
    return unpack_piece(text) if is_packed else text
