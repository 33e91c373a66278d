"""The one colour of ours that a letterhead may change, that of links: only to one that can be read on our paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LINK_COLOUR = "--link"
OUR_PAPER = ("--paper", "--wash")
DARK = "screen and (prefers-color-scheme: dark)"
MEDIA = ("", DARK, "print")
"""Where `:root` may set it: everywhere, in the dark, on paper."""

_LEAST_CONTRAST = 4.5
"""As accessible pages have it (WCAG 2.2, success criterion 1.4.3)."""

_HEX_COLOUR = re.compile("#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_NOT_READABLE = "{said} can hardly be read on our paper, {paper}; take a colour with more contrast, such as #123abc"


class LinkColours:
    """What a letterhead sets, by medium."""

    def __init__(self, our_style: str) -> None:
        names = (LINK_COLOUR, *OUR_PAPER)
        found = {name: re.findall(rf"{name}:\s*(#\w+)", our_style) for name in names}
        self._ours = {"": {n: found[n][0] for n in names}, DARK: {n: found[n][1] for n in names}}
        self._own: dict[str, str] = {}

    def set_colour(self, medium: str, colour: str) -> tuple[str, Mapping[str, Any]] | None:
        """Takes a colour over; or says what is wrong with it, and the facts of the sentence."""
        ours = self._ours[DARK if medium == DARK else ""]
        for paper in (ours[name] for name in OUR_PAPER):
            if not _HEX_COLOUR.fullmatch(colour) or _measure_contrast(colour, paper) < _LEAST_CONTRAST:
                return _NOT_READABLE, {"said": colour, "paper": paper}
        self._own[medium] = colour
        return None

    def write_rules(self) -> str:
        """The colours in the order in which they hold; a colour for the light leaves ours in the dark."""
        own = dict(self._own)
        if "" in own:
            own.setdefault(DARK, self._ours[DARK][LINK_COLOUR])
        rules = {medium: f":root{{{LINK_COLOUR}:{own[medium]}}}" for medium in MEDIA if medium in own}
        return "".join(f"@media {medium}{{{rule}}}" if medium else rule for medium, rule in rules.items())


def _measure_contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_measure_luminance(one), _measure_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _measure_luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
