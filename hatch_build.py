"""Compiles what ships into the wheel: rules, labels and templates as data and Python, so that a start reads no YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelDataHook(BuildHookInterface[Any]):
    """Adds `tenken/_data/compiled`; an editable install reads the sources and gets nothing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from tenken.authoring.wheel_data import compile_shipped_files

        self.folder = TemporaryDirectory()
        compile_shipped_files(Path(self.folder.name))
        build_data["force_include"][self.folder.name] = "tenken/_data/compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
