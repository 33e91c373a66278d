"""Translates the program's own sentences: English in the code, other languages in a table keyed by the English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tenken.files.problems import Phrase, Place, Problem, Problems, escape_line_breaks
from tenken.files.shipped_files import find_shipped_folder

BASE_PHRASE_LANGUAGE = "en"
_current_language = BASE_PHRASE_LANGUAGE
_phrase_table: Mapping[str, str] = {}


def phrase(text: str, **facts: object) -> str:
    """The sentence in the language in use, with `{names}` filled in; the name of a file never breaks its line."""
    shown = {name: escape_line_breaks(str(fact)) if isinstance(fact, Path) else fact for name, fact in facts.items()}
    return _phrase_table.get(text, text).format(**shown)


def phrase_count(count: int, one: str, many: str, **facts: object) -> str:
    return phrase(one if count == 1 else many, count=count, **facts)


def phrase_some_items(items: Iterable[str], most: int = 3) -> str:
    """The first few, and how many more."""
    every = list(dict.fromkeys(items))
    most = len(every) if len(every) <= most + 1 else max(most, 1)
    shown = phrase("; ").join(every[:most])
    return phrase("{items}; and {count} more", items=shown, count=len(every) - most) if every[most:] else shown


def phrase_filled_in(said: str, texts: Iterable[str]) -> str:
    """A sentence in the language in use whose `{names}` are filled in already; as it is if it is none of the texts."""
    for text in texts:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(text))
        if found := re.fullmatch(pattern, said):
            return phrase(text, **found.groupdict())
    return said


def list_wordings(text: str) -> Iterator[str]:
    """A sentence in every language, its `{names}` not filled in."""
    from tenken.files.compiled_data import load_shipped_yaml  # noqa: PLC0415 - English stands in the code

    yield text
    for code in list_languages():
        if code != BASE_PHRASE_LANGUAGE:
            yield load_shipped_yaml(find_shipped_folder("templates") / f"phrases.{code}.yaml")[text]


def phrase_problem(problem: Problem) -> str:
    """A problem in the language in use, and the words in it that are facts as well."""
    return problem.tell_as(lambda text, facts: phrase(text, **facts))


def get_language() -> str:
    """The language in use, as a two-letter code."""
    return _current_language


def use_language(code: str) -> None:
    """Speaks another language from now on; raises `Problems` for one there are no words for."""
    global _current_language, _phrase_table
    if code == BASE_PHRASE_LANGUAGE:
        _current_language, _phrase_table = code, {}
        return
    if code not in list_languages():
        facts = {"said": code or Phrase("nothing"), "known": ", ".join(list_languages())}
        raise Problems(Problem(Place("--lang"), "tenken does not speak {said}; it speaks {known}", facts))
    from tenken.files.compiled_data import load_shipped_yaml  # noqa: PLC0415 - English stands in the code

    file = find_shipped_folder("templates") / f"phrases.{code}.yaml"
    _current_language, _phrase_table = code, load_shipped_yaml(file)


@contextmanager
def speak_meanwhile(code: str) -> Iterator[None]:
    """Speaks another language for as long as something in it is made."""
    before = _current_language
    use_language(code)
    try:
        yield
    finally:
        use_language(before)


def find_pattern(text: str) -> str:
    """The sentence in the language in use, its `{names}` not filled in."""
    return _phrase_table.get(text, text)


def list_languages() -> tuple[str, ...]:
    """The languages there are words for."""
    return tuple(sorted(path.name.split(".")[1] for path in find_shipped_folder("templates").glob("labels.*.yaml")))


def parse_language_option(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[list[str], str]:
    """The arguments without `--lang`, and the language it names, else the one of the environment, else English."""
    rest: list[str] = []
    code = None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            code = next(waiting, "")
        elif argument.startswith("--lang="):
            code = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    return rest, _find_environment_language(environment) if code is None else code


def _find_environment_language(environment: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environment.get(name):
            return (
                said[:2] if said[:2] != BASE_PHRASE_LANGUAGE and said[:2] in list_languages() else BASE_PHRASE_LANGUAGE
            )
    return BASE_PHRASE_LANGUAGE
