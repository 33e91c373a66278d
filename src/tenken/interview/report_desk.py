"""Where an interview has the report written and shown; it knows no report itself."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tenken.assessment.findings import Assessment
from tenken.records.record_file import RecordFile


class ReportDesk(Protocol):
    """Writes the report of a record beside it, and can open it where there is a desktop."""

    can_open: bool

    def write_report(self, record_file: RecordFile, assessment: Assessment) -> Path | None:
        """Writes the report as it is now; returns where it is, or None if it could not be written."""

    def open_report(self, path: Path) -> None:
        """Shows a report that was written."""
