"""Many systems as plain data for templates: every word ready to lay out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenken import __version__
from tenken.assessment.wording import Wording
from tenken.files.problems import escape_line_breaks
from tenken.report.portfolio.changes_view import build_changes_view
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.grid_view import build_grid_view
from tenken.report.portfolio.lists_view import (
    build_accepted_view,
    build_dates_view,
    build_questions_view,
    build_unreadable_view,
    build_work_view,
    list_proof_sentences,
)
from tenken.report.portfolio.standing import SystemStanding
from tenken.report.portfolio.summary import PortfolioSummary
from tenken.report.portfolio.system_names import SystemNames


def build_portfolio_view(summary: PortfolioSummary, material: PortfolioMaterial) -> Mapping[str, Any]:
    """All a page shows of many systems."""
    wording, names = material.wording, SystemNames(summary.list_named(), material.wording)
    return {
        **_build_page_frame(material),
        "sentences": _list_answer_sentences(summary, material),
        "changes": build_changes_view(summary.changes, material, names) if material.then or material.since else None,
        "grid": build_grid_view(summary, material, names),
        "dates": build_dates_view(summary, material, names),
        "work": build_work_view(summary, material, names),
        "questions": build_questions_view(summary, material),
        "proof": list_proof_sentences(summary, material, names),
        "accepted": build_accepted_view(summary, material, names),
        "moved_rules": {
            "systems": [
                {"system": name, "file": escape_line_breaks(file)} for name, file in summary.moved_rules.things
            ],
            "more": render_more(summary.moved_rules.more, wording),
        },
        "unreadable": build_unreadable_view(summary, wording),
    }


def _build_page_frame(material: PortfolioMaterial) -> Mapping[str, Any]:
    """What a page has around what it says; the style sheet of the reports asks for some of it."""
    labels = material.wording.labels
    return {
        "tenken": __version__,
        "labels": labels,
        "say": labels["report"],
        "words": labels["portfolio"],
        "language": labels["language"],
        "system": labels["portfolio"]["heading"],
        "as_of": material.wording.render_day(material.as_of),
        "as_of_iso": material.as_of.isoformat(),
        "document": None,
        "count_tables": [],
        "open_sections": [],
        "extent": "summary",
    }


def _list_answer_sentences(summary: PortfolioSummary, material: PortfolioMaterial) -> list[str]:
    """The answer: how many systems stand how, what is forbidden, what cannot be read, and what is supposed."""
    wording = material.wording
    labels = wording.labels["portfolio"]
    systems = wording.render_count("portfolio.systems", summary.systems.count)
    standings = [
        wording.render_count(f"portfolio.standing.{standing}", summary.standings[standing])
        for standing in SystemStanding
        if summary.standings[standing]
    ]
    told = [wording.join_heading(systems, wording.join_list(standings)) + labels["end"] if standings else ""]
    counted = {
        "prohibited": summary.prohibited,
        "cannot_be_read": summary.unreadable.count,
        "moved_rules": summary.moved_rules.count,
        "soon": summary.accepted.count,
    }
    told += [wording.render_count(f"portfolio.{name}", count) for name, count in counted.items() if count]
    if material.supposed:
        told.append(wording.join_heading(labels["supposed"], wording.join_list(material.supposed)) + labels["end"])
    return [sentence for sentence in told if sentence]


def render_more(count: int, wording: Wording) -> str:
    """That there are more than a page shows, and where; empty if there are none."""
    return wording.render_count("portfolio.more", count) if count else ""
