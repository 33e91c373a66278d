"""Which rules a record is judged by: the checklists it names, in its depth, with the rules of the house."""

from __future__ import annotations

from pathlib import Path

from tenken.files.frozen_classes import replace_fields
from tenken.records.record import Record
from tenken.rules.library import Library
from tenken.rules.loading import limit_to_default_depth, load_library
from tenken.rules.requirement import Depth
from tenken.rules.translation import BASE_LANGUAGE

HOUSE_RULES_FOLDER = "house-rules"
"""The folder beside a record that holds the rules of the house."""


def load_rules_for(record: Record, language: str = BASE_LANGUAGE) -> Library:
    """The checklists a record names, in the depth it wants, with the rules of the house and crosswalks of its own."""
    library = load_library(record.checklists, record.at, language)
    beside = Path(record.at.path).parent
    if (beside / HOUSE_RULES_FOLDER).is_dir():
        from tenken.records.house_rules import add_house_rules  # noqa: PLC0415 - few houses have rules of their own

        library = add_house_rules(library, beside / HOUSE_RULES_FOLDER)
    if record.crosswalks:
        from tenken.rules.crosswalk import read_crosswalk  # noqa: PLC0415 - few records name crosswalks of their own

        own = tuple(beside / name for name in record.crosswalks)
        for path in own:
            read_crosswalk(path, language)  # so that its mistakes are told now
        library = replace_fields(library, own_crosswalks=own)
    return library if record.depth is Depth.FULL else limit_to_default_depth(library)
