"""Names of checklists in other files: what is wrong with them is told where they stand, and shows nothing of elsewhere.

A record comes from anybody and can name any file; what that file holds is not to end in the log of a build machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tenken.files.file_names import find_yaml_file
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import NameHint, Phrase, Place, Problem, Problems, suggest_instead
from tenken.files.strict_yaml import Node, mark_place, parse_yaml
from tenken.rules.loading import MOST_CHECKLISTS, find_checklist_file, is_file_name, list_shipped_checklists

CROSSWALKS = "crosswalks"
"""The key under which a record names crosswalks, and not checklists."""


@contextmanager
def tell_names_in_place(path: str, key: str, content: bytes | None = None) -> Iterator[None]:
    """Problems with the checklists that a file names under a key are told at their names in that file."""
    try:
        yield
    except Problems as found:
        named = _list_names(parse_yaml(read_file_bytes(path) if content is None else content, path), key)
        told = [problem for node in named if (problem := _check_name(node, path, key))]
        if not told:
            raise
        hidden = {path, *(str(Path(path).parent / str(node.value)) for node in named)}
        others = (problem for problem in found.problems if problem.place.path not in hidden)
        raise Problems(*told, *others) from None


def _list_names(root: Node, key: str) -> list[Node]:
    named = root.value.get(key) if isinstance(root.value, dict) else None
    nodes = named.value if named is not None and isinstance(named.value, list) else [named]
    return [node for node in nodes[:MOST_CHECKLISTS] if isinstance(node, Node) and isinstance(node.value, str)]


def _check_name(node: Node, path: str, key: str) -> Problem | None:
    name, where = str(node.value), mark_place(path, node.mark)
    if is_file_name(name):
        return _check_own_file(name, find_checklist_file(name, where), where, key)
    if key == CROSSWALKS:
        return Problem(where, "{name} is no file; a crosswalk of your own is named with its ending", {"name": name})
    if name in list_shipped_checklists():
        return None
    hint: NameHint | Phrase = suggest_instead(name, list_shipped_checklists())
    if (own := find_yaml_file(Path(path).with_name(f"{name}.yaml"))).is_file():
        hint = Phrase("a file of your own is named with its ending, {file}", {"file": own.name})
    return Problem(where, "there is no checklist {name}; {hint}", {"name": name, "hint": hint})


def _check_own_file(name: str, file: Path, where: Place, key: str) -> Problem | None:
    """What keeps a file from being what is named under a key; the mistakes within it are told in its own lines."""
    try:
        root = parse_yaml(read_file_bytes(file), str(file))
    except Problems as found:
        first = found.problems[0]
        if not first.place.line:
            return Problem(where, "{name}: {reason}", {"name": name, "reason": Phrase(first.text, first.facts)})
        return Problem(where, "{name} cannot be read; `tenken validate {file}` says why", {"name": name, "file": file})
    needed, text = (
        ("topics", "{name} is no crosswalk") if key == CROSSWALKS else ("requirements", "{name} is no checklist")
    )
    return None if isinstance(root.value, dict) and needed in root.value else Problem(where, text, {"name": name})
