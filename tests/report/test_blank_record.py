"""Questions for one person: a file to send, to fill in, and to take back."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from tenken.records.record_file import open_record, parse_record

ANSWERS = """
  coast: yes
  lamps: {answer: unsure, ask: Jun Mori, note: he bought them}
  keeper: {answer: no, ask: Jun Mori}
  lit: {answer: unsure, ask: The surveyor}
  L-1.shines: {answer: unsure, ask: Jun Mori}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "our tower.yaml"
    path.write_text(f"tenken: 1\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers:{ANSWERS}", "utf-8")
    return path


@pytest.mark.parametrize("name", ["Jun Mori", "jun  mori", "Ｊｕｎ Mori"])
def test_only_what_this_person_would_know_and_is_still_open(path: Path, name: str) -> None:
    asked = run_tenken("questions", path.name, "--for", name, cwd=path.parent)
    assert asked.returncode == 0
    sent = parse_record(asked.stdout.encode(), "sent")
    assert list(sent.answers) == ["lamps", "L-1.shines"]
    assert all(given.answer == () for given in sent.answers.values())


def test_it_says_how_it_comes_back_and_that_works_word_for_word(path: Path) -> None:
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", cwd=path.parent).stdout
    assert sent.startswith("# For Jun Mori: you would know the answers to these questions.\n")
    (command,) = (line.removeprefix("#   ") for line in sent.splitlines() if line.startswith("#   tenken assess"))
    assert command == "tenken assess 'our tower.yaml' --merge FILE --by 'Jun Mori'"
    filled = sent.replace("  lamps:\n", "  lamps: [white, red]\n").replace("  L-1.shines:\n", "  L-1.shines: unsure\n")
    path.with_name("FILE").write_text(filled, "utf-8")
    done = run_tenken(*shlex.split(command)[1:], cwd=path.parent)
    assert (done.returncode, done.stderr) == (0, "2 answers taken over.\n")
    kept = open_record(path).record.answers
    assert (kept["lamps"].answer, kept["lamps"].by, kept["lamps"].ask) == (("white", "red"), "Jun Mori", "")
    assert (kept["lamps"].note, kept["L-1.shines"].ask) == ("he bought them", "Jun Mori")


def test_an_unknown_name_is_answered_with_the_names_there_are(path: Path) -> None:
    done = run_tenken("questions", path.name, "--for", "June", cwd=path.parent)
    said = "--for: June is to be asked about nothing here; those who are: Jun Mori, The surveyor\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_where_nobody_is_named_it_says_how_to_name_somebody(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("ask:", "note:").replace(", note: he bought them", ""), "utf-8")
    done = run_tenken("questions", path.name, "--for", "Jun", cwd=path.parent)
    assert (done.returncode, "`ask: NAME`" in done.stderr) == (2, True)


def test_what_nobody_was_sure_of_is_listed_with_who_would_know(path: Path) -> None:
    said = run_tenken("questions", path.name, cwd=path.parent).stdout
    assert list(parse_record(said.encode(), "said").answers)[-3:] == ["lamps", "lit", "L-1.shines"]
    rest = said.partition("== Not sure so far ==")[2]
    assert "  # So far: Not sure\n  # Who would know: Jun Mori\n  lamps:\n" in rest
    assert "  # Who would know: The surveyor\n  lit:\n" in rest
    path.with_name("FILE").write_text(said.replace("  lit:\n", "  lit: never\n"), "utf-8")
    assert run_tenken("assess", path.name, "--merge", "FILE", cwd=path.parent).returncode == 0
    kept = open_record(path).record.answers
    assert (kept["lit"].answer, kept["lamps"].answer, kept["lamps"].ask) == (("never",), ("unsure",), "Jun Mori")


@pytest.mark.parametrize("name", ["surveyor", "The  Surveyor"])
def test_who_usually_knows_is_found_too(tmp_path: Path, name: str) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    asked = run_tenken("questions", path.name, "--for", name, cwd=tmp_path)
    assert list(parse_record(asked.stdout.encode(), "sent").answers) == ["coast"]
    assert run_tenken("questions", path.name, "--for", "survey", cwd=tmp_path).returncode == 2
    path.write_text(path.read_text("utf-8").replace("{}", "{coast: {ask: Jun}}"), "utf-8")
    assert list(
        parse_record(run_tenken("questions", path.name, "--for", "jun", cwd=tmp_path).stdout.encode(), "s").answers
    )
    assert run_tenken("questions", path.name, "--for", name, cwd=tmp_path).returncode == 2


def test_without_a_record_nobody_is_named(path: Path) -> None:
    done = run_tenken("questions", "--for", "Jun", cwd=path.parent)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_the_letter_is_japanese_for_japanese(path: Path) -> None:
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", language="ja", cwd=path.parent).stdout
    assert sent.startswith("# Jun Mori 宛て：")


def test_a_system_with_a_name_that_yaml_reads_differently_keeps_it(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("system: Tower", "system: 'Tower: North # 1'"), "utf-8")
    sent = run_tenken("questions", path.name, "--for", "Jun Mori", cwd=path.parent).stdout
    assert parse_record(sent.encode(), "sent").system == "Tower: North # 1"


def test_a_name_of_several_lines_stays_a_comment(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("ask: The surveyor", 'ask: "A\\nB: c"'), "utf-8")
    done = run_tenken("questions", path.name, "--for", "A\nB: c", cwd=path.parent)
    assert list(parse_record(done.stdout.encode(), "sent").answers) == ["lit"]


def test_what_helps_to_answer_stands_under_the_question_in_the_words_of_the_file(tmp_path: Path) -> None:
    asked = run_tenken("questions", cwd=tmp_path).stdout
    assert "\n  # For example: A support chatbot that writes its own answers talks with people\n" in asked
    assert "\n  # But not: A spam filter and a forecast of the power demand do none of these.\n" in asked
    assert "\n  #   makes_content (Makes or changes content): It makes or changes text," in asked
    assert "\n  # Only if where: eu; subject: ai_system, special_use; eu_role: provider,\n" in asked
    assert (
        "\n  # More questions may follow after: talks_with_people, makes_content,\n  # reads_people\n  does:" in asked
    )
    assert all(len(line) <= 80 for line in asked.splitlines() if line.lstrip().startswith("#"))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_file_is_filled_in_and_asks_on_until_nothing_is_open(tmp_path: Path, language: str) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{}}\n", "utf-8")
    given = {
        "coast": "yes",
        "lamps": "{white: yes, red: unsure}",
        "keeper": "no",
        "lit": "2026-09-01",
        "L-1.clean": "{answer: not_applicable, reason: it has none}",
    }
    rounds: list[list[str]] = []
    while len(rounds) < 9:
        form = run_tenken("questions", path.name, language=language, cwd=tmp_path).stdout
        asked = list(parse_record(form.encode(), "form").answers)
        if asked == ["lamps"] and open_record(path).record.answers["lamps"].answer == ("white", "red?"):
            break
        rounds.append(asked)
        for id in rounds[-1]:
            form = form.replace(f"\n  {id}:\n", f"\n  {id}: {given.get(id, 'yes')}\n")
        path.with_name("FILE").write_text(form, "utf-8")
        assert run_tenken("assess", path.name, "--merge", "FILE", cwd=tmp_path).returncode == 0
    assert rounds[0] == ["coast"]
    assert len(rounds) <= 5
    assert open_record(path).record.answers["lamps"].answer == ("white", "red?")


def test_how_a_doubt_about_one_of_several_is_written_is_said_and_read(tmp_path: Path) -> None:
    asked = run_tenken("questions", cwd=tmp_path).stdout
    assert "\n#   {a: yes, b: unsure}\n" in asked
    filled = asked.replace("\n  does:\n", "\n  does: {makes_content: yes, reads_people: unsure}\n")
    assert parse_record(filled.encode(), "filled").answers["does"].answer == ("makes_content", "reads_people?")


def test_where_nothing_is_open_it_says_so_and_names_the_checklists_that_fit(tmp_path: Path) -> None:
    path = tmp_path / "seoul.yaml"
    path.write_text("tenken: 2\nsystem: S\nchecklists: [eu-transparency]\nanswers:\n  where: [korea]\n", "utf-8")
    said = run_tenken("questions", path.name, cwd=tmp_path).stdout
    asked = " ".join(said.replace("#", "").split())
    assert "Nothing is open." in asked
    assert parse_record(said.encode(), "said").answers == {}
    assert "add korea-ai-basic-act under `checklists`" in asked


def test_a_blank_holds_every_question_that_its_checklists_use_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "tokyo.yaml"
    path.write_text("tenken: 2\nsystem: S\nchecklists: [japan-ai-guidelines]\nanswers: {}\n", "utf-8")
    asked = parse_record(run_tenken("questions", path.name, "--blank", cwd=tmp_path).stdout.encode(), "blank").answers
    assert {"where", "japan_role", "JP-C0.other_laws"} <= set(asked)
    assert not {"size", "eu_role"} & set(asked)
