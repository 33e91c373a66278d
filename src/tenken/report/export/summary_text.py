"""The first page of the report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import wrap_text
from tenken.report.formats import ReportMaterial
from tenken.report.pages import build_page_one
from tenken.terminal.output import measure_terminal_size

if TYPE_CHECKING:
    from tenken.report.view.finding_types import GapEntry, WaitingQuestion
    from tenken.report.view.report_types import SummaryView


def write_summary_text(material: ReportMaterial) -> str:
    return render_summary_text(build_page_one(material), material.wording, measure_terminal_size()[0])


def list_summary_blocks(view: SummaryView, wording: Wording) -> list[list[str]]:
    """The first page as blocks of lines, of which the first stands out."""
    blocks = (_list_heading(view), *_list_laws(view), *_list_lists(view, wording), [view["say"]["made_by"]])
    return [block for block in blocks if block]


def render_summary_text(view: SummaryView, wording: Wording, columns: int) -> str:
    lines = (
        line
        for number, block in enumerate(list_summary_blocks(view, wording))
        for line in ([""] if number else []) + _wrap_block(block, columns)
    )
    return "\n".join(lines) + "\n"


def _wrap_block(block: Iterable[str], columns: int) -> list[str]:
    """The first line of a block stands out, the others begin two cells further in."""
    head, *rest = block
    return [*wrap_text(head, columns), *(line for text in rest for line in wrap_text(text, columns, "    ", "  "))]


def _list_heading(view: SummaryView) -> list[str]:
    say, marks = view["say"], view["labels"]["marks"]
    release = f"{say['release']} {view['release']}" if view["release"] else ""
    of = (view["organisation"], release, f"{say['as_of']} {view['as_of']}")
    return [f"{view['system']}{marks['beside']}{view['stage']}", marks["apart"].join(filter(None, of))]


def _list_laws(view: SummaryView) -> Iterator[list[str]]:
    say = view["say"]
    yield from ([notice] for notice in view["notices"])
    for law in view["laws"]:
        missing = [f"{say['not_assessed']} {law['not_assessed']}"] if law["not_assessed"] else []
        yield [law["title"], law["sentence"], *missing]
    if view["idle_laws"] or not view["laws"]:
        yield [view["idle_laws"] or say["nothing_applies"]]


def _list_lists(view: SummaryView, wording: Wording) -> Iterator[list[str]]:
    """What to do first, what is not known and the next dates, each under its heading; none that is empty."""
    say, gap = view["say"], view["labels"]["sentence_separator"]
    more = gap.join(filter(None, (view["unowned"], view["accepted_count"], view["more_gaps"])))
    lists = (
        (say["first"], [_render_gap(number, each, wording) for number, each in enumerate(view["first"], 1)], more),
        (say["settle"], [_render_question(each, wording) for each in view["settle"]], view["more_to_settle"]),
        (say["next_dates"], [f"{it['day']}  {it['starts']}" for it in view["next_dates"]], ""),
    )
    for heading, rows, last in lists:
        if rows:
            yield [heading, *rows, *filter(None, [last])]


def _render_gap(number: int, entry: GapEntry, wording: Wording) -> str:
    labels = wording.labels
    due = f"{labels['report']['by']} {entry['due']}" if entry["due"] else ""
    assigned = wording.join_list((*entry["owners"], due, entry["due_note"]))
    said = labels["marks"]["between"].join(filter(None, (assigned, entry["timing"])))
    action = f"{number}. {entry['action']}"
    return wording.add_in_brackets(action, said) if said else action


def _render_question(question: WaitingQuestion, wording: Wording) -> str:
    say = wording.labels["report"]
    ask = f"{say['ask']} {question['who_knows']}" if question["who_knows"] else ""
    said = f"{say['asked']} {question['asked']}" if question["asked"] else ask
    return wording.add_in_brackets(question["ask"], said) if said else question["ask"]
