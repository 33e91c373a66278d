"""What scenarios leave untried, and the scenarios proposed for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import SMALL
from tenken.authoring.lint import validate_files
from tenken.authoring.scenario_coverage import measure_coverage
from tenken.authoring.scenarios import list_shipped_scenarios, run_scenario_file
from tenken.rules.loading import list_shipped_checklists

RULES = """\
title: A law of lamps
jurisdiction: Islands
force: obligation
version: 2026.11
reviewed: 2026-11-23
review_by: 2027-05-23
explain: reason
sources:
  law: {{title: The law, link: "https://law.example/lamps"}}
questions:
  lamp_lit: {{short: Lit, ask: 'Is it lit?'}}
  lamp_old: {{short: Old, ask: 'Is it old?'}}
requirements:
  L-1:
    title: Trim the lamp
    cites: Section 1
    says: The lamp is trimmed.
{rule}
"""
CHECKS = "    checks: {trimmed: {ask: 'Is it trimmed?', basis: text, cites: Section 1}}\n"
DAY = "    applies_from: [{date: 2026-09-01}]\n"
STATUSES = ["met", "gap", "explained", "not applicable", "undetermined"]

Missing = Callable[..., list[str]]


def situations(lines: str, checklist: str = "lamps.yaml") -> str:
    return f"checklists: [{checklist}]\nscenarios:\n{lines}"


def scenario(expected: str, answers: str = "", on: str = "2026-11-23") -> str:
    return f"  - name: A lamp\n    on: {on}\n    answers: {{{answers}}}\n    expect: {{L-1: {expected}}}\n"


@pytest.fixture
def missing(tmp_path: Path) -> Missing:
    def missing(rule: str, *lines: str) -> list[str]:
        (tmp_path / "lamps.yaml").write_text(RULES.format(rule=rule), "utf-8")
        (tmp_path / "situations.yaml").write_text(situations("".join(lines)), "utf-8")
        (measured,) = measure_coverage(run_scenario_file(tmp_path / "situations.yaml"))
        return [str(unshown.case.what) for unshown in measured.unshown]

    return missing


IRRELEVANT = scenario("{timing: in force}", "lamp_lit: yes")
ORDINARY = f"    applies_when: {{lamp_lit: yes}}\n{DAY}{CHECKS}"


def test_the_shipped_scenarios_show_every_case_of_the_shipped_checklists() -> None:
    outcomes = [outcome for path in list_shipped_scenarios() for outcome in run_scenario_file(path)]
    measured = measure_coverage(outcomes)
    assert {item.checklist.id for item in measured} == set(list_shipped_checklists())
    assert [line for item in measured if item.unshown for line in item.render_coverage_lines()] == []


def test_of_a_plain_rule_every_status_and_both_sides_of_its_date_are_asked_for(missing: Missing) -> None:
    assert missing(ORDINARY, IRRELEVANT) == [*STATUSES, "the day before 2026-09-01", "2026-09-01"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (scenario("met", "lamp_lit: yes, L-1: yes"), "met"),
        (scenario("gap", "lamp_lit: yes, L-1: partly"), "gap"),
        (scenario("explained", "lamp_lit: yes, L-1: {answer: explained, reason: It is day}"), "explained"),
        (scenario("not applicable", "lamp_lit: no"), "not applicable"),
        (scenario("{applies: no}", "lamp_lit: no"), "not applicable"),
        (scenario("{applies: unknown}", "lamp_lit: unsure"), "undetermined"),
        (scenario("applies", "lamp_lit: yes", "2026-09-01"), "2026-09-01"),
        (scenario("{since: 2026-09-01}", "lamp_lit: yes", "2026-08-31"), "the day before 2026-09-01"),
        (scenario("applies", "lamp_lit: yes"), ""),
        (scenario("{since: 2026-09-01}", "lamp_lit: yes, L-1: no"), ""),
        (scenario("gap", "lamp_lit: yes, L-1: no", "2026-09-01"), "gap"),
    ],
)
def test_a_scenario_shows_what_it_expects_and_nothing_else(missing: Missing, said: str, shown: str) -> None:
    everything = missing(ORDINARY, IRRELEVANT)
    assert set(everything) - set(missing(ORDINARY, said)) == ({shown} if shown else set())


def test_a_prohibition_is_never_met(missing: Missing) -> None:
    rule = f"    force: prohibition\n{DAY}    applies_when: {{lamp_lit: yes}}\n"
    found = missing(rule, IRRELEVANT)
    assert found == ["gap", "not applicable", "undetermined", "the day before 2026-09-01", "2026-09-01"]


def test_what_always_applies_is_never_not_applicable(missing: Missing) -> None:
    always = "    applies_when:\n      any: [{lamp_lit: yes}, {not: {lamp_lit: yes}}]\n"
    assert "not applicable" not in missing(always + DAY + CHECKS, IRRELEVANT)


def test_each_exception_is_to_be_relied_on(missing: Missing) -> None:
    ways = "    exceptions:\n      old: {title: Old, cites: Section 2, when: {lamp_old: yes}}\n"
    assert "the exception old" in missing(ORDINARY + ways, scenario("not applicable", "lamp_lit: no, lamp_old: yes"))
    assert "the exception old" not in missing(
        ORDINARY + ways, scenario("not applicable", "lamp_lit: yes, lamp_old: yes")
    )


def test_an_exception_that_cannot_be_relied_on_is_not_asked_for(missing: Missing) -> None:
    ways = "    exceptions:\n      dark: {title: Dark, cites: Section 2, when: {lamp_lit: no}}\n"
    assert "the exception dark" not in missing(ORDINARY + ways, IRRELEVANT)


def test_the_last_day_and_the_day_after_are_asked_for(missing: Missing) -> None:
    rule = f"{ORDINARY}    applies_until: 2027-12-31\n"
    ends = ["the last day, 2027-12-31", "the day after 2027-12-31"]
    assert missing(rule, IRRELEVANT)[-2:] == ends
    last = scenario("applies", "lamp_lit: yes", "2027-12-31")
    after = scenario("not applicable", "lamp_lit: yes", "2028-01-01")
    assert not {*ends}.intersection(missing(rule, last, after))


def test_a_case_spared_for_good_is_asked_for(missing: Missing) -> None:
    dates = "    applies_from:\n      - {when: {lamp_old: yes}, date: never}\n      - {date: 2026-09-01}\n"
    rule = f"    applies_when: {{lamp_lit: yes}}\n{dates}{CHECKS}"
    assert "`never` of line 20" in missing(rule, scenario("not applicable", "lamp_lit: no, lamp_old: yes"))
    assert "`never` of line 20" not in missing(rule, scenario("not applicable", "lamp_lit: yes, lamp_old: yes"))


def test_the_search_ends_where_a_day_that_has_not_come_leaves_everything_open(tmp_path: Path) -> None:
    path = tmp_path / "lamps.yaml"
    later = "    applies_when: {placed: {from: 2027-01-01}, not: {placed: {from: 2026-12-31}}}\n"
    path.write_text(RULES.format(rule=later + DAY + CHECKS), "utf-8")
    assert any("L-1 can never apply" in str(problem) for problem in validate_files([path]))


def test_a_day_that_another_answer_always_moves_is_not_asked_for(missing: Missing) -> None:
    dates = "    applies_from: [{date: 2026-09-01}]\n    not_before: placed\n"
    late = f"    applies_when: {{placed: {{from: 2027-01-01}}}}\n{dates}{CHECKS}"
    assert missing(late, scenario("{timing: coming}", "placed: 2027-02-01")) == STATUSES


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    path = tmp_path / "situations.yaml"
    line = "  - {name: Nowhere, on: 2026-11-23, answers: {where: elsewhere}, expect: {S-1: not applicable}}\n"
    path.write_text(situations(line, str(SMALL)), "utf-8")
    return path


def test_what_is_proposed_has_no_mistake_and_leaves_nothing_missing(bare: Path) -> None:
    made = bare.with_name("made.yaml")
    assert run_tenken("checklists", "test", bare, "--write", made, cwd=bare.parent).returncode == 0
    assert validate_files([made]) == []
    outcomes = [outcome for path in (bare, made) for outcome in run_scenario_file(path)]
    (measured,) = measure_coverage(outcomes)
    assert measured.unshown == ()
    assert len(outcomes) == measured.count
    text = made.read_text("utf-8")
    assert text.count("note: proposed; check it against the source") == measured.count - 1
    assert (
        "name: 'Your role for the system in the EU: Ours (also in-house), What the system does: Talks with people"
        in text
    )


def test_what_is_written_is_never_written_over_another_file(bare: Path) -> None:
    made = bare.with_name("made.yaml")
    made.write_text("mine\n", "utf-8")
    done = run_tenken("checklists", "test", bare, "--write", made, cwd=bare.parent)
    assert done.returncode == 2
    assert done.stderr.endswith("made.yaml: this file is there already; nothing was written\n")
    assert made.read_text("utf-8") == "mine\n"


def test_what_is_missing_fails_only_on_request(bare: Path) -> None:
    done = run_tenken("checklists", "test", bare, cwd=bare.parent)
    assert done.returncode == 0
    assert "S-4: no scenario shows: gap, not applicable, undetermined, the day before 2025-02-02" in done.stderr
    assert "small: 1 of " in done.stderr
    assert run_tenken("checklists", "test", bare, "--coverage", cwd=bare.parent).returncode == 1
