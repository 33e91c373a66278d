"""Reads the front matter of a model card, and proposes what its keys say to the questions of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tenken.files.durable_writing import encode_document
from tenken.files.file_reading import decode_text, read_file_bytes
from tenken.files.frozen_classes import replace_fields
from tenken.files.problems import Place, Problem, Problems, escape_line_breaks
from tenken.files.strict_yaml import Node, mark_place, parse_yaml
from tenken.messages.message_catalog import phrase
from tenken.records.answer_values import has_sure_answer, is_doubtful
from tenken.records.proposals import Proposals, ProposedAnswer
from tenken.records.record import NO_ANSWER, GivenAnswer, Record
from tenken.rules.answer_kinds import NONE, AnswerKind
from tenken.rules.card_mapping import CardMapping, CardSuggestion, load_card_mappings
from tenken.rules.library import Library
from tenken.rules.requirement import ChosenWords, Prose

_CARD_FENCE = "---"


def propose_from_card(path: Path, library: Library, record: Record) -> Proposals:
    """What a model card suggests of what these checklists ask, each with the line it stands in.

    A card says some of what is true: where several choices may be, those that the record has stay beside its own.
    Raises `Problems` if there is no front matter, or it cannot be read.
    """
    front = _read_card_head(path)
    found: dict[str, list[ProposedAnswer]] = {}
    for mapping in load_card_mappings(library.language):
        for suggestion in mapping.proposes.values():
            for id, proposed in _list_suggested_answers(suggestion, mapping, front, path):
                found.setdefault(id, []).append(proposed)
    answers = {}
    for id, several in found.items():
        if id in library.order:
            kind, given = library.find_answer_kind(id), record.answers.get(id, NO_ANSWER)
            proposed = _add_given_choices(_join_proposals(several), given, kind)
            if not [*kind.find_mistakes(proposed.answer)]:
                answers[id] = proposed
    return Proposals(proposed=True, answers=answers)


def _read_card_head(path: Path) -> Node:
    """The lines between the two fences at the beginning, read where they stand."""
    text = decode_text(read_file_bytes(path), str(path))
    first, *lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _CARD_FENCE]
    if first.rstrip() != _CARD_FENCE or not ends:
        says = "this is no model card: it begins with a line `---`, then `key: value` lines, then `---` again"
        raise Problems(Problem(Place(str(path), 1), says))
    node = parse_yaml("\n".join(["", *lines[: ends[0]], ""]).encode(), str(path))
    if not isinstance(node.value, dict):
        raise Problems(Problem(Place(str(path), 2), "`key: value` lines should stand here"))
    return node


def _list_suggested_answers(
    suggestion: CardSuggestion, mapping: CardMapping, front: Node, path: Path
) -> Iterator[tuple[str, ProposedAnswer]]:
    assert isinstance(front.value, dict)
    child = front.value.get(suggestion.key)
    if child is None or not suggestion.is_met_by(_list_card_words(child)):
        return
    place = mark_place(str(path), front.keys[suggestion.key])
    name = _tell_file_name(path)
    where = Prose(f"{name}:{place.line}")
    source = Prose(phrase("model card {file} ({card})", file=name, card=mapping.card))
    for id, words in suggestion.likely.items():
        yield id, ProposedAnswer(ChosenWords(words), source, where, suggestion.because, place=place)


def _list_card_words(node: Node) -> tuple[str, ...]:
    """The words of a value: itself, or those of a list."""
    children = node.value if isinstance(node.value, list) else [node]
    return tuple(child.value for child in children if isinstance(child.value, str))


def _join_proposals(several: list[ProposedAnswer]) -> ProposedAnswer:
    """All that a card suggests for one question, as one proposal; where it contradicts itself, that is no answer."""
    first = several[0]
    words = dict.fromkeys(word for proposed in several for word in proposed.answer)
    return replace_fields(
        first,
        answer=ChosenWords(tuple(words)),
        rests_on=_join_different(proposed.rests_on for proposed in several),
        because=_join_different(proposed.because for proposed in several),
    )


def _add_given_choices(proposed: ProposedAnswer, given: GivenAnswer, kind: AnswerKind) -> ProposedAnswer:
    """The proposal with the choices that the record has beside them; what has no choice is as it is."""
    words = tuple(dict.fromkeys((*given.answer, *proposed.answer)))
    if not (kind.several and has_sure_answer(given)) or NONE in words or is_doubtful(given):
        return proposed
    return replace_fields(proposed, answer=ChosenWords(words))


def _join_different(texts: Iterable[Prose]) -> Prose:
    return Prose(phrase(" ").join(dict.fromkeys(texts)))


def _tell_file_name(path: Path) -> str:
    """The name of a file as a record can hold it, whatever characters are in it."""
    return encode_document(escape_line_breaks(path.name)).decode()
