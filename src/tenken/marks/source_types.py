"""The terms by which a file says how its content came about, and which of them say that a model made it."""

from __future__ import annotations

import re
from enum import StrEnum

from tenken.files.frozen_classes import Frozen

_IPTC_TERMS = "cv.iptc.org/newscodes/digitalsourcetype/"
_C2PA_TERMS = "c2pa.org/digitalsourcetype/"
_SCHEMA_ORG_ENDING = "DigitalSource"
_USUAL_STARTS = (f"http://{_IPTC_TERMS}", f"http://{_C2PA_TERMS}")


class SaysAi(StrEnum):
    """What a term says of AI."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    UNKNOWN_TERM = "unknown_term"


_ALL_MADE = ("trainedAlgorithmicMedia", "trainedAlgorithmicData")
_PARTLY_MADE = ("compositeWithTrainedAlgorithmicMedia", "compositeSynthetic")
_MAY_HOLD = ("composite", "digitalArt")
_NOT_MADE = (
    "digitalCapture",
    "computationalCapture",
    "negativeFilm",
    "positiveFilm",
    "print",
    "humanEdits",
    "minorHumanEdits",
    "algorithmicallyEnhanced",
    "algorithmicMedia",
    "dataDrivenMedia",
    "digitalCreation",
    "softwareImage",
    "screenCapture",
    "virtualRecording",
    "compositeCapture",
    "empty",
)
_TERM_MEANINGS = {
    **dict.fromkeys((*_ALL_MADE, *_PARTLY_MADE), SaysAi.YES),
    **dict.fromkeys(_MAY_HOLD, SaysAi.MAYBE),
    **dict.fromkeys(_NOT_MADE, SaysAi.NO),
}


class SourceDeclaration(Frozen):
    """A source type that a file declares: the term, as it is written, where, and whether the signer vouches for it."""

    term: str
    said: str
    place: str
    says_ai: str
    vouched: bool = False
    verified: bool = True

    @property
    def is_written_as_usual(self) -> bool:
        return self.said.startswith(_USUAL_STARTS) or "schema.org" in self.said


def build_declaration(said: str, place: str, *, vouched: bool = False, verified: bool = True) -> SourceDeclaration:
    term = _name_term(said)
    meaning = _TERM_MEANINGS.get(term, SaysAi.UNKNOWN_TERM)
    return SourceDeclaration(term, said, place, meaning.value, vouched, verified)


def _name_term(said: str) -> str:
    """The bare name of a term, however it is written: as an address, a short form, of schema.org, or alone."""
    last = re.split(r"[/#:]", said.strip().rstrip("/"))[-1]
    if last.endswith(_SCHEMA_ORG_ENDING) and last != _SCHEMA_ORG_ENDING:
        last = last.removesuffix(_SCHEMA_ORG_ENDING)
        return last[:1].lower() + last[1:]
    return last
