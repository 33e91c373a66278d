"""The formats of a report in one table, from which the command line, its help, the writing of files and the tests read.

The table names what writes each format instead of importing it: Jinja, say, is loaded only for a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from tenken.files.durable_writing import encode_document
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems, suggest_instead

if TYPE_CHECKING:
    from pathlib import Path

    from tenken.assessment.changes_since import ChangesSince
    from tenken.assessment.findings import Assessment
    from tenken.assessment.wording import Wording
    from tenken.records.record_file import RecordFile

PDF_REPORT, PDF_SUMMARY, PDF_FORMS = b"% made by tenken\n", b"% summary made by tenken\n", b"% forms made by tenken\n"
"""The last line of each PDF of ours, a comment by which it is known again."""
REGISTER_WORKBOOK = b"<dc:description>register by tenken "
"""What a workbook of ours says of itself near its beginning, until another program saves it."""

Offered = TypeVar("Offered")
AnyFormat = TypeVar("AnyFormat", bound="ReportFormat")

_HEAD = 1000
"""How many bytes from the beginning of a file a signature is looked for; else it is the end of the file."""


class ReportMaterial(Frozen):
    """What a report is made of; perhaps what moved since an earlier time, and the folder of a letterhead.

    `is_full` opens the annex, so that it is printed too. `folder` is where the report will lie, if not beside the
    record. `delimiter` separates the cells of CSV.
    """

    record_file: RecordFile
    assessment: Assessment
    wording: Wording
    since: ChangesSince | None = None
    letterhead: Path | None = None
    is_full: bool = False
    folder: Path | None = None
    delimiter: str = ","


class ReportFormat(Frozen):
    """One form of the whole report, or of the part that `--only` picks out."""

    name: str
    ending: str
    writer: str
    """`module:function` in this room, which makes a text or bytes of a `ReportMaterial`."""
    signature: bytes | str
    """What every file of ours in this format has near its beginning or at its end, and nobody writes by chance; or the
    `module:function` that lists all it can be, where it depends on the language."""
    part: str = ""
    takes_letterhead: bool = False
    """Whether `--template` may make it."""
    folds_annex: bool = False
    """Whether its annex is closed, and left out in print, unless everything is asked for."""
    on_screen: bool = False
    """Printed unless a file is named; the signature ends the file and does not disturb the screen."""
    shows_changes: bool = False
    """Whether it can say what moved since an earlier time."""
    extra: str = ""
    """What it needs beside tenken: `pip install tenken[EXTRA]`."""

    def name_file_beside(self, record: Path) -> Path:
        """The file beside a record that is made if none is named; a part with the ending of a whole is told apart."""
        whole = {form.ending for form in REPORT_FORMATS if not form.part}
        part = f"-{self.part}" if self.part and self.ending in whole else ""
        return record.with_name(f"{record.stem}{part}.{self.ending}")

    def write_content(self, material: Frozen) -> str | bytes:
        content: str | bytes = load_writer(self.writer)(material)
        return content

    def finish_file(self, content: str | bytes) -> bytes:
        """The content as it stands in a file."""
        made = encode_document(content) if isinstance(content, str) else content
        return b"".join((made, *self._list_signatures())) if self.on_screen else made

    def is_format_of(self, content: bytes) -> bool:
        """Whether tenken made a file with this content, and in this format."""
        return any(mark in content[:_HEAD] or content.endswith(mark) for mark in self._list_signatures())

    def _list_signatures(self) -> tuple[bytes, ...]:
        if isinstance(self.signature, bytes):
            return (self.signature,)
        signatures: tuple[bytes, ...] = load_writer(self.signature)()
        return signatures


# The first format of the whole, and of each part, is the one that is made if none is asked for.
REPORT_FORMATS = (
    ReportFormat(
        "html",
        "html",
        "pages:write_html_report",
        b'<meta name="generator" content="tenken ',
        takes_letterhead=True,
        folds_annex=True,
        shows_changes=True,
    ),
    ReportFormat("json", "json", "export.json_result:write_json_report", b'"made_by": "tenken ', shows_changes=True),
    ReportFormat(
        "md",
        "md",
        "pages:write_markdown_report",
        b"<!-- made by tenken ",
        takes_letterhead=True,
        shows_changes=True,
    ),
    ReportFormat("oscal", "oscal.json", "export.oscal_results:write_oscal_results", b'"ns": "urn:tenken:oscal"'),
    ReportFormat("csv", "csv", "export.csv_register:write_csv_report", "export.csv_register:list_register_headers"),
    ReportFormat("xlsx", "xlsx", "export.register_workbook:write_register_workbook", REGISTER_WORKBOOK, extra="xlsx"),
    ReportFormat(
        "pdf",
        "pdf",
        "pdf:write_pdf_report",
        PDF_REPORT,
        takes_letterhead=True,
        folds_annex=True,
        shows_changes=True,
        extra="pdf",
    ),
    ReportFormat(
        "text",
        "txt",
        "export.summary_text:write_summary_text",
        b"\nMade by: tenken report --only summary\n",
        part="summary",
        on_screen=True,
    ),
    ReportFormat(
        "html",
        "html",
        "pages:write_html_summary",
        b'<meta name="generator" content="summary by tenken ',
        part="summary",
        takes_letterhead=True,
    ),
    ReportFormat(
        "md",
        "md",
        "pages:write_markdown_summary",
        b"<!-- summary made by tenken ",
        part="summary",
        takes_letterhead=True,
    ),
    ReportFormat(
        "pdf",
        "pdf",
        "pdf:write_pdf_summary",
        PDF_SUMMARY,
        part="summary",
        takes_letterhead=True,
        extra="pdf",
    ),
    ReportFormat(
        "text",
        "txt",
        "export.timeline:write_dates_text",
        b"\nMade by: tenken report --only dates\n",
        part="dates",
        on_screen=True,
    ),
    ReportFormat("ics", "ics", "export.timeline:write_dates_calendar", b"PRODID:-//tenken//", part="dates"),
    ReportFormat(
        "text",
        "txt",
        "export.comparison_text:write_comparison_text",
        b"\nMade by: tenken report --only comparison\n",
        part="comparison",
        on_screen=True,
    ),
    ReportFormat(
        "html", "html", "pages:write_html_forms", b'<meta name="generator" content="tenken: forms ', part="forms"
    ),
    ReportFormat("md", "md", "pages:write_markdown_forms", b"<!-- forms made by tenken ", part="forms"),
    ReportFormat("pdf", "pdf", "pdf:write_pdf_forms", PDF_FORMS, part="forms", extra="pdf"),
)


def load_writer(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(f"tenken.report.{module}"), function)
    return loaded


def list_whole_formats() -> list[str]:
    """The names `--format` takes for the whole report."""
    return [form.name for form in REPORT_FORMATS if not form.part]


def list_report_parts() -> list[str]:
    """The names `--only` takes."""
    return list(dict.fromkeys(form.part for form in REPORT_FORMATS if form.part))


def list_part_formats() -> list[str]:
    """The names `--format` takes for some part or other."""
    return list(dict.fromkeys(form.name for form in REPORT_FORMATS if form.part))


def find_report_ending(path: Path) -> str:
    """How the name of a file ends, by which its format is chosen; what has two dots is meant before its last part."""
    endings = sorted((form.ending for form in REPORT_FORMATS), key=len, reverse=True)
    known = (ending for ending in endings if path.name.lower().endswith(f".{ending}"))
    return next(known, path.suffix.lstrip("."))


def choose_report_format(
    said: str, part: str = "", ending: str = "", *, letterhead: bool = False, since: bool = False, full: bool = False
) -> ReportFormat:
    """The format that is called so, else the one whose files end so, else the usual one.

    Raises `Problems` for what there is not, or what cannot do what else was asked of it.
    """
    if part:
        require_choice("--only", part, dict.fromkeys(list_report_parts()))
    forms = {form.name: form for form in REPORT_FORMATS if form.part == part and form.takes_letterhead >= letterhead}
    if not forms:
        raise Problems(Problem(Place("--template"), "a letterhead is for the whole report or its summary"))
    known = {**{form.ending: form for form in forms.values()}, **forms}
    wanted = said or ending.lower() or next(iter(forms))
    form = require_choice("--format" if said or not ending else "-o", wanted, known)
    if since and not form.shows_changes:
        raise Problems(Problem(Place("--since"), "{form} does not show what moved", {"form": form.name}))
    if full and not form.folds_annex:
        text = "leave it out: only {forms} have an annex that can be closed"
        folding = ", ".join(each.name for each in REPORT_FORMATS if each.folds_annex)
        raise Problems(Problem(Place("--full"), text, {"forms": folding}))
    return form


def choose_by_name_or_ending(said: str, ending: str, forms: Sequence[AnyFormat]) -> AnyFormat:
    """The format that is called so, else the one whose files end so, else the first; raises `Problems` for others."""
    wanted = said or ending.lower() or forms[0].name
    return require_choice("--format" if said or not ending else "-o", wanted, {form.name: form for form in forms})


def require_choice(option: str, said: str, known: Mapping[str, Offered]) -> Offered:
    """What is known by a name; raises `Problems` for what an option does not offer."""
    if said not in known:
        facts = {"said": said, "hint": suggest_instead(said, known)}
        raise Problems(Problem(Place(option), "{said} is not one of the choices; {hint}", facts))
    return known[said]
