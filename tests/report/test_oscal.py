"""OSCAL assessment results: what is called what, identifiers that stay, days, and any text in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.paths import ROOT
from support.small_records import write_forbidden_record, write_small_record

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAY = ("--as-of", "2026-11-23")
CHATBOT = ROOT / "examples" / "support-chatbot.yaml"
HOSTILE = (
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "a\n\n# b",
    '","c":"',
    "@here {{x}} %0A::error::",
    "  ",
)
UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def results_of(record: Path, *options: str) -> dict[str, Any]:
    done = run_tenken("report", record, "--format", "oscal", "-o", "-", *(options or DAY))
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)["assessment-results"]
    return made


def result_of(record: Path, *options: str) -> dict[str, Any]:
    (result,) = results_of(record, *options)["results"]
    assert isinstance(result, dict)
    return result


def props(part: dict[str, Any]) -> dict[str, str]:
    return {line["name"]: line["value"] for line in part.get("props", [])}


def values(part: Any, key: str) -> Iterator[Any]:
    """Everything that stands under a key, wherever that is."""
    if isinstance(part, dict):
        yield from (part[key],) if key in part else ()
    for child in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from values(child, key)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_identifiers_are_each_of_one_thing_and_whatever_is_referred_to_is_there(path: Path) -> None:
    made = results_of(path)
    known = list(values(made, "uuid"))
    assert len(known) == len(set(known))
    assert all(
        re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uuid) for uuid in known
    )
    referred = {uuid for key in ("observation-uuid", "risk-uuid", "actor-uuid") for uuid in values(made, key)}
    linked = {href.removeprefix("#") for href in values(made, "href") if href.startswith("#")}
    assert referred | linked <= set(known)
    assert "" not in [*values(made, "value"), *values(made, "description"), *values(made, "title")]


def test_the_same_things_keep_their_identifiers_and_only_the_document_gets_another(tmp_path: Path) -> None:
    path = tmp_path / "chatbot.yaml"
    path.write_bytes(CHATBOT.read_bytes())
    before = results_of(path)
    assert results_of(path) == before
    path.write_text(CHATBOT.read_text("utf-8").replace("answer: partly", "answer: no"), "utf-8")
    after = results_of(path)
    assert before["uuid"] != after["uuid"]
    assert list(values(before["results"], "uuid")) == list(values(after["results"], "uuid"))


def test_a_gap_in_force_has_failed_and_is_a_risk_until_the_day_its_owner_named() -> None:
    result = result_of(CHATBOT)
    findings = {finding["target"]["target-id"]: finding for finding in result["findings"]}
    stands = {id: (finding["target"]["status"], "related-risks" in finding) for id, finding in findings.items()}
    assert stands == {
        "EU-4": ({"state": "satisfied", "reason": "pass"}, False),
        "EU-50-1": ({"state": "not-satisfied", "reason": "fail"}, True),
        "EU-50-2": ({"state": "not-satisfied", "reason": "other"}, True),
    }
    assert props(findings["EU-50-2"])["since"] == "2026-12-02"
    (risk,) = [risk for risk in result["risks"] if risk["title"] == findings["EU-50-1"]["title"]]
    assert (risk["status"], risk["deadline"]) == ("open", "2026-12-01T00:00:00Z")
    (planned,) = risk["remediations"]
    assert (planned["lifecycle"], props(planned)) == ("planned", {"owner": "Jun Maier"})
    assert planned["tasks"][0]["timing"] == {"on-date": {"date": "2026-12-01T00:00:00Z"}}


def test_without_a_day_of_its_own_a_gap_that_comes_has_that_of_the_law(tmp_path: Path) -> None:
    path = write_small_record(tmp_path / "a.yaml", {"S-1.told": "no", "S-1.clear": "yes"})
    (coming,) = result_of(path, "--as-of", "2026-08-20")["risks"]
    assert coming["deadline"] == "2026-09-01T00:00:00Z"
    (in_force,) = result_of(path)["risks"]
    assert "deadline" not in in_force
    assert [each["lifecycle"] for each in in_force["remediations"]] == ["recommendation"]


def test_an_answer_is_observed_with_its_evidence_and_who_gave_it() -> None:
    made = results_of(CHATBOT)
    (told,) = [one for one in made["results"][0]["observations"] if props(one)["answer-to"] == "EU-50-1.told_by_design"]
    (evidence,) = told["relevant-evidence"]
    assert (evidence["href"], evidence["description"]) == (
        "evidence/first-message.png",
        "first message of the web chat",
    )
    assert (told["methods"], told["collected"]) == (["INTERVIEW", "EXAMINE"], "2026-11-06T09:30:00Z")
    people = {party["uuid"]: party["name"] for party in made["metadata"]["parties"]}
    assert [people[uuid] for uuid in values(told, "actor-uuid")] == ["Jun Maier"]


def test_what_is_forbidden_what_is_unknown_and_what_is_accepted(tmp_path: Path) -> None:
    forbidden = result_of(write_forbidden_record(tmp_path))
    (risk,) = [risk for risk in forbidden["risks"] if risk["deadline"] == "2026-12-01T00:00:00Z"]
    assert props(risk["remediations"][0]) == {"owner": "Ada"}
    unknown = result_of(write_small_record(tmp_path / "unknown.yaml", {"S-1.told": "yes"}))
    states = {finding["target"]["target-id"]: finding["target"]["status"] for finding in unknown["findings"]}
    assert (states["S-1"], "risks" in unknown) == ({"state": "not-satisfied", "reason": "other"}, False)
    path = write_small_record(tmp_path / "accepted.yaml", {"S-1.told": "no", "S-1.clear": "yes"})
    day = date.today().replace(day=28)
    until = day.replace(year=day.year + (day.month == 12), month=day.month % 12 + 1)
    run_tenken("accept", path, "S-1", "--by", "Jo", "--until", str(until), "--because", "New version")
    (accepted,) = result_of(path, "--as-of", str(date.today()))["risks"]
    assert accepted["status"] == "deviation-approved"
    assert props(accepted) == {"accepted-by": "Jo", "accepted-until": str(until), "accepted-because": "New version"}


@pytest.mark.parametrize("text", HOSTILE)
def test_the_words_of_a_record_are_words_and_no_links(tmp_path: Path, text: str) -> None:
    words = json.dumps(f"x{text}")
    evidence = (
        f"[{{at: {words}, shows: {words}}}, {{at: 'javascript://x/%0Aalert(1)'}}, {{at: 'https://x.example/a b'}}]"
    )
    given = f"{{answer: partly, note: {words}, by: {words}, owner: {words}, evidence: {evidence}}}"
    whose = f"organisation: {words}\n"
    path = write_small_record(tmp_path / "r.yaml", {"S-1.told": given}, system=words, head=whose)
    made = results_of(path)
    for href in values(made, "href"):
        assert re.fullmatch(r"(#|https://)?[\w.~!$&'()*+,;=:@/?%-]*", href, re.ASCII), href
        assert not href.startswith("javascript")
    for key in ("title", "description", "statement"):
        for said in values(made, key):
            assert not re.search(r"(?<!\\)[\[<#@]", said.replace("&#64;", "")), said
    assert all(re.fullmatch(r"\S(.*\S)?", said) for key in ("value", "name") for said in values(made, key))
