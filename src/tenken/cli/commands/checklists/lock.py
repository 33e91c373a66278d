"""`tenken checklists lock`: notes that translations fit the English words."""

from pathlib import Path
from typing import Annotated

import typer

from tenken.authoring.translation_lock import write_translation_locks
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import print_talk


def lock_translations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Translations, such as profile.ja.yaml.")],
) -> None:
    """Note that translations fit the English words as they are now; `validate` tells when those change."""
    for path in sorted(write_translation_locks(files)):
        print_talk(phrase("Everything is saved in {file}.", file=path))
