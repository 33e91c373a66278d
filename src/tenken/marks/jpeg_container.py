"""JPEG: XMP, EXIF and C2PA stand in application segments before the picture."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds
from tenken.marks.tiff_container import read_exif

C2PA_BOX_ID = bytes.fromhex("6332706100110010800000AA00389B71")
"""By which the description of a JUMBF box says that it is a manifest store."""

_XMP_SIGN = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP_SIGN = b"http://ns.adobe.com/xmp/extension/\0"
_ENDS_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_MOST_SEGMENTS = 20_000


def read_jpeg(file: BoundedFile, finds: RawFinds) -> None:
    more_xmp: dict[bytes, dict[int, bytes]] = {}
    position = 2
    for _ in range(_MOST_SEGMENTS):
        position, marker = _find_marker(file, position)
        if marker == 0xD9:
            break
        if marker in _ENDS_WITHOUT_LENGTH:
            continue
        length = int.from_bytes(file.read_at(position, 2))
        if length < 2 or position + length > file.size:
            raise UnreadableFile("cut_off" if length >= 2 else "damaged")
        if marker == 0xDA:
            break
        if 0xE1 <= marker <= 0xEB:
            _read_segment(marker, file.read_at(position + 2, length - 2), finds, more_xmp)
        position += length
    else:
        raise UnreadableFile("too_large")
    if marker != 0xD9 and file.find_from(position, b"\xff\xd9") < 0:
        raise UnreadableFile("cut_off")
    for parts in more_xmp.values():
        finds.keep_packet(b"".join(part for _, part in sorted(parts.items())))


def _find_marker(file: BoundedFile, position: int) -> tuple[int, int]:
    """The next marker, before which any number of fill bytes may stand, and where its segment begins."""
    if file.read_at(position, 1) != b"\xff":
        raise UnreadableFile("damaged")
    for at in range(position + 1, position + 256):
        marker = file.read_at(at, 1)[0]
        if marker != 0xFF:
            return at + 1, marker
    raise UnreadableFile("damaged")


def _read_segment(marker: int, content: bytes, finds: RawFinds, more_xmp: dict[bytes, dict[int, bytes]]) -> None:
    if marker == 0xE1 and content.startswith(_XMP_SIGN):
        finds.keep_packet(content[len(_XMP_SIGN) :])
    elif marker == 0xE1 and content.startswith(_MORE_XMP_SIGN):
        head = len(_MORE_XMP_SIGN)
        parts = more_xmp.setdefault(content[head : head + 32], {})
        if sum(map(len, parts.values())) < MOST_IN_ONE_PIECE:
            parts[int.from_bytes(content[head + 36 : head + 40])] = content[head + 40 :]
    elif marker == 0xE1 and content.startswith(b"Exif\0"):
        read_exif(content[6:], finds)
    elif marker == 0xEB and content.startswith(b"JP") and C2PA_BOX_ID in content[:64]:
        finds.store_place = finds.store_place or "JPEG APP11"
