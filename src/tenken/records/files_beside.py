"""What lies beside a record: its log and its signatures, whatever link leads to it, and what programs propose."""

from __future__ import annotations

from pathlib import Path

from tenken.files.file_names import follow_links, is_there, quote_file_for_shell
from tenken.files.problems import Problem, Problems
from tenken.files.strict_yaml import Node, mark_place
from tenken.messages.message_catalog import phrase

LOG_ENDING = ".log.jsonl"
PROPOSALS_KEY = "proposed"
"""The key by which a file of proposals is known."""
_PROPOSALS_ENDING = ".proposals.yaml"


def find_log_path(record_path: Path) -> Path:
    return Path(f"{follow_links(record_path)}{LOG_ENDING}")


def find_signature_path(record_path: Path) -> Path:
    return Path(f"{follow_links(record_path)}.sig")


def list_left_log_lines(record_path: Path) -> list[str]:
    """That a log lies beside a record which says nothing of it, if so: then nothing is logged."""
    log = find_log_path(record_path)
    if not is_there(log):
        return []
    facts = {"log": log, "command": f"tenken log begin {quote_file_for_shell(record_path)}"}
    return [phrase("{log} is there, and the record does not name it: nothing is logged. To go on: {command}", **facts)]


def find_proposals_path(record_path: Path) -> Path:
    """Where what programs propose for a record is kept: `acme.yaml` has `acme.proposals.yaml` beside it."""
    return record_path.with_name(record_path.stem + _PROPOSALS_ENDING)


def refuse_proposals_as_record(node: Node, path: str) -> None:
    """Raises `Problems` if a file holds proposals, which count for nothing before a person takes them over."""
    if isinstance(node.value, dict) and PROPOSALS_KEY in node.value:
        text = "these are proposals and no record; a person takes them over: tenken assess RECORD --merge {file}"
        place = mark_place(path, node.keys[PROPOSALS_KEY])
        raise Problems(Problem(place, text, {"file": quote_file_for_shell(Path(path))}))
