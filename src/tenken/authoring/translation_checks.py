"""Mistakes in a translation, and what it leaves to the words of the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tenken.authoring.translation_lock import check_translation_lock, find_original_path, read_original
from tenken.files.problems import Place, Problem, suggest_instead
from tenken.files.strict_yaml import Node, mark_place, read_yaml
from tenken.messages.message_catalog import list_languages
from tenken.rules.card_mapping import CardMapping, read_card_mapping
from tenken.rules.crosswalk import Crosswalk, read_crosswalk
from tenken.rules.library import PROFILE_ID
from tenken.rules.loading import read_library
from tenken.rules.outline import Outline, read_outline
from tenken.rules.translation import list_untranslated_keys


def check_translation(path: Path) -> Iterator[Problem]:
    """What a translation names that the original does not have, what it leaves out, and what it was not made from."""
    name, _, language = path.stem.partition(".")
    item = read_original(path)
    original = find_original_path(path)
    if language not in list_languages():
        facts = {"language": language, "hint": suggest_instead(language, list_languages())}
        yield Problem(Place(str(path)), "tenken does not speak {language}, and never reads this; {hint}", facts)
        return
    yield from _note_untranslated_words(path, list_untranslated_keys(item, original, language))
    yield from check_translation_lock(path, item)
    if isinstance(item, Crosswalk):
        read_crosswalk(original, language)
    elif isinstance(item, CardMapping):
        read_card_mapping(original, language)
    elif isinstance(item, Outline):
        read_outline(original, language)
    else:
        read_library([] if name == PROFILE_ID else [original], language)


def _note_untranslated_words(path: Path, keys: list[str]) -> Iterator[Problem]:
    """What a translation leaves out, once for each entry and where it would stand; the words of the original serve."""
    root = read_yaml(path)
    missing: dict[str, list[str]] = {}
    for key in keys:
        missing.setdefault(".".join(key.split(".")[:2]), []).append(key)
    for entry, left_out in missing.items():
        text = "{entry} has {count} texts that are not translated, such as {key}; they are shown as in the original"
        facts = {"entry": entry, "count": len(left_out), "key": left_out[0]}
        yield Problem(_find_nearest_place(root, entry, str(path)), text, facts, is_note=True)


def _find_nearest_place(root: Node, entry: str, path: str) -> Place:
    """Where an entry stands in a file, or what it would stand in."""
    node, mark = root, root.mark
    for key in entry.partition("[")[0].split("."):
        if not isinstance(node.value, dict) or key not in node.value:
            break
        node, mark = node.value[key], node.keys[key]
    return mark_place(path, mark)
