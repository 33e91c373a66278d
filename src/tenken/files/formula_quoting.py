"""Cells of a table in which no spreadsheet finds a formula, and the same texts as they were."""

from __future__ import annotations

import re

_SIGN = "[=+\\-@＝＋－＠]"
_BEFORE = r"[\s\ufeff\u200b\"']*"
_BEFORE_IN_LINE = r"[^\S\t\n]*(?:[\ufeff\u200b\"'][^\S\t\n]*)*"
_STARTS = rf"(?:^{{quote}}(?={_BEFORE}(?:\t|{_SIGN}))|(?<=[;\t\n]){{quote}}(?={_BEFORE_IN_LINE}{_SIGN}))"
_FORMULA_START = re.compile(_STARTS.format(quote=""))
"""Where a spreadsheet finds the beginning of a formula: in a cell, or within it where it separates cells otherwise."""
_QUOTED_START = re.compile(_STARTS.format(quote="'"))


def defuse_formula(cell: str) -> str:
    """A text that begins no formula: an apostrophe stands before each sign that would."""
    return _FORMULA_START.sub("'", cell)


def restore_formula(cell: str) -> str:
    """The text that was defused; any other as it is, unless an apostrophe stands where one would have been put."""
    return _QUOTED_START.sub("", cell)
