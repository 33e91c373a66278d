"""Which rules a record is judged by: the checklists it names, in its depth, with the rules of the house."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Mapping
from pathlib import Path

from tenken.files.frozen_classes import replace_fields
from tenken.records.record import Record
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library
from tenken.rules.loading import (
    is_file_name,
    is_shipped,
    limit_to_default_depth,
    list_shipped_checklists,
    load_library,
    read_library,
)
from tenken.rules.requirement import Depth
from tenken.rules.translation import BASE_LANGUAGE

NO_DRAFTS: Mapping[str, Checklist] = {}
HOUSE_RULES_FOLDER = "house-rules"
"""The folder beside a record that holds the rules of the house."""
MOST_SHARED = 50
"""How many sets of rules are kept for other records; house rules and checklists of one's own differ by folder."""


class SharedRules:
    """The rules of many records, each set loaded once, with drafts in place; what changes meanwhile is not seen.

    So nothing that waits for a person between one record and the next keeps this.
    """

    def __init__(self, drafts: Mapping[str, Checklist] = NO_DRAFTS) -> None:
        self._drafts = drafts
        self._loaded: dict[tuple[object, ...], Library] = {}
        self._house_folders: dict[str, bool] = {}

    def load_rules_for(self, record: Record, language: str = BASE_LANGUAGE) -> Library:
        """What `load_rules_for` loads, or has loaded for a record to which the same rules apply."""
        folder = os.path.dirname(record.at.path)  # noqa: PTH120 - pathlib takes ten times as long, for each record
        own = self._has_house_rules(folder) or record.crosswalks or any(map(is_file_name, record.checklists))
        key = (language, record.depth, record.checklists, record.crosswalks, folder if own else None)
        if key not in self._loaded:
            if len(self._loaded) >= MOST_SHARED:
                del self._loaded[next(iter(self._loaded))]
            self._loaded[key] = load_rules_for(record, language, self._drafts)
        return self._loaded[key]

    def _has_house_rules(self, folder: str) -> bool:
        if folder not in self._house_folders:
            self._house_folders = {folder: Path(folder, HOUSE_RULES_FOLDER).is_dir()}
        return self._house_folders[folder]


def load_rules_for(
    record: Record, language: str = BASE_LANGUAGE, drafts: Mapping[str, Checklist] = NO_DRAFTS
) -> Library:
    """The checklists a record names, in the depth it wants, with the rules of the house and crosswalks of its own.

    Drafts stand in the place of the checklists that ship under the same ids; one with an id of its own is added.
    """
    library = load_library(record.checklists, record.at, language)
    if drafts:
        library = put_drafts_in_place(library, drafts)
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


def read_drafts(paths: Iterable[Path], language: str) -> dict[str, Checklist]:
    """Checklists that are not in force, by id; raises `Problems` with everything wrong in them."""
    return {id: draft for path in paths for id, draft in read_library([path], language).checklists.items()}


def put_drafts_in_place(library: Library, drafts: Mapping[str, Checklist]) -> Library:
    """The same checklists with drafts instead of those that ship under the same ids, and others beside them."""
    checklists = {id: drafts.get(id, item) if is_shipped(item) else item for id, item in library.checklists.items()}
    shipped = list_shipped_checklists()
    added = {id: draft for id, draft in drafts.items() if id not in shipped and id not in checklists}
    return replace_fields(library, checklists={**checklists, **added})
