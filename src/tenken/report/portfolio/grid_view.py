"""Systems by laws, in plain words: a row for each system, a cell for each law that concerns one of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tenken.assessment.wording import Wording, build_label_key
from tenken.files.problems import escape_line_breaks
from tenken.report.formats import REPORT_FORMATS
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.standing import Pressing, SystemStanding, find_worst
from tenken.report.portfolio.summary import PortfolioSummary, SystemBrief
from tenken.report.portfolio.system_names import SystemNames
from tenken.report.templates import render_folder_address

_MOST_LAWS = 7
"""Columns beyond which a table cannot be read; the other laws share one."""
_TOLD_ALONE = (Pressing.MET, Pressing.NONE)
_UNCHECKED = "unchecked"
_HEAD_BYTES = 1000
_SYMBOLS = {
    Pressing.PROHIBITED: "▲",
    Pressing.GAP: "▲",
    Pressing.HOUSE: "▲",
    Pressing.UNKNOWN: "?",
    Pressing.ACCEPTED: "≡",
    Pressing.LATER: "→",
    Pressing.SOFT: "○",
    Pressing.ASIDE: "◇",
    Pressing.MET: "✓",
    Pressing.NONE: "–",
}
_STANDINGS = {
    SystemStanding.GAP: "▲",
    SystemStanding.UNKNOWN: "?",
    SystemStanding.ACCEPTED: "≡",
    SystemStanding.LATER: "→",
    SystemStanding.CLEAR: "✓",
}


def build_grid_view(summary: PortfolioSummary, material: PortfolioMaterial, names: SystemNames) -> Mapping[str, Any]:
    """The most pressing systems first."""
    concerned = {law: sum(counts.values()) - counts[Pressing.NONE] for law, counts in summary.laws.items()}
    wanted = sorted((law for law, count in concerned.items() if count), key=lambda law: (-concerned[law], law))
    laws = sorted(wanted[:_MOST_LAWS], key=lambda law: (material.words.find_law_place(law), law))
    others = frozenset(wanted[_MOST_LAWS:])
    wording = material.wording
    return {
        "laws": [*laws, *([wording.labels["portfolio"]["other_laws"]] if others else [])],
        "rows": [_build_grid_row(brief, laws, others, material, names) for brief in summary.systems.things],
        "standings": [
            {"name": each.value, "label": wording.labels["portfolio"]["filters"][each]}
            for each in SystemStanding
            if summary.standings[each]
        ],
        "more": wording.render_count("portfolio.more_systems", summary.systems.more) if summary.systems.more else "",
    }


def _build_grid_row(
    brief: SystemBrief, laws: Sequence[str], others: frozenset[str], material: PortfolioMaterial, names: SystemNames
) -> Mapping[str, Any]:
    wording, labels = material.wording, material.wording.labels["portfolio"]
    address = _find_report_address(Path(brief["file"]), material.folder)
    cells = [_build_law_cell(law, brief, address, wording) for law in laws]
    if others:
        cells.append(_build_other_cell(brief, others, wording))
    file = escape_line_breaks(brief["file"])
    stage = str(labels["stage"][build_label_key(brief["stage"])])
    of = (brief["organisation"], brief["release"], stage, file if names.is_shared(brief["system"]) else "")
    return {
        "system": brief["system"] if brief["system"].strip() else file,
        "of": wording.join_list(of),
        "file": file,
        "standing": brief["standing"],
        "symbol": _STANDINGS[brief["standing"]],
        "says": labels["row_standing"][brief["standing"]],
        "rules_moved": labels["row_moved"] if brief["rules_moved"] else "",
        "address": address,
        "cells": cells,
    }


def _build_law_cell(law: str, brief: SystemBrief, address: str, wording: Wording) -> Mapping[str, Any]:
    if law not in brief["cells"]:
        return _build_unchecked_cell(wording)
    counts = brief["cells"][law]
    worst, first = find_worst(counts), brief["first_gap"].get(law)
    anchor = f"#{quote(first)}" if first else ""
    return {
        "worst": worst.value,
        "symbol": _SYMBOLS[worst],
        "parts": _list_cell_parts(counts, wording),
        "rank": f"{list(Pressing).index(worst)}.{999_999 - counts[worst]}",
        "address": f"{address}{anchor}" if address and worst is not Pressing.NONE else "",
    }


def _build_unchecked_cell(wording: Wording) -> Mapping[str, Any]:
    """A law of which the record says nothing."""
    said = str(wording.labels["portfolio"]["cells"][_UNCHECKED])
    return {"worst": _UNCHECKED, "symbol": "·", "parts": [said], "rank": f"{len(Pressing)}", "address": ""}


def _list_cell_parts(counts: Counter[Pressing], wording: Wording) -> list[str]:
    """What presses, each with its number; where nothing does, that all is met or that nothing applies."""
    parts = [
        wording.render_count(f"portfolio.cells.{pressing}", counts[pressing])
        for pressing in Pressing
        if counts[pressing] and pressing not in _TOLD_ALONE
    ]
    labels = wording.labels["portfolio"]["cells"]
    return parts or [str(labels[Pressing.MET if counts[Pressing.MET] else Pressing.NONE])]


def _build_other_cell(brief: SystemBrief, others: frozenset[str], wording: Wording) -> Mapping[str, Any]:
    """What else concerns a system, in one cell."""
    cells = {law: counts for law, counts in brief["cells"].items() if law in others}
    if not cells:
        return _build_unchecked_cell(wording)
    worst = find_worst(sum(cells.values(), Counter[Pressing]()))
    return {
        "worst": worst.value,
        "symbol": _SYMBOLS[worst],
        "parts": [
            wording.join_heading(law, wording.join_list(_list_cell_parts(counts, wording)))
            for law, counts in cells.items()
            if find_worst(counts) is not Pressing.NONE
        ]
        or _list_cell_parts(Counter(), wording),
        "rank": f"{list(Pressing).index(worst)}",
        "address": "",
    }


def _find_report_address(record: Path, folder: Path) -> str:
    """The address of a system's own report, if one that tenken made lies beside its record; else empty."""
    report = record.with_suffix(".html") if record.name != "-" else None
    if report is None or not report.is_file():
        return ""
    try:
        with report.open("rb") as file:
            is_ours = REPORT_FORMATS[0].is_format_of(file.read(_HEAD_BYTES))
    except OSError:
        return ""
    return render_folder_address(report.parent, folder) + quote(os.fsencode(report.name)) if is_ours else ""
