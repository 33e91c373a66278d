"""`tenken questions`: the open questions as a file to fill in, or as a page that asks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.asked_questions import Asking, read_asking
from tenken.cli.clock import parse_day_or_today
from tenken.cli.shared_options import STDIN, CsvDelimiter, read_delimiter
from tenken.files.file_names import refuse_input_as_output
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, list_languages, phrase
from tenken.report.export.question_list import QuestionList
from tenken.report.question_files import PAGE_ENDING, choose_question_format, save_question_file
from tenken.terminal.output import print_document, print_talk

_HELP_OF_QUESTION_FILE = (
    "Where to write: a page that asks (.html), a workbook (.xlsx), a table (.csv) or a record (.yaml) to fill in."
)


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_QUESTION_FILE)] = None,
    *,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only those that are next.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
    laws: Annotated[
        list[str], typer.Option("--law", metavar="LAW", help="Only this law or checklist; may be repeated.")
    ] = [],  # noqa: B006 - Typer reads the default and does not keep it
    binding: Annotated[bool, typer.Option("--binding", help="Only what binds, and no good practice.")] = False,
    document: Annotated[
        str, typer.Option("--document", metavar="DOCUMENT", help="What this document asks, as `draft` lists them.")
    ] = "",
    delimiter: CsvDelimiter = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if it may hold answers.")] = False,
) -> None:
    """Print the open questions to fill in, or as a page."""
    if name and path is None:
        raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
    is_page = output is not None and output.suffix.lower() == f".{PAGE_ENDING}"
    if is_page:
        _refuse_on_page({"--blank": blank, "--document": bool(document)})
        read_delimiter(delimiter, PAGE_ENDING)
    asking = read_asking(path, name, tuple(laws), is_binding=binding)
    if output and is_page:
        _write_page(asking, output, force=force)
    else:
        questions = asking.choose(blank=blank, document=document)
        _write_file(asking, questions, output, delimiter, force=force)


def _refuse_on_page(options: Mapping[str, bool]) -> None:
    for option, is_given in options.items():
        if is_given:
            text = "leave it out: a page asks whatever matters, one after the other"
            raise Problems(Problem(Place(option), text))


def _write_page(asking: Asking, output: Path, *, force: bool) -> None:
    """The page that asks, into its file."""
    from tenken.cli.question_page import build_form_material  # noqa: PLC0415 - Jinja is loaded only for a page
    from tenken.report.export.form_page import FORM_PAGE, render_form_page  # noqa: PLC0415
    from tenken.report.report_file import save_report  # noqa: PLC0415

    languages = {code: asking.load_translation(code) for code in list_languages() if code != get_language()}
    libraries = {get_language(): asking.library, **languages}
    asked = asking.list_of_person()
    page = render_form_page(build_form_material(asking.path, asking.record, libraries, name=asking.name, asked=asked))
    refuse_input_as_output(output, *filter(None, [asking.path]))
    save_report(output, page, FORM_PAGE, force=force)
    print_talk(phrase("The page that asks is in {path}", path=output))


def _write_file(asking: Asking, questions: QuestionList, output: Path | None, delimiter: str, *, force: bool) -> None:
    """Prints the questions as a record to fill in, or writes them into a file."""
    is_file = output is not None and output != STDIN
    form = choose_question_format(output.suffix.lstrip(".") if output and is_file else "")
    delimiter = read_delimiter(delimiter, form.ending)
    questions = replace_fields(questions, delimiter=delimiter, made_on=parse_day_or_today(""))
    content = form.write_content(questions)
    if output is None or not is_file:
        assert isinstance(content, str)
        print_document(content)
        return
    refuse_input_as_output(output, *filter(None, [asking.path]))
    save_question_file(output, content, form, force=force)
    print_talk(phrase("The questions are in {path}", path=output))
