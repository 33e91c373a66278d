"""Text of others within Markdown."""

from __future__ import annotations

import re

_MARKDOWN_SPECIALS = r"^(\d+)([.)])(?=\s|$)|^([-+])|([\\`*_{}\[\]<>#|~!])"


def escape_markdown_line(text: str) -> str:
    """Text on one line that Markdown shows as it stands; nobody is called by an @ in it."""
    line = " ".join(text.split())
    return re.sub(_MARKDOWN_SPECIALS, r"\1\\\2\3\4", line).replace("&", "&amp;").replace("@", "&#64;")
