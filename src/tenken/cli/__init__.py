"""Arguments in, files out, errors in plain words. The clock is read in this room and nowhere else."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tenken import terminal, usage
from tenken.cli import answering, authoring, judging
from tenken.cli.options import FINE, INTERRUPTED, MISTAKE
from tenken.phrases import phrase, phrase_problem
from tenken.problems import Problems

app = usage.App(
    name="tenken",
    help="Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.offer_command("assess", answering.run_assess)
app.offer_command("report", judging.run_report)
app.offer_command("check", judging.run_check)
app.offer_command("explain", judging.run_explain)
app.offer_command("diff", judging.run_diff)
app.offer_command("questions", answering.run_questions)
app.offer_command("update", answering.run_update)
app.offer_command("validate", authoring.run_validate)
checklists_app = usage.App(
    name="checklists", help="The checklists that ship with tenken, and how to write and try them."
)
checklists_app.offer_command("list", authoring.list_checklists)
checklists_app.offer_command("show", authoring.show_checklist)
checklists_app.offer_command("new", authoring.create_checklist)
checklists_app.offer_command("lock", authoring.lock_translations)
checklists_app.offer_command("schema", authoring.print_schema)
checklists_app.offer_command("test", authoring.run_scenarios)
app.offer_command("checklists", checklists_app)


def run_command_line(arguments: list[str]) -> None:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    terminal.prepare_standard_streams()
    try:
        sys.exit(app(arguments, prog_name="tenken", standalone_mode=False))
    except Problems as found:
        for problem in found.problems:
            terminal.print_talk(phrase_problem(problem))
        sys.exit(MISTAKE)
    except usage.USAGE_MISTAKE as mistake:
        terminal.print_talk("\n".join(usage.render_usage_mistake(mistake)))
        sys.exit(MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FINE)


@app.callback(invoke_without_command=True)
def show_version_or_help(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    _language: Annotated[
        str, typer.Option("--lang", metavar="en|ja", help="The language to speak; else that of the system.")
    ] = "",
) -> None:
    if version:
        from tenken import __version__

        terminal.print_data(__version__)
    elif context.invoked_subcommand is None:
        terminal.print_data(context.get_help())
        terminal.print_data("\n" + phrase("Begin with: tenken assess"))
