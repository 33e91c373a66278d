"""The style of a letterhead: declarations for what the letterhead itself holds, by tokens, and the colour of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import tinycss2

from tenken.report.letterhead.css_values import find_declaration_faults
from tenken.report.letterhead.link_colours import DARK, LINK_COLOUR, MEDIA, LinkColours
from tenken.report.letterhead.own_element import OWN_CLASS
from tenken.report.letterhead.refusals import Refusal
from tenken.report.letterhead.template_lines import remove_marks

_OURS = frozenset(("html", "body", "head", "main"))
_PSEUDO = re.compile(
    "first-child|last-child|only-child|first-of-type|last-of-type|only-of-type|empty|link|visited|hover|focus"
    "|focus-visible|active|before|after|marker|first-letter|first-line"
)
_COUNTED = re.compile("nth-(last-)?(child|of-type)")
_COUNT = re.compile(r"even|odd|(?=\S)[+-]?\d*n?(\s*[+-]\s*\d+)?")
_MEDIA_WORDS = frozenset(("screen", "print", "all", "and", "not", "only"))
_MEDIA_FEATURES = re.compile(
    "prefers-(color-scheme|reduced-motion|contrast)|forced-colors|orientation|(min-|max-)?(width|height)"
)

_NO_RULE = "this cannot be read as a style: {said}"
_NO_AT_RULE = "@{said} is not allowed: a style holds rules and @media, and fetches nothing"
_NO_MEDIUM = "@media asks for screen, print, widths and preferences of colour, not for {said}"
_NO_SELECTOR = "{said} is not allowed in a selector: it is made of names, .classes, #ids, > + ~ * and the like"
_NOT_OWN = "{said} is ours: a style reaches what the letterhead itself holds, and `:root` sets --link"
_NO_ROOT = "`:root` sets --link and nothing else; it can stand in `@media print` and `@media {dark}`"


class RebuiltCss(NamedTuple):
    """What was read, built anew without what was refused; and the refusals."""

    text: str
    refusals: list[Refusal]


def rebuild_css(text: str, our_style: str) -> RebuiltCss:
    """A style that reaches nothing but what the letterhead itself holds."""
    style = re.sub("\r\n|[\r\f]", "\n", text)
    tokens = tinycss2.parse_component_value_list(style, skip_comments=True)
    writer = _StyleWriter(style, LinkColours(our_style))
    made = writer.build_rules(tinycss2.parse_stylesheet(tokens, skip_whitespace=True), "")
    whole = remove_marks(writer.colours.write_rules() + made).replace("<", "\\3c ")
    return RebuiltCss(whole, writer.refusals)


class _StyleWriter:
    def __init__(self, style: str, colours: LinkColours) -> None:
        self.colours = colours
        self.refusals: list[Refusal] = []
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", style))]

    def build_rules(self, rules: Iterable[Any], medium: str) -> str:
        return "".join(self._build_rule(rule, medium) for rule in rules)

    def _build_rule(self, rule: Any, medium: str) -> str:
        if rule.type == "qualified-rule":
            if _write_tokens(rule.prelude).lower() == ":root":
                self._take_colours(rule, medium)
                return ""
            selectors = [self._build_selector(rule, part) for part in _split_at_commas(rule.prelude)]
            declarations = self._build_declarations(rule.content)
            return f"{','.join(selectors)}{{{declarations}}}" if all(selectors) and declarations else ""
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None and not medium:
            asked = self._build_media_query(rule.prelude)
            inside = tinycss2.parse_rule_list(rule.content, skip_whitespace=True) if asked else ()
            made = self.build_rules(inside, asked)
            return f"@media {asked}{{{made}}}" if made else ""
        if rule.type == "at-rule":
            self._refuse(rule, _NO_AT_RULE, {"said": rule.at_keyword})
        else:
            self._refuse(rule, _NO_RULE, {"said": getattr(rule, "message", rule.type)})
        return ""

    def _take_colours(self, rule: Any, medium: str) -> None:
        for each in _parse_declarations(rule.content):
            if each.type != "declaration" or each.name != LINK_COLOUR or medium not in MEDIA:
                self._refuse(each, _NO_ROOT, {"dark": DARK})
            elif fault := self.colours.set_colour(medium, _write_tokens(each.value)):
                self._refuse(each, *fault)

    def _build_declarations(self, content: Sequence[Any]) -> str:
        made = []
        for each in _parse_declarations(content):
            faults = list(find_declaration_faults(each))
            for fault in faults:
                self._refuse(*fault)
            if not faults:
                urgent = "!important" if each.important else ""
                made.append(f"{each.name}:{_write_tokens(each.value)}{urgent}")
        return ";".join(made)

    def _build_selector(self, rule: Any, tokens: Sequence[Any]) -> str:
        """One selector, for descendants of our element only; empty if it is refused."""
        faults = list(_find_selector_faults(tokens) if _write_tokens(tokens) else [(rule, _NO_SELECTOR, {"said": ","})])
        for fault in faults:
            self._refuse(*fault)
        return "" if faults else f".{OWN_CLASS} {_write_tokens(tokens)}"

    def _build_media_query(self, tokens: Sequence[Any]) -> str:
        """What a rule for media asks for; empty if it is refused."""
        refused = [token for token in tokens if not _is_media_part(token)]
        for token in refused:
            self._refuse(token, _NO_MEDIUM, {"said": token.serialize()})
        return "" if refused else re.sub(r"\s*:\s*", ": ", " ".join(_write_tokens(tokens).split()))

    def _refuse(self, token: Any, text: str, facts: Mapping[str, Any]) -> None:
        offset = self._line_starts[token.source_line - 1] + token.source_column - 1
        self.refusals.append(Refusal(offset, text, facts))


def _parse_declarations(content: Sequence[Any]) -> list[Any]:
    parsed: list[Any] = tinycss2.parse_blocks_contents(content, skip_whitespace=True)
    return parsed


def _write_tokens(tokens: Sequence[Any]) -> str:
    return str(tinycss2.serialize(tokens)).strip()


def _split_at_commas(tokens: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a list; what is in brackets stays together."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _find_selector_faults(tokens: Sequence[Any]) -> Iterator[tuple[Any, str, Mapping[str, Any]]]:
    """What is wrong with a selector: one that begins with a sibling would reach what stands beside our element."""
    previous: Any = None
    for token in tokens:
        said = f"{token.name}(" if token.type == "function" else token.serialize()
        is_first = previous is None and token.type != "whitespace"
        match token.type:
            case "literal" if token.value in ".:*" or (token.value in ">+~" and not is_first):
                pass
            case "ident" if previous == ":":
                if not _PSEUDO.fullmatch(token.lower_value):
                    yield token, _NO_SELECTOR, {"said": said}
            case "function" if previous == ":" and _is_count(token):
                pass
            case "ident" if previous != "." and token.lower_value in _OURS:
                yield token, _NOT_OWN, {"said": said}
            case "whitespace" | "ident" | "hash":
                pass
            case _:
                yield token, _NO_SELECTOR, {"said": said}
        if token.type != "whitespace":
            previous = token


def _is_count(function: Any) -> bool:
    """Whether it picks elements by their place among others, such as `nth-child(2n + 1)`."""
    count = _write_tokens(function.arguments).replace("/**/", "").lower()
    return bool(_COUNTED.fullmatch(function.lower_name) and _COUNT.fullmatch(count))


def _is_media_part(token: Any) -> bool:
    match token.type:
        case "ident":
            return token.lower_value in _MEDIA_WORDS
        case "() block":
            inside = [part for part in token.content if part.type != "whitespace"]
            words = all(part.type in ("ident", "dimension") or part == ":" for part in inside)
            return (
                bool(inside)
                and words
                and inside[0].type == "ident"
                and _MEDIA_FEATURES.fullmatch(inside[0].lower_value) is not None
            )
        case _:
            return bool(token.type == "whitespace" or token == ",")
