"""The program's own sentences: English in the code, other languages in a table keyed by the English."""

from __future__ import annotations

from collections.abc import Mapping

_table: Mapping[str, str] = {}


def phrase(text: str, **facts: object) -> str:
    """The sentence in the language in use, with `{names}` filled in."""
    return _table.get(text, text).format(**facts)
