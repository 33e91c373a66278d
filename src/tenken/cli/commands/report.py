"""`tenken report`: writes the gap report, or a part of it."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.wording import Wording
from tenken.cli.earlier_record import compare_with_earlier
from tenken.cli.judged_record import assess_record_file
from tenken.cli.shared_options import STDIN, AsOf, RecordPath
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import find_file_signature, find_report_writer
from tenken.report.report_file import write_report
from tenken.terminal.output import print_document, print_talk


def run_report(
    path: RecordPath,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - prints it.")
    ] = None,
    *,
    said_form: Annotated[
        str, typer.Option("--format", metavar="html|json|md|csv|pdf", help="Else by the ending of FILE.")
    ] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="dates|comparison", help="Only this part, as --format text or ics.")
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
    form = _choose_form(said_form, output, only)
    write = find_report_writer(form, only, own)
    record_file, assessment = assess_record_file(path, as_of)
    wording = Wording(assessment.library, get_language())
    since = compare_with_earlier(earlier, record_file, assessment) if earlier else None
    text = write(record_file, assessment, wording, since)
    if output == STDIN or (output is None and (path == STDIN or form == "text")):
        print_document(text)
        return
    target = output or record_file.path.with_suffix(f".{form}")
    write_report(target, text, force=force, signature=find_file_signature(form, wording))
    print_talk(phrase("The report is in {path}", path=target))


def _choose_form(said: str, output: Path | None, only: str) -> str:
    """The form that was said, else that of the ending of the file, else the usual one."""
    ending = output.suffix.lstrip(".") if output and output != STDIN else ""
    return said or ending or ("text" if only else "html")
