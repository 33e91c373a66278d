"""What was found in one file, ready to be shown and judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenken.files.frozen_classes import Frozen, list_field_values
from tenken.marks.aigc_field import AigcField
from tenken.marks.content_credentials import Credentials
from tenken.marks.source_types import SourceDeclaration


class FileMarks(Frozen):
    """The marks of a file, or why nothing can be said of it.

    `origin` is what a mark that says AI tells of where the file comes from, from a manifest that was checked or from
    unsigned fields; `origin_unverified` the same of one that was changed or could not be checked.
    """

    path: str
    kind: str = ""
    medium: str = ""
    unreadable: str = ""
    declarations: tuple[SourceDeclaration, ...] = ()
    credentials: Credentials = Credentials()
    sidecar: Credentials = Credentials()
    aigc: AigcField = AigcField()
    origin: Mapping[str, str] = {}
    origin_unverified: Mapping[str, str] = {}
    page_disclosures: tuple[str, ...] = ()
    remote_links: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    words: str = ""
    not_read: tuple[str, ...] = ()
    is_named_otherwise: bool = False


def encode_marks(item: Any) -> Any:  # noqa: ANN401 - a frozen thing or what it holds
    """The same as plain data."""
    if isinstance(item, Frozen):
        return {name: encode_marks(value) for name, value in list_field_values(item)}
    if isinstance(item, tuple):
        return [encode_marks(each) for each in item]
    return dict(item) if isinstance(item, Mapping) else item


def decode_marks(held: Mapping[str, Any]) -> FileMarks:
    inner = {
        "declarations": tuple(SourceDeclaration(**each) for each in held["declarations"]),
        "credentials": _decode_credentials(held["credentials"]),
        "sidecar": _decode_credentials(held["sidecar"]),
        "aigc": AigcField(**_tuples_of(held["aigc"])),
    }
    return FileMarks(**{**_tuples_of(held), **inner})


def _decode_credentials(held: Mapping[str, Any]) -> Credentials:
    declarations = tuple(SourceDeclaration(**each) for each in held["declarations"])
    return Credentials(**{**_tuples_of(held), "declarations": declarations})


def _tuples_of(held: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in held.items()}
