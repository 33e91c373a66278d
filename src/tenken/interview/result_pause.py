"""The pauses of an interview: the result so far, the report that is written meanwhile, and the result at the end."""

from __future__ import annotations

from pathlib import Path

from tenken.assessment.open_questions import Phase
from tenken.assessment.running_assessment import RunningAssessment
from tenken.assessment.wording import Wording
from tenken.interview.checklist_offers import list_fitting_checklists
from tenken.interview.prompt import CardOption, Prompt, build_menu
from tenken.interview.report_desk import ReportDesk
from tenken.interview.result_summary import show_result, show_result_so_far
from tenken.messages.message_catalog import phrase
from tenken.records.record import Record
from tenken.records.record_file import RecordFile
from tenken.rules.logic import Situation


class ResultPause:
    """Shows a result where there is a new one, with its report."""

    def __init__(self, prompt: Prompt, desk: ReportDesk | None) -> None:
        self.prompt, self.desk = prompt, desk
        self.shown: Situation | None = None
        """The answers of the result that was shown last."""
        self.reported: Record | None = None
        """The record as it was when its report was written last."""
        self.report: Path | None = None

    def show_result_once(self, record_file: RecordFile, running: RunningAssessment, wording: Wording) -> None:
        """Shows the result so far, unless nothing was answered since it was shown."""
        self._write_report(record_file, running)
        if self.shown == running.situation:
            return
        show_result_so_far(record_file, running.assessment, wording, self.prompt, self.report)
        self.shown = running.situation

    def show_result_in_passing(self, record_file: RecordFile, running: RunningAssessment, wording: Wording) -> None:
        """Shows the result to somebody who leaves, if it is settled by then what applies, and by which checklists."""
        is_settled = not any(open_question.phase is Phase.SCOPE for open_question in running.open)
        is_offered = any(list_fitting_checklists(record_file.record, wording.library, running.situation))
        if is_settled and not is_offered and running.situation.answers:
            self.show_result_once(record_file, running, wording)

    def finish_with_result(self, record_file: RecordFile, running: RunningAssessment, wording: Wording) -> None:
        """Shows the whole result, and the report to whoever wants to see it at once."""
        self._write_report(record_file, running)
        show_result(record_file, running.assessment, wording, self.prompt, self.report)
        if self.desk is None or self.report is None or not self.desk.can_open:
            return
        card = build_menu(
            phrase("Open the report now?"), CardOption("yes", phrase("Yes")), CardOption("no", phrase("No"))
        )
        if self.prompt.choose(card) == ("yes",):
            self.desk.open_report(self.report)

    def _write_report(self, record_file: RecordFile, running: RunningAssessment) -> None:
        if self.desk and self.reported != record_file.record:
            self.report = self.desk.write_report(record_file, running.assessment)
            self.reported = record_file.record
