"""What is supposed of all systems: drafts of the law and answers, checked before any record is read, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tenken.assessment.rule_words import RuleWords
from tenken.assessment.wording import Wording
from tenken.files.problems import Place, Problem, raise_problems, suggest_instead
from tenken.messages.message_catalog import phrase_problem
from tenken.records.answer_values import read_answer_values
from tenken.records.applicable_rules import put_drafts_in_place, read_drafts
from tenken.records.record import GivenAnswer
from tenken.rules.checklist import Checklist
from tenken.rules.library import Library


class Suppositions:
    """Drafts by the ids of their checklists, and answers by their questions; raises `Problems` for what is amiss."""

    def __init__(self, paths: Sequence[Path], answers: Mapping[str, GivenAnswer], words: RuleWords) -> None:
        self._paths, self._answers, self._words = paths, answers, words
        raise_problems(_list_doubled_drafts(paths))
        self.drafts = read_drafts(paths, words.language)
        raise_problems(_list_clashes(dict(zip(self.drafts, paths, strict=True)), self.drafts, words.shipped))
        self._library = put_drafts_in_place(words.shipped, self.drafts)
        self._values = read_answer_values(
            {id: given for id, given in answers.items() if id in self._library.order}, self._library
        )

    def render(self) -> Iterator[str]:
        """What is supposed, in words; the words of the drafts are learned before."""
        wording = Wording(self._library, self._words.language)
        labels = wording.labels["portfolio"]
        for draft, path in zip(self.drafts.values(), self._paths, strict=True):
            self._words.learn_draft(draft)
            yield labels["supposed_draft"].format(title=draft.title, version=draft.version, file=path.name)
        for id, given in self._answers.items():
            known = self._values.get(id)
            answer = wording.render_answer(id, known) if known else ", ".join(given.answer)
            yield labels["supposed_answer"].format(question=self._words.find_heading(id), answer=answer)

    def list_doubts(self) -> Iterator[str]:
        """Of each answer to what no known checklist asks, what may have been meant; a record may have its own."""
        order = self._library.order
        for id in self._answers:
            if id not in order:
                text = "{id} is asked by no draft and no checklist that ships; {hint}"
                yield phrase_problem(Problem(Place("--set"), text, {"id": id, "hint": suggest_instead(id, order)}))


def _list_doubled_drafts(paths: Sequence[Path]) -> Iterator[Problem]:
    names: set[str] = set()
    for path in paths:
        if path.stem in names:
            yield Problem(Place(str(path)), "another draft is called {name}, too; leave one out", {"name": path.stem})
        names.add(path.stem)


def _list_clashes(paths: Mapping[str, Path], drafts: Mapping[str, Checklist], shipped: Library) -> Iterator[Problem]:
    """The drafts with requirements of a checklist that stays, whose findings would stand for both."""
    staying = {id: item for id, item in shipped.checklists.items() if id not in drafts}
    owners = {requirement: id for id, item in staying.items() for requirement in item.requirements}
    for id, draft in drafts.items():
        clash = next((requirement for requirement in draft.requirements if requirement in owners), "")
        if clash:
            text = "{id} is a requirement of {checklist}; call the draft {checklist}.yaml to put it in its place"
            yield Problem(Place(str(paths[id])), text, {"id": clash, "checklist": owners[clash]})
        owners.update(dict.fromkeys(draft.requirements, id))
