"""What programs propose as answers: a file beside the record that counts for nothing until a person takes it over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from tenken.files.durable_writing import AlreadyThere, lock_file, write_durably
from tenken.files.file_names import is_there
from tenken.files.file_reading import read_file_bytes
from tenken.files.frozen_classes import Frozen, replace_fields
from tenken.files.problems import NOWHERE, Place, Problem, Problems, raise_problems
from tenken.files.strict_yaml import mark_place, parse_yaml
from tenken.files.yaml_writing import PlainValue, dump_yaml
from tenken.records.files_beside import PROPOSALS_KEY
from tenken.records.record import GivenAnswer, Proposal
from tenken.records.record_text import render_moment
from tenken.rules.library import Library
from tenken.rules.requirement import EXPLAINED, SET_ASIDE, ChosenWords, Prose
from tenken.rules.yaml_binding import bind_whole

_HEADING = """\
# What programs propose. None of it counts: a person takes each over, or leaves it, with
#   tenken assess RECORD --merge THIS_FILE
"""


LONGEST_TEXTS = {"source": 60, "rests_on": 200, "because": 1000}
"""Characters; a person has all of it in sight beside the question and the choices."""


class ProposedAnswer(Frozen):
    """An answer that a program proposes, with what a person needs to judge it: which program, why, and where to look.

    `rests_on` is a place in code or documents, such as a file with a line.
    """

    answer: ChosenWords
    source: Prose
    rests_on: Prose
    because: Prose
    at: datetime | None = None
    place: Place = NOWHERE


class Proposals(Frozen):
    """The answers that programs propose for the record of a system; `proposed` marks the file, and is `yes`."""

    proposed: bool
    system: str = ""
    answers: Mapping[str, ProposedAnswer] = {}


def holds_proposals(path: Path) -> bool:
    """Whether a file says that what it holds is proposed; raises `Problems` if it cannot be read."""
    node = parse_yaml(read_file_bytes(path), str(path))
    return isinstance(node.value, dict) and PROPOSALS_KEY in node.value


def read_proposals(path: Path) -> Proposals:
    """Raises `Problems` for everything wrong in the form of the file, and for one that is not marked as proposed."""
    node = parse_yaml(read_file_bytes(path), str(path))
    proposals = bind_whole(Proposals, node, str(path))
    if not proposals.proposed:
        place = mark_place(str(path), node.keys[PROPOSALS_KEY])
        raise Problems(Problem(place, "write `proposed: yes` here; what a person answered is a record"))
    raise_problems(problem for each in proposals.answers.values() for problem in list_long_texts(each))
    return proposals


def list_long_texts(proposed: ProposedAnswer) -> Iterator[Problem]:
    """What is too long to be judged beside a question."""
    for name, longest in LONGEST_TEXTS.items():
        if len(getattr(proposed, name)) > longest:
            facts = {"name": name, "count": longest}
            yield Problem(proposed.place, "{name} is longer than {count} characters", facts)


def add_proposal(path: Path, system: str, id: str, proposed: ProposedAnswer) -> ProposedAnswer | None:
    """Adds a proposal to the file of a record, durably, and returns the one to the same question that it replaces.

    Raises `Problems` if there is another file of that name, or the system refuses.
    """
    while True:
        if path.is_symlink():
            raise Problems(Problem(Place(str(path)), "this is a link; nothing is written through it"))
        with lock_file(path):
            is_new = not is_there(path)
            held = Proposals(proposed=True, system=system) if is_new else read_proposals(path)
            replaced = held.answers.get(id)
            answers = {key: given for key, given in held.answers.items() if key != id}
            text = render_proposals_file(replace_fields(held, answers={**answers, id: proposed}))
            try:
                write_durably(path, text, is_new=is_new)
            except AlreadyThere:
                continue
            return replaced


def render_proposals_file(proposals: Proposals) -> str:
    """Proposals as the text of their file."""
    answers = {id: _build_proposed_data(proposed) for id, proposed in proposals.answers.items()}
    return _HEADING + dump_yaml({PROPOSALS_KEY: "yes", "system": proposals.system, "answers": answers})


def _build_proposed_data(proposed: ProposedAnswer) -> PlainValue:
    words = list(proposed.answer)
    return {
        "answer": words[0] if len(words) == 1 else list[PlainValue](words),
        "source": proposed.source,
        "rests_on": proposed.rests_on,
        "because": proposed.because,
        **({"at": render_moment(proposed.at)} if proposed.at else {}),
    }


def build_answers(proposals: Proposals, library: Library) -> dict[str, GivenAnswer]:
    """Proposals as the answers they would be, not signed by anybody, in the order in which things are asked."""
    order = library.order
    ids = sorted(proposals.answers, key=lambda id: order.get(id, len(order)))
    return {id: build_proposed_answer(proposals.answers[id]) for id in ids}


def build_proposed_answer(proposed: ProposedAnswer) -> GivenAnswer:
    """What a proposal would be as an answer; why a check is set aside is what the program says of it."""
    texts = (proposed.source, proposed.rests_on, proposed.because)
    source, rests_on, because = (" ".join(text.split()) for text in texts)
    needs_reason = proposed.answer in ((SET_ASIDE,), (EXPLAINED,))
    return GivenAnswer(
        proposed.answer,
        reason=because if needs_reason else "",
        proposed=Proposal(source, rests_on, because, proposed.at),
        place=proposed.place,
    )
