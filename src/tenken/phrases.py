"""The program's own sentences: English in the code, other languages in a table keyed by the English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tenken.problems import Phrase, Place, Problem, Problems

BASE = "en"
_language = BASE
_table: Mapping[str, str] = {}


def phrase(text: str, **facts: object) -> str:
    """The sentence in the language in use, with `{names}` filled in."""
    return _table.get(text, text).format(**facts)


def told(problem: Problem) -> str:
    """A problem in the language in use, and the words in it that are facts as well."""
    facts = {
        name: phrase(fact.text, **fact.facts) if isinstance(fact, Phrase) else fact
        for name, fact in problem.facts.items()
    }
    said = phrase(problem.text, **facts)
    return f"{problem.place}: {said}" if problem.place.path else said


def language() -> str:
    """The language in use, as a two-letter code."""
    return _language


def use(code: str) -> None:
    """Speaks another language from now on; raises `Problems` for one there are no words for."""
    global _language, _table
    if code == BASE:
        _language, _table = code, {}
        return
    if code not in spoken():
        facts = {"said": code, "known": ", ".join(spoken())}
        raise Problems(Problem(Place("--lang"), "tenken does not speak {said}; it speaks {known}", facts))
    from tenken.kept import kept
    from tenken.shipped import folder

    file = folder("templates") / f"phrases.{code}.yaml"
    _language, _table = code, kept("phrases", [file], lambda: _phrases(file))


def _phrases(file: Path) -> Mapping[str, str]:
    from tenken import yamlfile

    entries = yamlfile.contents(yamlfile.read(file))
    return {english: str(said) for english, said in entries.items()} if isinstance(entries, dict) else {}


def spoken() -> tuple[str, ...]:
    """The languages there are words for."""
    from tenken.shipped import folder

    return tuple(sorted(path.name.split(".")[1] for path in folder("templates").glob("labels.*.yaml")))


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[list[str], str]:
    """The arguments without `--lang`, and the language it names, else the one of the environment, else English."""
    rest: list[str] = []
    code = ""
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            code = next(waiting, "")
        elif argument.startswith("--lang="):
            code = argument.removeprefix("--lang=")
        else:
            rest.append(argument)
    return rest, code or _of_environment(environment)


def _of_environment(environment: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environment.get(name):
            return said[:2] if said[:2] != BASE and said[:2] in spoken() else BASE
    return BASE
