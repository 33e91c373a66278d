"""What a letterhead may not hold: where it stands in a fragment, what is wrong, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

LINK_ADDRESS = re.compile(r"(https?://|mailto:|#)[^\s\\]*", re.IGNORECASE)
"""Where a link of a letterhead may lead: nothing but these has a meaning of its own to a browser."""

LINK_LEADS_ELSEWHERE = "a link leads to http://, https://, mailto: or #, not to {said}"

WHOLE_BLOCK = -1
"""The offset of what is wrong with a block, and not with a place in it."""


class Refusal(NamedTuple):
    """One mistake at an offset of a fragment: a sentence with `{names}` for the facts."""

    offset: int
    text: str
    facts: Mapping[str, Any] = {}
