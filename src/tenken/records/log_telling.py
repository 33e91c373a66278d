"""A log in words: who changed what, when and from what; and what was done so that a record fits its log again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.messages.message_catalog import phrase
from tenken.records.answer_log import LogEntry, LogEvent, LoggedKind, is_well_formed
from tenken.records.files_beside import find_log_path
from tenken.records.log_reading import LogReading, read_log_entries
from tenken.rules.library import shorten_state

_WORDS: Mapping[str, str] = {
    LogEvent.BEGUN: "log begun",
    LogEvent.SAVED: "answers saved",
    LogEvent.SIGNED: "signed off",
    LogEvent.OUTSIDE: "changed outside tenken",
    LogEvent.JOINED: "two copies joined",
}
_ASIDE = ("by", "at")
"""What an answer says of itself and its entry says already."""


def list_log_lines(record_path: Path, id: str = "") -> Iterator[str]:
    """Each entry and below it what it changed; only what concerns one answer or line, if that is named.

    Raises `Problems` at the first entry that does not hold, or if nothing concerns what was named.
    """
    reading, path = LogReading(), find_log_path(record_path)
    names: set[str] = set()
    found = False
    for entry in read_log_entries(path, reading):
        if not is_well_formed(entry):
            raise Problems(Problem(Place(str(path), len(reading.digests)), "tenken writes no such entry"))
        names.update(change["name"] for change in entry["changes"])
        changes = [change for change in entry["changes"] if id in ("", change["name"])]
        if changes or not id:
            found = True
            yield _render_entry_line(entry)
            yield from (f"    {_render_change(change)}" for change in changes)
    if trouble := reading.trouble:
        text = "the first entry that does not hold: {says}"
        raise Problems(Problem(Place(str(path), trouble.line), text, {"says": trouble.says}))
    if id and not found:
        facts = {"id": id, "hint": suggest_instead(id, names)}
        raise Problems(Problem(Place(str(path)), "nothing in the log is about {id}; {hint}", facts))


def _render_entry_line(entry: LogEntry) -> str:
    at = entry["at"].replace("T", " ").replace("Z", " UTC")
    what = phrase(_WORDS.get(entry["what"], entry["what"]))
    return "  ".join(part for part in (str(entry["number"]), at, entry["by"], what) if part)


def _render_change(change: Mapping[str, Any]) -> str:
    old, new = change.get("from"), change.get("to")
    name = change["name"]
    if change["kind"] == LoggedKind.RULES:
        then, now = (state and shorten_state(state) for state in (old, new))
        return f"{phrase('rules {id}', id=name)}: {_render_turn(then, now)}"
    if change["kind"] not in (LoggedKind.QUESTION, LoggedKind.EARLIER):
        return f"{name}: {_render_turn(old, new)}"
    was, becomes = old or {}, new or {}
    keys = [key for key in dict.fromkeys((*was, *becomes)) if was.get(key) != becomes.get(key) and key not in _ASIDE]
    turns = (_render_detail(key, was.get(key), becomes.get(key)) for key in keys)
    return f"{name}: {'; '.join(turns) or phrase('confirmed')}"


def _render_detail(key: str, old: object, new: object) -> str:
    if key == "proposed" and isinstance(new, dict):
        facts = {name: new.get(name, "?") for name in ("source", "because", "rests_on")}
        return phrase("taken over from {source}: {because} (to be seen in: {rests_on})", **facts)
    return _render_turn(old, new) if key == "answer" else f"{key} {_render_turn(old, new)}"


def _render_turn(old: object, new: object) -> str:
    if old is None:
        return _render_value(new)
    if isinstance(old, list) and isinstance(new, list) and not _is_list_of_words(old + new):
        gone = (f"{_render_value(item)} → {phrase('taken out')}" for item in old if item not in new)
        return "; ".join((*gone, *(_render_value(item) for item in new if item not in old)))
    return f"{_render_value(old)} → {phrase('taken out') if new is None else _render_value(new)}"


def _render_value(value: object) -> str:
    if isinstance(value, list):
        return (", " if _is_list_of_words(value) else "; ").join(map(_render_value, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_render_value(item)}" for key, item in value.items())
    return str(value)


def _is_list_of_words(value: list[object]) -> bool:
    return all(isinstance(item, str) for item in value)


def list_settled_lines(settled: Iterable[LogEntry]) -> Iterator[str]:
    """What was done before anything else so that a record and its log say the same."""
    for entry in settled:
        names = ", ".join(dict.fromkeys(str(change["name"]) for change in entry["changes"]))
        if entry["what"] == LogEvent.OUTSIDE:
            yield phrase("Changed outside tenken, and logged as that: {names}", names=names or "log")
        elif entry["what"] == LogEvent.JOINED:
            yield phrase("The log had two ends, as two copies put together have; an entry joins them.")
            if names:
                text = "Other than one of the copies says, the record has: {names}. Look whether that is meant"
                yield phrase(text, names=names)
        else:
            yield phrase("The last save was interrupted, and is completed from the log: {names}", names=names)
