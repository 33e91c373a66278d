"""Japanese, whole: every label, every sentence of the program, every checklist, and nothing English left on a page."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.command_line import collect_output, start_tenken
from support.page_text import ENGLISH_SENTENCE, HARD_WORDS, read_page_text
from support.paths import ROOT
from tenken.assessment.wording import Wording
from tenken.files.problems import Phrase, Place, Problem
from tenken.files.shipped_files import find_shipped_folder
from tenken.files.strict_yaml import Node, read_yaml
from tenken.messages.message_catalog import phrase_problem, use_language
from tenken.rules.library import PROFILE_ID
from tenken.rules.loading import list_shipped_checklists, load_library, read_profile_or_checklist
from tenken.rules.translation import list_untranslated_keys

SOURCE = ROOT / "src" / "tenken"
TEMPLATES = find_shipped_folder("templates")
CHECKLISTS = find_shipped_folder("checklists")
CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"
NO_SENTENCE = re.compile(
    r"^(?:(?:JPEG|JXL|PNG|GIF|RIFF|TIFF|EXIF|ID3|Ogg|PDF|SVG|HTML|udta|uuid|Vorbis|text) [\w:]+(?: 52545)?"
    r"|\s*(?:PRAGMA|SELECT|INSERT|DELETE) .*"
    r"|stable diffusion|body\{.*|<\?xml .*"
    r"|not applicable|\(\) block|<!doctype.*|screen and \(.*|in force|on request|relied on|bold ansicyan"
    r"|(?:expected ',' or|mapping values|alphabetic or"
    r" numeric|cannot start any token)|tenken (?:assess|marks)|<a href=.*|# .*|SCHEMA.*|.*[\\^].*|[^A-Za-z]*)$",
    re.DOTALL,
)
"""Words with a space in the code that nobody reads or that go into files: states, patterns, what a library says."""

REFERENCE_ONLY = "_explain_status"
"""What is said there stands in the reference of the format, which is English."""


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    return [plain(child) for child in node.value] if isinstance(node.value, list) else node.value


def keys(labels: Any, path: str = "") -> Iterator[str]:
    if isinstance(labels, dict):
        for key, child in labels.items():
            yield from keys(child, f"{path}.{key}")
    else:
        yield f"{path}[{len(labels)}]" if isinstance(labels, list) else path


def list_cites(node: Any) -> Iterator[str]:
    """Every citation of a checklist, wherever it stands."""
    if isinstance(node, dict):
        yield from (node["cites"],) if isinstance(node.get("cites"), str) else ()
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from list_cites(child)


LABELS = {code: plain(read_yaml(TEMPLATES / f"labels.{code}.yaml")) for code in ("en", "ja")}
TABLE: dict[str, str] = plain(read_yaml(TEMPLATES / "phrases.ja.yaml"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def sentences(path: Path) -> Iterator[str]:
    """What a module says to people: what it gives to `phrase` and its like, its help, and any other words in it."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    silent = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            silent |= {id(part.value) for part in node.body if isinstance(part, ast.Expr)}
        if isinstance(node, ast.FunctionDef) and node.name == REFERENCE_ONLY:
            silent |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Call) and name_of(node) in ("phrase", "Phrase"):
            yield from (said for part in node.args[:1] for said in texts(part))
    for node in nodes:
        for said in texts(node):
            if id(node) not in silent and " " in said.strip() and not NO_SENTENCE.match(said):
                yield said


SENTENCES = {said: path.name for path in sorted(SOURCE.rglob("*.py")) for said in sentences(path)}


def test_the_labels_are_the_same_in_both_languages() -> None:
    both = {
        code: {key for key in keys(labels) if not key.startswith(".cite_patterns")} for code, labels in LABELS.items()
    }
    assert both["ja"] == both["en"]


def test_labels_have_the_same_names_to_fill_in() -> None:
    def texts_of(labels: Any, path: str = "") -> Iterator[tuple[str, str]]:
        for key, child in labels.items():
            if isinstance(child, dict) and key != "cite_patterns":
                yield from texts_of(child, f"{path}.{key}")
            elif isinstance(child, str):
                yield f"{path}.{key}", child

    japanese = dict(texts_of(LABELS["ja"]))
    for key, text in texts_of(LABELS["en"]):
        assert fields(japanese[key]) <= fields(text) | {"count"}, key


def test_every_sentence_of_the_program_is_translated_and_none_is_left_over() -> None:
    assert {said: place for said, place in SENTENCES.items() if said not in TABLE} == {}
    assert set(TABLE) - set(SENTENCES) == set()


@pytest.mark.parametrize("said", TABLE)
def test_a_translation_fills_in_the_same_facts(said: str) -> None:
    assert fields(TABLE[said]) == fields(said)


@pytest.mark.parametrize("name", [PROFILE_ID, *list_shipped_checklists()])
def test_every_checklist_is_translated_whole(name: str) -> None:
    path = find_shipped_folder("checklists") / f"{name}.yaml"
    assert list_untranslated_keys(read_profile_or_checklist(path), path, "ja") == []


@pytest.fixture
def japanese() -> Iterator[None]:
    use_language("ja")
    yield
    use_language("en")


@pytest.mark.usefixtures("japanese")
def test_a_mistake_is_told_in_japanese_with_its_hint_and_stays_english_in_the_code() -> None:
    problem = Problem(Place("a.yaml", 1, 2), "{key} is not a key here; {hint}", {"key": "ttle", "hint": HINT})
    assert str(problem) == "a.yaml:1:2: ttle is not a key here; did you mean title?"
    assert phrase_problem(problem) == "a.yaml:1:2: ttle というキーはここにありません。title のことですか。"


HINT = Phrase("did you mean {name}?", {"name": "title"})


@pytest.mark.parametrize(
    ("cite", "japanese_cite"),
    [
        ("Article 50(1)", "第50条第1項"),
        ("Article 5(1)(h)(iii)", "第5条第1項(h)(iii)号"),
        ("Article 99(4), point (g)", "第99条第4項(g)号"),
        ("Article 50(4), first subparagraph, third sentence", "第50条第4項第1段第3文"),
        ("Directive (EU) 2016/680", "指令 (EU) 2016/680"),
        ("guidelines 34-40", "欧州委員会ガイドライン34～40項"),
        ("recital 20", "前文20"),
        ("code of practice, section 2, measure 1.2", "行動規範 セクション2 措置1.2"),
        ("Annex III, point 1(a)", "附属書III 第1点(a)"),
        ("Copyright Act, Article 30-4", "著作権法第30条の4"),
        (
            "GPAI code of practice, Safety and Security, commitments 2 to 7",
            "GPAI行動規範（安全・セキュリティ）コミットメント2から7まで",
        ),
        ("GPAI guidelines 30-31, 111-114", "GPAIガイドライン30～31・111～114項"),
        ("Article 3(63)", "第3条(63)号"),
        ("guideline, Part 2-C 6)②", "AI事業者ガイドライン第2部C. 6）②"),
        ("guideline, Part 4 P-6) ii.", "AI事業者ガイドライン第4部 P-6）ii."),
        ("checklist 7B ⑦", "別添7B ⑦"),
        ("section 22757.3(a)", "§22757.3(a)"),
        ("sections 22757-22757.6", "§22757-22757.6"),
        ("Civil Code, sections 3110-3111", "民法典§3110-3111"),
        ("SB 1119, section 21812", "SB 1119 §21812"),
        ("SB 26-189, section 5", "SB 26-189 §5"),
        ("General Business Law, section 396-b(3)", "一般事業法§396-b(3)"),
        ("General Business Law, sections 1700-1704", "一般事業法§1700-1704"),
        ("section 6-1-1704(1), (2)", "§6-1-1704(1)・(2)"),
        ("summary template, C(2025) 8311 final", "公開要約テンプレート C(2025) 8311 final"),
        ("Law 132/2025 (Italy)", "イタリア2025年法律第132号"),
        ("AI Promotion Act, Articles 6, 7 and 16", "AI推進法第6条・第7条・第16条"),
        ("Decree, Article 23(3), point (1)", "施行令第23条第3項第1号"),
    ],
)
def test_citations_are_written_as_japanese_readers_write_them(cite: str, japanese_cite: str) -> None:
    assert Wording(load_library(), "ja").render_citation(cite) == japanese_cite


def test_no_citation_of_a_shipped_checklist_stays_half_english() -> None:
    speak = Wording(load_library(list_shipped_checklists()), "ja")
    files = (plain(read_yaml(path)) for path in CHECKLISTS.glob("*.yaml") if path.suffixes == [".yaml"])
    cites = {cite.strip() for file in files for text in list_cites(file) for cite in text.split(";")}
    assert [
        cite
        for cite in sorted(cites)
        if re.search(r"[a-z]{4,}|\b(and|to|of)\b", re.sub("Weiser|final", "", speak.render_citation(cite)))
    ] == []


def own_words() -> str:
    """Everything people wrote into the record."""
    return " ".join(CHATBOT.read_text("utf-8").split())


def test_a_japanese_report_holds_no_english_sentence() -> None:
    said = read_page_text(collect_output("report", CHATBOT, "--as-of", "2026-11-23", "-o", "-"))
    found = {" ".join(match.group().split()) for match in ENGLISH_SENTENCE.finditer(said)}
    assert "ギャップ" in said
    assert {text for text in found if not all(part in own_words() for part in text.split(", "))} == set()


@pytest.mark.parametrize(
    "arguments", [("--help",), ("report", "--help"), ("report",), ("checklists", "--help"), ("nix",), ("repot",)]
)
def test_help_and_mistakes_of_usage_are_japanese(arguments: tuple[str, ...]) -> None:
    said = collect_output(*arguments)
    assert "使い方：" in said
    assert not ENGLISH_SENTENCE.search(said)


def test_a_language_there_are_no_words_for_is_one_line() -> None:
    assert start_tenken("--lang", "de", "--help").stderr == "--lang: tenken does not speak de; it speaks en, ja\n"


@pytest.mark.parametrize("language", HARD_WORDS)
def test_a_report_on_recommendations_never_sounds_like_a_breach(language: str, tmp_path: Path) -> None:
    path = tmp_path / "record.yaml"
    answers = "  where: japan\n  subject: ai_system\n  japan_role: [developer, provider, business_user]\n"
    path.write_text(f"tenken: 1\nsystem: 点検\nchecklists: [japan-ai-guidelines]\nanswers:\n{answers}", "utf-8")
    said = read_page_text(collect_output("report", path, "--as-of", "2026-11-23", "-o", "-", language=language))
    assert len(said) > 10_000
    assert {match.group() for match in HARD_WORDS[language].finditer(said)} == set()


HALF_JOINED = re.compile(r"[ぁ-んァ-ヶ一-龥」』）。][ ]?[,.:;(·](?: |$)", re.MULTILINE)
"""A Japanese word, then the punctuation of English."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", CHATBOT, "--format", "md", "-o", "-"),
        ("report", CHATBOT, "--only", "comparison", "--format", "text", "-o", "-"),
        ("report", CHATBOT, "--only", "dates", "--format", "text", "-o", "-"),
        ("explain", CHATBOT),
        ("check", CHATBOT),
        ("checklists", "show", "japan-quick-check"),
    ],
    ids=["report", "comparison", "dates", "explain", "check", "decisions"],
)
def test_japanese_words_are_joined_by_japanese_punctuation(arguments: tuple[str | Path, ...]) -> None:
    assert HALF_JOINED.findall(collect_output(*arguments)) == []
