"""Checks that everything a checklist refers to exists: questions, answers, terms, check sets, penalties."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tenken.files.problems import Phrase, Place, Problem, suggest_instead
from tenken.rules.checklist import Checklist
from tenken.rules.file_facts import FILE_FACTS
from tenken.rules.logic import ALWAYS, Atom, Before, Condition, Is, Only, OnOrAfter, list_atoms, list_terms
from tenken.rules.requirement import MarkTest, Question, Requirement
from tenken.rules.term_extents import check_terms, find_reachable_terms
from tenken.rules.value_binding import MOST_ENTRIES

if TYPE_CHECKING:
    from tenken.rules.library import Library


def check_names(library: Library, left_out: Container[str] = ()) -> list[Problem]:
    """What is named but not there; names in `left_out` were there and broken, which has been said already."""
    found = [*_check_duplicate_ids(library), *_check_text_questions(library)]
    for checklist in library.checklists.values():
        found += _check_checklist_names(checklist, library.profile.questions, left_out)
    return found


def _check_text_questions(library: Library) -> Iterator[Problem]:
    """Questions to be answered in words of one's own, on which no rule can depend."""
    for id, question in library.questions.items():
        if not question.answer_kind.is_judged:
            text = "{id} is answered in words of one's own; only a document asks for those"
            yield Problem(question.at, text, {"id": id})


def check_for_requirements(library: Library) -> list[Problem]:
    """Checklists that ask for nothing, which every record would pass."""
    text = "a checklist without `requirements` asks for nothing; write one"
    return [Problem(item.at, text) for item in library.checklists.values() if not item.requirements]


def _check_duplicate_ids(library: Library) -> Iterator[Problem]:
    seen: dict[str, Place] = {id: question.at for id, question in library.profile.questions.items()}
    for checklist in library.checklists.values():
        for items in (checklist.questions, checklist.requirements):
            for id, item in items.items():
                if id in seen:
                    text = "{id} is already taken in {where}; ids are unique over all checklists"
                    yield Problem(item.at, text, {"id": id, "where": seen[id]})
                seen[id] = item.at
    yield from _check_questions_named_as_checks(library)


def _check_questions_named_as_checks(library: Library) -> Iterator[Problem]:
    """Questions under the id of a check, whose answer would answer both."""
    checks = {
        f"{requirement.id}.{key}"
        for checklist in library.checklists.values()
        for requirement in checklist.requirements.values()
        for shared in (requirement.checks, *(checklist.check_sets.get(name, {}) for name in requirement.check_sets))
        for key in shared
    }
    for question in library.questions.values():
        if question.id in checks:
            yield Problem(question.at, "{id} is the id of a check; name the question otherwise", {"id": question.id})


def _check_checklist_names(
    checklist: Checklist, shared: Mapping[str, Question], left_out: Container[str]
) -> Iterator[Problem]:
    known = {**shared, **checklist.questions}
    for condition in list_checklist_conditions(checklist):
        # A checklist is offered before any question of its own is asked.
        askable = shared if condition is checklist.offered_when else known
        yield from check_condition_names(condition, askable, checklist.terms, left_out)
    yield from _check_offered_terms(checklist, shared, left_out)
    for form in checklist.forms.values():
        for id, row in form.rows.items():
            yield from _check_name_known(id, checklist.requirements, row.at, "a requirement", left_out)
    if checklist.penalty:
        yield from _check_name_known(checklist.penalty, checklist.penalties, checklist.at, "a penalty", left_out)
    yield from check_terms(checklist.terms, _list_outer_conditions(checklist))
    for requirement in checklist.requirements.values():
        yield from _check_requirement_names(requirement, checklist, known, left_out)
    yield from _check_spread_checks(checklist)
    yield from _check_mark_tests(checklist)


def _check_mark_tests(checklist: Checklist) -> Iterator[Problem]:
    """What the mark tests ask that is no fact of a file; the law's own terms are about answers, and so none either."""
    for test in list_mark_tests(checklist):
        for condition in list_mark_conditions(test):
            for atom in list_atoms(condition):
                yield from _check_atom(atom, FILE_FACTS, (), "a fact of a file")
            for term in list_terms(condition):
                text = "a mark test asks for facts of a file, and no term is one; write the facts"
                yield Problem(_require_place(term.at), text)


def list_mark_tests(checklist: Checklist) -> Iterator[MarkTest]:
    holders = checklist.requirements.values()
    for checks in (*checklist.check_sets.values(), *(requirement.checks for requirement in holders)):
        yield from (check.marks for check in checks.values() if check.marks)


def list_mark_conditions(test: MarkTest) -> Iterator[Condition]:
    yield test.when
    yield test.met
    if test.partly is not None:
        yield test.partly


def _check_spread_checks(checklist: Checklist) -> Iterator[Problem]:
    """Check sets that are few lines and very many checks, once each requirement has its own."""
    total = 0
    for requirement in checklist.requirements.values():
        shared = (checklist.check_sets.get(name, {}) for name in requirement.check_sets)
        total += sum(map(len, (requirement.checks, *shared)))
        if total > MOST_ENTRIES:
            text = "up to here the file stands for more than {most} checks, with all check sets written out"
            yield Problem(requirement.at, text, {"most": MOST_ENTRIES})
            return


def _check_offered_terms(
    checklist: Checklist, shared: Mapping[str, Question], left_out: Container[str]
) -> Iterator[Problem]:
    """What the terms by which a checklist is offered ask beyond the shared questions."""
    uses = {id: {term.id for term in list_terms(entry.when)} for id, entry in checklist.terms.items()}
    for term in list_terms(checklist.offered_when or ALWAYS):
        meant = {term.id, *find_reachable_terms(term.id, uses)}.intersection(checklist.terms)
        asked = {atom.question for id in meant for atom in list_atoms(checklist.terms[id].when)}
        for question in sorted(asked.intersection(checklist.questions)):
            yield from _check_name_known(question, shared, term.at, "a question", left_out)


def check_condition_names(
    condition: Condition, known: Mapping[str, Question], defined: Mapping[str, Any], left_out: Container[str] = ()
) -> Iterator[Problem]:
    """What a condition names that is not there: questions, their answers, terms."""
    for atom in list_atoms(condition):
        yield from _check_atom(atom, known, left_out)
    for term in list_terms(condition):
        yield from _check_name_known(term.id, defined, term.at, "a term", left_out)


def _check_requirement_names(
    requirement: Requirement, checklist: Checklist, known: Mapping[str, Question], left_out: Container[str]
) -> Iterator[Problem]:
    at = requirement.at
    for name in requirement.check_sets:
        yield from _check_name_known(name, checklist.check_sets, at, "a check set", left_out)
    if requirement.penalty:
        yield from _check_name_known(requirement.penalty, checklist.penalties, at, "a penalty", left_out)
    for name in requirement.not_before:
        dates = {id: question for id, question in known.items() if question.answer_kind.is_dated}
        yield from _check_name_known(name, dates, at, "a date question", left_out)


def list_checklist_conditions(checklist: Checklist) -> Iterator[Condition]:
    """Every condition of a checklist, those that define its terms with them."""
    yield from (entry.when for entry in checklist.terms.values())
    yield from _list_outer_conditions(checklist)


def _list_outer_conditions(checklist: Checklist) -> Iterator[Condition]:
    yield checklist.in_scope
    if checklist.offered_when is not None:
        yield checklist.offered_when
    yield from (verdict.when for verdict in checklist.verdicts.values() if verdict.when is not None)
    for holder in _list_condition_holders(checklist):
        yield holder.when
    for requirement in checklist.requirements.values():
        yield requirement.applies_when
        yield from (exception.shown_when for exception in requirement.exceptions.values())


def _list_condition_holders(checklist: Checklist) -> Iterator[Any]:
    """Everything in a checklist with a `when` of its own, but for its terms."""
    for checks in checklist.check_sets.values():
        yield from checks.values()
    for penalty in checklist.penalties.values():
        yield from penalty.cases
    yield from checklist.applies_from
    for requirement in checklist.requirements.values():
        yield from requirement.exceptions.values()
        yield from requirement.applies_from
        yield from requirement.notes.values()
        yield from requirement.checks.values()


def _check_name_known(
    name: str, known: Mapping[str, Any], at: object, what: str, left_out: Container[str]
) -> Iterator[Problem]:
    if name not in known and name not in left_out:
        facts = {"name": name, "what": Phrase(what), "hint": suggest_instead(name, known)}
        yield Problem(_require_place(at), "{name} is not {what} here; {hint}", facts)


def _check_atom(
    atom: Atom, known: Mapping[str, Question], left_out: Container[str], what: str = "a question"
) -> Iterator[Problem]:
    if atom.question not in known:
        yield from _check_name_known(atom.question, known, atom.at, what, left_out)
        return
    question = known[atom.question]
    facts = {"question": question.id}
    if not question.answer_kind.is_judged:
        text = "{question} is answered in words of one's own, and no condition can ask for those"
        yield Problem(_require_place(atom.at), text, facts)
        return
    match atom:
        case Before() | OnOrAfter() if not question.answer_kind.is_dated:
            yield Problem(_require_place(atom.at), "{question} is not answered with a day", facts)
        case Only() if not question.several:
            yield Problem(
                _require_place(atom.at), "`only` is for questions with several answers; {question} has one", facts
            )
        case Is(values=values) | Only(values=values):
            kind = question.answer_kind
            for value in sorted(values.difference(kind.asked_words)):
                more = {**facts, "value": value, "hint": kind.hint_asked_word(value)}
                yield Problem(_require_place(atom.at), "{value} is not an answer to {question}; {hint}", more)


def _require_place(at: object) -> Place:
    assert isinstance(at, Place)
    return at
