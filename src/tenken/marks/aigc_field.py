"""The AIGC field: a JSON object of seven texts that says of a file that a model made it, or may have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from tenken.files.frozen_classes import Frozen

_LABEL, _PRODUCER, _NUMBER = "Label", "ContentProducer", "ProduceID"
_PROPAGATOR, _PROPAGATOR_NUMBER = "ContentPropagator", "PropagateID"
AIGC_KEYS = (_LABEL, _PRODUCER, _NUMBER, "ReservedCode1", _PROPAGATOR, _PROPAGATOR_NUMBER, "ReservedCode2")
_NEEDED_KEYS = (_LABEL, _PRODUCER, _NUMBER)
_LABELS = ("1", "2", "3")
_USUAL_CHARACTERS = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]*")


class AigcState(StrEnum):
    """How complete an AIGC field is."""

    NONE = "none"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"


class AigcField(Frozen):
    """The AIGC field of a file; `missing` are the keys it lacks or leaves empty, `doubts` what is odd but no fault."""

    state: str = AigcState.NONE.value
    count: int = 0
    places: tuple[str, ...] = ()
    fields: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.fields.get(_LABEL, "")

    @property
    def is_label_known(self) -> bool:
        return self.label in _LABELS

    @property
    def has_what_is_needed(self) -> bool:
        """Whether it says that a model made the content, or may have, who is behind it, and which number it has."""
        return self.is_label_known and all(self.fields.get(key, "").strip() for key in _NEEDED_KEYS)

    @property
    def is_of_first_writing(self) -> bool:
        """Whether who passes the content on is still who made it."""
        pairs = ((_PRODUCER, _PROPAGATOR), (_NUMBER, _PROPAGATOR_NUMBER))
        return all(self.fields.get(made) and self.fields.get(made) == self.fields.get(passed) for made, passed in pairs)

    def list_origin(self) -> dict[str, str]:
        """What it tells of the origin of a file, if it says at all that a model may have made it."""
        if not self.is_label_known:
            return {}
        told = {"provider_name": self.fields.get(_PRODUCER, ""), "unique_id": self.fields.get(_NUMBER, "")}
        return {name: value for name, value in told.items() if value.strip()}


def judge_aigc_texts(texts: Iterable[tuple[str, str]]) -> AigcField:
    """The field of a file that may hold several: the most complete one, and whether the others say the same."""
    found = [_judge_text(place, text) for place, text in texts]
    if not found:
        return AigcField()
    order = (AigcState.COMPLETE, AigcState.INCOMPLETE, AigcState.INVALID)
    best = min(found, key=lambda field: order.index(AigcState(field.state)))
    places = tuple(dict.fromkeys(place for field in found for place in field.places))
    disagree = len({json.dumps(dict(field.fields), sort_keys=True) for field in found}) > 1
    doubts = (*best.doubts, *(("disagree",) if disagree else ()))
    return AigcField(best.state, len(found), places, best.fields, best.missing, doubts)


def _judge_text(place: str, text: str) -> AigcField:
    held = _parse_object(text)
    if held is None:
        return AigcField(AigcState.INVALID.value, 1, (place,))
    fields = {key: _tell_value(held[key]) for key in AIGC_KEYS if key in held}
    missing = [key for key in AIGC_KEYS if key not in fields]
    missing += [key for key in _NEEDED_KEYS if key in fields and not fields[key].strip()]
    has_label = bool(fields.get(_LABEL, "").strip())
    state = AigcState.INCOMPLETE if missing else AigcState.COMPLETE
    if has_label and fields[_LABEL] not in _LABELS:
        state = AigcState.INVALID
    return AigcField(state.value, 1, (place,), fields, tuple(missing), tuple(_list_doubts(held, fields)))


def _parse_object(text: str) -> dict[str, Any] | None:
    """The object, freed of one that holds nothing but it under the name AIGC."""
    for _ in range(3):
        try:
            held = json.loads(text.strip("\ufeff\0 \r\n\t"))
        except (ValueError, RecursionError):
            return None
        if not isinstance(held, dict):
            return None
        wrapped = next((value for key, value in held.items() if "AIGC" in key), None)
        if isinstance(wrapped, dict):
            return wrapped
        if not isinstance(wrapped, str):
            return held if wrapped is None else None
        text = wrapped
    return None


def _tell_value(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _list_doubts(held: Mapping[str, Any], fields: Mapping[str, str]) -> Iterable[str]:
    if any(key in held and not isinstance(held[key], str) for key in AIGC_KEYS):
        yield "not_text"
    if any(not _USUAL_CHARACTERS.fullmatch(fields.get(key, "")) for key in (_PRODUCER, _NUMBER)):
        yield "unusual_characters"
    if any(key in fields and not fields[key].strip() for key in (_PROPAGATOR, _PROPAGATOR_NUMBER)):
        yield "no_propagator"
