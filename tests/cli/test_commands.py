"""The commands as a user meets them: files in, text out, exit statuses, and mistakes in one line each."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from support.command_line import run_tenken, start_tenken
from support.paths import LIGHTHOUSE, SMALL, TENKEN
from tenken.authoring.reference_page import list_printable_kinds
from tenken.files.shipped_files import find_shipped_folder

ANSWERS = {
    "where": "eu",
    "subject": "ai_system",
    "eu_role": "provider",
    "does": "talks_with_people",
    "small_audience": "public",
    "placed": "2026-09-01",
    "size": "sme",
    "S-1.told": "yes",
    "S-1.clear": "partly",
}


def text_of(answers: dict[str, str]) -> str:
    lines = "".join(f"  {id}: {answer}\n" for id, answer in answers.items())
    return f"tenken: 1\nsystem: Acme Help\nchecklists: [{SMALL}]\nanswers:\n{lines}"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(text_of(ANSWERS), "utf-8")
    return path


def test_a_report_stands_beside_the_record_and_says_where(record: Path) -> None:
    done = run_tenken("report", record)
    assert done.returncode == 0
    assert str(record.with_suffix(".html")) in done.stderr
    assert "Acme Help" in record.with_suffix(".html").read_text("utf-8")


def test_the_format_follows_from_the_file_name(record: Path) -> None:
    target = record.with_name("result.json")
    assert run_tenken("report", record, "-o", target).returncode == 0
    result = json.loads(target.read_text("utf-8"))
    assert result["schema_version"] == "2"
    assert {finding["id"]: finding["status"] for finding in result["findings"]}["S-1"] == "gap"


def test_a_report_never_replaces_a_file_tenken_did_not_make(record: Path) -> None:
    mine = record.with_name("mine.html")
    mine.write_text("my own page", "utf-8")
    refused = run_tenken("report", record, "-o", mine)
    assert (refused.returncode, mine.read_text("utf-8")) == (2, "my own page")
    assert run_tenken("report", record, "-o", mine, "--force").returncode == 0
    assert run_tenken("report", record, "-o", mine).returncode == 0


def test_the_same_inputs_give_the_same_bytes(record: Path) -> None:
    arguments = ("report", record, "--as-of", "2026-11-23", "-o", "-")
    assert start_tenken(*arguments).stdout == start_tenken(*arguments).stdout


def test_a_record_that_names_its_schema_still_does_when_it_was_answered(record: Path) -> None:
    line = "# yaml-language-server: $schema=../checklists/schemas/record.json\n# Ours.\n"
    record.write_text(line + record.read_text("utf-8"), "utf-8")
    assert run_tenken("assess", record, "--set", "S-1.clear=yes").returncode == 0
    assert record.read_text("utf-8").startswith(f"{line}tenken: 1\n")


def test_the_gate_fails_for_a_gap_in_force_and_passes_before(record: Path) -> None:
    failed = run_tenken("check", record, "--as-of", "2026-11-23")
    assert failed.returncode == 1
    assert "S-1.clear" in failed.stdout
    assert run_tenken("check", record, "--as-of", "2026-08-31").returncode == 0
    assert run_tenken("check", record, "--as-of", "2026-08-31", "--within", "30d").returncode == 1


def test_the_gate_never_takes_silence_for_a_pass(record: Path) -> None:
    record.write_text(text_of({**ANSWERS, "S-1.clear": "unsure"}), "utf-8")
    failed = run_tenken("check", record, "--as-of", "2026-11-23")
    assert (failed.returncode, "S-1.clear" in failed.stdout) == (1, True)
    assert "1 binding requirement is due, Undetermined: 1" in failed.stderr
    assert run_tenken("check", record, "--as-of", "2026-11-23", "--allow-unknown").returncode == 0
    record.write_text(text_of({}).replace("answers:\n", "answers: {}\n"), "utf-8")
    assert run_tenken("check", record, "--as-of", "2026-11-23").returncode == 1
    gone = run_tenken("check", record, "--strict")
    assert (gone.returncode, "--allow-unknown" in gone.stderr) == (2, True)


def test_the_gate_says_what_was_set_aside_and_a_reason_needs_words(record: Path) -> None:
    aside = "\n    answer: not_applicable\n    reason: "
    record.write_text(text_of({**ANSWERS, "S-1.told": f"{aside}spoken only", "S-1.clear": "yes"}), "utf-8")
    assert "Set aside by you, in part or whole: S-1" in run_tenken("check", record, "--as-of", "2026-11-23").stderr
    record.write_text(text_of({**ANSWERS, "S-1.told": f"{aside}.", "S-1.clear": "yes"}), "utf-8")
    refused = run_tenken("check", record)
    assert (refused.returncode, "needs a `reason: …` in words" in refused.stderr) == (2, True)


def test_a_recommendation_never_fails_the_gate(record: Path) -> None:
    record.write_text(text_of({**ANSWERS, "S-1.clear": "yes", "S-5.published": "no"}), "utf-8")
    assert run_tenken("check", record, "--as-of", "2026-11-23").returncode == 0


def test_a_duty_to_make_an_effort_is_told_as_law_and_never_fails_the_gate(record: Path) -> None:
    answers = {
        "where": "japan",
        "subject": "ai_system",
        "japan_role": "business_user",
        "JP-ACT-7.cooperates": "yes",
        "JP-ACT-7.guidelines_known": "yes",
        "JP-ACT-7-use.used_actively": "no",
    }
    record.write_text(text_of(answers).replace(str(SMALL), "japan-ai-promotion-act"), "utf-8")
    day = ("--as-of", "2026-11-23")
    assert run_tenken("check", record, *day).returncode == 0
    said = run_tenken("report", record, "--format", "md", "-o", "-", *day).stdout
    assert "No effort shown yet" in said
    assert "Duty to make an effort" in said
    assert "Recommendation" not in said
    assert "What the law asks an effort for" in said


@pytest.mark.parametrize(
    ("answers", "options", "expected"),
    [
        ({}, ("--as-of", "2026-08-31"), "No binding requirement is due by this day."),
        ({"placed": "not_yet", "S-1.clear": "no"}, (), "From a day that is not known yet: S-1"),
    ],
)
def test_the_gate_says_what_it_did_not_judge(
    record: Path, answers: dict[str, str], options: tuple[str, ...], expected: str
) -> None:
    record.write_text(text_of({**ANSWERS, **answers}), "utf-8")
    done = run_tenken("check", record, *options)
    assert (done.returncode, expected in done.stderr.splitlines()) == (0, True), done.stderr


@pytest.mark.parametrize("placed", ["unsure", ""])
def test_a_gap_whose_day_is_open_fails_the_gate_unless_the_unknown_is_allowed(record: Path, placed: str) -> None:
    """Else to learn the day could turn a failure into a pass, or name a day nobody knows."""
    answers = {**ANSWERS, "S-1.clear": "no", "placed": placed}
    record.write_text(text_of({id: answer for id, answer in answers.items() if answer}), "utf-8")
    failed = run_tenken("check", record)
    assert (failed.returncode, "open: placed" in failed.stdout) == (1, True)
    assert "From a day that is not known yet: S-1" in failed.stderr
    assert run_tenken("check", record, "--allow-unknown").returncode == 0
    for form in ("html", "md", "csv", "json"):
        shown = run_tenken("report", record, "--format", form, "-o", "-").stdout
        assert "since 2 August 2026" not in shown, form
    finding = next(each for each in json.loads(shown)["findings"] if each["id"] == "S-1")
    assert (finding["timing"], finding["since"], finding["since_latest"]) == ("open", "2026-08-02", None)
    dates = run_tenken("report", record, "--only", "dates").stdout
    assert "----------  S-1  Tell people: from a day not known yet (2 August 2026 at the earliest)" in dates
    assert "S-1" not in run_tenken("report", record, "--only", "dates", "--format", "ics", "-o", "-").stdout


def test_a_day_that_is_only_the_earliest_is_nowhere_named_as_the_day(record: Path) -> None:
    """Else a calendar would hold a day that nobody knows."""
    role = {"does": "makes_content", "small_outputs": "text", "placed": "unsure", "S-2.marked": "no"}
    record.write_text(text_of({**ANSWERS, **role}), "utf-8")
    for form in (
        ("--only", "dates"),
        ("--only", "dates", "--format", "ics"),
        ("--format", "csv"),
        ("--format", "html"),
    ):
        shown = run_tenken("report", record, *form, "--as-of", "2026-07-01", "-o", "-").stdout
        assert "(at the earliest)" in shown.replace("\r\n ", "").replace("\n ", ""), form
    dates = run_tenken("report", record, "--only", "dates").stdout.splitlines()
    assert dates[-1] == "----------  S-5  Publish a goal"
    assert run_tenken("assess", record, "--set", "does=unsure").returncode == 0
    dates = run_tenken("report", record, "--only", "dates").stdout.splitlines()
    assert [line for line in dates if "Mark what it makes (if it applies): from a day not known" in line]


def test_what_the_law_says_of_a_day_is_said_of_a_system_only_if_it_is_known_to_be_so(record: Path) -> None:
    role = {"does": "makes_content", "small_outputs": "text"}
    says = "Systems from before August 2026 have four months longer."
    for placed, expected in (("unsure", f"Depending on the answer: {says}"), ("2026-01-01", says)):
        record.write_text(text_of({**ANSWERS, **role, "placed": placed}), "utf-8")
        explained = run_tenken("explain", record, "S-2", "--as-of", "2026-07-01").stdout
        assert f"  {expected}" in explained.splitlines()
        page = run_tenken("report", record, "--format", "html", "--as-of", "2026-07-01", "-o", "-").stdout
        assert f">{expected} <cite>" in page


def test_a_gap_of_an_unknown_day_may_be_due_in_any_time_ahead(record: Path) -> None:
    record.write_text(text_of({**ANSWERS, "placed": "not_yet", "S-1.clear": "no"}), "utf-8")
    failed = run_tenken("check", record, "--within", "30d")
    assert (failed.returncode, "S-1.clear" in failed.stdout) == (1, True)


def test_explain_says_why_and_what_another_answer_would_change(record: Path) -> None:
    why = run_tenken("explain", record, "S-1").stdout
    assert "Article 1" in why
    assert "Anybody may use it." in why
    changed = run_tenken("explain", record, "--set", "small_audience=experts", "--as-of", "2026-11-23").stdout
    assert changed.splitlines()[1] == "  then:   S-1  Tell people: Not applicable"
    assert "Nothing would change" in run_tenken("explain", record, "--set", "size=larger").stdout


def test_a_blank_to_fill_in_is_a_record_itself(tmp_path: Path) -> None:
    blank = run_tenken("questions", "--blank").stdout
    path = tmp_path / "blank.yaml"
    path.write_text(blank, "utf-8")
    assert run_tenken("validate", path).returncode == 0
    assert run_tenken("check", path).returncode == 1
    assert "\n  placed:\n" in blank


def test_questions_lists_only_what_is_open(record: Path) -> None:
    shown = run_tenken("questions", record).stdout
    assert "S-1.reminded:" in shown
    assert "small_audience:" not in shown


def test_a_record_can_come_through_a_pipe(record: Path) -> None:
    done = run_tenken("report", "-", "--format", "json", stdin=record.read_text("utf-8"))
    assert json.loads(done.stdout)["system"] == "Acme Help"


def test_the_checklists_that_ship_are_listed_and_shown() -> None:
    listed = run_tenken("checklists", "list").stdout
    assert listed
    id = listed.split()[0]
    assert run_tenken("checklists", "show", id).stdout
    assert run_tenken("checklists", "show", "no-such").returncode == 2


def test_tenken_alone_says_what_to_do_next() -> None:
    done = run_tenken()
    assert (done.returncode, "tenken assess" in done.stdout) == (0, True)


def test_the_version_is_the_same_wherever_it_is_asked() -> None:
    assert start_tenken("--version").stdout == run_tenken("--version").stdout


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1: the file is empty"),
        ("tenken: 1\nsystem: 問い合わせ\n".encode("cp932"), "2:9: this is not UTF-8; it looks like Shift_JIS"),
        ("tenken: 1\n".encode("utf-16"), " this is UTF-16, as PowerShell writes it"),
        (b"\x00\x01\x02", "1:1: the character U+0000 is not allowed here"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_looks_like(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(content)
    done = run_tenken("check", path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{path}:{expected}")
    assert path.read_bytes() == content


def test_a_byte_order_mark_does_no_harm(record: Path) -> None:
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes())
    assert run_tenken("validate", record).returncode == 0


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    done = run_tenken("check", path)
    assert (done.returncode, "larger than 16 MiB" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        *((command, "there is no record in this folder") for command in ("check", "report", "evidence", "update")),
        *((command, "this is a folder; name a file in it") for command in ("explain", "validate")),
    ],
)
def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path, command: str, said: str) -> None:
    assert run_tenken(command, tmp_path / "none.yaml").stderr.endswith("there is no such file or folder\n")
    assert run_tenken(command, tmp_path).stderr.endswith(f"{said}\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="the system refuses root nothing")
def test_a_file_without_permission_is_said_to_be_one(record: Path) -> None:
    record.chmod(0)
    done = run_tenken("check", record)
    assert (done.returncode, "no permission" in done.stderr) == (2, True)


def test_a_full_disk_leaves_the_old_report_whole(record: Path) -> None:
    assert run_tenken("report", record).returncode == 0
    target = record.with_suffix(".html")
    before = target.read_bytes()
    done = subprocess.run(
        [*TENKEN, "report", str(record), "--as-of", "2027-01-01"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert done.returncode == 2
    assert "nothing was changed" in done.stderr
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.glob(".*")] == []


def test_all_problems_are_told_at_once(record: Path) -> None:
    record.write_text(text_of({**ANSWERS, "dose": "nothing", "size": "huge", "placed": "2026-02-30"}), "utf-8")
    done = run_tenken("check", record)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert "did you mean does?" in done.stderr


@pytest.mark.parametrize("arguments", [("--as-of", "tomorrow"), ("--within", "soon")])
def test_a_wrong_option_gets_one_line(record: Path, arguments: tuple[str, str]) -> None:
    done = run_tenken("check", record, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_an_unknown_setting_names_the_nearest(record: Path) -> None:
    done = run_tenken("explain", record, "--set", "dose=none")
    assert (done.returncode, done.stderr) == (2, "--set: dose is not a question here; did you mean does?\n")
    assert run_tenken("explain", record, "--set", "does").returncode == 2


def test_nothing_raw_reaches_the_terminal(record: Path) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07"
    for arguments in (("check", f"{evil}.yaml"), ("explain", str(record), evil), ("checklists", "show", evil)):
        done = run_tenken(*arguments)
        assert done.returncode == 2
        assert not [c for c in done.stdout + done.stderr if c < " " and c != "\n"]


def test_a_reader_that_goes_away_is_no_mistake(record: Path) -> None:
    command = f'"{sys.executable}" -m tenken report "{record}" -o - | head -c 1 > /dev/null'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_schema_and_the_reference_are_printed_as_they_ship() -> None:
    shipped = find_shipped_folder("checklists")
    assert run_tenken("checklists", "schema", "record").stdout == (shipped / "schemas" / "record.json").read_text(
        "utf-8"
    )
    assert run_tenken("checklists", "schema", "reference").stdout == (shipped / "REFERENCE.md").read_text("utf-8")


def test_a_schema_there_is_not_is_one_line_with_the_nearest() -> None:
    done = run_tenken("checklists", "schema", "checklists")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "KIND: checklists is not one of the choices; did you mean checklist?\n"


def test_the_help_lists_every_kind_of_schema() -> None:
    said = run_tenken("checklists", "schema", "--help").stdout
    assert all(kind in said for kind in list_printable_kinds())


@pytest.mark.parametrize("name", ["small.HTML", "SMALL.Md"])
def test_the_ending_of_a_file_counts_in_capitals_too(record: Path, name: str) -> None:
    assert run_tenken("report", record, "-o", record.with_name(name)).returncode == 0
    refused = run_tenken("report", record, "-o", record.with_name("a.docx"))
    assert (refused.returncode, refused.stderr.split(";")[0]) == (2, "-o: docx is not one of the choices")


@pytest.mark.parametrize("shipped", ["checklists/eu-transparency.yaml", "templates/report.md.j2"])
def test_no_report_takes_the_place_of_what_ships(record: Path, shipped: str) -> None:
    folder, _, name = shipped.partition("/")
    target = find_shipped_folder(folder) / name
    before = target.read_bytes()
    refused = run_tenken("report", record, "--format", "md", "-o", target, "--force")
    assert (refused.returncode, refused.stderr.count("\n"), target.read_bytes() == before) == (2, 1, True)


@pytest.mark.parametrize("more", [("--format", "csv"), ("--only", "dates"), ("--only", "comparison")])
def test_what_does_not_show_changes_is_not_asked_for_them(record: Path, more: tuple[str, str]) -> None:
    refused = run_tenken("report", record, "--since", record, *more, "-o", "-")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("--since: ")


def test_an_earlier_state_can_come_through_a_pipe(record: Path) -> None:
    earlier = record.with_name("earlier.yaml")
    earlier.write_text(text_of({**ANSWERS, "S-1.clear": "no"}), "utf-8")
    with earlier.open("rb") as pipe:
        done = subprocess.run([*TENKEN, "diff", "-", record], stdin=pipe, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, run_tenken("diff", earlier, record).stdout)


def test_a_name_never_breaks_the_line_of_a_message(record: Path) -> None:
    odd = record.with_name("a\nb.yaml")
    refused = run_tenken("check", odd)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    made = run_tenken("report", record, "-o", odd.with_suffix(".html"))
    assert (made.returncode, made.stderr.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    "said", ["[talks_with_people, 'makes_content?']", "{talks_with_people: yes, makes_content: unsure}"]
)
def test_of_several_choices_one_can_be_open(record: Path, said: str) -> None:
    record.write_text(text_of({**ANSWERS, "does": said}), "utf-8")
    result = json.loads(run_tenken("report", record, "--format", "json", "-o", "-").stdout)
    applies = {finding["id"]: finding["applies"] for finding in result["findings"]}
    assert (applies["S-1"], applies["S-2"], applies["S-4"]) == ("yes", "unknown", "no")
    assert "(not sure)" in run_tenken("report", record, "--format", "md", "-o", "-").stdout
    assert run_tenken("assess", record, "--set", "does=makes_content?,talks_with_people").returncode == 0
    assert run_tenken("validate", record).returncode == 0
    assert "makes_content" in record.read_text("utf-8")


def test_a_record_of_the_first_format_stays_as_it_is_and_a_new_one_is_of_the_second(record: Path) -> None:
    assert run_tenken("assess", record, "--set", "S-1.clear=yes").returncode == 0
    assert record.read_text("utf-8").startswith("tenken: 1\n")
    new = record.with_name("new.yaml")
    assert run_tenken("assess", new, "--set", "where=eu").returncode == 0
    assert new.read_text("utf-8").startswith("tenken: 2\n")


def test_a_record_of_the_first_format_is_of_the_second_with_the_first_doubt_about_a_single_choice(record: Path) -> None:
    assert run_tenken("assess", record, "--set", "does=talks_with_people,makes_content?").returncode == 0
    assert record.read_text("utf-8").startswith("tenken: 2\n")


def test_the_release_that_was_assessed_stands_in_the_report(record: Path) -> None:
    record.write_text(text_of(ANSWERS).replace("system: Acme Help\n", "system: Acme Help\nrelease: 1.4\n"), "utf-8")
    for form in ("html", "md"):
        assert "release 1.4" in run_tenken("report", record, "--format", form, "-o", "-").stdout.replace("\\", "")


def test_validate_notes_an_answer_that_decides_nothing_once_that_is_certain(tmp_path: Path) -> None:
    path = tmp_path / "tower.yaml"
    answers = "coast: no, keeper: no"
    path.write_text(f"tenken: 2\nsystem: T\nchecklists: [{LIGHTHOUSE}]\nanswers: {{{answers}}}\n", "utf-8")
    told = run_tenken("validate", path)
    assert (told.returncode, told.stdout) == (0, "")
    assert "note: because of the other answers, keeper decides nothing here" in told.stderr
    path.write_text(path.read_text("utf-8").replace("coast: no, ", ""), "utf-8")
    assert "note:" not in run_tenken("validate", path).stderr


def test_a_choice_that_somebody_would_know_of_is_handed_over(record: Path) -> None:
    doubt = "{answer: {talks_with_people: yes, makes_content: unsure}, ask: legal}"
    record.write_text(text_of({**ANSWERS, "does": doubt}), "utf-8")
    assert "\n  does:" in run_tenken("questions", record, "--for", "legal").stdout


def test_two_records_whose_reports_would_have_one_name_are_told(record: Path) -> None:
    other = record.with_suffix(".json")
    data = {"tenken": 1, "system": "Other", "checklists": [str(SMALL)], "answers": ANSWERS}
    other.write_text(json.dumps(data), "utf-8")
    done = run_tenken("report", record, other)
    assert done.returncode == 2
    assert f"the report of {record} was just written there; write this one with -o" in done.stderr
    assert "Acme Help" in record.with_suffix(".html").read_text("utf-8")
    assert run_tenken("report", record, record).returncode == 0


def test_validate_has_notes_on_a_record_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "tower.json"
    answers = {"coast": "no", "lamps": "white", "keeper": "yes"}
    path.write_text(json.dumps({"tenken": 1, "system": "T", "checklists": [str(LIGHTHOUSE)], "answers": answers}))
    assert "decides nothing here" in run_tenken("validate", path).stderr
