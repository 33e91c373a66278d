"""JSON that is safe to look at: what would break or turn a line stands in it as an escape, and reads back the same."""

from __future__ import annotations

import json
import re
from typing import Any

_ESCAPED = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What JSON itself lets stand: control characters, those that turn the direction, and half a character."""


def render_plain_json(data: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return re.sub(_ESCAPED, lambda found: f"\\u{ord(found.group()):04x}", text)
