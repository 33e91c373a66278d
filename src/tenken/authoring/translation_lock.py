"""Which English words a translation was made from: `translations.lock`, a hash for each entry of a file.

A line reads `FILE KEY HASH`, sorted; FILE is the way from the lock to the translation. One lock serves the folder it
lies in and the folders in that. An entry is what stands under two keys, such as a question or a requirement.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tenken.files.durable_writing import write_durably
from tenken.files.file_names import find_yaml_file, is_there, quote_file_for_shell, refuse_input_as_output
from tenken.files.file_reading import digest_bytes, read_file_bytes
from tenken.files.problems import Place, Problem, Problems
from tenken.files.strict_yaml import mark_place, read_yaml
from tenken.rules.card_mapping import CARD_KEY, read_card_mapping
from tenken.rules.crosswalk import read_crosswalk
from tenken.rules.loading import read_profile_or_checklist
from tenken.rules.outline import read_outline
from tenken.rules.translation import find_translatable_fields, list_translatable_texts

LOCK_FILE_NAME = "translations.lock"
_LOCK_DIGITS = 8
"""How many digits of a digest tell whether words changed; nobody gains by making two texts agree in them."""
_LOCK_HEADING = "# Which English words each translation was made from; written by `tenken checklists lock FILE...`.\n"

LockEntries = dict[tuple[str, str], str]


def read_original(translation: Path) -> Any:
    """What a translation is of, in its own words: a checklist, the profile, a crosswalk, a card mapping or an outline.

    Raises `Problems` if the file is not named as a translation is, or if the original cannot be read.
    """
    name, _, language = translation.stem.partition(".")
    if not language:
        text = "this is no translation; one is named {example}"
        raise Problems(Problem(Place(str(translation)), text, {"example": f"{name}.ja.yaml"}))
    path = find_original_path(translation)
    node = read_yaml(path)
    keys: Container[str] = node.value if isinstance(node.value, dict) else ()
    if CARD_KEY in keys:
        return read_card_mapping(path)
    if "topics" in keys:
        return read_crosswalk(path)
    return read_outline(path) if "sections" in keys else read_profile_or_checklist(path)


def find_original_path(translation: Path) -> Path:
    return find_yaml_file(translation.with_name(f"{translation.stem.partition('.')[0]}.yaml"))


def check_translation_lock(translation: Path, item: Any) -> Iterator[Problem]:
    """The entries of a translation whose English words are others now; none as long as the file was never locked."""
    lock = _find_lock_path(translation)
    file = _find_name_in_lock(translation, lock)
    locked = {key: digest for (name, key), digest in _read_lock_entries(lock).items() if name == file}
    if not locked:
        return
    now = dict(_list_entry_digests(item))
    for key, place in _list_translated_entries(translation):
        if key in now and now[key] != locked.get(key):
            changed = "the English of {key} changed since it was translated; look at it again"
            new = "{key} is not locked; once it is translated: tenken checklists lock {file}"
            yield Problem(
                place, changed if key in locked else new, {"key": key, "file": quote_file_for_shell(translation)}
            )


def write_translation_locks(translations: Iterable[Path]) -> set[Path]:
    """Says that translations fit the English words as they are now; returns the locks in which it is said."""
    fresh: dict[Path, dict[Path, Any]] = {}
    for translation in translations:
        fresh.setdefault(_find_lock_path(translation), {})[translation] = read_original(translation)
    for lock, items in fresh.items():
        refuse_input_as_output(lock, *items, *(find_original_path(translation) for translation in items))
        write_durably(lock, render_lock_file(lock, items))
    return set(fresh)


def render_lock_file(lock: Path, items: Mapping[Path, Any]) -> str:
    """A lock with the entries of some translations anew, and the others as they are."""
    names = {_find_name_in_lock(translation, lock): (translation, item) for translation, item in items.items()}
    entries = {entry: digest for entry, digest in _read_lock_entries(lock).items() if entry[0] not in names}
    for name, (translation, item) in names.items():
        now = dict(_list_entry_digests(item))
        entries |= {(name, key): now[key] for key, _ in _list_translated_entries(translation) if key in now}
    return _LOCK_HEADING + "".join(f"{name} {key} {digest}\n" for (name, key), digest in sorted(entries.items()))


def _find_lock_path(translation: Path) -> Path:
    beside = translation.resolve().parent
    above = beside.parent / LOCK_FILE_NAME
    return above if is_there(above) and not is_there(beside / LOCK_FILE_NAME) else beside / LOCK_FILE_NAME


def _find_name_in_lock(translation: Path, lock: Path) -> str:
    return translation.resolve().relative_to(lock.parent).as_posix()


def _read_lock_entries(lock: Path) -> LockEntries:
    if not is_there(lock):
        return {}
    entries: LockEntries = {}
    for number, line in enumerate(read_file_bytes(lock).decode(errors="replace").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        words = line.rsplit(" ", 2)
        if len(words) < 3 or line.startswith(("<<<<<<<", ">>>>>>>", "=======")):
            raise Problems(Problem(Place(str(lock), number, 1), "each line should be FILE KEY HASH"))
        name, key, digest = words
        entries[name, key] = digest
    return entries


def _list_entry_digests(item: Any) -> Iterator[tuple[str, str]]:
    cls: Any = type(item)
    for field in find_translatable_fields(cls):
        for key, part in _list_field_parts(field, getattr(item, field)):
            said = "\n".join(f"{path}: {words}" for path, words in sorted(list_translatable_texts(part)))
            if said:
                yield key, digest_bytes(said.encode())[:_LOCK_DIGITS]


def _list_field_parts(field: str, held: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(held, Mapping):
        yield from ((f"{field}.{key}", part) for key, part in held.items())
    elif isinstance(held, tuple):
        yield from ((f"{field}[{number}]", part) for number, part in enumerate(held))
    else:
        yield field, held


def _list_translated_entries(translation: Path) -> Iterator[tuple[str, Place]]:
    """The entries a translation has words for, and where."""
    root = read_yaml(translation)
    path = str(translation)
    for field, node in root.value.items() if isinstance(root.value, dict) else ():
        if isinstance(node.value, dict):
            yield from ((f"{field}.{key}", mark_place(path, mark)) for key, mark in node.keys.items())
        elif isinstance(node.value, list):
            parts = enumerate(node.value)
            yield from ((f"{field}[{number}]", mark_place(path, part.mark)) for number, part in parts)
        else:
            yield field, mark_place(path, root.keys[field])
