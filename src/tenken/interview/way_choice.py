"""How far to go: what is left to check, each way with the number of its questions, and which one is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenken.assessment.accepted_gaps import list_acceptable_findings
from tenken.assessment.open_questions import OpenQuestion, Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.interview.check_parts import BINDING_PHASES, CheckPart, find_check_part, name_check_part
from tenken.interview.checklist_offers import find_short_form
from tenken.interview.prompt import CardOption, QuestionCard, build_menu
from tenken.interview.question_trail import QuestionTrail
from tenken.messages.message_catalog import phrase, phrase_count, phrase_some_items
from tenken.records.record import Record
from tenken.rules.checklist import Checklist


class Way(Frozen):
    """One way to go on: the option that chooses it, and the parts it takes up, with the checklist it brings first."""

    option: CardOption
    parts: tuple[CheckPart, ...] = ()
    wants_decisive: bool = False
    short_form: Checklist | None = None


def list_ways(record: Record, trail: QuestionTrail, running: RunningAssessment, wording: Wording) -> list[Way]:
    """All ways to go on, what was chosen already first, then what binds."""
    wanted = {open_question.question for open_question in trail.list_wanted_questions()}
    open_questions = [each for each in running.open if each.question not in trail.skipped]
    left = [each for each in open_questions if each.question not in wanted]
    return [
        *_list_chosen_way([each for each in open_questions if each.question in wanted]),
        *_list_binding_ways(left, trail),
        *_list_voluntary_ways(left, record, running),
        *_list_further_ways(left, running, wording),
    ]


def build_way_menu(
    ways: Sequence[Way], trail: QuestionTrail, record: Record, running: RunningAssessment
) -> QuestionCard:
    """What is asked at the end of each part."""
    skipped = len(trail.list_skipped_questions())
    again = phrase_count(skipped, "Answer the 1 question that was skipped", "Answer the {count} questions skipped")
    review = CardOption("review", phrase("Review the answers"), phrase("Look through them and change any."))
    accept = CardOption("accept", phrase("Somebody answers for a gap"), phrase("Until a day, and with a reason."))
    return build_menu(
        phrase("What next?") if running.open else phrase("Everything is answered. What now?"),
        *(way.option for way in ways),
        CardOption("left", again) if skipped else None,
        CardOption("result", phrase("Stop here"), phrase("The same command goes on whenever you like."))
        if running.open
        else CardOption("result", phrase("See the result")),
        review if record.answers else None,
        accept if list_acceptable_findings(record, running.assessment) else None,
    )


def _list_chosen_way(wanted: Sequence[OpenQuestion]) -> Iterator[Way]:
    if wanted:
        part = find_check_part(wanted[0])
        count = sum(1 for each in wanted if find_check_part(each) == part)
        label = phrase("Go on: {part} ({checks})", part=name_check_part(part), checks=_phrase_check_count(count))
        yield Way(CardOption("go", label))


def _list_binding_ways(left: Sequence[OpenQuestion], trail: QuestionTrail) -> Iterator[Way]:
    """The checks of what binds: all of them, or only the decisive ones."""
    checks = [each for each in left if each.phase in BINDING_PHASES and each.phase is not Phase.PENALTY]
    decisive = [each for each in checks if each.is_decisive and each.phase is Phase.TEXT]
    if not checks:
        yield from _list_penalty_way(left)
        return
    if trail.wants_decisive:
        text = phrase("The other checks of what binds you ({count})", count=len(checks))
    else:
        text = phrase("The checks of what binds you ({count})", count=len(checks))
    yield Way(CardOption("binding", text), tuple(map(CheckPart, BINDING_PHASES)))
    if decisive and len(decisive) < len(checks) and not trail.wants_decisive:
        text = phrase("Only the decisive ones ({count})", count=len(decisive))
        option = CardOption("decisive", text, phrase("One for each duty; the rest stays open."))
        yield Way(option, wants_decisive=True)


def _list_penalty_way(left: Sequence[OpenQuestion]) -> Iterator[Way]:
    """What a penalty depends on, where nothing else of what binds is left to be asked with it."""
    if count := sum(1 for each in left if each.phase is Phase.PENALTY):
        part = CheckPart(Phase.PENALTY)
        questions = phrase_count(count, "1 question", "{count} questions")
        text = phrase("{part} ({questions})", part=name_check_part(part), questions=questions)
        yield Way(CardOption("penalty", text), (part,))


def _list_voluntary_ways(left: Sequence[OpenQuestion], record: Record, running: RunningAssessment) -> Iterator[Way]:
    """Each guideline, in short where there is a short form of it, and as a whole."""
    counts = _count_parts(each for each in left if each.phase is Phase.VOLUNTARY)
    for number, (part, count) in enumerate(counts.items(), start=1):
        short = find_short_form(part.law, record, running)
        if short:
            count_of_short = _count_checks(short, running)
            text = phrase("{law} ({count} questions), voluntary", law=short.title, count=count_of_short)
            option = CardOption(f"quick{number}", text, phrase("In place of the whole guideline."))
            yield Way(option, (CheckPart(Phase.VOLUNTARY, short.law_title),), short_form=short)
        text = phrase("{law} ({checks}), voluntary", law=part.law, checks=_phrase_check_count(count))
        yield Way(CardOption(f"voluntary{number}", text), (part,))


def _list_further_ways(left: Sequence[OpenQuestion], running: RunningAssessment, wording: Wording) -> Iterator[Way]:
    """Good practice, and the checks of what may never apply."""
    good = _count_parts(each for each in left if each.phase is Phase.GUIDANCE)
    if good:
        text = phrase("Good practice from official guidance ({checks})", checks=_phrase_check_count(sum(good.values())))
        yield Way(CardOption("good", text, phrase("No duties.")), tuple(good))
    unsettled = _count_parts(each for each in left if each.phase is Phase.UNSETTLED)
    if unsettled:
        waiting = (finding for finding in running.findings.values() if finding.status.needs_answer)
        unsure = (id for finding in waiting for id in finding.settled_by if id in running.library.questions)
        facts = phrase_some_items(map(wording.find_question_heading, unsure))
        checks = _phrase_check_count(sum(unsettled.values()))
        text = phrase("What only matters if more applies ({checks})", checks=checks)
        yield Way(CardOption("now", text, phrase("That hangs on: {facts}.", facts=facts)), tuple(unsettled))


def _count_parts(open_questions: Iterable[OpenQuestion]) -> dict[CheckPart, int]:
    counts: dict[CheckPart, int] = {}
    for open_question in open_questions:
        part = find_check_part(open_question)
        counts[part] = counts.get(part, 0) + 1
    return counts


def _count_checks(short: Checklist, running: RunningAssessment) -> int:
    """How many questions a short form would ask in place of the whole."""
    others = {id: each for id, each in running.library.checklists.items() if id != short.short_form_of}
    library = replace_fields(running.library, checklists={**others, short.id: short})
    asked = RunningAssessment(library, running.situation).open
    return sum(1 for each in asked if find_check_part(each) == CheckPart(Phase.VOLUNTARY, short.law_title))


def _phrase_check_count(count: int) -> str:
    return phrase_count(count, "1 check", "{count} checks")
