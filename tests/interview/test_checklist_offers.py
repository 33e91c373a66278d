"""Further checklists are offered by what was answered, and one that fits everybody is offered to nobody."""

from __future__ import annotations

from datetime import date

import pytest

from tenken.interview.checklist_offers import list_fitting_checklists
from tenken.records.record import Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation

OFFERED = {
    "eu": (),
    "japan": (),
    "korea": ("korea-ai-basic-act",),
    "california": ("california-ai-transparency",),
    "new_york": ("new-york-ai-transparency",),
    "colorado": ("colorado-automated-decisions",),
    "china": ("china-ai-labelling",),
    "elsewhere": (),
}


def offered(*places: str) -> tuple[str, ...]:
    situation = Situation({"where": places, "subject": ("ai_system",)}, date(2026, 11, 23))
    return tuple(item.id for item in list_fitting_checklists(Record(RECORD_FORMAT, "Desk"), load_library(), situation))


@pytest.mark.parametrize("place", OFFERED)
def test_a_place_is_offered_its_own_law_only(place: str) -> None:
    assert offered(place) == OFFERED[place]


def test_every_place_is_tried_and_nobody_is_offered_a_voluntary_framework() -> None:
    places = tuple(load_library().profile.questions["where"].choices)
    assert set(places) == set(OFFERED)
    assert "nist-ai-rmf" not in offered(*places)
