"""`tenken report`: writes the gap report, or a part of it."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.cli.earlier_record import compare_with_earlier
from tenken.cli.help_pages import HELP_OF_PARTS
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import STDIN, AsOf, RecordPath
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import (
    ReportMaterial,
    choose_report_format,
    list_part_formats,
    list_report_parts,
    list_whole_formats,
    name_report_file,
)
from tenken.report.report_file import refuse_report_over_input, save_report
from tenken.terminal.output import print_document, print_talk

_HELP_OF_OUTPUT = "Where to write; - prints it. If left out: a file beside the record, or text on the screen."
_HELP_OF_FORMAT = "Else by the ending of FILE, else html."


def _render_help_of_parts() -> str:
    return HELP_OF_PARTS.format(names="|".join(list_part_formats()))


def run_report(
    path: RecordPath,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_OUTPUT)] = None,
    *,
    said_form: Annotated[
        str, typer.Option("--format", metavar="|".join(list_whole_formats()), help=_HELP_OF_FORMAT)
    ] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="|".join(list_report_parts()), help=_render_help_of_parts())
    ] = "",
    own: Annotated[Path | None, typer.Option("--template", metavar="DIR", help="Your own letterhead.")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--since", metavar="OLD", help="Show what is different since that record or JSON."),
    ] = None,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Make the gap report of a record."""
    ending = output.suffix.lstrip(".") if output else ""
    form = choose_report_format(said_form, only, ending, letterhead=own is not None, since=earlier is not None)
    record_file, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    since = compare_with_earlier(earlier, record_file, assessment) if earlier else None
    material = ReportMaterial(record_file, assessment, wording, since, own)
    if output == STDIN or (output is None and (path == STDIN or form.on_screen)):
        print_document(form.write_content(material))
        return
    target = output or name_report_file(record_file.path, form)
    refuse_report_over_input(target, material, form, *filter(None, [earlier]))
    save_report(target, form.write_content(material), form, force=force)
    print_talk(phrase("The report is in {path}", path=target))
