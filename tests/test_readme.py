"""The README says what is true."""

from __future__ import annotations

import re
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from support.paths import ROOT, TENKEN
from support.pseudo_terminal import PseudoTerminal
from tenken.assessment.wording import load_labels
from tenken.cli.application import app
from tenken.rules.loading import load_library

README = (ROOT / "README.md").read_text("utf-8")

FOUNDER = {
    "(such as 2026-08-02)": "2026-03-02",
    "What is your system called?": "Wiener Hilfe",
    "Whose system is it?": "Wiener Hilfe OG",
    "Which release of it?": "",
    "Save the answers in": "",
    "Who is answering?": "Anna",
    "where": "European Union",
    "subject": "An AI system or product",
    "eu_role": "provider, deployer",
    "does": "talks_with_people, makes_content",
    "high_risk_area": "None of these",
    "banned_practices": "None of these",
    "exchange": "It answers by itself",
    "placed": "On a day that I know",
    "outputs": "New or rewritten text",
    "public_text": "None of these",
    "EU-4.staff_supported": "no",
    "EU-50-1.told_by_design": "yes",
    "EU-50-2.marked": "no",
    "The other checks of what binds you": "Stop here",
    "What next?": "Only the decisive ones (3)",
}
"""What a start-up with a support chatbot on a rented model replies, by question or by words; to other checks, yes."""


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*)\n```", README)
    assert found
    return found.group(1)


@pytest.mark.parametrize("name", ["try", "test"])
def test_a_command_to_copy_is_one_line_that_starts_from_nothing(name: str) -> None:
    assert block(name).startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_the_sample_report_is_made_by_the_command_shown(tmp_path: Path) -> None:
    arguments = block("try").rpartition(".venv/bin/tenken ")[2].split()
    arguments[1] = str(ROOT / arguments[1])
    target = tmp_path / "report.html"
    done = subprocess.run([*TENKEN, *arguments, "-o", str(target)], capture_output=True, text=True, check=True)
    assert str(target) in done.stderr
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_every_command_is_in_the_table() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"| `tenken {name}" in README


def test_the_columns_of_the_register_are_those_described() -> None:
    rows = re.search(r"\| Columns \|.*\n\|---\|---\|\n((?:\| .*\n)+)", README)
    assert rows
    described = [name for row in rows[1].splitlines() for name in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    assert described == list(load_labels("en")["register"].values())


def test_every_link_to_a_file_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_picture_is_small_and_described() -> None:
    ((words, target),) = re.findall(r"!\[([^\]]{100,})\]\(([^)]+)\)", README)
    picture = (ROOT / target).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 120 * 1024
    assert "3 duties: 2 not met" in words


def test_the_sample_session_is_what_happens(tmp_path: Path) -> None:
    found = re.search(r"<!-- session -->\n```text\n\$ tenken (.*)\n(?s:(.*?))\n```", README)
    assert found
    said = session(found.group(1).split(), tmp_path)
    at = 0
    for piece in re.split(r"\n?\[…\]\n?", found.group(2)):
        assert piece in said[at:], f"not said, or not in this order:\n{piece}\nbut:\n{said}"
        at = said.index(piece, at) + len(piece)


def session(arguments: list[str], folder: Path) -> str:
    """Everything on the terminal while the founder replies."""
    with PseudoTerminal(*arguments, folder=folder, shows=False, environment={"LC_ALL": "C.UTF-8"}) as terminal:
        read = 0
        while terminal.take(time.monotonic() + 20):
            asked = terminal.output[read:].decode("utf-8", "replace")
            if asked.endswith((": ", "? ")):
                read = len(terminal.output)
                terminal.type(reply(" ".join(asked.split())) + "\n")
        assert terminal.finish() == 0
    return terminal.output.decode().replace("\r\n", "\n")


def reply(asked: str) -> str:
    """The reply to what is asked last; before it stands what was saved of the question before."""
    places = {asked.rfind(asks().get(key, key)): said for key, said in FOUNDER.items()}
    return places[max(places)] if max(places) >= 0 else "yes"


@cache
def asks() -> dict[str, str]:
    """What every question and check asks."""
    known = load_library()
    return {
        **{id: question.ask for id, question in known.questions.items()},
        **{id: check.ask for id, (_, check) in known.checks.items()},
    }
