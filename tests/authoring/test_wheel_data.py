"""What is compiled for the wheel comes to the same as the files it was made from, or is as if it were not there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from support.shared_rules import read_library_anew
from tenken.authoring.wheel_data import compile_shipped_files
from tenken.files import compiled_data
from tenken.files.compiled_data import name_compiled_yaml, read_compiled_file
from tenken.files.shipped_files import find_shipped_folder
from tenken.rules.compiled_rules import decode_rules
from tenken.rules.loading import find_checklist_file, list_shipped_checklists, name_compiled_rules


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    compile_shipped_files(folder)
    return folder


@pytest.fixture
def folder(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_data, "COMPILED_FOLDER", compiled)
    return compiled


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", ["en", "ja"])
def test_rules_that_were_compiled_are_those_of_the_files(language: str) -> None:
    paths = list(map(find_checklist_file, list_shipped_checklists()))
    read = read_library_anew(paths, language)
    for path in paths:
        content = read_compiled_file(name_compiled_rules(path, language))
        assert content is not None
        assert decode_rules(content, path) == read.checklists[path.stem]


def test_what_is_damaged_or_made_from_other_files_is_as_if_it_were_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = find_shipped_folder("templates") / "labels.en.yaml"
    file = folder / name_compiled_yaml(labels)
    whole = file.read_bytes()
    assert read_compiled_file(file.name) is not None
    chance = random.Random(3)
    for _ in range(60):
        at = chance.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randint(1, 255)]) + whole[at + 1 :])
        assert read_compiled_file(file.name) is None
    for cut in (0, 10, len(whole) // 2):
        file.write_bytes(whole[:cut])
        assert read_compiled_file(file.name) is None
    file.write_bytes(whole)
    monkeypatch.setattr(compiled_data, "find_shipped_folder", lambda _: folder)
    assert read_compiled_file(file.name) is None
