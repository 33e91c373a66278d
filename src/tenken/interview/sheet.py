"""The lines of a card in a terminal of some size; what draws them is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tenken.interview.card import Card, Key, key_names
from tenken.lines import apart, width, wrap
from tenken.phrases import phrase
from tenken.terminal import safe

RULE = "─"
_MOST, _FEWEST = 12, 7
"""Up to how many rows of choices are to be seen at once; of a longer list, which scrolls anyway, how many at least."""
_KEYS_BY_USE = (Key.KEYS, Key.WHY, Key.BACK, Key.SKIP, Key.LEAVE, Key.NOTE, Key.EVIDENCE, Key.REVIEW)


def titles(card: Card, columns: int) -> list[str]:
    """The choices, each with the digit that takes it, wrapped to hang from the pointer and the tick before them."""
    indent = " " * (5 if card.several else 3)
    return [
        f"\n{indent}".join(wrap(safe(option.label), columns - len(indent), "  ", f"{number} " if number < 10 else "  "))
        for number, option in enumerate(card.options, start=1)
    ]


@lru_cache(maxsize=64)
def parts(card: Card, pointed_at: int, warning: str, columns: int, rows: int) -> Mapping[str, list[str]]:
    """The lines around the choices; in a low terminal the least needed give way, so that choices stay in sight."""
    around = {
        "gap": [""],
        "head": _head(card, columns) if card.section else [],
        "ask": [*wrap(safe(card.ask), columns), ""],
        "why": wrap(card.why, columns) if card.why else [],
        "source": [*wrap(card.source, columns), ""] if card.source else [],
        "suggestion": [*wrap(safe(card.suggestion), columns), ""] if card.suggestion else [],
        "means": _meaning(card, pointed_at, warning, columns),
        "keys": ["", _key_line(card, columns)],
    }
    choices = "\n".join(titles(card, columns)).count("\n") + 1
    wanted = choices if choices <= _MOST else _FEWEST
    for name in ("gap", "why", "source", "means", "head"):
        if sum(map(len, around.values())) + wanted <= rows:
            break
        around[name] = []
    return around


def _head(card: Card, columns: int) -> list[str]:
    subject = wrap(safe(card.subject), columns) if card.subject else []
    return [*apart(card.section, card.progress, columns), *subject, RULE * columns]


def _meaning(card: Card, pointed_at: int, warning: str, columns: int) -> list[str]:
    """What the pointed choice means, or a warning, always in as many lines as the longest meaning needs."""
    meanings = [wrap(safe(option.means), columns) if option.means else [] for option in card.options]
    shown = wrap(warning, columns) if warning else meanings[pointed_at]
    most = max(map(len, [shown, *meanings]))
    return ["", *shown, *[""] * (most - len(shown))] if most else []


def _key_line(card: Card, columns: int) -> str:
    """As many of the keys as fit in one line, the most useful first; `?` lists them all."""
    names = key_names()
    hints = [phrase("Space ticks"), phrase("Enter next")] if card.several else []
    hints += [phrase("↑↓ more")] if len(card.options) > _MOST else []
    wanted = [f"{key} {names[key]}" for key in _KEYS_BY_USE if key in card.keys]
    kept: list[str] = []
    for hint in (*hints, *wanted):
        if width("  ".join((*kept, hint))) <= columns:
            kept.append(hint)
    return "  ".join(hint for hint in (*hints, *(f"{key} {names[key]}" for key in card.keys)) if hint in kept)
