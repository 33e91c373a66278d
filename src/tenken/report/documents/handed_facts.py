"""Facts from files that are handed in: data sets from their cards, domains from a list. What they say is only shown."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tenken.files.file_reading import decode_text, digest_bytes, read_file_bytes
from tenken.files.frozen_classes import Frozen
from tenken.files.problems import Place, Problem, Problems
from tenken.files.strict_yaml import parse_yaml, unwrap_node
from tenken.rules.library import SHOWN_DIGITS

LARGEST_CARD = 1 << 20
"""Bytes of one card; the longest known are a tenth of it."""
MOST_CARDS = 200
MOST_DOMAINS = 1_000_000
LONGEST_FACT = 300
_CARD_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_DOMAIN = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?")
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_UNIT_PARTS = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{0,2})")


class DataSetFacts(Frozen):
    """What a card says of a data set."""

    name: str
    link: str
    licence: str
    says: str
    file: str


class Domains(Frozen):
    """The domains of a list, the largest first."""

    names: tuple[str, ...]
    file: str


class HandedFacts(Frozen):
    """What was handed in beside a record."""

    data_sets: tuple[DataSetFacts, ...] = ()
    domains: Domains | None = None

    def list_files(self) -> Iterator[str]:
        """Each file that was handed in, by its name and the beginning of its hash."""
        yield from dict.fromkeys(each.file for each in self.data_sets)
        if self.domains:
            yield self.domains.file


NO_FACTS = HandedFacts()


def read_handed_facts(cards: Iterable[Path], domains: Path | None) -> HandedFacts:
    """The facts of some files; raises `Problems` for each that cannot be read as what it should be."""
    paths = list(cards)
    if len(paths) > MOST_CARDS:
        text = "{count} files are handed in; at most {most} are read"
        raise Problems(Problem(Place("--facts"), text, {"count": len(paths), "most": MOST_CARDS}))
    return HandedFacts(tuple(map(_read_card, paths)), _read_domains(domains) if domains else None)


def _read_card(path: Path) -> DataSetFacts:
    content = read_file_bytes(path)
    if len(content) > LARGEST_CARD:
        text = "this is larger than {count} MiB, which no card of a data set is"
        raise Problems(Problem(Place(str(path)), text, {"count": LARGEST_CARD >> 20}))
    said = decode_text(content, str(path))
    file = _name_file(path, content)
    if path.suffix.lower() in (".json", ".jsonld"):
        return _read_croissant(said, path, file)
    found = _CARD_HEAD.match(said.replace("\r\n", "\n"))
    if found is None:
        text = "a card begins with lines between `---`, as on Hugging Face; Croissant is read from .json or .jsonld"
        raise Problems(Problem(Place(str(path)), text))
    data = unwrap_node(parse_yaml(found[1].encode(), str(path)))
    return _build_card_facts(data if isinstance(data, dict) else {}, said[found.end() :], path, file)


def _name_file(path: Path, content: bytes) -> str:
    return f"{_clean_fact(path.name)} (SHA-256 {digest_bytes(content)[:SHOWN_DIGITS]}…)"


def _build_card_facts(data: Mapping[str, Any], text: str, path: Path, file: str) -> DataSetFacts:
    heading = re.search(r"^#[ \t]+(.{1,300})$", text, re.MULTILINE)
    name = _take_fact(data.get("pretty_name")) or (_clean_fact(heading[1]) if heading else "") or _clean_fact(path.stem)
    about = (("language", "language"), ("size", "size_categories"), ("source", "source_datasets"))
    says = "; ".join(f"{label}: {fact}" for label, key in about if (fact := _take_fact(data.get(key))))
    return DataSetFacts(name, _take_fact(data.get("homepage")), _take_fact(data.get("license")), says, file)


def _read_croissant(said: str, path: Path, file: str) -> DataSetFacts:
    try:
        data = json.loads(said)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not _take_fact(data.get("name")):
        text = "this is no description of a data set in Croissant; it has a `name` at the top"
        raise Problems(Problem(Place(str(path)), text))
    link = _take_fact(data.get("url") or data.get("sameAs"))
    return DataSetFacts(
        _take_fact(data["name"]), link, _take_fact(data.get("license")), _take_fact(data.get("description")), file
    )


def _take_fact(value: object) -> str:
    """A word, or several with commas between them; of anything else its name."""
    if isinstance(value, list):
        return _clean_fact(", ".join(filter(None, map(_take_fact, value[:20]))))
    if isinstance(value, dict):
        return _clean_fact(str(value.get("name") or value.get("@id") or ""))
    return _clean_fact(value) if isinstance(value, str) else ""


def _clean_fact(said: str) -> str:
    """What may be shown of a text of others: one line without what hides from a reader."""
    line = "".join(sign for sign in " ".join(said[: 4 * LONGEST_FACT].split()) if sign.isprintable())
    return f"{line[: LONGEST_FACT - 1]}…" if len(line) > LONGEST_FACT else line


def _read_domains(path: Path) -> Domains:
    """The domains of a list in CSV, a domain and its size a line; one without a number at the top is its head."""
    content = read_file_bytes(path)
    sizes: dict[str, Decimal] = {}
    for number, row in enumerate(_read_rows(content, path), start=1):
        if not any(cell.strip() for cell in row) or (number == 1 and len(row) > 1 and _parse_size(row[1]) is None):
            continue
        size = _parse_size(row[1]) if len(row) > 1 else None
        domain = row[0].strip().lower().rstrip(".")
        if size is None or not _DOMAIN.fullmatch(domain):
            text = "a line is a domain and the size of what was taken from it, such as `example.org,1200000`"
            raise Problems(Problem(Place(str(path), number), text))
        sizes[domain] = sizes.get(domain, Decimal(0)) + size
        if len(sizes) > MOST_DOMAINS:
            raise Problems(Problem(Place(str(path)), "at most {most} domains are read", {"most": MOST_DOMAINS}))
    if not sizes:
        raise Problems(Problem(Place(str(path)), "there is no domain in this list"))
    names = tuple(sorted(sizes, key=lambda domain: (-sizes[domain], domain)))
    return Domains(names, _name_file(path, content))


def _read_rows(content: bytes, path: Path) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        separator = ";" if ";" in text[:1000] and "," not in text[:1000] else ","
        yield from csv.reader(text.splitlines(), delimiter=separator)
    except (csv.Error, UnicodeDecodeError):
        raise Problems(Problem(Place(str(path)), "this is no list in CSV")) from None


def _parse_size(said: str) -> Decimal | None:
    found = _UNIT_PARTS.fullmatch(said.strip())
    if found is None or found[2].lower() not in _UNITS:
        return None
    try:
        return Decimal(found[1]) * _UNITS[found[2].lower()]
    except InvalidOperation:
        return None
