"""Rules that were made data of and rules again are the same rules, down to the type and the order of everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from support.answer_strategies import conditions
from tenken.files.frozen_classes import Frozen, list_field_values, list_fields
from tenken.messages.message_catalog import list_languages
from tenken.rules.compiled_rules import CHECKLIST_CLASSES, CONDITION_CLASSES, RuleClasses, decode_rules, encode_rules
from tenken.rules.crosswalk import CROSSWALK_CLASSES, list_shipped_crosswalks, read_crosswalk
from tenken.rules.loading import find_checklist_file, list_shipped_checklists, read_library
from tenken.rules.logic import Condition
from tenken.rules.requirement import Choice, LegalTerm, Prose, Question

ANYWHERE = Path("rules.yaml")


def told(value: Any) -> Any:
    """A value as plain lists with the type of everything; without where a condition stands, which is not kept."""
    if isinstance(value, Frozen):
        known = [field for field in list_fields(type(value)) if field.compare]
        return [type(value), [(field.name, told(getattr(value, field.name))) for field in known]]
    if isinstance(value, Mapping):
        return [type(value), [(key, told(held)) for key, held in value.items()]]
    return [type(value), [told(part) for part in value]] if isinstance(value, tuple) else [type(value), value]


def made_again(item: Frozen, path: Path = ANYWHERE, classes: RuleClasses = CHECKLIST_CLASSES) -> Any:
    return decode_rules(encode_rules(item, classes), path, classes)


@pytest.mark.thorough
@pytest.mark.parametrize("language", list_languages())
def test_every_rule_that_ships_is_the_same_again(language: str) -> None:
    for item in read_library(map(find_checklist_file, list_shipped_checklists()), language).parts.values():
        assert told(made_again(item, Path(item.at.path))) == told(item)
    for path in list_shipped_crosswalks():
        crosswalk = read_crosswalk(path, language)
        assert told(made_again(crosswalk, path, CROSSWALK_CLASSES)) == told(crosswalk)


@given(conditions)
def test_every_condition_is_the_same_again(condition: Condition) -> None:
    term = LegalTerm(Prose("A term"), (Prose("Article 1"), Prose("Article 2")), condition)
    assert told(made_again(term)) == told(term)


def test_equal_conditions_are_one_again() -> None:
    library = read_library([find_checklist_file("eu-transparency")])
    again = made_again(library.checklists["eu-transparency"])
    scopes = [requirement.in_scope for requirement in again.requirements.values()]
    assert all(scope is scopes[0] for scope in scopes)


def test_what_is_made_again_can_be_used_as_any_other() -> None:
    question = Question(Prose("Short"), Prose("Long?"), choices={"a": Choice(Prose("A")), "b": Choice(Prose("B"))})
    again = made_again(question)
    assert again == question
    assert again.accepted_words == question.accepted_words
    assert dict(list_field_values(again)) == dict(list_field_values(question))
    with pytest.raises(AttributeError):
        again.short = "Other"


def test_what_has_no_form_as_data_is_refused_when_the_wheel_is_built() -> None:
    made: Any = LegalTerm
    with pytest.raises(TypeError, match="cannot be told as plain data"):
        encode_rules(made("A term", (), when=1.5))


def test_every_class_of_the_rules_is_known() -> None:
    known = {cls.__name__ for cls in (*CHECKLIST_CLASSES, *CROSSWALK_CLASSES, *CONDITION_CLASSES)}
    plain = {"str", "bool", "date", "object", "Months", "Prose", "Cites", "Place", "Condition", "DayOrNever", "None"}
    plain |= {"Mapping", "tuple", "frozenset", "..."}
    for cls in (*CHECKLIST_CLASSES, *CROSSWALK_CLASSES, *CONDITION_CLASSES):
        for field in list_fields(cls):
            words = field.hint.replace("[", " ").replace("]", " ").replace(",", " ").replace("|", " ").split()
            assert set(words) <= known | plain, f"{cls.__name__}.{field.name}"
