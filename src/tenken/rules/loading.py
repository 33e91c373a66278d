"""Finds checklists and makes them ready to assess: terms resolved, check sets spread out, ids complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tenken.files.compiled_data import read_compiled_file
from tenken.files.file_reading import digest_bytes, read_file_bytes
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import NOWHERE, Place, Problem, Problems, raise_problems, suggest_instead
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.strict_yaml import parse_yaml, read_yaml
from tenken.rules.checklist import Checklist, Profile, StartsWith, Verdict
from tenken.rules.compiled_rules import decode_rules
from tenken.rules.library import PROFILE_ID, Library
from tenken.rules.logic import All, AnyOf, Condition, Not, Term
from tenken.rules.requirement import BINDING_FORCES, Check, Depth, LegalException, LegalTerm, Penalty, Requirement
from tenken.rules.translation import BASE_LANGUAGE, translate_item
from tenken.rules.value_binding import MISSING_VALUE, FileReading
from tenken.rules.yaml_binding import BoundClass, bind_node, bind_whole

MOST_CHECKLISTS = 50
"""Checklists one record may name; each may be a file of its own, which takes time to read."""


def list_shipped_checklists() -> tuple[str, ...]:
    """The ids of the checklists that ship with tenken."""
    return _list_checklist_ids(find_shipped_folder("checklists"))


@cache
def _list_checklist_ids(folder: Path) -> tuple[str, ...]:
    stems = sorted(path.stem for path in folder.glob("*.yaml"))
    return tuple(stem for stem in stems if "." not in stem and stem != PROFILE_ID)


def is_shipped(checklist: Checklist) -> bool:
    """Whether it is one of those that ship with tenken, and not a file of one's own."""
    return Path(checklist.at.path).parent == find_shipped_folder("checklists")


def is_file_name(name: str) -> bool:
    """Whether a checklist is named by its file, and not by the id of one that ships."""
    return name.endswith((".yaml", ".yml"))


def find_checklist_file(name: str, named_in: Place = NOWHERE) -> Path:
    """The file of a checklist given by id, or by a path that is looked up beside the file that names it."""
    if is_file_name(name):
        return Path(named_in.path).parent / name
    if name not in list_shipped_checklists():
        facts = {"name": name, "hint": suggest_instead(name, list_shipped_checklists())}
        raise Problems(Problem(named_in, "there is no checklist {name}; {hint}", facts))
    return find_shipped_folder("checklists") / f"{name}.yaml"


def limit_to_default_depth(library: Library) -> Library:
    """The same checklists without what is only for a full reading."""
    checklists = {}
    for id, checklist in library.checklists.items():
        default_requirements = _select_default_depth(checklist.requirements).items()
        requirements = {
            key: replace_fields(requirement, checks=_select_default_depth(requirement.checks))
            for key, requirement in default_requirements
        }
        checklists[id] = replace_fields(checklist, requirements=requirements)
    return replace_fields(library, checklists=checklists)


def _select_default_depth(items: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in items.items() if item.depth is Depth.DEFAULT}


def load_library(ids: Iterable[str] = (), named_in: Place = NOWHERE, language: str = BASE_LANGUAGE) -> Library:
    """The named checklists, or those an assessment starts with; raises `Problems` with everything wrong in them."""
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) > MOST_CHECKLISTS:
        text = "{count} checklists are named here; at most {most} are judged at once"
        raise Problems(Problem(named_in, text, {"count": len(wanted), "most": MOST_CHECKLISTS}))
    paths = tuple(find_checklist_file(name, named_in) for name in wanted or list_shipped_checklists())
    shipped = all(path.parent == find_shipped_folder("checklists") for path in paths)
    library = _load_shipped_library(_find_profile_file(), paths, language) if shipped else read_library(paths, language)
    if wanted:
        return library
    begins = {
        id: checklist for id, checklist in library.checklists.items() if checklist.starts_with is StartsWith.DEFAULT
    }
    return replace_fields(library, checklists=begins)


@cache
def _load_shipped_library(profile: Path, paths: tuple[Path, ...], language: str) -> Library:
    """The checklists that ship with tenken as they were compiled, or from their files."""
    parts: list[Any] = []
    for path in (profile, *paths):
        content = read_compiled_file(name_compiled_rules(path, language))
        if content is None:
            return read_library(paths, language)
        parts.append(decode_rules(content, path))
    return Library(parts[0], {checklist.id: checklist for checklist in parts[1:]}, language)


def name_compiled_rules(path: Path, language: str) -> str:
    return f"rules/{path.stem}.{language}.sealed"


def _find_profile_file() -> Path:
    return find_shipped_folder("checklists") / f"{PROFILE_ID}.yaml"


def read_library(paths: Iterable[Path], language: str = BASE_LANGUAGE) -> Library:
    """The checklists in some files, with the shared profile, in one language."""
    from tenken.rules.reference_checks import check_for_requirements, check_names  # noqa: PLC0415 - the wheel has most

    reader = _LibraryReader(language)
    profile = reader.read_rule_file(Profile, _find_profile_file())
    if profile is None:
        raise Problems(*reader.problems)  # alone: what is amiss in the checklists may only follow from it
    read = (reader.read_rule_file(Checklist, path) for path in paths)
    checklists = {checklist.id: checklist for checklist in read if checklist is not None}
    library = Library(profile, checklists, language)
    raise_problems((*reader.problems, *check_names(library, reader.left_out)))
    raise_problems(check_for_requirements(library))
    return replace_fields(
        library, checklists={id: complete_checklist(checklist) for id, checklist in checklists.items()}
    )


def read_profile_or_checklist(path: Path) -> Profile | Checklist:
    """A checklist or the profile as it stands in its file, before anything is completed."""
    return read_file_as(Profile, path) if path.stem == PROFILE_ID else read_file_as(Checklist, path)


def read_file_as(cls: type[BoundClass], path: Path) -> BoundClass:
    """What a file holds, as one class of the vocabulary; raises `Problems` with everything wrong in its form."""
    return bind_whole(cls, read_yaml(path), str(path))


class _LibraryReader:
    """What reading several files brings to light: every problem, and the names of what had to be left out."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.problems: list[Problem] = []
        self.left_out: set[str] = set()

    def read_rule_file(self, cls: type, path: Path) -> Any:
        """What a file holds, in the language wanted; None if too much is wrong with it."""
        reading = FileReading(str(path))
        try:
            content = read_file_bytes(path)
            bound = bind_node(cls, parse_yaml(content, str(path)), reading)
            self.problems += reading.problems
            self.left_out |= reading.left_out
            if bound is MISSING_VALUE:
                return None
            named = {"id": path.stem} if cls is Checklist else {}
            bound = replace_fields(bound, digest=digest_bytes(content), **named)
            return translate_item(bound, path, self.language)
        except Problems as found:
            self.problems += found.problems
            return None


def complete_checklist(checklist: Checklist) -> Checklist:
    """Gives each requirement what the file says once for all: scope, force, shared checks and the law's own terms."""
    terms = TermMeanings(checklist.terms)
    in_scope = resolve_terms(checklist.in_scope, terms)
    requirements = {
        id: replace_fields(
            requirement,
            checklist=checklist.id,
            in_scope=in_scope,
            force=requirement.force or checklist.force,
            explain=requirement.explain or checklist.explain,
            applies_when=resolve_terms(requirement.applies_when, terms),
            penalty=requirement.penalty or _choose_common_penalty(requirement, checklist),
            exceptions={key: _resolve_exception(exception, terms) for key, exception in requirement.exceptions.items()},
            applies_from=tuple(
                _resolve_item(entry, terms) for entry in requirement.applies_from or checklist.applies_from
            ),
            applies_until=requirement.applies_until or checklist.applies_until,
            notes={key: _resolve_item(note, terms) for key, note in requirement.notes.items()},
            checks=_complete_checks(requirement, checklist, terms),
        )
        for id, requirement in checklist.requirements.items()
    }
    return replace_fields(
        checklist,
        in_scope=in_scope,
        offered_when=resolve_terms(checklist.offered_when, terms) if checklist.offered_when else None,
        requirements=requirements,
        penalties={id: _resolve_penalty(penalty, terms) for id, penalty in checklist.penalties.items()},
        verdicts={id: _resolve_verdict(verdict, terms) for id, verdict in checklist.verdicts.items()},
    )


def _resolve_penalty(penalty: Penalty, terms: TermMeanings) -> Penalty:
    return replace_fields(penalty, cases=tuple(_resolve_item(case, terms) for case in penalty.cases))


def _resolve_verdict(verdict: Verdict, terms: TermMeanings) -> Verdict:
    return replace_fields(verdict, when=resolve_terms(verdict.when, terms)) if verdict.when else verdict


def _choose_common_penalty(requirement: Requirement, checklist: Checklist) -> str:
    """What can follow from everything in a checklist that binds."""
    binds = (requirement.force or checklist.force) in BINDING_FORCES
    return checklist.penalty if binds else ""


def _resolve_exception(exception: LegalException, terms: TermMeanings) -> LegalException:
    when, shown_when = resolve_terms(exception.when, terms), resolve_terms(exception.shown_when, terms)
    return replace_fields(exception, when=when, shown_when=shown_when)


def _complete_checks(requirement: Requirement, checklist: Checklist, terms: TermMeanings) -> dict[str, Check]:
    shared = (checklist.check_sets[name] for name in requirement.check_sets)
    return {
        key: replace_fields(
            _resolve_item(check, terms),
            id=f"{requirement.id}.{key}",
            evidence_lasts=check.evidence_lasts or checklist.evidence_lasts,
        )
        for checks in (requirement.checks, *shared)
        for key, check in checks.items()
    }


class TermMeanings(dict[str, Condition]):
    """What each term means, worked out once however often it is used."""

    def __init__(self, terms: Mapping[str, LegalTerm]) -> None:
        self.terms = terms

    def __missing__(self, id: str) -> Condition:
        self[id] = meaning = resolve_terms(self.terms[id].when, self)
        return meaning


def _resolve_item(item: Any, terms: TermMeanings) -> Any:
    return replace_fields(item, when=resolve_terms(item.when, terms))


def resolve_terms(condition: Condition, terms: Mapping[str, Condition]) -> Condition:
    """The same condition with every term carrying what it means."""
    match condition:
        case All(parts) if parts:
            return All(tuple(resolve_terms(part, terms) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(resolve_terms(part, terms) for part in parts))
        case Not(part):
            return Not(resolve_terms(part, terms))
        case Term(id):
            return replace_fields(condition, when=terms[id])
        case _:
            return condition
