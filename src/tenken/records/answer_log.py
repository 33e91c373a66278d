"""The log of a record as it is written: what an entry holds, how its line is spelled, and what it makes of a record.

A line is canonical JSON: keys in the order of their letters, no spaces, UTF-8, a line feed at the end. An entry holds
the SHA-256 of the whole line before it, line feed included, so that none can be changed without all that follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from tenken.files.file_reading import digest_bytes
from tenken.files.yaml_writing import PlainValue
from tenken.records.record import Record
from tenken.records.record_text import build_long_data, render_moment

FIRST_BEFORE = ""
"""What the first entry holds for the digest of the line before it."""

LogEntry = Mapping[str, Any]
LogState = dict[tuple[str, str], PlainValue]
"""What a record says, apart from its log: under the kind and the name of each line or answer, what stands there."""


class LogEvent(StrEnum):
    """What an entry was written for."""

    BEGUN = "begun"
    SAVED = "saved"
    SIGNED = "signed"
    OUTSIDE = "changed outside tenken"
    JOINED = "joined"


class LoggedKind(StrEnum):
    """What changed: the answer to a question, one kept of older rules, the rules answered against, or another line."""

    QUESTION = "question"
    EARLIER = "earlier"
    RULES = "rules"
    LINE = "line"


_KINDS = {"answers": LoggedKind.QUESTION, "earlier": LoggedKind.EARLIER, "answered_against": LoggedKind.RULES}
_ALL_KINDS = frozenset(LoggedKind)
UNLOGGED = "log"
"""The key of a record that its log says nothing of, as it is about the log."""


def render_canonical(value: object) -> bytes:
    """The one way a value is spelled, by which two that say the same have the same digest."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # a record with half a character is refused before its log is written


def render_log_line(entry: LogEntry) -> bytes:
    return render_canonical(entry) + b"\n"


def is_well_formed(entry: LogEntry) -> bool:
    """Whether an entry holds what tenken writes; of one that somebody else wrote, a digest alone says nothing."""
    said = all(isinstance(entry.get(key), str) for key in ("at", "by", "rules", "what"))
    said = said and type(entry["number"]) is int
    return said and all(map(_is_well_formed_change, entry["changes"]))


def _is_well_formed_change(change: Mapping[str, Any]) -> bool:
    kind, states = change["kind"], [change[key] for key in ("from", "to") if key in change]
    wanted = dict if kind in (LoggedKind.QUESTION, LoggedKind.EARLIER) else (str, list, dict)
    return kind in _ALL_KINDS and isinstance(change["name"], str) and all(isinstance(item, wanted) for item in states)


def build_log_state(record: Record) -> LogState:
    state: LogState = {}
    for key, value in build_long_data(record).items():
        kind = _KINDS.get(key)
        if kind is not None:
            assert isinstance(value, dict)
            state.update(((kind, name), item) for name, item in value.items())
        elif key != UNLOGGED:
            state[LoggedKind.LINE, key] = value
    return state


def build_state_data(state: LogState) -> dict[str, PlainValue]:
    """A state as the data of a record."""
    parts: dict[str, dict[str, PlainValue]] = {}
    for (kind, name), value in state.items():
        parts.setdefault(kind, {})[name] = value
    lines = parts.get(LoggedKind.LINE, {})
    return {**lines, **{key: {**parts[kind]} for key, kind in _KINDS.items() if kind in parts}}


def list_log_changes(old: LogState, new: LogState) -> list[dict[str, PlainValue]]:
    """What stands otherwise in two states of a record: kind, name, and what it was and is if it was or is there."""
    keys = (key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key))
    return [_build_log_change(key, old, new) for key in keys]


def _build_log_change(key: tuple[str, str], old: LogState, new: LogState) -> dict[str, PlainValue]:
    was = {"from": old[key]} if key in old else {}
    becomes = {"to": new[key]} if key in new else {}
    return {"kind": str(key[0]), "name": key[1], **was, **becomes}


def apply_log_changes(state: LogState, changes: Iterable[Mapping[str, Any]]) -> bool:
    """Makes of a state what it was after these changes; whether each says of what was there that it was so."""
    fits = True
    for change in changes:
        key = (change["kind"], change["name"])
        if state.get(key) != change.get("from"):
            fits = False
        if "to" in change:
            state[key] = change["to"]
        else:
            state.pop(key, None)
    return fits


def revert_log_changes(state: LogState, changes: Iterable[Mapping[str, Any]]) -> LogState:
    """The state as it was before these changes."""
    before = dict(state)
    for change in changes:
        key = (change["kind"], change["name"])
        before.pop(key, None)
        if "from" in change:
            before[key] = change["from"]
    return before


def build_log_entry(
    what: str, changes: list[dict[str, PlainValue]], record: Record, at: datetime | None, by: str = ""
) -> dict[str, Any]:
    """An entry that has no place in a log yet; of a save, `by` is whoever gave all the answers in it."""
    givers = {giver for change in changes for giver in _find_giver(change)} if what == LogEvent.SAVED else set()
    return {
        "what": what,
        "at": render_moment(at) if at else "",
        "by": by or (givers.pop() if len(givers) == 1 else ""),
        "changes": changes,
        "rules": digest_bytes(render_canonical(dict(record.answered_against))),
    }


def _find_giver(change: Mapping[str, Any]) -> Iterator[str]:
    if change["kind"] == LoggedKind.QUESTION and "to" in change:
        yield change["to"].get("by", "")
