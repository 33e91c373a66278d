"""Where a report may be written: to a free name, or over a file that tenken made in the same format."""

from __future__ import annotations

from pathlib import Path

from tenken.files.durable_writing import write_durably
from tenken.files.file_reading import read_file_bytes
from tenken.files.problems import Place, Problem, Problems
from tenken.report.formats import ReportFormat


def save_report(path: Path, content: str | bytes, form: ReportFormat, *, force: bool = False) -> None:
    """Writes a report; raises `Problems` rather than replace a file that tenken did not make."""
    if path.exists() and not force and not form.is_format_of(read_file_bytes(path)):
        text = "tenken did not make this file; name another with -o, or use --force"
        raise Problems(Problem(Place(str(path)), text))
    write_durably(path, form.finish_file(content))
