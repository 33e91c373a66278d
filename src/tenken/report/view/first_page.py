"""The first page as plain data: the whole answer, and as much of what to do, to find out and to note as fits on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from tenken.assessment.findings import Assessment
from tenken.assessment.law_answers import LawAnswer, list_law_answers, render_idle_laws
from tenken.assessment.wording import Wording
from tenken.messages.line_breaking import measure_width, split_sentences
from tenken.report.view.dates import render_start_title
from tenken.rules.logic import Truth

if TYPE_CHECKING:
    from tenken.report.view.finding_types import GapEntry, WaitingQuestion
    from tenken.report.view.report_types import FirstPage, LawSentence, NextDate
    from tenken.report.view.table_types import DateRow

MOST_ROWS = 3
"""How many actions, open answers and days the first page shows at most."""

_ROOM = {"page": 900, "first": 400, "settle": 220}
"""How much stands on the page, in cells of a terminal, where a Latin letter takes one and a Japanese character two: all
that is counted here together, the actions alone, and the open answers alone."""

_ASKING = r"[?？]$|か[。（]"
"""How a sentence ends that asks, in either language."""

Row = TypeVar("Row")


def build_first_page(
    gaps: Sequence[GapEntry],
    to_settle: Sequence[WaitingQuestion],
    dates: Iterable[DateRow],
    assessment: Assessment,
    wording: Wording,
    *,
    accepted_count: str,
) -> FirstPage:
    answers = list_law_answers(assessment, wording)
    laws = [_build_law_sentence(law) for law in answers if law.applies is not Truth.NO]
    questions = _merge_same_questions(to_settle, wording)
    ahead = [row for row in dates if row["iso"] > assessment.situation.as_of.isoformat()]
    next_dates = [_build_next_date(row, wording) for row in ahead]
    left = _ROOM["page"] - sum(map(_measure_law, laws)) - measure_width(accepted_count)
    reserved = sum(map(_measure_question, questions[:1])) + sum(map(_measure_date, next_dates[:1]))
    told = [_tell_voluntary(gap, wording) for gap in gaps]
    first = _take_fitting_rows(told, _measure_gap, min(left - reserved, _ROOM["first"]))
    left -= sum(map(_measure_gap, first))
    settle = _take_fitting_rows(questions, _measure_question, min(left, _ROOM["settle"]))
    left -= sum(map(_measure_question, settle))
    return {
        "laws": laws,
        "idle_laws": render_idle_laws(answers, wording),
        "first": first,
        "unowned": _render_unowned(first, wording),
        "more_gaps": _render_more_gaps(gaps[len(first) :], wording),
        "accepted_count": accepted_count,
        "settle": settle,
        "more_to_settle": _render_more("more_to_settle", len(questions) - len(settle), wording),
        "next_dates": _take_fitting_rows(next_dates, _measure_date, left),
    }


def _build_law_sentence(law: LawAnswer) -> LawSentence:
    return {
        "title": law.title,
        "sentence": law.sentence,
        "not_assessed": law.not_assessed,
        "is_voluntary": law.is_voluntary,
    }


def _tell_voluntary(gap: GapEntry, wording: Wording) -> GapEntry:
    """Beside what is voluntary stands that it is, and no day since when."""
    return {**gap, "timing": wording.labels["report"]["voluntary"]} if _is_voluntary(gap) else gap


def _is_voluntary(gap: GapEntry) -> bool:
    return gap["tone"] == "soft"


def _take_fitting_rows(rows: Sequence[Row], measure: Callable[[Row], int], room: int) -> list[Row]:
    """The first rows that fit, and the very first in any case."""
    taken = list(rows[:1])
    for row in rows[1:MOST_ROWS]:
        if sum(map(measure, (*taken, row))) > room:
            break
        taken.append(row)
    return taken


def _measure_law(law: LawSentence) -> int:
    return measure_width(law["title"] + law["sentence"] + law["not_assessed"])


def _measure_gap(gap: GapEntry) -> int:
    return measure_width("".join((gap["action"], gap["timing"], *gap["owners"], gap["due"])))


def _measure_question(question: WaitingQuestion) -> int:
    return measure_width(question["ask"] + (question["asked"] or question["who_knows"]))


def _measure_date(row: NextDate) -> int:
    return measure_width(row["day"] + row["starts"])


def _merge_same_questions(questions: Iterable[WaitingQuestion], wording: Wording) -> list[WaitingQuestion]:
    """Each question once and in short, though several requirements ask it in the same words of the same person."""
    together: dict[tuple[str, str], WaitingQuestion] = {}
    for question in questions:
        key = question["ask"], question["asked"]
        same = together.get(key)
        ids = [*same["requirements"], *question["requirements"]] if same else question["requirements"]
        ask = shorten_question(question["ask"], question["short"], wording)
        shortened = {"ask": ask, "requirements": list(dict.fromkeys(ids))}
        together[key] = {**question, **shortened}  # type: ignore[typeddict-item]
    return list(together.values())


def shorten_question(ask: str, short: str, wording: Wording) -> str:
    """Of a question of several sentences the first that asks, after its heading where others lead up to it."""
    first, *others = split_sentences(ask)
    asks = next((sentence for sentence in (first, *others) if re.search(_ASKING, sentence)), first)
    return asks if asks == first else wording.join_heading(short, asks)


def _render_unowned(first: Sequence[GapEntry], wording: Wording) -> str:
    """For how many of what is to be done first nobody is named yet, in one line."""
    count = sum(1 for gap in first if not gap["owners"])
    if not count:
        return ""
    if count == len(first):
        return str(wording.labels["report"]["nobody"])
    return wording.render_count("report.unowned", count)


def _render_more_gaps(gaps: Sequence[GapEntry], wording: Wording) -> str:
    """How many more there are, and how many of these are voluntary."""
    voluntary = sum(map(_is_voluntary, gaps))
    if 0 < voluntary < len(gaps):
        return wording.render_count("report.more_gaps_mixed", voluntary, more=len(gaps))
    return _render_more("more_gaps_soft" if voluntary else "more_gaps", len(gaps), wording)


def _render_more(name: str, count: int, wording: Wording) -> str:
    return wording.render_count(f"report.{name}", count) if count else ""


def _build_next_date(row: DateRow, wording: Wording) -> NextDate:
    """What starts on a day: what does so for sure is named before what may."""
    named = min(row["starts"], key=lambda start: bool(start["proviso"]))
    title, more = render_start_title(named, wording), len(row["starts"]) - 1
    starts = wording.render_count("report.more_starts", more, title=title) if more else title
    return {"day": row["day"], "iso": row["iso"], "starts": starts}
