"""A record is signed with the keys people have; who signed, what exactly and what changed since is found offline."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from support.command_line import run_tenken
from support.sample_logs import TOWER, answer_questions, write_logged_record
from tenken.records.answer_log import render_canonical
from tenken.records.files_beside import find_signature_path
from tenken.records.record import RecordStage, SignOff, SignRole
from tenken.records.record_file import open_record
from tenken.records.record_text import build_record_data
from tenken.records.sign_off import digest_record, sign_record_off
from tenken.records.signed_statement import read_signed_statements

SIGNED = pytest.mark.skipif(
    not shutil.which("ssh-keygen") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="OpenSSH is not installed"
)
SAID = [("coast", "yes", "Mia"), ("keeper", "yes", "Jun")]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of two people, and a file that knows one of them."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("vera", "mallory"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    known = (folder / "vera.pub").read_text("utf-8").split()[:2]
    (folder / "signers").write_text(" ".join(("vera@tower.example", *known)) + "\n", "utf-8")
    return folder


@pytest.fixture
def tower(tmp_path: Path) -> Path:
    return write_logged_record(tmp_path, SAID)


def sign(path: Path, keys: Path, *more: str, name: str = "Vera", key: str = "vera") -> str:
    done = run_tenken("sign", path, "--key", keys / key, "--by", name, *more)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (0, "", 1), done.stderr
    return done.stderr


def verify(path: Path, keys: Path) -> tuple[int, list[str], list[str]]:
    done = run_tenken("verify", path, "--signers", keys / "signers")
    prefix = f"{find_signature_path(path)}: "
    return done.returncode, done.stdout.splitlines(), [line.removeprefix(prefix) for line in done.stderr.splitlines()]


@SIGNED
def test_it_says_who_signed_by_which_key_and_what(tower: Path, keys: Path) -> None:
    assert sign(tower, keys, "--position", "Director") == f"Signed off by Vera in {tower}, and sealed in {tower}.sig.\n"
    record = open_record(tower).record
    assert record.status is RecordStage.FINAL
    (signed,) = record.signed_off
    assert (signed.by, signed.role, signed.position) == ("Vera", SignRole.APPROVED, "Director")
    assert signed.digest == digest_record(record)
    entry = json.loads(Path(f"{tower}.log.jsonl").read_bytes().splitlines()[-1])
    assert (entry["what"], entry["by"]) == ("signed", "Vera")
    status, said, talk = verify(tower, keys)
    assert (status, talk) == (0, ["Nothing changed since it was signed."])
    shown = subprocess.run(["ssh-keygen", "-lf", keys / "vera"], capture_output=True, check=True, encoding="utf-8")
    assert said[0].endswith(f"principal vera@tower.example, key {shown.stdout.split()[1]}")
    assert record.log is not None
    assert f"  head of the log {record.log.head}" in said
    assert run_tenken("log", "verify", tower, "--head", record.log.head).returncode == 0


@SIGNED
def test_a_signature_is_verified_by_hand_and_says_which_rules_and_house_rules(tower: Path, keys: Path) -> None:
    (tower.parent / "house-rules").mkdir()
    rules = b"adds_to: lighthouse\ntitle: Ours\nrequirements: {}\n"
    (tower.parent / "house-rules" / "ours.yaml").write_bytes(rules)
    sign(tower, keys)
    (sealed,) = read_signed_statements(tower)
    (keys / "by-hand.sig").write_bytes(sealed.signature)
    command = ["ssh-keygen", "-Y", "verify", "-n", "tenken", "-f", str(keys / "signers"), "-I", "vera@tower.example"]
    subprocess.run([*command, "-s", str(keys / "by-hand.sig")], input=sealed.line, check=True, capture_output=True)
    statement = json.loads(sealed.line)
    assert render_canonical(statement) + b"\n" == sealed.line
    assert statement["house_rules"] == {"ours.yaml": sha256(rules).hexdigest()}
    assert set(statement["rules"]) == {"profile", "lighthouse"}
    assert all(len(state.split()[1]) == 64 for state in statement["rules"].values())
    (tower.parent / "house-rules" / "ours.yaml").write_bytes(rules + b"# more\n")
    (tower.parent / "house-rules" / "theirs.yml").write_bytes(rules)
    status, said, _ = verify(tower, keys)
    assert (status, said[-1]) == (0, "  rules that moved since: ours.yaml, theirs.yml")


@SIGNED
def test_what_changed_since_is_named(tower: Path, keys: Path) -> None:
    sign(tower, keys)
    answer_questions(open_record(tower), [("lamps", "red", "Mia")])
    gone = "the record itself does not say any more that Vera signed it"
    assert verify(tower, keys)[::2] == (1, ["changed since it was signed: lamps", gone])
    sign(tower, keys)
    assert verify(tower, keys)[0] == 0
    tower.write_text(tower.read_text("utf-8").replace("answer: red", "answer: white"), "utf-8")
    status, _, faults = verify(tower, keys)
    assert (status, len(faults)) == (1, 2)
    assert faults[0].endswith("the record was changed outside tenken: lamps")


ANOTHER = "the signature is not of this statement; one of them was changed"


@SIGNED
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"by":"Vera"', b'"by":"Else"', ANOTHER),
        (b"SSH SIGNATURE-----\n", b"SSH SIGNATURE-----\nAAAA", ANOTHER),
        (b'"statement":"1"', b'"statement":"2"', "what was signed is no statement of tenken"),
        (b"{", b"[" * 9000, "what was signed is no statement of tenken"),
    ],
)  # fmt: skip
def test_a_seal_that_was_changed_is_told(tower: Path, keys: Path, old: bytes, new: bytes, says: str) -> None:
    sign(tower, keys)
    seal = find_signature_path(tower)
    seal.write_bytes(seal.read_bytes().replace(old, new, 1))
    status, _, faults = verify(tower, keys)
    assert (status, faults[0]) == (1, says)


@SIGNED
def test_a_key_of_nobody_known_is_told_with_its_fingerprint(tower: Path, keys: Path) -> None:
    sign(tower, keys, key="mallory")
    status, said, faults = verify(tower, keys)
    assert status == 1
    assert "principal ?" in said[0]
    assert faults[0].startswith(f"nobody in {keys / 'signers'} has the key it was signed with, SHA256:")


@SIGNED
def test_those_who_drafted_checked_and_approved_sign_one_after_the_other(tower: Path, keys: Path) -> None:
    sign(tower, keys, "--role", "drafted", name="Mia")
    assert open_record(tower).record.status is RecordStage.DRAFT
    sign(tower, keys, "--role", "checked", name="Jun")
    sign(tower, keys, name="Vera")
    sign(tower, keys, name="Vera")
    assert [one.by for one in open_record(tower).record.signed_off] == ["Mia", "Jun", "Vera"]
    status, said, _ = verify(tower, keys)
    assert (status, [line.split(" on ")[0] for line in said if not line.startswith(" ")]) == (
        0, ["drafted by Mia", "checked by Jun", "approved by Vera"],
    )  # fmt: skip


@SIGNED
def test_with_four_eyes_nobody_signs_what_they_answered(tower: Path, keys: Path) -> None:
    answer_questions(open_record(tower), [("keeper", "no", "Mia")])
    for name in ("Mia", "ＭＩＡ ", "jun"):
        done = run_tenken("sign", tower, "--key", keys / "vera", "--by", name, "--four-eyes")
        assert (done.returncode, "has answered in this record" in done.stderr) == (2, True), name
    sign(tower, keys, "--four-eyes")


@SIGNED
def test_a_record_without_a_log_is_signed_all_the_same(tmp_path: Path, keys: Path) -> None:
    path = tmp_path / "tower.yaml"
    path.write_text(TOWER, "utf-8")
    sign(path, keys)
    assert verify(path, keys)[0] == 0
    path.write_text(path.read_text("utf-8").replace("keeper: no", "keeper: yes"), "utf-8")
    assert verify(path, keys)[::2] == (1, ["changed since it was signed: something"])
    told = "What Vera signed on"
    assert told in run_tenken("check", path).stderr
    assert told in run_tenken("validate", path).stderr
    assert "the record was changed since" in run_tenken("report", path, "-o", "-", "--format", "md").stdout


@pytest.mark.parametrize("missing", ["program", "key", "seal", "signers", "role"])
def test_what_is_missing_is_one_line(
    tower: Path, tmp_path: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "program":
        monkeypatch.setenv("PATH", str(tmp_path))
    if missing == "signers":
        find_signature_path(tower).write_bytes(b"")
    before = tower.read_bytes()
    signs = missing in ("program", "key", "role")
    more = ("--role", "witness") if missing == "role" else ()
    arguments = ("sign", "--key", "nowhere", "--by", "Vera", *more) if signs else ("verify", "--signers", "nowhere")
    done = run_tenken(*arguments, tower, cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert tower.read_bytes() == before


def test_what_stands_for_itself_is_not_part_of_what_is_signed(tower: Path) -> None:
    record = open_record(tower).record
    signed = sign_record_off(record, SignOff("Vera", date(2026, 11, 25), digest=digest_record(record)))
    assert digest_record(signed) == digest_record(record)
    assert "digest" in str(build_record_data(signed)["signed_off"])


@SIGNED
def test_a_sign_off_that_nothing_seals_is_told(tower: Path, keys: Path) -> None:
    sign(tower, keys)
    text = tower.read_text("utf-8")
    boss = "signed_off:\n- {by: Boss, on: 2026-11-25, role: approved}\n"
    tower.write_text(text.replace("signed_off:\n", boss), "utf-8")
    open_record(tower).catch_up_with_log()
    told = "the record says that Boss signed it on 2026-11-25, and no signature here seals that"
    assert verify(tower, keys)[::2] == (1, [told])


@SIGNED
def test_in_which_position_somebody_signs_is_sealed(tower: Path, keys: Path) -> None:
    sign(tower, keys, "--position", "Clerk")
    assert "  position Clerk" in verify(tower, keys)[1]
    tower.write_text(tower.read_text("utf-8").replace("position: Clerk", "position: Director"), "utf-8")
    open_record(tower).catch_up_with_log()
    status, _, faults = verify(tower, keys)
    assert (status, faults[0]) == (1, "the record itself does not say any more that Vera signed it")


@SIGNED
def test_what_could_not_be_sealed_is_told_and_sealed_by_the_same_command(tower: Path, keys: Path) -> None:
    done = run_tenken("sign", tower, "--key", keys / "signers", "--by", "Vera")
    assert done.returncode == 2
    assert "it says that it is signed off, and nothing seals that yet" in done.stderr.splitlines()[-1]
    sign(tower, keys)
    assert verify(tower, keys)[0] == 0


@SIGNED
@pytest.mark.parametrize(
    ("option", "says"),
    [
        ('valid-before="20200101"', "key has expired"),
        ('valid-after="20400101"', "key is not yet valid"),
        ('namespaces="git"', 'not permitted for use in signature namespace "tenken"'),
    ],
)
def test_why_a_known_key_does_not_count_is_told(
    tower: Path, keys: Path, option: str, says: str, tmp_path: Path
) -> None:
    sign(tower, keys)
    principal, key = (keys / "signers").read_text("utf-8").split(" ", 1)
    (tmp_path / "signers").write_text(f"{principal} {option} {key}", "utf-8")
    status, _, faults = verify(tower, tmp_path)
    assert (status, says in faults[0]) == (1, True)


@SIGNED
def test_a_file_of_signers_that_is_none_is_not_waited_for(tower: Path, keys: Path, tmp_path: Path) -> None:
    sign(tower, keys)
    os.mkfifo(tmp_path / "signers")
    assert verify(tower, tmp_path)[0] == 2


@SIGNED
def test_a_record_behind_a_link_has_its_seal_beside_itself(tower: Path, keys: Path) -> None:
    (tower.parent / "elsewhere").mkdir()
    link = tower.parent / "elsewhere" / "link.yaml"
    link.symlink_to(tower)
    sign(tower, keys)
    assert verify(link, keys)[0] == 0


@SIGNED
@pytest.mark.parametrize(
    "content", [b"-----BEGIN SSH SIGNATURE-----\n" * 200_000, b"-----END SSH SIGNATURE-----\n" * 9]
)
def test_a_seal_without_end_costs_no_time(tower: Path, keys: Path, content: bytes) -> None:
    find_signature_path(tower).write_bytes(content)
    status, _, told = verify(tower, keys)
    assert (status, told) == (2, ["this holds something else than statements of tenken, each with its signature below"])


@SIGNED
def test_a_seal_over_what_nobody_can_read_is_replaced(tower: Path, keys: Path) -> None:
    sign(tower, keys)
    seal = find_signature_path(tower)
    seal.write_bytes(seal.read_bytes().replace(b"{", b"[" * 9000, 1))
    sign(tower, keys)
    assert verify(tower, keys)[0] == 0


@SIGNED
def test_it_says_that_the_files_of_the_evidence_were_not_opened(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "note.txt").write_text("note", "utf-8")
    path = tmp_path / "tower.yaml"
    path.write_text(TOWER.replace("keeper: no", "keeper: {answer: no, evidence: [{at: note.txt}]}"), "utf-8")
    assert run_tenken("evidence", path, "--pin").returncode == 0
    sign(path, keys)
    status, _, told = verify(path, keys)
    assert (status, told[1]) == (
        0, f"The files of the evidence were not opened; to look at them: tenken evidence {path}",
    )  # fmt: skip


@SIGNED
def test_a_log_that_was_signed_and_is_gone_hides_nothing_else(tower: Path, keys: Path) -> None:
    sign(tower, keys)
    Path(f"{tower}.log.jsonl").unlink()
    text = re.sub("log:\n.*\n.*\n", "", tower.read_text("utf-8"))
    tower.write_text(text.replace("system: Tower", "system: Keep"), "utf-8")
    status, said, faults = verify(tower, keys)
    assert (status, said[0].startswith("approved by Vera")) == (1, True)
    gone = "it was signed together with a log, which is not there any more"
    assert faults == [gone, "changed since it was signed: something"]


@SIGNED
def test_nobody_signs(tower: Path, keys: Path) -> None:
    done = run_tenken("sign", tower, "--key", keys / "vera", "--by", "  ")
    assert (done.returncode, done.stderr) == (2, "--by: say who signs\n")
