"""Marks at places that no sample file has: each is built around one packet or one field, and found."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from tenken.marks.inspection import inspect_file

SAMPLES = Path(__file__).parent / "samples"
KEYS = ("Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID", "ReservedCode2")
AIGC = json.dumps({"AIGC": dict.fromkeys(KEYS, "1")})
VORBIS = AIGC.encode()
TERM = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
PROPERTY = f'<i:DigitalSourceType rdf:resource="{TERM}"/>'
SHAPE = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">{}</rdf:Description></rdf:RDF>'
    "</x:xmpmeta>"
)
XMP = SHAPE.format(PROPERTY).encode()
SIGN = b"http://ns.adobe.com/xap/1.0/\0"
MORE = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32


def jpeg(*segments: bytes) -> bytes:
    plain = (SAMPLES / "jpg-plain.jpg").read_bytes()
    inner = b"".join(b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment for segment in segments)
    return plain[:2] + inner + plain[2:]


def exif(comment: bytes, order: str = "<") -> bytes:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    outer = struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, 26, 0)
    inner = struct.pack(f"{order}HHHIII", 1, 0x9286, 7, len(comment), 44, 0)
    return head + outer + inner + comment


def png(name: bytes, content: bytes) -> bytes:
    plain = (SAMPLES / "png-plain.png").read_bytes()
    checked = struct.pack(">I", zlib.crc32(name + content))
    return plain[:33] + struct.pack(">I", len(content)) + name + content + checked + plain[33:]


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def element(id: str, content: bytes) -> bytes:
    return bytes.fromhex(id) + b"\x08" + struct.pack(">I", len(content)) + content


def ogg_page(content: bytes) -> bytes:
    lengths = [255] * (len(content) // 255) + [len(content) % 255]
    return b"OggS\0\0" + b"\0" * 8 + b"\1\0\0\0" + b"\0" * 8 + bytes([len(lengths), *lengths]) + content


def ogg_video() -> bytes:
    """The headers of a video, whose AIGC field stands in its comments."""
    held = struct.pack("<IcII", 1, b"v", 1, len(VORBIS) + 5) + b"AIGC=" + VORBIS
    return ogg_page(b"\x80theora") + ogg_page(b"\x81theora" + held)


def matroska(*tracks: int) -> bytes:
    """A file with tracks of these types: 1 is video, 2 is sound."""
    held = b"".join(element("ae", element("83", bytes([track]))) for track in tracks)
    return element("1a45dfa3", b"") + element("18538067", element("1654ae6b", held))


def rf64(sound: int, *, says: int) -> bytes:
    """A WAV whose chunk of sound leaves its length to another one, with an AIGC field behind."""
    ds64 = b"ds64" + struct.pack("<IQQQI", 28, 0, says, 0, 0)
    fields = b"data" + b"\xff" * 4 + b"\0" * sound + b"AIGC" + struct.pack("<I", len(VORBIS)) + VORBIS
    return b"RF64" + b"\xff" * 4 + b"WAVE" + ds64 + fields


def packed_pdf() -> bytes:
    objects = (b"<</Type/Catalog/Metadata 5 0 R>> ", b"<</Producer(x)/AIGC(" + AIGC.encode() + b")>> ")
    head = b"1 0 3 %d " % len(objects[0])
    held, metadata = zlib.compress(head + b"".join(objects)), zlib.compress(XMP)
    packed = b"/Filter/FlateDecode/Length"
    return (
        b"%%PDF-1.7\n4 0 obj\n<</Type/ObjStm/N 2/First %d%b %d>>\nstream\n%b\nendstream\nendobj\n"
        b"5 0 obj\n<</Type/Metadata%b %d>>\nstream\n%b\nendstream\nendobj\n"
        b"6 0 obj\n<</Type/XRef/Root 1 0 R/Info 3 0 R/Length 0>>\nstream\n\nendstream\nendobj\n%%%%EOF\n"
    ) % (len(head), packed, len(held), held, packed, len(metadata), metadata)


def riff_with(name: bytes, content: bytes) -> bytes:
    plain = (SAMPLES / "avi-plain.avi").read_bytes()
    chunk = name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    listed = b"LIST" + struct.pack("<I", len(chunk) + 4) + b"INFO" + chunk
    return plain[:4] + struct.pack("<I", len(plain) - 8 + len(listed)) + plain[8:] + listed


def id3_tagged(frame: bytes) -> bytes:
    def syncsafe(number: int) -> bytes:
        return bytes([number >> 21 & 127, number >> 14 & 127, number >> 7 & 127, number & 127])

    held = b"TXXX" + syncsafe(len(frame)) + b"\0\0" + frame
    return b"ID3\4\0\0" + syncsafe(len(held)) + held + (SAMPLES / "mp3-plain.mp3").read_bytes()


WITH_AIGC: dict[str, bytes] = {
    "utf-16 in the order of the file.jpg": jpeg(b"Exif\0\0" + exif(b"UNICODE\0" + AIGC.encode("utf-16-le"))),
    "utf-16 in the other order.jpg": jpeg(b"Exif\0\0" + exif(b"UNICODE\0" + AIGC.encode("utf-16-le"), ">")),
    "exif.png": png(b"eXIf", exif(b"ASCII\0\0\0" + AIGC.encode())),
    "international text.png": png(b"iTXt", b"AIGC\0\0\0\0\0" + AIGC.encode()),
    "packed objects.pdf": packed_pdf(),
    "info.avi": riff_with(b"AIGC", AIGC.encode()),
    "utf-16.mp3": id3_tagged(b"\1" + "AIGC\0".encode("utf-16") + AIGC.encode("utf-16")),
    "comment.ogg": ogg_page(b"\x01vorbis")
    + ogg_page(b"\x03vorbis" + struct.pack("<IcII", 1, b"v", 1, len(VORBIS) + 5) + b"AIGC=" + VORBIS),
    "comment.ogv": ogg_video(),
    "behind the sound.wav": rf64(1000, says=1000),
    "tag.mkv": element("1a45dfa3", b"")
    + element(
        "18538067",
        element(
            "1254c367", element("7373", element("67c8", element("45a3", b"AIGC") + element("4487", AIGC.encode())))
        ),
    ),
    "meta.html": b"<!doctype html><meta name='AIGC' content='" + AIGC.encode() + b"'>",
}
WITH_XMP: dict[str, bytes] = {
    "in two parts.jpg": jpeg(
        *(MORE + struct.pack(">II", len(XMP), at) + XMP[at:end] for at, end in ((100, len(XMP)), (0, 100)))
    ),
    "in two parts, without a picture.jpg": b"\xff\xd8"
    + b"\xff\xe1"
    + struct.pack(">H", len(MORE) + len(XMP) + 10)
    + MORE
    + struct.pack(">II", len(XMP), 0)
    + XMP
    + b"\xff\xd9",
    "utf-16.jpg": jpeg(SIGN + XMP.decode().encode("utf-16")),
    "list.jpg": jpeg(
        SIGN
        + SHAPE.format(
            f"<i:DigitalSourceType><rdf:Bag><rdf:li>{TERM}</rdf:li></rdf:Bag></i:DigitalSourceType>"
        ).encode()
    ),
    "packed.png": png(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)),
    "packed objects.pdf": packed_pdf(),
    "box.jxl": b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"xml ", XMP),
}
WITHOUT: dict[str, bytes] = {
    "of a work shown in it.jpg": jpeg(
        SIGN
        + SHAPE.format(
            "<i:ArtworkOrObject><rdf:Bag><rdf:li rdf:parseType='Resource'>"
            f"<i:DigitalSourceType>{TERM}</i:DigitalSourceType></rdf:li></rdf:Bag></i:ArtworkOrObject>"
        ).encode()
    ),
    "of another namespace.jpg": jpeg(
        SIGN + SHAPE.format(PROPERTY).replace("Iptc4xmpExt/2008-02-29", "other/1").encode()
    ),
    "in the drawing of a page.pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Length 21>>\nstream\n"
    b"/AIGC ({})\nendstream\nendobj\ntrailer<</Root 1 0 R/Info 1 0 R>>\n%%EOF",
    "in a comment.html": b"<!doctype html><!-- <meta name='AIGC' content='{}'> --><p>digitalSourceType",
}


def inspect_made(name: str, content: bytes, folder: Path) -> Any:
    path = folder / name
    path.write_bytes(content)
    return inspect_file(path)


@pytest.mark.parametrize("name", WITH_AIGC)
def test_an_aigc_field_is_found(name: str, tmp_path: Path) -> None:
    assert inspect_made(name, WITH_AIGC[name], tmp_path).aigc.state == "complete"


@pytest.mark.parametrize("name", WITH_XMP)
def test_a_source_type_is_found(name: str, tmp_path: Path) -> None:
    assert [each.place for each in inspect_made(name, WITH_XMP[name], tmp_path).declarations] == ["xmp"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "medium"),
    [
        ("a.ogv", ogg_video(), "ogv", "video"),
        ("a.ogg", ogg_video(), "ogv", "video"),
        ("a.ogg", WITH_AIGC["comment.ogg"], "ogg", "audio"),
        ("a.mka", matroska(2), "mka", "audio"),
        ("a.webm", matroska(2), "mka", "audio"),
        ("a.webm", matroska(2, 1), "mkv", "video"),
        ("a.mov", box(b"wide", b"") + box(b"mdat", b"") + box(b"moov", b""), "mov", "video"),
        ("a.mp4", box(b"free", b"") + box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", b""), "mp4", "video"),
    ],
)
def test_the_medium_is_what_the_content_is(name: str, content: bytes, kind: str, medium: str, tmp_path: Path) -> None:
    marks = inspect_made(name, content, tmp_path)
    assert (marks.kind, marks.medium, marks.is_named_otherwise) == (kind, medium, False)


def test_the_program_that_wrote_a_sound_is_a_trace_of_software(tmp_path: Path) -> None:
    marks = inspect_made("info.avi", riff_with(b"ISFT", b"Farbklang 3\0"), tmp_path)
    assert marks.traces == ("RIFF ISFT: Farbklang 3",)


@pytest.mark.parametrize("name", WITHOUT)
def test_what_only_looks_like_a_mark_is_none(name: str, tmp_path: Path) -> None:
    marks = inspect_made(name, WITHOUT[name], tmp_path)
    assert (marks.unreadable, marks.declarations, marks.aigc.state, marks.origin) == ("", (), "none", {})


def test_a_declaration_that_the_parser_refuses_hides_no_mark_before_it(tmp_path: Path) -> None:
    marks = inspect_made("section.html", WITH_AIGC["meta.html"] + b"<![foc]>", tmp_path)
    assert (marks.aigc.state, marks.not_read) == ("complete", ("rest",))


@pytest.mark.parametrize("name", ["jpg-c2pa-ai.jpg", "png-c2pa-ai.png", "mp4-c2pa-ai.mp4", "wav-c2pa-ai.wav"])
def test_a_few_bytes_short_is_cut_off_and_a_few_more_are_a_change(name: str, tmp_path: Path) -> None:
    content = (SAMPLES / name).read_bytes()
    assert inspect_made(name, content[:-7], tmp_path).unreadable == "cut_off"
    assert inspect_made(name, content + b"\0" * 7, tmp_path).credentials.state == "tampered"
