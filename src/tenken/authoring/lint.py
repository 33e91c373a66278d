"""Mistakes in a file that reads well but cannot work."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from tenken.authoring.cut_texts import check_cut_texts
from tenken.authoring.rule_change_checks import check_rule_changes
from tenken.authoring.satisfiability import AnswerSearch, SearchEffort, WantedTruths
from tenken.authoring.scenarios import run_scenario_file
from tenken.authoring.shipped_ids import check_form_items, check_shipped_ids
from tenken.authoring.translation_checks import check_translation
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.files.strict_yaml import parse_yaml
from tenken.records.acceptance import list_idle_acceptances
from tenken.records.answer_values import read_answer_values
from tenken.records.document_head import HOUSE_DOCUMENT, read_house_document
from tenken.records.evidence_mistakes import list_evidence_mistakes
from tenken.records.files_beside import PROPOSALS_KEY
from tenken.records.house_rules import check_house_rules, read_house_rules
from tenken.records.proposals import read_proposals
from tenken.records.record_file import RecordFile, bind_record
from tenken.records.rule_updates import load_updated_rules
from tenken.rules.card_mapping import CARD_KEY, check_card_mapping, read_card_mapping
from tenken.rules.checklist import Checklist, Profile
from tenken.rules.checklist_names import tell_names_in_place
from tenken.rules.crosswalk import read_crosswalk
from tenken.rules.crosswalk_checks import check_crosswalk
from tenken.rules.library import PROFILE_ID, Library
from tenken.rules.loading import TermMeanings, list_shipped_checklists, load_library, read_library, resolve_terms
from tenken.rules.logic import ALWAYS, Condition, Truth, list_atoms, list_parts, list_terms
from tenken.rules.outline import read_outline
from tenken.rules.outline_checks import check_outline
from tenken.rules.reference_checks import list_checklist_conditions
from tenken.rules.requirement import AppliesFrom, Basis, Certainty, Force, Requirement
from tenken.rules.translation import BASE_LANGUAGE

LONGEST_LABEL = 24


def validate_files(paths: Iterable[Path]) -> list[Problem]:
    """Everything wrong in some files; what each file is, it says by its keys."""
    return [problem for path in paths for problem in _validate_file(path)]


def _validate_file(path: Path) -> Iterator[Problem]:
    try:
        content = read_file_bytes(path)
        node = parse_yaml(content, str(path))
        yield from check_cut_texts(node, content.decode("utf-8-sig"), str(path))
        keys: Container[str] = node.value if isinstance(node.value, dict) else ()
        if "scenarios" in keys:
            for outcome in run_scenario_file(path):
                yield from outcome.differences
        elif PROPOSALS_KEY in keys:
            read_proposals(path)
        elif "tenken" in keys:
            yield from _check_record(RecordFile(path, bind_record(node, str(path)), content))
        elif "document" in keys or path.stem == HOUSE_DOCUMENT:
            read_house_document(path)
        elif "." in path.stem:
            yield from check_translation(path)
        elif key := next((key for key in _CHECKS_BY_KEY if key in keys), ""):
            yield from _CHECKS_BY_KEY[key](path)
        elif path.stem == PROFILE_ID:
            library = read_library([])
            yield from _check_question_kinds(library.profile)
            yield from sorted(check_rule_changes(library.profile, library), key=lambda problem: problem.place)
        else:
            library = read_library([path])
            yield from check_shipped_ids(library)
            yield from check_form_items(library)
            for checklist in library.checklists.values():
                yield from sorted(lint_checklist(checklist, library), key=lambda problem: problem.place)
    except Problems as found:
        yield from found.problems


def _check_record(record_file: RecordFile) -> Iterator[Problem]:
    library, _ = load_updated_rules(record_file, BASE_LANGUAGE)
    read_answer_values(record_file.record.answers, library)
    yield from list_evidence_mistakes(record_file.record)
    yield from list_idle_acceptances(record_file.record, library)


def _check_card_file(path: Path) -> Iterator[Problem]:
    yield from check_card_mapping(read_card_mapping(path), load_library(list_shipped_checklists()))


def _check_crosswalk_file(path: Path) -> Iterator[Problem]:
    with tell_names_in_place(str(path), "left"), tell_names_in_place(str(path), "right"):
        yield from check_crosswalk(read_crosswalk(path))


def _check_house_rule_file(path: Path) -> Iterator[Problem]:
    rules = read_house_rules(path)
    with tell_names_in_place(str(path), "adds_to"):
        library = load_library([rules.adds_to], rules.at)
    yield from check_house_rules(rules, library)


def _check_outline_file(path: Path) -> Iterator[Problem]:
    yield from check_outline(read_outline(path))


_CHECKS_BY_KEY: Mapping[str, Callable[[Path], Iterator[Problem]]] = {
    "adds_to": _check_house_rule_file,
    CARD_KEY: _check_card_file,
    "topics": _check_crosswalk_file,
    "sections": _check_outline_file,
}
"""What finds the mistakes in a file that has this key."""


def lint_checklist(checklist: Checklist, library: Library) -> Iterator[Problem]:
    """What can never happen in a checklist: tried out with the answers its conditions tell apart."""
    conditions = [
        condition
        for requirement in checklist.requirements.values()
        for condition in _list_requirement_conditions(requirement)
    ]
    effort = SearchEffort()
    search = AnswerSearch(library.questions, conditions, checklist.reviewed, effort)
    yield from _check_review_dates(checklist)
    yield from _check_short_form(checklist)
    yield from _check_questions(checklist)
    yield from _check_unused_entries(checklist)
    for requirement in checklist.requirements.values():
        yield from _check_applicability(requirement, search)
        yield from _check_exceptions(requirement, search)
        yield from _check_measures(requirement, search)
        yield from _check_application_dates(requirement)
        if not {entry.at for entry in checklist.applies_from}.issuperset(
            entry.at for entry in requirement.applies_from
        ):
            yield from _check_pointless_dates(requirement, search)  # a day for all need not concern each
    yield from _check_constant_parts(checklist, library, effort)
    yield from check_rule_changes(checklist, library)


def _list_requirement_conditions(requirement: Requirement) -> Iterator[Condition]:
    yield requirement.application_condition
    for items in (requirement.exceptions, requirement.checks, requirement.notes):
        yield from (item.when for item in items.values())
    yield from (exception.shown_when for exception in requirement.exceptions.values())
    yield from (dated.when for dated in requirement.applies_from)


def _check_applicability(requirement: Requirement, search: AnswerSearch) -> Iterator[Problem]:
    if search.find_example((requirement.application_condition, Truth.YES)) is None:
        yield _build_lint_problem(requirement.at, "{id} can never apply", id=requirement.id)
    elif (
        requirement.applies_when != ALWAYS
        and search.find_example((requirement.application_condition, Truth.NO)) is None
    ):
        yield _build_lint_problem(
            requirement.at, "{id} applies whatever is answered; is that meant?", id=requirement.id
        )
    for key, note in requirement.notes.items():
        if search.find_example((note.when, Truth.YES)) is None:
            yield _build_lint_problem(note.at, "the note {key} can never be shown", key=key)


def _check_exceptions(requirement: Requirement, search: AnswerSearch) -> Iterator[Problem]:
    for id, exception in requirement.exceptions.items():
        concerned = (requirement.concern_condition, Truth.YES)
        if search.find_example(concerned, (exception.when, Truth.YES)) is None:
            yield _build_lint_problem(exception.at, "the exception {id} can never be relied on", id=id)
        elif search.find_example(concerned, (exception.when, Truth.NO)) is None:
            yield _build_lint_problem(exception.at, "the exception {id} swallows the rule", id=id)
        elif search.find_example((exception.when, Truth.YES), (exception.shown_when, Truth.YES)) is None:
            yield _build_lint_problem(exception.at, "the exception {id} can never be shown", id=id)


def _check_measures(requirement: Requirement, search: AnswerSearch) -> Iterator[Problem]:
    text = [check for check in requirement.checks.values() if check.basis is Basis.TEXT]
    for check in requirement.checks.values():
        if check.basis is Basis.TEXT and check.certainty is Certainty.C:
            text_reading = "{id}: what is one reading of several makes no gap; settle it, or write `basis: guidance`"
            yield _build_lint_problem(check.at, text_reading, id=check.id)
        if check.decisive and check.basis is not Basis.TEXT:
            yield _build_lint_problem(
                check.at, "{id}: only what the text asks is decisive; take `decisive` out", id=check.id
            )
        if check.basis is Basis.HOUSE:
            yield _build_lint_problem(
                check.at, "`basis: house` is for house rules beside a record; write text or guidance"
            )
    for check in [check for check in text if check.decisive][1:]:
        text_twice = "{id}: another check of this requirement is decisive already; keep one"
        yield _build_lint_problem(check.at, text_twice, id=check.id)
    if requirement.force is Force.PROHIBITION:
        if requirement.checks:
            yield _build_lint_problem(requirement.at, "{id} is a prohibition; it has no checks", id=requirement.id)
        return
    if not text:
        yield _build_lint_problem(
            requirement.at, "{id} has no check of basis text; it can be neither met nor missed", id=requirement.id
        )
        return
    applies = (requirement.application_condition, Truth.YES)
    for check in requirement.checks.values():
        if search.find_example(applies, (check.when, Truth.YES)) is None:
            yield _build_lint_problem(check.at, "the check {id} can never be asked", id=check.id)
    if search.find_example(applies, *((check.when, Truth.NO) for check in text)) is not None:
        yield _build_lint_problem(requirement.at, "{id} can apply with no check of basis text left", id=requirement.id)


def _check_application_dates(requirement: Requirement) -> Iterator[Problem]:
    general = [number for number, dated in enumerate(requirement.applies_from) if dated.when == ALWAYS]
    days = [dated.date for dated in requirement.applies_from if isinstance(dated.date, date)]
    last = requirement.last_day
    if last and days and min(days) > last:
        yield _build_lint_problem(requirement.at, "{id} ends before it begins", id=requirement.id)
    elif last:
        for dated in requirement.applies_from:
            if isinstance(dated.date, date) and dated.date > last:
                text = "{date} lies after the last day, {until}; say `never`"
                yield _build_lint_problem(dated.at, text, date=dated.date, until=last)
    if requirement.is_law and not requirement.applies_from:
        yield _build_lint_problem(requirement.at, "{id} does not say from when it applies", id=requirement.id)
    elif requirement.applies_from and general != [len(requirement.applies_from) - 1]:
        text = "{id}: the last date, and no other, stands without `when`"
        yield _build_lint_problem(requirement.applies_from[-1].at, text, id=requirement.id)


def _check_pointless_dates(requirement: Requirement, search: AnswerSearch) -> Iterator[Problem]:
    """Entries that no case reaches, and those without which the same day would follow in every case."""
    entries = requirement.applies_from
    for number, dated in enumerate(entries[:-1]):
        earlier = ((entry.when, Truth.NO) for entry in entries[:number])
        reached = ((requirement.concern_condition, Truth.YES), *earlier, (dated.when, Truth.YES))
        if search.find_example(*reached) is None:
            yield _build_lint_problem(dated.at, "no case reaches this date")
        elif not _has_date_effect(dated, entries[number + 1 :], reached, search):
            yield _build_lint_problem(dated.at, "this date changes nothing; without it the same day follows")


def _has_date_effect(
    dated: AppliesFrom, later: tuple[AppliesFrom, ...], reached: WantedTruths, search: AnswerSearch
) -> bool:
    """Whether a case that reaches an entry would have another day without it."""
    for number, entry in enumerate(later):
        between = ((passed.when, Truth.NO) for passed in later[:number])
        if entry.date != dated.date and search.find_example(*reached, *between, (entry.when, Truth.YES)) is not None:
            return True
    return False


def _check_constant_parts(checklist: Checklist, library: Library, effort: SearchEffort) -> Iterator[Problem]:
    """Parts of conditions that always hold or never; a condition as a whole is tried for what it is for."""
    tried: set[Condition] = set()
    meanings = TermMeanings(checklist.terms)
    for condition in list_checklist_conditions(checklist):
        for part in list_parts(condition):
            resolved = resolve_terms(part, meanings)
            if resolved in tried or part == ALWAYS:
                continue
            tried.add(resolved)
            search = AnswerSearch(library.questions, [resolved], checklist.reviewed, effort)
            place = next((atom.at for atom in (*list_terms(part), *list_atoms(part))), checklist.at)
            assert isinstance(place, Place)
            if search.find_example((resolved, Truth.YES)) is None:
                yield _build_lint_problem(place, "the part of a condition that begins here never holds")
            elif search.find_example((resolved, Truth.NO)) is None:
                yield _build_lint_problem(place, "the part of a condition that begins here always holds")


def _check_unused_entries(checklist: Checklist) -> Iterator[Problem]:
    """What is written down once for all and used by nothing."""
    used = {term.id for condition in list_checklist_conditions(checklist) for term in list_terms(condition)}
    used |= {
        name
        for requirement in checklist.requirements.values()
        for name in (*requirement.check_sets, requirement.penalty)
    }
    used.add(checklist.penalty)
    for id, entry in checklist.terms.items():
        if id not in used:
            yield _build_lint_problem(entry.at, "nothing uses the term {id}", id=id)
    for id in (*checklist.check_sets, *checklist.penalties):
        if id not in used:
            yield _build_lint_problem(checklist.at, "nothing uses {id}", id=id)


def _check_review_dates(checklist: Checklist) -> Iterator[Problem]:
    if checklist.review_by <= checklist.reviewed:
        yield _build_lint_problem(checklist.at, "`review_by` should lie after `reviewed`")
    for id, source in checklist.sources.items():
        if source.state and source.state > checklist.reviewed:
            yield _build_lint_problem(checklist.at, "the source {id} is newer than `reviewed`", id=id)
        if not source.link.startswith(("https://", "http://")):
            text = "the source {id}: {link} is no address; it begins with https://"
            yield _build_lint_problem(checklist.at, text, id=id, link=source.link)


def _check_short_form(checklist: Checklist) -> Iterator[Problem]:
    name, known = checklist.short_form_of, list_shipped_checklists()
    if name and name not in known:
        hint = suggest_instead(name, known)
        yield _build_lint_problem(checklist.at, "there is no checklist {name}; {hint}", name=name, hint=hint)


def _check_questions(checklist: Checklist) -> Iterator[Problem]:
    used = set(_list_used_questions(checklist))
    yield from _check_question_kinds(checklist)
    for id, question in checklist.questions.items():
        if id not in used:
            yield _build_lint_problem(question.at, "nothing depends on the question {id}", id=id)
        for choice in question.choices.values():
            if len(choice.label) > LONGEST_LABEL:
                text = "{id}: the label {label} is longer than {most} characters; say more in `means`"
                yield _build_lint_problem(question.at, text, id=id, label=choice.label, most=LONGEST_LABEL)


def _check_question_kinds(item: Checklist | Profile) -> Iterator[Problem]:
    for id, question in item.questions.items():
        if question.several and question.answer_kind.is_dated:
            text = "{id} is answered with one day; take `several` out"
            yield _build_lint_problem(question.at, text, id=id)


def _list_used_questions(checklist: Checklist) -> Iterator[str]:
    """Every question some verdict or date depends on, or whether an exception is shown."""
    for requirement in checklist.requirements.values():
        conditions = [requirement.application_condition, *(check.when for check in requirement.checks.values())]
        conditions += [dated.when for dated in requirement.applies_from]
        conditions += [way.shown_when for way in requirement.exceptions.values()]
        for condition in conditions:
            yield from (atom.question for atom in list_atoms(condition))
        yield from requirement.not_before
    for penalty in checklist.penalties.values():
        for case in penalty.cases:
            yield from (atom.question for atom in list_atoms(case.when))


def _build_lint_problem(where: Place, text: str, **facts: object) -> Problem:
    return Problem(where, text, facts)
