"""What is beyond the bounds, or of a form that nobody reads, is told; it is never taken for unmarked."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest

from support.command_line import run_tenken
from tenken.marks.inspection import inspect_file, inspect_files

SAMPLES = Path(__file__).parent / "samples"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "AIGC">]><a>&b;</a>'
ITEM = 9 << 20
"""How long the picture in a HEIC file is that is larger than any part that is read."""


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + name + content


def build_large_heic() -> bytes:
    """An ordinary file whose picture is one large item."""
    items = box(b"iinf", b"\0\0\0\0\0\1" + box(b"infe", b"\2\0\0\0\0\1\0\0hvc1\0"))
    place = b"\0\0\0\0\x44\0\0\1\0\1\0\0\0\1" + (8).to_bytes(4) + ITEM.to_bytes(4)
    meta = box(b"meta", b"\0\0\0\0" + items + box(b"iloc", place))
    return box(b"ftyp", b"heic\0\0\0\0") + meta + box(b"mdat", b"\0" * ITEM)


def build_docx(method: int, content: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as folder:
        folder.writestr("word/document.xml", "<a/>")
        folder.writestr("docProps/custom.xml", content)
    return packed.getvalue()


def build_png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = (len(held).to_bytes(4) + name + held + crc32(name + held).to_bytes(4) for name, held in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def build_tiff(pages: int) -> bytes:
    """So many directories of one field, the last with a manifest store."""
    parts = [b"II*\0\x08\0\0\0"]
    for page in range(1, pages + 1):
        tag, next_place = (b"\x41\xcd", 0) if page == pages else (b"\0\1", 8 + 18 * page)
        parts.append(b"\1\0" + tag + b"\1\0\1\0\0\0\0\0\0\0" + next_place.to_bytes(4, "little"))
    return b"".join(parts)


def build_long_value() -> bytes:
    """An AIGC field among the named values of a film that is longer than any part that is read."""
    names = b"\0\0\0\0\0\0\0\1" + box(b"mdta", b"AIGC")
    return box(b"keys", names) + box(b"ilst", box(b"\0\0\0\1", box(b"data", b" " * ITEM)))


def element(id: str, content: bytes) -> bytes:
    return bytes.fromhex(id) + b"\x08" + len(content).to_bytes(4) + content


def build_mkv(levels: int, text: bytes) -> bytes:
    """A text in tags within tags."""
    held = element("45a3", b"AIGC") + element("4487", text)
    for _ in range(levels):
        held = element("67c8", held)
    return element("1a45dfa3", b"") + element("18538067", held)


@pytest.mark.parametrize(
    ("name", "content", "unreadable", "not_read"),
    [
        ("large.heic", build_large_heic(), "", ()),
        ("many.jpg", b"\xff\xd8" + b"\xff\xe1\0\2" * 20_001 + b"\xff\xda\0\2\xff\xd9", "too_large", ()),
        ("many.flac", b"fLaC" + b"\4\0\0\0" * 1001 + b"\0" * 9, "too_large", ()),
        ("long.flac", b"fLaC\x84\0\0\x0e" + b"\0" * 4 + b"\1\0\0\0" + b"\xff" * 6 + b"\0", "", ("comments",)),
        ("endless.wav", b"RIFF\xff\xff\xff\xffWAVEAIGC\xff\xff\xff\xff{}", "cut_off", ()),
        ("entities.docx", build_docx(zipfile.ZIP_STORED, DOCTYPE), "", ("chunk",)),
        ("packed.docx", build_docx(zipfile.ZIP_LZMA, b" " * 9999), "damaged", ()),
        ("fields.png", build_png(*[(b"tEXt", b"AIGC\0{}")] * 65, (b"IEND", b"")), "", ("rest",)),
        ("large.png", build_png(*[(b"tEXt", b"AIGC\0" + b" " * (6 << 20))] * 3, (b"IEND", b"")), "", ("rest",)),
        ("scripts.html", b'<script type="application/ld+json">{}</script>' * 65, "", ("rest",)),
        ("wide.html", b'<script type="application/ld+json">[' + b"1," * 100_000 + b"1]</script>", "", ("rest",)),
        ("tags.mp3", b"ID3\3\0\0\0\6\x0d\x2a" + b"TXXX\0\0\0\0\0\0" * 10_001 + b"\xff\xfb", "", ("rest",)),
        ("streamed.wav", b"RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff\0\0", "", ("rest",)),
        ("long.mp4", box(b"moov", box(b"udta", box(b"AIGC", b" " * ITEM))), "", ("chunk",)),
        ("long-name.mp4", box(b"moov", box(b"meta", b"\0\0\0\0" + build_long_value())), "", ("chunk",)),
        ("deep.mkv", build_mkv(9, b"{}"), "", ("rest",)),
        ("long.mkv", build_mkv(1, b" " * ITEM), "", ("chunk",)),
        ("pages.tif", build_tiff(5000), "too_large", ()),
    ],
)
def test_what_is_not_read_is_told(
    name: str, content: bytes, unreadable: str, not_read: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    marks = inspect_file(path)
    assert (marks.unreadable, marks.not_read) == (unreadable, not_read)
    assert run_tenken("marks", path).returncode == 0


def test_a_name_too_long_for_a_manifest_beside_it_is_no_fault_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / ("写" * 83 + ".jpg")
    shutil.copy(SAMPLES / "jpg-plain.jpg", path)
    (marks,) = inspect_files([path])
    assert (marks.unreadable, marks.sidecar.state) == ("", "none")


def test_a_manifest_beside_it_that_the_system_does_not_let_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shot.jpg"
    shutil.copy(SAMPLES / "jpg-plain.jpg", path)
    path.with_suffix(".c2pa").symlink_to("/proc/self/mem")
    (marks,) = inspect_files([path])
    assert (marks.unreadable, marks.sidecar.state) == ("", "unreadable")


def test_a_manifest_on_the_last_of_many_pages_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(build_tiff(300))
    assert inspect_file(path).credentials.state != "none"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("note.txt", "AI生成", "txt"),
        ("page.html", '<!doctype html><meta name="ai-disclosure" content="ai-generated">', "html"),
        ("plan.svg", '<?xml version="1.0" encoding="utf-16"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_two_bytes_a_letter_is_no_sound(name: str, text: str, kind: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(("\ufeff" + text).encode(encoding))
    marks = inspect_file(path)
    assert (marks.kind, marks.unreadable, marks.is_named_otherwise) == (kind, "", False)
