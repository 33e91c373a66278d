"""PDF: the XMP of the catalog, the AIGC field of the information dictionary, an attached manifest store."""

from __future__ import annotations

import re
from itertools import islice

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile, unpack_piece
from tenken.marks.raw_finds import MOST_PIECES, RawFinds

_MOST_OF_A_PDF = 64 << 20
_MOST_PACKED_OBJECTS = 200
_MOST_OF_A_TEXT = 1 << 16
_END_READ = 2048
_STREAM = re.compile(rb"stream\r?\n")
_TEXT_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MANIFEST_SIGN = re.compile(rb"/AFRelationship\s*/C2PA_Manifest|/Subtype\s*/application#2[Ff](?:x-)?c2pa")
_AIGC_NAME = re.compile(rb"/([\w.:-]*AIGC[\w.:-]*)\s*(?=[(<])")


def read_pdf(file: BoundedFile, finds: RawFinds) -> None:
    if file.size > _MOST_OF_A_PDF:
        raise UnreadableFile("too_large")
    if b"%%EOF" not in file.read_up_to(max(0, file.size - _END_READ), _END_READ):
        raise UnreadableFile("cut_off")
    document = _PdfDocument(file.read_up_to(0, file.size), finds)
    if document.has_sign(_MANIFEST_SIGN):
        finds.store_place = "PDF attachment"
    if document.is_encrypted:
        finds.keep_not_read("encryption")
        return
    if packet := document.read_metadata():
        finds.keep_packet(packet)
    for name, text in document.list_aigc_fields():
        finds.keep_aigc(f"PDF /{name}", text)


class _PdfDocument:
    """The objects of a PDF by their number, also those packed together."""

    def __init__(self, content: bytes, finds: RawFinds) -> None:
        self.content = content
        self.packed = self._unpack_objects(finds)
        self.is_encrypted = re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content) is not None

    def has_sign(self, pattern: re.Pattern[bytes]) -> bool:
        return any(pattern.search(part) for part in (self.content, *self.packed.values()))

    def find_object(self, number: int) -> bytes:
        """What the newest object of a number holds, its stream with it; empty if there is none."""
        places = [found.end() for found in re.finditer(rb"(?<!\d)%d\s+\d+\s+obj\b" % number, self.content)]
        if not places:
            return self.packed.get(number, b"")
        end = self.content.find(b"endobj", places[-1])
        return self.content[places[-1] : end if end >= 0 else len(self.content)]

    def follow_reference(self, key: bytes, held_by: bytes) -> bytes:
        """The object a dictionary refers to under a key; of several references the last."""
        found = re.findall(rb"/%s\s+(\d{1,8})\s+\d{1,5}\s+R" % key, held_by)
        return self.find_object(int(found[-1])) if found else b""

    def read_metadata(self) -> bytes:
        catalog = self.follow_reference(b"Root", self.content)
        held = self.follow_reference(b"Metadata", catalog)
        return _read_stream(held) if held else b""

    def list_aigc_fields(self) -> list[tuple[str, str]]:
        dictionary = self.follow_reference(b"Info", self.content)
        return [
            (found.group(1).decode("latin-1"), _read_pdf_text(dictionary, found.end()))
            for found in islice(_AIGC_NAME.finditer(dictionary), MOST_PIECES)
        ]

    def _unpack_objects(self, finds: RawFinds) -> dict[int, bytes]:
        packed: dict[int, bytes] = {}
        for number, found in enumerate(re.finditer(rb"/Type\s*/ObjStm", self.content)):
            if number >= _MOST_PACKED_OBJECTS:
                finds.keep_not_read("packed_objects")
                break
            begin = self.content.rfind(b"obj", max(0, found.start() - _MOST_OF_A_TEXT), found.start())
            end = self.content.find(b"endobj", found.end(), found.end() + MOST_IN_ONE_PIECE)
            if begin < 0 or end < 0:
                finds.keep_not_read("packed_objects")
                continue
            try:
                packed |= _split_packed_objects(self.content[begin + 3 : end])
            except (UnreadableFile, ValueError):
                finds.keep_not_read("packed_objects")
        return packed


def _split_packed_objects(held: bytes) -> dict[int, bytes]:
    content = _read_stream(held)
    first, count = _read_number(b"First", held), _read_number(b"N", held)
    numbers = [int(word) for word in content[:first].split()][: 2 * count]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [place for _, place in pairs[1:]] + [len(content)]
    return {number: content[first + place : first + end] for (number, place), end in zip(pairs, ends, strict=True)}


def _read_number(key: bytes, held: bytes) -> int:
    found = re.search(rb"/%s\s+(\d{1,9})(?!\s+\d+\s+R)" % key, held)
    return int(found.group(1)) if found else 0


def _read_stream(held: bytes) -> bytes:
    """The stream of an object, unpacked if it is packed in the usual way."""
    found = _STREAM.search(held)
    if found is None:
        return b""
    head, rest = held[: found.start()], held[found.end() :]
    end = rest.rfind(b"endstream")
    length = _read_number(b"Length", head)
    body = rest[:length] if 0 < length <= len(rest) else rest[: end if end >= 0 else None]
    if re.search(rb"/Filter\s*\[?\s*/FlateDecode", head):
        return unpack_piece(body)
    if b"/Filter" in head:
        raise UnreadableFile("damaged")
    return body


def _read_pdf_text(held: bytes, position: int) -> str:
    text = held[position : position + _MOST_OF_A_TEXT]
    if text.startswith(b"<"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", text.partition(b">")[0])
        content = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        content = _read_bracketed_text(text[1:])
    if content.startswith((b"\xfe\xff", b"\xff\xfe")):
        return content.decode("utf-16", "replace")
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _read_bracketed_text(text: bytes) -> bytes:
    """A text up to its closing bracket, which may hold brackets itself, with its escapes resolved."""
    parts, depth = [], 1
    for found in re.finditer(rb"\\([0-7]{1,3}|\r\n|.)|([()])|[^\\()]+", text, re.DOTALL):
        escaped, bracket = found.groups()
        if bracket:
            depth += 1 if bracket == b"(" else -1
            if depth == 0:
                break
            parts.append(bracket)
        elif escaped is None:
            parts.append(found.group())
        elif escaped.isdigit():
            parts.append(bytes([int(escaped, 8) & 0xFF]))
        else:
            parts.append(b"" if escaped in (b"\r\n", b"\n", b"\r") else _TEXT_ESCAPES.get(escaped, escaped))
    return b"".join(parts)
