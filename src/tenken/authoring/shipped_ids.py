"""Ids of one's own that a shipped checklist has already: each file is right alone, and no record can name both."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.files.problems import Problem
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library


def check_shipped_ids(library: Library) -> Iterator[Problem]:
    """What shipped checklists have under the same id; a file named as one of them is a version of it."""
    shipped = load_library(list_shipped_checklists()).checklists
    for id, checklist in library.checklists.items():
        others = [other for name, other in shipped.items() if name != id]
        taken = {key: other.id for other in others for key in (*other.questions, *other.requirements)}
        places = {key: question.at for key, question in checklist.questions.items()}
        places |= {key: requirement.at for key, requirement in checklist.requirements.items()}
        for key, at in places.items():
            if key in taken:
                text = "{id} is already taken in {where}; ids are unique over all checklists"
                yield Problem(at, text, {"id": key, "where": taken[key]})
