"""Templates of somebody's own: what they can change, what they cannot reach, and how their mistakes are told."""

from __future__ import annotations

import ast
import inspect
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pytest

from support.command_line import run_tenken
from support.paths import ROOT
from support.sample_reports import golden_view
from tenken.files.bounded_process import Limits
from tenken.files.problems import Problem, Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.letterhead import rendering
from tenken.report.letterhead.filling import fill_page
from tenken.report.letterhead.rendering import build_template_problem, render_filled_page
from tenken.report.letterhead.template_sandbox import ALLOWED_FILTERS
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.view import finding_types, report_types

EXAMPLE = find_shipped_folder("examples") / "letterhead"
GUIDE = (find_shipped_folder("templates") / "README.md").read_text("utf-8")
BEGIN = '{% extends "tenken/report.html.j2" %}\n'
VIEW = golden_view("typical")


def own(where: Path, text: str, name: str = "report.html.j2") -> Path:
    (where / name).write_text(text, "utf-8")
    return where


def footer(where: Path, text: str) -> Path:
    """A letterhead with something in line 3."""
    return own(where, f"{BEGIN}{{% block footer %}}\n{text}\n{{% endblock %}}\n")


def filled(where: Path, name: str = "report.html.j2", **changed: str) -> str:
    """The report with a letterhead; in this process, which is faster."""
    view = {**VIEW, **changed}
    return render_filled_page(name, view, fill_page({"name": name, "folder": str(where), "view": view})["parts"])


def told_all(where: Path, name: str = "report.html.j2") -> list[str]:
    """The mistakes of a letterhead, without the folder; in this process, which is faster."""
    mistakes = fill_page({"name": name, "folder": str(where), "view": VIEW})["mistakes"]
    return [said(build_template_problem(mistake), where) for mistake in mistakes]


def told(where: Path) -> str:
    """The one mistake of a letterhead."""
    (mistake,) = told_all(where)
    return mistake


def told_apart(where: Path) -> str:
    """The same, in a process of its own, as for everybody."""
    with pytest.raises(Problems) as found:
        render_html_report(VIEW, where)
    (problem,) = found.value.problems
    return said(problem, where)


def said(problem: Problem, where: Path) -> str:
    return str(problem).replace(f"{where}/", "")


def test_the_example_is_a_whole_letterhead(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    chatbot = EXAMPLE.parent / "support-chatbot.yaml"
    done = run_tenken("report", chatbot, "--as-of", "2026-11-23", "--template", EXAMPLE, "-o", target)
    assert done.returncode == 0, done.stderr
    page = target.read_text("utf-8")
    assert page.count('<div class="own">') == 3
    picture = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="Acme GmbH, Graz">', page)
    assert [b64decode(found) for found in picture] == [(EXAMPLE / "logo.svg").read_bytes()]
    assert '<p class="class">Internal</p>' in page
    assert "The most urgent point: Tell people that they are dealing with AI." in page
    assert page.index('class="word"') < page.index('id="answer"')
    assert page.index("</main>") < page.index('<footer class="foot">Acme GmbH, Graz · Acme Help · 23 November 2026')
    assert b"tenken" in page.encode()[:1000]


def test_only_the_annex_of_ours_is_closed_in_print(tmp_path: Path) -> None:
    page = filled(footer(tmp_path, "<details><summary>Imprint</summary><p>Acme</p></details>"))
    assert "<details><summary>Imprint</summary>" in page
    hidden = re.findall(r"[^{};]*details:not\(\[open\]\)", page)
    assert [selector.strip() for selector in hidden] == [".annex details:not([open])"]


def test_the_policy_fits_the_style_with_the_addition() -> None:
    page = render_html_report(VIEW, EXAMPLE)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert ":root{--link:#8f3f22}" in style
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in page
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in page


def test_a_letterhead_that_fills_nothing_changes_nothing(tmp_path: Path) -> None:
    assert filled(own(tmp_path, BEGIN)) == render_html_report(VIEW)


def test_markdown_has_its_own_letterhead(tmp_path: Path) -> None:
    made = render_markdown_report(VIEW, EXAMPLE)
    assert "**Internal: Acme GmbH**\n\n# Acme Help\n" in made
    assert made.endswith("Questions go to legal\\@acme.example.\n")
    again = own(
        tmp_path, '{% extends "tenken/report.md.j2" %}\n{% block footer %}{{ super() }}{% endblock %}', "report.md.j2"
    )
    assert filled(again, "report.md.j2") == render_markdown_report(VIEW)


@pytest.mark.parametrize("block", ["header", "answer", "requirements", "comparison", "method"])
def test_a_section_of_ours_can_be_kept_with_something_before_it(block: str, tmp_path: Path) -> None:
    text = f"{BEGIN}{{% block {block} %}}<p>Before.{{{{ ' ' }}}}</p>{{{{ super() }}}}<p>After.{{% endblock %}}"
    made, plain = filled(own(tmp_path, text)), render_html_report(VIEW)
    before, after = '<div class="own"><p>Before. </p></div>', '<div class="own"><p>After.</p></div>'
    assert made.count(before) == made.count(after) == 1
    assert made.index(before) < made.index(after)
    assert body(made).replace(before, "").replace(after, "") == body(plain)


LEFT_OUT = "our section {} stays as it is: write {{{{ super() }}}} once in the block {}, outside of every element"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<p>All requirements are met.</p>",
        "{{ super() }}{{ super() }}",
        "<div>{{ super() }}</div>",
        "<p>{{ super() }}",
        "<details>{{ super() }}</details>",
        '<p title="{{ super() }}">x</p>',
        "{{ super()|replace('\ufdd2', '') }}",
    ],
)
@pytest.mark.parametrize("block", ["answer", "requirements", "open", "counts", "header", "method"])
def test_a_section_of_ours_is_neither_left_out_nor_wrapped(block: str, content: str, tmp_path: Path) -> None:
    found = told(own(tmp_path, f"{BEGIN}\n{{% block {block} %}}{content}{{% endblock %}}"))
    assert found == f"report.html.j2:3: {LEFT_OUT.format(block, block)}"


def test_the_contents_can_be_left_out(tmp_path: Path) -> None:
    made = filled(own(tmp_path, f"{BEGIN}{{% block contents %}}{{% endblock %}}"))
    assert "<nav" not in made
    assert made.count("<section") == render_html_report(VIEW).count("<section")


def body(page: str) -> str:
    return page.partition("<body>")[2]


def test_what_people_wrote_is_escaped_in_a_letterhead_too(tmp_path: Path) -> None:
    page = filled(footer(tmp_path, "{{ organisation }}"), organisation="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n" in page
    assert "<script>alert" not in page


ESCAPES = {
    "{{ ''.__class__.__mro__ }}": "'__class__' of 'str'",
    "{{ system.__class__ }}": "'__class__' of 'str'",
    "{{ (1).__class__ }}": "'__class__' of 'int'",
    "{{ self.__init__.__globals__ }}": "'__init__' of 'TemplateReference'",
    "{{ range.__globals__ }}": "'__globals__' of 'function'",
    "{{ ''.join.__self__ }}": "'__self__'",
    "{{ laws|groupby('__class__')|list }}": "'__class__' of 'dict'",
    "{{ '{0.__class__}'.format('') }}": "'__class__' of 'str'",
    "{% set f = '{0.__class__.__mro__}'.format %}{{ f('') }}": "'__class__' of 'str'",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}": "'__class__' of 'int'",
    "{{ laws.append(1) }}": "'append' of 'list'",
    "{{ laws[0].update(a=1) }}": "'update' of 'dict'",
    "{{ ''|attr('__class__') }}": "there is no filter attr",
    "{{ '%s'|format(1) }}": "there is no filter format",
    "{{ system|safe }}": "there is no filter safe",
    "{{ laws|tojson }}": "there is no filter tojson",
    "{% filter striptags %}{{ system }}{% endfilter %}": "there is no filter striptags",
    "{% autoescape false %}{{ system }}{% endautoescape %}": "text is always escaped",
    "{{ lipsum }}": "has no lipsum",
    "{{ cycler }}": "has no cycler",
    "{{ joiner }}": "has no joiner",
    "{{ namespace }}": "has no namespace",
    "{% import 'os' as os %}{{ os }}": "there is no os here",
    "{% from 'os' import popen %}": "there is no os here",
    "{% include '../secret.txt' %}": "there is no ../secret.txt here",
    "{% include 'inner/../../secret.txt' %}": "there is no inner/../../secret.txt here",
    "{% include '/etc/passwd' %}": "there is no /etc/passwd here",
    "{% include 'a\\0b' %}": "here; a template takes files of its own folder",
    "{% include 'link.txt' %}": "there is no link.txt here",
    "{% include 'linked/secret.txt' %}": "there is no linked/secret.txt here",
    "{% include 'inner' %}": "there is no inner here",
    "{% include 'tenken/../README.md' %}": "there is no tenken/../README.md here",
    "{% include 'tenken/labels.en.yaml' %}": "there is no tenken/labels.en.yaml here",
    "{{ '../secret.txt'|image }}": "there is no ../secret.txt here",
    "{{ 'link.txt'|image }}": "there is no link.txt here",
    "{{ 'words.txt'|image }}": "words.txt is not a picture",
    "{{ 'false.png'|image }}": "false.png is not a picture",
    "{{ 'large.svg'|image }}": "large.svg is larger than 200 KiB",
    "{% for i in range(10 ** 9) %}{% endfor %}": "Range too big",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "calls itself without end",
}


@pytest.fixture
def around(tmp_path: Path) -> Path:
    """A folder with what a template may not reach around it, and files that are not what they say inside."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    where = tmp_path / "own"
    (where / "inner").mkdir(parents=True)
    (where / "link.txt").symlink_to(tmp_path / "secret.txt")
    (where / "linked").symlink_to(tmp_path)
    (where / "words.txt").write_text("words", "utf-8")
    (where / "false.png").write_text("words", "utf-8")
    (where / "large.svg").write_text("<svg>" + " " * 300_000, "utf-8")
    return where


@pytest.mark.parametrize("payload", ESCAPES)
def test_nothing_leads_out_of_a_template(payload: str, around: Path) -> None:
    found = told(footer(around, payload))
    assert found.startswith("report.html.j2:3: ")
    assert ESCAPES[payload] in found


@pytest.mark.thorough
@pytest.mark.parametrize(
    "payload",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{{ 'a' * 9999 }}{% endfor %}",
        "{{ 'a' * 10 ** 10 }}",
        "{{ 'a'.center(10 ** 10) }}",
        "{{ '%9999999999d' % 1 }}",
    ],
)
def test_a_template_without_end_is_stopped(payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "LIMITS", Limits(seconds=2, megabytes=512))
    assert told_apart(footer(tmp_path, payload)) == "report.html.j2:3: this takes more time or memory than a report may"


TAG = "is not allowed: a letterhead holds text, tables, lists, links and pictures"
ATTRIBUTE = "is not allowed on <"
PICTURE = "a picture stands in the page itself: write {{ 'logo.png'|image }}"
LINK = "a link leads to http://, https://, mailto: or #, not to "
REFUSED = {
    "<script>alert(1)</script>": f"<script {TAG}",
    "<SCRIPT></SCRIPT>": f"<script {TAG}",
    "<svg></svg>": f"<svg {TAG}",
    "<math></math>": f"<math {TAG}",
    "<iframe srcdoc=x></iframe>": f"<iframe {TAG}",
    "<frameset></frameset>": f"<frameset {TAG}",
    "<object data=x></object>": f"<object {TAG}",
    "<link rel=stylesheet href=x>": f"<link {TAG}",
    "<base href=//evil.example>": f"<base {TAG}",
    "<meta http-equiv=refresh content=0>": f"<meta {TAG}",
    "<form action=//evil.example></form>": f"<form {TAG}",
    "<input>": f"<input {TAG}",
    "<style>* { color: red }</style>": f"<style {TAG}",
    "<template></template>": f"<template {TAG}",
    "</main>": f"</main {TAG}",
    "<!-- a word -->": "a comment of HTML is not allowed: write {# … #}",
    "<![CDATA[x]]>": "a comment of HTML is not allowed: write {# … #}",
    "<?xml?>": "a comment of HTML is not allowed: write {# … #}",
    "<p onclick='x()'>x</p>": f"onclick= {ATTRIBUTE}p",
    "<p style='color: red'>x</p>": f"style= {ATTRIBUTE}p",
    "<p id=answer>x</p>": "an id of a letterhead begins with own-, not answer",
    "<a name=answer>x</a>": f"name= {ATTRIBUTE}a",
    "<img src='https://evil.example/x.png'>": PICTURE,
    "<img src='logo.png'>": PICTURE,
    "<img src='data:text/html;base64,AAAA'>": PICTURE,
    "<img src='data:image/png;base64,AAAA'>": PICTURE,
    "<img srcset='logo.png 2x'>": f"srcset= {ATTRIBUTE}img",
    "<a href='javascript:alert(1)'>x</a>": f"{LINK}javascript:alert(1)",
    "<a href='&#106;avascript:alert(1)'>x</a>": f"{LINK}javascript:alert(1)",
    "<a href='//evil.example'>x</a>": f"{LINK}//evil.example",
    "<a href='evidence/a.png'>x</a>": f"{LINK}evidence/a.png",
    "<div>" * 70: "elements stand in one another more than 64 deep",
    "<a href='#x'><table><a href='#y'>b": "elements stand in one another here in a way that browsers change",
}


@pytest.mark.parametrize("payload", REFUSED)
def test_nothing_in_a_page_runs_or_is_fetched(payload: str, tmp_path: Path) -> None:
    assert told(footer(tmp_path, payload)).startswith(f"report.html.j2:3: {REFUSED[payload]}")


def test_markup_put_together_is_refused_as_well(tmp_path: Path) -> None:
    found = told(footer(tmp_path, "{% set a %}<scr{% endset %}{{ a }}ipt>alert(1)</script>"))
    assert found.startswith(f"report.html.j2:3: <script {TAG}")


def test_each_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    own(tmp_path, "<p>Fine.\n<b>Fine.</b>\n<i onclick=x>\n", "piece.j2")
    text = "<p\n  class=a\n  onclick=x>{{ system }}\n{% if true %}\n<base>{% include 'piece.j2' %}{% endif %}\n<input>"
    assert [line.partition(" ")[0] for line in told_all(footer(tmp_path, text))] == [
        "report.html.j2:5:",
        "report.html.j2:7:",
        "piece.j2:3:",
        "report.html.j2:8:",
    ]


def style(where: Path, text: str) -> Path:
    """A letterhead with a style in line 3."""
    return own(where, f"{BEGIN}{{% block style %}}\n{text}\n{{% endblock %}}")


PROPERTY = "is not one of the properties a letterhead can set"
VALUE = "is not allowed in a style: a value holds"
SELECTOR = "is not allowed in a selector"
OURS = "is ours: a style reaches what the letterhead itself holds"
REFUSED_STYLES = {
    "@import 'x.css';": "@import is not allowed: a style holds rules and @media",
    "@\\69mport 'x.css';": "@import is not allowed: a style holds rules and @media",
    "@font-face { src: url(https://evil.example/x) }": "@font-face is not allowed",
    "p { background: url(https://evil.example/x.png) }": PICTURE,
    "p { background: u\\72l(https://evil.example/x.png) }": PICTURE,
    "p { background: image-set('x.png' 1x) }": f"image-set( {VALUE}",
    "p { width: calc(1px * 99999) }": f"calc( {VALUE}",
    "p { position: fixed }": f"position {PROPERTY}",
    "p { transform: scale(99) }": f"transform {PROPERTY}",
    "p { margin: 99999px }": "99999px is no size for a page: at most 2000 pixels",
    "p { color: red; b { color: blue } }": "this is no declaration; write `name: value;`",
    "body { display: none }": f"body {OURS}",
    "html { display: none }": f"html {OURS}",
    "+ section { display: none }": f"+ {SELECTOR}",
    "p, ~ * { display: none }": f"~ {SELECTOR}",
    ", p { overflow: visible }": f", {SELECTOR}",
    "p:has(b) { color: red }": f"has( {SELECTOR}",
    "& p { color: red }": f"& {SELECTOR}",
    ":host { color: red }": f"host {SELECTOR}",
    ":root { --gap: #fff }": "`:root` sets --link and nothing else",
    ":root { --link: #fefefe }": "#fefefe can hardly be read on our paper, #fff",
    ":root { --link: #00f8 }": "#00f8 can hardly be read on our paper, #fff",
    "@media screen and (prefers-color-scheme: dark) { :root { --link: #111 } }": "#111 can hardly be read on our paper",
    "@media (max-width: 40em) { :root { --link: #008 } }": "`:root` sets --link and nothing else",
    "@media (update: none) { p { color: red } }": "@media asks for screen, print, widths",
}


@pytest.mark.parametrize("payload", REFUSED_STYLES)
def test_a_style_fetches_nothing_and_reaches_nothing_of_ours(payload: str, tmp_path: Path) -> None:
    assert told(style(tmp_path, payload)).startswith(f"report.html.j2:3: {REFUSED_STYLES[payload]}")


STYLES = {
    "p { color: red }": ".own p{color:red}",
    "P > b, .a:hover::before { margin: 0 -1em !important; content: '</style>' }": ".own P > b,.own .a:hover::before"
    '{margin:0 -1em!important;content:"\\3c /style>"}',
    "section { display: none }": ".own section{display:none}",
    "p { /* a */ --Mine: 1px; border-radius: 9999px": ".own p{--Mine:1px;border-radius:9999px}",
    "b { background: url('data:image/gif;base64,R0lGODlh') }": ".own b{background:"
    'url("data:image/gif;base64,R0lGODlh")}',
    "@media print and (min-width:40em) { p { color: #000 } }": "@media print and (min-width: 40em){.own p{color:#000}}",
    ":root { --link: #008 }": ":root{--link:#008}@media screen and (prefers-color-scheme: dark){:root{--link:#8dbcf2}}",
}


@pytest.mark.parametrize("text", STYLES)
def test_a_style_is_for_what_the_letterhead_holds(text: str, tmp_path: Path) -> None:
    made = filled(style(tmp_path, text))
    assert f"{STYLES[text]}</style>" in made
    assert made.count("</style") == 1


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
NO_SHAPES = {
    DRAWING.format("<script>alert(1)</script>"): "<script",
    DRAWING.format('<rect onload="alert(1)"/>'): "onload=",
    DRAWING.format('<use href="#a"/>'): "<use",
    DRAWING.format('<image href="https://evil.example/x.png"/>'): "<image",
    DRAWING.format('<linearGradient href="https://evil.example/x.svg"/>'): "href=",
    DRAWING.format('<rect fill="url(https://evil.example/x.svg)"/>'): "fill=",
    DRAWING.format("<style>@import 'x'</style>"): "@",
    DRAWING.format("<a/>").replace("http://www.w3.org/2000/svg", "x"): "<{x}svg",
    f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{DRAWING.format('&a;')}": "<!DOCTYPE",
    f'<?xml version="1.0" encoding="utf-7"?>{DRAWING.format("")}': "<?xml",
    f'<?xml-stylesheet href="x"?>{DRAWING.format("")}': "<?xml-stylesheet",
    "<svg": "unclosed token: line 1, column 0",
}


@pytest.mark.parametrize("text", NO_SHAPES)
def test_a_drawing_holds_shapes_only(text: str, tmp_path: Path) -> None:
    own(tmp_path, text, "logo.svg")
    address = "data:image/svg+xml;base64," + b64encode(text.encode()).decode()
    assert told(footer(tmp_path, f'<img src="{address}">')).startswith(
        f"report.html.j2:3: {NO_SHAPES[text]} is not allowed in an SVG picture"
    )
    assert told(footer(tmp_path, "{{ 'logo.svg'|image }}")).partition(": ")[2].startswith(NO_SHAPES[text])


MARKDOWN = {
    "<!-- hidden": "<!-- is not allowed: a letterhead of Markdown holds",
    "a <details> b": "<details is not allowed",
    "\\\\<script>": "<script is not allowed",
    "```": "``` is not allowed",
    "> - ~~~~ js": "~~~~ is not allowed",
    "![x](https://evil.example/x.png)": "![ is not allowed",
    "[x](javascript:alert(1))": f"{LINK}javascript:alert(1",
    "[x]( java&#115;cript:alert(1))": f"{LINK}java&#115;cript:alert(1",
    "[x]: file:///etc/passwd": f"{LINK}file:///etc/passwd",
}


@pytest.mark.parametrize("payload", MARKDOWN)
def test_markdown_hides_nothing_and_fetches_nothing(payload: str, tmp_path: Path) -> None:
    text = f'{{% extends "tenken/report.md.j2" %}}\n{{% block before_answer %}}\n{payload}\n{{% endblock %}}'
    (found,) = told_all(own(tmp_path, text, "report.md.j2"), "report.md.j2")
    assert found.startswith(f"report.md.j2:3: {MARKDOWN[payload]}")


def test_markdown_of_a_letterhead_joins_nothing_of_ours(tmp_path: Path) -> None:
    words = "\\<b> <https://a.example> [x](mailto:a@b.example) `code`"
    text = f'{{% extends "tenken/report.md.j2" %}}{{% block before_answer %}}{words}{{% endblock %}}'
    assert f"\n\n{words}\n\n## The answer\n" in filled(own(tmp_path, text, "report.md.j2"), "report.md.j2")


MISTAKES = {
    "": 'report.html.j2:1: begin with {% extends "tenken/report.html.j2" %}',
    "<p>My own page</p>": 'report.html.j2:1: begin with {% extends "tenken/report.html.j2" %}',
    "<p>First</p>" + BEGIN: 'report.html.j2:1: begin with {% extends "tenken/report.html.j2" %}',
    '{% extends "tenken/report.md.j2" %}': 'report.html.j2:1: begin with {% extends "tenken/report.html.j2" %}',
    BEGIN + "\n{% block foter %}{% endblock %}": "report.html.j2:3: foter is not a block; did you mean footer?",
    BEGIN + "{% block footer %}\n{{ sytem }}{% endblock %}": "report.html.j2:3: the report has no sytem here; "
    "did you mean system?",
    BEGIN + "{% block footer %}{{ laws[0].titel }}{% endblock %}": "report.html.j2:2: the report has no titel here; "
    "did you mean title?",
    BEGIN + "{% block footer %}{{ system|uper }}{% endblock %}": "report.html.j2:2: there is no filter uper; "
    "did you mean upper?",
    BEGIN + "{% block footer %}{{ system }{% endblock %}": "report.html.j2:2: this cannot be read as a template: "
    "unexpected '}'",
    BEGIN + "{% block footer %}\n\n{% if %}{% endblock %}": "report.html.j2:4: this cannot be read as a template: "
    "Expected an expression, got 'end of statement block'",
    BEGIN + "{% block footer %}{{ 1 / 0 }}{% endblock %}": "report.html.j2:2: this does not work: division by zero",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_a_hint(text: str, tmp_path: Path) -> None:
    assert told(own(tmp_path, text)) == MISTAKES[text]


def test_a_mistake_in_a_piece_is_told_with_the_piece(tmp_path: Path) -> None:
    own(tmp_path, "\n{{ sytem }}", "piece.j2")
    assert told(footer(tmp_path, "{% include 'piece.j2' %}")).startswith("piece.j2:2: the report has no sytem here")


@pytest.mark.parametrize("name", ["'a\\nb'", "'a ' * 9999", "'a' * 9999"])
def test_a_mistake_stays_one_line_whatever_it_quotes(name: str, tmp_path: Path) -> None:
    found = told(footer(tmp_path, f"{{{{ laws[{name}] }}}}"))
    assert found.startswith("report.html.j2:3: the report has no a")
    assert "\n" not in found
    assert len(found) < 500


def test_a_folder_without_a_template_says_so(tmp_path: Path) -> None:
    assert told(tmp_path).startswith("report.html.j2: there is no report.html.j2 here")


def test_a_template_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_bytes(b"\xff\xfe")
    assert told(tmp_path) == "report.html.j2: this is not UTF-8; save the file as UTF-8"


def test_on_the_command_line_a_mistake_is_one_line_and_exit_status_2(tmp_path: Path) -> None:
    record = ROOT / "examples" / "support-chatbot.yaml"
    done = run_tenken("report", record, "--template", footer(tmp_path, "{{ sytem }}"), "-o", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path}/report.html.j2:3: the report has no sytem here; did you mean system?\n"


NO_LETTERHEAD = {
    ("--format", "json"): "--format: json is not one of the choices; it can be html, md, pdf\n",
    ("--format", "csv"): "--format: csv is not one of the choices; it can be html, md, pdf\n",
    ("--only", "dates"): "--template: a letterhead is for the whole report or its summary\n",
}


@pytest.mark.parametrize("more", NO_LETTERHEAD)
def test_what_is_not_made_by_a_template_has_no_letterhead(more: tuple[str, str]) -> None:
    done = run_tenken("report", EXAMPLE.parent / "support-chatbot.yaml", "--template", EXAMPLE, *more, "-o", "-")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", NO_LETTERHEAD[more])


def test_the_guide_names_the_blocks_and_the_filters_there_are() -> None:
    blocks = re.findall(r"{% block (\w+) %}", (find_shipped_folder("templates") / "report.html.j2").read_text("utf-8"))
    assert [name for name in blocks if f"`{name}`" not in GUIDE] == []
    assert [name for name in ALLOWED_FILTERS if f"`{name}`" not in GUIDE] == []


class TypedName(NamedTuple):
    name: str
    holds: str
    says: str


def types_of_the_view() -> dict[str, list[TypedName]]:
    """The names of each type of the view, inherited ones first, with what it holds and the sentence below it."""
    found: dict[str, list[TypedName]] = {}
    for module in (finding_types, report_types):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                own = [
                    TypedName(ast.unparse(part.target), ast.unparse(part.annotation), literal(below))
                    for part, below in pairwise([*node.body, None])
                    if isinstance(part, ast.AnnAssign)
                ]
                found[node.name] = [name for base in node.bases for name in found.get(ast.unparse(base), [])] + own
    return found


def literal(node: ast.stmt | None) -> str:
    return str(ast.literal_eval(node.value)) if isinstance(node, ast.Expr) else ""


def names_that_stay() -> Iterator[tuple[str, str, str]]:
    """The names with a sentence below them: the list they stand in, if they do, the name, and the sentence."""
    types = types_of_the_view()
    for name, holds, says in filter(itemgetter(2), types["ReportView"]):
        yield "", name, says
        item = holds.removeprefix("list[").removesuffix("]")
        yield from ((name, inner.name, inner.says) for inner in types.get(item, []) if inner.says)


def test_the_guide_lists_the_names_that_stay() -> None:
    """Both ways: the table is exactly what the types of the view say."""
    rows = [f"| {f'`{of}`: ' if of else ''}`{name}` | {says} |" for of, name, says in names_that_stay()]
    section = GUIDE.partition("### The data")[2].partition("### What")[0]
    assert [line for line in section.splitlines() if line.startswith("| `")] == rows


def test_a_letterhead_can_use_every_name_that_stays(tmp_path: Path) -> None:
    assert all(VIEW[of] for of, _, _ in names_that_stay() if of)  # type: ignore[literal-required]
    uses = [
        f"{{% for it in {of} %}}{{{{ it.{name} }}}}{{% endfor %}}" if of else f"{{{{ {name} }}}}"
        for of, name, _ in names_that_stay()
    ]
    assert filled(footer(tmp_path, "\n".join(uses)))


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    (text,) = re.findall(r"```jinja\n(.*?)```", GUIDE, re.DOTALL)
    own(tmp_path, (EXAMPLE / "logo.svg").read_text("utf-8"), "logo.svg")
    assert "<footer>Acme GmbH, 23 November 2026. Internal.</footer>" in filled(own(tmp_path, text))
