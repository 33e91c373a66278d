"""What a system is called among others: by its name, and by its file where the name alone does not tell which it is."""

from __future__ import annotations

from collections.abc import Iterable

from tenken.assessment.wording import Wording
from tenken.files.problems import escape_line_breaks


class SystemNames:
    """Knows which names several systems have; of each system its name and its file are given."""

    def __init__(self, named: Iterable[tuple[str, str]], wording: Wording) -> None:
        self._wording = wording
        files: dict[str, set[str]] = {}
        for system, file in named:
            files.setdefault(system, set()).add(file)
        self._shared = {system for system, found in files.items() if len(found) > 1}

    def is_shared(self, system: str) -> bool:
        return system in self._shared

    def render(self, system: str, file: str) -> str:
        """The name, with the file in brackets where others have it too; the file alone where there is no name."""
        if not system.strip():
            return escape_line_breaks(file)
        return self._wording.add_in_brackets(system, escape_line_breaks(file)) if self.is_shared(system) else system
