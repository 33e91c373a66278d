"""The table of commands: what each is called, where it lives and what it is for.

A command is imported when it is asked for and not before, so its summary stands here as well as in its docstring, and a
test compares the two.
"""

from __future__ import annotations

from tenken.files.frozen_classes import Frozen


class CommandRow(Frozen):
    """A command: its name, the module and the function that do the work, and what it is for."""

    name: str
    module: str
    function: str
    summary: str


class CommandGroup(Frozen):
    """Commands that are called by one name and then their own."""

    name: str
    summary: str
    commands: tuple[CommandRow | CommandGroup, ...]


CHECKLIST_COMMANDS = CommandGroup(
    "checklists",
    "The checklists that ship with tenken, and how to write and try them.",
    (
        CommandRow(
            "list",
            "tenken.cli.commands.checklists.list",
            "list_checklists",
            "The checklists there are, and of what state they are.",
        ),
        CommandRow(
            "show",
            "tenken.cli.commands.checklists.show",
            "show_checklist",
            "A checklist as decision tables in Markdown: what applies when, unless what, from when.",
        ),
        CommandRow(
            "new",
            "tenken.cli.commands.checklists.new",
            "create_checklist",
            "Write a checklist to begin with, its scenarios and its translation; no file is ever replaced.",
        ),
        CommandRow(
            "lock",
            "tenken.cli.commands.checklists.lock",
            "lock_translations",
            "Note that translations fit the English words as they are now; `validate` tells when those change.",
        ),
        CommandRow(
            "schema",
            "tenken.cli.commands.checklists.schema",
            "print_schema",
            "What a file can hold, as a JSON Schema for editors and programs; of results, too.",
        ),
        CommandRow(
            "test",
            "tenken.cli.commands.checklists.test",
            "run_scenarios",
            "Try written-down situations against the checklists; show where the outcome differs and what none shows.",
        ),
    ),
)

LOG_COMMANDS = CommandGroup(
    "log",
    "The log of a record: who changed what, when and from what, in lines that nobody can change unseen.",
    (
        CommandRow(
            "begin",
            "tenken.cli.commands.log.begin",
            "run_log_begin",
            "Begin a log beside a record: from then on every save appends who changed what, when and from what.",
        ),
        CommandRow(
            "show",
            "tenken.cli.commands.log.show",
            "run_log_show",
            "Tell who changed what in a record, when and from what.",
        ),
        CommandRow(
            "verify",
            "tenken.cli.commands.log.verify",
            "run_log_verify",
            "Say whether a log holds, or the first entry that does not and how; and whether its record says the same.",
        ),
    ),
)

ALL_COMMANDS = CommandGroup(
    "tenken",
    "Find out what the law asks of your AI system, and what is missing. Nothing leaves this machine.",
    (
        CommandRow(
            "assess",
            "tenken.cli.commands.assess",
            "run_assess",
            "Answer questions until it is clear what applies and what is missing; again to go on.",
        ),
        CommandRow("report", "tenken.cli.commands.report", "run_report", "Make the gap report of a record."),
        CommandRow(
            "draft",
            "tenken.cli.commands.draft",
            "run_draft",
            "Draft the documents that gaps ask for; what is not answered stays a blank.",
        ),
        CommandRow(
            "check",
            "tenken.cli.commands.check",
            "run_check",
            "Pass or fail: fails if an obligation or a prohibition in force is not met, or nobody knows whether it is.",
        ),
        CommandRow(
            "portfolio",
            "tenken.cli.commands.portfolio",
            "run_portfolio",
            "Show all systems on one page: where each stands, who has what to do, and what a new law would change.",
        ),
        CommandRow(
            "explain",
            "tenken.cli.commands.explain",
            "run_explain",
            "Say why something applies or not, and with --set what another answer would change.",
        ),
        CommandRow(
            "diff",
            "tenken.cli.commands.diff",
            "run_diff",
            "Say what is different: what the law changed, what the calendar moved, what you changed.",
        ),
        CommandRow(
            "accept",
            "tenken.cli.commands.accept",
            "run_accept",
            "Answer for a gap until a day: it stays a gap, and passes the gate as long as nothing else changes.",
        ),
        CommandRow(
            "evidence",
            "tenken.cli.commands.evidence",
            "run_evidence",
            "Look at what is named as evidence: whether it is there, as it was pinned, and still good.",
        ),
        CommandRow(
            "marks",
            "tenken.cli.commands.marks",
            "run_marks",
            "Say what machines can read in files the system made, and which points of the laws that meets.",
        ),
        CommandRow(
            "questions",
            "tenken.cli.commands.questions",
            "run_questions",
            "Print the open questions to fill in, or as a page.",
        ),
        CommandRow(
            "mcp",
            "tenken.cli.commands.mcp",
            "run_mcp",
            "Let an agent read a record and propose answers, over the Model Context Protocol; only people answer.",
        ),
        CommandRow(
            "update",
            "tenken.cli.commands.update",
            "run_update",
            "Show what newer rules make of records, and with --write carry their answers over.",
        ),
        CommandRow(
            "validate",
            "tenken.cli.commands.validate",
            "run_validate",
            "Find the mistakes in checklists, scenarios and records, with line and column.",
        ),
        CommandRow(
            "sign",
            "tenken.cli.commands.sign",
            "run_sign",
            "Sign a record off, and seal with an SSH key what exactly was signed.",
        ),
        CommandRow(
            "verify",
            "tenken.cli.commands.verify",
            "run_verify",
            "Say who signed a record, what exactly, and what changed since; needs no network.",
        ),
        LOG_COMMANDS,
        CHECKLIST_COMMANDS,
    ),
)
