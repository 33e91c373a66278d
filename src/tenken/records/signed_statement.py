"""What a signature is about: one line of canonical JSON, kept beside the record together with the signature.

`RECORD.sig` holds for each signature the line that was signed and below it the signature as OpenSSH writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from tenken.files.durable_writing import write_durably
from tenken.files.file_names import is_there
from tenken.files.file_reading import digest_bytes, read_file_bytes
from tenken.files.problems import Place, Problem, Problems
from tenken.records.answer_log import render_canonical
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER
from tenken.records.document_head import list_house_files
from tenken.records.files_beside import find_signature_path
from tenken.records.record import Record, SignOff
from tenken.records.sign_off import digest_record

STATEMENT_FORMAT = "1"
MOST_SIGNATURES = 100
NO_STATEMENT = (ValueError, RecursionError)
"""What reading raises where somebody else wrote a line."""
_SEAL_BEGINS, _SEAL_ENDS = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"


class SignedStatement(NamedTuple):
    """The line that was signed, and the signature."""

    line: bytes
    signature: bytes

    def read_statement(self) -> Mapping[str, Any]:
        """What was signed; raises one of `NO_STATEMENT` for what is no statement of ours."""
        said = json.loads(self.line)
        texts = ("by", "on", "position", "record", "release", "role", "system", "head")
        tables = ("rules", "house_rules", "evidence")
        if not isinstance(said, dict) or said.get("statement") != STATEMENT_FORMAT:
            raise ValueError
        if not all(isinstance(said.get(key), str) for key in texts) or not all(map(_is_table, map(said.get, tables))):
            raise ValueError
        return said


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def build_statement(record: Record, signed: SignOff, rules: Mapping[str, str], folder: Path) -> bytes:
    """What somebody signs of a record that lies in a folder and is answered against these rules."""
    statement = {
        "statement": STATEMENT_FORMAT,
        "system": record.system,
        "release": signed.release,
        "by": signed.by,
        "role": str(signed.role),
        "position": signed.position,
        "on": signed.on.isoformat(),
        "record": digest_record(record),
        "rules": dict(rules),
        "house_rules": digest_house_rules(folder),
        "evidence": dict(_list_pinned_evidence(record)),
        "entries": record.log.entries if record.log else "0",
        "head": record.log.head if record.log else "",
    }
    return render_canonical(statement) + b"\n"


def digest_house_rules(folder: Path) -> dict[str, str]:
    """Under the name of each file of house rules beside a record, its digest."""
    files = list_house_files(folder / HOUSE_RULES_FOLDER)
    return {path.name: digest_bytes(read_file_bytes(path)) for path in files}


def _list_pinned_evidence(record: Record) -> Iterator[tuple[str, str]]:
    """Where each piece of evidence lies that the record holds a digest of, and that digest."""
    for given in record.answers.values():
        for item in given.evidence:
            if item.sha256:
                yield item.at, item.sha256


def read_signed_statements(record_path: Path) -> list[SignedStatement]:
    """The statements beside a record; raises `Problems` if there are none, or something else."""
    path = find_signature_path(record_path)
    content = read_file_bytes(path)
    found = [SignedStatement(*pair) for pair in islice(_split_signatures(content), MOST_SIGNATURES + 1)]
    if not found or not found[-1].signature.endswith(_SEAL_ENDS) or len(found) > MOST_SIGNATURES:
        text = "this holds something else than statements of tenken, each with its signature below"
        raise Problems(Problem(Place(str(path)), text))
    return found


def _split_signatures(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    rest = content
    while rest:
        line, begins, rest = rest.partition(_SEAL_BEGINS)
        armoured, ends, rest = rest.partition(_SEAL_ENDS)
        yield line, begins + armoured + ends


def keep_signature(record_path: Path, made: SignedStatement) -> Path:
    """Adds a signature to those that are of the same state of the record; what was of another state goes."""
    path = find_signature_path(record_path)
    others = read_signed_statements(record_path) if is_there(path) else []
    kept = [*_list_fitting(others, made), made]
    write_durably(path, b"".join(part for each in kept for part in each))
    return path


def _list_fitting(others: Iterable[SignedStatement], made: SignedStatement) -> Iterator[SignedStatement]:
    ours = made.read_statement()
    for other in others:
        try:
            theirs = other.read_statement()
        except NO_STATEMENT:
            continue
        if theirs["record"] == ours["record"] and (theirs["by"], theirs["role"]) != (ours["by"], ours["role"]):
            yield other
