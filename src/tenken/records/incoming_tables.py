"""A table of answers that comes back, CSV or workbook, as a record; what cannot be taken is told cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems, suggest_instead
from tenken.files.table_files import TableSheet
from tenken.records.answer_values import has_words, read_answer_values
from tenken.records.incoming_cells import AnswerCellReader, TableRow
from tenken.records.incoming_choices import read_several_choices
from tenken.records.record import Evidence, GivenAnswer, Record
from tenken.records.table_words import RULES_MARK, TableWords, fold_label
from tenken.rules.answer_kinds import UNSURE
from tenken.rules.library import Library, is_same_state
from tenken.rules.requirement import EXPLAINED, SET_ASIDE

_MOST_ROWS_BEFORE = 20
"""How many rows may stand above the headings of the table."""
_DETAILS = ("reason", "published", "note", "owner", "due", "evidence", "ask")
_NO_TABLE = "no table of answers is here; it has a row of headings, among them “{answer}” and “{id}”"


def read_answer_table(
    sheets: Sequence[TableSheet], path: str, ours: Record, library: Library, words: TableWords
) -> Record:
    """A record with the answers of a table, judged as ours is; raises `Problems` for all that cannot be taken."""
    sheet, head, columns = _find_answer_table(sheets, path, words)
    by = _find_signature(sheets, words)
    reader = AnswerCellReader()
    answers: dict[str, GivenAnswer] = {}
    for id, rows in _group_rows(sheet, head, columns).items():
        given = _read_question(id, rows, library, words, reader)
        if given is not None:
            answers[id] = replace_fields(given, by=given.by or by)
    against = {**ours.answered_against, **_find_rule_states(sheets)}
    moved = any(not is_same_state(against.get(id, now), now) for id, now in library.versions.items())
    known = {id: given for id, given in answers.items() if id in library.order or not moved}
    problems = [*reader.problems, *_list_meaningless(known, library)]
    if problems:
        raise Problems(*sorted(problems, key=lambda problem: _rank_place(problem.place)))
    return replace_fields(ours, answers=answers, answered_against=against, accepted={}, earlier={}, log=None)


def _rank_place(place: Place) -> tuple[int, str]:
    """The order of cells: row by row."""
    cell = place.path.rpartition(":")[2].rpartition("!")[2]
    return int("0" + "".join(filter(str.isdecimal, cell))), cell


def _find_answer_table(
    sheets: Sequence[TableSheet], path: str, words: TableWords
) -> tuple[TableSheet, int, Mapping[str, int]]:
    """The first sheet with the headings of a table of answers, the number of that row, and the columns by what they
    hold."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_MOST_ROWS_BEFORE]):
            found = {words.headings.get(fold_label(cell), ""): column for column, cell in reversed([*enumerate(row)])}
            if {"id", "answer"} <= found.keys():
                return sheet, number, {key: column for key, column in found.items() if key}
    raise Problems(Problem(Place(path), _NO_TABLE, words.titles))


def _find_signature(sheets: Sequence[TableSheet], words: TableWords) -> str:
    """Who answers what is not signed, as another sheet says beside the heading of that column."""
    said = (row for sheet in sheets for row in sheet.rows[:_MOST_ROWS_BEFORE] if len(row) > 1)
    for head, name, *_ in said:
        if words.headings.get(fold_label(head)) == "by" and fold_label(name) not in words.headings:
            return " ".join("".join(filter(_is_shown, name)).split())
    return ""


def _is_shown(character: str) -> bool:
    return character.isprintable() or character.isspace()


def _find_rule_states(sheets: Sequence[TableSheet]) -> dict[str, str]:
    """Against which state of each checklist the questions were asked, as far as a hidden sheet says."""
    rows = (row for sheet in sheets for row in sheet.rows if len(row) > 2 and row[0] == RULES_MARK)
    return {id: state for _, id, state, *_ in rows}


def _group_rows(sheet: TableSheet, head: int, columns: Mapping[str, int]) -> dict[str, list[TableRow]]:
    """The rows of each question, in their order; a row without an id is none of ours."""
    groups: dict[str, list[TableRow]] = {}
    for number in range(head + 1, len(sheet.rows)):
        row = TableRow(sheet, number, columns)
        if id := row.read_line("id"):
            groups.setdefault(id, []).append(row)
    return groups


def _read_question(
    id: str, rows: list[TableRow], library: Library, words: TableWords, reader: AnswerCellReader
) -> GivenAnswer | None:
    """What a table says to one question; None where it says nothing, or what cannot be taken."""
    before = len(reader.problems)
    details = _read_details(rows, reader)
    question = library.questions.get(id)
    read_answer = read_several_choices if question is not None and question.several else _read_single
    answer, place = read_answer(id, rows, library, words, reader)
    detail = _find_first_detail(rows)
    if len(reader.problems) == before and not answer and detail:
        text = "no answer stands beside this; choose one, such as “{unsure}”"
        reader.refuse(detail, text, unsure=words.list_mark_labels([UNSURE])[0])
    if answer in ((SET_ASIDE,), (EXPLAINED,)) and not has_words(details.reason):
        reader.refuse(
            rows[0].find_place("reason"), "“{said}” needs a reason in words here", said=rows[0].read_line("answer")
        )
    if not answer or len(reader.problems) > before:
        return None
    return replace_fields(details, answer=answer, place=place)


def _find_first_detail(rows: list[TableRow]) -> Place | None:
    return next((row.find_place(key) for row in rows for key in _DETAILS if row.read_text(key)), None)


def _read_details(rows: list[TableRow], reader: AnswerCellReader) -> GivenAnswer:
    """What was written beside an answer; of several rows, notes and evidence are put together."""
    lines = {
        key: next((said for row in rows if (said := reader.read_line(row, key))), "")
        for key in ("by", "ask", "published", "owner")
    }
    evidence = [
        Evidence(at=line.strip(), place=row.find_place("evidence"))
        for row in rows
        for line in reader.read_text(row, "evidence").split("\n")
        if line.strip()
    ]
    return GivenAnswer(
        by=lines["by"],
        at=next((moment for row in rows if (moment := reader.read_moment(row, "at"))), None),
        ask=lines["ask"],
        note=_join_texts(rows, "note", reader),
        reason=_join_texts(rows, "reason", reader),
        published=lines["published"],
        owner=lines["owner"],
        due=next((day for row in rows if (day := reader.read_day(row, "due"))), None),
        evidence=tuple(evidence),
    )


def _join_texts(rows: list[TableRow], key: str, reader: AnswerCellReader) -> str:
    return "\n".join(said for row in rows if (said := reader.read_text(row, key)))


def _read_single(
    id: str, rows: list[TableRow], library: Library, words: TableWords, reader: AnswerCellReader
) -> tuple[tuple[str, ...], Place]:
    """One answer to a question, and where it stands; the same row twice is as good as once."""
    answered = [row for row in rows if row.read_line("answer")]
    if not answered:
        return (), rows[0].find_place("answer")
    first, *others = answered
    said = reader.read_line(first, "answer")
    for other in others:
        if fold_label(other.read_line("answer")) != fold_label(said):
            text = "{id} is answered otherwise in row {row}; leave one of them"
            reader.refuse(other.find_place("answer"), text, id=id, row=first.number + 1)
    word = _find_answer_word(id, said, library, words)
    if said and not word:
        hint = suggest_instead(said, words.list_labels(id))
        reader.refuse(first.find_place("answer"), "{id}: {said} is not an answer; {hint}", id=id, said=said, hint=hint)
    return ((word,) if word else ()), first.find_place("answer")


def _find_answer_word(id: str, said: str, library: Library, words: TableWords) -> str:
    """The word of a record for what a cell says; of what is asked no more, what it says in any case."""
    if id not in library.order:
        return words.marks.get(fold_label(said), said)
    return words.find_word(id, fold_label(said)) or library.find_answer_kind(id).parse_typed(
        said.removesuffix("T00:00:00")
    )


def _list_meaningless(answers: Mapping[str, GivenAnswer], library: Library) -> Iterator[Problem]:
    """What the checklists find wrong with answers that can be read."""
    try:
        read_answer_values(answers, library)
    except Problems as found:
        yield from found.problems
