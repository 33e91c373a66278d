"""Takes over what programs propose: a person looks at each answer, why and on what it rests, and takes or leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tenken.assessment.wording import Wording
from tenken.files.file_names import quote_file_for_shell
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problem, Problems
from tenken.interview.answer_lines import render_answer_or_reason, render_signed_answer
from tenken.interview.prompt import CardOption, Prompt, PromptKey, QuestionCard
from tenken.interview.safe_saving import save_record_safely
from tenken.interview.signed_off_warning import confirm_record_change
from tenken.interview.typed_text import clean_typed_text
from tenken.messages.line_breaking import wrap_text
from tenken.messages.message_catalog import get_language, phrase, phrase_count
from tenken.records.answer_values import has_sure_answer, read_answer_values
from tenken.records.incoming import compare_incoming_answers, fill_from_old_answer
from tenken.records.proposals import Proposals, build_answers
from tenken.records.record import NO_ANSWER, GivenAnswer
from tenken.records.record_file import RecordFile
from tenken.rules.library import Library
from tenken.terminal.output import print_talk

_TAKE, _LEAVE = "take", "leave"
_SHOWN_COLUMNS, _SHOWN_LINES = 72, 3
"""How much of each text stands beside the question."""


def take_over_proposals(
    record_file: RecordFile,
    library: Library,
    proposals: Proposals,
    prompt: Prompt | None,
    *,
    by: str,
    clock: Callable[[], datetime],
) -> None:
    """Asks a person of each answer that says something new, and saves each that is taken over.

    Raises `Problems` for what means nothing to the checklists, and for everything new where nobody can be asked.
    """
    wording = Wording(library, get_language())
    read_answer_values(record_file.record.answers, library)
    answers = build_answers(proposals, library)
    read_answer_values(answers, library)
    incoming = compare_incoming_answers(answers, record_file.record, by, clock())
    # What a person decides on next to what stands there needs no telling apart of new and contradicting.
    waiting = {id: given for id, given in answers.items() if id in incoming.new or id in incoming.contradicting}
    if not waiting:
        print_talk(phrase("Nothing is proposed that the record does not say already."))
        return
    if prompt is None:
        raise Problems(*(_build_waiting_problem(id, given, record_file, wording) for id, given in waiting.items()))
    if not confirm_record_change(record_file.record, wording, prompt):
        return
    if signer := by or _ask_who_takes_over(record_file, prompt):
        taken = _ask_one_by_one(waiting, record_file, wording, prompt, by=signer, clock=clock)
        print_talk(phrase_count(taken, "1 answer taken over.", "{count} answers taken over."))


def _build_waiting_problem(id: str, given: GivenAnswer, record_file: RecordFile, wording: Wording) -> Problem:
    assert given.proposed is not None
    facts = {
        "id": id,
        "answer": render_answer_or_reason(id, given, wording),
        "source": given.proposed.source,
        "file": quote_file_for_shell(record_file.path),
    }
    text = "{id}: {source} proposes {answer}; nothing was taken over. In a terminal a person decides on it"
    return Problem(given.place, text, facts)


def _ask_who_takes_over(record_file: RecordFile, prompt: Prompt) -> str:
    """The name that stands beside what is taken over; empty for who goes back."""
    given = reversed(list(record_file.record.answers.values()))
    last = next((answer.by for answer in given if answer.by), "")
    hint = phrase("a name or initials")
    return prompt.ask_text(phrase("Who takes it over?"), last, hint=hint, refuse=_refuse_no_name) or ""


def _refuse_no_name(said: str) -> str:
    return "" if clean_typed_text(said) else phrase("Who answers stands beside each answer; type a name.")


def _ask_one_by_one(
    waiting: Mapping[str, GivenAnswer],
    record_file: RecordFile,
    wording: Wording,
    prompt: Prompt,
    *,
    by: str,
    clock: Callable[[], datetime],
) -> int:
    """Each is saved before the next is shown, so that leaving loses nothing; returns how many were taken over."""
    taken = 0
    ids = list(waiting)
    while ids:
        given, ours = waiting[ids[0]], record_file.record.answers.get(ids[0], NO_ANSWER)
        progress = phrase("{number} of {total}", number=len(waiting) - len(ids) + 1, total=len(waiting))
        match prompt.choose(_build_proposal_card(ids[0], given, ours, progress, wording)):
            case (word,) if word == _TAKE:
                signed = fill_from_old_answer(ours, replace_fields(given, by=by, at=clock()))
                record_file.take_answer(ids[0], signed)
                record_file = save_record_safely(record_file, prompt)
                if record_file.record.answers.get(ids[0]) is not signed:
                    continue  # the file as somebody else left it
                taken += 1
            case PromptKey.BACK:
                break
            case PromptKey.WHY:
                prompt.show_paragraphs(_list_proposal_paragraphs(ids[0], given, wording))
                continue
        ids.pop(0)
    return taken


def _list_proposal_paragraphs(id: str, given: GivenAnswer, wording: Wording) -> list[tuple[str, str]]:
    """All that is said for a proposal, and what helps to answer the question, as pairs of heading and text."""
    assert given.proposed is not None
    paragraphs = [
        (phrase("Proposed by"), given.proposed.source),
        (phrase("Because"), given.proposed.because),
        (phrase("To be seen in"), given.proposed.rests_on),
    ]
    if question := wording.library.questions.get(id):
        helps = (phrase("In full"), question.help), (phrase("For example"), question.example)
        paragraphs += [*helps, (phrase("But not"), question.counter_example)]
    return [(heading, text) for heading, text in paragraphs if text]


def _build_proposal_card(
    id: str, given: GivenAnswer, ours: GivenAnswer, progress: str, wording: Wording
) -> QuestionCard:
    """The question with what is proposed, by which program, why and where to look."""
    assert given.proposed is not None
    library = wording.library
    now = phrase("As it is now.") if has_sure_answer(ours) else phrase("It stays open.")
    answer = wording.render_answer(id, read_answer_values({id: given}, library)[id])
    texts = {"source": given.proposed.source, "because": given.proposed.because, "place": given.proposed.rests_on}
    facts = {name: _shorten_text(text) for name, text in texts.items()}
    return QuestionCard(
        library.checks[id][1].ask if id in library.checks else library.questions[id].ask,
        (
            CardOption(_TAKE, phrase("Take over: {answer}", answer=answer)),
            CardOption(_LEAVE, _render_standing_answer(id, ours, wording), now),
        ),
        section=phrase("Proposed"),
        progress=progress,
        suggestion=phrase("{source} proposes this: {because} (to be seen in: {place})", **facts),
        keys=(PromptKey.WHY, PromptKey.BACK, PromptKey.LEAVE),
    )


def _shorten_text(text: str) -> str:
    """As much as leaves the choices in sight; the key for why shows all of it."""
    lines = wrap_text(text, _SHOWN_COLUMNS)
    return text if len(lines) <= _SHOWN_LINES else text[: sum(map(len, lines[:_SHOWN_LINES]))] + "…"


def _render_standing_answer(id: str, ours: GivenAnswer, wording: Wording) -> str:
    if not ours.answer:
        return phrase("Leave it")
    return render_signed_answer(id, ours, wording) if ours.by or ours.at else render_answer_or_reason(id, ours, wording)
