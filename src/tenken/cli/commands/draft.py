"""`tenken draft`: drafts the documents that gaps ask for."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.assessment.findings import assess_all
from tenken.assessment.wording import Wording
from tenken.cli.clock import read_clock
from tenken.cli.commands.assess import Plain
from tenken.cli.judged_record import open_record_or_stdin, read_record_situation
from tenken.cli.shared_options import STDIN, AsOf, RecordPath
from tenken.files.file_names import quote_file_for_shell, refuse_input_as_output
from tenken.files.problems import Place, Problem, Problems
from tenken.interview.document_questions import ask_for_document
from tenken.interview.prompt_choice import NO_TERMINAL, choose_terminal_prompt
from tenken.interview.typed_text import clean_signature
from tenken.messages.message_catalog import get_language, phrase
from tenken.records.record_file import open_record_to_save
from tenken.records.rule_updates import load_updated_rules
from tenken.report.documents.draft_list import list_blank_lines, list_drafts, render_draft_lines
from tenken.report.documents.handed_facts import HandedFacts, read_handed_facts
from tenken.report.documents.material import DRAFT_FORMATS, DraftMaterial, list_draft_formats
from tenken.report.formats import choose_by_name_or_ending
from tenken.report.report_file import save_report
from tenken.rules.outline import Outline, find_outline
from tenken.terminal.output import print_data, print_document, print_talk
from tenken.terminal.signals import restore_terminal_modes_at_exit

_HELP_OF_DOCUMENT = "Which document; without it, a list of what can be drafted."
_HELP_OF_FACTS = "A card of a data set, of Hugging Face or in Croissant; may be repeated."
_HELP_OF_DOMAINS = "The domains that were crawled and their sizes, in CSV."


DocumentName = Annotated[str, typer.Argument(metavar="[DOCUMENT]", help=_HELP_OF_DOCUMENT)]
DraftOutput = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; printed if left out.")
]
DraftForm = Annotated[
    str, typer.Option("--format", metavar="|".join(list_draft_formats()), help="Else by the ending of FILE, else md.")
]
CardFiles = Annotated[list[Path], typer.Option("--facts", metavar="FILE", help=_HELP_OF_FACTS)]
DomainFile = Annotated[Path | None, typer.Option("--domains", metavar="FILE", help=_HELP_OF_DOMAINS)]


def run_draft(
    path: RecordPath,
    name: DocumentName = "",
    output: DraftOutput = None,
    *,
    said_form: DraftForm = "",
    ask: Annotated[bool, typer.Option("--ask", help="First ask for what is blank, and save it in the record.")] = False,
    blanks: Annotated[bool, typer.Option("--blanks", help="List what is to be filled in, and who would know.")] = False,
    cards: CardFiles = [],  # noqa: B006 - Typer reads the default and does not keep it
    domains: DomainFile = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; kept with each answer.")] = "",
    plain: Plain = False,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE even if tenken did not make it.")] = False,
) -> None:
    """Draft the documents that gaps ask for; what is not answered stays a blank."""
    ending = output.suffix.lstrip(".") if output and output != STDIN else ""
    form = choose_by_name_or_ending(said_form, ending, DRAFT_FORMATS)
    if not name:
        _list_what_helps(path, as_of, blanks=blanks)
        return
    outline = find_outline(name, get_language())
    if ask:
        _ask_for_blanks(path, outline, clean_signature(by), plain=plain)
    material = _read_material(path, outline, as_of, read_handed_facts(cards, domains))
    if blanks:
        for line in list_blank_lines(material):
            print_data(line)
    elif output is None or output == STDIN:
        print_document(form.write_content(material))
    else:
        refuse_input_as_output(output, path, *cards, *filter(None, [domains]))
        save_report(output, form.write_content(material), form, force=force)
        print_talk(phrase("The draft is in {path}", path=output))


def _read_material(path: Path, outline: Outline, as_of: str, facts: HandedFacts) -> DraftMaterial:
    record_file = open_record_or_stdin(path)
    library, situation = read_record_situation(record_file, as_of)
    wording = Wording(library, get_language())
    return DraftMaterial(outline, record_file.record, library, situation, wording, facts)


def _list_what_helps(path: Path, as_of: str, *, blanks: bool) -> None:
    """What can be drafted for a record; with what is blank in each, if that is wanted."""
    record_file = open_record_or_stdin(path)
    library, situation = read_record_situation(record_file, as_of)
    wording = Wording(library, get_language())
    found = list_drafts(record_file.record, assess_all(library, situation), wording)
    for each in found:
        for line in render_draft_lines(each, wording):
            print_data(line)
        if blanks:
            for line in list_blank_lines(each.material):
                print_data(f"  {line}")
    if found:
        command = f"tenken draft {quote_file_for_shell(path)} {found[0].material.outline.id}"
        print_talk(phrase("Make one: {command}", command=f"{command} -o FILE.html"))
    else:
        print_talk(phrase("Nothing that applies by these answers has a draft."))


def _ask_for_blanks(path: Path, outline: Outline, by: str, *, plain: bool) -> None:
    """Asks for what is blank and saves each answer."""
    prompt = choose_terminal_prompt(plain=plain)
    if path == STDIN or prompt is None:
        raise Problems(Problem(Place(""), NO_TERMINAL, {"file": quote_file_for_shell(path)}))
    restore_terminal_modes_at_exit()
    record_file = open_record_to_save(path, read_clock, print_talk)
    library, _ = load_updated_rules(record_file, get_language())
    ask_for_document(outline, record_file, Wording(library, get_language()), prompt, by=by, clock=read_clock)
