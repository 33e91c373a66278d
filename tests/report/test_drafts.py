"""Drafts: whole and honest, a pure function of record and day, and harmless whatever people write or hand in."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.command_line import collect_output, run_tenken
from support.paths import GOLDEN
from tenken.files.problems import Problems
from tenken.files.shipped_files import find_shipped_folder
from tenken.records.record_file import open_record
from tenken.report.documents.fact_tables import count_share
from tenken.report.documents.handed_facts import LONGEST_FACT, read_handed_facts
from tenken.report.documents.material import DRAFT_FORMATS
from tenken.rules.outline import OutlineShare, load_outlines

EXAMPLES = find_shipped_folder("examples")
DRAFTS = GOLDEN / "drafts"
HANDED = ("--facts", DRAFTS / "kumo-web.md", "--facts", DRAFTS / "old-books.json", "--domains", DRAFTS / "domains.csv")
BELIEVABLE = [
    ("open-weights-model", "training-summary", HANDED),
    ("open-weights-model", "copyright-policy", ()),
    ("shop-emotion-analytics", "transparency-notices", ()),
    ("newsroom", "transparency-notices", ()),
    ("support-chatbot", "ai-literacy-record", ()),
    ("tokyo-company", "principle-code-disclosure", HANDED[:4]),
]
DAY = ("--as-of", "2026-11-28")
OUTLINES = load_outlines()
HOSTILE = [
    "<script>alert(1)</script>",
    "--> <img src=x onerror=alert(1)>",
    "[link](javascript:alert(1)) **bold** | cell",
    "</pre></code></main> & \"quoted\" 'too'",
    "{{ 7 * 7 }} {% raw %} {organisation} {code_desk}",
    "# heading @everyone `code` ~~gone~~",
]


def draft(*arguments: str | Path, language: str = "en") -> str:
    return collect_output("draft", *arguments, *DAY, language=language)


def write_record(folder: Path, answers: str, checklists: str = "eu-transparency, eu-gpai") -> Path:
    path = folder / "record.yaml"
    path.write_text(f"tenken: 2\nsystem: Tower\nchecklists: [{checklists}]\nanswers:\n{answers}", "utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("example", "outline", "handed"), BELIEVABLE, ids=lambda value: str(value)[:22])
def test_drafts_are_as_they_were(example: str, outline: str, handed: tuple[str | Path, ...], language: str) -> None:
    """`TENKEN_GOLDEN=1 pytest tests/report` writes them anew; look at the difference before you commit it."""
    made = draft(EXAMPLES / f"{example}.yaml", outline, *handed, language=language)
    path = DRAFTS / (f"{example}.{outline}.md" if language == "en" else f"{example}.{outline}.{language}.md")
    if os.environ.get("TENKEN_GOLDEN"):
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


@pytest.mark.parametrize(("example", "outline", "handed"), BELIEVABLE, ids=lambda value: str(value)[:22])
def test_every_blank_is_found_by_blanks(example: str, outline: str, handed: tuple[str | Path, ...]) -> None:
    body = draft(EXAMPLES / f"{example}.yaml", outline, *handed).partition("\n---\n")[0]
    blanks = draft(EXAMPLES / f"{example}.yaml", outline, *handed, "--blanks").splitlines()
    outside_snippets = re.sub(r"^    .*$", "", body, flags=re.MULTILINE)
    assert outside_snippets.count("to be filled:") == len(blanks)
    for line in blanks:
        assert " ".join(line.split()[:1]) != ""


@pytest.mark.parametrize("outline", OUTLINES)
def test_nothing_is_claimed_without_an_answer(outline: str, tmp_path: Path) -> None:
    """Of an empty record nothing is said, and of a check only with a yes; a partly or a doubt is no yes."""
    lines = [line for section in OUTLINES[outline].sections.values() for line in section.lines]
    claims = {line.claims: line.says for line in lines if line.claims}
    assert not any(says in draft(write_record(tmp_path, "  subject: ai_model\n"), outline) for says in claims.values())
    for word, stands in (("partly", False), ("unsure", False), ("no", False), ("yes", True)):
        facts = "  subject: ai_model\n  model_crawls: yes\n"
        answers = "".join(f"  {check}: {word}\n" for check in claims)
        made = draft(write_record(tmp_path, facts + answers), outline)
        assert all((says in made) is stands for says in claims.values()), word


def test_a_measure_that_was_set_aside_is_left_out_and_said(tmp_path: Path) -> None:
    aside = "  EU-4.others_included: {answer: not_applicable, reason: Nobody else works with it.}\n"
    made = draft(write_record(tmp_path, aside), "ai-literacy-record")
    sentence = "The measures also cover others who operate or use the system for us, such as contractors."
    assert f"- {sentence}: set aside (Nobody else works with it.)" in made
    assert made.count(sentence) == 1


def test_a_note_stays_beside_the_text(tmp_path: Path) -> None:
    said = "  EU-4.fitted: {answer: yes, note: The board is furious.}\n"
    made = draft(write_record(tmp_path, said), "ai-literacy-record")
    assert "The board is furious." in made
    assert "The board is furious." not in re.sub(r"<!--.*?-->", "", made, flags=re.DOTALL)


def test_a_draft_is_a_pure_function_of_record_and_day(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  literacy_purpose: It talks.\n")
    before = path.read_bytes()
    made = [draft(path, "ai-literacy-record") for _ in range(2)]
    assert made[0] == made[1]
    assert path.read_bytes() == before
    path.write_text(path.read_text("utf-8") + "  literacy_affected: Visitors\n", "utf-8")
    assert "It talks." in draft(path, "ai-literacy-record")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag + "".join(sorted(f" {name}" for name, _ in attrs if name.startswith("on"))))


def list_elements(page: str) -> list[str]:
    parser = _Elements()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize("outline", OUTLINES)
def test_words_stay_words(outline: str, tmp_path: Path) -> None:
    """No answer becomes markup, ends a comment or is filled in again, wherever it is shown."""
    facts = "  subject: ai_system\n  does: [talks_with_people, reads_people]\n  model_crawls: yes\n"
    asked = {id for each in OUTLINES.values() for id in each.questions}

    def make(said: str, ending: str) -> str:
        quoted = "'" + said.replace("'", "''") + "'"
        answers = "".join(f"  {id}: {{answer: [{quoted}, {quoted}], by: {quoted}, note: {quoted}}}\n" for id in asked)
        path = write_record(tmp_path, facts + answers)
        target = tmp_path / f"draft.{ending}"
        assert run_tenken("draft", path, outline, "-o", target, *DAY).returncode == 0
        return target.read_text("utf-8").rpartition("<!-- as tenken made it")[0]

    harmless = make("Words", "html")
    for said in HOSTILE:
        assert list_elements(make(said, "html")) == list_elements(harmless), said
        text = make(said, "md")
        outside_snippets = re.sub(r"^    .*$", "", text, flags=re.MULTILINE)
        assert not re.search(r"(?<!\\)<(?!!--)", outside_snippets.replace("](<https", ""))
        assert text.count("<!--") == text.count("-->") == make("Words", "md").count("<!--")
        assert not re.search(r"(?<!\\)\]\(javascript", re.sub(r"<!--.*?-->", "", outside_snippets))
        assert text.count("49") == make("Words", "md").count("49")


def test_characters_that_hide_are_refused_by_name(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  subject: ai_system\n")
    done = run_tenken("assess", path, "--set", "literacy_purpose=It \u202etalks")
    assert done.returncode == 2
    assert "literacy_purpose has characters that are not shown" in done.stderr


def test_words_with_commas_and_question_marks_are_one_answer(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  subject: ai_system\n")
    assert run_tenken("assess", path, "--set", "literacy_purpose=Orders, returns, and why?").returncode == 0
    assert "Orders, returns, and why?" in draft(path, "ai-literacy-record")
    blank = collect_output("questions", path, "--document", "ai-literacy-record", language="en")
    assert "== For the document ==\n\n  # Which mistakes" in blank
    assert "  literacy_mistakes:" in blank
    assert "literacy_purpose:" not in blank


def test_words_are_merged_and_a_contradiction_is_told(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  literacy_purpose: It talks.\n")
    other = tmp_path / "other.yaml"
    other.write_text("tenken: 2\nsystem: X\nanswers:\n  literacy_purpose: It sings?\n  literacy_rules: None\n", "utf-8")
    done = run_tenken("assess", path, "--merge", other, "--by", "Jo")
    assert done.returncode == 2
    assert "literacy_purpose: answered It sings? (Jo" in done.stderr
    assert "literacy_rules" in path.read_text("utf-8")


def test_words_change_no_finding_and_open_no_question(tmp_path: Path) -> None:
    facts = "  subject: ai_system\n  where: eu\n  eu_role: deployer\n"
    path = write_record(tmp_path, facts)
    seen = [collect_output(command, path, language="en") for command in ("questions", "explain", "check")]
    write_record(tmp_path, facts + "  literacy_purpose: It talks.\n  summary_model: unsure\n")
    assert [collect_output(command, path, language="en") for command in ("questions", "explain", "check")] == seen
    assert "literacy_purpose" not in collect_output("questions", path, "--blank", language="en")
    assert "no mistake found" in run_tenken("validate", path).stderr


@pytest.mark.parametrize(
    ("total", "share", "named"),
    [
        (40, ("10", ""), 4),
        (41, ("10", ""), 5),
        (40, ("5", "1000"), 2),
        (30_000, ("5", "1000"), 1000),
        (1, ("5", ""), 1),
    ],
)
def test_how_many_domains_are_named(total: int, share: tuple[str, str], named: int) -> None:
    assert count_share(total, OutlineShare(*share)) == named


def test_small_companies_name_fewer_domains_and_whoever_does_not_say_names_more(tmp_path: Path) -> None:
    domains = tmp_path / "domains.csv"
    domains.write_text("".join(f"site{n}.example,{n}\n" for n in range(1, 41)), "utf-8")
    crawls = "  subject: ai_model\n  model_crawls: yes\n"
    for size, says in (("  size: sme\n", "2 of 40 domains: the top 5 %"), ("", "4 of 40 domains: the top 10 %")):
        made = draft(write_record(tmp_path, crawls + size), "training-summary", "--domains", domains)
        assert says in made
        assert "One reading of several" in made
        assert "| site40.example |" in made


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("card.md", "no head", "a card begins with lines between"),
        ("card.md", "---\na: &x [1]\n---\n", "anchor"),
        ("card.json", "[" * 100_000, "this is no description of a data set"),
        ("card.json", '{"name": 3}', "this is no description of a data set"),
        ("card.json", "9" * (1 << 21), "this is larger than 1 MiB"),
        ("domains.csv", "domain\nexample.org\n", "a line is a domain and the size"),
        ("domains.csv", "example.org,5\n<b>.org,5\n", "domains.csv:2: a line is a domain"),
        ("domains.csv", "domain,size\n", "there is no domain"),
        ("domains.csv", "example.org,-1e999\nx.org,3\ny.org,many\n", "a line is a domain"),
        ("domains.csv", '"' + "x" * 200_000, "this is no list in CSV"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_one_line(name: str, content: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(Problems) as found:
        read_handed_facts([], path) if name.endswith(".csv") else read_handed_facts([path], None)
    assert says in str(found.value)


def test_what_a_card_says_is_short_and_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "card.jsonld"
    path.write_text('{"name": "A\\u202eB' + "x" * 5000 + '", "license": {"name": "CC0"}, "url": ["a", "b"]}', "utf-8")
    fact = read_handed_facts([path], None).data_sets[0]
    assert fact.name.startswith("AB")
    assert len(fact.name) == LONGEST_FACT
    assert (fact.licence, fact.link) == ("CC0", "a, b")


def test_what_can_be_drafted_is_listed_with_the_gaps_and_the_blanks() -> None:
    said = draft(EXAMPLES / "support-chatbot.yaml").splitlines()
    assert "transparency-notices  Transparency notices (2 blanks)" in said
    assert "  EU-50-1  Tell people that they are dealing with AI: Gap" in said


def test_a_draft_never_replaces_a_file_of_others(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  subject: ai_system\n")
    mine = tmp_path / "mine.md"
    mine.write_text("My own words", "utf-8")
    assert run_tenken("draft", path, "ai-literacy-record", "-o", mine).returncode == 2
    assert mine.read_text("utf-8") == "My own words"
    for ending in ("md", "html"):
        made = tmp_path / f"made.{ending}"
        for _ in range(2):
            assert run_tenken("draft", path, "ai-literacy-record", "-o", made).returncode == 0
        made.write_text(made.read_text("utf-8").replace("to be filled:", "by hand:"), "utf-8")
        assert run_tenken("draft", path, "ai-literacy-record", "-o", made).returncode == 2
    assert run_tenken("draft", path, "ai-literacy-record", "-o", path, "--force").returncode == 2
    assert "did you mean" in run_tenken("draft", path, "ai-literacy").stderr


def test_every_form_of_a_draft_knows_its_own_files() -> None:
    for form in DRAFT_FORMATS:
        assert isinstance(form.signature, bytes)
        made = form.finish_file(form.signature)
        assert form.is_format_of(made)
        assert not form.is_format_of(made.replace(b"draft", b"draught", 1))
        assert not form.is_format_of(form.signature)


def test_it_asks_for_what_is_blank_saves_each_answer_and_goes_on_later(tmp_path: Path) -> None:
    path = write_record(tmp_path, "  literacy_purpose: It talks.\n")
    said = "It lies.\nVisitors\nback\nGuests\nleave\n"
    done = run_tenken("draft", path, "ai-literacy-record", "--ask", "--plain", "--by", "Jo", stdin=said)
    assert done.returncode == 130
    given = open_record(path).record.answers
    assert {id: given[id].answer for id in given} == {
        "literacy_purpose": ("It talks.",),
        "literacy_mistakes": ("It lies.",),
        "literacy_affected": ("Guests",),
    }
    assert given["literacy_mistakes"].by == "Jo"
    more = run_tenken("draft", path, "ai-literacy-record", "--ask", "--plain", stdin="\n\n\n\n")
    assert more.returncode == 0
    assert "4 questions for this document." in more.stderr
    assert "**What it gets wrong**: It lies." in more.stdout


def test_a_report_names_the_draft_that_helps(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    assert run_tenken("report", EXAMPLES / "support-chatbot.yaml", "-o", target, *DAY).returncode == 0
    assert target.read_text("utf-8").count("(tenken draft RECORD transparency-notices)") == 1


def test_what_serves_a_duty_that_does_not_apply_is_left_out_while_another_does() -> None:
    said = run_tenken(
        "draft", EXAMPLES / "support-chatbot.yaml", "transparency-notices", "--as-of", "2026-11-28"
    ).stdout
    kept, _, left_out = said.partition("## Left out")
    assert "## First contact in writing" in kept
    assert "public interest" not in kept
    assert "- Label on a text of public interest: does not concern this system, by its answers" in left_out
