"""The rows of a portfolio from what is named on the command line: as the records are, as supposed, or since earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from tenken.assessment.changes_since import read_earlier_state
from tenken.assessment.rule_words import RuleWords
from tenken.assessment.system_changes import Supposed, build_row_since, build_supposed_row
from tenken.assessment.system_row_types import PortfolioRow, SystemRow
from tenken.assessment.system_rows import JudgedRecord, build_problem_rows, build_system_row, list_portfolio_rows
from tenken.assessment.wording import Wording
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin
from tenken.files.file_names import refuse_input_as_output
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Problems
from tenken.records.answer_values import parse_answer_settings, read_answer_values
from tenken.records.applicable_rules import NO_DRAFTS, read_drafts
from tenken.records.earlier_records import EarlierRecords
from tenken.records.record import Record
from tenken.records.record_file import RecordFile
from tenken.records.record_paths import list_record_paths
from tenken.records.rule_updates import load_updated_rules
from tenken.report.portfolio.formats import PortfolioMaterial


class PortfolioRows:
    """Rows as they come: what is asked of the records, and what was found on the way."""

    def __init__(self, paths: Sequence[Path], as_of: str, words: RuleWords) -> None:
        self.as_of = parse_day_or_today(as_of)
        self.words = words
        self.then: date | None = None
        self.supposed: list[str] = []
        self.has_unreadable = False
        self._paths = paths
        self._question: Supposed | None = None
        self._drafts = NO_DRAFTS
        self._draft_files: Sequence[Path] = ()
        self._since: Path | None = None
        self._earlier: EarlierRecords | None = None

    def suppose(self, drafts: Sequence[Path], settings: Sequence[str]) -> None:
        """Asks what drafts of the law, a day to come and answers would change; raises `Problems` for what is amiss."""
        today = parse_day_or_today("")
        self._draft_files, self._drafts = drafts, read_drafts(drafts, self.words.language)
        answers = parse_answer_settings(settings)
        known = {id: given for id, given in answers.items() if id in self.words.shipped.order}
        values = read_answer_values(known, self.words.shipped)
        if not (drafts or settings or self.as_of > today):
            return
        self.then = min(self.as_of, today)
        self._question = Supposed(self.then, self.as_of, answers)
        wording = Wording(self.words.shipped, self.words.language)
        labels = wording.labels["portfolio"]
        for draft, path in zip(self._drafts.values(), drafts, strict=True):
            self.words.learn_draft(draft)
            told = {"title": draft.title, "version": draft.version, "file": path.name}
            self.supposed.append(labels["supposed_draft"].format(**told))
        for id, given in answers.items():
            answer = wording.render_answer(id, values[id]) if id in values else ", ".join(given.answer)
            told = {"question": self.words.find_heading(id), "answer": answer}
            self.supposed.append(labels["supposed_answer"].format(**told))

    def compare_with(self, folder: Path) -> None:
        """Asks what is different since an older folder."""
        self._since = folder
        self._earlier = EarlierRecords(folder, self._paths)

    def pass_on(self, target: Path | None) -> Iterator[PortfolioRow]:
        """A row for each record; raises `Problems` if what is to be written would replace one, or a draft."""
        if target:
            refuse_input_as_output(target, *self._draft_files)
        for row in list_portfolio_rows(self._list_paths(target), self._build_row):
            self.has_unreadable = self.has_unreadable or bool(row["problems"])
            yield row

    def build_material(self, rows: Iterable[PortfolioRow], folder: Path) -> PortfolioMaterial:
        """What a page that will lie in a folder, or another form, is made of."""
        since = str(self._since) if self._since else ""
        return PortfolioMaterial(
            rows, self.as_of, self.words, folder, self.then, tuple(self.supposed), since, self.list_gone
        )

    def list_gone(self) -> tuple[str, ...]:
        """The older records of which nothing is left."""
        return tuple(map(str, self._earlier.list_gone())) if self._earlier else ()

    def _list_paths(self, target: Path | None) -> Iterator[Path]:
        for path in list_record_paths(self._paths):
            if target:
                refuse_input_as_output(target, path)
            yield path

    def _build_row(self, path: Path) -> SystemRow:
        record_file = open_record_or_stdin(path)
        given = record_file.record
        judged = self._judge(record_file)
        if self._earlier:
            return self._build_row_since(path, judged, self._earlier)
        if self._question is None:
            return build_system_row(str(path), judged)
        base = replace_fields(judged, as_of=self._question.then)
        drafted = self._draft(record_file, given, base) if self._drafts else None
        return build_supposed_row(str(path), base, drafted, self._question)

    def _judge(self, record_file: RecordFile) -> JudgedRecord:
        library, update = load_updated_rules(record_file, self.words.language)
        self.words.learn(library)
        return JudgedRecord(record_file.record, library, self.as_of, bool(update.moved or update.is_substantial))

    def _draft(self, record_file: RecordFile, given: Record, judged: JudgedRecord) -> JudgedRecord:
        """The record as it was given, carried over to rules with drafts among them."""
        library, update = load_updated_rules(record_file.with_record(given), self.words.language, self._drafts)
        return JudgedRecord(update.record, library, judged.as_of, judged.rules_moved)

    def _build_row_since(self, path: Path, judged: JudgedRecord, earlier: EarlierRecords) -> SystemRow:
        """A system with what is different; where its earlier record cannot be read, with what is wrong with that."""
        found = earlier.find(path, judged.record.system)
        try:
            return build_row_since(str(path), judged, read_earlier_state(found) if found else None)
        except Problems as wrong:
            row = build_system_row(str(path), judged)
            row["problems"] = build_problem_rows(wrong)
            return row
