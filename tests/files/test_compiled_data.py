"""A seal vouches for what it was put on, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenken.files import compiled_data, shipped_files
from tenken.files.compiled_data import name_compiled_yaml, read_compiled_file, seal_content
from tenken.files.shipped_files import find_shipped_folder

LABELS = find_shipped_folder("templates") / "labels.en.yaml"
PHRASES = find_shipped_folder("templates") / "phrases.ja.yaml"
CONTENT = "{}\n\u00e4\n".encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_data, "COMPILED_FOLDER", tmp_path)
    return tmp_path


def test_what_is_whole_is_read(folder: Path) -> None:
    (folder / "a").write_bytes(seal_content("a", CONTENT, [LABELS, PHRASES]))
    assert read_compiled_file("a") == CONTENT
    (folder / "b").write_bytes(seal_content("b", b"", []))
    assert read_compiled_file("b") == b""


def test_any_flipped_bit_and_any_missing_end_is_noticed(folder: Path) -> None:
    whole = seal_content("a", CONTENT, [LABELS])
    for place in range(len(whole)):
        for damaged in (bytes([*whole[:place], whole[place] ^ 1]) + whole[place + 1 :], whole[:place]):
            (folder / "a").write_bytes(damaged)
            assert read_compiled_file("a") is None, damaged


def test_another_name_another_library_and_another_version_are_not_meant(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a").write_bytes(seal_content("a", CONTENT, [], "lib-1.0"))
    assert read_compiled_file("a", "lib-1.0") == CONTENT
    assert read_compiled_file("a") is None
    assert read_compiled_file("a", "lib-1.1") is None
    (folder / "b").write_bytes((folder / "a").read_bytes())
    assert read_compiled_file("b", "lib-1.0") is None
    assert read_compiled_file("c", "lib-1.0") is None
    monkeypatch.setattr(compiled_data, "_SEAL", b"# tenken 0.0.9 ")
    assert read_compiled_file("a", "lib-1.0") is None


@pytest.mark.parametrize("change", ["edited", "gone"])
def test_a_source_that_changed_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    def found(kind: str) -> Path:
        return folder / kind

    for module in (compiled_data, shipped_files):
        monkeypatch.setattr(module, "find_shipped_folder", found)
    source = folder / "templates" / "labels.en.yaml"
    source.parent.mkdir()
    source.write_bytes(LABELS.read_bytes())
    name = name_compiled_yaml(source)
    (folder / name).write_bytes(seal_content(name, CONTENT, [source]))
    assert read_compiled_file(name) == CONTENT
    if change == "edited":
        source.write_bytes(source.read_bytes().swapcase())
    else:
        source.unlink()
    assert read_compiled_file(name) is None
