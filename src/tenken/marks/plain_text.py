"""Text and Markdown: front matter, the C2PA forms for text, and the words at both ends."""

from __future__ import annotations

import base64
import binascii
import json
import re

from tenken.files.problems import Problems
from tenken.files.strict_yaml import Node, parse_yaml
from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.{0,65536}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MANIFEST_REFERENCE = re.compile(r"-----BEGIN C2PA MANIFEST-----\s+(\S+)\s+-----END C2PA MANIFEST-----")
_WRAPPER_SIGN = b"C2PATXT\0"
_SELECTORS = re.compile("\ufeff([\ufe00-\ufe0f\U000e0100-\U000e01ef]{13,})")


def read_plain_text(file: BoundedFile, finds: RawFinds) -> None:
    if file.size > MOST_IN_ONE_PIECE:
        finds.keep_not_read("rest")
    content = file.read_up_to(0, MOST_IN_ONE_PIECE)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = content.decode(encoding, "ignore" if file.size > MOST_IN_ONE_PIECE else "replace")
    if "\ufffd" in text[:4096] or "\0" in text[:4096]:
        raise UnreadableFile("unknown_kind")
    body = _read_front_matter(text.removeprefix("\ufeff"), finds)
    _read_manifest_reference(text, finds)
    _read_wrapper(text, finds)
    finds.visible_text = _SELECTORS.sub("", body).strip()


def _read_front_matter(text: str, finds: RawFinds) -> str:
    """Keeps an AIGC field before a text; gives the text without what stands before it."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return text
    try:
        front = parse_yaml(found.group(1).encode(), "")
    except Problems:
        finds.keep_not_read("front_matter")
        return text[found.end() :]
    if not isinstance(front.value, dict):
        return text
    for name, node in front.value.items():
        if "AIGC" in name:
            finds.keep_aigc(f"front matter {name}", _render_json(node))
    return text[found.end() :]


def _render_json(node: Node) -> str:
    if isinstance(node.value, dict):
        return json.dumps(
            {key: child.value if isinstance(child.value, str) else "" for key, child in node.value.items()}
        )
    return node.value if isinstance(node.value, str) else ""


def _read_manifest_reference(text: str, finds: RawFinds) -> None:
    for target in _MANIFEST_REFERENCE.findall(text)[:1]:
        if target.startswith("data:"):
            finds.store_place = "text block"
            try:
                finds.loose_store = base64.b64decode(target.partition(",")[2], validate=True)
            except (binascii.Error, ValueError):
                finds.keep_not_read("text_store")
        else:
            finds.remote_links.append(target)


def _read_wrapper(text: str, finds: RawFinds) -> None:
    """A manifest store in variation selectors, one a byte, after a sign, a version and its length."""
    for found in _SELECTORS.finditer(text):
        content = bytes(_read_selector(ord(sign)) for sign in found.group(1))
        if content.startswith(_WRAPPER_SIGN):
            length = int.from_bytes(content[9:13])
            finds.store_place = "text wrapper"
            finds.loose_store = content[13 : 13 + length]
            return


def _read_selector(code: int) -> int:
    return code - 0xFE00 if code <= 0xFE0F else code - 0xE0100 + 16
