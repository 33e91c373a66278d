"""Findings and open questions: the promises of the engine, on a small law with one of everything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.answer_strategies import as_of_days, everything
from support.paths import SMALL
from tenken.assessment.findings import Finding, assess_all, assess_requirement
from tenken.assessment.gate import Gate, parse_day_count
from tenken.assessment.judgement import Timing
from tenken.assessment.open_questions import (
    Phase,
    list_open_questions,
    list_questions_for_requirement,
    order_open_questions,
)
from tenken.assessment.status import Standing, Status
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.rules.answer_kinds import AnswerValue
from tenken.rules.loading import read_library
from tenken.rules.logic import All, Is, Not, Situation, Truth
from tenken.rules.requirement import AppliesUntil, Basis, Check, Note, Prose

LIBRARY = read_library([SMALL])
NOVEMBER = date(2026, 11, 23)
PROVIDER: dict[str, AnswerValue] = {"where": ("eu",), "subject": ("ai_system",), "eu_role": ("provider",)}
CHATBOT: dict[str, AnswerValue] = {
    **PROVIDER,
    "does": ("talks_with_people",),
    "small_audience": ("public",),
    "placed": date(2025, 1, 15),
}
GENERATOR: dict[str, AnswerValue] = {
    **PROVIDER,
    "does": ("makes_content",),
    "small_outputs": ("text",),
    "placed": date(2025, 5, 1),
}


def found(id: str, answers: dict[str, AnswerValue], as_of: date = NOVEMBER) -> Finding:
    return assess_requirement(LIBRARY.requirements[id], LIBRARY, Situation(answers, as_of))


def checked(id: str, answer: str) -> dict[str, AnswerValue]:
    return dict.fromkeys((item.id for item in LIBRARY.requirements[id].checks.values()), (answer,))


def asked(answers: dict[str, AnswerValue]) -> dict[str, AnswerValue]:
    """The answers that an interview asking only open questions would collect."""
    given: dict[str, AnswerValue] = {}
    while questions := list_open_questions(LIBRARY, Situation(given, NOVEMBER)):
        id = questions[0].question
        given[id] = answers[id]
    return given


@settings(max_examples=300)
@given(everything(LIBRARY))
def test_asking_only_what_is_open_gives_the_same_as_asking_everything(answers: dict[str, AnswerValue]) -> None:
    few = assess_all(LIBRARY, Situation(asked(answers), NOVEMBER))
    all_ = assess_all(LIBRARY, Situation(answers, NOVEMBER))
    for one, other in zip(few.findings, all_.findings, strict=True):
        for name in ("applies", "since", "since_latest", "timing", "status"):
            assert getattr(one, name) == getattr(other, name), (one.requirement.id, name)
        if one.applies is not Truth.NO:
            assert [m.outstanding for m in one.measures] == [m.outstanding for m in other.measures]


@given(everything(LIBRARY), st.data(), as_of_days)
def test_learning_more_never_reverses_a_finding_and_only_narrows_its_dates(
    answers: dict[str, AnswerValue], data: st.DataObject, as_of: date
) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(answers))))
    less = assess_all(LIBRARY, Situation({id: answers[id] for id in known}, as_of))
    more = assess_all(LIBRARY, Situation(answers, as_of))
    for before, after in zip(less.findings, more.findings, strict=True):
        assert before.applies in (Truth.UNKNOWN, after.applies)
        if after.applies is not Truth.NO:
            assert before.timing in (Timing.OPEN, after.timing)
            assert not (before.since and after.since) or before.since <= after.since
            assert not before.since_latest or (after.since_latest or date.max) <= before.since_latest
        if before.status in (Status.GAP,):
            assert after.status is Status.GAP


@given(everything(LIBRARY), as_of_days)
def test_what_is_undetermined_and_a_gap_without_a_day_name_answers_that_are_open_and_nothing_else_does(
    answers: dict[str, AnswerValue], as_of: date
) -> None:
    for item in assess_all(LIBRARY, Situation(answers, as_of)).findings:
        waits = item.status is Status.UNDETERMINED or (item.status is Status.GAP and item.timing is Timing.OPEN)
        assert bool(item.settled_by) == waits
        for id in item.settled_by:
            answer = answers[id]
            assert isinstance(answer, tuple)
            assert {"unsure", "not_yet"}.intersection(answer)


def test_a_status_follows_from_the_text_checks_alone() -> None:
    told = {**CHATBOT, **checked("S-1", "yes")}
    assert found("S-1", told).status is Status.MET
    practice: dict[str, AnswerValue] = {**told, "S-1.reminded": ("no",)}
    assert found("S-1", practice).status is Status.MET
    assert [m.check.id for m in found("S-1", practice).good_practice_open] == ["S-1.reminded"]
    assert found("S-1", {**told, "S-1.told": ("partly",)}).status is Status.GAP
    assert found("S-1", {**told, "S-1.told": ("unsure",)}).status is Status.UNDETERMINED


def test_nobody_knows_yet_is_not_missing() -> None:
    assert [m.check.id for m in found("S-1", {**CHATBOT, "S-1.told": ("no",)}).outstanding] == ["S-1.told"]
    assert found("S-1", {**CHATBOT, "S-1.told": ("unsure",)}).outstanding == ()


def test_measures_that_do_not_concern_the_case_decide_nothing() -> None:
    apart: dict[str, AnswerValue] = {"S-2.marked": ("not_applicable",), "S-2.layers": ("yes",)}
    assert found("S-2", {**GENERATOR, **apart}).set_aside
    layers = LIBRARY.requirements["S-2"].checks["layers"]
    only = replace_fields(LIBRARY.requirements["S-2"], checks={"layers": layers})
    for outputs, status in (("text", Status.NOT_APPLICABLE), ("images", Status.GAP)):
        answers: dict[str, AnswerValue] = {**GENERATOR, "small_outputs": (outputs,), "S-2.layers": ("no",)}
        assert assess_requirement(only, LIBRARY, Situation(answers, NOVEMBER)).status is status


def test_an_exception_somebody_is_unsure_of_does_not_exempt() -> None:
    unsure = found("S-1", {**CHATBOT, "small_audience": ("unsure",)})
    assert (unsure.applies, unsure.status) == (Truth.UNKNOWN, Status.UNDETERMINED)
    assert unsure.settled_by == ("small_audience",)
    assert ([way.holds for way in unsure.exceptions], unsure.relied_on_exceptions) == ([Truth.UNKNOWN], ())
    experts = found("S-1", {**CHATBOT, "small_audience": ("experts",)})
    assert (experts.applies, experts.status) == (Truth.NO, Status.NOT_APPLICABLE)
    assert [way.exception.id for way in experts.relied_on_exceptions] == ["experts"]
    assert found("S-1", {**CHATBOT, "where": ("japan",), "small_audience": ("experts",)}).exceptions == ()


def test_what_is_done_and_good_practice_settle_no_status() -> None:
    unsure: dict[str, AnswerValue] = {**CHATBOT, **checked("S-1", "unsure")}
    assert found("S-1", unsure).settled_by == ("S-1.told", "S-1.clear")
    assert found("S-1", {**unsure, "S-1.told": ("yes",)}).settled_by == ("S-1.clear",)


def test_an_answer_that_decides_twice_is_one_reason() -> None:
    talks = LIBRARY.requirements["S-4"].applies_when
    twice = replace_fields(LIBRARY.requirements["S-4"], applies_when=All((talks, Not(Not(talks)))))
    reasons = assess_requirement(twice, LIBRARY, Situation({**PROVIDER, "does": ("reads_people",)}, NOVEMBER)).reasons
    assert [reason.question for reason in reasons] == ["where", "subject", "does"]


def test_what_is_met_is_met_in_any_case() -> None:
    answers = {**CHATBOT, "small_audience": ("unsure",), **checked("S-1", "yes")}
    item = found("S-1", answers)
    assert (item.applies, item.status) == (Truth.UNKNOWN, Status.MET)


def test_what_was_set_aside_is_not_met() -> None:
    item = found("S-1", {**CHATBOT, **checked("S-1", "not_applicable")})
    assert (item.status, item.set_aside) == (Status.NOT_APPLICABLE, True)
    beside = found("S-1", {**CHATBOT, **checked("S-1", "not_applicable"), "S-1.told": ("yes",)})
    assert (beside.status, beside.set_aside) == (Status.MET, False)


@pytest.mark.parametrize(
    ("placed", "since", "timing"),
    [
        (date(2026, 8, 1), date(2026, 12, 2), Timing.COMING),
        (date(2026, 8, 2), date(2026, 8, 2), Timing.IN_FORCE),
        (NOVEMBER, NOVEMBER, Timing.IN_FORCE),
        (date(2027, 3, 1), date(2027, 3, 1), Timing.COMING),
        (("not_yet",), None, Timing.COMING),
        (("unsure",), date(2026, 8, 2), Timing.OPEN),
    ],
)
def test_the_date_follows_from_when_it_was_first_offered(
    placed: AnswerValue, since: date | None, timing: Timing
) -> None:
    item = found("S-2", {**GENERATOR, "placed": placed})
    assert (item.since, item.timing) == (since, timing)


def test_what_is_not_offered_yet_is_bound_from_the_day_of_the_law_if_that_is_still_to_come() -> None:
    item = found("S-2", {**GENERATOR, "placed": ("not_yet",)}, as_of=date(2026, 7, 1))
    assert (item.since, item.timing) == (date(2026, 8, 2), Timing.COMING)


def test_never_offered_leaves_the_date_to_its_first_use() -> None:
    used: dict[str, AnswerValue] = {**GENERATOR, "placed": ("never",), "in_service": date(2027, 1, 1)}
    assert found("S-2", used).since == date(2027, 1, 1)
    assert set(found("S-2", used).notes) == {"own_use"}
    assert found("S-2", {**used, "placed": ("unsure",)}).notes == {}


def test_a_note_without_a_condition_is_shown_wherever_the_rule_applies_or_may_and_nowhere_else() -> None:
    noted = replace_fields(LIBRARY.requirements["S-4"], notes={"plain": Note(Prose("It is disputed."), ())})
    for word, shown in (("reads_people", {"plain"}), ("unsure", {"plain"}), ("none", set())):
        answers: dict[str, AnswerValue] = {**PROVIDER, "does": (word,)}
        assert set(assess_requirement(noted, LIBRARY, Situation(answers, NOVEMBER)).notes) == shown, word


def test_a_duty_that_is_never_due_does_not_apply_and_says_so() -> None:
    deployer: dict[str, AnswerValue] = {**PROVIDER, "eu_role": ("deployer",), "placed": date(2025, 1, 1)}
    unchanged = found("S-3", {**deployer, "small_changed": ("no",)})
    assert unchanged.applies is Truth.NO
    assert [entry.says for entry in unchanged.dated_by] == ["Not due while the system stays unchanged."]
    assert found("S-3", {**deployer, "small_changed": ("unsure",)}).applies is Truth.UNKNOWN
    assert found("S-3", {**deployer, "small_changed": ("yes",)}).since == date(2027, 12, 2)


def test_a_rule_that_ends_applies_on_its_last_day_and_not_on_the_next() -> None:
    ending = replace_fields(LIBRARY.requirements["S-1"], applies_until=AppliesUntil(NOVEMBER))
    last, after = (
        assess_requirement(ending, LIBRARY, Situation(CHATBOT, NOVEMBER + timedelta(days))) for days in (0, 1)
    )
    assert (last.applies, last.status) == (Truth.YES, Status.UNDETERMINED)
    assert (after.applies, after.status, after.since, after.reasons) == (Truth.NO, Status.NOT_APPLICABLE, None, ())
    words = Wording(LIBRARY)
    assert words.render_timing(last, NOVEMBER).endswith("until 23 November 2026")
    assert words.render_timing(after, NOVEMBER + timedelta(1)) == "ended on 23 November 2026"


def test_a_prohibition_that_applies_is_a_gap() -> None:
    reads: dict[str, AnswerValue] = {**PROVIDER, "does": ("reads_people",)}
    assert found("S-4", reads).status is Status.GAP
    assert found("S-4", {**reads, "does": ("unsure",)}).status is Status.UNDETERMINED


def test_one_no_never_closes_the_other_checks() -> None:
    answers = {**CHATBOT, "S-1.told": ("no",), "size": ("sme",)}
    left = [item.question for item in list_open_questions(LIBRARY, Situation(answers, NOVEMBER))]
    assert "S-1.clear" in left


def test_what_applies_is_asked_before_what_is_missing_and_good_practice_last() -> None:
    phases = []
    given: dict[str, AnswerValue] = {}
    answers: dict[str, AnswerValue] = {**CHATBOT, "size": ("sme",), **checked("S-1", "no"), **checked("S-5", "no")}
    while questions := list_open_questions(LIBRARY, Situation(given, NOVEMBER)):
        phases.append(questions[0].phase)
        given[questions[0].question] = answers[questions[0].question]
    assert phases == sorted(phases)
    assert set(phases) == {Phase.SCOPE, Phase.TEXT, Phase.GUIDANCE, Phase.VOLUNTARY, Phase.PENALTY}


def test_the_house_comes_between_law_and_good_practice_and_what_stays_unsettled_last() -> None:
    marking = LIBRARY.requirements["S-2"]
    by_basis = {basis: Check(Prose(f"{basis}?"), basis, (), id=f"S-2.{basis}") for basis in Basis}
    backwards = {str(basis): by_basis[basis] for basis in (Basis.GUIDANCE, Basis.HOUSE, Basis.TEXT)}
    rules = replace_fields(
        LIBRARY.checklists["small"],
        requirements={**LIBRARY.requirements, "S-2": replace_fields(marking, checks=backwards)},
    )
    library = replace_fields(LIBRARY, checklists={"small": rules})
    does = ("talks_with_people", "makes_content")
    answers: dict[str, AnswerValue] = {
        **GENERATOR,
        "does": does,
        "small_audience": ("unsure",),
        **checked("S-5", "yes"),
    }
    questions = list_open_questions(library, Situation(answers, NOVEMBER))
    assert [(item.question, item.phase.name) for item in questions] == [
        ("S-2.text", "TEXT"),
        ("S-2.house", "HOUSE"),
        ("S-2.guidance", "GUIDANCE"),
        ("S-1.told", "UNSETTLED"),
        ("S-1.reminded", "UNSETTLED"),
        ("S-1.clear", "UNSETTLED"),
        ("size", "PENALTY"),
    ]


@pytest.mark.parametrize(("days", "due"), [("30d", True), ("29d", False)])
def test_the_gate_looks_ahead_to_the_last_of_so_many_days(days: str, due: bool) -> None:
    coming = date(2026, 12, 2)
    answers = {**GENERATOR, **checked("S-2", "no")}
    assessment = assess_all(LIBRARY, Situation(answers, coming - timedelta(30)))
    blocking = Gate(within=parse_day_count(days)).list_blocking_findings(assessment)
    assert ("S-2" in [item.requirement.id for item in blocking]) is due


def test_dates_and_measures_are_asked_once_it_is_known_what_applies() -> None:
    def list_asked(answers: dict[str, AnswerValue]) -> list[str]:
        situation = Situation(answers, NOVEMBER)
        return [id for _, id in list_questions_for_requirement(LIBRARY.requirements["S-2"], LIBRARY, situation)]

    makes: dict[str, AnswerValue] = {**PROVIDER, "does": ("makes_content",)}
    assert list_asked(makes) == ["small_outputs"]
    assert list_asked({**makes, "small_outputs": ("text",)}) == ["placed", "placed"]
    assert list_asked({**makes, "small_outputs": ("text",), "placed": ("never",)}) == ["in_service"]
    assert list_asked({**makes, "small_outputs": ("text",), "placed": ("not_yet",)}) == ["S-2.marked"]
    assert list_asked({**makes, "small_outputs": ("text",), "placed": NOVEMBER}) == ["S-2.marked"]


def test_a_question_for_several_is_asked_when_the_first_of_them_needs_it() -> None:
    needs = {"S-1": [(Phase.SCOPE, "small_outputs"), (Phase.PENALTY, "size")], "S-2": [(Phase.SCOPE, "size")]}
    size, outputs = order_open_questions(needs, LIBRARY, Situation({}, NOVEMBER))
    assert (size.question, size.phase, size.needed_by) == ("size", Phase.SCOPE, ("S-1", "S-2"))
    assert (outputs.question, outputs.needed_by) == ("small_outputs", ("S-1",))


def test_a_check_that_does_not_concern_the_case_is_not_asked() -> None:
    text_only = {**GENERATOR, "size": ("sme",), **checked("S-5", "yes")}
    left = [item.question for item in list_open_questions(LIBRARY, Situation(text_only, NOVEMBER))]
    assert left == ["S-2.marked"]
    assert LIBRARY.checks["S-2.layers"][1].basis is Basis.TEXT


def test_penalties_are_named_once_with_the_rule_for_the_size() -> None:
    answers = {**CHATBOT, "size": ("sme",)}
    tiers = assess_all(LIBRARY, Situation(answers, NOVEMBER)).penalties
    assert [(tier.requirements, tier.cases) for tier in tiers] == [(("S-1",), ("Up to 10 coins for a small company.",))]
    (tier,) = assess_all(LIBRARY, Situation(CHATBOT, NOVEMBER)).penalties
    assert tier.cases == ()
    assert assess_all(LIBRARY, Situation(GENERATOR, NOVEMBER)).penalties == ()


def test_a_gap_whose_day_hangs_on_an_answer_says_on_which_and_is_not_in_force() -> None:
    gap: dict[str, AnswerValue] = {**GENERATOR, **checked("S-2", "no")}
    for placed in (None, ("unsure",)):
        answers = {id: value for id, value in {**gap, "placed": placed}.items() if value}
        item = found("S-2", answers)
        assert (item.status, item.since, item.since_latest) == (Status.GAP, date(2026, 8, 2), None)
        assert item.settled_by == ("placed",)
    assert found("S-2", {**gap, "placed": date(2026, 9, 1)}).settled_by == ()
    used = found("S-2", {**gap, "placed": ("never",), "in_service": ("unsure",)})
    assert (used.timing, used.settled_by) == (Timing.OPEN, ("in_service",))


@pytest.mark.parametrize(
    ("placed", "as_of", "expected"),
    [
        (date(2026, 9, 1), NOVEMBER, "since 1 September 2026"),
        (("not_yet",), NOVEMBER, "from the day it is first offered or used"),
        (("unsure",), NOVEMBER, "from a day not known yet (2 August 2026 at the earliest)"),
        (("unsure",), date(2026, 8, 1), "from 2 August 2026 at the earliest (1 day)"),
    ],
)
def test_a_day_is_named_only_as_far_as_it_is_known(placed: AnswerValue, as_of: date, expected: str) -> None:
    assert Wording(LIBRARY).render_timing(found("S-2", {**GENERATOR, "placed": placed}, as_of), as_of) == expected


def test_an_exception_by_the_text_without_what_guidance_wants_to_see_is_claimed_and_no_gap() -> None:
    rule = LIBRARY.requirements["S-1"]
    experts = replace_fields(rule.exceptions["experts"], shown_when=Is("size", frozenset(("sme",))))
    rule = replace_fields(rule, exceptions={"experts": experts})
    answers = {**CHATBOT, **checked("S-1", "no"), "small_audience": ("experts",)}
    for size, claimed in (("larger", True), ("unsure", True), ("", True), ("sme", False)):
        more: dict[str, AnswerValue] = {"size": (size,)} if size else {}
        situation = Situation({**answers, **more}, NOVEMBER)
        item = assess_requirement(rule, LIBRARY, situation)
        assert (item.status, bool(item.claimed_exceptions)) == (Status.NOT_APPLICABLE, claimed)
        assert Wording(LIBRARY).find_standing(item) is (Standing.CLAIMED if claimed else Standing.NOT_APPLICABLE)
        questions = list(list_questions_for_requirement(rule, LIBRARY, situation))
        assert questions == ([] if size else [(Phase.GUIDANCE, "size")])
