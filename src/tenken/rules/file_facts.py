"""The facts of a file that the mark tests of checks may ask about, and the words that answer each."""

from __future__ import annotations

from collections.abc import Mapping

from tenken.rules.requirement import Choice, Prose, Question

_YES_NO = ("yes", "no")

FACT_WORDS: Mapping[str, tuple[str, ...]] = {
    "medium": ("image", "video", "audio", "document", "web_page", "text"),
    "declares_ai": ("yes", "maybe", "no"),
    "declared_in": ("c2pa", "c2pa_ingredient", "iptc", "aigc", "linked_data", "none"),
    "intact": ("yes", "no", "none"),
    "signed": ("yes", "gathered", "no"),
    "time_stamped": _YES_NO,
    "watermark_told": _YES_NO,
    "tells_provider": _YES_NO,
    "tells_system": _YES_NO,
    "tells_version": _YES_NO,
    "tells_time": _YES_NO,
    "tells_id": _YES_NO,
    "tells_how": _YES_NO,
    "aigc": ("complete", "incomplete", "invalid", "none"),
    "aigc_needed": _YES_NO,
    "aigc_count": ("one", "several", "none"),
    "aigc_propagator": ("same", "other", "none"),
    "page_disclosure": _YES_NO,
    "label_words": ("both", "some", "none"),
}
"""A fact that a file does not settle is unsure, and so is each fact of a file that cannot be read."""

SEVERAL_ANSWERS = ("declared_in",)


def _build_fact_question(name: str) -> Question:
    choices = {word: Choice(Prose(word)) for word in FACT_WORDS[name]}
    return Question(Prose(name), Prose(name), choices=choices, several=name in SEVERAL_ANSWERS, id=name)


FILE_FACTS: Mapping[str, Question] = {name: _build_fact_question(name) for name in FACT_WORDS}
"""The facts as questions, which conditions ask in the same way."""
