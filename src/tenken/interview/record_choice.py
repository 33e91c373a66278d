"""Which record an interview is about: the one that was named, one found in the folder, or a new one."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from tenken.files.file_names import is_there
from tenken.interview.prompt import CardOption, Prompt, PromptKey, build_menu, render_optional_hint
from tenken.interview.safe_saving import save_record_safely
from tenken.messages.message_catalog import phrase
from tenken.records.record_file import RecordFile, create_record, open_record
from tenken.records.record_paths import may_be_record


def choose_record_file(path: Path | None, prompt: Prompt) -> RecordFile:
    """The record that was named, one found in this folder, or a new one."""
    if path is None:
        found = _find_record_files(Path())
        path = _ask_which_record(found, prompt) if found else None
    if path and is_there(path):
        return open_record(path)
    return _ask_new_record(path, prompt)


def _find_record_files(folder: Path) -> list[Path]:
    """The records in a folder that are YAML."""
    candidates = sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))
    return [path for path in candidates if path.is_file() and may_be_record(str(path))]


def _ask_which_record(found: list[Path], prompt: Prompt) -> Path | None:
    options = [CardOption(path.name, phrase("Open {file}", file=path.name)) for path in found]
    card = build_menu(phrase("There are answers in this folder."), *options, CardOption("", phrase("Begin a new one")))
    chosen = prompt.choose(card)
    return None if isinstance(chosen, PromptKey) or chosen == ("",) else Path(chosen[0])


def _ask_new_record(path: Path | None, prompt: Prompt) -> RecordFile:
    prompt.say_paragraph(phrase("tenken finds out what the law asks of your AI system, and what is missing."))
    prompt.say_paragraph()
    system = ""
    while not system:
        system = prompt.ask_text(phrase("What is your system called?"), refuse=_refuse_empty_name) or ""
    organisation = _ask_about_record(phrase("Whose system is it?"), phrase("the organisation"), prompt)
    release = _ask_about_record(phrase("Which release of it?"), phrase("a version or a day"), prompt)
    while path is None:
        name = prompt.ask_text(phrase("Save the answers in"), find_free_file_name(system), refuse=_refuse_unfit_name)
        path = Path(name) if name else None
    return save_record_safely(create_record(path, system, organisation=organisation, release=release), prompt)


def _ask_about_record(ask: str, hint: str, prompt: Prompt) -> str:
    return prompt.ask_text(ask, hint=render_optional_hint(hint)) or ""


def _refuse_empty_name(name: str) -> str:
    return "" if name else phrase("A name is needed; any that you will recognise.")


def _refuse_unfit_name(name: str) -> str:
    if not name.endswith((".yaml", ".yml", ".json")):
        return phrase("Let the name end in .yaml")
    return phrase("There is a file of that name already; name another.") if is_there(Path(name)) else ""


def find_free_file_name(system: str, folder: Path = Path()) -> str:
    """A name for the record of a system that is free in a folder."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", system).casefold())
    stem = "-".join(words)[:60] or "record"
    names = (f"{stem}{number}.yaml" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not is_there(folder / name))
