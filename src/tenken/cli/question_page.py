"""What a page that asks is made of: the rules of a record, or of whoever begins, in every language there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tenken.cli.shared_options import STDIN
from tenken.files.file_names import quote_file_for_shell, quote_for_shell
from tenken.messages.message_catalog import get_language, list_languages
from tenken.records.answer_values import read_answer_values
from tenken.records.record import Record
from tenken.report.export.form_page import FormMaterial
from tenken.rules.answer_kinds import write_answer
from tenken.rules.checklist import Checklist, StartsWith
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.requirement import Depth


def build_form_material(
    path: Path | None,
    record: Record | None,
    libraries: Mapping[str, Library],
    *,
    name: str = "",
    asked: Iterable[str] | None = None,
) -> FormMaterial:
    """The page of a record, or of one that is still to be.

    For somebody who is asked a few questions it goes without the answers that are there: they are for others.
    """
    mine = libraries[get_language()]
    names = tuple(record.checklists if record else ()) or tuple(mine.checklists)
    return FormMaterial(
        libraries=libraries,
        language=get_language(),
        system=record.system if record else "",
        checklists=tuple(each for each in names if Path(each).stem in mine.checklists),
        command=_render_merge_command(path, name),
        depth=record.depth if record else Depth.DEFAULT,
        known=_list_known_answers(record, mine) if record and asked is None else {},
        asked=None if asked is None else tuple(asked),
        by=name,
        offers=_load_offers(record, mine) if asked is None else {},
    )


def _render_merge_command(path: Path | None, name: str) -> tuple[str, str]:
    """What is done with the answers, before and after the name of their file."""
    record = "RECORD" if path == STDIN else quote_file_for_shell(path or "")
    words = ["tenken", "assess", record, "--merge"] if path else ["tenken", "report"]
    return f"{' '.join(words)} ", f" --by {quote_for_shell(name)}" if name else ""


def _list_known_answers(record: Record, library: Library) -> dict[str, tuple[str, ...]]:
    """The answers that are there, in the words that say what they mean."""
    answers = {id: given for id, given in record.answers.items() if id in library.order}
    return {id: write_answer(value) for id, value in read_answer_values(answers, library).items()}


def _load_all_checklists(language: str) -> Mapping[str, Checklist]:
    return load_library(list_shipped_checklists(), language=language).checklists


def _load_offers(record: Record | None, library: Library) -> Mapping[str, tuple[Checklist, ...]]:
    """The checklists that may fit what is answered and are not in the page, in every language."""
    left_out = (*library.checklists, *(record.left_out if record else ()))
    return {
        code: tuple(
            checklist
            for id, checklist in _load_all_checklists(code).items()
            if checklist.starts_with is StartsWith.ON_REQUEST and checklist.offered_when and id not in left_out
        )
        for code in list_languages()
    }
