"""Facts from files as tables of a draft, each with what was taken and from which file."""

from __future__ import annotations

from collections.abc import Iterator

from tenken.report.documents.draft_types import TableView
from tenken.report.documents.handed_facts import DataSetFacts, Domains
from tenken.report.documents.material import DraftMaterial
from tenken.rules.logic import Truth, evaluate
from tenken.rules.outline import OutlineFacts, OutlineLine, OutlineShare


def build_fact_tables(line: OutlineLine, material: DraftMaterial) -> Iterator[TableView]:
    """The tables that a paragraph takes from files; none where it takes none, or no such file was handed in."""
    facts = material.facts
    if line.facts is OutlineFacts.DATA_SETS and facts.data_sets:
        yield _build_data_set_table(facts.data_sets, material)
    if line.facts is OutlineFacts.DOMAINS and facts.domains and line.shares:
        yield _build_domain_table(facts.domains, _choose_share(line, material), material)


def _build_data_set_table(found: tuple[DataSetFacts, ...], material: DraftMaterial) -> TableView:
    labels = material.wording.labels["draft"]
    return {
        "says": labels["from_cards"],
        "columns": labels["data_set_columns"],
        "rows": [[each.name, each.link, each.licence, each.says, each.file] for each in found],
    }


def _choose_share(line: OutlineLine, material: DraftMaterial) -> OutlineShare:
    """The first share that certainly is the one, else the last, which is for everybody."""
    held = (share for share in line.shares if evaluate(share.when, material.situation) is Truth.YES)
    return next(held, line.shares[-1])


def count_share(total: int, share: OutlineShare) -> int:
    """How many of so many are named; a part of one counts as one."""
    named = -(-total * int(share.percent) // 100)
    return min(named, int(share.at_most)) if share.at_most else named


def _build_domain_table(domains: Domains, share: OutlineShare, material: DraftMaterial) -> TableView:
    labels = material.wording.labels["draft"]
    total = len(domains.names)
    count = count_share(total, share)
    facts = {"count": count, "total": total, "percent": share.percent, "most": share.at_most, "file": domains.file}
    return {
        "says": labels["top_domains_at_most" if share.at_most else "top_domains"].format(**facts),
        "columns": labels["domain_columns"],
        "rows": [[name] for name in domains.names[:count]],
    }
