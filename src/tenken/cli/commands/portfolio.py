"""`tenken portfolio`: all systems in one view."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.rule_words import RuleWords
from tenken.cli.exit_statuses import MISTAKE
from tenken.cli.portfolio_rows import PortfolioRows
from tenken.cli.shared_options import STDIN, AsOf, RecordPaths
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.report.formats import choose_by_name_or_ending
from tenken.report.portfolio.formats import (
    PORTFOLIO_FORMATS,
    PortfolioFormat,
    list_portfolio_formats,
)
from tenken.report.report_file import save_portfolio
from tenken.terminal.output import print_parts, print_talk, print_talk_lines, show_progress

_HELP_OF_PLACE = "Where to write; - prints it. If left out it is printed."
_HELP_OF_WITH = "What if this draft took the place of the checklist of its name? May be repeated."
_HELP_OF_SET = "What if every system answered so? May be repeated."
_HELP_OF_SINCE = "Show what is different since an older folder of records."
_HELP_OF_CACHE = "Keep rows in this file, so that another run judges only what changed."
_HELP_OF_FORM = "Else by the ending of FILE, else md."


def run_portfolio(
    paths: RecordPaths,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_HELP_OF_PLACE)] = None,
    *,
    said_form: Annotated[
        str, typer.Option("--format", metavar="|".join(list_portfolio_formats()), help=_HELP_OF_FORM)
    ] = "",
    as_of: AsOf = "",
    drafts: Annotated[list[Path], typer.Option("--with", metavar="CHECKLIST", help=_HELP_OF_WITH)] = [],  # noqa: B006 - Typer does not keep it
    settings: Annotated[list[str], typer.Option("--set", metavar="QUESTION=ANSWER", help=_HELP_OF_SET)] = [],  # noqa: B006 - as above
    earlier: Annotated[Path | None, typer.Option("--since", metavar="FOLDER", help=_HELP_OF_SINCE)] = None,
    cache: Annotated[Path | None, typer.Option("--cache", metavar="FILE", help=_HELP_OF_CACHE)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Show all systems on one page: where each stands, who has what to do, and what a new law would change."""
    form = choose_by_name_or_ending(said_form, output.suffix.lstrip(".") if output else "", PORTFOLIO_FORMATS)
    rows = PortfolioRows(paths, as_of, RuleWords(get_language()))
    _ask(rows, drafts, settings, earlier)
    if cache:
        rows.keep_in(cache)
    _hand_over(form, rows, None if output == STDIN else output, force=force)
    if rows.has_unreadable:
        print_talk(phrase("Not every record can be read; what is wrong stands beside each"))
        raise typer.Exit(MISTAKE)


def _ask(rows: PortfolioRows, drafts: list[Path], settings: list[str], earlier: Path | None) -> None:
    """Asks what was or what would be; raises `Problems` for both at once."""
    if earlier is None:
        rows.suppose(drafts, settings)
        print_talk_lines(rows.doubts)
    elif drafts or settings:
        text = "leave it out: it tells what was, and --with and --set what would be"
        raise Problems(Problem(Place("--since"), text))
    else:
        rows.compare_with(earlier)


def _hand_over(form: PortfolioFormat, rows: PortfolioRows, target: Path | None, *, force: bool) -> None:
    """Writes the portfolio into its file, or prints it part by part as it comes."""
    found = rows.pass_on(target)
    if target or not (form.comes_in_parts and sys.stdout.isatty()):
        found = show_progress(found, "1 record", "{count} records")
    if target is None:
        print_parts(form.write_parts(rows.build_material(found, Path())))
        return
    save_portfolio(target, rows.build_material(found, target.parent), form, force=force)
    print_talk(phrase("The portfolio is in {path}", path=target))
