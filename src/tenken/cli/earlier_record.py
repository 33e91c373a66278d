"""What is different since an earlier record, or a JSON report of it."""

from __future__ import annotations

from pathlib import Path

from tenken.assessment.changes_since import ChangesSince, find_changes_since, read_earlier_state
from tenken.assessment.findings import Assessment
from tenken.records.record_file import RecordFile


def compare_with_earlier(old: Path, record_file: RecordFile, assessment: Assessment) -> ChangesSince:
    return find_changes_since(
        read_earlier_state(old), record_file.record, assessment.library, assessment.situation.as_of
    )
