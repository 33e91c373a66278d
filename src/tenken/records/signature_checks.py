"""Whether signatures of a record are good: who signed, what exactly, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tenken.files.file_names import is_there
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.records.answer_log import LoggedKind, find_log_path
from tenken.records.log_checks import verify_log
from tenken.records.log_reading import LogReading, read_log_entries
from tenken.records.record import Record
from tenken.records.sign_off import digest_record
from tenken.records.signed_statement import (
    SignedStatement,
    digest_house_rules,
    find_signature_path,
    read_signed_statements,
)
from tenken.records.ssh_signatures import find_ssh_keygen, verify_signature

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
    """One signature: what it says in lines, and each thing for which it does not hold."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]


def verify_record_signatures(
    path: Path, record: Record, rules: Mapping[str, str], signers: Path
) -> list[SignatureVerdict]:
    """Each signature of a record checked against a file of allowed signers; raises `Problems` if there is none."""
    find_ssh_keygen()
    if not is_there(find_signature_path(path)):
        text = "this record is not sealed; to sign it: tenken sign {file} --key KEY --by NAME"
        raise Problems(Problem(Place(str(path)), text, {"file": path}))
    if not is_there(signers):
        raise Problems(Problem(Place(str(signers)), "there is no such file or folder"))
    return [_verify_one(each, path, record, rules, signers) for each in read_signed_statements(path)]


def _verify_one(
    sealed: SignedStatement, path: Path, record: Record, rules: Mapping[str, str], signers: Path
) -> SignatureVerdict:
    try:
        statement = sealed.read_statement()
    except (ValueError, RecursionError):
        return SignatureVerdict((), (phrase("what was signed is no statement of tenken"),))
    principal, fingerprint = verify_signature(sealed.line, sealed.signature, signers)
    faults: list[str] = []
    if not fingerprint:
        faults.append(phrase("the signature is not of this statement; one of them was changed"))
    elif not principal:
        facts = {"signers": signers, "key": fingerprint}
        faults.append(phrase("nobody in {signers} has the key it was signed with, {key}", **facts))
    faults += _list_changes(statement, path, record)
    who = _list_statement_lines(statement, principal or "?", fingerprint or "?")
    return SignatureVerdict((*who, *_list_moved_rules(statement, path, rules)), tuple(faults))


def _list_statement_lines(statement: Mapping[str, Any], principal: str, fingerprint: str) -> Iterator[str]:
    """Who signed and what."""
    facts = {"by": statement["by"], "on": statement["on"], "principal": principal, "key": fingerprint}
    yield phrase(_SIGNED_AS.get(statement["role"], _SIGNED), **facts)
    system = {"system": statement["system"], "release": statement["release"] or "–"}
    yield "  " + phrase("system {system}, release {release}", **system)
    yield "  " + phrase("record {digest}", digest=statement["record"])
    yield "  " + phrase("head of the log {digest}", digest=statement["head"] or "–")
    for table, text in _TABLES.items():
        yield from ("  " + phrase(text, name=name, state=state) for name, state in statement[table].items())


def _list_changes(statement: Mapping[str, Any], path: Path, record: Record) -> Iterator[str]:
    """What of a record is not as it was signed."""
    if statement["head"]:
        for fault in verify_log(path, statement["head"]).faults:
            yield phrase_problem(fault)
    if statement["record"] != digest_record(record):
        names = ", ".join(_list_names_since(statement["head"], path)) or phrase("something")
        yield phrase("changed since it was signed: {names}", names=names)
    signed = [(one.by, str(one.role), one.on.isoformat()) for one in record.signed_off]
    if (statement["by"], statement["role"], statement["on"]) not in signed:
        yield phrase("the record itself does not say any more that {by} signed it", by=statement["by"])


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


def _list_moved_rules(statement: Mapping[str, Any], path: Path, rules: Mapping[str, str]) -> Iterator[str]:
    """Rules that are others today, which is no fault of the signature."""
    now = {**digest_house_rules(path.parent), **rules}
    then = {**statement["house_rules"], **statement["rules"]}
    if moved := [name for name, state in then.items() if now.get(name) != state]:
        yield "  " + phrase("rules that moved since: {names}", names=", ".join(moved))
