"""`tenken diff`: says what is different between two records, or since a JSON report."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.cli.earlier_record import compare_with_earlier
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import AsOf
from tenken.messages.message_catalog import get_language
from tenken.report.export.changes_text import render_changes_text
from tenken.report.view.changes import build_since_view
from tenken.terminal.output import measure_terminal_size, print_data


def run_diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The record as it was, or a JSON report of it.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The record as it is.")],
    as_of: AsOf = "",
) -> None:
    """Say what is different: what the law changed, what the calendar moved, what you changed."""
    record_file, assessment = assess_record_file(new, as_of)
    wording = Wording(assessment.library, get_language())
    seen = build_since_view(compare_with_earlier(old, record_file, assessment), wording)
    print_data(render_changes_text(seen, wording, measure_terminal_size()[0]).rstrip("\n"))
