"""What a page may hold that opens without a network: text, pictures in the page itself, links; nothing that runs."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

_ONCE = {"html": 1, "head": 1, "body": 1, "meta": 6, "style": 1, "script": 1}
"""How many of each our own page has; more are somebody else's."""

_TAGS = re.compile(
    "html|head|body|meta|style|script|a|abbr|address|article|aside|b|bdi|bdo|blockquote|br|caption|cite|code|col|"
    "colgroup|dd|del|details|dfn|div|dl|dt|em|fieldset|figcaption|figure|footer|h[1-6]|header|hr|i|img|input|ins|kbd|"
    "label|legend|li|main|mark|nav|ol|p|pre|q|rp|rt|ruby|s|samp|section|small|span|strong|sub|summary|sup|table|tbody|"
    "td|tfoot|th|thead|time|title|tr|u|ul|var|wbr|svg|g|defs|desc|path|rect|circle|ellipse|line|polyline|polygon|text|"
    "tspan|lineargradient|radialgradient|stop|clippath"
)
_NEVER = re.compile(r"on\w+|style|srcdoc|srcset|action|formaction|background|ping|poster|data|manifest")
_LINK = re.compile(r"#|https://|mailto:|(?![/~\\])[^:]*$")
_PICTURE = re.compile(r"data:image/(svg\+xml|png|jpeg|webp);base64,[A-Za-z0-9+/=]*")
_FETCHED = re.compile(r"@import|url\(\s*(?!['\"]?(data:image/|#))", re.IGNORECASE)


def refused(page: str) -> list[str]:
    """What stands in a page and may not, as it is written there."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.refused


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self._seen = Counter[str]()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self._seen[tag] += 1
        if not _TAGS.fullmatch(tag) or self._seen[tag] > _ONCE.get(tag, self._seen[tag]):
            self.refused.append(f"<{tag}")
        self.refused += [f"{name}=" for name, value in attrs if not _may_stand(name, value or "")]

    def handle_data(self, data: str) -> None:
        if self._inside == "style" and (found := _FETCHED.search(data)):
            self.refused.append(found.group())

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.refused.append("<!--")

    def unknown_decl(self, data: str) -> None:
        self.refused.append("<![")

    def handle_pi(self, data: str) -> None:
        self.refused.append("<?")


def _may_stand(name: str, value: str) -> bool:
    if name in ("href", "xlink:href"):
        return bool(_LINK.match(value))
    if name == "src":
        return bool(_PICTURE.fullmatch(value))
    return not (_NEVER.fullmatch(name) or _FETCHED.search(value))
