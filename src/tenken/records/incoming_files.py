"""Files of answers from outside: which kind each is, and what reads it; all of them come to a record to be merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tenken.files.file_reading import read_file_bytes
from tenken.files.table_files import is_text_table, is_workbook, read_text_table, read_workbook
from tenken.records.incoming_tables import read_answer_table
from tenken.records.record import Record
from tenken.records.record_file import RecordFile, parse_record
from tenken.records.table_words import TableWords
from tenken.rules.library import Library


def holds_table(path: Path) -> bool:
    """Whether a file is a workbook, or is called as a table in CSV is."""
    return is_text_table(str(path)) or is_workbook(read_file_bytes(path))


def open_incoming(path: Path, ours: Record, library: Library, find_words: Callable[[], TableWords]) -> RecordFile:
    """What somebody else answered, in a record, a workbook or a table in CSV; raises `Problems` for what is wrong."""
    content, name = read_file_bytes(path), str(path)
    if is_workbook(content):
        incoming = read_answer_table(read_workbook(content, name), name, ours, library, find_words())
    elif is_text_table(name):
        words = find_words()
        sheet = read_text_table(content, name, words.headings)
        incoming = read_answer_table([sheet], name, ours, library, words)
    else:
        incoming = parse_record(content, name)
    return RecordFile(path, incoming, content)
