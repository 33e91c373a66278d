"""What lies beside a record itself, whatever link leads to that: its log, and its signatures."""

from __future__ import annotations

from pathlib import Path

from tenken.files.file_names import follow_links, is_there, quote_file_for_shell
from tenken.messages.message_catalog import phrase

LOG_ENDING = ".log.jsonl"


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
