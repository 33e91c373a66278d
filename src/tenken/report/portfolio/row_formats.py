"""Many systems for other programs, written as they come: lines of JSON, one document of JSON, or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tenken import __version__
from tenken.assessment.system_row_types import (
    AcceptedGapRow,
    Applies,
    MovedRequirementRow,
    PortfolioRow,
    RequirementRow,
    SystemRow,
    UnreadableRow,
)
from tenken.assessment.wording import Wording, build_label_key, load_labels
from tenken.files.formula_quoting import defuse_formula
from tenken.messages.line_breaking import unify_line_breaks
from tenken.messages.message_catalog import list_languages
from tenken.report.export.csv_register import render_csv_line
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.row_texts import RowTexts

_FILE_BEGINS = "\ufeff"
_HEAD_COLUMNS = 6
"""What is said of the system."""
_MOVED_COLUMNS = 3
"""Where it stood, what moved it, and why a record cannot be read."""


def write_json_lines(material: PortfolioMaterial) -> Iterator[str]:
    """A line for each system; the first also says what made it."""
    texts = RowTexts()
    head = f'{{"made_by": "tenken {__version__}", '
    for row in material.found:
        yield f"{head}{texts.render(row)[1:]}\n"
        head = "{"


def write_json_portfolio(material: PortfolioMaterial) -> Iterator[str]:
    """One document: a row for each system, then the summary."""
    from tenken.report.portfolio.summary import PortfolioSummary, build_summary_data  # noqa: PLC0415 - lines need none

    summary = PortfolioSummary(material.as_of)
    head = {"schema_version": "1", "made_by": f"tenken {__version__}", "as_of": material.as_of.isoformat()}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": ['
    separator, texts = "\n", RowTexts()
    for row in material.rows:
        summary.take(row)
        yield f"{separator}{texts.render(row)}"
        separator = ",\n"
    yield f'\n], "summary": {json.dumps(build_summary_data(summary, material.gone()), ensure_ascii=False)}}}\n'


def write_csv_rows(material: PortfolioMaterial) -> Iterator[str]:
    """A row for each system and requirement that applies or may, or that moved or is gone; no cell is a formula."""
    yield _FILE_BEGINS + _render_portfolio_header(material.wording.labels)
    for row in material.rows:
        for cells in _list_system_cells(row, material):
            yield render_csv_line([defuse_formula(unify_line_breaks(cell)) for cell in cells])


def list_portfolio_headers() -> tuple[bytes, ...]:
    """The first line in every language, by which a file of ours is known again."""
    return tuple(_render_portfolio_header(load_labels(language)).encode() for language in list_languages())


def _render_portfolio_header(labels: Mapping[str, Any]) -> str:
    return render_csv_line(list(labels["portfolio"]["columns"].values()))


def _list_system_cells(row: PortfolioRow, material: PortfolioMaterial) -> Iterator[list[str]]:
    if "system" not in row:
        yield _list_unreadable_cells(row, material.wording)
        return
    labels = material.wording.labels
    head = [row["file"], row["system"], row["organisation"], row["release"]]
    head += [str(labels["portfolio"]["stage"][build_label_key(row["stage"])]), row["as_of"]]
    moved = _group_moves(row)
    shown = [each for each in row["requirements"] if each["applies"] is not Applies.NO or each["id"] in moved]
    for each in shown:
        standing = _list_requirement_cells(each, material)
        noted = _list_record_cells(each, row, material)
        yield [*head, *standing, *noted, *_list_moved_cells(moved.pop(each["id"], ()), material.wording), ""]
    for moves in moved.values():
        yield [*head, *_list_gone_cells(moves[0], material), *_list_moved_cells(moves, material.wording), ""]
    if not shown and not moved:
        yield [*head, *[""] * (len(labels["portfolio"]["columns"]) - len(head))]


def _list_unreadable_cells(row: UnreadableRow, wording: Wording) -> list[str]:
    told = (wording.join_heading(each["place"], each["message"]) for each in row["problems"])
    return [row["file"], *[""] * (len(wording.labels["portfolio"]["columns"]) - 2), _join(told, wording)]


def _list_requirement_cells(row: RequirementRow, material: PortfolioMaterial) -> list[str]:
    wording = material.wording
    return [
        row["law"],
        row["id"],
        material.words.find_title(row["id"]),
        str(wording.labels["force"][build_label_key(row["force"])]),
        wording.render_standing(row["standing"], row["force"]),
        row["since"] or "",
        row["since_latest"] or "",
        row["until"] or "",
    ]


def _list_record_cells(row: RequirementRow, system: SystemRow, material: PortfolioMaterial) -> list[str]:
    """What is missing, who has it in hand, what is to be answered by whom, and who answers for the gap."""
    words, between = material.words, material.wording
    in_hand = [each for each in system["in_hand"] if row["id"] == each["requirement"]]
    accepted = [each for each in system["accepted"] if each["requirement"] == row["id"]]
    asked = (*row["settled_by"], *row["house_unknown"])
    whom = (system["whom"].get(id, "") for id in asked)
    return [
        _join(map(words.find_heading, (*row["missing"], *row["house_missing"])), between),
        _join((each["owner"] for each in in_hand), between),
        min((each["due"] for each in in_hand if each["due"]), default=""),
        _join(map(words.find_heading, asked), between),
        _join(whom, between),
        *_list_accepted_cells(accepted),
    ]


def _list_accepted_cells(accepted: Iterable[AcceptedGapRow]) -> list[str]:
    standing = [each for each in accepted if each["ended"] is None]
    return [standing[0]["by"], standing[0]["until"]] if standing else ["", ""]


def _group_moves(row: SystemRow) -> dict[str, list[MovedRequirementRow]]:
    """What moved by its id, one step after the other."""
    moved: dict[str, list[MovedRequirementRow]] = {}
    for each in row.get("changes", {}).get("moved", []):
        moved.setdefault(each["id"], []).append(each)
    return moved


def _list_gone_cells(moved: MovedRequirementRow, material: PortfolioMaterial) -> list[str]:
    """Of what is not asked for any longer, what it is."""
    wording = material.wording
    told = [moved["law"], moved["id"], material.words.find_title(moved["id"])]
    told += [
        str(wording.labels["force"][build_label_key(moved["force"])]),
        str(wording.labels["portfolio"]["not_asked"]),
    ]
    between = len(wording.labels["portfolio"]["columns"]) - _HEAD_COLUMNS - len(told) - _MOVED_COLUMNS
    return [*told, *[""] * between]


def _list_moved_cells(moves: Sequence[MovedRequirementRow], wording: Wording) -> list[str]:
    """Where it stood before anything moved it, and what did."""
    if not moves:
        return ["", ""]
    labels, before = wording.labels["portfolio"], moves[0]["before"]
    was = wording.render_standing(before["standing"], moves[0]["force"]) if before else str(labels["not_asked"])
    return [was, _join((str(labels["moved_by"][build_label_key(each["moved_by"])]) for each in moves), wording)]


def _join(texts: Iterable[str], wording: Wording) -> str:
    return str(wording.labels["marks"]["between"]).join(dict.fromkeys(filter(None, texts)))
