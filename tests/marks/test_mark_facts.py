"""The facts of a file: what is not settled is unknown, and the page for authors lists all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tenken.files.shipped_files import find_shipped_folder
from tenken.marks.aigc_field import judge_aigc_texts
from tenken.marks.inspection import find_label_words, inspect_file, inspect_files
from tenken.marks.mark_facts import tell_facts
from tenken.marks.mark_judging import MarkOutcome, judge_file, list_mark_points
from tenken.marks.source_types import build_declaration
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.file_facts import FACT_WORDS
from tenken.rules.loading import list_shipped_checklists, load_library

SAMPLES = Path(__file__).parent / "samples"
WHOLE = (
    '{"Label":"1","ContentProducer":"a","ProduceID":"1","ReservedCode1":"",'
    '"ContentPropagator":"a","PropagateID":"1","ReservedCode2":""}'
)


@cache
def told() -> dict[str, Mapping[str, Any]]:
    """The facts of every sample."""
    paths = sorted(SAMPLES.iterdir())
    return {path.name: tell_facts(marks) for path, marks in zip(paths, inspect_files(paths), strict=True)}


def facts_of(name: str) -> dict[str, Any]:
    return {fact: said if len(said) > 1 else said[0] for fact, said in told()[name].items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jpg-c2pa-ai.jpg", {"declares_ai": "yes", "declared_in": "c2pa", "intact": "yes", "signed": "yes"}),
        ("jpg-c2pa-ai.jpg", {"time_stamped": "no", "tells_version": "yes", "tells_how": "yes", "medium": "image"}),
        ("jpg-c2pa-gathered.jpg", {"declares_ai": "yes", "signed": "gathered"}),
        ("jpg-c2pa-tampered.jpg", {"declares_ai": "yes", "intact": "no", "signed": "no", "tells_system": UNSURE}),
        ("jpg-c2pa-camera.jpg", {"declares_ai": "no", "intact": "yes", "signed": "no"}),
        ("jpg-c2pa-ai-in-ingredient.jpg", {"declares_ai": "yes", "declared_in": "c2pa_ingredient"}),
        ("jpg-c2pa-remote-only.jpg", {"declares_ai": UNSURE, "intact": "none", "aigc": "none"}),
        ("jpg-c2pa-sidecar.jpg", {"declares_ai": UNSURE}),
        ("jpg-xmp-dst.jpg", {"declares_ai": "yes", "declared_in": "iptc", "intact": "none", "signed": "no"}),
        ("jpg-xmp-unknown-term.jpg", {"declares_ai": UNSURE}),
        ("jpg-aigc-label2.jpg", {"declares_ai": "maybe", "aigc": "complete", "aigc_needed": "yes"}),
        ("png-aigc-two-disagree.png", {"aigc_count": "several"}),
        ("jpg-aigc-nopropagator.jpg", {"aigc_propagator": "other"}),
        ("webp-all-three.webp", {"declared_in": ("c2pa", "iptc", "aigc")}),
        ("txt-c2pa-wrapper.txt", {"declares_ai": "yes", "intact": UNSURE, "signed": UNSURE}),
        ("png-string-only.png", {"declares_ai": "no", "declared_in": "none"}),
        ("html-meta.html", {"declares_ai": "no", "page_disclosure": "yes"}),
        ("txt-label-zh.txt", {"label_words": "both"}),
    ],
)
def test_the_facts_of_a_sample(name: str, expected: dict[str, Any]) -> None:
    facts = facts_of(name)
    assert {fact: facts[fact] for fact in expected} == expected


def facts_of_made(path: Path, content: bytes) -> Mapping[str, Any]:
    path.write_bytes(content)
    return tell_facts(inspect_file(path))


def test_what_was_not_read_settles_no_word(tmp_path: Path) -> None:
    long = b"plain words " * (800 << 10)
    cut = (8 << 20) // 12 * 12 + 4
    page = facts_of_made(tmp_path / "long.html", b"<!doctype html><p>" + long)
    assert page["page_disclosure"] == (UNSURE,)
    text = tmp_path / "long.txt"
    assert "label_words" not in facts_of_made(text, long)
    assert "label_words" not in facts_of_made(text, long[:cut] + "AI生成".encode() + long)
    assert facts_of_made(text, "AI生成".encode() + long)["label_words"] == ("both",)


def test_metadata_before_a_text_are_no_words_of_it(tmp_path: Path) -> None:
    front = f"---\nAIGC: {WHOLE}\ntitle: AI生成\n---\n".encode()
    facts = facts_of_made(tmp_path / "post.md", front + "话".encode() * 9)
    assert (facts["aigc"], facts["label_words"]) == (("complete",), ("none",))
    ruled = facts_of_made(tmp_path / "ruled.md", "---\nAI生成\n---\n".encode() + "话".encode() * 99)
    assert ruled["label_words"] == ("both",)


@pytest.mark.parametrize("name", ["jpg-truncated.jpg", "mp4-empty.mp4", "text-named.png"])
def test_nothing_is_known_of_a_file_that_cannot_be_read(name: str) -> None:
    assert facts_of(name) == {}


def test_every_fact_is_in_the_vocabulary_with_its_words() -> None:
    for name, facts in told().items():
        for fact, said in facts.items():
            assert {*said} <= {*FACT_WORDS[fact], UNSURE}, (name, fact)


def test_the_page_lists_the_facts_and_their_words() -> None:
    page = (find_shipped_folder("checklists") / "MARKS.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE)
    assert {fact: tuple(re.findall(r"`(\w+)`", words)) for fact, words in rows} == dict(FACT_WORDS)


@pytest.mark.parametrize("point", list_mark_points(load_library(list_shipped_checklists())), ids=lambda p: p.check.id)
def test_samples_show_each_point_met_and_not_found_and_unseen(point: Any) -> None:
    reached = {judge_file(point.test, facts) for facts in told().values()}
    wanted = {MarkOutcome.MET, MarkOutcome.NOT_FOUND, MarkOutcome.UNSEEN}
    if point.check.id.endswith("two_layers"):  # no sample has a time stamp, which an authority would have to give
        wanted.remove(MarkOutcome.MET)
    assert wanted <= reached


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (WHOLE, "complete"),
        ('{"AIGC":' + WHOLE + "}", "complete"),
        ('\ufeff{"AIGC": ' + '"' + WHOLE.replace('"', '\\"') + '"}', "complete"),
        (WHOLE.replace('"1"', "1", 1), "complete"),
        (WHOLE.replace('"Label":"1",', ""), "incomplete"),
        (WHOLE.replace('"ProduceID":"1"', '"ProduceID":" "'), "incomplete"),
        (WHOLE.replace('"Label":"1"', '"Label":"4"'), "invalid"),
        ("[" + WHOLE + "]", "invalid"),
        ("[" * 100_000, "invalid"),
        ("null", "invalid"),
        ("", "invalid"),
    ],
)
def test_an_aigc_field_is_complete_incomplete_or_invalid(text: str, state: str) -> None:
    assert judge_aigc_texts([("XMP", text)]).state == state


@pytest.mark.parametrize(
    ("said", "says_ai"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "yes"),
        (" https://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic ", "yes"),
        ("http://c2pa.org/digitalsourcetype/trainedAlgorithmicData", "yes"),
        ("https://schema.org/TrainedAlgorithmicMediaDigitalSource", "yes"),
        ("digsrctype:compositeWithTrainedAlgorithmicMedia", "yes"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", "no"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced", "no"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/composite", "maybe"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/madeByAi", "unknown_term"),
    ],
)
def test_four_terms_say_that_a_model_made_it(said: str, says_ai: str) -> None:
    assert build_declaration(said, "xmp").says_ai == says_ai


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("本文由人工智能生成。" + "话" * 500, "both"),
        ("话" * 500 + "（AI合成）", "both"),
        ("话" * 100 + "AI生成" + "话" * 100, "none"),
        ("AI" + "话" * 500, "some"),
        ("生成" + "话" * 500 + "AI", "some"),
        ("He said it was available " + "话" * 500 + "生成", "some"),
        ("He said it was available " + "话" * 500, "none"),
        ("话" * 500 + "（AIGC合成）", "both"),
        ("生成" + "话" * 61 + "AIR" + "话" * 500, "some"),
        ("话" * 100 + "Thai" + "话" * 60 + "生成", "some"),
        ("このテキストは生成AIによるものです。", "both"),
        ("", ""),
    ],
)
def test_words_of_a_label_stand_at_one_end(text: str, words: str) -> None:
    assert find_label_words(text) == words
