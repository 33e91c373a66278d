"""The register: it has every requirement and what is to be done, many stand in one sheet, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from support.command_line import collect_output
from support.sample_reports import DAY, golden_assessment
from support.small_records import write_forbidden_record
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.report.export.csv_register import render_csv_register
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation, Truth
from tenken.rules.requirement import Basis


def register_of(name: str) -> list[dict[str, str]]:
    text = render_csv_register(*golden_assessment(name))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_register_has_a_row_for_each_measure_of_what_applies_and_one_for_all_else() -> None:
    rows = register_of("typical")
    for finding in golden_assessment("typical")[0].findings:
        own = [row for row in rows if row["requirement"] == finding.requirement.id]
        asked = (m for m in finding.measures if m.check.basis is not Basis.GUIDANCE and m.concerns is not Truth.NO)
        measures = [measure.check.id for measure in asked] if finding.applies is Truth.YES else []
        assert [row["measure"] for row in own] == (measures or [""])
    assert {row["status"] for row in rows} >= {"Gap", "Met", "Undetermined", "Not applicable"}
    assert all(row["why"] for row in rows if row["status"] == "Not applicable")
    assert {(row["system"], row["organisation"], row["as of"]) for row in rows} == {
        ("Acme Help", "Acme GmbH", "2026-11-23")
    }


def test_the_register_says_what_is_to_be_done_and_nothing_where_nothing_is() -> None:
    for name in ("typical", "empty", "soft"):
        for row in register_of(name):
            is_open = row["status"] in ("Gap", "Undetermined", "Not yet known") and row["measure"] == ""
            is_open = is_open or row["answer"] in ("No", "Partly", "Not sure", "Not answered yet")
            assert bool(row["to do"]) == is_open, row
    (told,) = (row for row in register_of("typical") if row["measure"] == "HM-2.told")
    assert told == {
        "system": "Acme Help",
        "organisation": "Acme GmbH",
        "release": "",
        "as of": "2026-11-23",
        "law": told["law"],
        "requirement": "HM-2",
        "measure": "HM-2.told",
        "citation": "Section 2(1)",
        "duty": "Tell people that they talk with a machine: Is everybody told, on every way in, that they talk with a "
        "machine?",
        "force": "Obligation",
        "role": "We make it",
        "applies from": "2026-08-02",
        "applies until": "",
        "status": "Gap",
        "why": "Your role: You make the machine and offer it under your name. · What it does: People talk or write "
        "with it. · Obvious to everybody: No · Court order: No",
        "answer": "Partly",
        "to do": 'Put "You are chatting with an AI assistant" above the first message, and have the voice line say it '
        "first.",
        "owner": "Jun Abe",
        "due": "2026-12-15",
        "evidence": "evidence/first screen.png (first message on the web); https://wiki.acme.example/help (the texts)",
        "reason given": "",
        "note": "Web yes, telephone no",
        "shown or said": "",
        **dict.fromkeys(("accepted by", "accepted until", "accepted because", "acceptance ended"), ""),
    }


def test_registers_of_many_systems_stand_in_one_sheet() -> None:
    heads = {
        render_csv_register(*golden_assessment(name)).partition("\r\n")[0] for name in ("typical", "soft", "empty")
    }
    assert len(heads) == 1
    assert all(row["system"] for name in ("typical", "soft", "empty") for row in register_of(name))


def test_a_role_is_what_a_question_on_roles_says() -> None:
    """`public_role` of the high-risk duties asks for public tasks, whatever its id ends in."""
    known = load_library(list_shipped_checklists())
    roles = {id for id, question in known.questions.items() if question.role}
    assert roles == {"eu_role", "japan_role", "model_role", "kr_role", "cn_role"}
    vendor = find_shipped_folder("examples") / "recruiting-vendor.yaml"
    kept = open_record(vendor).record
    checklists = load_rules_for(kept)
    assessment = assess_all(checklists, Situation(read_answer_values(kept.answers, checklists), DAY))
    text = render_csv_register(assessment, kept, Wording(checklists))
    named = {row["role"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))}
    assert named == {"", "Ours (also in-house)"}


def test_what_is_prohibited_is_in_the_register_too() -> None:
    (row,) = (row for row in register_of("all-gaps") if row["requirement"] == "HM-1")
    assert (row["status"], row["measure"], bool(row["to do"])) == ("Prohibited", "", True)
    assert (row["role"], row["applies from"]) == ("We make it, We use it at work", "2025-02-02")


def test_who_has_what_is_forbidden_in_hand_stands_beside_the_rules_of_the_house(tmp_path: Path) -> None:
    made = collect_output("report", write_forbidden_record(tmp_path), "--format", "csv", "-o", "-", language="en")
    rows = [row for row in csv.DictReader(io.StringIO(made)) if row["requirement"] == "S-4"]
    assert [(row["measure"], row["owner"], row["due"]) for row in rows] == [
        ("", "Ada", "2026-12-01"),
        ("S-4.told", "", ""),
    ]


@pytest.mark.parametrize(
    "payload",
    [
        *("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", " =1", "＠x", "－1", "＋1", "\u3000=1", "\ufeff=1"),
        *("a;=1", "a; \u3000=1", 'a;"=1"', "a\t=1", "a\n@SUM(1)", "a\r-1", "a\x85=1", "a\u2028＝1"),
    ],
)
def test_no_cell_of_the_register_is_a_formula(payload: str) -> None:
    assessment, kept, words = golden_assessment("typical")
    told = replace_fields(kept.answers["HM-2.told"], note=payload, owner=payload)
    text = render_csv_register(assessment, replace_fields(kept, answers={**kept.answers, "HM-2.told": told}), words)
    (row,) = (row for row in csv.reader(io.StringIO(text, newline="")) if "HM-2.told" in row)
    assert row[-5] == row[-1]
    for cell in re.split("[;\t\n]", row[-1]):
        assert not re.match(r"[\s\ufeff\"]*[=+\-@＝＋－＠]", cell)
    assert row[-1].isprintable() or not re.search("[\r\x85\u2028]", row[-1])
