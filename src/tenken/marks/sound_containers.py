"""MP3, AAC, FLAC and Ogg, which may be a video: a tag before the sound, or comments within it."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.id3_tag import measure_id3_tag, read_id3_tag
from tenken.marks.raw_finds import RawFinds

_MOST_METADATA_BLOCKS = 1000
_MOST_COMMENTS = 10_000
_LAST_BLOCK, _COMMENT_BLOCK = 0x80, 4
_MOST_BEFORE_SOUND = 1 << 16
_OGG_HEADERS_READ = 1 << 20
_COMMENT_SIGNS = (b"\x03vorbis", b"OpusTags", b"\x81theora")
_VIDEO_SIGN = b"\x80theora"


def read_tagged_sound(file: BoundedFile, finds: RawFinds) -> None:
    """A file that begins with a tag or with a frame of sound; what follows the tag says what it is."""
    begin = measure_id3_tag(file)
    if begin:
        read_id3_tag(file, begin, finds)
    if file.read_up_to(begin, 4) == b"fLaC":
        finds.kind = "flac"
        read_flac(file, finds, begin)
        return
    head = file.read_up_to(begin, _MOST_BEFORE_SOUND).lstrip(b"\0")
    at = next((at for at in range(len(head) - 1) if is_sound_frame(head[at : at + 2])), -1)
    if at < 0:
        raise UnreadableFile("cut_off" if begin else "unknown_kind")
    finds.kind = "aac" if head[at + 1] & 0x06 == 0 else "mp3"


def is_sound_frame(two: bytes) -> bool:
    """Whether a frame of MPEG sound can begin so."""
    return len(two) == 2 and two[0] == 0xFF and two[1] & 0xE0 == 0xE0 and two[1] & 0x18 != 0x08


def read_flac(file: BoundedFile, finds: RawFinds, begin: int = 0) -> None:
    position = begin + 4
    for _ in range(_MOST_METADATA_BLOCKS):
        head = file.read_at(position, 4)
        length = int.from_bytes(head[1:])
        if head[0] & 0x7F == _COMMENT_BLOCK:
            if length > MOST_IN_ONE_PIECE:
                finds.keep_not_read("comments")
            else:
                _read_comments(file.read_at(position + 4, length), finds)
        position += 4 + length
        if head[0] & _LAST_BLOCK:
            break
    else:
        raise UnreadableFile("too_large")
    if position >= file.size:
        raise UnreadableFile("cut_off")


def read_ogg(file: BoundedFile, finds: RawFinds) -> None:
    """The headers of the streams in an Ogg file, which stand at its beginning."""
    streams: dict[bytes, bytes] = {}
    position = 0
    while position + 27 <= min(file.size, _OGG_HEADERS_READ):
        head = file.read_at(position, 27)
        if head[:4] != b"OggS":
            raise UnreadableFile("damaged")
        lengths = file.read_at(position + 27, head[26])
        content = file.read_at(position + 27 + head[26], sum(lengths))
        streams[head[14:18]] = streams.get(head[14:18], b"") + content
        position += 27 + head[26] + sum(lengths)
    for content in streams.values():
        if content.startswith(b"\0c2pa"):
            finds.store_place = "Ogg stream"
        if content.startswith(_VIDEO_SIGN):
            finds.kind = "ogv"
        for sign in _COMMENT_SIGNS:
            if (at := content.find(sign)) >= 0:
                _read_comments(content[at + len(sign) :], finds)


def _read_comments(content: bytes, finds: RawFinds) -> None:
    """The `NAME=text` lines of Vorbis comments, each with its length before it."""
    vendor = int.from_bytes(content[:4], "little")
    position = 4 + vendor
    count = int.from_bytes(content[position : position + 4], "little")
    position += 4
    if count > _MOST_COMMENTS:
        finds.keep_not_read("comments")
    for _ in range(min(count, _MOST_COMMENTS)):
        length = int.from_bytes(content[position : position + 4], "little")
        line = content[position + 4 : position + 4 + length]
        if len(line) < length or position >= len(content):
            finds.keep_not_read("comments")
            return
        name, _, text = line.decode("utf-8", "replace").partition("=")
        finds.keep_named_text("Vorbis comment", name.upper(), text)
        position += 4 + length
