"""Records of the size of an example, each with some of its answers changed, drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from support.random_answers import draw_answer
from tenken.files.frozen_classes import replace_fields
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.applicable_rules import load_rules_for
from tenken.records.record import GivenAnswer, Record
from tenken.records.record_file import open_record
from tenken.records.record_text import render_record_yaml
from tenken.rules.answer_kinds import write_answer
from tenken.rules.library import Library
from tenken.rules.requirement import MET, NOT_MET, PARTLY

EXAMPLE = find_shipped_folder("examples") / "support-chatbot.yaml"
_CHANGED = 6


def write_varied_records(folder: Path, count: int, seed: int = 1) -> None:
    """Files `00000.yaml` and so on in a folder that is there."""
    for number, record in enumerate(draw_records(count, seed)):
        (folder / f"{number:05}.yaml").write_text(render_record_yaml(record), "utf-8")


def draw_records(count: int, seed: int = 1) -> Iterator[Record]:
    random, example = Random(seed), open_record(EXAMPLE).record
    library = load_rules_for(example)
    for number in range(count):
        changed = random.sample(sorted(example.answers), _CHANGED)
        answers = {id: _change_answer(id, example.answers[id], library, random) for id in changed}
        system = f"{example.system} {number}"
        yield replace_fields(example, system=system, answers={**example.answers, **answers})


def _change_answer(id: str, given: GivenAnswer, library: Library, random: Random) -> GivenAnswer:
    if id in library.checks:
        return replace_fields(given, answer=(random.choice((MET, PARTLY, NOT_MET)),))
    return replace_fields(given, answer=write_answer(draw_answer(library.find_answer_kind(id), random)))
