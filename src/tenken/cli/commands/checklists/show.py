"""`tenken checklists show`: a checklist as decision tables."""

from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.authoring.decision_tables import render_decision_tables
from tenken.messages.message_catalog import get_language
from tenken.rules.loading import load_library
from tenken.terminal.output import print_data


def show_checklist(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a path ending in .yaml.")]) -> None:
    """A checklist as decision tables in Markdown: what applies when, unless what, from when."""
    library = load_library([id], language=get_language())
    for checklist in library.checklists.values():
        print_data("\n".join(render_decision_tables(checklist, Wording(library, get_language()))).rstrip())
