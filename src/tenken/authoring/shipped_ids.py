"""Ids of one's own that a shipped checklist has already: each file is right alone, and no record can name both.

And what a form sums up of other checklists.
"""

from __future__ import annotations

from collections.abc import Iterator

from tenken.files.problems import Problem, suggest_instead
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library


def check_form_items(library: Library) -> Iterator[Problem]:
    """What rows of forms sum up that no checklist has, neither of those at hand nor of those that ship."""
    shipped = load_library(list_shipped_checklists())
    known = {*shipped.requirements, *library.requirements}
    for checklist in library.checklists.values():
        for row in (row for form in checklist.forms.values() for row in form.rows.values()):
            for id in row.items:
                if id not in known:
                    facts = {"id": id, "hint": suggest_instead(id, known)}
                    yield Problem(row.at, "{id} is not a requirement of any checklist; {hint}", facts)


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
