"""What is written about recommendations never sounds like a breach of a duty."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_line import collect_output
from support.page_text import HARD_WORDS, find_hard_words, read_page_text
from support.whole_interviews import AS_OF, answered_softly
from tenken.report.formats import REPORT_FORMATS


@pytest.fixture(params=["no", "explained", "unsure"])
def soft(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_bytes(answered_softly(request.param))
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("language", HARD_WORDS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "record.yaml", "--within", "90d"),
        ("explain", "record.yaml"),
        ("explain", "record.yaml", "--set", "japan_role=none"),
        *(
            ("report", "record.yaml", *(("--only", form.part) if form.part else ()), "--format", form.name, "-o", "-")
            for form in REPORT_FORMATS
            if form.name != "json" and not form.extra
        ),
        ("questions", "record.yaml", "--blank"),
        ("diff", "record.yaml", "record.yaml"),
    ],
    ids=lambda arguments: " ".join(arguments).replace("record.yaml ", ""),
)
def test_nothing_written_on_recommendations_sounds_like_a_breach(
    soft: Path, arguments: tuple[str, ...], language: str
) -> None:
    day = () if arguments[0] == "questions" else ("--as-of", str(AS_OF))
    said = collect_output(*arguments, *day, language=language, cwd=soft.parent)
    assert said.strip()
    assert "Traceback" not in said
    assert find_hard_words(read_page_text(said) if "<html" in said else said, language) == set()
