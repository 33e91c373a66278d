"""HTML: linked data, the disclosures of a draft standard, and references to a manifest store."""

from __future__ import annotations

import base64
import binascii
from html.parser import HTMLParser

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile
from tenken.marks.raw_finds import MOST_PIECES, RawFinds

_MOST_UNENDED = 10
_DISCLOSURES = ("ai-disclosure",)
_UNSEEN = ("script", "style", "template", "noscript", "head")


def read_web_page(file: BoundedFile, finds: RawFinds) -> None:
    if file.size > MOST_IN_ONE_PIECE:
        finds.keep_not_read("rest")
    content = file.read_up_to(0, MOST_IN_ONE_PIECE)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    page = _PageReader(finds)
    try:
        page.feed(content.decode(encoding, "replace"))
        page.close()
    except (AssertionError, _EndlessMarkup):  # by the first the parser refuses a declaration it does not know
        finds.keep_not_read("rest")
    finds.visible_text = " ".join("".join(page.visible).split())


class _EndlessMarkup(Exception):  # noqa: N818 - it ends the reading and is no error
    """Raised where so much is begun and never ended that looking for the ends would take for ever."""


class _PatientParser(HTMLParser):
    """The parser, which looks for the end of what is begun as far as the page goes, only so many times."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._unended = 0

    def parse_starttag(self, i: int) -> int:
        return self._count_unended(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        return self._count_unended(super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._count_unended(super().parse_comment(i, report))

    def parse_pi(self, i: int) -> int:
        return self._count_unended(super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        return self._count_unended(super().parse_html_declaration(i))

    def _count_unended(self, end: int) -> int:
        self._unended += end < 0
        if self._unended > _MOST_UNENDED:
            raise _EndlessMarkup
        return end


class _PageReader(_PatientParser):
    """Keeps what a page says of itself to machines, and the words that people see."""

    def __init__(self, finds: RawFinds) -> None:
        super().__init__()
        self.finds = finds
        self.visible: list[str] = []
        self._script = ""
        self._held: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._keep_disclosures(tag, said)
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag == "script":
            self._script = said.get("type", "").strip().lower()
            self._held = []
        elif tag == "link" and "c2pa-manifest" in said.get("rel", "").lower().split():
            self._keep_link(said.get("href", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._keep_script("".join(self._held))
            self._script = ""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._script:
            self._held.append(data)
        elif not self._unseen:
            self.visible.append(data)

    def _keep_link(self, target: str) -> None:
        if len(self.finds.remote_links) < MOST_PIECES:
            self.finds.remote_links.append(target)

    def _keep_disclosures(self, tag: str, said: dict[str, str]) -> None:
        if tag == "meta":
            name, value = said.get("name", "").lower(), said.get("content", "")
            self.finds.keep_named_text("HTML meta", said.get("name", ""), value)
        else:
            name = next((name for name in _DISCLOSURES if name in said), "")
            value = said.get(name, "")
        if name in _DISCLOSURES and len(self.finds.page_disclosures) < MOST_PIECES:
            self.finds.page_disclosures.append(value.strip().lower())

    def _keep_script(self, text: str) -> None:
        if self._script == "application/ld+json":
            self.finds.keep_linked_data(text)
        elif self._script == "application/c2pa":
            try:
                self.finds.loose_store = base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                self.finds.keep_not_read("text_store")
            self.finds.store_place = "HTML script"
