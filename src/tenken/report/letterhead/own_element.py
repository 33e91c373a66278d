"""Our element around whatever a letterhead fills in: it cannot leave it, and its style reaches no further."""

from __future__ import annotations

from collections.abc import Mapping

OWN_CLASS = "own"
STYLE_BLOCK = "style"

_TOGETHER = ("classification", "letterhead")
"""Blocks that stand side by side, and so in one element of ours."""

_STYLE = f".{OWN_CLASS}{{overflow:hidden}}@media screen{{.{OWN_CLASS}{{overflow:auto;max-height:300vh}}}}"
"""It is cut off at its edges, so that it covers nothing of ours, and is at most three screens high."""


def enclose_parts(parts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What fills the blocks of a page, each part in an element of ours, and the style with that of this element."""
    if not parts:
        return {}
    above = "".join(part for block in _TOGETHER for part in parts.get(block, ()))
    enclosed = {block: [_enclose(part) for part in those] for block, those in parts.items() if block not in _TOGETHER}
    style = "".join((_STYLE, *parts.get(STYLE_BLOCK, ())))
    return {**enclosed, _TOGETHER[0]: [_enclose(above)], STYLE_BLOCK: [style]}


def _enclose(part: str) -> str:
    return f'<div class="{OWN_CLASS}">{part}</div>' if part.strip() else ""
