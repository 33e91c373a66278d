"""What newer rules make of the answers in a record, in few lines; each with its reason stands in `tenken update`."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.assessment.wording import Wording
from tenken.files.file_names import quote_file_for_shell
from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items
from tenken.records.record_file import RecordFile
from tenken.records.rule_updates import RecordUpdate


def render_moved_rules(update: RecordUpdate, record_file: RecordFile, wording: Wording) -> Iterator[str]:
    """How many answers move along, what is asked again or means something else, and where the reasons are."""
    gone = [step for step in update.steps if not step.to]
    again = list(dict.fromkeys(step.id for step in gone if step.is_asked))
    counts = (
        (len(update.steps) - len(gone), "1 answer moves along", "{count} answers move along"),
        (len(again), "1 is asked again", "{count} are asked again"),
        (len(gone) - len(again), "1 is no longer asked", "{count} are no longer asked"),
        (sum(len(change.new) for change in update.added), "1 rule is new", "{count} rules are new"),
    )
    told = phrase(", ").join(phrase_count(count, one, many) for count, one, many in counts if count)
    yield phrase("The rules have changed since this was answered: {told}.", told=told)
    if again:
        names = phrase_some_items(map(wording.find_question_heading, again))
        yield phrase("Asked again: {questions}", questions=names)
    if undated := [step.id for step in update.undated if step.id in wording.library.order]:
        names = phrase_some_items(map(wording.find_question_heading, undated))
        yield phrase("Means something else now, so look at it again: {questions}", questions=names)
    command = f"tenken update {quote_file_for_shell(record_file.path)}"
    yield phrase("Before you answer, this command says which and why: {command}", command=command)
