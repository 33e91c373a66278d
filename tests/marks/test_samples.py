"""Every sample file is read as its index says: the state of its manifest, what it declares, its fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenken.marks.file_marks import FileMarks
from tenken.marks.inspection import inspect_files
from tenken.marks.source_types import SaysAi, SourceDeclaration, build_declaration

SAMPLES = Path(__file__).parent / "samples"
INDEX: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "samples.yaml").read_text("utf-8"))["files"]
NAMES = [entry["file"] for entry in INDEX]


@cache
def inspected(trust: str = "") -> dict[str, FileMarks]:
    return dict(zip(NAMES, inspect_files([SAMPLES / name for name in NAMES], trust), strict=True))


def fields_of(origin: Mapping[str, str]) -> list[str]:
    return sorted(name.removesuffix("_name") if name == "provider_name" else name for name in origin)


def declared_by(marks: FileMarks) -> SourceDeclaration | None:
    """The source type that counts: one that says AI before any other."""
    return min(marks.declarations, key=lambda each: list(SaysAi).index(SaysAi(each.says_ai)), default=None)


def places_of(marks: FileMarks) -> str:
    declared = declared_by(marks)
    places = sorted({each.place for each in marks.declarations if declared and each.says_ai == declared.says_ai})
    return "+".join(places) or "none"


@pytest.mark.parametrize("entry", INDEX, ids=NAMES)
def test_a_sample_is_read_as_its_index_says(entry: dict[str, Any]) -> None:
    marks = inspected()[entry["file"]]
    state = "unreadable" if marks.unreadable else marks.credentials.state
    assert {"valid": "valid-untrusted"}.get(state, state) == entry["c2pa"]
    declared = declared_by(marks)
    term = "none" if entry["declares"] == "none" else build_declaration(entry["declares"], "").term
    assert (declared.term if declared else "none") == term
    assert places_of(marks) == entry["declared_in"]
    assert marks.aigc.state == entry["aigc"]
    assert fields_of(marks.origin) == sorted(entry["california"])
    assert fields_of(marks.origin_unverified) == sorted(entry.get("california_unverified", []))


@pytest.mark.parametrize("entry", INDEX, ids=NAMES)
def test_what_else_the_index_says_is_found(entry: dict[str, Any]) -> None:
    marks = inspected()[entry["file"]]
    assert bool(marks.remote_links) == ("remote_reference" in entry)
    assert bool(marks.traces) == ("trace" in entry and entry["file"] != "png-string-only.png")
    assert marks.sidecar.state == ("valid" if "sidecar" in entry else "none")
    assert bool(marks.aigc.doubts) == ("aigc_note" in entry)
    assert bool(marks.page_disclosures) == ("html_disclosure" in entry)
    assert marks.is_named_otherwise == (entry["file"] == "jpg-named-png.png")
    if "aigc_label" in entry:
        assert marks.aigc.label == entry["aigc_label"]
    if entry["kind"] == "visible-label":
        assert marks.words == "both"


def test_a_signer_on_a_list_that_is_handed_in_is_trusted() -> None:
    found = inspected((SAMPLES / "test-ca.pem").read_text("ascii"))
    expected = {entry["file"] for entry in INDEX if entry.get("with_test_ca") == "Trusted"}
    assert {name for name, marks in found.items() if marks.credentials.state == "trusted"} == expected
