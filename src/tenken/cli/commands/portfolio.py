"""`tenken portfolio`: all systems in one view."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.rule_words import RuleWords
from tenken.assessment.system_row_types import PortfolioRow, SystemRow
from tenken.assessment.system_rows import JudgedRecord, build_system_row, list_portfolio_rows
from tenken.cli.clock import parse_day_or_today
from tenken.cli.exit_statuses import MISTAKE
from tenken.cli.judged_record import open_record_or_stdin
from tenken.cli.shared_options import STDIN, AsOf, RecordPaths
from tenken.files.file_names import refuse_input_as_output
from tenken.files.frozen_classes import replace_fields
from tenken.messages.message_catalog import get_language, phrase, phrase_count
from tenken.records.record_paths import list_record_paths
from tenken.records.rule_updates import load_updated_rules
from tenken.report.portfolio.formats import (
    PortfolioFormat,
    PortfolioMaterial,
    choose_portfolio_format,
    list_portfolio_formats,
)
from tenken.report.report_file import save_portfolio
from tenken.terminal.output import print_part, print_talk, show_progress

_HELP_OF_OUTPUT = "Where to write; - prints it. If left out it is printed."
_HELP_OF_FORMAT = "Else by the ending of FILE, else md."


def run_portfolio(
    paths: RecordPaths,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_OUTPUT)] = None,
    *,
    said_form: Annotated[
        str, typer.Option("--format", metavar="|".join(list_portfolio_formats()), help=_HELP_OF_FORMAT)
    ] = "",
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Show all systems on one page: where each stands, who has what to do, and what a new law would change."""
    form = choose_portfolio_format(said_form, output.suffix.lstrip(".") if output else "")
    day, words = parse_day_or_today(as_of), RuleWords(get_language())
    target = None if output is None or output == STDIN else output
    found = list_portfolio_rows(_list_paths(paths, target), partial(_build_row, as_of=day, words=words))
    counted = _CountedRows(found)
    material = PortfolioMaterial(counted.pass_on(), day, words, target.parent if target else Path())
    _deliver(form, material, target, force=force)
    if counted.unreadable:
        print_talk(phrase_count(counted.unreadable, "1 record cannot be read", "{count} records cannot be read"))
        raise typer.Exit(MISTAKE)


def _list_paths(paths: Iterable[Path], target: Path | None) -> Iterator[Path]:
    """The records; raises `Problems` if what is to be written would replace one of them."""
    for path in list_record_paths(paths):
        if target:
            refuse_input_as_output(target, path)
        yield path


def _build_row(path: Path, *, as_of: date, words: RuleWords) -> SystemRow:
    record_file = open_record_or_stdin(path)
    library, update = load_updated_rules(record_file, get_language())
    words.learn(library)
    moved = bool(update.moved or update.is_substantial)
    return build_system_row(str(path), JudgedRecord(record_file.record, library, as_of, moved))


class _CountedRows:
    """Rows that are passed on, and how many of them cannot be read."""

    def __init__(self, rows: Iterable[PortfolioRow]) -> None:
        self._rows = rows
        self.unreadable = 0

    def pass_on(self) -> Iterator[PortfolioRow]:
        for row in self._rows:
            self.unreadable += "system" not in row
            yield row


def _deliver(form: PortfolioFormat, material: PortfolioMaterial, target: Path | None, *, force: bool) -> None:
    """Writes the portfolio into its file, or prints it part by part as it comes."""
    if target is None:
        for part in form.write_parts(material):
            print_part(part)
        return
    rows = show_progress(material.rows, "1 record", "{count} records")
    save_portfolio(target, replace_fields(material, rows=rows), form, force=force)
    print_talk(phrase("The portfolio is in {path}", path=target))
