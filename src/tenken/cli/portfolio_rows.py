"""The rows of a portfolio from what is named on the command line: as the records are, as supposed, or since earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tenken import __version__
from tenken.assessment.changes_since import read_earlier_state
from tenken.assessment.judging_together import Judging, judge_together
from tenken.assessment.rule_words import LearnedWords, RuleWords
from tenken.assessment.system_changes import Supposed, judge_since, judge_supposed
from tenken.assessment.system_row_types import ROW_SCHEMA_VERSION, PortfolioRow, SystemRow
from tenken.assessment.system_rows import JudgedRecord, build_problem_rows, build_unreadable_row, judge_system
from tenken.cli.clock import parse_day_or_today
from tenken.cli.judged_record import open_record_or_stdin
from tenken.cli.portfolio_suppositions import Suppositions
from tenken.cli.shared_options import STDIN
from tenken.files.file_names import refuse_input_as_output
from tenken.files.file_reading import read_file_bytes
from tenken.files.frozen_classes import replace_fields
from tenken.files.parallel_work import can_fork, map_in_processes
from tenken.files.problems import Problems
from tenken.records.answer_values import parse_answer_settings
from tenken.records.applicable_rules import HOUSE_RULES_FOLDER, NO_DRAFTS, SharedRules
from tenken.records.earlier_records import EarlierRecords
from tenken.records.record import Record
from tenken.records.record_file import RecordFile
from tenken.records.record_paths import list_record_paths
from tenken.records.rule_updates import load_updated_rules
from tenken.report.portfolio.formats import PortfolioMaterial
from tenken.report.portfolio.row_cache import RowCache, pack_row
from tenken.report.portfolio.row_texts import FoundRow, KeptRow, RowTexts
from tenken.rules.loading import is_file_name

_JUDGED_TOGETHER = 500
"""Enough that what they share is judged once, and so few that the first rows come at once and memory stays small."""


class _Batch(NamedTuple):
    """Rows of some records, what was learned on the way, and those to be kept, packed."""

    rows: list[FoundRow]
    has_unreadable: bool
    learned: LearnedWords
    fresh: list[tuple[bytes, bytes]]


class PortfolioRows:
    """Rows as they come: what is asked of the records, and what was found on the way."""

    def __init__(self, paths: Sequence[Path], as_of: str, words: RuleWords) -> None:
        self.as_of = parse_day_or_today(as_of)
        self.words = words
        self.then: date | None = None
        self.supposed: list[str] = []
        self.doubts: tuple[str, ...] = ()
        self.has_unreadable = False
        self._paths = paths
        self._question: Supposed | None = None
        self._drafts = NO_DRAFTS
        self._rules = self._drafted_rules = SharedRules()
        self._draft_files: Sequence[Path] = ()
        self._since: Path | None = None
        self._earlier: EarlierRecords | None = None
        self._cache: RowCache | None = None
        self._own_rules: set[Path] = set()

    def suppose(self, drafts: Sequence[Path], settings: Sequence[str]) -> None:
        """Asks what drafts of the law, a day to come and answers would change; raises `Problems` for what is amiss."""
        today, answers = parse_day_or_today(""), parse_answer_settings(settings)
        supposed = Suppositions(drafts, answers, self.words)
        self._draft_files, self._drafts = drafts, supposed.drafts
        self._drafted_rules = SharedRules(self._drafts)
        if not (drafts or settings or self.as_of > today):
            return
        self.then = min(self.as_of, today)
        self._question = Supposed(self.then, self.as_of, answers)
        self.supposed = [*supposed.render()]
        self.doubts = (*supposed.list_doubts(),)

    def compare_with(self, folder: Path) -> None:
        """Asks what is different since an older folder."""
        self._since = folder
        self._earlier = EarlierRecords(folder, self._paths)

    def keep_in(self, path: Path) -> None:
        """Takes rows from a cache where they are kept there, and keeps the others; what is supposed is never kept."""
        if self._question is None and self._earlier is None:
            self._cache = RowCache(path, self._tell_state())

    def _tell_state(self) -> str:
        """All that rows depend on besides their records: the program, the day, the rules and their words."""
        shipped = self.words.shipped
        said = [question.who_knows for question in shipped.questions.values()]
        told = (
            __version__,
            ROW_SCHEMA_VERSION,
            self.words.language,
            self.as_of.isoformat(),
            shipped.versions,
            shipped.laws,
            said,
        )
        return repr(told)

    def pass_on(self, target: Path | None) -> Iterator[FoundRow]:
        """A row for each record; raises `Problems` if what is to be written would replace one, or a draft."""
        if target:
            refuse_input_as_output(target, *self._draft_files, *([self._cache.path] if self._cache else []))
        paths = self._list_paths(target)
        batches = iter(lambda: list(islice(paths, _JUDGED_TOGETHER)), [])
        for batch in self._judge_batches(batches):
            self.words.take_over(batch.learned)
            self.has_unreadable = self.has_unreadable or batch.has_unreadable
            if self._cache and batch.fresh:
                self._cache.keep(batch.fresh)
            yield from batch.rows

    def _judge_batches(self, batches: Iterator[list[Path]]) -> Iterator[_Batch]:
        """The first rows come from this process, and those of very many records from several."""
        for first in islice(batches, 1):
            yield self._judge_batch(first)
        if can_fork() and self._earlier is None and STDIN not in self._paths:
            yield from map_in_processes(self._judge_batch, batches)
        else:
            yield from map(self._judge_batch, batches)

    def _judge_batch(self, paths: Sequence[Path]) -> _Batch:
        kept, keys = self._find_kept(paths)
        others = [path for path in paths if path not in kept]
        found = zip(others, judge_together(map(self._judge_path, others)), strict=True)
        judged: dict[Path, PortfolioRow] = {
            path: build_unreadable_row(path, row) if isinstance(row, Problems) else row for path, row in found
        }
        texts = RowTexts()
        fresh = [
            (keys[path], pack_row(texts.keep(row).text))
            for path, row in judged.items()
            if path in keys and "system" in row and path not in self._own_rules
        ]
        has_unreadable = any(row["problems"] for row in judged.values())
        rows = [kept[path] if path in kept else judged[path] for path in paths]
        return _Batch(rows, has_unreadable, self.words.learned, fresh)

    def _find_kept(self, paths: Iterable[Path]) -> tuple[dict[Path, KeptRow], dict[Path, bytes]]:
        """The rows that were kept of these records, and by which the row of each can be."""
        if self._cache is None:
            return {}, {}
        keys = {path: key for path in paths if (key := self._find_key(path, self._cache))}
        texts = {path: self._cache.find(key) for path, key in keys.items()}
        return {path: KeptRow(str(path), text) for path, text in texts.items() if text}, keys

    def _find_key(self, path: Path, cache: RowCache) -> bytes | None:
        """By which a row is kept; none where more than the record and the rules that ship decides it."""
        if path == STDIN or (path.parent / HOUSE_RULES_FOLDER).is_dir():
            return None
        try:
            return cache.build_key(read_file_bytes(path))
        except Problems:
            return None

    def build_material(self, rows: Iterable[FoundRow], folder: Path) -> PortfolioMaterial:
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

    def _judge_path(self, path: Path) -> Judging[SystemRow]:
        record_file = open_record_or_stdin(path)
        given = record_file.record
        judged = self._apply_rules(record_file)
        if self._earlier:
            return (yield from self._judge_since(path, judged, self._earlier))
        if self._question is None:
            return (yield from judge_system(str(path), judged))
        base = replace_fields(judged, as_of=self._question.then)
        drafted = self._draft(record_file, given, base) if self._drafts else None
        return (yield from judge_supposed(str(path), base, drafted, self._question))

    def _apply_rules(self, record_file: RecordFile) -> JudgedRecord:
        library, update = load_updated_rules(record_file, self.words.language, self._rules.load_rules_for)
        self.words.learn(library)
        if record_file.record.crosswalks or any(map(is_file_name, record_file.record.checklists)):
            self._own_rules.add(record_file.path)
        return JudgedRecord(record_file.record, library, self.as_of, bool(update.moved or update.is_substantial))

    def _draft(self, record_file: RecordFile, given: Record, judged: JudgedRecord) -> JudgedRecord:
        """The record as it was given, carried over to rules with drafts among them."""
        answered = record_file.with_record(given)
        library, update = load_updated_rules(answered, self.words.language, self._drafted_rules.load_rules_for)
        return JudgedRecord(update.record, library, judged.as_of, judged.rules_moved)

    def _judge_since(self, path: Path, judged: JudgedRecord, earlier: EarlierRecords) -> Judging[SystemRow]:
        """A system with what is different; where its earlier record cannot be read, with what is wrong with that."""
        found = earlier.find(path, judged.record.system)
        try:
            return (yield from judge_since(str(path), judged, read_earlier_state(found) if found else None))
        except Problems as wrong:
            row = yield from judge_system(str(path), judged)
            row["problems"] = build_problem_rows(wrong)
            return row
