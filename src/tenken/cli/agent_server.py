"""Serves one record to an agent by the Model Context Protocol, over standard input and output: the door of the SDK."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from tenken import __version__
from tenken.cli.agent_desk import MOST_QUESTIONS, AgentDesk
from tenken.files.durable_writing import encode_document
from tenken.files.problems import NOWHERE, Problem, Problems
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.terminal.output import silence_stream
from tenken.terminal.signals import ImmediateEnd

_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_PROPOSES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def serve_agent(desk: AgentDesk) -> None:
    """Answers until standard input ends, or a signal comes, of which the SDK takes no notice while it reads.

    The tools: what is asked, why, the report, and proposing; none takes a path, and none writes the record.
    """
    text = (
        "A compliance record of one AI system. You can read what is open and propose answers, each with a reason and "
        "the place in code or documents it rests on. Only people answer: a proposal counts for nothing until a person "
        "takes it over. Propose only what you have seen; what you do not know stays open."
    )
    server: MCPServer[Any] = MCPServer("tenken", version=__version__, instructions=phrase(text), log_level="ERROR")
    _add_reading_tools(server, desk)
    _add_proposing_tool(server, desk, ImmediateEnd().hold)
    _run_until_left(server)


def _run_until_left(server: MCPServer[Any]) -> None:
    """That nobody reads any more is no mistake; raises `Problems` where what is said cannot be written."""
    try:
        server.run("stdio")
    except* BrokenPipeError:
        silence_stream(sys.stdout)
    except* OSError as found:
        silence_stream(sys.stdout)
        reason = next(iter(found.exceptions))
        facts = {"reason": reason.strerror if isinstance(reason, OSError) else reason}
        raise Problems(Problem(NOWHERE, "standard output cannot be written: {reason}", facts)) from None


def _add_reading_tools(server: MCPServer[Any], desk: AgentDesk) -> None:
    async def list_open_questions(
        first: Annotated[int, Field(ge=1)] = 1, count: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] = 20
    ) -> str:
        return _answer_or_refuse(lambda: desk.list_open_questions(first, count))

    async def explain(requirement: str = "") -> str:
        return _answer_or_refuse(lambda: desk.explain(requirement))

    async def report() -> str:
        return _answer_or_refuse(desk.write_report)

    texts: dict[Callable[..., Any], str] = {
        list_open_questions: "The open questions that are next, with help, examples and the answers there are.",
        explain: "Why a requirement applies or not; by its id, what it cites or a part of its title. All if left out.",
        report: "The gap report of the record as it is now.",
    }
    for tool, says in texts.items():
        server.add_tool(tool, description=phrase(says), annotations=_READS, structured_output=False)


def _add_proposing_tool(
    server: MCPServer[Any], desk: AgentDesk, hold_signals: Callable[[], AbstractContextManager[None]]
) -> None:
    async def propose_answer(
        question: str, answer: list[str], because: str, rests_on: str, context: Context[Any, Any]
    ) -> str:
        source = _name_client(context)
        with hold_signals():
            return _answer_or_refuse(lambda: desk.propose(question, answer, because, rests_on, source))

    text = (
        "Propose an answer to a question, by its id and the words of its answers: why, and the place in code or "
        "documents it rests on, such as src/chat.py:12. A person decides."
    )
    server.add_tool(propose_answer, description=phrase(text), annotations=_PROPOSES, structured_output=False)


def _answer_or_refuse(answer: Callable[[], str]) -> str:
    """What a tool says; raises `ToolError` with everything that a user could mend."""
    try:
        return _mend_text(answer())
    except Problems as found:
        raise ToolError(_mend_text("\n".join(map(phrase_problem, found.problems)))) from None


def _mend_text(text: str) -> str:
    """The text with a sign for half a character, as a broken file name has it."""
    return encode_document(text).decode()


def _name_client(context: Context[Any, Any]) -> str:
    """What the program at the other end calls itself."""
    client = context.session.client_params
    return f"{client.client_info.name} {client.client_info.version}" if client else ""
