"""Where a report may be written: to a free name, or over a file that tenken made in the same format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tenken.files.durable_writing import write_durably
from tenken.files.file_names import is_inside, is_there, refuse_input_as_output
from tenken.files.file_reading import read_file_bytes, read_file_ends
from tenken.files.problems import Place, Problem, Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import list_languages
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER
from tenken.report.formats import ReportFormat, ReportMaterial
from tenken.rules.translation import find_translation_file

if TYPE_CHECKING:
    from tenken.report.portfolio.formats import PortfolioFormat, PortfolioMaterial


def refuse_report_over_input(path: Path, material: ReportMaterial, form: ReportFormat, *inputs: Path) -> None:
    """Raises `Problems` if a report would be written over what it is made from: a record, its checklists, a letterhead.

    A report of ours that lies in the folder of the letterhead is no part of that.
    """
    record = material.record_file.path
    checklists = [Path(checklist.at.path) for checklist in material.assessment.library.checklists.values()]
    words = (find_translation_file(checklist, code) for checklist in checklists for code in list_languages())
    house = (record.parent / HOUSE_RULES_FOLDER).glob("*")
    refuse_input_as_output(path, record, *inputs, *checklists, *words, *house)
    if any(is_there(path) and is_inside(path, find_shipped_folder(name)) for name in ("checklists", "templates")):
        refuse_input_as_output(path, path)
    folder = material.letterhead
    if folder is None or not is_there(path) or not is_inside(path, folder):
        return
    if path.suffix != f".{form.ending}" or not form.is_format_of(read_file_bytes(path)):
        refuse_input_as_output(path, path)


def save_portfolio(path: Path, material: PortfolioMaterial, form: PortfolioFormat, *, force: bool = False) -> None:
    """Writes what is told of many systems, part by part; raises `Problems` rather than replace what is not ours."""
    _refuse_file_of_others(path, form, force=force)
    write_durably(path, form.encode_parts(material))


def save_report(path: Path, content: str | bytes, form: ReportFormat, *, force: bool = False) -> None:
    """Writes a report; raises `Problems` rather than replace a file that tenken did not make."""
    _refuse_file_of_others(path, form, force=force)
    write_durably(path, form.finish_file(content))


def _refuse_file_of_others(path: Path, form: ReportFormat, *, force: bool) -> None:
    """Raises `Problems` if there is a file that tenken did not make in this format, unless it may be replaced."""
    if is_there(path) and not force and not form.is_format_of(read_file_ends(path)):
        text = "tenken did not make this file; name another with -o, or use --force"
        raise Problems(Problem(Place(str(path)), text))
