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
from typing import Any, NamedTuple

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from support.command_line import run_tenken
from support.paths import ROOT
from support.sample_reports import golden_view
from tenken.files.problems import Problem, Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.report.letterhead import rendering, template_sandbox
from tenken.report.letterhead.rendering import build_template_problem
from tenken.report.letterhead.template_sandbox import (
    ALLOWED_FILTERS,
    OUR_TEMPLATES_PREFIX,
    TemplateMistake,
    render_in_sandbox,
)
from tenken.report.pages import render_html_report, render_markdown_report
from tenken.report.templates import TEMPLATE_SYNTAX
from tenken.report.view import finding_types, report_types

EXAMPLE = find_shipped_folder("examples") / "letterhead"
GUIDE = (find_shipped_folder("templates") / "README.md").read_text("utf-8")
BEGIN = '{% extends "tenken/report.html.j2" %}\n'
VIEW = golden_view("typical")


class CompiledTemplates(BytecodeCache):
    """Our own templates, compiled once for all the templates that extend them."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], Any] = {}

    def get_cache_key(self, name: str, _filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key.startswith(OUR_TEMPLATES_PREFIX):
            self.compiled[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_sandbox, "TEMPLATE_SYNTAX", {**TEMPLATE_SYNTAX, "bytecode_cache": COMPILED})


def own(where: Path, text: str, name: str = "report.html.j2") -> Path:
    (where / name).write_text(text, "utf-8")
    return where


def footer(where: Path, text: str) -> Path:
    """A letterhead with something in line 3."""
    return own(where, f"{BEGIN}{{% block footer %}}\n{text}\n{{% endblock %}}\n")


def filled(where: Path, name: str = "report.html.j2", **changed: str) -> str:
    """The report with a letterhead; in this process, which is faster."""
    return render_in_sandbox(name, where, {**VIEW, **changed})


def told(where: Path) -> str:
    """The one mistake of a letterhead, without the folder; in this process, which is faster."""
    with pytest.raises(TemplateMistake) as found:
        render_in_sandbox("report.html.j2", where, VIEW)
    return said(build_template_problem(vars(found.value), where), where)


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
    picture = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="Acme GmbH, Graz">', page)
    assert [b64decode(found) for found in picture] == [(EXAMPLE / "logo.svg").read_bytes()]
    assert '<p class="class">Internal</p>' in page
    assert "The most urgent point is EU-50-1: Tell people that they are dealing with AI." in page
    assert page.index('class="word"') < page.index('id="answer"')
    assert page.index("</main>") < page.index('<footer class="foot">Acme GmbH, Graz · Acme Help · 23 November 2026')
    assert b"tenken" in page.encode()[:1000]


def test_the_policy_fits_the_style_with_the_addition() -> None:
    page = render_html_report(VIEW, EXAMPLE)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "--link: #8f3f22" in style
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
    text = f"{BEGIN}{{% block {block} %}}<p>Before.</p>{{{{ super() }}}}{{% endblock %}}"
    assert filled(own(tmp_path, text)).replace("<p>Before.</p>", "") == render_html_report(VIEW)


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
    monkeypatch.setattr(rendering, "SECONDS", 2)
    assert told_apart(footer(tmp_path, payload)) == "report.html.j2:3: this takes more time or memory than a report may"


REFUSED = {
    "<script>alert(1)</script>": "<script",
    "<SCRIPT></SCRIPT>": "<script",
    "<svg><script>alert(1)</script></svg>": "<script",
    "<svg><animate onbegin=alert(1)></svg>": "<animate",
    "<iframe srcdoc=x></iframe>": "<iframe",
    "<object data=x></object>": "<object",
    "<link rel=stylesheet href=x>": "<link",
    "<base href=//evil.example>": "<base",
    "<meta http-equiv=refresh content=0>": "<meta",
    "<form action=//evil.example></form>": "<form",
    "<style>* { color: red }</style>": "<style",
    "<template><p></p></template>": "<template",
    "<!-- a word -->": "<!--",
    "<p onclick='x()'>x</p>": "onclick=",
    "<p style='color: red'>x</p>": "style=",
    "<img src='https://evil.example/x.png'>": "src=",
    "<img src='logo.png'>": "src=",
    "<img src='data:text/html;base64,AAAA'>": "src=",
    "<img srcset='logo.png 2x'>": "srcset=",
    "<a href='javascript:alert(1)'>x</a>": "href=",
    "<a href='&#106;avascript:alert(1)'>x</a>": "href=",
    "<a href='//evil.example'>x</a>": "href=",
    "<svg><rect fill='url(https://evil.example/x)'/></svg>": "fill=",
}


@pytest.mark.parametrize("payload", REFUSED)
def test_nothing_in_a_page_runs_or_is_fetched(payload: str, tmp_path: Path) -> None:
    assert told(footer(tmp_path, payload)).startswith(
        f"report.html.j2:3: {REFUSED[payload]} is not allowed: nothing in"
    )


def test_markup_put_together_is_refused_as_well(tmp_path: Path) -> None:
    found = told(footer(tmp_path, "{% set a %}<scr{% endset %}{{ a }}ipt>alert(1)</script>"))
    assert found.startswith("report.html.j2: <script is not allowed")


@pytest.mark.parametrize("payload", ["@import 'x.css';", "p { background: url(https://evil.example/x.png) }"])
def test_a_style_fetches_nothing(payload: str, tmp_path: Path) -> None:
    found = told(own(tmp_path, f"{BEGIN}{{% block style %}}\n{payload}\n{{% endblock %}}"))
    assert re.match(r"report\.html\.j2:3: (@import|url\() is not allowed", found)


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
    ("--only", "dates"): "--template: a letterhead is for the whole report, not for a part of it\n",
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
    assert render_in_sandbox("report.html.j2", footer(tmp_path, "\n".join(uses)), VIEW)


def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    (text,) = re.findall(r"```jinja\n(.*?)```", GUIDE, re.DOTALL)
    own(tmp_path, (EXAMPLE / "logo.svg").read_text("utf-8"), "logo.svg")
    assert "<footer>Acme GmbH, 23 November 2026. Internal.</footer>" in filled(own(tmp_path, text))
