"""What a draft is made of, and the forms it is written in."""

from __future__ import annotations

from functools import cached_property

from tenken.assessment.wording import Wording
from tenken.files.file_reading import digest_bytes
from tenken.files.frozen_classes import Frozen
from tenken.records.record import Record
from tenken.report.documents.handed_facts import NO_FACTS, HandedFacts
from tenken.report.formats import ReportFormat
from tenken.rules.library import Library
from tenken.rules.loading import list_shipped_checklists, load_library
from tenken.rules.logic import Situation
from tenken.rules.outline import Outline, find_text_questions
from tenken.rules.requirement import Question


class DraftMaterial(Frozen):
    """An outline, the record whose answers fill it, what they mean to the rules by a day, and what files say besides.

    `language` is that in which it is written.
    """

    outline: Outline
    record: Record
    library: Library
    situation: Situation
    wording: Wording
    facts: HandedFacts = NO_FACTS

    @cached_property
    def texts(self) -> dict[str, Question]:
        """What documents ask, this one even if it does not ship."""
        return {**find_text_questions(self.library.language), **self.outline.questions}

    @cached_property
    def all_rules(self) -> Library:
        """Every checklist that ships, for what the record is not assessed against."""
        return load_library(list_shipped_checklists(), language=self.library.language)


class DraftFormat(ReportFormat):
    """One form of a draft. Its file ends with a digest of all before, so that what people changed in it is theirs."""

    ends: bytes = b"<!-- as tenken made it: %s -->\n"

    def finish_file(self, content: str | bytes) -> bytes:
        made = super().finish_file(content)
        return made + self.ends % digest_bytes(made).encode()

    def is_format_of(self, content: bytes) -> bool:
        begins = (self.ends % b"\0").partition(b"\0")[0]
        made = content[: content.rfind(begins)]
        return content == made + self.ends % digest_bytes(made).encode() and super().is_format_of(made)


PDF_DRAFT = b"% draft made by tenken\n"
DRAFT_FORMATS = (
    DraftFormat("md", "md", "documents.pages:write_markdown_draft", b"<!-- draft made by tenken "),
    DraftFormat("html", "html", "documents.pages:write_html_draft", b'<meta name="generator" content="tenken: draft '),
    DraftFormat(
        "pdf",
        "pdf",
        "documents.pages:write_pdf_draft",
        PDF_DRAFT,
        extra="pdf",
        ends=b"%% as tenken made it: %s\n",
    ),
)
"""The first is printed if no file is named."""


def list_draft_formats() -> list[str]:
    """The names `--format` takes."""
    return [form.name for form in DRAFT_FORMATS]
