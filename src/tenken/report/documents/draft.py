"""A draft as plain data: a pure function of an outline, a record, a day and the files that were handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenken import __version__
from tenken.assessment.judgement import evaluate_applicability
from tenken.files.frozen_classes import replace_fields
from tenken.records.record import NO_ANSWER
from tenken.report.documents.draft_types import BlankView, DraftSectionView, DraftView, LineView, Pieces, UnfitWords
from tenken.report.documents.fact_tables import build_fact_tables
from tenken.report.documents.fillings import (
    Blank,
    build_blank,
    build_condition_blank,
    find_filling,
    is_claim_answered,
)
from tenken.report.documents.material import DraftMaterial
from tenken.report.documents.origins import render_blank, render_claim_origin, render_line_origin
from tenken.report.view.finding import render_certainty
from tenken.rules.logic import All, Truth, evaluate
from tenken.rules.outline import OutlineLine, OutlineSection, list_line_fillings, split_by_fillings
from tenken.rules.requirement import SET_ASIDE


def build_draft(material: DraftMaterial) -> DraftView:
    """Everything a draft shows."""
    return _DraftBuilder(material).build()


class _DraftBuilder:
    """Gathers what is blank and what is left out while the sections are made."""

    def __init__(self, material: DraftMaterial) -> None:
        self.material = material
        self.blanks: list[BlankView] = []
        self.left_out: list[str] = []
        self.heading = ""

    def build(self) -> DraftView:
        outline, record, wording = self.material.outline, self.material.record, self.material.wording
        as_of = self.material.situation.as_of
        sections = [view for section in outline.sections.values() for view in self._build_section(section)]
        return {
            "tenken": __version__,
            "labels": wording.labels,
            "say": wording.labels["report"],
            "draft": wording.labels["draft"],
            "language": wording.labels["language"],
            "document": None,
            "extent": "main",
            "title": outline.title,
            "about": outline.about,
            "system": record.system,
            "organisation": record.organisation,
            "release": record.release,
            "as_of": wording.render_day(as_of),
            "as_of_iso": as_of.isoformat(),
            "sections": sections,
            "blanks": self.blanks,
            "left_out": self.left_out,
            "sources": [
                {"title": source.title, "link": source.link, "note": source.note} for source in outline.sources.values()
            ],
            "files": list(self.material.facts.list_files()),
        }

    def _build_section(self, section: OutlineSection) -> Iterator[DraftSectionView]:
        """A section, unless the answers say that it does not concern the system."""
        wording = self.material.wording
        if evaluate(section.when, self.material.situation) is Truth.NO or not self._is_wanted(section):
            self.left_out.append(wording.join_heading(section.title, wording.labels["draft"]["not_concerned"]))
            return
        self.heading = section.title
        lines = [
            replace_fields(line, when=All((section.when, line.when)), cites=line.cites or ()) for line in section.lines
        ]
        yield {
            "title": section.title,
            "says": section.says,
            "cites": wording.render_citations(section.cites),
            "serves": list(section.serves),
            "lines": [view for line in lines for view in self._build_line(line)],
        }

    def _is_wanted(self, section: OutlineSection) -> bool:
        """Whether it serves what applies or may; where nothing does that the document helps, all of it is wanted."""
        served = {id.partition(".")[0] for id in section.serves}
        applying = {id for id in self.material.outline.helps if self._may_apply(id)}
        return not applying or not all(map(self._is_judged, served)) or any(map(self._may_apply, served))

    def _is_judged(self, requirement_id: str) -> bool:
        return requirement_id in self.material.library.requirements

    def _may_apply(self, requirement_id: str) -> bool:
        requirement = self.material.library.requirements.get(requirement_id)
        if requirement is None:
            return False
        return evaluate_applicability(requirement, self.material.situation) is not Truth.NO

    def _build_line(self, line: OutlineLine) -> Iterator[LineView]:
        if reason := self._find_reason_to_leave_out(line):
            name = line.label or line.says or self.heading
            self.left_out.append(self.material.wording.join_heading(name, reason))
            return
        paragraphs, origin = self._write_line(line)
        words = " ".join("".join(piece["text"] for piece in paragraph) for paragraph in paragraphs)
        yield {
            "label": line.label,
            "paragraphs": paragraphs,
            "origin": origin,
            "cites": self.material.wording.render_citations(line.cites),
            "certainty": render_certainty(line.certainty, self.material.wording),
            "unfit": self._find_unfit_words(line.sample),
            "snippet": self._fill_snippet(line.snippet, words),
            "sign": line.sign,
            "tables": list(build_fact_tables(line, self.material)),
        }

    def _find_reason_to_leave_out(self, line: OutlineLine) -> str:
        """Why a paragraph does not concern the system, or that its measure was set aside; else nothing."""
        labels, record = self.material.wording.labels["draft"], self.material.record
        if evaluate(line.when, self.material.situation) is Truth.NO:
            return str(labels["not_concerned"])
        if line.claims in self.material.library.checks:
            _, check = self.material.library.checks[line.claims]
            if evaluate(check.when, self.material.situation) is Truth.NO:
                return str(labels["not_concerned"])
        given = record.answers.get(line.claims, NO_ANSWER)
        return str(labels["set_aside"].format(reason=given.reason)) if given.answer == (SET_ASIDE,) else ""

    def _write_line(self, line: OutlineLine) -> tuple[list[Pieces], str]:
        """The paragraphs of a line and where they come from; a blank where an answer is missing to write it at all."""
        material = self.material
        if evaluate(line.when, material.situation) is Truth.UNKNOWN:
            return self._write_blank(build_condition_blank(line.when, material), line.label)
        if line.claims and not is_claim_answered(line.claims, material):
            given = material.record.answers.get(line.claims, NO_ANSWER)
            return self._write_blank(build_blank(line.claims, given, material), line.label)
        if line.facts:
            return self._write_facts(line)
        origin = render_claim_origin(line.claims, material) if line.claims else render_line_origin(line, material)
        if line.answer:
            filling = find_filling(line.answer, material)
            if isinstance(filling, Blank):
                return self._write_blank(filling, line.label)
            return [[{"text": text, "is_blank": False}] for text in filling], origin
        return [self._write_sentence(line)], origin

    def _write_facts(self, line: OutlineLine) -> tuple[list[Pieces], str]:
        """Nothing but the tables, which say where they come from; a blank where a file is missing that is needed."""
        missing = self.material.wording.labels["draft"]["facts_missing"].get(line.facts)
        if missing is None or any(build_fact_tables(line, self.material)):
            return [], ""
        return self._write_blank(Blank("", missing), line.label)

    def _write_sentence(self, line: OutlineLine) -> Pieces:
        fillings = {id: find_filling(id, self.material) for id in list_line_fillings(line)}
        pieces: Pieces = []
        for words, id in split_by_fillings(line.says):
            filling = fillings[id] if id else (words,)
            if isinstance(filling, Blank):
                pieces.append({"text": self._note_blank(filling, line.label), "is_blank": True})
            else:
                pieces.append({"text": " ".join(filling) if id else words, "is_blank": False})
        return pieces

    def _write_blank(self, blank: Blank, label: str) -> tuple[list[Pieces], str]:
        return [[{"text": self._note_blank(blank, label), "is_blank": True}]], ""

    def _note_blank(self, blank: Blank, label: str) -> str:
        place = self.material.wording.labels["marks"]["apart"].join(filter(None, (self.heading, label)))
        self.blanks.append({"place": place, "ask": blank.ask, "who": blank.who, "id": blank.id})
        return render_blank(blank, self.material.wording)

    def _find_unfit_words(self, sample: str) -> UnfitWords | None:
        """What a checklist shows as words that would not do, in the language of the draft or the first there is."""
        if not sample:
            return None
        requirement, _, key = sample.rpartition(".")
        found = self.material.all_rules.requirements[requirement].samples[key]
        language = self.material.wording.labels["language"]
        insufficient = found.insufficient.get(language) or next(iter(found.insufficient.values()), "")
        return {"use": found.use, "insufficient": insufficient, "because": found.because}

    def _fill_snippet(self, snippet: str, words: str) -> str:
        """Markup with the words in it, safe to paste."""
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        parts: Iterable[tuple[str, str]] = split_by_fillings(snippet)
        put = {"words": escaped, "language": str(self.material.wording.labels["language"])}
        return "".join(put.get(name, "") if name else text for text, name in parts)
