"""`tenken mcp`: serves one record to an agent, which reads and proposes while people answer."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.cli.agent_desk import AgentDesk
from tenken.cli.clock import read_clock
from tenken.cli.shared_options import STDIN
from tenken.files.problems import Place, Problem, Problems
from tenken.records.record_file import open_record


def run_mcp(
    path: Annotated[Path, typer.Argument(metavar="RECORD", help="The answers file of one system.")],
) -> None:
    """Let an agent read a record and propose answers, over the Model Context Protocol; only people answer."""
    if path == STDIN:
        raise Problems(Problem(Place("RECORD"), "standard input is for the agent; name the file of a record"))
    open_record(path)
    try:
        from tenken.cli.agent_server import serve_agent  # noqa: PLC0415 - only here, and only if it is installed
    except ImportError:
        text = "this needs the SDK of the Model Context Protocol: pip install 'tenken[mcp]'"
        raise Problems(Problem(Place("mcp"), text)) from None
    serve_agent(AgentDesk(path, read_clock))
