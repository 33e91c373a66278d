"""Pages that ask, to try in a browser: of a real law, small, for one person, and hostile on purpose.

`python -m support.sample_forms FOLDER` in `tests/` writes them all into a folder, for the tests in a browser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from support.paths import GOLDEN
from support.sample_reports import HOSTILE, golden_checklists, with_texts
from tenken.cli.question_page import build_form_material
from tenken.files.frozen_classes import replace_fields
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record_file import open_record
from tenken.report.export import form_page
from tenken.report.export.form_page import FormMaterial, render_form_page
from tenken.report.export.form_texts import build_form_texts
from tenken.rules.library_limits import limit_to_laws
from tenken.rules.loading import list_shipped_checklists, load_library

HIDDEN = "</script><!--\u202e\u2066\x1b[31m\x00\u200b"
"""What ends a script, begins a comment, turns a line round, steers a terminal, or cannot be seen."""
LAW = "EU AI Act"


def build_small_form(**changes: Any) -> FormMaterial:
    """The page of a record in `golden/`, whose answers it holds."""
    with golden_checklists():
        record = open_record(GOLDEN / "typical.yaml").record
        libraries = {code: load_rules_for(record, code) for code in ("en", "ja")}
    return replace_fields(build_form_material(GOLDEN / "typical.yaml", record, libraries), **changes)


def build_law_form() -> FormMaterial:
    """The page of all checklists of one law, for whoever begins."""
    ids = list_shipped_checklists()
    chosen = list(limit_to_laws(load_library(ids), [LAW]).checklists)
    return build_form_material(None, None, {code: load_library(chosen, language=code) for code in ("en", "ja")})


def build_person_form(name: str = "Mia") -> FormMaterial:
    """The page for one person, who is asked a few questions and shown no answer of others."""
    ids = tuple(build_small_form().library.order)
    return build_small_form(known={}, asked=(ids[0], ids[-1]), by=name, command=("tenken assess x.yaml --merge ", ""))


def render_hostile_form() -> str:
    """A page in which every text of the rules and every name is markup and characters nobody sees."""
    told = build_form_texts

    def spoil(*said: Any) -> Any:
        texts = told(*said)
        kept = ("labels", "say", "phrases", "report", "notice", "most_cited")
        spoiled = {key: with_texts(part, lambda text: HOSTILE + HIDDEN + text) for key, part in texts.items()}
        choices = {word: (word, HOSTILE + HIDDEN + label, means) for word, label, means in texts["check_choices"]}
        spoiled["check_choices"] = list(choices.values())
        for checklist, plain in zip(spoiled["checklists"], texts["checklists"], strict=True):
            checklist["review_by"] = plain["review_by"]
        for question, plain in zip(spoiled["questions"], texts["questions"], strict=True):
            if "choices" in plain:
                question["choices"] = [(word, HOSTILE + label, means) for word, label, means in plain["choices"]]
        return {**spoiled, **{key: texts[key] for key in kept}}

    with mock.patch.object(form_page, "build_form_texts", spoil):
        return render_form_page(build_small_form(system=HOSTILE + HIDDEN, by=HOSTILE, known={}))


def all_forms() -> Iterator[tuple[str, str]]:
    yield "law", render_form_page(build_law_form())
    yield "small", render_form_page(build_small_form())
    yield "small-ja", render_form_page(build_small_form(language="ja"))
    yield "new", render_form_page(build_small_form(known={}, system="", command=("tenken report ", "")))
    yield "person", render_form_page(build_person_form())
    yield "hostile", render_hostile_form()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, page in all_forms():
        (target / f"{name}.html").write_text(page, encoding="utf-8")
