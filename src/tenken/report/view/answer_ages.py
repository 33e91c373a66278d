"""How old the answers of a record are on the day of the report, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tenken.assessment.wording import Wording
from tenken.records.record import Record
from tenken.report.view.dates import render_day_distance


def list_answer_ages(record: Record, as_of: date, wording: Wording) -> Iterator[str]:
    """Of which days the oldest answer and the one in the middle are, and how many have no day."""
    moments = [given.at for given in record.answers.values() if given.answer]
    days = sorted(moment.date() for moment in moments if moment)
    if days:
        oldest, middle = days[0], days[(len(days) - 1) // 2]
        facts = {
            "oldest": wording.add_in_brackets(wording.render_day(oldest), render_day_distance(oldest, as_of, wording)),
            "middle": wording.add_in_brackets(wording.render_day(middle), render_day_distance(middle, as_of, wording)),
        }
        yield wording.render_count("age.dated", len(days), **facts)
    if undated := len(moments) - len(days):
        yield wording.render_count("age.undated", undated)
