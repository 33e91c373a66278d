"""Pictures that stand in the page itself: what they say they are, and drawings that are shapes and nothing else."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

PICTURE_TYPES = {
    ".svg": ("svg+xml", b""),
    ".png": ("png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("jpeg", b"\xff\xd8\xff"),
    ".gif": ("gif", b"GIF8"),
    ".webp": ("webp", b"RIFF"),
}
"""For each ending of a file: the type, and how the content begins."""

NO_PICTURE = "{name} is not a picture; it can be PNG, JPEG, GIF, WebP or SVG"
_NO_SHAPES = "{said} is not allowed in an SVG picture, which holds shapes only; save it as plain SVG, or as PNG"
_NO_ADDRESS = "a picture stands in the page itself: write {{{{ 'logo.png'|image }}}}"

_ADDRESS = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,([A-Za-z0-9+/]+={0,2})")
_BEGINNINGS = dict(PICTURE_TYPES.values())
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = re.compile(
    "svg|g|defs|title|desc|style|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|clipPath|linearGradient"
    "|radialGradient|stop"
)
_NO_PLAIN_XML = re.compile(r"<!(?!--)[^\s>]*|<\?(?!xml\s(?![^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])))\S*", re.IGNORECASE)
"""Types of documents with entities of their own, instructions, and other encodings, in which others may read more."""

_FETCH = re.compile(r"\\|@|(?<![\w-])(?:src|image|image-set|element)\(|url\((?!\s*['\"]?#)", re.IGNORECASE)


def find_address_fault(address: str) -> tuple[str, Mapping[str, Any]] | None:
    """What is wrong with the address of a picture, and the facts of the sentence; nothing if it holds one whole."""
    found = _ADDRESS.fullmatch(address)
    try:
        content = b64decode(found[2], validate=True) if found else b""
    except Error:
        found, content = None, b""
    if not (found and content.startswith(_BEGINNINGS[found[1]])):
        return _NO_ADDRESS, {}
    return find_content_fault(found[1], content)


def find_content_fault(kind: str, content: bytes) -> tuple[str, Mapping[str, Any]] | None:
    """What is wrong with a picture that begins as its kind does."""
    fault = _find_no_shape(content) if kind == "svg+xml" else ""
    return (_NO_SHAPES, {"said": fault}) if fault else None


def write_picture_address(kind: str, content: bytes) -> str:
    """The address that holds a picture whole."""
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


def _find_no_shape(content: bytes) -> str:
    """The first thing in an SVG picture that is more than a shape; empty if there is none."""
    try:
        text = content.decode("utf-8")
        if found := _NO_PLAIN_XML.search(text):
            return found.group()
        root = ElementTree.fromstring(text.removeprefix("\ufeff").lstrip())
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        return str(error)
    if root.tag != f"{_SVG}svg":
        return f"<{root.tag}"
    return next(filter(None, map(_find_fault_in_shape, root.iter())), "")


def _find_fault_in_shape(shape: ElementTree.Element) -> str:
    tag = str(shape.tag)
    if not (tag.startswith(_SVG) and _SHAPES.fullmatch(tag.removeprefix(_SVG))):
        return f"<{tag.removeprefix(_SVG)}"
    for name, value in shape.attrib.items():
        bare = name.rpartition("}")[2].lower()
        if bare.startswith("on") or (bare in ("href", "src") and not value.startswith("#")) or _FETCH.search(value):
            return f"{bare}="
    found = _FETCH.search(shape.text or "") if tag == f"{_SVG}style" else None
    return found.group() if found else ""
