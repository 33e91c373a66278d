"""A new record begins with what another one says of the organisation, from the command to the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.command_line import run_tenken
from tenken.files.frozen_classes import replace_fields
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.applicable_rules import load_rules_for
from tenken.records.organisation_answers import find_organisation_answers
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RecordFile, open_record
from tenken.rules.requirement import About

TOKYO = find_shipped_folder("examples") / "tokyo-company.yaml"
OTHER = """\
tenken: 1
system: First
checklists: [eu-transparency, japan-ai-guidelines]
answers:
  where: [eu, japan]
  eu_role: provider
  size: {answer: sme, by: Mia, at: 2026-11-01T09:00:00Z}
  EU-4.staff_supported:
    answer: yes
    by: Jun
    at: 2026-11-02T09:00:00Z
    note: Twice a year
    evidence:
      - {at: training/plan.pdf, shows: the plan}
      - {at: ../shared/list.xlsx, shows: who took part}
      - {at: "https://acme.example/training", shows: the page}
      - {at: WHOLE, shows: the room}
      - {at: the binder in room 7, shows: signatures}
  EU-4.recorded_and_reviewed: {answer: unsure, by: Jun, at: 2026-11-02T09:05:00Z}
  JP-AG-4-3.disclosure_considered: {answer: yes, by: Jun, at: 2026-11-02T09:10:00Z}
  JP-AG-4-3.disclosed_or_reason:
    {answer: explained, reason: Two people, published: "https://acme.example/ai", by: Jun, at: 2026-11-02T09:11:00Z}
  EU-50-1.told_by_design: {answer: yes, by: Jun, at: 2026-11-02T09:20:00Z}
"""
KEPT = {"size", "EU-4.staff_supported", "JP-AG-4-3.disclosure_considered", "JP-AG-4-3.disclosed_or_reason"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a record and the files it points to, and one for the next record."""
    for name in ("first/training/plan.pdf", "shared/list.xlsx", "room.png", "next/deep/.keep"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "first" / "acme.yaml").write_text(OTHER.replace("WHOLE", str(tmp_path / "room.png")), "utf-8")
    return tmp_path


def answers(path: Path) -> dict[str, GivenAnswer]:
    return dict(open_record(path).record.answers)


def places(path: Path) -> list[str]:
    return [item.at for item in answers(path)["EU-4.staff_supported"].evidence]


def test_a_new_record_takes_over_what_is_true_of_the_organisation_and_says_whence(home: Path) -> None:
    done = run_tenken("assess", "next/deep/new.yaml", "--from", "first/acme.yaml", cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "4 answers taken over.\n")
    before, after = answers(home / "first/acme.yaml"), answers(home / "next/deep/new.yaml")
    assert set(after) == KEPT
    for id, given in after.items():
        old = before[id]
        assert (given.answer, given.by, given.at) == (old.answer, old.by, old.at)
        assert (given.reason, given.published) == (old.reason, old.published)
        assert given.note == f"{old.note} (Taken over from ../../first/acme.yaml)".strip()
    assert run_tenken("validate", "next/deep/new.yaml", cwd=home).returncode == 0
    assert run_tenken("report", "next/deep/new.yaml", cwd=home).returncode == 0


def test_evidence_that_is_a_file_is_still_found_and_anything_else_is_untouched(home: Path) -> None:
    run_tenken("assess", "next/deep/new.yaml", "--from", "first/acme.yaml", cwd=home)
    plan, names, *others = places(home / "next/deep/new.yaml")
    assert (plan, names) == ("../../first/training/plan.pdf", "../../shared/list.xlsx")
    assert others == ["https://acme.example/training", str(home / "room.png"), "the binder in room 7"]
    for at in (plan, names):
        assert (home / "next" / "deep" / at).is_file()
    assert [item.shows for item in answers(home / "next/deep/new.yaml")["EU-4.staff_supported"].evidence] == [
        *("the plan", "who took part", "the page", "the room", "signatures")
    ]


def test_in_the_same_folder_evidence_stays_as_it_was_written(home: Path) -> None:
    run_tenken("assess", "new.yaml", "--from", "../first/acme.yaml", cwd=home / "first")
    assert places(home / "first/new.yaml") == places(home / "first/acme.yaml")
    assert answers(home / "first/new.yaml")["size"].note == "(Taken over from acme.yaml)"


@pytest.mark.parametrize("where", ["next/deep", "first", "."])
def test_it_does_not_matter_from_which_folder_it_is_called(home: Path, where: str) -> None:
    new, other = home / "next/deep/new.yaml", home / "first/acme.yaml"
    run_tenken("assess", new, "--from", other, cwd=home / where)
    assert places(new)[0] == "../../first/training/plan.pdf"


def test_evidence_is_found_through_a_folder_that_is_a_link(home: Path) -> None:
    (home / "link").symlink_to(home / "next/deep")
    run_tenken("assess", "link/new.yaml", "--from", "first/acme.yaml", cwd=home)
    assert (home / "link" / places(home / "link/new.yaml")[0]).is_file()
    assert (home / "next/deep" / places(home / "next/deep/new.yaml")[0]).is_file()


def test_what_was_answered_already_stays_and_twice_takes_nothing_twice(home: Path) -> None:
    new = home / "next/deep/new.yaml"
    assert run_tenken("assess", new, "--set", "size=larger", "--by", "Mori").returncode == 0
    assert run_tenken("assess", new, "--from", home / "first/acme.yaml").stderr == "3 answers taken over.\n"
    assert (answers(new)["size"].answer, answers(new)["size"].by) == (("larger",), "Mori")
    text = new.read_text("utf-8")
    assert run_tenken("assess", new, "--from", home / "first/acme.yaml").stderr == "0 answers taken over.\n"
    assert new.read_text("utf-8") == text


def test_what_was_noted_before_it_was_answered_is_not_lost(home: Path) -> None:
    new = home / "first" / "new.yaml"
    new.write_text(
        "tenken: 1\nsystem: Next\nchecklists: [eu-transparency]\nanswers: {size: {note: Ask Ken}}\n", "utf-8"
    )
    assert run_tenken("assess", new, "--from", home / "first/acme.yaml").returncode == 0
    assert set(answers(new)) == {"size", "EU-4.staff_supported"}
    assert answers(new)["size"].note == "Ask Ken (Taken over from acme.yaml)"


def test_it_can_be_said_in_japanese(home: Path) -> None:
    done = run_tenken("--lang", "ja", "assess", "next/deep/new.yaml", "--from", "first/acme.yaml", cwd=home)
    assert done.stderr == "回答を4件取り込みました。\n"
    assert answers(home / "next/deep/new.yaml")["size"].note.endswith("から取込み）")


def test_without_a_record_to_take_it_into_nothing_is_made(home: Path) -> None:
    done = run_tenken("assess", "--from", "first/acme.yaml", cwd=home)
    assert (done.returncode, done.stderr) == (2, "RECORD: say which record the answers are for\n")
    missing = run_tenken("assess", "next/deep/new.yaml", "--from", "first/acne.yaml", cwd=home)
    assert missing.returncode == 2
    assert not (home / "next/deep/new.yaml").exists()


def test_of_a_real_record_only_what_concerns_the_organisation_is_taken() -> None:
    theirs = open_record(TOKYO)
    known = load_rules_for(theirs.record)
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    mine = GivenAnswer(("larger",), by="Mori Aya", at=at)
    ours = RecordFile(TOKYO.with_name("next.yaml"), Record("1", "Next", answers={"size": mine}))
    taken = find_organisation_answers(ours, theirs, known)
    assert "JP-AG-4-3.disclosure_considered" in taken
    assert not {"size", "where", "eu_role", "EU-50-1.told_by_design"} & set(taken)
    asked = [known.checks[id][0] if id in known.checks else known.questions[id] for id in taken]
    assert all(item.about is About.ORGANISATION for item in asked)
    ours.record = replace_fields(ours.record, answers={})
    assert find_organisation_answers(ours, theirs, known)["size"].answer == ("sme",)
