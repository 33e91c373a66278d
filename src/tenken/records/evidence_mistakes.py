"""What in the evidence of a record cannot be meant as it is written, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenken.files.problems import Phrase, Problem
from tenken.records.evidence import is_address, is_digest
from tenken.records.record import Evidence, Record

_FILE_SCHEME = re.compile("file:", re.IGNORECASE)


def list_evidence_mistakes(record: Record) -> Iterator[Problem]:
    """Each mistake, at the piece of evidence it is in."""
    for part in (record.answers, record.earlier):
        for given in part.values():
            for item in given.evidence:
                yield from (Problem(item.place, said.text, said.facts) for said in _list_mistakes(item))


def _list_mistakes(item: Evidence) -> Iterator[Phrase]:
    facts = {"at": item.at, "sha256": item.sha256, "on": item.on, "review_by": item.review_by}
    if not item.at.strip():
        yield Phrase("`at` is empty; write where the evidence is: a file, a folder, an address or a sentence", facts)
    if _FILE_SCHEME.match(item.at) or item.at.startswith("~"):
        yield Phrase("{at}: write a file as its path from the folder of the record, such as evidence/notice.pdf", facts)
    if item.sha256 and is_address(item.at):
        yield Phrase("{at}: nothing is fetched, so that no `sha256` can stand for it; pin a copy in a file", facts)
    elif item.sha256 and not is_digest(item.sha256):
        text = "`sha256` has 64 digits of 0-9 and a-f, and {sha256} has not; let `tenken evidence --pin` write it"
        yield Phrase(text, facts)
    if item.review_by and item.on and item.review_by < item.on:
        yield Phrase("`review_by: {review_by}` is before `on: {on}`; evidence is good until after it was made", facts)
