"""What a letterhead may hold: text, tables, lists, links and pictures in the page itself. It is read as browsers read,
and what is written is built anew from what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from io import StringIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from tinyhtml5.constants import Token
from tinyhtml5.parser import HTMLParser

from tenken.report.letterhead.allowed_pictures import find_address_fault
from tenken.report.letterhead.refusals import LINK_ADDRESS, LINK_LEADS_ELSEWHERE, Refusal
from tenken.report.letterhead.template_lines import OUR_SECTION, remove_marks

OWN_ID = "own-"
"""How an id of a letterhead begins, so that it is none of ours."""

_ALLOWED_EVERYWHERE = frozenset(("class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden"))
_PLAIN_TAGS = (
    *("abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd"),
    *("del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "i", "ins", "kbd", "mark", "nav", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section"),
    *("small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "tfoot", "thead", "tr", "u", "ul", "var"),
    "wbr",
)
_ALLOWED_TAGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN_TAGS, frozenset()),
    "a": frozenset(("href",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "details": frozenset(("open",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "li": frozenset(("value",)),
    "ol": frozenset(("start", "type", "reversed")),
    "td": frozenset(("colspan", "rowspan")),
    "th": frozenset(("colspan", "rowspan", "scope")),
    "time": frozenset(("datetime",)),
}
_WITHOUT_END = frozenset(("br", "col", "hr", "img", "wbr"))
_DEEPEST = 64
_BEGIN = "<!doctype html><html><head></head><body>"
_UNFINISHED_TAG = re.compile("(?!.*(comment|doctype)).*eof")
"""The mistakes of the parser that say so."""

_NO_TAG = (
    "{said} is not allowed: a letterhead holds text, tables, lists, links and pictures, which come by `image`; a style"
    " stands in the block `style`"
)
_NO_ATTRIBUTE = (
    "{said} is not allowed on <{tag}>: nothing in a report runs or is fetched, and a style stands in the block `style`"
)
_NO_OWN_ID = "an id of a letterhead begins with {begin}, not {said}"
_NO_END_OF_TAG = "a tag or a quote in it is not closed: it takes in all that follows"
_NO_COMMENT = "a comment of HTML is not allowed: write {{# … #}}"
_NO_DEPTH = "elements stand in one another more than {most} deep"
_NO_NESTING = "elements stand in one another here in a way that browsers change: close each before the next begins"


class RebuiltHtml(NamedTuple):
    """What was read, built anew without what was refused, divided where our own section stands; and the refusals."""

    parts: list[str]
    refusals: list[Refusal]


def rebuild_html(text: str) -> RebuiltHtml:
    """A fragment as a browser would have it, from what is allowed only; what comes out reads the same once more."""
    read = _rebuild_once(text)
    if not read.refusals and _rebuild_once(OUR_SECTION.join(read.parts)) != read:
        return read._replace(refusals=[Refusal(0, _NO_NESTING)])
    return read


def _rebuild_once(text: str) -> RebuiltHtml:
    parser = _NoticingParser(text)
    body = parser.parse(StringIO(_BEGIN + parser.fragment)).find("body")
    writer = _TreeWriter()
    writer.write_content(body, 0)
    deep = [Refusal(0, _NO_DEPTH, {"most": _DEEPEST})] if writer.is_too_deep else []
    return RebuiltHtml(writer.parts, [*parser.refusals, *deep])


class _NoticingParser(HTMLParser):  # type: ignore[misc]
    """Looks at each tag as a browser reads it, before anything is made of it."""

    def __init__(self, text: str) -> None:
        super().__init__(namespace_html_elements=False)
        self.fragment = text.replace("\r\n", "\n").replace("\r", "\n")
        self.refusals: list[Refusal] = []
        self._refused_tags: set[str] = set()
        self._lowered = self.fragment.lower()
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self.fragment))]

    def main_loop(self) -> None:
        self.tokenizer: Any = _NoticedTokens(self.tokenizer, self._notice_token)
        super().main_loop()

    def _notice_token(self, token: Mapping[str, Any]) -> None:
        end = self._find_offset()
        match token["type"]:
            case Token.START_TAG | Token.END_TAG if end >= 0:
                begin = "</" if token["type"] == Token.END_TAG else "<"
                start = max(0, self._lowered.rfind(begin + token["name"], 0, end))
                self.refusals += self._judge_tag(begin, token["name"], dict(token["data"]), range(start, end))
            case Token.PARSE_ERROR if _UNFINISHED_TAG.match(token["data"]):
                self.refusals.append(Refusal(max(0, self.fragment.rfind("<")), _NO_END_OF_TAG))
            case Token.COMMENT | Token.DOCTYPE if end >= 0:
                start = max(self.fragment.rfind(begin, 0, end) for begin in ("<!", "<?", "</"))
                self.refusals.append(Refusal(max(start, 0), _NO_COMMENT))

    def _find_offset(self) -> int:
        """Where the parser has come to; less than nothing in what stands before the fragment."""
        line, column = self.tokenizer.stream.position()
        return int(self._line_starts[line - 1] + column - (len(_BEGIN) if line == 1 else 0)) - 1

    def _judge_tag(self, begin: str, tag: str, attributes: Mapping[str, str], where: range) -> Iterator[Refusal]:
        if tag not in _ALLOWED_TAGS:
            if begin == "<" or tag not in self._refused_tags:
                yield Refusal(where.start, _NO_TAG, {"said": begin + tag})
            self._refused_tags.add(tag)
            return
        for name, value in attributes.items():
            if fault := _find_attribute_fault(tag, name, value):
                offset = self._lowered.find(name, where.start + len(tag), where.stop)
                yield Refusal(max(offset, where.start), *fault)


class _NoticedTokens:
    """Hands everything on to the tokenizer, and tells of each token before the parser has it."""

    def __init__(self, tokenizer: Any, notice: Callable[[Mapping[str, Any]], None]) -> None:
        self.__dict__.update(tokenizer=tokenizer, notice=notice)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["tokenizer"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["tokenizer"], name, value)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for token in self.__dict__["tokenizer"]:
            self.__dict__["notice"](token)
            yield token


def _find_attribute_fault(tag: str, name: str, value: str) -> tuple[str, Mapping[str, Any]] | None:
    """What is wrong with an attribute of a tag that is allowed, and the facts of the sentence."""
    if name not in _ALLOWED_TAGS[tag] | _ALLOWED_EVERYWHERE:
        return _NO_ATTRIBUTE, {"said": f"{name}=", "tag": tag}
    if name == "href" and not LINK_ADDRESS.fullmatch(value):
        return LINK_LEADS_ELSEWHERE, {"said": value}
    if name == "id" and not value.startswith(OWN_ID):
        return _NO_OWN_ID, {"begin": OWN_ID, "said": value}
    if name == "src":
        return find_address_fault(value)
    return None


def _write_attributes(tag: str, element: Element) -> Iterator[str]:
    for name, value in element.items():
        if not _find_attribute_fault(tag, name, value):
            yield f' {name}="{escape(remove_marks(value))}"'


class _TreeWriter:
    """Writes what is allowed of a tree, and nothing else; in parts, which our own section divides."""

    def __init__(self) -> None:
        self.is_too_deep = False
        self._written: list[str] = []

    @property
    def parts(self) -> list[str]:
        return "".join(self._written).split(OUR_SECTION)

    def write_content(self, element: Element, depth: int) -> None:
        self._write_text(element.text, depth)
        for child in element:
            if child.tag in _ALLOWED_TAGS:
                self._write_element(child, depth + 1)
            self._write_text(child.tail, depth)

    def _write_element(self, element: Element, depth: int) -> None:
        if depth > _DEEPEST:
            self.is_too_deep = True
            return
        tag = str(element.tag)
        self._written.append(f"<{tag}{''.join(_write_attributes(tag, element))}>")
        if tag not in _WITHOUT_END:
            if tag == "pre" and (element.text or "").startswith("\n"):
                self._written.append("\n")  # as browsers leave the first out
            self.write_content(element, depth)
            self._written.append(f"</{tag}>")

    def _write_text(self, text: str | None, depth: int) -> None:
        """Our own section divides what stands on the first level only; elsewhere its place is no place."""
        texts = (text or "").split(OUR_SECTION) if depth == 0 else [text or ""]
        self._written.append(OUR_SECTION.join(escape(remove_marks(part), quote=False) for part in texts))
