"""The facts of a file, in the words that mark tests ask for; what is not settled is unsure, and so never a no."""

from __future__ import annotations

from collections.abc import Mapping

from tenken.marks.aigc_field import AigcState
from tenken.marks.file_marks import FileMarks
from tenken.marks.source_types import SaysAi
from tenken.rules.answer_kinds import UNSURE, AnswerValue
from tenken.rules.requirement import MET, NOT_MET

_Words = str | tuple[str, ...]
_FactWords = dict[str, _Words]
_NO_SUCH_MARK = "none"
_FACTS_OF_ORIGIN = {
    "tells_provider": "provider_name",
    "tells_system": "system_name",
    "tells_version": "system_version",
    "tells_time": "time_date",
    "tells_id": "unique_id",
    "tells_how": "created_or_altered",
}
ORIGIN_FIELDS = tuple(_FACTS_OF_ORIGIN.values())
_WORDS_OF_PLACES = {
    "c2pa": "c2pa",
    "c2pa-text": "c2pa",
    "c2pa-ingredient": "c2pa_ingredient",
    "xmp": "iptc",
    "json-ld": "linked_data",
}


def tell_facts(marks: FileMarks) -> Mapping[str, AnswerValue]:
    """The facts of a file; of one that cannot be read, none."""
    if marks.unreadable:
        return {}
    return {fact: said if isinstance(said, tuple) else (said,) for fact, said in _tell_each_fact(marks).items()}


def _tell_each_fact(marks: FileMarks) -> _FactWords:
    return {
        "medium": marks.medium,
        "declares_ai": _tell_declares_ai(marks),
        "declared_in": _tell_places(marks),
        **_tell_manifest_facts(marks),
        **{fact: _tell_origin_fact(marks, field) for fact, field in _FACTS_OF_ORIGIN.items()},
        **_tell_aigc_facts(marks),
        "page_disclosure": _tell_page_disclosure(marks),
        **({"label_words": marks.words} if marks.medium == "text" and marks.words else {}),
    }


def is_more_possible(marks: FileMarks) -> bool:
    """Whether a mark may be where nobody looked: in a store not checked, elsewhere, or in what was not read."""
    return (
        marks.credentials.is_open or bool(marks.remote_links or marks.not_read) or marks.sidecar.state != _NO_SUCH_MARK
    )


def _say(holds: bool) -> str:
    return MET if holds else NOT_MET


def _say_found(marks: FileMarks, holds: bool) -> str:
    return MET if holds else UNSURE if is_more_possible(marks) else NOT_MET


def _tell_declares_ai(marks: FileMarks) -> str:
    said = {each.says_ai for each in marks.declarations}
    if SaysAi.YES in said or (marks.aigc.is_label_known and marks.aigc.label == "1"):
        return MET
    if SaysAi.MAYBE in said or marks.aigc.is_label_known:
        return SaysAi.MAYBE.value
    return UNSURE if is_more_possible(marks) or SaysAi.UNKNOWN_TERM in said else NOT_MET


def _tell_places(marks: FileMarks) -> _Words:
    places = [_WORDS_OF_PLACES[each.place] for each in marks.declarations if each.says_ai == SaysAi.YES]
    places += ["aigc"] if marks.aigc.is_label_known else []
    return tuple(dict.fromkeys(places)) or (UNSURE if is_more_possible(marks) else _NO_SUCH_MARK)


def _tell_manifest_facts(marks: FileMarks) -> _FactWords:
    told = marks.credentials
    signed = [each for each in told.declarations if each.says_ai == SaysAi.YES and each.verified]
    vouched = any(each.vouched for each in signed)
    how = UNSURE if told.is_open else NOT_MET
    if told.is_intact and signed:
        how = MET if vouched else "gathered"
    intact = MET if told.is_intact else NOT_MET if told.is_broken else UNSURE if told.is_open else _NO_SUCH_MARK
    return {
        "intact": intact,
        "signed": how,
        "time_stamped": _say_checked(marks, bool(told.time_stamp)),
        "watermark_told": _say_checked(marks, told.tells_watermark),
    }


def _say_checked(marks: FileMarks, holds: bool) -> str:
    """Of what only a manifest that was checked can say."""
    return UNSURE if marks.credentials.is_open else _say(marks.credentials.is_intact and holds)


def _tell_origin_fact(marks: FileMarks, field: str) -> str:
    if field not in marks.origin and field in marks.origin_unverified:
        return UNSURE
    return _say_found(marks, field in marks.origin)


def _tell_page_disclosure(marks: FileMarks) -> str:
    holds = any(said not in ("", _NO_SUCH_MARK) for said in marks.page_disclosures)
    return UNSURE if marks.not_read and not holds else _say(holds)


def _tell_aigc_facts(marks: FileMarks) -> _FactWords:
    field = marks.aigc
    if field.state == AigcState.NONE:
        nothing = UNSURE if marks.not_read else _NO_SUCH_MARK
        needed = UNSURE if marks.not_read else NOT_MET
        return {"aigc": nothing, "aigc_needed": needed, "aigc_count": nothing, "aigc_propagator": nothing}
    return {
        "aigc": field.state,
        "aigc_needed": _say(field.has_what_is_needed),
        "aigc_count": "one" if field.count == 1 else "several",
        "aigc_propagator": "same" if field.is_of_first_writing else "other",
    }
