"""The report: the same bytes for the same inputs, whatever anybody wrote, and words that say no more than is known."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from support.paths import GOLDEN
from support.sample_reports import DAY, NAMES, golden_view, large_view, view_of, with_texts
from support.small_records import write_small_record
from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.files.frozen_classes import replace_fields
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.answer_values import read_answer_values
from tenken.records.record_file import open_record
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.templates import render_html_link
from tenken.report.view.report_types import ReportView
from tenken.report.view.whole_report import build_report_view
from tenken.rules.loading import load_library
from tenken.rules.logic import Situation

TEMPLATES = find_shipped_folder("templates")
CHATBOT = find_shipped_folder("examples") / "support-chatbot.yaml"
KIB = 1024


class Page(HTMLParser):
    """The tags with the names of their attributes, the links, and the words a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        else:
            self.tags.append((tag, tuple(given)))
        if given.get("id"):
            self.ids.append(given["id"] or "")

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def pages() -> Iterator[tuple[str, str]]:
    for name in NAMES:
        yield name, render_html_report(golden_view(name))


PAGES = dict(pages())
TYPICAL = golden_view("typical")


@pytest.mark.parametrize("suffix", ["html", "md"])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", NAMES)
def test_reports_are_as_they_were(name: str, language: str, suffix: str) -> None:
    """`TENKEN_GOLDEN=1 pytest tests/report` writes them anew; look at the difference before you commit it."""
    path = GOLDEN / (f"{name}.{suffix}" if language == "en" else f"{name}.{language}.{suffix}")
    shown = golden_view(name, language=language)
    made = render_html_report(shown) if suffix == "html" else render_markdown_report(shown)
    if os.environ.get("TENKEN_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text("utf-8")


HARMLESS = "x"
MARKUP = [
    "<script>document.title='run'</script>",
    "</script><script>document.title='run'</script>",
    "</style><script>document.title='run'</script>",
    "</title><script>document.title='run'</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>",
    "<object data=x>",
    "<embed src=x>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example><input name=a>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<plaintext>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php",
    "<a href=javascript:alert(1)>x</a>",
    "<b>bold</b>",
    "</td></tr></table><h1>x",
    "</dl></article>",
    "</main></body></html>",
]
ATTRIBUTES = [
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" style="position:fixed',
    "x onclick=alert(1)",
    "`onclick=alert(1)`",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "javascript\uff1aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "http://evil.example/",
    "//evil.example/x",
    "///evil.example/x",
    "\\\\evil.example\\x",
    "/etc/passwd",
    "~/.ssh/id_rsa",
    "../../secret.txt",
    "evidence/../../secret.txt",
    "C:\\secret.txt",
    "https:evil.example",
    "https://evil.example@good.example/",
    'https://evil.example/"onclick="alert(1)',
    "mailto:a@b.example?bcc=everybody@c.example",
    "blob:https://evil.example/1",
]
TEMPLATE_AND_STYLE = [
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{{ ''.__class__.__mro__ }}",
    "{# comment",
    '"} body { display: none } a { content: "',
    "\\000022 } * { display: none }",
    "*/ } * { display: none } /*",
    "@import url(https://evil.example/x.css);",
]
PAYLOADS = MARKUP + ATTRIBUTES + ADDRESSES + TEMPLATE_AND_STYLE


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 60


@cache
def page_of_texts(text: str) -> Page:
    return Page(render_html_report(with_texts(TYPICAL, lambda _: text)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_changes_the_page(payload: str) -> None:
    """Every text of the plain data at once, labels and ids too: the same tags with the same attributes."""
    hostile = page_of_texts(payload)
    assert hostile.tags == page_of_texts(HARMLESS).tags
    assert all(re.match(r"https://|mailto:|#|(?![/~])[^:]+$", link) for link in hostile.links)


@pytest.mark.parametrize("payload", ADDRESSES)
def test_an_address_that_is_not_safe_stays_text(payload: str) -> None:
    assert "<a" not in render_html_link(payload)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://acme.example/ai?lang=en&part=2#top", "https://acme.example/ai?lang=en&amp;part=2#top"),
        ("https://acme.example", "https://acme.example"),
        ("https://acme.example/日本", "https://acme.example/%E6%97%A5%E6%9C%AC"),
        ("mailto:mia@acme.example", "mailto:mia@acme.example"),
        ("evidence/first screen.png", "evidence/first%20screen.png"),
        ("evidence/100%.pdf", "evidence/100%25.pdf"),
        ("screen.png", "screen.png"),
        ("証拠/画面.png", "%E8%A8%BC%E6%8B%A0/%E7%94%BB%E9%9D%A2.png"),
    ],
)
def test_a_safe_address_becomes_a_link(target: str, address: str) -> None:
    assert render_html_link(target).startswith(f'<a href="{address}">')


def test_words_are_not_taken_for_a_path() -> None:
    assert render_html_link("The signed contract in the safe") == "The signed contract in the safe"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_needs_nothing_else_and_runs_only_its_own_script(name: str) -> None:
    page = PAGES[name]
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0]
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(inside) == 1
        assert f"{tag}-src 'sha256-{b64encode(sha256(inside[0].encode()).digest()).decode()}'" in policy
    assert len(re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[0].encode()) <= 2 * KIB
    for rule in ("default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"):
        assert rule in policy
    attributes = {name for _, names in Page(page).tags for name in names}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset", "action")]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_inside_the_page_leads_somewhere(name: str) -> None:
    page = Page(PAGES[name])
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_templates_quote_every_attribute_and_trust_no_text() -> None:
    for path in (*TEMPLATES.rglob("*.j2"), TEMPLATES / "report.css", TEMPLATES / "report.js"):
        text = path.read_text("utf-8")
        assert not re.search(r"=\{\{|\|\s*safe\b|autoescape|onclick", text), path


def deviations(plain: Any, kind: Any, place: str = "report") -> Iterator[str]:
    """Where data is not what its type says, to the letter: a text is a `str`, and no name is missing or left over."""
    if is_typeddict(kind):
        yield from (f"{place}.{name}" for name in kind.__required_keys__ ^ set(plain))
        for name, hint in get_type_hints(kind).items():
            yield from deviations(plain.get(name), hint, f"{place}.{name}")
    elif get_origin(kind) is list:
        yield from (found for item in plain for found in deviations(item, get_args(kind)[0], f"{place}[]"))
    elif get_origin(kind) is UnionType:
        if plain is not None:
            yield from deviations(plain, get_args(kind)[0], place)
    elif not (isinstance(plain, dict) if get_origin(kind) else type(plain) is kind):
        yield f"{place} is {plain!r}"


@pytest.mark.parametrize("name", [*NAMES, "tokyo-company"])
def test_the_data_is_plain_and_as_its_types_say(name: str) -> None:
    view = golden_view(name) if name in NAMES else view_of(find_shipped_folder("examples") / f"{name}.yaml")
    assert list(deviations(view, ReportView)) == []


def chatbot_under_one_law() -> ReportView:
    checklists = load_library(["eu-transparency"])
    whole = open_record(CHATBOT).record
    kept = replace_fields(whole, answers={id: given for id, given in whole.answers.items() if id in checklists.order})
    situation = Situation(read_answer_values(kept.answers, checklists), DAY)
    return build_report_view(assess_all(checklists, situation), kept, Wording(checklists))


def test_a_report_is_small() -> None:
    assert len(render_html_report(chatbot_under_one_law()).encode()) <= 62 * KIB
    assert len(render_html_report(view_of(CHATBOT)).encode()) <= 72 * KIB
    assert len(render_html_report(large_view(300)).encode()) <= 600_000
    for example in find_shipped_folder("examples").glob("*.yaml"):
        shown = view_of(example)
        most = 332 if len(shown["findings"]) > 50 else 132  # the recommendations are many
        assert len(render_html_report(shown).encode()) <= most * KIB, example


@pytest.mark.parametrize("name", NAMES)
def test_it_says_once_that_it_is_not_legal_advice(name: str) -> None:
    assert Page(PAGES[name]).text.count("legal advice") == 1
    assert render_markdown_report(golden_view(name)).count("legal advice") == 1


@pytest.mark.parametrize("name", NAMES)
def test_it_counts_and_does_not_grade(name: str) -> None:
    text = Page(PAGES[name]).text.replace("2 % of turnover", "")
    assert not re.search(r"\d ?%|\bscore|\bcompliant|\bcompliance|\bcritical|\bdanger", text, re.IGNORECASE)


def test_soft_law_never_sounds_like_a_breach() -> None:
    breach = r"\bgaps?\b|\bfail|\bviolat|\bbreach|\bprohibit|\bnot met\b|\bmust\b|\bpenalt|\bmissing\b|\bin force\b"
    view = golden_view("soft")
    for text in (Page(PAGES["soft"]).text, render_markdown_report(view)):
        assert not re.search(breach, text, re.IGNORECASE)
        assert "Partly taken up" in text
        assert "Not yet taken up" in text


def test_what_a_reader_must_know_before_the_dates_comes_first() -> None:
    early, late = golden_view("typical", date(2026, 7, 1)), golden_view("typical", date(2027, 3, 1))
    then = "2026.10 00000000"
    assert any("that of 27 July 2026" in notice for notice in early["notices"])
    assert any("reviewed by 20 February 2027" in notice for notice in late["notices"])
    assert [notice for notice in golden_view("typical")["notices"] if then not in notice] == []
    page = render_html_report(early)
    assert page.index("that of 27 July 2026") < page.index('<dl class="laws">')


def test_the_answer_comes_first() -> None:
    shown = golden_view("typical")
    assert [law["sentence"] for law in shown["laws"]] == [
        "4 duties: 2 not met, the first since 2 August 2026; 1 met; 1 more may apply; "
        "1 set aside by you, with a reason.",
        "3 voluntary points: 2 not yet fully taken up; 1 taken up.",
    ]
    assert [(gap["id"], gap["owners"], gap["due"], gap["due_note"]) for gap in shown["first"]] == [
        ("HM-2", ["Jun Abe"], "15 December 2026", ""),
        ("HM-3", ["Lea Roth"], "10 November 2026", "overdue by 13 days"),
        ("GM-1", [], "", ""),
    ]
    assert (shown["more_gaps"], shown["unowned"]) == ("And 1 more, voluntary.", "Nobody is named yet for 1 of them.")
    assert [(each["ask"], each["requirements"]) for each in shown["settle"]] == [
        ("Do you publish what it writes to inform the public?", ["HM-5"])
    ]


def test_a_date_after_the_start_of_a_requirement_says_so() -> None:
    first = golden_view("typical", date(2026, 7, 1))["first"][0]
    assert first["due_note"] == "later than the requirement starts"


def test_what_is_prohibited_is_first_and_names_the_way_out() -> None:
    first = golden_view("all-gaps")["first"][0]
    assert (first["id"], first["status"]) == ("HM-1", "Prohibited")
    assert first["action"].startswith("Take the claim out")


def test_good_practice_is_never_a_gap() -> None:
    shown = {each["id"]: each for each in golden_view("typical")["findings"]}
    assert [check["ask"] for check in shown["HM-2"]["practice_checks"]] == [
        "Are people told again when they come back after a day?"
    ]
    points = [point for section in golden_view("typical")["open_sections"] for point in section["points"]]
    assert not [action for point in points for action in point["todo"] if "each conversation" in action["text"]]


def test_the_plan_says_who_has_what_until_when_and_once_how_much_nobody_has() -> None:
    shown = golden_view("typical")
    planned = [(row["owner"], row["due"], [one["id"] for one in row["requirements"]]) for row in shown["plan"]]
    assert planned == [("Jun Abe", "15 December 2026", ["HM-2"]), ("Lea Roth", "10 November 2026", ["HM-3"])]
    assert shown["unplanned"] == "Nobody is named and no day is set yet for 2 points."


def test_what_is_noted_on_a_day_is_noted_on_nothing_else_of_that_day(tmp_path: Path) -> None:
    planned = "{answer: no, owner: Ada, due: 2028-01-01}"
    facts = {"eu_role": "[provider, deployer]", "small_changed": "yes"}
    answers = {**facts, "S-1.told": planned, "S-1.clear": "yes", "S-3.updated": planned}
    shown = view_of(write_small_record(tmp_path / "acme.yaml", answers))
    notes = {one["id"]: row["due_note"] for row in shown["plan"] for one in row["requirements"]}
    assert notes == {"S-1": "", "S-3": "later than the requirement starts"}


def test_everything_that_does_not_apply_has_a_reason() -> None:
    rows = [row for law in golden_view("final")["settled"] for row in law["rows"]]
    named = {one["id"]: row for row in rows for one in row["requirements"]}
    assert set(named) == {"HM-1", "HM-2", "HM-3", "HM-4", "HM-5", "HM-6"}
    assert named["HM-2"]["reasons"] == ["Your role: not “We make it”"]
    assert named["HM-6"]["done"] == "The one measure of the text is in place."


def test_every_answer_is_in_the_report_with_who_and_when() -> None:
    shown = golden_view("typical")
    file = open_record(GOLDEN / "typical.yaml").record
    page = Page(PAGES["typical"]).text
    assert len(shown["answers"]) == sum(1 for id in file.answers if "." not in id)
    for given in file.answers.values():
        assert all(text in page for text in (given.note, given.reason, given.owner, given.by))


def test_a_final_report_names_who_signed_it_off() -> None:
    assert "Final, signed off by Mia Sato on 21 November 2026" in Page(PAGES["final"]).text


@pytest.mark.parametrize("block", [":root {", "@media screen and (prefers-color-scheme: dark)", "@media print"])
def test_every_colour_of_text_can_be_read(block: str) -> None:
    """WCAG 2.2 AA: at least 4.5 to 1 on the paper and on the tint under quotations."""
    css = (TEMPLATES / "report.css").read_text("utf-8")
    blocks = (css[css.index(at) :].partition("}")[0] for at in (":root", block))
    colours = dict(pair for text in blocks for pair in re.findall(r"--(\w+): (#\w+);", text))
    for name in ("ink", "quiet", "link", "gap", "undetermined", "met", "explained", "rest", "soft"):
        for ground in ("paper", "wash"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "payload", [*MARKUP[:6], "[x](javascript:alert(1))", "# head", "| a |", "`code`", "@octocat #1"]
)
def test_markdown_shows_what_was_written(payload: str) -> None:
    view = golden_view("typical")
    made = render_markdown_report({**view, "system": payload, "notices": [payload]})
    assert not re.search(r"(?<![\\(])<\w|(?<!\\)\]\((?!<)|@\w", made)
    assert made.count("\n# ") == 1


def test_of_laws_of_which_nothing_applies_there_is_one_line() -> None:
    shown = view_of(find_shipped_folder("examples") / "newsroom.yaml")
    assert [law["title"] for law in shown["laws"]] == ["EU AI Act"]
    assert len([table for table in shown["count_tables"] if table["tone"] == "binding"]) == 1
