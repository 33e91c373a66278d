"""Which kind a file is, by its bytes and not by its name, and which reader knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tenken.marks.bounded_file import BoundedFile, UnreadableFile
from tenken.marks.box_container import read_boxes, read_jpeg_xl
from tenken.marks.gif_container import read_gif
from tenken.marks.jpeg_container import read_jpeg
from tenken.marks.matroska_container import MATROSKA_SIGN, read_matroska
from tenken.marks.packed_documents import read_packed_document
from tenken.marks.pdf_container import read_pdf
from tenken.marks.plain_text import read_plain_text
from tenken.marks.png_container import read_png
from tenken.marks.raw_finds import RawFinds
from tenken.marks.riff_container import KINDS_OF_RIFF, read_riff
from tenken.marks.sound_containers import is_sound_frame, read_flac, read_ogg, read_tagged_sound
from tenken.marks.svg_container import read_svg
from tenken.marks.tiff_container import read_tiff
from tenken.marks.web_page import read_web_page

_SNIFFED = 1024
_WIDE_TEXT_SIGNS = (b"\xff\xfe", b"\xfe\xff")
"""How text in UTF-16 begins, and a kind of MPEG sound that nobody makes any more."""
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")

_ENDINGS_OF_KINDS = {
    "jpg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "png": (".png",),
    "webp": (".webp",),
    "tif": (".tif", ".tiff", ".dng", ".nef", ".arw"),
    "gif": (".gif",),
    "heic": (".heic", ".heif", ".hif"),
    "avif": (".avif",),
    "jxl": (".jxl",),
    "svg": (".svg",),
    "mp4": (".mp4", ".m4v", ".m4s"),
    "mov": (".mov", ".qt"),
    "m4a": (".m4a", ".m4b", ".mp4"),
    "avi": (".avi",),
    "mkv": (".mkv", ".webm"),
    "mka": (".mka", ".mkv", ".webm"),
    "mp3": (".mp3",),
    "aac": (".aac",),
    "wav": (".wav", ".wave"),
    "flac": (".flac",),
    "ogg": (".ogg", ".oga", ".opus"),
    "ogv": (".ogv", ".ogg"),
    "pdf": (".pdf",),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "pptx": (".pptx",),
    "odt": (".odt",),
    "ods": (".ods",),
    "odp": (".odp",),
    "epub": (".epub",),
    "html": _PAGE_ENDINGS,
    "md": (".md", ".markdown"),
    "txt": (".txt", ".text", ".rst", ".csv", ".srt", ".vtt"),
}
KNOWN_ENDINGS = frozenset(ending for endings in _ENDINGS_OF_KINDS.values() for ending in endings)
"""The endings of the files that are taken from a folder."""

_IMAGES = ("jpg", "png", "webp", "tif", "gif", "heic", "avif", "jxl", "svg")
_SOUNDS = ("m4a", "mp3", "aac", "wav", "flac", "ogg", "mka")
_DOCUMENTS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip")
MEDIUM_OF_KIND = {
    **dict.fromkeys(_IMAGES, "image"),
    **dict.fromkeys(("mp4", "mov", "avi", "mkv", "ogv"), "video"),
    **dict.fromkeys(_SOUNDS, "audio"),
    **dict.fromkeys(_DOCUMENTS, "document"),
    "html": "web_page",
    **dict.fromkeys(("md", "txt"), "text"),
}
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "tif": "image/tiff",
    "gif": "image/gif",
    "heic": "image/heic",
    "avif": "image/avif",
    "jxl": "image/jxl",
    "svg": "image/svg+xml",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "m4a": "audio/mp4",
    "avi": "video/x-msvideo",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}
"""The kinds whose manifest stores the C2PA library can check, as it calls them."""


def read_container(path: Path, stream: BinaryIO, finds: RawFinds) -> None:
    """Collects the pieces of a file that may hold marks; raises `UnreadableFile` where nothing follows from it."""
    file = BoundedFile(stream)
    if not file.size:
        raise UnreadableFile("empty")
    finds.kind = _name_kind(path, file.read_up_to(0, _SNIFFED))
    if finds.kind == "zip":
        read_packed_document(stream, finds)
    elif reader := _READERS.get(finds.kind):
        reader(file, finds)
    else:
        raise UnreadableFile("unknown_kind")


def fits_its_ending(path: Path, kind: str) -> bool:
    """Whether a file is called as its kind usually is; an ending that says nothing fits as well."""
    ending = path.suffix.lower()
    return ending not in KNOWN_ENDINGS or ending in _ENDINGS_OF_KINDS.get(kind, ())


def _name_kind(path: Path, head: bytes) -> str:
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[:4] in (b"RIFF", b"RF64"):
        return KINDS_OF_RIFF.get(head[8:12], "")
    if head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip"):
        return "mp4"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_WIDE_TEXT_SIGNS):
        return _name_text_kind(path, head.decode("utf-16", "ignore").encode())
    if is_sound_frame(head[:2]):
        return "mp3"
    return _name_text_kind(path, head)


def _name_text_kind(path: Path, head: bytes) -> str:
    ending = path.suffix.lower()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in start or (ending == ".svg" and start.startswith(b"<")):
        return "svg" if not start.startswith((b"<!doctype html", b"<html")) and ending not in _PAGE_ENDINGS else "html"
    if ending in _PAGE_ENDINGS or start.startswith((b"<!doctype html", b"<html")):
        return "html"
    kind = "md" if ending in _ENDINGS_OF_KINDS["md"] else "txt"
    return kind if ending not in KNOWN_ENDINGS or ending in _ENDINGS_OF_KINDS[kind] else ""


_SIGNS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"ID3", "mp3"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"PK\x03\x04", "zip"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (MATROSKA_SIGN, "mkv"),
)
_READERS: dict[str, Callable[[BoundedFile, RawFinds], None]] = {
    "jpg": read_jpeg,
    "png": read_png,
    **dict.fromkeys(KINDS_OF_RIFF.values(), read_riff),
    "gif": read_gif,
    "tif": read_tiff,
    "mp4": read_boxes,
    "mp3": read_tagged_sound,
    "flac": read_flac,
    "ogg": read_ogg,
    "jxl": read_jpeg_xl,
    "mkv": read_matroska,
    "pdf": read_pdf,
    "svg": read_svg,
    "html": read_web_page,
    **dict.fromkeys(("md", "txt"), read_plain_text),
}
