"""House rules add to a checklist and never loosen it; what comes from where can always be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.assessment.findings import assess_all
from tenken.assessment.open_questions import Phase, list_open_questions
from tenken.assessment.status import Status
from tenken.authoring.lint import validate_files
from tenken.files.problems import Problems
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER, load_rules_for
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import RECORD_FORMAT, RecordFile, open_record
from tenken.rules.library import Library
from tenken.rules.logic import Situation

RULES = f"""title: Harbour policy
adds_to: {LIGHTHOUSE}
requirements:
  L-1:
    checks:
      seen:
        ask: Is it seen from the harbour?
        basis: house
        cites: Policy, section 3
        when: {{lamps: white}}
    evidence:
      shines: A film of one night
    remedy: Call the harbour master.
"""
DONE = {"coast": "yes", "lamps": "white", "keeper": "no", "lit": "2026-09-01", "L-1.shines": "yes", "L-1.clean": "yes"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of a tower that does all the law asks, and the rules of its house."""
    (tmp_path / HOUSE_RULES_FOLDER).mkdir()
    (tmp_path / HOUSE_RULES_FOLDER / "harbour.yaml").write_text(RULES, "utf-8")
    path = tmp_path / "tower.yaml"
    answers = {id: GivenAnswer((word,)) for id, word in DONE.items()}
    RecordFile(path, Record(RECORD_FORMAT, "Tower", checklists=(str(LIGHTHOUSE),), answers=answers)).save()
    return path


def known(path: Path) -> Library:
    return load_rules_for(open_record(path).record)


def run(*arguments: str | Path) -> tuple[int, str]:
    done = run_tenken(*arguments)
    return done.returncode, done.stdout + done.stderr


def answer(path: Path, word: str) -> None:
    file = open_record(path)
    file.take_answer("L-1.seen", GivenAnswer((word,)))
    file.save()


def test_a_rule_of_the_house_is_asked_after_the_law_and_before_good_practice(path: Path) -> None:
    library = known(path)
    file = open_record(path)
    situation = Situation(read_answer_values(file.record.answers, library), date(2026, 11, 23))
    asked = [(item.question, item.phase) for item in list_open_questions(library, situation)]
    assert asked == [("L-1.seen", Phase.HOUSE), ("L-1.spare", Phase.GUIDANCE)]


@pytest.mark.parametrize(("word", "status"), [("no", 1), ("partly", 1), ("yes", 0), ("unsure", 1)])
def test_the_law_is_met_whatever_the_house_asks_and_the_build_fails_for_the_house(
    path: Path, word: str, status: int
) -> None:
    answer(path, word)
    library = known(path)
    given = open_record(path).record.answers
    (found, *_) = assess_all(library, Situation(read_answer_values(given, library), date(2026, 11, 23))).findings
    assert found.status is Status.MET
    assert run("check", path, "--as-of", "2026-11-23")[0] == status


def test_an_open_rule_of_the_house_fails_unless_the_unknown_is_allowed(path: Path) -> None:
    assert run("check", path, "--as-of", "2026-11-23")[0] == 1
    assert run("check", path, "--as-of", "2026-11-23", "--allow-unknown")[0] == 0


def test_the_gate_names_what_the_house_asks_and_nobody_knows(path: Path) -> None:
    status, said = run("check", path, "--as-of", "2026-11-23")
    assert (status, "L-1.seen" in said) == (1, True)


def test_the_report_says_which_rule_comes_from_where(path: Path) -> None:
    answer(path, "no")
    for form in ("html", "md"):
        said = run("report", path, "--format", form, "-o", "-", "--as-of", "2026-11-23")[1].replace("\\", "")
        assert "Rules of the house, beyond the law" in said
        assert "Is it seen from the harbour?" in said
        assert "Rules of the house that are not met: Shine at night." in said
    html = run("report", path, "--format", "html", "-o", "-", "--as-of", "2026-11-23")[1]
    assert "Harbour policy (" in html
    assert "The log of a month [Harbour policy] A film of one night" in html
    register = run("report", path, "--format", "csv", "-o", "-", "--as-of", "2026-11-23")[1]
    assert "L-1.seen" in register


def test_a_record_elsewhere_knows_nothing_of_them(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "tower.yaml"
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    assert "L-1.seen" in known(path).checks
    assert "L-1.seen" not in known(other).checks


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("      seen:\n", "      shines:\n", "the check shines is there already"),
        ("basis: house", "basis: text", "write `basis: house` in house rules"),
        ("  L-1:\n", "  L-7:\n", "L-7 is not a requirement here"),
        ("      shines: A film", "      shine: A film", "shine is not a check here; did you mean shines?"),
        ("{lamps: white}", "{lamp: white}", "lamp is not a question here; did you mean lamps?"),
        ("    remedy: Call", "    applies_when: Call", "applies_when is not a key here"),
    ],
)
def test_what_does_not_fit_or_would_loosen_is_refused(path: Path, was: str, becomes: str, said: str) -> None:
    rules = path.parent / HOUSE_RULES_FOLDER / "harbour.yaml"
    rules.write_text(RULES.replace(was, becomes), "utf-8")
    with pytest.raises(Problems, match=said):
        known(path)
    (problem,) = validate_files([rules])
    assert problem.place.path == str(rules)
    assert said in str(problem)


def test_a_rule_on_what_only_a_full_reading_asks_harms_no_other(path: Path) -> None:
    law = LIGHTHOUSE.read_text("utf-8").replace(
        "    applies_when: {lamps: [white, red]}", "    depth: full\n    applies_when: {lamps: [white, red]}"
    )
    (path.parent / "law.yaml").write_text(law, "utf-8")
    (path.parent / HOUSE_RULES_FOLDER / "harbour.yaml").write_text(
        RULES.replace(str(LIGHTHOUSE), "../law.yaml"), "utf-8"
    )
    text = path.read_text("utf-8").replace(str(LIGHTHOUSE), "law.yaml")
    path.write_text(text, "utf-8")
    assert "L-1.seen" not in known(path).checks
    path.write_text(text.replace("depth: default", "depth: full"), "utf-8")
    assert "L-1.seen" in known(path).checks


def test_house_rules_and_records_may_end_in_yml_as_well(path: Path) -> None:
    (rules,) = (path.parent / HOUSE_RULES_FOLDER).iterdir()
    rules.rename(rules.with_suffix(".yml"))
    answer(path, "no")
    assert run("check", path, "--as-of", "2026-11-23")[0] == 1


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_remedy_of_the_house_is_said_where_only_the_house_misses_something(path: Path, form: str) -> None:
    code, _ = run("report", path, "-o", path.with_suffix(f".{form}"), "--as-of", "2026-11-23")
    assert (code, "Call the harbour master." in path.with_suffix(f".{form}").read_text("utf-8")) == (0, False)
    text = path.read_text("utf-8")
    path.write_text(f"{text.rstrip()}\n  L-1.seen: no\n", "utf-8")
    code, _ = run("report", path, "-o", path.with_suffix(f".{form}"), "--as-of", "2026-11-23")
    assert (code, "Call the harbour master." in path.with_suffix(f".{form}").read_text("utf-8")) == (0, True)
