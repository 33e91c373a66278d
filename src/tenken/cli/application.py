"""Arguments in, files out, errors in plain words. The clock is read in this room and nowhere else."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tenken.cli.commands.assess import run_assess, run_questions, run_update
from tenken.cli.commands.checklists.test import (
    create_checklist,
    list_checklists,
    lock_translations,
    print_schema,
    run_scenarios,
    run_validate,
    show_checklist,
)
from tenken.cli.commands.report import run_check, run_diff, run_explain, run_report
from tenken.cli.help_pages import USAGE_MISTAKE, App, render_usage_mistake
from tenken.cli.shared_options import FINE, INTERRUPTED, MISTAKE
from tenken.files.problems import Problems
from tenken.messages.message_catalog import phrase, phrase_problem
from tenken.terminal.output import prepare_standard_streams, print_data, print_talk

app = App(
    name="tenken",
    help="Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.offer_command("assess", run_assess)
app.offer_command("report", run_report)
app.offer_command("check", run_check)
app.offer_command("explain", run_explain)
app.offer_command("diff", run_diff)
app.offer_command("questions", run_questions)
app.offer_command("update", run_update)
app.offer_command("validate", run_validate)
checklists_app = App(name="checklists", help="The checklists that ship with tenken, and how to write and try them.")
checklists_app.offer_command("list", list_checklists)
checklists_app.offer_command("show", show_checklist)
checklists_app.offer_command("new", create_checklist)
checklists_app.offer_command("lock", lock_translations)
checklists_app.offer_command("schema", print_schema)
checklists_app.offer_command("test", run_scenarios)
app.offer_command("checklists", checklists_app)


def run_command_line(arguments: list[str]) -> None:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    prepare_standard_streams()
    try:
        sys.exit(app(arguments, prog_name="tenken", standalone_mode=False))
    except Problems as found:
        for problem in found.problems:
            print_talk(phrase_problem(problem))
        sys.exit(MISTAKE)
    except USAGE_MISTAKE as mistake:
        print_talk("\n".join(render_usage_mistake(mistake)))
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

        print_data(__version__)
    elif context.invoked_subcommand is None:
        print_data(context.get_help())
        print_data("\n" + phrase("Begin with: tenken assess"))
