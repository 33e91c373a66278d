"""The strict reader: text stays text, both parsers agree, nothing crashes it; and writing, whole or not at all."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from support.paths import SMALL
from tenken.files import strict_yaml
from tenken.files.durable_writing import write_durably
from tenken.files.problems import Problems
from tenken.files.strict_yaml import PARSER, Node, parse_yaml
from tenken.files.yaml_writing import dump_yaml

RULES = SMALL.read_text("utf-8")
yamlish = st.text(alphabet="ab :-,?#'\"[]{}&*!|>%@`\\\n\t=~<0.é、：　", max_size=60)


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def read(text: str, parser: Any) -> Any:
    """What a parser makes of a text, or None if it is refused."""
    keep, strict_yaml.PARSER = PARSER, parser
    try:
        return plain(parse_yaml(text.encode("utf-8", "surrogatepass"), "a.yaml"))
    except Problems:
        return None
    finally:
        strict_yaml.PARSER = keep


def test_what_is_forbidden_cannot_be_printed_so_that_what_can_need_not_be_searched() -> None:
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    forbidden = re.findall(strict_yaml._FORBIDDEN_CHARACTERS, characters)
    assert len(forbidden) > 2048
    assert not [character for character in forbidden if character.isprintable()]
    assert not strict_yaml._TAB_CHARACTER.isprintable()


def test_scalars_stay_text() -> None:
    text = "a: yes\nb: 1.10\nc: 010\nd: 2026-08-02\ne: ~\nf: 12:30:45\ng: .nan\nh: NO\n"
    assert read(text, PARSER) == {
        "a": "yes",
        "b": "1.10",
        "c": "010",
        "d": "2026-08-02",
        "e": "~",
        "f": "12:30:45",
        "g": ".nan",
        "h": "NO",
    }


@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="PyYAML was built without libyaml")
@settings(max_examples=1500)
@given(yamlish)
@example("a: {b:{c:d}}")
@example("{ask: Is it?, basis: text}")
@example('"\\ud800"')
def test_both_parsers_read_the_same_or_refuse(text: str) -> None:
    by_c, by_python = read(text, yaml.CBaseLoader), read(text, yaml.BaseLoader)
    assert by_c is None or by_python is None or by_c == by_python


@pytest.mark.thorough
@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="PyYAML was built without libyaml")
@settings(max_examples=300)
@given(st.integers(0, len(RULES) - 1), st.sampled_from(list(":-,?#'\"[]{}&*!|>%@\n\t　：x")))
def test_both_parsers_give_the_same_verdict_on_a_damaged_checklist(at: int, character: str) -> None:
    text = RULES[:at] + character + RULES[at:]
    by_c, by_python = read(text, yaml.CBaseLoader), read(text, yaml.BaseLoader)
    assert by_c == by_python


@settings(max_examples=500)
@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    try:
        parse_yaml(content, "a.yaml")
    except Problems as found:
        assert str(found)


def test_sixty_thousand_brackets_are_refused_at_once() -> None:
    for text in ("[" * 60_000, "- " * 50_000, "{a: " * 30_000):
        assert read(text, PARSER) is None


nested = st.recursive(
    st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_-é", min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=5), nested, min_size=1, max_size=4))
def test_what_is_written_is_read_back(content: dict[str, Any]) -> None:
    written = dump_yaml(content)
    back = read(written, PARSER)
    assume(back is not None or not written.isprintable())
    if back is not None:
        assert back == content


def test_writing_keeps_permissions_and_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    write_durably(link, "new\n")
    assert (target.read_text("utf-8"), target.stat().st_mode & 0o777, link.is_symlink()) == ("new\n", 0o640, True)
