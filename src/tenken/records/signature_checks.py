"""Whether signatures of a record are good: who signed, what exactly, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tenken.files.file_names import is_there
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.records.answer_log import LoggedKind
from tenken.records.files_beside import find_log_path, find_signature_path
from tenken.records.log_checks import verify_log
from tenken.records.log_reading import LogReading, read_log_entries
from tenken.records.record import Record, SignOff
from tenken.records.sign_off import digest_record
from tenken.records.signed_statement import (
    NO_STATEMENT,
    SignedStatement,
    digest_house_rules,
    read_signed_statements,
)
from tenken.records.ssh_signatures import VerifiedSignature, find_ssh_keygen, verify_signature

_TABLES = {
    "rules": "rules {name}: {state}",
    "house_rules": "house rules {name}: {state}",
    "evidence": "evidence {name}: {state}",
}
_SIGNED = "signed by {by} on {on}: principal {principal}, key {key}"
_SIGNED_AS = {
    "drafted": "drafted by {by} on {on}: principal {principal}, key {key}",
    "checked": "checked by {by} on {on}: principal {principal}, key {key}",
    "approved": "approved by {by} on {on}: principal {principal}, key {key}",
}


class SignatureVerdict(NamedTuple):
    """One signature: what it says in lines, each thing for which it does not hold, and whose sign-off it seals."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]
    seals: Mapping[str, Any] = {}


class _RecordToday(NamedTuple):
    """A record as it is now, and what its log says since a head, which is read once for all signatures of it."""

    record: Record
    digest: str
    rules: Mapping[str, str]
    find_log_faults: Callable[[str], tuple[str, ...]]
    find_names_since: Callable[[str], tuple[str, ...]]


def verify_record_signatures(
    path: Path, record: Record, rules: Mapping[str, str], signers: Path
) -> list[SignatureVerdict]:
    """Each signature of a record checked against a file of allowed signers; raises `Problems` if there is none."""
    find_ssh_keygen()
    if not is_there(find_signature_path(path)):
        text = "this record is not sealed; to sign it: tenken sign {file} --key KEY --by NAME"
        raise Problems(Problem(Place(str(path)), text, {"file": path}))
    read_file_bytes(signers)
    today = _RecordToday(
        record,
        digest_record(record),
        {**digest_house_rules(path.parent), **rules},
        cache(lambda head: tuple(_list_log_faults(head, path, record))),
        cache(lambda head: tuple(_list_names_since(head, path))),
    )
    verdicts = [_verify_one(each, today, signers) for each in read_signed_statements(path)]
    sealed = [verdict.seals for verdict in verdicts]
    bare = [one for one in record.signed_off if not any(_is_sign_off(one, statement) for statement in sealed)]
    text = "the record says that {by} signed it on {on}, and no signature here seals that"
    return [*verdicts, SignatureVerdict((), tuple(phrase(text, by=one.by, on=one.on) for one in bare))]


def _verify_one(sealed: SignedStatement, today: _RecordToday, signers: Path) -> SignatureVerdict:
    try:
        statement = sealed.read_statement()
    except NO_STATEMENT:
        return SignatureVerdict((), (phrase("what was signed is no statement of tenken"),))
    verified = verify_signature(sealed.line, sealed.signature, signers)
    faults = (*_list_key_faults(verified, signers), *_list_changes(statement, today))
    who = _list_statement_lines(statement, verified.principal or "?", verified.fingerprint or "?")
    lines = (*who, *_list_moved_rules(statement, today.rules))
    return SignatureVerdict(lines, faults, statement if verified.fingerprint else {})


def _list_key_faults(verified: VerifiedSignature, signers: Path) -> Iterator[str]:
    """Why a signature counts for nobody who may sign."""
    facts = {"signers": signers, "key": verified.fingerprint, "reason": verified.reason}
    if not verified.fingerprint:
        yield phrase("the signature is not of this statement; one of them was changed")
    elif not verified.principal and verified.reason:
        yield phrase("{signers} does not let the key {key} sign this, as ssh-keygen says: {reason}", **facts)
    elif not verified.principal:
        yield phrase("nobody in {signers} has the key it was signed with, {key}", **facts)


def _is_sign_off(signed: SignOff, statement: Mapping[str, Any]) -> bool:
    """Whether a sign-off in the record is what a statement says."""
    said = {"by": signed.by, "role": str(signed.role), "position": signed.position, "on": signed.on.isoformat()}
    return all(statement.get(key) == value for key, value in said.items())


def _list_statement_lines(statement: Mapping[str, Any], principal: str, fingerprint: str) -> Iterator[str]:
    """Who signed and what."""
    facts = {"by": statement["by"], "on": statement["on"], "principal": principal, "key": fingerprint}
    yield phrase(_SIGNED_AS.get(statement["role"], _SIGNED), **facts)
    if statement["position"]:
        yield "  " + phrase("position {position}", position=statement["position"])
    system = {"system": statement["system"], "release": statement["release"] or "–"}
    yield "  " + phrase("system {system}, release {release}", **system)
    yield "  " + phrase("record {digest}", digest=statement["record"])
    yield "  " + phrase("head of the log {digest}", digest=statement["head"] or "–")
    for table, text in _TABLES.items():
        yield from ("  " + phrase(text, name=name, state=state) for name, state in statement[table].items())


def _list_changes(statement: Mapping[str, Any], today: _RecordToday) -> Iterator[str]:
    """What of a record is not as it was signed."""
    if statement["head"]:
        yield from today.find_log_faults(statement["head"])
    if statement["record"] != today.digest:
        names = ", ".join(today.find_names_since(statement["head"])) or phrase("something")
        yield phrase("changed since it was signed: {names}", names=names)
    if not any(_is_sign_off(one, statement) for one in today.record.signed_off):
        yield phrase("the record itself does not say any more that {by} signed it", by=statement["by"])


def _list_log_faults(head: str, path: Path, record: Record) -> Iterator[str]:
    """What of the log is not as it was when its head was signed."""
    if record.log is None and not is_there(find_log_path(path)):
        yield phrase("it was signed together with a log, which is not there any more")
        return
    try:
        faults = verify_log(path, head).faults
    except Problems as found:
        faults = found.problems
    yield from map(phrase_problem, faults)


def _list_names_since(head: str, path: Path) -> list[str]:
    """The answers and lines that changed after an entry of the log."""
    names: dict[str, None] = {}
    reading = LogReading()
    if head and is_there(find_log_path(path)):
        passed = False
        for entry in read_log_entries(find_log_path(path), reading):
            if passed:
                changes = [change for change in entry["changes"] if change["name"] not in ("status", "signed_off")]
                names.update(dict.fromkeys(str(each["name"]) for each in changes if each["kind"] != LoggedKind.RULES))
            passed = passed or reading.head == head
    return list(names)


def _list_moved_rules(statement: Mapping[str, Any], now: Mapping[str, str]) -> Iterator[str]:
    """Rules that are others today, which is no fault of the signature."""
    then = {**statement["house_rules"], **statement["rules"]}
    if moved := [name for name in dict.fromkeys((*then, *now)) if now.get(name) != then.get(name)]:
        yield "  " + phrase("rules that moved since: {names}", names=", ".join(moved))
