"""An agent at the other end of `tenken mcp`: the SDK's own client, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, Implementation, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent

from support.command_line import run_tenken, start_tenken
from support.paths import LIGHTHOUSE, TENKEN
from tenken.cli.agent_desk import AgentDesk
from tenken.cli.clock import read_clock
from tenken.files.problems import Problems
from tenken.records.files_beside import find_proposals_path
from tenken.records.proposals import read_proposals

RECORD = f"tenken: 2\nsystem: Tower\nchecklists: [{LIGHTHOUSE}]\nanswers: {{keeper: no}}\n"
GOOD: dict[str, Any] = {
    "question": "coast",
    "answer": ["yes"],
    "because": "The position is on a pier",
    "rests_on": "src/map.py:3",
}


@pytest.fixture
def tower(tmp_path: Path) -> Path:
    path = tmp_path / "tower.yaml"
    path.write_text(RECORD, "utf-8")
    return path


def talk(tower: Path, converse: Callable[[ClientSession], Awaitable[None]], name: str = "Test agent") -> None:
    """A conversation with the server, after which it has ended, and nothing but proposals was written."""
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tower.parent.iterdir()}
    asyncio.run(_converse(tower, converse, name))
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tower.parent.iterdir()}
    after.pop(tower.with_name("tower.proposals.yaml"), None)
    assert after == before


async def _converse(
    tower: Path, converse: Callable[[ClientSession], Awaitable[None]], name: str = "Test agent"
) -> None:
    server = StdioServerParameters(command=TENKEN[0], args=[*TENKEN[1:], "mcp", "--", str(tower)])
    async with stdio_client(server) as (incoming, outgoing):
        client = Implementation(name=name, version="1.0")
        async with ClientSession(incoming, outgoing, client_info=client) as session:
            await session.initialize()
            await converse(session)


async def call(session: ClientSession, tool: str, **arguments: Any) -> tuple[bool, str]:
    """Whether it was refused, and what was said."""
    result = await session.call_tool(tool, arguments)
    assert isinstance(result, CallToolResult)
    (said,) = result.content
    assert isinstance(said, TextContent)
    return bool(result.is_error), said.text


def test_an_agent_reads_what_is_open_and_why_and_proposes(tower: Path) -> None:
    async def converse(session: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert list(tools) == ["list_open_questions", "explain", "report", "propose_answer"]
        takes = {key for tool in tools.values() for key in tool.input_schema["properties"]}
        assert takes == {"first", "count", "requirement", "question", "answer", "because", "rests_on"}
        listed = json.loads((await call(session, "list_open_questions"))[1])
        coast = next(question for question in listed["questions"] if question["id"] == "coast")
        assert (listed["system"], coast["ask"]) == ("Tower", "Does it stand on a coast?")
        assert (coast["but_not"], [each["answer"] for each in coast["answers"]]) == (
            "A tower on a hill.",
            ["yes", "no", "unsure"],
        )
        assert "Shine at night" in (await call(session, "explain", requirement="L-1"))[1]
        assert "L-1" in (await call(session, "explain"))[1]
        assert (await call(session, "report"))[1].startswith("<!-- made by tenken ")
        refused, said = await call(session, "propose_answer", **GOOD)
        assert not refused
        assert "tenken assess tower.yaml --merge tower.proposals.yaml" in said
        listed = json.loads((await call(session, "list_open_questions", count=50))[1])
        assert {question["id"]: question.get("proposed_already") for question in listed["questions"]}["coast"] == [
            "yes"
        ]

    talk(tower, converse, name="Test\u202e\nagent")
    (proposed,) = read_proposals(tower.with_name("tower.proposals.yaml")).answers.values()
    assert (proposed.source, proposed.rests_on) == ("Test agent 1.0", "src/map.py:3")
    assert run_tenken("check", tower).returncode == 1


HOSTILE: list[tuple[dict[str, Any], str]] = [
    ({"question": "cost"}, "cost is not a question here; did you mean coast?"),
    ({"question": "../../etc/passwd"}, "is not a question here"),
    ({"question": "q" * 100_000}, "is not a question here"),
    ({"question": "\x1b[2J\u202e"}, "is not a question here"),
    ({"answer": ["perhaps"]}, "coast: perhaps is not an answer; it can be no, unsure, yes"),
    ({"answer": ["yes", "no"]}, "coast takes one answer"),
    ({"answer": ["unsure"]}, "propose nothing where you are not sure"),
    ({"answer": []}, "say which answer is proposed"),
    ({"answer": [" "]}, "say which answer is proposed"),
    ({"answer": ["yes"] + ["x"] * 100_000}, "is not an answer"),
    ({"question": "lit", "answer": ["2026-02-30"]}, "lit"),
    ({"question": "L-1.shines", "answer": ["explained"]}, "this cannot be explained away"),
    ({"because": ""}, "say why, in words"),
    ({"because": "..."}, "say why, in words"),
    ({"because": "It is so\u202e"}, "because: characters that are not shown"),
    ({"because": "It is so\x1b[2J"}, "because: characters that are not shown"),
    ({"because": "It is " + "so " * 400}, "because is longer than 1000 characters"),
    ({"rests_on": " "}, "rests_on: the text is missing here"),
    ({"rests_on": "a" * 301}, "rests_on is longer than 200 characters"),
    ({"rests_on": "a\x00b"}, "rests_on: characters that are not shown"),
]


@pytest.mark.parametrize(("changed", "says"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_nobody_could_take_over_is_refused_in_words(tower: Path, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Problems) as found:
        AgentDesk(tower, read_clock).propose(**{**GOOD, **changed}, source="Test agent")
    assert says in str(found.value)
    assert len(str(found.value)) < 3000
    assert [*tower.parent.iterdir()] == [tower]


@pytest.mark.thorough
def test_the_server_goes_on_after_whatever_it_is_sent(tower: Path) -> None:
    async def converse(session: ClientSession) -> None:
        for changed, _ in HOSTILE:
            assert (await call(session, "propose_answer", **{**GOOD, **changed}))[0]
        assert (await call(session, "propose_answer", question="coast"))[0]
        assert (await call(session, "explain", requirement="\x1b[2J\u202e" * 10_000))[0]
        assert (await call(session, "list_open_questions", first=-1))[0]
        assert (await call(session, "no_such_tool"))[0]
        assert json.loads((await call(session, "list_open_questions", first=10**9))[1])["questions"] == []
        for _ in range(300):
            assert not (await call(session, "propose_answer", **GOOD))[0]

    talk(tower, converse)
    assert len(read_proposals(tower.with_name("tower.proposals.yaml")).answers) == 1


def test_text_for_a_page_or_a_sheet_stays_text(tower: Path) -> None:
    said = "=1+1 <script>alert(1)</script> | **x** {{ 7*7 }} &amp;"
    desk = AgentDesk(tower, read_clock)
    desk.propose(**{**GOOD, "because": said, "rests_on": said}, source=said)
    (proposed,) = read_proposals(desk.proposals_path).answers.values()
    assert (proposed.because, proposed.rests_on, proposed.source) == (said, said, said)


def test_what_the_record_says_already_is_not_proposed(tower: Path) -> None:
    said = AgentDesk(tower, read_clock).propose(**{**GOOD, "question": "keeper", "answer": ["no"]}, source="agent")
    assert said == "The record says so already; nothing was written."
    assert [*tower.parent.iterdir()] == [tower]


def test_a_record_changed_meanwhile_is_read_anew_and_one_that_is_gone_is_told(tower: Path) -> None:
    desk = AgentDesk(tower, read_clock)
    assert '"coast"' in desk.list_open_questions(1, 50)
    run_tenken("assess", tower, "--set", "coast=no")
    assert '"coast"' not in desk.list_open_questions(1, 50)
    tower.unlink()
    with pytest.raises(Problems, match="no such file"):
        desk.list_open_questions(1, 50)


def test_what_is_no_record_is_not_served(tower: Path) -> None:
    proposals = tower.with_name("tower.proposals.yaml")
    proposals.write_text("proposed: yes\n", "utf-8")
    for path, says in ((proposals, "these are proposals"), (tower.parent, "folder"), ("-", "name the file")):
        done = run_tenken("mcp", path)
        assert (done.returncode, says in done.stderr) == (2, True)


@pytest.mark.thorough
def test_the_server_ends_with_its_input_and_on_a_signal(tower: Path) -> None:
    assert start_tenken("mcp", tower).returncode == 0
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen([*TENKEN, "mcp", str(tower)], stdin=-1, stdout=-1, stderr=-1) as server:
            assert server.stdin and server.stdout and server.stderr
            server.stdin.write(b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\nno json\n')
            server.stdin.flush()
            server.stdout.readline()
            time.sleep(0.3)  # by now it waits for the next line
            server.send_signal(number)
            assert server.wait(timeout=20) == 128 + number
            assert b"Traceback" not in server.stderr.read()


def test_a_record_of_any_name_is_served(tmp_path: Path) -> None:
    tower = tmp_path / os.fsdecode(b"-a\n\xe2\x80\xae\xff.yaml")
    tower.write_text(RECORD, "utf-8")

    async def converse(session: ClientSession) -> None:
        assert (await call(session, "report"))[1].startswith("<!-- made by tenken ")
        _, said = await call(session, "propose_answer", **GOOD)
        name = r"./-a\012\342\200\256\377"
        assert said.splitlines()[1] == f"tenken assess $'{name}.yaml' --merge $'{name}.proposals.yaml'"
        tower.unlink()
        refused, said = await call(session, "report")
        assert (refused, said.count("\n")) == (True, 0)
        tower.write_text(RECORD, "utf-8")

    asyncio.run(_converse(tower, converse))
    assert list(read_proposals(find_proposals_path(tower)).answers) == ["coast"]


@pytest.mark.thorough
@pytest.mark.parametrize(("where", "status"), [("| true", 0), ("> /dev/full", 2), (">&-", 2)])
def test_an_output_that_takes_nothing_is_told_in_a_line_at_most(tower: Path, where: str, status: int) -> None:
    script = f'echo \'{{"jsonrpc":"2.0","id":1,"method":"ping"}}\' | "$@" {where}; exit ${{PIPESTATUS[1]}}'
    command = ["bash", "-c", script, "bash", *TENKEN, "mcp", str(tower)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (status, 1 if status else 0), done.stderr


def test_without_the_sdk_it_is_said_what_to_install(tower: Path) -> None:
    script = "import sys; sys.modules['mcp'] = None; from tenken.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", script, "mcp", tower], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "mcp: this needs the SDK of the Model Context Protocol: pip install 'tenken[mcp]'\n",
    )
