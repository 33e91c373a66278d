"""The published schemas say of a file what tenken says of it, however an editor types what stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from jsonschema import Draft202012Validator

from support.paths import BROKEN, WHOLE
from support.sample_portfolios import golden_portfolio
from tenken.assessment import findings, system_row_types
from tenken.assessment.findings import assess_all
from tenken.authoring import scenarios
from tenken.authoring.json_schema import (
    SCHEMA_KINDS,
    _FileSchemas,
    build_file_schema,
    list_schema_references,
    load_schema_descriptions,
    render_schema,
)
from tenken.authoring.reference_page import render_reference_page
from tenken.authoring.scenarios import list_shipped_scenarios
from tenken.authoring.value_schemas import VALUE_SCHEMAS
from tenken.files.frozen_classes import list_fields
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.strict_yaml import Node, parse_yaml, read_yaml, unwrap_node
from tenken.records import house_rules, proposals, record
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer
from tenken.records.record_file import open_record
from tenken.report.export import gate_result, result_types
from tenken.report.export.json_result import build_result, render_json_result
from tenken.rules import card_mapping, checklist, crosswalk, outline, requirement
from tenken.rules.logic import Situation
from tenken.rules.value_binding import FileReading
from tenken.rules.yaml_binding import bind_node, find_binder, find_class_keys

SCHEMAS = find_shipped_folder("checklists") / "schemas"
EXAMPLES = sorted(find_shipped_folder("examples").glob("*.yaml"))
SHIPPED = sorted(
    [
        *find_shipped_folder("checklists").glob("*.yaml"),
        *find_shipped_folder("checklists").glob("[!s]*/*.yaml"),
        *EXAMPLES,
    ]
)
SHIPPED += list_shipped_scenarios()
UNSEEN = {
    "names what is not there": (
        "no_such_set_or_penalty record_unknown_answer record_unknown_checklist record_unknown_question"
        " form_item_of_nothing form_row_of_nothing"
        " scenario_unknown_requirement unknown_answer unknown_question unknown_term offered_when_by_its_own_question"
        " offered_when_by_what_is_not_shared penalty_for_all_that_is_none carries_what_is_not_asked decisive_twice"
        " mark_test_of_no_fact card_suggests_what_nobody_asks outline_of_nothing"
    ),
    "does not fit the question or the rule it belongs to": (
        "date_condition_on_a_choice only_on_a_single_choice record_bad_date record_explained_away record_no_reason"
        " record_none_and_more record_only_no record_two_answers changes_that_do_not_fit day_asked_as_yes several_days"
        " yes_as_true one_reading_as_text record_evidence_as_it_cannot_be proposals_that_are_none"
        " words_asked_as_a_choice record_words_and_unsure"
    ),
    "is taken already, or is no address": "question_named_as_a_check id_of_a_shipped_checklist link_that_is_none",
    "ends where nobody thinks it ends": "text_cut_at_a_number_sign",
    "refers to itself, to nothing, or to a day too late": "term_in_a_circle unused_and_ended version_without_end",
    "stands for too much once its terms are written out": "terms_chained terms_doubled terms_together",
    "changes nothing, whatever is answered": (
        "dates_that_change_nothing parts_that_never_matter no_scenario no_requirements"
    ),
}
"""What a schema cannot see, and the broken files that show it."""


def is_read(path: Path) -> bool:
    """Whether a file is YAML as tenken takes it, whatever it says."""
    try:
        read_yaml(path)
    except Problems:
        return False
    return True


READABLE = [path for path in sorted(BROKEN.glob("*.yaml")) if is_read(path)]


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(build_file_schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)


def mistakes(kind: str, content: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator(kind).iter_errors(content)]


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Editor(LOADER):  # type: ignore[misc]
    """Types bare words as the YAML 1.2 most editors speak; keys stay text, and so do dates."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ARG002 - as PyYAML calls it
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


class OldEditor(Editor):
    """Types bare words as YAML 1.1: `yes` and `no` are booleans."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def typed(loader: type) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        return yaml.load(path.read_text("utf-8"), loader)

    return read


def bare(path: Path) -> Any:
    return unwrap_node(read_yaml(path))


READERS = {"tenken": bare, "yaml-1.2": typed(Editor), "yaml-1.1": typed(OldEditor)}


def named_schema(path: Path) -> Path:
    """The schema the first line of a file leads an editor to."""
    first = path.read_text("utf-8").partition("\n")[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    return (path.parent / found[1]).resolve()


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_a_shipped_schema_is_the_one_the_model_makes(kind: str) -> None:
    assert (SCHEMAS / f"{kind}.json").read_text("utf-8") == render_schema(kind)


def test_no_other_schema_ships() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(SCHEMA_KINDS)


@pytest.mark.parametrize("kind", SCHEMA_KINDS)
def test_a_schema_is_one_and_uses_all_it_defines(kind: str) -> None:
    made = build_file_schema(kind)
    Draft202012Validator.check_schema(made)
    assert set(list_schema_references(made)) == set(made["$defs"])


def described_classes() -> Iterator[type]:
    """Every class a schema is made from."""
    rules = (requirement, checklist, crosswalk, card_mapping, outline)
    written = (*rules, record, findings, scenarios, house_rules, proposals)
    modules = (*written, result_types, system_row_types, gate_result)
    known = {name: cls for module in modules for name, cls in vars(module).items() if isinstance(cls, type)}
    names = {name for kind in SCHEMA_KINDS for name in build_file_schema(kind)["$defs"]} - set(VALUE_SCHEMAS)
    yield from (known[name] for name in sorted(names))
    yield from (cls for _, classes in SCHEMA_KINDS.values() for cls in classes)


def keys(cls: type) -> set[str]:
    return set(find_class_keys(cls) if list_fields(cls) else get_type_hints(cls))


def test_everything_is_described_and_nothing_else() -> None:
    said = load_schema_descriptions()
    enums = {cls for cls in described_classes() if issubclass(cls, StrEnum)}
    assert {name: list(words) for name, words in said["words"].items()} == {cls.__name__: [*cls] for cls in enums}
    lines = {cls.__name__: keys(cls) for cls in described_classes() if cls not in enums}
    assert {name: set(words) for name, words in said["keys"].items()} == lines
    assert set(said["files"]) == set(SCHEMA_KINDS)
    assert set(said["values"]) <= set(VALUE_SCHEMAS)


def test_the_shipped_reference_is_the_one_the_model_makes() -> None:
    assert (find_shipped_folder("checklists") / "REFERENCE.md").read_text("utf-8") == render_reference_page()


def test_the_reference_has_every_key_and_every_link_in_it_leads_somewhere() -> None:
    page = render_reference_page()
    described = load_schema_descriptions()["keys"].items()
    by_hand = (keys for name, keys in described if not name.endswith(("Result", "Row")) or name == "FormRow")
    written = {key for keys in by_hand for key in keys}
    assert written == set(re.findall(r"^\| \**`(\w+)`\** \| ", page, re.MULTILINE)) & written
    titles = {title.lower().replace(" ", "-") for title in re.findall(r"^### (.*)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) == titles
    for target in re.findall(r"\]\(([^#)]+)\)", page):
        assert (find_shipped_folder("checklists") / target).exists(), target


HINTS = {name: hint for hint, name in _FileSchemas.values.items()} | {"answer": GivenAnswer}
LINES = [
    (name, item["line"]) for name, value in load_schema_descriptions()["values"].items() for item in value["examples"]
]


@pytest.mark.parametrize(("kind", "line"), LINES, ids=lambda said: said)
def test_an_example_in_the_reference_is_read_by_tenken_and_right_by_the_schema(kind: str, line: str) -> None:
    reading = FileReading("")
    node = parse_yaml(line.encode(), "")
    assert isinstance(node.value, dict)
    (child,) = node.value.values()
    find_binder(HINTS[kind])(child, reading)
    assert [str(problem) for problem in reading.problems] == []
    one = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": VALUE_SCHEMAS})
    for loader in (Editor, OldEditor):
        (value,) = yaml.load(line, loader).values()
        assert one.is_valid(value), value


@pytest.mark.thorough
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_file_is_right_by_the_schema_it_names(path: Path, reader: str) -> None:
    named = named_schema(path)
    assert named.parent == SCHEMAS.resolve()
    assert mistakes(named.stem, READERS[reader](path)) == []


def test_every_shipped_file_of_rules_and_answers_is_tried() -> None:
    below = [*find_shipped_folder("checklists").rglob("*.yaml"), *find_shipped_folder("examples").rglob("*.yaml")]
    assert {path for path in below if path.parent.name != "schemas"} == set(SHIPPED)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_json_result_of_an_example_is_right_by_its_schema(path: Path) -> None:
    file = open_record(path)
    checklists = load_rules_for(file.record)
    situation = Situation(read_answer_values(file.record.answers, checklists), date(2026, 11, 23))
    made = json.loads(render_json_result(build_result(assess_all(checklists, situation), file.record)))
    assert mistakes("result", made) == []
    assert mistakes("result", {**made, "score": 7}) != []


def test_every_row_of_a_portfolio_is_right_by_its_schema() -> None:
    for settings in ((), ("tells_news=no", "moon=yes")):
        rows = [json.loads(line) for line in golden_portfolio("jsonl", settings=settings).splitlines()]
        assert [mistakes("portfolio", row) for row in rows] == [[]] * len(rows)
        assert mistakes("portfolio", {**rows[0], "score": 7}) != []


def kind_of(content: Any) -> str:
    """What a file is, by its keys."""
    kinds = {
        **{"scenarios": "scenarios", "tenken": "record", "topics": "crosswalk"},
        **{"adds_to": "house-rules", "document": "document", "proposed": "proposals", "card": "card-mapping"},
        **{"sections": "outline"},
    }
    return next((kind for key, kind in kinds.items() if isinstance(content, dict) and key in content), "checklist")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_unless_a_schema_cannot_see_why(path: Path, reader: str) -> None:
    content = READERS[reader](path)
    assert (mistakes(kind_of(content), content) == []) == any(path.stem in names.split() for names in UNSEEN.values())


WHOLE_FILES = {path.stem: bare(path) for path in sorted(WHOLE.glob("*.yaml"))}
"""A file of each kind people write, and between them every key there is."""


def keys_in(content: Any) -> set[str]:
    children = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return {*(content if isinstance(content, dict) else ()), *(key for child in children for key in keys_in(child))}


def test_the_files_to_be_spoiled_have_every_key() -> None:
    used = {key for content in WHOLE_FILES.values() for key in keys_in(content)}
    classes = (cls for cls in described_classes() if list_fields(cls))
    assert {key for cls in classes for key in keys(cls)} <= used


def spoiled(content: Any) -> Iterator[Any]:
    """The same content with one thing in it changed, everywhere in turn."""
    others = ("", "zzz", ["zzz"], {"zzz": "yyy"}) if isinstance(content, str) else ("zzz", [], {})
    yield from (other for other in others if other != content)
    if isinstance(content, dict):
        for key, child in content.items():
            rest = {name: value for name, value in content.items() if name != key}
            yield rest
            yield {**rest, f"{key}x": child}
            yield {**rest, f"{key} x": child}
            yield from ({**rest, key: worse} for worse in spoiled(child))
    if isinstance(content, list):
        for place, child in enumerate(content):
            yield from ([*content[:place], worse, *content[place + 1 :]] for worse in spoiled(child))


def nodes(content: Any) -> Node:
    made = Node(content, None, False)
    if isinstance(content, dict):
        made.value = {key: nodes(child) for key, child in content.items()}
    elif isinstance(content, list):
        made.value = [nodes(child) for child in content]
    return made


def read_by_tenken(kind: str, content: Any) -> bool:
    reading = FileReading("")
    bind_node(SCHEMA_KINDS[kind][1][0], nodes(content), reading)
    return not reading.problems


STRICTER = re.compile(r"\['tenken'\]|\['scenarios', 0, 'expect', ")
"""Where a schema knows the few words that make sense and the reader takes any."""


@pytest.mark.thorough
@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_schema_and_the_reader_agree_on_every_slip(kind: str) -> None:
    assert read_by_tenken(kind, WHOLE_FILES[kind])
    assert mistakes(kind, WHOLE_FILES[kind]) == []
    for worse in spoiled(WHOLE_FILES[kind]):
        if read_by_tenken(kind, worse) != validator(kind).is_valid(worse):
            found = mistakes(kind, worse)
            assert found, worse
            assert all(map(STRICTER.match, found)), worse
