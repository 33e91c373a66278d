"""The commands that gather answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.shared_options import (
    STDIN,
    AsOf,
    FromRecord,
    RecordPath,
    SetAnswers,
    assess_record_file,
    parse_day_or_today,
    read_clock,
)
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import get_language, phrase
from tenken.terminal.output import print_data, print_talk


def run_assess(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; found here, or begun, if left out.")
    ] = None,
    answers: SetAnswers = [],  # noqa: B006 - Typer reads the default and does not keep it
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only what the text demands, nothing optional.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="In numbered lines, for screen readers and pipes.")] = False,
    as_of: AsOf = "",
    merge: Annotated[
        Path | None, typer.Option("--merge", metavar="FILE", help="Take over the answers somebody else filled in.")
    ] = None,
    source: FromRecord = None,
) -> None:
    """Answer questions until it is clear what applies and what is missing; again to go on."""
    from tenken.interview.merging import merge_records
    from tenken.interview.opening import NO_TERMINAL, run_interview
    from tenken.interview.reused_answers import take_over_answers
    from tenken.interview.screen_prompt import choose_terminal_prompt
    from tenken.terminal.signals import get_exit_status, install_signal_handlers

    if source is not None:
        take_over_answers(path, source)
    if answers or path == STDIN:
        _answer_by_options(path, answers, by)
        return
    asker = choose_terminal_prompt(plain=plain)
    if asker is None and merge is None and source is None:
        raise Problems(Problem(Place(""), NO_TERMINAL, {"file": path or "RECORD"}))
    install_signal_handlers()
    try:
        if merge is not None:
            merge_records(path, merge, asker, by=by, at=read_clock())
        elif asker is not None:
            run_interview(path, asker, read_clock, parse_day_or_today(as_of), by=by, quick=quick)
    except KeyboardInterrupt as left:
        raise typer.Exit(get_exit_status(left)) from None


def run_questions(
    path: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only the open ones.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
) -> None:
    """Print the open questions as a file to fill in."""
    from tenken.assessment.open_questions import list_open_questions
    from tenken.assessment.wording import Wording
    from tenken.report.export.blank_record import find_questions_for, render_blank_record, render_letter_lines
    from tenken.rules.loading import limit_to_default_depth, load_library
    from tenken.rules.logic import Situation

    if path is None:
        library, situation, record = (
            limit_to_default_depth(load_library(language=get_language())),
            Situation({}, parse_day_or_today("")),
            None,
        )
    else:
        record_file, assessment = assess_record_file(path, "")
        library, situation, record = assessment.library, assessment.situation, record_file.record
    ids = [open_question.question for open_question in list_open_questions(library, situation)]
    letter: list[str] = []
    if blank:
        ids = [*library.questions, *library.checks]
    if name:
        if path is None or record is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        ids, letter = find_questions_for(name, record), render_letter_lines(name, path)
    wording = Wording(library, get_language())
    print_data(render_blank_record(library, wording, ids, record, letter).rstrip("\n"))


def run_update(
    path: RecordPath,
    write: Annotated[bool, typer.Option("--write", help="Carry the answers over in the file.")] = False,
) -> None:
    """Show what newer rules make of a record, and with --write carry its answers over."""
    from tenken.records.record_file import open_record, read_record_from_stdin
    from tenken.records.rule_updates import load_updated_rules, render_update_lines

    record_file = read_record_from_stdin() if path == STDIN else open_record(path)
    _, done = load_updated_rules(record_file, get_language())
    for line in render_update_lines(done):
        print_data(line)
    if not done.moved and not done.steps:
        print_talk(phrase("Nothing moved; the record is answered against the rules of today."))
    elif write and path != STDIN:
        record_file.save()
        print_talk(phrase("Everything is saved in {file}.", file=path))
    else:
        print_talk(phrase("Nothing was written; --write carries the answers over."))


def _answer_by_options(path: Path | None, said: list[str], by: str) -> None:
    """Answers what was set and says what is open; the record goes back where it came from."""
    from tenken.assessment.open_questions import list_open_questions
    from tenken.interview.checklist_offers import list_fitting_checklists
    from tenken.interview.opening import apply_answer_settings, open_or_create_record
    from tenken.records.answer_values import read_answer_values
    from tenken.rules.logic import Situation

    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    record_file, library = open_or_create_record(path)
    apply_answer_settings(record_file, library, said, by, read_clock())
    if path == STDIN:
        print_data(record_file.text.rstrip("\n"))
    else:
        record_file.save()
    situation = Situation(read_answer_values(record_file.record.answers, library), parse_day_or_today(""))
    ids = [open_question.question for open_question in list_open_questions(library, situation)]
    print_talk(phrase("Open: {ids}", ids=", ".join(ids)) if ids else phrase("Nothing is open."))
    for checklist in list_fitting_checklists(record_file.record, library, situation):
        print_talk(
            phrase(
                "{title} fits too; to use it, add {id} under `checklists`",
                title=checklist.title,
                id=checklist.id,
            )
        )
