"""What is said when a phase of an interview begins."""

from __future__ import annotations

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu
from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items


def introduce_phase(phase: Phase, count: int, prompt: Prompt) -> None:
    """Says what a phase with so many checks is about; nothing where that goes without saying."""
    checks = _phrase_check_count(count)
    text = {
        Phase.TEXT: phrase("Now what is in place: {checks}.", checks=checks),
        Phase.HOUSE: phrase("Now the rules of your own house: {checks}.", checks=checks),
        Phase.GUIDANCE: phrase("Now good practice from official guidance: {checks}; no duties.", checks=checks),
    }.get(phase)
    if text:
        prompt.say_paragraph()
        prompt.say_paragraph(text)


def offer_unsettled_phase(
    count: int, running_assessment: RunningAssessment, wording: Wording, prompt: Prompt
) -> tuple[str, ...] | PromptKey:
    """Asks whether to answer, `now` or `later`, so many checks of requirements that may never apply."""
    waiting = (finding for finding in running_assessment.findings.values() if finding.status.needs_answer)
    unsure = (id for finding in waiting for id in finding.settled_by)
    facts = phrase_some_items(
        wording.find_question_heading(id) for id in unsure if id in running_assessment.library.questions
    )
    prompt.say_paragraph()
    prompt.say_paragraph(
        phrase(
            "{checks} only matter if more applies. That hangs on: {facts}.",
            checks=_phrase_check_count(count),
            facts=facts,
        )
    )
    go_on = CardOption("now", phrase("Answer them now"))
    leave = CardOption("later", phrase("Leave them"), phrase("The report says what is open."))
    return prompt.choose(build_menu(phrase("Answer these too?"), go_on, leave))


def _phrase_check_count(count: int) -> str:
    return phrase_count(count, "1 check", "{count} checks")
