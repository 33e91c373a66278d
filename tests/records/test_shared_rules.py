"""The rules that many records share are loaded once, and are those each would have alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.paths import SMALL
from tenken.records import applicable_rules
from tenken.records.applicable_rules import SharedRules, load_rules_for
from tenken.records.record import Record
from tenken.records.record_file import open_record
from tenken.rules.requirement import Depth


def write_record(folder: Path, checklist: str, more: str = "") -> Record:
    folder.mkdir(exist_ok=True)
    path = folder / "acme.yaml"
    path.write_text(f"tenken: 2\nsystem: Acme\nchecklists: [{checklist}]\n{more}answers: {{}}\n", "utf-8")
    return open_record(path).record


@pytest.fixture
def records(tmp_path: Path) -> list[Record]:
    """Records of which no two have the same rules."""
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        shutil.copy(SMALL, tmp_path / name / "small.yaml")
    (tmp_path / "house" / "house-rules").mkdir(parents=True)
    return [
        write_record(tmp_path / "a", "eu-transparency"),
        write_record(tmp_path / "b", "eu-transparency", "depth: full\n"),
        write_record(tmp_path / "house", "eu-transparency"),
        write_record(tmp_path / "own", "small.yaml"),
        write_record(tmp_path / "other", "small.yaml"),
    ]


def test_each_record_has_the_rules_it_would_have_alone(records: list[Record]) -> None:
    shared = SharedRules()
    for language in ("en", "ja"):
        found = [shared.load_rules_for(record, language) for record in records]
        assert found == [load_rules_for(record, language) for record in records]
        assert len({id(library) for library in found}) == len(records)
        assert all(
            shared.load_rules_for(record, language) is known for record, known in zip(records, found, strict=True)
        )
    assert records[1].depth is Depth.FULL


def test_records_in_other_folders_share_what_ships(tmp_path: Path) -> None:
    shared = SharedRules()
    one, other = (write_record(tmp_path / name, "eu-transparency") for name in ("one", "other"))
    assert shared.load_rules_for(one) is shared.load_rules_for(other)


def test_no_more_than_so_many_are_kept(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applicable_rules, "MOST_SHARED", 2)
    shared = SharedRules()
    first = shared.load_rules_for(records[0])
    for record in records:
        shared.load_rules_for(record)
    again = shared.load_rules_for(records[0])
    assert again == first
    assert again is not first
