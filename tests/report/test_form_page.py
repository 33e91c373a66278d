"""The page that asks: one file that runs nothing but its own script, and whose answers come back by the one merge."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zlib
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_tenken
from support.paths import LIGHTHOUSE
from support.sample_forms import LAW, build_law_form, build_person_form, build_small_form, render_hostile_form
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.message_catalog import find_pattern, get_language, speak_meanwhile
from tenken.records.record_file import open_record
from tenken.report.export.form_page import render_form_page

TEMPLATES = find_shipped_folder("templates")
SCRIPTS = sorted(TEMPLATES.glob("ask_*.js"))
MOST_BYTES = 700_000
NODE = pytest.mark.skipif(
    not shutil.which("node") and not os.environ.get("TENKEN_SKIPS_NOTHING"), reason="node is not installed"
)
RECORD = f"""tenken: 2
system: Our tower
checklists: [{LIGHTHOUSE}]
answers:
  coast: {{answer: yes, by: Ada, at: 2026-11-20T09:00:00Z, note: private to us}}
  lamps: {{answer: unsure, ask: Jun Mori}}
"""


@pytest.fixture
def tower(tmp_path: Path) -> Path:
    path = tmp_path / "tower.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def read_data(page: str) -> dict[str, Any]:
    """What a page holds, unpacked."""
    (packed,) = re.findall(r'<script type="text/plain" id="data" data-sha256="\w{64}">([\w+/=]+)</script>', page)
    data: dict[str, Any] = json.loads(zlib.decompress(b64decode(packed)))
    return data


def run_node(script: str, *arguments: str, stdin: str = "") -> str:
    """What a script says that may use all the page does, but for its document."""
    own = "\n".join((TEMPLATES / f"ask_{name}.js").read_text("utf-8") for name in ("judgement", "words", "record"))
    command = ["node", "-e", f"{own}\n{script}", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("render", [lambda: render_form_page(build_small_form()), render_hostile_form])
def test_only_its_own_style_and_script_run_and_nothing_is_fetched(render: Any) -> None:
    page = render()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    (style,), scripts = (
        re.findall(r"<style>(.*?)</style>", page, re.S),
        re.findall(r"<script>(.*?)</script>", page, re.S),
    )
    (script,) = scripts
    assert f"style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; connect-src 'none'" in policy
    assert policy.startswith("default-src 'none'")
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    body = page.replace(style, "").replace(script, "")
    assert (
        not re.search(r'\s(src|on\w+|style|action)=|https?://|href="(?!#)', body.replace("&gt;", ">"))
        or "&lt;img" in body
    )
    assert len(re.findall("<script", body)) == 2
    assert "<img" not in body


def digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def test_what_people_wrote_is_shown_as_text_only() -> None:
    for path in SCRIPTS:
        script = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|srcdoc", script), (
            path
        )
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|cookie|fetch\(|XMLHttp|WebSocket|Beacon", script
        ), path
        assert script.count("\n") <= 350, path


def test_the_page_says_of_which_rules_it_is_and_what_it_holds() -> None:
    page = render_form_page(build_law_form())
    assert len(page.encode()) <= MOST_BYTES
    data = read_data(page)
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    assert f'data-sha256="{sha256(written).hexdigest()}"' in page
    assert len(data["versions"]) == len(data["rules"]["checklists"]) == len(data["texts"]["ja"]["checklists"])
    assert data["texts"]["en"]["laws"] == [LAW]
    assert set(data["head"]["answered_against"]) == {"profile", *data["head"]["checklists"]}


@NODE
def test_a_browser_that_cannot_unpack_it_does_so_by_the_script() -> None:
    packed = re.findall(r'data-sha256="(\w{64})">([\w+/=]+)<', render_form_page(build_small_form()))
    plain = b64encode(zlib.compress(os.urandom(70_000))).decode()
    short = b64encode(zlib.compress(b"light, light, light")).decode()
    script = """
    const { createHash } = require('crypto');
    for (const each of require('fs').readFileSync(0, 'utf8').split(' '))
      console.log(createHash('sha256').update(inflate(Buffer.from(each, 'base64'))).digest('hex'));
    """
    every = [packed[0][1], plain, short]
    found = run_node(script, stdin=" ".join(every)).split()
    assert found == [sha256(zlib.decompress(b64decode(each))).hexdigest() for each in every]
    assert found[0] == packed[0][0]


HOSTILE_NOTES = [
    "=1+1 </script> <b>\"note\"</b> 'x'",
    "a: b # c\t- {d}\\n \\u0041 \\",
    "line\nbreak\r\nand\u2028more\u2029\x85end",
    "\u202eturned\u2066 \u200bhidden \x1b[31m\x00\x7f\ufeff \ud800",
    "日本語　全角 🦊 é e\u0301",
    "x" * 5000,
]


@NODE
@pytest.mark.parametrize("note", HOSTILE_NOTES)
def test_whatever_is_typed_comes_back_by_the_merge(tower: Path, note: str) -> None:
    assert run_tenken("questions", "tower.yaml", "-o", "ask.html", cwd=tower.parent).returncode == 0
    data = read_data((tower.parent / "ask.html").read_text("utf-8"))
    script = """
    const { data, note } = JSON.parse(require('fs').readFileSync(0, 'utf8')), rules = prepareRules(data.rules);
    const texts = { by: cleanText('Jun ' + note), at: '2026-11-28T10:00:00Z', note: cleanText(note) };
    const answers = { lamps: ['white', 'red?'], keeper: ['no'] };
    const place = (id) => data.rules.ids.indexOf(id);
    const given = new Map(Object.entries(answers).map(([id, answer]) => [place(id), { answer, ...texts }]));
    const text = writeAnswers(data, rules, data.head.system, given);
    if (readAnswers(text, rules).given.size !== given.size) throw new Error('it is not read again');
    process.stdout.write(text);
    """
    (tower.parent / "answers.json").write_text(
        run_node(script, stdin=json.dumps({"data": data, "note": note})), "utf-8"
    )
    done = run_tenken("assess", "tower.yaml", "--merge", "answers.json", cwd=tower.parent)
    assert (done.returncode, done.stderr) == (0, "2 answers taken over.\n")
    kept = open_record(tower).record.answers
    assert kept["lamps"].answer == ("white", "red?")
    assert kept["keeper"].note == kept["lamps"].note
    assert kept["keeper"].note.isprintable()
    assert kept["keeper"].by.startswith("Jun ")
    assert len(kept["keeper"].note) <= 4000


def test_a_page_for_one_person_asks_only_that_and_tells_nothing_of_others(tower: Path) -> None:
    done = run_tenken("questions", "tower.yaml", "--for", "Jun Mori", "-o", "jun.html", cwd=tower.parent)
    assert (done.returncode, done.stderr) == (0, "The page that asks is in jun.html\n")
    data = read_data((tower.parent / "jun.html").read_text("utf-8"))
    assert [data["rules"]["ids"][place] for place in data["asked"]] == ["lamps"]
    assert (data["answers"], data["by"], data["is_own"]) == ([], "Jun Mori", False)
    assert data["command"] == ["tenken assess tower.yaml --merge ", " --by 'Jun Mori'"]
    assert "private to us" not in json.dumps(data)


def test_a_page_of_a_record_holds_its_answers_and_nothing_written_beside_them(tower: Path) -> None:
    run_tenken("questions", "tower.yaml", "-o", "ask.html", cwd=tower.parent)
    data = read_data((tower.parent / "ask.html").read_text("utf-8"))
    assert [[data["rules"]["ids"][place], words] for place, words in data["answers"]] == [
        ["coast", ["yes"]],
        ["lamps", ["unsure"]],
    ]
    assert "checklists" not in data["head"]  # the file comes back from a folder in which those of ours are not
    assert not {"private to us", "Ada"} & set(re.findall(r"private to us|Ada", json.dumps(data)))
    assert build_person_form().known == {}


@pytest.mark.parametrize(("published", "words"), [(", published: our annual report", ["explained"]), ("", ["partly"])])
def test_what_is_explained_and_published_nowhere_is_known_as_partly(
    tmp_path: Path, published: str, words: list[str]
) -> None:
    answer = f"{{answer: explained, reason: We are too few{published}}}"
    head = "tenken: 2\nsystem: Tower\nchecklists: [japan-ai-guidelines]\nanswers:\n"
    (tmp_path / "a.yaml").write_text(f"{head}  JP-AG-1-3-p.result_published: {answer}\n", "utf-8")
    run_tenken("questions", "a.yaml", "-o", "ask.html", cwd=tmp_path)
    page = (tmp_path / "ask.html").read_text("utf-8")
    assert [known for _, known in read_data(page)["answers"]] == [words]


def test_only_some_laws_or_only_what_binds(tmp_path: Path) -> None:
    run_tenken("questions", "--law", "eu-transparency", "--binding", "-o", "ask.html", cwd=tmp_path)
    data = read_data((tmp_path / "ask.html").read_text("utf-8"))
    assert data["head"]["checklists"] == ["eu-transparency"]
    assert {each["force"] for each in data["rules"]["requirements"]} <= {"obligation", "prohibition", "effort"}
    assert {check["basis"] for each in data["rules"]["requirements"] for check in each["checks"]} == {"text"}
    asked = run_tenken("questions", "--law", LAW.lower(), cwd=tmp_path)
    assert "checklists: [eu-gpai, eu-high-risk, eu-prohibited, eu-transparency]" in asked.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--law", "eu-transparenzy"), "--law: there is no checklist eu-transparenzy; did you mean eu-transparency?\n"),
        (("--law", "nist-ai-rmf", "--binding"), "--binding: nothing in these checklists binds anybody; leave it out\n"),
        (("-o", "ask.txt"), "-o: txt is not one of the choices; it can be csv, html, xlsx, yaml, yml\n"),
        (
            ("-o", "ask.html", "--blank"),
            "--blank: leave it out: a page asks whatever matters, one after the other\n",
        ),
        (("-o", "other.html"), "other.html: tenken did not make this file; name another with -o, or use --force\n"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "other.html").write_text("<p>mine</p>", "utf-8")
    done = run_tenken("questions", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert (tmp_path / "other.html").read_text("utf-8") == "<p>mine</p>"


def test_a_page_of_ours_is_replaced_and_a_record_never(tower: Path) -> None:
    page = tower.parent / "ask.html"
    for _ in range(2):
        assert run_tenken("questions", "tower.yaml", "-o", "ask.html", cwd=tower.parent).returncode == 0
    page.write_text(RECORD, "utf-8")
    assert run_tenken("questions", "ask.html", "-o", "ask.html", "--force", cwd=tower.parent).returncode == 2
    assert page.read_text("utf-8") == RECORD


def test_the_page_of_a_japanese_speaker_begins_in_japanese(tmp_path: Path) -> None:
    run_tenken("questions", "--law", "eu-transparency", "-o", "ask.html", cwd=tmp_path, language="ja")
    page = (tmp_path / "ask.html").read_text("utf-8")
    assert '<html lang="ja">' in page
    assert page.index("日本語</button>") < page.index("English</button>")
    assert list(read_data(page)["texts"]) == ["ja", "en"]


def test_another_language_is_spoken_only_meanwhile() -> None:
    with pytest.raises(KeyError), speak_meanwhile("ja"):
        assert find_pattern("Skipped") == find_pattern("Skipped")
        assert get_language() == "ja"
        raise KeyError
    assert (get_language(), find_pattern("What next?")) == ("en", "What next?")


def test_its_colours_are_those_of_the_report() -> None:
    styles = [(TEMPLATES / name).read_text("utf-8") for name in ("ask.css", "report.css")]
    ours, theirs = (re.findall(r"--[\w-]+: #\w+", style) for style in styles)
    assert ours == theirs
