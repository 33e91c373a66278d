"""Answers as lines of text: a question with its answer, its reason, who gave it, and what was added to it."""

from __future__ import annotations

from tenken.assessment.wording import Wording
from tenken.interview.prompt import ARROW_MARK, SAVED_MARK, Prompt
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import is_doubtful, read_answer_values
from tenken.records.record import Evidence, GivenAnswer
from tenken.rules.requirement import EXPLAINED, SET_ASIDE


def render_question_and_answer(id: str, answer: str, wording: Wording) -> str:
    """A question and its answer in one line; what ends in a mark of its own needs no colon."""
    short = wording.find_question_heading(id)
    if short.endswith(("?", "？", "。")):
        return phrase("{question} {answer}", question=short, answer=answer)
    return wording.join_heading(short, answer)


def render_given_answer(id: str, given: GivenAnswer, wording: Wording) -> str:
    """An answer in one line: what was asked, what was answered, and what was written with it."""
    if not given.answer:
        return render_question_and_answer(id, wording.find_answer_label(id, "unanswered"), wording)
    return render_question_and_answer(id, render_answer_or_reason(id, given, wording), wording)


def tell_given_answer(id: str, given: GivenAnswer, wording: Wording, prompt: Prompt) -> None:
    """Says what was answered and, where that is in doubt, who usually knows."""
    prompt.say_paragraph(render_given_answer(id, given, wording), mark=SAVED_MARK)
    question = wording.library.questions.get(id)
    if question and question.who_knows and is_doubtful(given) and not given.ask:
        prompt.say_paragraph(phrase("Who usually knows: {who}", who=question.who_knows), mark=ARROW_MARK)


def render_answer_or_reason(id: str, given: GivenAnswer, wording: Wording) -> str:
    """What was answered, with the reason where one was needed."""
    if given.answer in ((SET_ASIDE,), (EXPLAINED,)) and given.reason:
        label = wording.find_answer_label(id, given.answer[0]).rstrip(" …")
        return wording.join_heading(label, given.reason)
    return wording.render_answer(id, read_answer_values({id: given}, wording.library)[id])


def render_signed_answer(id: str, given: GivenAnswer, wording: Wording) -> str:
    """What was answered, by whom and on which day."""
    who = phrase(" ({by}, {day})", by=given.by or "?", day=wording.render_day(given.at) if given.at else "?")
    return render_answer_or_reason(id, given, wording) + who


def render_evidence(item: Evidence) -> str:
    """A piece of evidence in one line: where, of which day, what it shows."""
    where = phrase("{at}, of {day}", at=item.at, day=item.on.isoformat()) if item.on else item.at
    return phrase(": ").join(filter(None, (where, item.shows)))


def render_added_detail(given: GivenAnswer, wording: Wording) -> str:
    """What was added to an answer last, in one line."""
    if given.evidence:
        return phrase("To be seen: {evidence}", evidence=render_evidence(given.evidence[-1]))
    if given.owner and given.due:
        return phrase("{owner} sees to it, by {day}", owner=given.owner, day=wording.render_day(given.due))
    return phrase("{owner} sees to it", owner=given.owner) if given.owner else phrase("{who} would know", who=given.ask)
