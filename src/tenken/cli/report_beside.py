"""Writes the report beside a record during an interview, and opens it where there is a desktop."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tenken.assessment.findings import Assessment
from tenken.assessment.wording import Wording
from tenken.files.file_names import is_there
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Problems
from tenken.messages.message_catalog import get_language, phrase, phrase_problem
from tenken.records.record_file import RecordFile
from tenken.report.formats import ReportFormat, ReportMaterial, choose_report_format
from tenken.report.report_file import refuse_report_over_input, save_report
from tenken.terminal.output import print_talk

_MOST_NAMES = 100
"""Names that are tried before a report is not written."""


class ReportBeside:
    """Writes the report to a free name beside the record, or over one of ours."""

    def __init__(self, *, is_screen: bool) -> None:
        self.can_open = is_screen and has_desktop()

    def write_report(self, record_file: RecordFile, assessment: Assessment) -> Path | None:
        """Writes the report as it is now; says why if it cannot be written, and returns None."""
        form = choose_report_format("html", "", "", letterhead=False, since=False)
        material = ReportMaterial(record_file, assessment, Wording(assessment.library, get_language()), None, None)
        try:
            target = _find_target(record_file.path, form)
            refuse_report_over_input(target, material, form)
            save_report(target, form.write_content(material), form)
        except Problems as found:
            print_talk("\n".join(map(phrase_problem, found.problems)))
            print_talk(phrase("The report could not be written; the answers are saved."))
            return None
        return target

    def open_report(self, path: Path) -> None:
        import webbrowser  # noqa: PLC0415 - few look at the report at once

        webbrowser.open(path.resolve().as_uri())


def _find_target(record: Path, form: ReportFormat) -> Path:
    """The first name after the record that is free or holds a report of ours."""
    names = (
        record.with_name(f"{record.stem}{end}.{form.ending}") for end in ("", *map("-{}".format, range(2, _MOST_NAMES)))
    )
    return next((path for path in names if _may_hold_report(path, form)), record.with_suffix(f".{form.ending}"))


def _may_hold_report(path: Path, form: ReportFormat) -> bool:
    """Whether nothing is there, or a report of ours; what cannot be read, such as a folder, is somebody else's."""
    if not is_there(path):
        return True
    try:
        return form.is_format_of(read_file_bytes(path))
    except Problems:
        return False


def has_desktop() -> bool:
    """Whether a window could appear where the user sits."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return sys.platform in ("darwin", "win32") and not os.environ.get("SSH_CONNECTION")
