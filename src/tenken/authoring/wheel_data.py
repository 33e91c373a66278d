"""Makes plain data and Python of all that ships, for the wheel: rules, crosswalks, labels, sentences and templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tenken.files.compiled_data import name_compiled_yaml, seal_content
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.strict_yaml import read_yaml, unwrap_node
from tenken.messages.message_catalog import list_languages
from tenken.report.templates import COMPILED_TEMPLATES, TEMPLATE_MAKER, compile_templates, list_shipped_templates
from tenken.rules.checklist import Checklist, Profile
from tenken.rules.compiled_rules import CHECKLIST_CLASSES, RuleClasses, encode_rules
from tenken.rules.crosswalk import CROSSWALK_CLASSES, Crosswalk, list_shipped_crosswalks, read_crosswalk
from tenken.rules.loading import find_checklist_file, list_shipped_checklists, name_compiled_rules, read_library
from tenken.rules.outline import OUTLINE_CLASSES, Outline, load_outlines
from tenken.rules.translation import find_translation_file

CompiledFile = tuple[str, bytes, Iterable[Path]]
"""The name of a file, what it holds, and the shipped files that was made of."""


def compile_shipped_files(folder: Path) -> None:
    """Writes everything into a folder, each file under its seal."""
    for name, content, sources in _list_compiled_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        library = TEMPLATE_MAKER if name == COMPILED_TEMPLATES else ""
        (folder / name).write_bytes(seal_content(name, content, sources, library))


def _list_compiled_files() -> Iterator[CompiledFile]:
    for language in list_languages():
        yield from _compile_rules(language)
    for pattern in ("labels.*.yaml", "phrases.*.yaml"):
        for path in sorted(find_shipped_folder("templates").glob(pattern)):
            data = json.dumps(unwrap_node(read_yaml(path)), ensure_ascii=False)
            yield name_compiled_yaml(path), data.encode(), (path,)
    templates = [find_shipped_folder("templates") / name for name in list_shipped_templates()]
    yield COMPILED_TEMPLATES, compile_templates().encode(), templates


def _compile_rules(language: str) -> Iterator[CompiledFile]:
    library = read_library(map(find_checklist_file, list_shipped_checklists()), language)
    for item in library.parts.values():
        yield _compile_rule_file(item, language, CHECKLIST_CLASSES)
    for path in list_shipped_crosswalks():
        yield _compile_rule_file(read_crosswalk(path, language), language, CROSSWALK_CLASSES)
    for outline in load_outlines(language).values():
        yield _compile_rule_file(outline, language, OUTLINE_CLASSES)


def _compile_rule_file(
    item: Profile | Checklist | Crosswalk | Outline, language: str, classes: RuleClasses
) -> CompiledFile:
    path = Path(item.at.path)
    sources = (source for source in (path, find_translation_file(path, language)) if source.exists())
    return name_compiled_rules(path, language), encode_rules(item, classes), sources
