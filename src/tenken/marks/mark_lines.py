"""The findings of files as lines of text: what is there, what each point of the laws makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenken.marks.content_credentials import Credentials
from tenken.marks.file_marks import FileMarks
from tenken.marks.mark_facts import ORIGIN_FIELDS
from tenken.marks.mark_judging import JudgedPoint, MarkOutcome
from tenken.marks.source_types import SaysAi
from tenken.messages.message_catalog import phrase

MarkLabels = Mapping[str, Any]
"""The words of `file_marks` in the labels of a language."""

_MOST_SHOWN = 80
_UNSETTLED_KINDS = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub")


def describe_file(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    """What machines can read in a file, a sentence each."""
    if marks.unreadable:
        yield phrase("not readable: {reason}; nothing follows from that", reason=labels["unreadable"][marks.unreadable])
        return
    if marks.is_named_otherwise:
        yield phrase("the content is {kind}, whatever the file is called", kind=marks.kind.upper())
    yield from _describe_declarations(marks, labels)
    yield from _describe_credentials(marks, labels)
    yield from _describe_aigc(marks, labels)
    yield from _describe_origin(marks, labels)
    yield from _describe_rest(marks, labels)


def describe_outcome(outcome: MarkOutcome, labels: MarkLabels) -> str:
    return str(labels["outcome"][str(outcome)])


def describe_counts(judged: JudgedPoint, labels: MarkLabels) -> str:
    """How many files show what of a point, such as "met by 3 of 4; not found: 1"."""
    total = len(judged.outcomes)
    counts = {outcome: judged.count_outcome(outcome) for outcome in MarkOutcome}
    met = phrase("shown by {count} of {total}", count=counts.pop(MarkOutcome.MET), total=total)
    others = [
        phrase("{outcome}: {count}", outcome=describe_outcome(outcome, labels), count=count)
        for outcome, count in counts.items()
        if count
    ]
    return phrase("; ").join((met, *others))


def _describe_declarations(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    if not marks.declarations and not marks.aigc.is_label_known:
        yield phrase("declares no source type")
    for said in marks.declarations:
        facts = {"term": said.term[:_MOST_SHOWN], "place": labels["place"][said.place]}
        if said.says_ai == SaysAi.YES:
            yield phrase("declares AI: {term} ({place})", **facts)
        elif said.says_ai == SaysAi.NO:
            yield phrase("declares another source: {term} ({place}); that does not say AI", **facts)
        elif said.says_ai == SaysAi.MAYBE:
            yield phrase("declares {term} ({place}), which may hold AI and does not say so", **facts)
        else:
            yield phrase("declares {term} ({place}), which is no term of the list", **facts)
        if not said.is_written_as_usual:
            written = said.said[:_MOST_SHOWN]
            yield phrase("written {said}, not as the list writes it; some readers miss it", said=written)
        if said.place == "c2pa-ingredient":
            yield phrase("this stands in the manifest of something that went into the file, not in its own")
        if said.place == "c2pa" and said.says_ai == SaysAi.YES and not said.vouched:
            yield phrase("it is among the gathered assertions, for which the signer does not vouch")


def _describe_credentials(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    told = marks.credentials
    if told.state == "none":
        yield phrase("no C2PA manifest in the file")
    else:
        yield phrase("C2PA manifest ({place}): {state}", place=told.place, state=labels["state"][told.state])
        yield from _describe_signer(told)
    if told.is_intact and marks.kind in _UNSETTLED_KINDS:
        yield phrase("other readers may refuse it: how C2PA stands in packed documents is not settled yet")
    if told.codes:
        yield phrase("found by the check: {codes}", codes=phrase("; ").join(dict.fromkeys(told.codes)))
    if marks.sidecar.state != "none":
        yield phrase(
            "a manifest lies beside it ({name}): {state}; whoever gets the file alone gets no mark",
            name=marks.sidecar.place,
            state=labels["state"][marks.sidecar.state],
        )
    if marks.remote_links:
        link = marks.remote_links[0][:_MOST_SHOWN]
        yield phrase("refers to a manifest elsewhere ({link}), which tenken does not fetch", link=link)


def _describe_signer(told: Credentials) -> Iterator[str]:
    if told.signer or told.certificate:
        yield phrase("signed by {name}, as its certificate says", name=told.signer or told.certificate)
    if told.generator:
        yield phrase("written by {name}", name=told.generator[:_MOST_SHOWN])
    if told.is_intact or told.is_broken:
        yield phrase("time-stamped {time}", time=told.time_stamp) if told.time_stamp else phrase("not time-stamped")
    if told.tells_watermark:
        yield phrase("says that there is a watermark as well; only its maker can read that")


def _describe_aigc(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    field = marks.aigc
    if field.count:
        places = phrase("; ").join(field.places)
        yield phrase("AIGC field ({places}): {state}", places=places, state=labels["aigc"][field.state])
        if field.is_label_known:
            yield str(labels["aigc_label"][field.label])
        if field.missing:
            yield phrase("missing or empty in it: {keys}", keys=phrase("; ").join(field.missing))
        yield from (str(labels["aigc_doubt"][doubt]) for doubt in field.doubts)


def _describe_origin(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    if marks.origin:
        yield phrase("told with the mark: {fields}", fields=_list_origin_fields(marks.origin, labels))
    if marks.origin_unverified:
        fields = _list_origin_fields(marks.origin_unverified, labels)
        yield phrase("told by a manifest that does not count: {fields}", fields=fields)


def _list_origin_fields(told: Mapping[str, str], labels: MarkLabels) -> str:
    known = labels["origin"]
    return phrase("; ").join(f"{known[name]} ({told[name][:_MOST_SHOWN]})" for name in ORIGIN_FIELDS if name in told)


def _describe_rest(marks: FileMarks, labels: MarkLabels) -> Iterator[str]:
    if marks.page_disclosures:
        said = phrase("; ").join(marks.page_disclosures)
        yield phrase("says of itself, by a draft that is no standard yet: {said}", said=said[:_MOST_SHOWN])
    if marks.traces:
        yield phrase("traces of software, which are no marks: {traces}", traces=phrase("; ").join(marks.traces))
    if marks.words == "both":
        yield str(labels["words"]["both"])
    if marks.not_read:
        yield phrase(
            "not read: {parts}; a mark may be there",
            parts=phrase("; ").join(labels["not_read"][part] for part in marks.not_read),
        )
