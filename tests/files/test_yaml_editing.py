"""Editing keeps every comment and every untouched byte, whatever the layout, and says what is meant."""

from __future__ import annotations

import json
import os
import re
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.yaml_layouts import SHORT, list_entry_texts, write_layout
from tenken.files.strict_yaml import parse_yaml, unwrap_node
from tenken.files.yaml_editing import edit_yaml
from tenken.files.yaml_layout import YamlLayout
from tenken.files.yaml_writing import PlainValue

WORDS = st.sampled_from(
    ["eu", "yes", "it's", "a b", "x: y", "a # b", "- x", "[a", "a, b", "日本", "😀", '"', " a", "|", "a\nb", "a\n\nb\n",
     "a\nb\n\n", "x" * 130 + " y", ("long words " * 12).strip()]
)  # fmt: skip
ITEMS = st.fixed_dictionaries({"at": WORDS}, optional={"shows": WORDS, "on": WORDS})
ANSWERS = st.fixed_dictionaries(
    {SHORT: WORDS | st.lists(st.sampled_from(["eu", "us", "cn", "jp"]), min_size=2, max_size=3, unique=True)},
    optional={"by": WORDS, "note": WORDS, "evidence": st.lists(ITEMS, min_size=1, max_size=3)},
)
NAMED = st.dictionaries(st.sampled_from(["where", "b.c", "d", "e-1", "f"]), ANSWERS, max_size=4)
CONTENTS = st.fixed_dictionaries(
    {"tenken": st.just("1"), "system": WORDS, "answers": NAMED},
    optional={"status": WORDS, "signed_off": ITEMS, "earlier": NAMED.filter(bool)},
)


@st.composite
def changed_contents(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two states of a content; the second has most of the first."""
    old, other = draw(CONTENTS), draw(CONTENTS)
    return old, _mix(draw, old, other)


def _mix(draw: Any, old: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    mixed = {}
    for key in dict.fromkeys((*old, *other)):
        what = draw(st.sampled_from(["old", "old", "mixed", "other"]))
        if isinstance(old.get(key), dict) and isinstance(other.get(key), dict) and what == "mixed":
            mixed[key] = _mix(draw, old[key], other[key])
        elif isinstance(old.get(key), list) and isinstance(other.get(key), list) and what == "mixed":
            mixed[key] = draw(st.permutations([*old[key], *other[key]])) if key != SHORT else other[key]
        elif key in (other if what == "other" else old):
            mixed[key] = (other if what == "other" else old)[key]
        elif key in ("tenken", "system", "answers", SHORT, "at"):
            mixed[key] = (old if key in old else other)[key]
    return mixed


def read_back(text: str) -> Any:
    """What a text says, in which no answer and no list is short."""
    content = unwrap_node(parse_yaml(text.replace("\t", " ").encode(), ""))
    for key in ("answers", "earlier"):
        for id, said in content.get(key, {}).items():
            long = said if isinstance(said, dict) else {SHORT: said}
            if isinstance(long[SHORT], list) and len(long[SHORT]) == 1:
                long[SHORT] = long[SHORT][0]
            if isinstance(long.get("evidence"), dict):
                long["evidence"] = [long["evidence"]]
            content[key][id] = long
    return content


def list_comments(text: str) -> list[str]:
    return sorted(YamlLayout(text).list_comments(0, len(text)))


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@settings(max_examples=int(os.environ.get("TENKEN_LAYOUTS", "200")), deadline=None)
@given(changed_contents(), st.integers(0, 1 << 32))
def test_an_edit_says_what_is_meant_and_keeps_all_else(
    contents: tuple[dict[str, PlainValue], dict[str, PlainValue]], seed: int
) -> None:
    old, new = contents
    text = write_layout(old, Random(seed))
    assume(read_back(text) == old)  # not if lone CR and LF came together
    assert edit_yaml(text, old, old, SHORT) == text
    edited = edit_yaml(text, old, new, SHORT)
    assert read_back(edited) == new
    assert list_comments(edited) == list_comments(text)
    assert is_json(edited) or not is_json(text)
    before, after = list_entry_texts(text), list_entry_texts(edited)
    for path, written in before.items():
        if _find(old, path) == _find(new, path) is not None and after.get(path) != written:
            assert _squeeze(after[path]) == _squeeze(written), path
            assert len(path) > 2, path  # inside a short answer that was written out, which moves its lines


def _find(content: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("a:\n  answer: {x: yes, z: no} # A\n", {"x": "yes", "z": "no"}, {"x": "yes", "z": "unsure"},
         "a:\n  answer: {x: yes, z: unsure} # A\n"),
        ("a:\n  answer:\n    x: 'yes' # X\n    y: no # Y\n", {"x": "yes", "y": "no"}, {"x": "yes", "z": "no"},
         "a:\n  answer:\n    x: 'yes' # X\n    z: no\n    # Y\n"),
        ("a:\n  answer: [x, # X\n    y] # Y\n", ["x", "y"], {"x": "yes", "y": "no"},
         "a:\n  # X\n  # Y\n  answer:\n    x: yes\n    y: no\n"),
        ("a: [x, y] # Y\n", ["x", "y"], {"x": "yes", "y": "no"}, "# Y\na:\n  answer:\n    x: yes\n    y: no\n"),
        ("a: x # X\n", "x", {"x": "yes", "y": "no"}, "# X\na:\n  answer:\n    x: yes\n    y: no\n"),
        ('{"a": {"answer": "x"}}', "x", {"x": "yes"}, '{"a": {"answer": {"x": "yes"}}}'),
        ("a:\n  answer: {x: yes} # X\n", {"x": "yes"}, ["x", "y"], "a:\n  answer: [x, y] # X\n"),
    ],
)  # fmt: skip
def test_values_of_any_kind_take_the_place_of_others(
    text: str, old: PlainValue, new: PlainValue, expected: str
) -> None:
    edited = edit_yaml("kept: 1\n" + text if text[0] != "{" else text, {"a": {SHORT: old}}, {"a": {SHORT: new}}, SHORT)
    assert edited.removeprefix("kept: 1\n") == expected
