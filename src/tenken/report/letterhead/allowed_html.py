"""What a page may hold that opens without a network: text, pictures in the page itself, links; nothing that runs."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

_TAG_LIMITS = {"html": 1, "head": 1, "body": 1, "meta": 6, "style": 1, "script": 1}
"""How many of each our own page has; more are somebody else's."""

_ALLOWED_TAGS = re.compile(
    "html|head|body|meta|style|script|a|abbr|address|article|aside|b|bdi|bdo|blockquote|br|caption|cite|code|col|"
    "colgroup|dd|del|details|dfn|div|dl|dt|em|fieldset|figcaption|figure|footer|h[1-6]|header|hr|i|img|input|ins|kbd|"
    "label|legend|li|main|mark|nav|ol|p|pre|q|rp|rt|ruby|s|samp|section|small|span|strong|sub|summary|sup|table|tbody|"
    "td|tfoot|th|thead|time|title|tr|u|ul|var|wbr|svg|g|defs|desc|path|rect|circle|ellipse|line|polyline|polygon|text|"
    "tspan|lineargradient|radialgradient|stop|clippath"
)
_FORBIDDEN_ATTRIBUTES = re.compile(r"on\w+|style|srcdoc|srcset|action|formaction|background|ping|poster|data|manifest")
_LINK_TARGET = re.compile(r"#|https://|mailto:|(?![/~\\])[^:]*$")
_PICTURE_ADDRESS = re.compile(r"data:image/(svg\+xml|png|jpeg|webp);base64,[A-Za-z0-9+/=]*")
_CSS_FETCH = re.compile(r"@import|url\(\s*(?!['\"]?(data:image/|#))", re.IGNORECASE)


def find_forbidden_content(page: str) -> list[str]:
    """What stands in a page and may not, as it is written there."""
    parser = _PageInspector()
    parser.feed(page)
    parser.close()
    return parser.refused


class _PageInspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self._seen = Counter[str]()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self._seen[tag] += 1
        if not _ALLOWED_TAGS.fullmatch(tag) or self._seen[tag] > _TAG_LIMITS.get(tag, self._seen[tag]):
            self.refused.append(f"<{tag}")
        self.refused += [f"{name}=" for name, value in attrs if not _is_allowed_attribute(name, value or "")]

    def handle_data(self, data: str) -> None:
        if self._inside == "style" and (found := _CSS_FETCH.search(data)):
            self.refused.append(found.group())

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.refused.append("<!--")

    def unknown_decl(self, data: str) -> None:
        self.refused.append("<![")

    def handle_pi(self, data: str) -> None:
        self.refused.append("<?")


def _is_allowed_attribute(name: str, value: str) -> bool:
    if name in ("href", "xlink:href"):
        return bool(_LINK_TARGET.match(value))
    if name == "src":
        return bool(_PICTURE_ADDRESS.fullmatch(value))
    return not (_FORBIDDEN_ATTRIBUTES.fullmatch(name) or _CSS_FETCH.search(value))
