"""Checks that everything an outline names is there, and that it claims nothing without an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tenken.files.problems import Phrase, Problem, suggest_instead
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.outline import Outline, OutlineLine, list_line_fillings, load_outlines
from tenken.rules.reference_checks import check_condition_names
from tenken.rules.requirement import Question

RECORD_FILLINGS = ("system", "organisation", "release", "day")
"""What a document can say of the record itself."""


def check_outline(outline: Outline) -> list[Problem]:
    """What an outline names that neither it nor a checklist that ships has, and lines that say nothing."""
    library = load_library(list_shipped_checklists())
    others = {
        id: asked
        for other in load_outlines().values()
        if other.id != outline.id
        for id, asked in other.questions.items()
    }
    asked = {**others, **outline.questions}
    problems = list(_check_asked_questions(outline, library, others))
    served = {*library.requirements, *library.checks}
    for id in outline.helps:
        problems += _check_known(id, library.requirements, outline.at, "a requirement")
    for section in outline.sections.values():
        problems += check_condition_names(section.when, library.questions, {})
        for id in section.serves:
            problems += _check_known(id, served, section.at, "a requirement or a check")
        for line in section.lines:
            problems += _check_line(line, library, asked)
    return sorted(problems, key=lambda problem: problem.place)


def _check_asked_questions(outline: Outline, library: Library, others: Mapping[str, Question]) -> Iterator[Problem]:
    used = {id for section in outline.sections.values() for line in section.lines for id in list_line_fillings(line)}
    for id, question in outline.questions.items():
        if question.answer_kind.is_judged:
            yield Problem(
                question.at, "{id}: a document asks for words of one's own only; write `kind: text`", {"id": id}
            )
        if id in library.order or id in others or id in RECORD_FILLINGS:
            yield Problem(
                question.at, "{id} is already taken; ids are unique over all checklists and documents", {"id": id}
            )
        if id not in used:
            yield Problem(question.at, "nothing in the document says {id}", {"id": id})


def _check_line(line: OutlineLine, library: Library, asked: Mapping[str, Question]) -> Iterator[Problem]:
    known = (*library.questions, *asked, *RECORD_FILLINGS)
    for id in list_line_fillings(line):
        yield from _check_known(id, known, line.at, "a question")
    if line.claims:
        yield from _check_known(line.claims, library.checks, line.at, "a check")
    if line.sample:
        samples = [f"{id}.{key}" for id, each in library.requirements.items() for key in each.samples]
        yield from _check_known(line.sample, samples, line.at, "a sample")
    yield from check_condition_names(line.when, library.questions, {})
    for share in line.shares:
        yield from check_condition_names(share.when, library.questions, {})
        if not (share.percent.isdecimal() and (share.at_most or "1").isdecimal()):
            yield Problem(share.at, "`percent` and `at_most` are whole numbers")
    if not (line.says or line.answer or line.facts):
        yield Problem(line.at, "this line says nothing; write `says`, `answer` or `facts`")
    elif line.answer and line.says:
        yield Problem(line.at, "take `answer` or `says`; {filling} puts an answer into words", {"filling": "{id}"})


def _check_known(id: str, known: Collection[str], at: object, what: str) -> Iterator[Problem]:
    if id not in known:
        facts = {"name": id, "what": Phrase(what), "hint": suggest_instead(id, known)}
        yield Problem(at, "{name} is not {what} here; {hint}", facts)  # type: ignore[arg-type]
