"""XML of others: parsed only where nothing in it can grow, and never fetched from elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree

_MOST_LEVELS = 200


def parse_safe_xml(content: bytes, *, may_have_doctype: bool = False) -> ElementTree.Element | None:
    """The root of a document; nothing if it is not well-formed, or could define what it then multiplies."""
    visible = content.replace(b"\0", b"")  # as it would look in UTF-16
    if b"<!ENTITY" in visible or not _has_harmless_doctype(visible, may_have_doctype):
        return None
    builder = _ShallowBuilder()
    parser = ElementTree.XMLParser(target=builder)
    try:
        parser.feed(content)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return root


def _has_harmless_doctype(visible: bytes, may_have_one: bool) -> bool:
    """Whether a document has none, or a single one that only names what it is of."""
    begin = visible.find(b"<!DOCTYPE")
    if begin < 0:
        return True
    is_single = visible.find(b"<!DOCTYPE", begin + 1) < 0
    return may_have_one and is_single and b"[" not in visible[begin : visible.find(b">", begin) + 1]


class _ShallowBuilder(ElementTree.TreeBuilder):
    """Builds a tree, and gives up where things stand within things without end."""

    def __init__(self) -> None:
        super().__init__()
        self._levels = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        self._levels += 1
        if self._levels > _MOST_LEVELS:
            raise ValueError(tag)
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        self._levels -= 1
        return super().end(tag)
