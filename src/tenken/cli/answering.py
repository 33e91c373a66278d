"""The commands that gather answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tenken import terminal
from tenken.cli.options import STDIN, AsOf, From, RecordPath, Set, assessed, day, now
from tenken.phrases import language, phrase
from tenken.problems import Place, Problem, Problems


def assess(
    record: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; found here, or begun, if left out.")
    ] = None,
    answers: Set = [],  # noqa: B006 - Typer reads the default and does not keep it
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only what the text demands, nothing optional.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="In numbered lines, for screen readers and pipes.")] = False,
    as_of: AsOf = "",
    merge: Annotated[
        Path | None, typer.Option("--merge", metavar="FILE", help="Take over the answers somebody else filled in.")
    ] = None,
    source: From = None,
) -> None:
    """Answer questions until it is clear what applies and what is missing; again to go on."""
    from tenken.interview import leaving, merging, opening, prompt, taking

    if source is not None:
        taking.take_over(record, source)
    if answers or record == STDIN:
        _answer(record, answers, by)
        return
    asker = prompt.for_terminal(plain=plain)
    if asker is None and merge is None and source is None:
        raise Problems(Problem(Place(""), opening.NO_TERMINAL, {"file": record or "RECORD"}))
    leaving.heed_signals()
    try:
        if merge is not None:
            merging.merge(record, merge, asker, by=by, at=now())
        elif asker is not None:
            opening.converse(record, asker, now, day(as_of), by=by, quick=quick)
    except KeyboardInterrupt as left:
        raise typer.Exit(leaving.status(left)) from None


def questions(
    record: Annotated[
        Path | None, typer.Argument(metavar="RECORD", help="The answers file; a new one if left out.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Every question, not only the open ones.")] = False,
    name: Annotated[str, typer.Option("--for", metavar="NAME", help="Only what this person would know.")] = "",
) -> None:
    """Print the open questions as a file to fill in."""
    from tenken import blank as blanks
    from tenken import library, words
    from tenken.agenda import open_questions
    from tenken.logic import Situation

    if record is None:
        checklists, answers, made = library.shallow(library.load(language=language())), Situation({}, day("")), None
    else:
        file, assessment = assessed(record, "")
        checklists, answers, made = assessment.library, assessment.situation, file.record
    ids = [item.question for item in open_questions(checklists, answers)]
    letter: list[str] = []
    if blank:
        ids = [*checklists.questions, *checklists.checks]
    if name:
        if record is None or made is None:
            raise Problems(Problem(Place("RECORD"), "say whose questions; `--for` reads them from a record"))
        ids, letter = blanks.asked_of(name, made), blanks.letter(name, record)
    speak = words.Words(checklists, language())
    terminal.out(blanks.blank(checklists, speak, ids, made, letter).rstrip("\n"))


def update(
    record: RecordPath,
    write: Annotated[bool, typer.Option("--write", help="Carry the answers over in the file.")] = False,
) -> None:
    """Show what newer rules make of a record, and with --write carry its answers over."""
    from tenken import record as records
    from tenken import update as updates

    file = records.read_stdin() if record == STDIN else records.open_record(record)
    _, done = updates.bring_up(file, language())
    for line in updates.lines(done):
        terminal.out(line)
    if not done.moved and not done.steps:
        terminal.say(phrase("Nothing moved; the record is answered against the rules of today."))
    elif write and record != STDIN:
        file.save()
        terminal.say(phrase("Everything is saved in {file}.", file=record))
    else:
        terminal.say(phrase("Nothing was written; --write carries the answers over."))


def _answer(path: Path | None, said: list[str], by: str) -> None:
    """Answers what was set and says what is open; the record goes back where it came from."""
    from tenken.agenda import open_questions
    from tenken.interview import offering, opening
    from tenken.logic import Situation
    from tenken.record import values

    if path is None:
        raise Problems(Problem(Place("RECORD"), "say which record the answers are for"))
    file, checklists = opening.open_or_new(path)
    opening.answer_unasked(file, checklists, said, by, now())
    if path == STDIN:
        terminal.out(file.text.rstrip("\n"))
    else:
        file.save()
    situation = Situation(values(file.record.answers, checklists), day(""))
    ids = [item.question for item in open_questions(checklists, situation)]
    terminal.say(phrase("Open: {ids}", ids=", ".join(ids)) if ids else phrase("Nothing is open."))
    for item in offering.fitting(file.record, checklists, situation):
        terminal.say(phrase("{title} fits too; to use it, add {id} under `checklists`", title=item.title, id=item.id))
