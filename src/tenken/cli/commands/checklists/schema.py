"""`tenken checklists schema`: what a file can hold."""

from typing import Annotated

import typer

from tenken.authoring.reference_page import render_schema_or_reference
from tenken.terminal.output import print_document


def print_schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=(
                "checklist, profile, translation, scenarios, crosswalk, card-mapping, outline, house-rules, document, "
                "record, proposals, result, gate, portfolio; or reference."
            ),
        ),
    ],
) -> None:
    """What a file can hold, as a JSON Schema for editors and programs; of results, too."""
    print_document(render_schema_or_reference(kind).rstrip("\n") + "\n")
