"""Files with mistakes, each of which begins by announcing what tenken says about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from support.paths import BROKEN
from tenken.authoring.lint import validate_files
from tenken.files import strict_yaml

PARSERS = [parser for parser in (getattr(yaml, "CBaseLoader", None), yaml.BaseLoader) if parser]


def announced(path: Path) -> list[str]:
    return re.findall(r"^# expect (.*)$", path.read_text("utf-8"), re.MULTILINE)


def said(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in validate_files([path])]


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_gets_exactly_the_problems_it_announces(
    path: Path, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_yaml, "PARSER", parser)
    assert announced(path), "a broken file announces its problems in comments"
    assert said(path) == announced(path)
