"""Portfolios to look at: of the small records in `golden/` and a broken one, of the examples, or hostile."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest import mock

from support.paths import GOLDEN
from support.sample_reports import DAY, HOSTILE, NAMES
from tenken import __version__
from tenken.assessment.rule_words import RuleWords
from tenken.assessment.system_row_types import PortfolioRow
from tenken.cli.portfolio_rows import PortfolioRows
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import get_language, use_language
from tenken.report.formats import choose_by_name_or_ending
from tenken.report.portfolio.formats import PORTFOLIO_FORMATS
from tenken.report.portfolio.row_texts import parse_found_row
from tenken.rules import loading

BROKEN = "tenken: [broken\n"


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    before = get_language()
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def render_portfolio(
    form: str,
    language: str = "en",
    *,
    settings: Sequence[str] = (),
) -> str:
    """A portfolio of the current folder in one form, as if made by a tenken without a version."""
    with _speaking(language):
        rows = PortfolioRows([Path()], DAY.isoformat(), RuleWords(language))
        rows.suppose([], settings)
        material = rows.build_material(rows.pass_on(None), Path())
        made = "".join(choose_by_name_or_ending(form, "", PORTFOLIO_FORMATS).write_parts(material))
    return made.replace(f"tenken {__version__}", "tenken 0.0.0")


def list_rows(folder: Path) -> list[PortfolioRow]:
    return [*map(parse_found_row, PortfolioRows([folder], DAY.isoformat(), RuleWords("en")).pass_on(None))]


@contextmanager
def small_rules() -> Iterator[None]:
    """The small checklists in `golden/`, in a folder of their own, in the place of those that ship."""
    with tempfile.TemporaryDirectory() as name:
        for pattern in ("profile*.yaml", "honest-machines*.yaml", "good-manners*.yaml"):
            for path in GOLDEN.glob(pattern):
                shutil.copy(path, name)

        def found(kind: str) -> Path:
            return Path(name) if kind == "checklists" else find_shipped_folder(kind)

        with mock.patch.object(loading, "find_shipped_folder", found):
            yield


@contextmanager
def small_records() -> Iterator[Path]:
    """A folder with the small records in `golden/`, of which one has a report beside it, and a broken one."""
    with tempfile.TemporaryDirectory() as name, small_rules():
        for record in NAMES:
            shutil.copy(GOLDEN / f"{record}.yaml", name)
        shutil.copy(GOLDEN / "typical.html", name)
        Path(name, "broken.yaml").write_text(BROKEN, "utf-8")
        yield Path(name)


def golden_portfolio(form: str, language: str = "en", settings: Sequence[str] = ()) -> str:
    with small_records() as folder, chdir(folder):
        return render_portfolio(form, language, settings=settings)


def example_portfolio(form: str, language: str = "en") -> str:
    with chdir(find_shipped_folder("examples")):
        return render_portfolio(form, language)


def write_hostile_records(folder: Path, said: str = HOSTILE) -> None:
    """Records in which all that is free text is hostile, and a broken one of a hostile name."""
    quoted = "'" + said.replace("'", "''") + "'"
    text = (GOLDEN / "typical.yaml").read_text("utf-8")
    for harmless in ("Acme Help", "Acme GmbH", "Jun Abe", "Lea Roth", "Ken in marketing"):
        text = text.replace(f": {harmless}\n", f": {quoted}\n").replace(f": {harmless},", f": {quoted},")
        text = text.replace(f": {harmless}}}", f": {quoted}}}")
    (folder / "hostile.yaml").write_text(text, "utf-8")
    for odd in ("<img src=x>.yaml", "=cmd|calc.yaml", "tab\there.yaml", "back\u202egnp.yaml", "[a](javascript:b).yaml"):
        (folder / odd).write_text(BROKEN, "utf-8")


def hostile_portfolio(form: str, said: str = HOSTILE) -> str:
    with tempfile.TemporaryDirectory() as name, small_rules():
        write_hostile_records(Path(name), said)
        with chdir(name):
            return render_portfolio(form)


def write_portfolio_pages(folder: Path) -> None:
    """The pages a browser looks at."""
    pages = {
        "portfolio-en": golden_portfolio("html", settings=["does=paints"]),
        "portfolio-ja": golden_portfolio("html", "ja"),
        "portfolio-examples": example_portfolio("html"),
        "portfolio-hostile": hostile_portfolio("html"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
