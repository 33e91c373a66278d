"""The program as a whole: its own options, and how any command ends."""

import os
import sys
from typing import Annotated, NoReturn

import typer

from tenken import __version__
from tenken.cli.command_table import ALL_COMMANDS
from tenken.cli.exit_statuses import FINE, INTERRUPTED, MISTAKE
from tenken.cli.lazy_commands import build_group_class
from tenken.cli.shell_completion import COMPLETION_VARIABLE, answer_shells, install_completion, show_completion
from tenken.cli.usage_mistakes import USAGE_MISTAKE, render_usage_mistake
from tenken.files.problems import Place, Problem, Problems
from tenken.messages.message_catalog import BASE_PHRASE_LANGUAGE, phrase, phrase_problem, use_language
from tenken.terminal.output import prepare_standard_streams, print_data, print_talk, silence_stream
from tenken.terminal.signals import get_interrupted_status

app = typer.Typer(
    name=ALL_COMMANDS.name,
    help=ALL_COMMANDS.summary,
    cls=build_group_class(ALL_COMMANDS),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def follow_general_options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    _language: Annotated[
        str, typer.Option("--lang", metavar="en|ja", help="The language to speak; else that of the system.")
    ] = "",
    installs: Annotated[
        bool, typer.Option("--install-completion", help="Install completion for the current shell.")
    ] = False,
    shows: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            help="Show completion for the current shell, to copy it or customize the installation.",
        ),
    ] = False,
) -> None:
    if version:
        print_data(__version__)
    elif installs or shows:
        install_completion() if installs else show_completion()
        raise typer.Exit
    elif context.invoked_subcommand is None:
        print_data(context.get_help())
        print_data("\n" + phrase("Begin with: tenken assess"))


def run_command_line(arguments: list[str], language: str = BASE_PHRASE_LANGUAGE) -> NoReturn:
    """Runs a command; a mistake of the user's becomes one line each and exit status 2, never a traceback."""
    prepare_standard_streams()
    try:
        use_language(language)
        if os.environ.get(COMPLETION_VARIABLE):
            answer_shells()
        status = app(arguments, prog_name=ALL_COMMANDS.name, standalone_mode=False)
        sys.exit(get_interrupted_status() if status == INTERRUPTED else status)  # Typer makes one status of all signals
    except Problems as found:
        for problem in found.problems:
            print_talk(phrase_problem(problem))
        sys.exit(MISTAKE)
    except USAGE_MISTAKE as mistake:
        print_talk("\n".join(render_usage_mistake(mistake)))
        sys.exit(MISTAKE)
    except KeyboardInterrupt:
        sys.exit(get_interrupted_status())
    except BrokenPipeError:  # of the help, which Typer prints
        silence_stream(sys.stdout)
        sys.exit(FINE)
    except OSError as error:
        silence_stream(sys.stdout)
        print_talk(phrase_problem(Problem(Place(str(error.filename or "")), "{reason}", {"reason": error.strerror})))
        sys.exit(MISTAKE)
