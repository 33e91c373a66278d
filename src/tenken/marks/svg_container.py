"""SVG: XMP in its metadata, and a manifest store in Base64."""

from __future__ import annotations

from xml.etree import ElementTree

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.raw_finds import RawFinds
from tenken.marks.safe_xml import parse_safe_xml

_RDF_ROOT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_MANIFEST_ELEMENT = "{http://c2pa.org/manifest}manifest"


def read_svg(file: BoundedFile, finds: RawFinds) -> None:
    if file.size > MOST_IN_ONE_PIECE:
        raise UnreadableFile("too_large")
    root = parse_safe_xml(file.read_at(0, file.size), may_have_doctype=True)
    if root is None:
        raise UnreadableFile("damaged")
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == _RDF_ROOT:
            finds.keep_packet(ElementTree.tostring(element))
            continue  # what stands in a packet is of that packet
        waiting += reversed(element)
        if element.tag == _MANIFEST_ELEMENT and (element.text or "").strip():
            finds.store_place = "SVG c2pa:manifest"
