"""A record to fill in by hand: every question as a comment with what helps to answer it, every answer left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

from tenken.assessment.next_questions import NextQuestion
from tenken.assessment.open_questions import Phase, name_phase_section
from tenken.assessment.wording import Wording
from tenken.files.file_names import quote_file_for_shell, quote_for_shell
from tenken.files.yaml_writing import dump_yaml
from tenken.messages.line_breaking import wrap_text
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import read_answer_values
from tenken.records.record import NO_ANSWER, Record
from tenken.records.record_file import RECORD_FORMAT
from tenken.report.export.question_list import QuestionList
from tenken.rules.answer_kinds import NONE
from tenken.rules.library import Library
from tenken.rules.requirement import EXPLAINED, SET_ASIDE, Question

_COMMENT_COLUMNS = 80


def write_blank_record(questions: QuestionList) -> str:
    """A record with the questions as comments, below a letter to whoever fills it in."""
    if questions.name and questions.path:
        letter = render_letter_lines(questions.name, questions.path)
    else:
        letter = render_next_step_lines(questions.path, questions.may_follow, questions.fitting)
    wording = questions.wording
    return render_blank_record(
        wording.library, wording, questions.asked, questions.record, letter, unsure=questions.unsure
    )


def render_blank_record(
    library: Library,
    wording: Wording,
    questions: Iterable[NextQuestion],
    record: Record | None = None,
    letter: Iterable[str] = (),
    *,
    unsure: Mapping[str, str] = {},
) -> str:
    """The questions and checks as a record in YAML, below a letter; an answer left empty stays as it is.

    Those that nobody was sure of come last, each with who would know.
    """
    asked, again = list(questions), list_chosen_questions(unsure, library)
    lines = [
        *letter,
        *_list_filling_lines([*asked, *again], library),
        f"tenken: {RECORD_FORMAT}",
        dump_yaml({"system": record.system if record else phrase("Name of your system")}).rstrip("\n"),
        f"checklists: [{', '.join((record and record.checklists) or library.checklists)}]",
        dump_yaml({"answers": {}}).rstrip("\n") if not (asked or again) else "answers:",
    ]
    for section, together in groupby(asked, partial(_name_question_section, library)):
        lines += ["", *_render_yaml_comment(f"== {section} ==")]
        for title, questions_of_it in groupby(together, partial(find_requirement_title, library)):
            lines += ["", *_render_yaml_comment(f"-- {title} --")] if title else []
            for question in questions_of_it:
                lines += ["", *_list_question_lines(question, library, wording), f"  {question.question}:"]
    lines += ["", *_render_yaml_comment(f"== {phrase('Not sure so far')} ==")] if again else []
    for question in again:
        lines += ["", *_list_question_lines(question, library, wording)]
        lines += [*_list_unsure_lines(question.question, record, unsure, wording), f"  {question.question}:"]
    return "\n".join(lines) + "\n"


def _list_unsure_lines(id: str, record: Record | None, unsure: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """What was answered so far, and who would know better."""
    if so_far := render_so_far(id, record, wording):
        yield from _render_help(phrase("So far: {answer}", answer=so_far))
    if unsure[id]:
        yield from _render_help(wording.join_heading(phrase("Who would know"), unsure[id]))


def list_chosen_questions(ids: Iterable[str], library: Library) -> list[NextQuestion]:
    """Questions that were picked by their ids, whatever stands open: facts first, then what is in place."""
    ordered = sorted(ids, key=library.order.__getitem__)
    return [NextQuestion(id, Phase.TEXT if id in library.checks else Phase.SCOPE) for id in ordered]


def render_letter_lines(name: str, path: Path) -> list[str]:
    """What the person it goes to must know, as a comment: what it is about, and how the answers come back."""
    name = " ".join(name.split())
    record = "RECORD" if str(path) == "-" else quote_file_for_shell(path)
    command = f"tenken assess {record} --merge FILE --by {quote_for_shell(name)}"
    return [
        *_render_yaml_comment(phrase("For {name}: you would know the answers to these questions.", name=name), "# "),
        *_render_yaml_comment(
            phrase("Fill them in and send this file back. Whoever sent it takes the answers over with:"), "# "
        ),
        f"#   {command}",
        "#",
    ]


def render_next_step_lines(path: Path | None, may_follow: bool, fitting: Iterable[str] = ()) -> list[str]:
    """What becomes of the file when it is filled in, as a comment, and which checklists fit besides."""
    if path is None:
        said = [phrase("Filled in, this file is a record: `tenken report FILE` makes the report.")]
        said += [phrase("What its answers open is asked next: `tenken questions FILE`, or `tenken assess FILE`.")]
    else:
        record = "RECORD" if str(path) == "-" else quote_file_for_shell(path)
        text = "These answers are taken over with `tenken assess {record} --merge FILE`."
        more = "They may open more questions; then `tenken questions {record}` prints those."
        said = [phrase(text, record=record), *([phrase(more, record=record)] if may_follow else [])]
    return [line for text in (*said, *fitting) for line in _render_yaml_comment(text, "# ")] + ["#"]


def _list_filling_lines(asked: list[NextQuestion], library: Library) -> Iterator[str]:
    """How the answers are written."""
    if not asked:
        yield from _render_yaml_comment(phrase("Nothing is open."), "# ")
        return
    yield from _render_yaml_comment(
        phrase("Fill in the answers; leave open what you do not know, or write unsure."), "# "
    )
    ids = [question.question for question in asked]
    if any(id in library.questions and library.questions[id].several for id in ids):
        yield from _render_yaml_comment(phrase("Several answers: [a, b]. Where you are sure of a and not of b:"), "# ")
        yield "#   {a: yes, b: unsure}"
    if any(id in library.checks for id in ids):
        yield from _render_yaml_comment(phrase("What does not apply or is explained needs a reason:"), "# ")
        yield f"#   {{answer: {SET_ASIDE}, reason: {phrase('why it is so')}}}"


def _name_question_section(library: Library, question: NextQuestion) -> str:
    """The part of the file a question stands in."""
    asked = library.questions.get(question.question)
    return (
        name_phase_section(question.phase)
        if asked is None or asked.answer_kind.is_judged
        else phrase("For the document")
    )


def find_requirement_title(library: Library, question: NextQuestion) -> str:
    return library.checks[question.question][0].title if question.question in library.checks else ""


def _list_question_lines(question: NextQuestion, library: Library, wording: Wording) -> Iterator[str]:
    """What is asked, with the answers there are and what helps to choose."""
    id = question.question
    if id in library.checks:
        _, check = library.checks[id]
        yield from _render_yaml_comment(wording.add_in_brackets(check.ask, wording.render_citations(check.cites)))
        yield from _render_help(check.help)
    else:
        asked = library.questions[id]
        several = phrase(" (several: [a, b])") if asked.several else ""
        yield from _render_yaml_comment(asked.ask + several)
        yield from _render_only_if(question, wording)
        for heading, text in list_question_help(asked):
            yield from _render_help(wording.join_heading(heading, text) if heading and text else text)
    yield from _list_choice_lines(id, library, wording)
    if question.leads_on:
        text = phrase("More questions may follow after: {choices}", choices=wording.join_list(question.leads_on))
        yield from _render_help(text)


def list_question_help(question: Question) -> Iterable[tuple[str, str]]:
    """What helps to answer, with what it is; in the order of the interview."""
    return (
        (phrase("Why we ask"), question.why),
        ("", question.help),
        (phrase("For example"), question.example),
        (phrase("But not"), question.counter_example),
    )


def _render_only_if(question: NextQuestion, wording: Wording) -> list[str]:
    """After which other answers a question matters; silent of those that most people give."""
    conditions = (
        wording.join_heading(id, wording.join_list(words))
        for id, words in question.only_if.items()
        if NONE not in words
    )
    text = phrase("; ").join(conditions)
    return _render_yaml_comment(phrase("Only if {conditions}", conditions=text), "  # ") if text else []


def render_so_far(id: str, record: Record | None, wording: Wording) -> str:
    """What was answered so far; empty where nothing was."""
    if record is None or not record.answers.get(id, NO_ANSWER).answer:
        return ""
    return wording.render_answer(id, read_answer_values({id: record.answers[id]}, wording.library)[id])


def _list_choice_lines(id: str, library: Library, wording: Wording) -> Iterator[str]:
    """The answers there are: each with what it means, or all in one line where they go without saying."""
    if comment := library.find_answer_kind(id).typed_comment:
        yield from _render_yaml_comment(phrase(comment), "  #   ")
    choices = wording.list_choices(id)
    if not any(means for _, _, means in choices):
        names = wording.join_list(_name_choice(word, label, wording) for word, label, _ in choices)
        yield from _render_yaml_comment(names, "  #   ")
        return
    for word, label, means in choices:
        name = _name_choice(word, label, wording)
        yield from _render_yaml_comment(wording.join_heading(name, means) if means else name, "  #   ")


def _name_choice(word: str, label: str, wording: Wording) -> str:
    """The word to write, with the label it has elsewhere unless that is the same."""
    is_same = label.casefold().replace(" ", "_") == word
    return word if is_same or word == EXPLAINED else wording.add_in_brackets(word, label)


def _render_help(text: str) -> list[str]:
    return _render_yaml_comment(text, "  # ") if text else []


def _render_yaml_comment(text: str, indent: str = "  # ") -> list[str]:
    more = indent + " " * 2 if indent.endswith("   ") else indent
    return wrap_text(" ".join(text.split()), _COMMENT_COLUMNS, more, indent)
