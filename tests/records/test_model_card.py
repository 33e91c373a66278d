"""A model card suggests what its keys truly say, each with the line it stands in, and decides nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.command_line import run_tenken
from tenken.authoring.lint import validate_files
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.model_card import propose_from_card
from tenken.records.proposals import ProposedAnswer
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.rules.loading import load_library

LIBRARY = load_library(["eu-gpai"])
CARD = """\
---
language:
- en
- no
license: {licence}
base_model: acme/base
pipeline_tag: text-generation
---
# A model
"""


def propose(path: Path, text: str, answers: Mapping[str, GivenAnswer] = {}) -> dict[str, ProposedAnswer]:
    path.write_bytes(text.encode())
    return dict(propose_from_card(path, LIBRARY, Record(RECORD_FORMAT, "Model", answers=answers)).answers)


def test_each_suggestion_has_its_place_its_reason_and_the_card_it_is_from(tmp_path: Path) -> None:
    found = propose(tmp_path / "README.md", CARD.format(licence="apache-2.0"))
    assert {id: (each.answer, each.rests_on) for id, each in found.items()} == {
        "model_licence": (("none",), "README.md:5"),
        "model_role": (("modifies",), "README.md:6"),
        "model_makes": (("language",), "README.md:7"),
        "does": (("makes_content",), "README.md:7"),
    }
    assert {each.source for each in found.values()} == {"model card README.md (Hugging Face)"}
    assert found["model_licence"].place.line == 5
    assert "weights included" in found["model_licence"].because


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("Apache-2.0", ("none",)),
        ("cc-by-nc-4.0", ("non_commercial",)),
        ("llama3.1", ("user_limit",)),
        ("[llama3.1, cc-by-nc-4.0]", ("non_commercial", "user_limit")),
        ("[mit, cc-by-nc-4.0]", None),
        ("other", None),
        ("gemma", None),
        ("''", None),
        ("{name: mit}", None),
    ],
)
def test_a_licence_suggests_what_it_says_and_nothing_where_it_contradicts_itself(
    tmp_path: Path, licence: str, words: tuple[str, ...] | None
) -> None:
    found = propose(tmp_path / "README.md", CARD.format(licence=licence)).get("model_licence")
    assert (found.answer if found else None) == words


def test_choices_that_the_record_has_stay_beside_those_of_the_card(tmp_path: Path) -> None:
    talks = {"does": GivenAnswer(("talks_with_people",)), "model_role": GivenAnswer(("none",))}
    found = propose(tmp_path / "README.md", CARD.format(licence="mit"), talks)
    assert found["does"].answer == ("talks_with_people", "makes_content")
    assert found["model_role"].answer == ("modifies",)


def test_lines_that_end_as_on_windows_and_a_mark_at_the_beginning_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + CARD.format(licence="mit").replace("\n", "\r\n")
    assert propose(tmp_path / "README.md", text)["model_licence"].rests_on == "README.md:5"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# A model\n", ":1: this is no model card"),
        ("---\nlicense: mit\n", ":1: this is no model card"),
        ("", ":1: this is no model card"),
        ("---\nlicense: mit\nlicense: other\n---\n", ":3:1: "),
        ("---\n- license\n---\n", ":2: `key: value` lines should stand here"),
        ("---\n---\n", "the file is empty"),
        ("---\nlicense: m\u202eit\n---\n", ":2:11: "),
        ("---\nlicense: !!python/object:os.system mit\n---\n", ":2:10: "),
    ],
)
def test_what_is_no_model_card_is_told_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Problems) as found:
        propose(tmp_path / "README.md", text)
    assert says in str(found.value)


def test_a_card_of_any_name_can_be_taken_over(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\nb\xe2\x80\xae\xff<b>.md")
    found = propose(tmp_path / name, CARD.format(licence="mit"))["model_licence"]
    assert found.rests_on == "a\\nb\\u202e\ufffd<b>.md:5"


def test_without_a_terminal_a_card_changes_nothing(tmp_path: Path) -> None:
    record, card = tmp_path / "model.yaml", tmp_path / "README.md"
    record.write_text("tenken: 2\nsystem: Model\nchecklists: [eu-gpai]\nanswers: {model_role: modifies}\n", "utf-8")
    card.write_text(CARD.format(licence="mit"), "utf-8")
    before = record.read_bytes()
    done = run_tenken("assess", record, "--propose", card)
    assert done.returncode == 2
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["does", "model_makes", "model_licence"]
    assert record.read_bytes() == before


def test_the_mapping_that_ships_suggests_only_what_is_asked_and_can_be_answered() -> None:
    files = sorted((find_shipped_folder("checklists") / "cards").glob("*.yaml"))
    assert [path.name for path in files] == ["hugging-face.ja.yaml", "hugging-face.yaml"]
    assert validate_files(files) == []
