"""The page that asks: questions, rules and all texts in one HTML file that needs nothing else, not even tenken."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from tenken import __version__
from tenken.assessment.wording import Wording, load_labels
from tenken.files.frozen_classes import Frozen
from tenken.messages.message_catalog import speak_meanwhile
from tenken.records.record_file import RECORD_FORMAT
from tenken.report.export.form_rules import build_form_rules
from tenken.report.export.form_texts import build_form_texts
from tenken.report.formats import ReportFormat
from tenken.report.templates import render_html_template
from tenken.rules.checklist import Checklist
from tenken.rules.library import PROFILE_ID, Library, shorten_state
from tenken.rules.loading import is_file_name
from tenken.rules.requirement import CHECK_ANSWERS, Depth

FORM_PAGE = ReportFormat(
    "html", "html", "export.form_page:render_form_page", b'<meta name="generator" content="questions by tenken '
)
"""How such a page is known again; it is no report, and so stands in no table of them."""


class FormMaterial(Frozen):
    """What such a page is made of: its rules and the checklists that may fit besides, each in every language.

    `checklists` are those the answers are for, as their record names them; `known` is what it answers already. `asked`
    are the only questions put, if not all that matter; then nothing is judged. `command` takes the answers over, told
    before and after the name of their file; of a page for a record that is still to be, `system` is empty.
    """

    libraries: Mapping[str, Library]
    language: str
    system: str
    checklists: tuple[str, ...]
    command: tuple[str, str]
    depth: Depth = Depth.DEFAULT
    known: Mapping[str, tuple[str, ...]] = {}
    asked: tuple[str, ...] | None = None
    by: str = ""
    offers: Mapping[str, tuple[Checklist, ...]] = {}

    @property
    def library(self) -> Library:
        return self.libraries[self.language]


def render_form_page(material: FormMaterial) -> str:
    data = json.dumps(_build_page_data(material), ensure_ascii=False, separators=(",", ":")).encode()
    labels = {code: load_labels(code) for code in _list_own_language_first(material)}
    said = labels[material.language]
    return render_html_template(
        "ask.html.j2",
        {
            "tenken": __version__,
            "language": material.language,
            "system": material.system or said["ask_page"]["untitled"],
            "say": said["ask_page"],
            "marks": said["marks"],
            "languages": {code: each["ask_page"]["own_name"] for code, each in labels.items()},
            "without_script": {code: each["ask_page"]["no_script"] for code, each in labels.items()},
            "unreadable": {code: each["ask_page"]["broken"] for code, each in labels.items()},
            "data": b64encode(zlib.compress(data, 9)).decode(),
            "data_digest": sha256(data).hexdigest(),
        },
    )


def _list_own_language_first(material: FormMaterial) -> list[str]:
    return sorted(material.libraries, key=lambda code: code != material.language)


def _build_page_data(material: FormMaterial) -> dict[str, Any]:
    library = material.library
    texts = {}
    for code, translated in material.libraries.items():
        with speak_meanwhile(code):
            offered = [checklist.title for checklist in material.offers.get(code, ())]
            texts[code] = {**build_form_texts(translated, Wording(translated, code)), "offers": offered}
    return {
        "tenken": __version__,
        "language": material.language,
        "rules": {
            **build_form_rules(library, material.offers.get(material.language, ())),
            "check_words": CHECK_ANSWERS,
        },
        "texts": texts,
        "versions": [shorten_state(library.versions[id]) for id in library.checklists],
        "head": _build_record_head(material),
        "is_own": not material.system,
        "answers": [[library.order[id], words] for id, words in material.known.items()],
        "asked": _list_places(material.asked, library),
        "by": material.by,
        "command": material.command,
    }


def _list_places(ids: Iterable[str] | None, library: Library) -> list[int] | None:
    return None if ids is None else sorted(library.order[id] for id in ids)


def _build_record_head(material: FormMaterial) -> dict[str, Any]:
    """What stands above the answers in the file that comes back; a file of rules is found beside the record alone."""
    named = [name for name in material.checklists if not is_file_name(name)]
    versions = material.library.versions
    return {
        "tenken": RECORD_FORMAT,
        "system": material.system,
        **({"checklists": named} if named else {}),
        **({"depth": material.depth} if material.depth is not Depth.DEFAULT else {}),
        "answered_against": {id: versions[id] for id in versions if id == PROFILE_ID or id in named},
    }
