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
    record: Annotated[
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
        take_over_answers(record, source)
    if answers or record == STDIN:
        _answer_by_options(record, answers, by)
        return
    asker = choose_terminal_prompt(plain=plain)
    if asker is None and merge is None and source is None:
        raise Problems(Problem(Place(""), NO_TERMINAL, {"file": record or "RECORD"}))
    install_signal_handlers()
    try:
        if merge is not None:
            merge_records(record, merge, asker, by=by, at=read_clock())
        elif asker is not None:
            run_interview(record, asker, read_clock, parse_day_or_today(as_of), by=by, quick=quick)
    except KeyboardInterrupt as left:
        raise typer.Exit(get_exit_status(left)) from None


def run_questions(
    record: Annotated[
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

    if record is None:
        checklists, answers, made = (
            limit_to_default_depth(load_library(language=get_language())),
            Situation({}, parse_day_or_today("")),
            None,
        )
    else:
        file, assessment = assess_record_file(record, "")
        checklists, answers, made = assessment.library, assessment.situation, file.record
    ids = [item.question for item in list_open_questions(checklists, answers)]
    letter: list[str] = []
    if blank:
        ids = [*checklists.questions, *checklists.checks]
    if name:
        if record is None or made is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        ids, letter = find_questions_for(name, made), render_letter_lines(name, record)
    speak = Wording(checklists, get_language())
    print_data(render_blank_record(checklists, speak, ids, made, letter).rstrip("\n"))


def run_update(
    record: RecordPath,
    write: Annotated[bool, typer.Option("--write", help="Carry the answers over in the file.")] = False,
) -> None:
    """Show what newer rules make of a record, and with --write carry its answers over."""
    from tenken.records.record_file import open_record, read_record_from_stdin
    from tenken.records.rule_updates import load_updated_rules, render_update_lines

    file = read_record_from_stdin() if record == STDIN else open_record(record)
    _, done = load_updated_rules(file, get_language())
    for line in render_update_lines(done):
        print_data(line)
    if not done.moved and not done.steps:
        print_talk(phrase("Nothing moved; the record is answered against the rules of today."))
    elif write and record != STDIN:
        file.save()
        print_talk(phrase("Everything is saved in {file}.", file=record))
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
    file, checklists = open_or_create_record(path)
    apply_answer_settings(file, checklists, said, by, read_clock())
    if path == STDIN:
        print_data(file.text.rstrip("\n"))
    else:
        file.save()
    situation = Situation(read_answer_values(file.record.answers, checklists), parse_day_or_today(""))
    ids = [item.question for item in list_open_questions(checklists, situation)]
    print_talk(phrase("Open: {ids}", ids=", ".join(ids)) if ids else phrase("Nothing is open."))
    for item in list_fitting_checklists(file.record, checklists, situation):
        print_talk(phrase("{title} fits too; to use it, add {id} under `checklists`", title=item.title, id=item.id))
