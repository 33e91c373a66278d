"""Arguments in, files out, errors in plain words. The clock is read in this room and nowhere else."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tenken import terminal, usage
from tenken.cli import answering, authoring, judging
from tenken.cli.options import FINE, INTERRUPTED, MISTAKE
from tenken.phrases import phrase, told
from tenken.problems import Problems

app = usage.App(
    name="tenken",
    help="Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.offer("assess", answering.assess)
app.offer("report", judging.report)
app.offer("check", judging.check)
app.offer("explain", judging.explain)
app.offer("diff", judging.diff)
app.offer("questions", answering.questions)
app.offer("update", answering.update)
app.offer("validate", authoring.validate)
checklists = usage.App(name="checklists", help="The checklists that ship with tenken, and how to write and try them.")
checklists.offer("list", authoring.list_checklists)
checklists.offer("show", authoring.show_checklist)
checklists.offer("new", authoring.new_checklist)
checklists.offer("lock", authoring.lock_translations)
checklists.offer("schema", authoring.print_schema)
checklists.offer("test", authoring.test_scenarios)
app.offer("checklists", checklists)


def run(arguments: list[str]) -> None:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    terminal.prepare()
    try:
        sys.exit(app(arguments, prog_name="tenken", standalone_mode=False))
    except Problems as found:
        for problem in found.problems:
            terminal.say(told(problem))
        sys.exit(MISTAKE)
    except usage.MISTAKE as mistake:
        terminal.say("\n".join(usage.told(mistake)))
        sys.exit(MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    _language: Annotated[
        str, typer.Option("--lang", metavar="en|ja", help="The language to speak; else that of the system.")
    ] = "",
) -> None:
    if version:
        from tenken import __version__

        terminal.out(__version__)
    elif context.invoked_subcommand is None:
        terminal.out(context.get_help())
        terminal.out("\n" + phrase("Begin with: tenken assess"))
