"""Finds the requirements somebody means: by an id, by a passage of the law as either language cites it, by a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tenken.assessment.findings import Assessment, Finding
from tenken.assessment.wording import Wording
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.messages.message_catalog import list_languages
from tenken.rules.requirement import Requirement

_FEWEST_CHARACTERS = 3
"""How much of a title must be said."""


def find_meant_findings(said: str, assessment: Assessment) -> list[Finding]:
    """What is meant, by the first way that finds anything; raises `Problems` with what is near."""
    wordings = [Wording(assessment.library, language) for language in list_languages()]
    wanted = _squeeze(said)
    for finds in (_has_id, _is_founded_on, _cites, _has_title):
        if found := [each for each in assessment.findings if finds(each.requirement, wanted, wordings)]:
            return found
    requirements = [finding.requirement for finding in assessment.findings]
    known = {name for each in requirements for name in (each.id, each.title, *each.cites)}
    facts = {"said": said, "hint": suggest_instead(said, known)}
    raise Problems(Problem(Place("REQUIREMENT"), "{said} is no id, citation or title here; {hint}", facts))


def _has_id(requirement: Requirement, wanted: str, _: list[Wording]) -> bool:
    return _squeeze(requirement.id) == wanted


def _is_founded_on(requirement: Requirement, wanted: str, wordings: list[Wording]) -> bool:
    """Whether the passage, or a part of it, is where the requirement stands."""
    return any(_is_within(cite, wanted, wordings) for cite in requirement.cites)


def _cites(requirement: Requirement, wanted: str, wordings: list[Wording]) -> bool:
    return any(_is_within(cite, wanted, wordings) for cite in _list_other_cites(requirement))


def _has_title(requirement: Requirement, wanted: str, _: list[Wording]) -> bool:
    return len(wanted) >= _FEWEST_CHARACTERS and wanted in _squeeze(requirement.title)


def _list_other_cites(requirement: Requirement) -> Iterator[str]:
    for exception in requirement.exceptions.values():
        yield from exception.cites
    for check in requirement.checks.values():
        yield from check.cites
    for note in requirement.notes.values():
        yield from note.cites
    for entry in requirement.applies_from:
        yield from entry.cites


def _is_within(cite: str, wanted: str, wordings: list[Wording]) -> bool:
    """Whether a citation is the passage that is wanted or within it: Section 12(1) is within Section 12, not 1."""
    written = {_squeeze(cite), *(_squeeze(wording.render_citation(cite)) for wording in wordings)}
    return any(one == wanted or re.match(re.escape(wanted) + r"(?![^\W_])", one) for one in written if wanted)


def _squeeze(said: str) -> str:
    """A name as it is compared: without case, spaces and the width of characters, and with articles written out."""
    folded = "".join(unicodedata.normalize("NFKC", said).casefold().split())
    return re.sub(r"^art(s)?\.?(?=\d)", "article", folded).replace("第", "")
