"""The whole way of a start-up: answers, gap, draft, filled in, evidence pinned, signed, and the check passes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.command_line import run_tenken

needs_openssh = pytest.mark.skipif(
    not shutil.which("ssh-keygen") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="OpenSSH is not installed"
)
RECORD = """\
tenken: 2
system: Wiener Hilfe
organisation: Wiener Hilfe OG
checklists: [eu-transparency]
answers:
  where: {answer: eu, by: Ada, at: 2026-11-23T09:00:00Z}
  subject: {answer: ai_system, by: Ada, at: 2026-11-23T09:00:30Z}
  eu_role: {answer: deployer, by: Ada, at: 2026-11-23T09:01:00Z}
  does: {answer: none, by: Ada, at: 2026-11-23T09:03:00Z}
  EU-4.staff_supported: {answer: no, by: Ada, at: 2026-11-23T09:05:00Z}
  EU-4.others_included: {answer: no, by: Ada, at: 2026-11-23T09:05:30Z}
  EU-4.fitted: {answer: no, by: Ada, at: 2026-11-23T09:06:00Z}
"""
WORDS = {
    "literacy_purpose": "It sorts the mail of customers by subject.",
    "literacy_mistakes": "It takes a complaint for praise if it is ironic.",
    "literacy_affected": "Customers, whose complaint may wait.",
    "literacy_rules": "Nobody answers a complaint without having read it.",
    "literacy_contact": "Ada",
    "literacy_measures": "24 November 2026: half an hour, all four of us.",
    "literacy_review": "November 2027, by Ada",
}


def succeed(*arguments: str | Path) -> str:
    """What a command says that has to be fine, on the day of the test."""
    day = ["--as-of", "2026-11-28"] if arguments[0] in ("check", "draft", "evidence") else []
    done = run_tenken(*arguments, *day)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@needs_openssh
def test_from_gap_to_done(tmp_path: Path) -> None:
    record, page, key = tmp_path / "wiener-hilfe.yaml", tmp_path / "literacy.md", tmp_path / "ada"
    record.write_text(RECORD, "utf-8")
    # The gap, and the draft that helps with it.
    assert run_tenken("check", record, "--as-of", "2026-11-28").returncode == 1
    assert "ai-literacy-record  AI literacy record (9 blanks)" in succeed("draft", record)
    # The team does what it says, and says in the record what it did.
    succeed("assess", record, *(f"--set={id}={said}" for id, said in WORDS.items()), "--by", "Ada")
    said = record.read_text("utf-8")
    record.write_text(
        re.sub(r"(EU-4\.\w+: {answer: )no(, .*)}", r"\1yes\2, evidence: [{at: literacy.md}]}", said), "utf-8"
    )
    assert succeed("draft", record, "ai-literacy-record", "--blanks") == ""
    succeed("draft", record, "ai-literacy-record", "-o", page)
    assert "to be filled:" not in page.read_text("utf-8")
    # The page is evidence; it is pinned, the record signed, and the check passes on what is shown.
    assert run_tenken("check", record, "--shown", "--as-of", "2026-11-28").returncode == 1
    assert "Pinned: literacy.md" in succeed("evidence", record, "--pin")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    succeed("sign", record, "--key", key, "--by", "Ada")
    succeed("check", record, "--shown")
