"""Which declarations a style of a letterhead may make: how an element looks, with values that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tenken.report.letterhead.allowed_pictures import find_address_fault

_SIDE = "(-(top|right|bottom|left|block|inline)(-(start|end))?)?"
_CORNER = "(-(top|bottom|start|end)-(left|right|start|end))?"
_ALLOWED_PROPERTIES = re.compile(
    rf"--[\w-]+|margin{_SIDE}|padding{_SIDE}|border{_SIDE}(-(width|style|color))?|border{_CORNER}-radius"
    r"|border-(collapse|spacing)|color|background(-(color|image|position|size|repeat|clip|origin))?|opacity|box-shadow"
    r"|font(-(family|size|style|weight|stretch|kerning|variant(-(numeric|caps|ligatures))?|feature-settings))?"
    r"|line-height|letter-spacing|word-spacing|word-break|line-break|white-space|overflow-wrap|hyphens|tab-size|quotes"
    r"|text-(align(-last)?|decoration(-(line|style|color|thickness))?|underline-offset|transform|indent|wrap|shadow)"
    r"|vertical-align|direction|content|display|float|clear|box-sizing|(min-|max-)?(width|height|inline-size|block-size)"
    r"|overflow|object-(fit|position)|aspect-ratio|list-style(-(type|position))?|table-layout|caption-side|empty-cells"
    r"|flex(-(direction|wrap|flow|grow|shrink|basis))?|order|gap|(row|column)-gap|(align|justify|place)-(items|content|self)"
    r"|grid(-(template(-(columns|rows|areas))?|auto-(columns|rows|flow)|column|row|area))?|columns?(-(count|width|rule))?"
    r"|(page-)?break-(before|after|inside)|orphans|widows|print-color-adjust|accent-color"
)
_ALLOWED_FUNCTIONS = frozenset(
    ("rgb", "rgba", "hsl", "hsla", "var", "linear-gradient", "repeat", "minmax", "fit-content")
)
_PIXELS = {
    **dict.fromkeys(("rem", "em", "ch", "ex", "pc", "vw", "vh", "vi", "vb"), 16.0),
    **{"px": 1.0, "pt": 1.34, "mm": 3.78, "cm": 37.8, "in": 96.0, "q": 0.95, "fr": 1.0, "deg": 1.0, "turn": 1.0},
}
_MOST_PIXELS = 2000

_NO_PROPERTY = "{said} is not one of the properties a letterhead can set; they are about looks, not about positions"
_NO_VALUE = "{said} is not allowed in a style: a value holds words, numbers, colours, var() and data pictures"
_NO_SIZE = "{said} is no size for a page: at most {most} pixels, in px, pt, mm, em, rem, vw or %"
_NO_DECLARATION = "this is no declaration; write `name: value;`"


def find_declaration_faults(declaration: Any) -> Iterator[tuple[Any, str, Mapping[str, Any]]]:
    """What is wrong with a declaration: the token, the sentence, and its facts."""
    if declaration.type != "declaration":
        yield declaration, _NO_DECLARATION, {}
    elif not _ALLOWED_PROPERTIES.fullmatch(declaration.lower_name):
        yield declaration, _NO_PROPERTY, {"said": declaration.name}
    else:
        large = declaration.lower_name.endswith("radius")
        yield from _find_token_faults(declaration.value, large)


def _find_token_faults(tokens: Iterable[Any], large: bool) -> Iterator[tuple[Any, str, Mapping[str, Any]]]:
    for token in tokens:
        match token.type:
            case "whitespace" | "ident" | "string" | "hash":
                continue
            case "literal" if token.value in ",/":
                continue
            case "number" | "percentage" | "dimension":
                if not large and not _fits_page(token):
                    yield token, _NO_SIZE, {"said": token.serialize(), "most": _MOST_PIXELS}
            case "url":
                if fault := find_address_fault(token.value):
                    yield token, *fault
            case "function" if token.lower_name == "url":
                if fault := find_address_fault(_read_quoted_address(token.arguments)):
                    yield token, *fault
            case "function" if token.lower_name in _ALLOWED_FUNCTIONS:
                yield from _find_token_faults(token.arguments, large)
            case _:
                yield token, _NO_VALUE, {"said": _quote_token(token)}


def _fits_page(token: Any) -> bool:
    pixels = _PIXELS.get(token.lower_unit) if token.type == "dimension" else 1.0
    return pixels is not None and abs(token.value) * pixels <= _MOST_PIXELS


def _read_quoted_address(arguments: Iterable[Any]) -> str:
    """The one text in `url("…")`; empty where there is something else."""
    inside = [part for part in arguments if part.type != "whitespace"]
    return str(inside[0].value) if len(inside) == 1 and inside[0].type == "string" else ""


def _quote_token(token: Any) -> str:
    return f"{token.name}(" if token.type == "function" else str(token.serialize())
