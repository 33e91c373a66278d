"""The head of a report that is filed as a document: what the record says of it, and what the house says for all."""

from __future__ import annotations

from pathlib import Path

from tenken.files.frozen_classes import list_field_values, replace_fields
from tenken.records.record import HouseDocument, Record
from tenken.rules.loading import read_file_as

HOUSE_DOCUMENT = "document"
"""The name of the file among the house rules that holds what is the same for all documents of the house."""


def list_house_files(folder: Path) -> list[Path]:
    """The YAML files in the folder of a house's rules, by their names."""
    return sorted(path for path in (*folder.glob("*.yaml"), *folder.glob("*.yml")) if path.is_file())


def read_house_document(path: Path) -> HouseDocument:
    return read_file_as(HouseDocument, path)


def complete_document_head(record: Record, folder: Path) -> Record:
    """The record with what its house says of all documents, in the folder of its rules; raises `Problems`."""
    files = [path for path in list_house_files(folder) if path.stem == HOUSE_DOCUMENT]
    if not files:
        return record
    usual = read_house_document(files[0]).document
    said = dict(list_field_values(record.document)) if record.document else {}
    return replace_fields(record, document=replace_fields(usual, **{name: line for name, line in said.items() if line}))
