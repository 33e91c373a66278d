"""The forms a report can take, by the name or the ending of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tenken import report, result
from tenken.assess import Assessment
from tenken.binding import instead
from tenken.problems import Place, Problem, Problems
from tenken.record import RecordFile
from tenken.since import Since
from tenken.words import Words
from tenken.yamlfile import digest

Write = Callable[[RecordFile, Assessment, Words, Since | None], str | bytes]
"""What writes a report of a record, perhaps with what is different since an earlier time."""
Make = Callable[[Mapping[str, Any]], str | bytes]


def _shown(make: Make, file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str | bytes:
    """What a template makes of a record."""
    from tenken import view

    shown = view.build(assessment, file.record, words, file.path.name, digest(file.seen or b""), moved=since)
    return make(shown)


def _json(file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str:
    return report.to_json(result.as_json(assessment, file.record, since))


def _csv(file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str:
    from tenken.export import csv_register

    return csv_register.register(assessment, file.record, words)


def _dates(file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str:
    from tenken.export import timeline

    return timeline.text(assessment, words)


def _comparison(file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str:
    from tenken import terminal
    from tenken.export import side_by_side

    return side_by_side.text(assessment, words, terminal.size()[0])


def _calendar(file: RecordFile, assessment: Assessment, words: Words, since: Since | None) -> str:
    from tenken.export import timeline

    return timeline.calendar(assessment, file.record, words)


MADE_BY_TEMPLATE: Mapping[str, Callable[..., str | bytes]] = {
    "html": report.html,
    "md": report.markdown,
    "pdf": report.pdf,
}
WHOLE: Mapping[str, Write] = {
    **{form: partial(_shown, partial(make, own=None)) for form, make in MADE_BY_TEMPLATE.items()},
    "json": _json,
    "csv": _csv,
}
PARTS: Mapping[str, Mapping[str, Write]] = {
    "dates": {"text": _dates, "ics": _calendar},
    "comparison": {"text": _comparison},
}
"""What `--only` picks out, and the forms of each; the first is the usual one."""


def writer(form: str, only: str = "", own: Path | None = None) -> Write:
    """How a report, or one part of it, is written in a form; `own` is a folder of templates that extend ours.

    Raises `Problems` for what there is not.
    """
    if own:
        return partial(_shown, partial(known("--template", only or form, MADE_BY_TEMPLATE), own=own))
    forms: Mapping[str, Write] = known("--only", only, PARTS) if only else WHOLE
    found: Write = known("--format", form or next(iter(forms)), forms)
    return found


def known(option: str, said: str, known: Mapping[str, Any]) -> Any:
    if said not in known:
        facts = {"said": said, "hint": instead(said, known)}
        raise Problems(Problem(Place(option), "{said} is not one of the choices; {hint}", facts))
    return known[said]


def signature(form: str, words: Words) -> bytes:
    """What a file of this form begins or ends with if tenken made it."""
    if form == "pdf":
        from tenken import pdf

        return pdf.SIGNATURE
    if form == "csv":
        from tenken.export import csv_register

        return csv_register.signature(words)
    return report.SIGNATURE
