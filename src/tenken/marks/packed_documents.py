"""DOCX, XLSX, PPTX, ODF and EPUB: packed folders with the properties of a document in XML."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import IO

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, UnreadableFile
from tenken.marks.raw_finds import RawFinds
from tenken.marks.safe_xml import parse_safe_xml

_MANIFEST_MEMBER = "META-INF/content_credential.c2pa"
_MOST_MEMBERS = 20_000
_KINDS_BY_MEMBER = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_KINDS_BY_TYPE = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_PROPERTY_MEMBERS = ("docProps/custom.xml", "meta.xml")
_WHAT_DAMAGE_RAISES = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, ValueError, EOFError, OSError, LookupError),
)
"""What the library raises for packed files that are damaged or of a kind it does not know."""
_PACKED_AS_DOCUMENTS_ARE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What other methods pack, the library unpacks without a bound."""
_ODF_NAME = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"


def read_packed_document(stream: IO[bytes], finds: RawFinds) -> None:
    try:
        with zipfile.ZipFile(stream) as folder:
            _read_folder(folder, finds)
    except UnreadableFile:
        raise
    except _WHAT_DAMAGE_RAISES:
        raise UnreadableFile("damaged") from None


def _read_folder(folder: zipfile.ZipFile, finds: RawFinds) -> None:
    names = folder.namelist()
    if len(names) > _MOST_MEMBERS:
        raise UnreadableFile("too_large")
    finds.kind = _name_document_kind(folder, names)
    if _MANIFEST_MEMBER in names:
        finds.store_place = _MANIFEST_MEMBER
    for member in _PROPERTY_MEMBERS:
        if member in names:
            _read_properties(_read_member(folder, member), member, finds)


def _name_document_kind(folder: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        said = _read_member(folder, "mimetype").decode("ascii", "replace").strip()
        return _KINDS_BY_TYPE.get(said, "zip")
    return next(
        (kind for start, kind in _KINDS_BY_MEMBER.items() if any(name.startswith(start) for name in names)), "zip"
    )


def _read_member(folder: zipfile.ZipFile, name: str) -> bytes:
    if folder.getinfo(name).compress_type not in _PACKED_AS_DOCUMENTS_ARE:
        raise UnreadableFile("damaged")
    with folder.open(name) as member:
        content = member.read(MOST_IN_ONE_PIECE + 1)
    if len(content) > MOST_IN_ONE_PIECE:
        raise UnreadableFile("too_large")
    return content


def _read_properties(content: bytes, member: str, finds: RawFinds) -> None:
    root = parse_safe_xml(content)
    if root is None:
        finds.keep_not_read("chunk")
        return
    for entry in root.iter():
        name = entry.get("name") or entry.get(_ODF_NAME)
        if name:
            finds.keep_named_text(member, name, "".join(entry.itertext()))
