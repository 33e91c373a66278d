"""`tenken checklists list`: the checklists there are."""

from tenken.messages.message_catalog import get_language
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.terminal.output import print_data


def list_checklists() -> None:
    """The checklists there are, and of what state they are."""
    for id in list_shipped_checklists():
        checklist = load_library([id], language=get_language()).checklists[id]
        print_data(f"{id}  {checklist.version}  {checklist.title}")
