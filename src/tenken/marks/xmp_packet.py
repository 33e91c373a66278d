"""What an XMP packet says of the file it stands in: properties by their namespace, whatever the prefix."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from tenken.marks.raw_finds import RawFinds
from tenken.marks.safe_xml import parse_safe_xml
from tenken.marks.source_types import SourceDeclaration, build_declaration

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_IPTC_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_MEDIA_MANAGEMENT = "{http://ns.adobe.com/xap/1.0/mm/}"
_PROVENANCE = "{http://purl.org/dc/terms/}provenance"
_MOST_PROPERTIES = 5000
_UTF16_SIGNS = (b"\xff\xfe", b"\xfe\xff")

_ORIGIN_PROPERTIES = {
    "provider_name": (f"{_PHOTOSHOP}Credit",),
    "system_name": (f"{_IPTC_EXTENSION}AISystemUsed",),
    "system_version": (f"{_IPTC_EXTENSION}AISystemVersionUsed",),
    "time_date": (f"{_XMP}CreateDate", f"{_PHOTOSHOP}DateCreated"),
    "unique_id": (f"{_IPTC_EXTENSION}DigImageGUID", f"{_MEDIA_MANAGEMENT}DocumentID"),
}


class XmpFinds:
    """The source types that the packets of a file declare, and the fields that tell its origin."""

    def __init__(self) -> None:
        self.declarations: list[SourceDeclaration] = []
        self.origin: dict[str, str] = {}

    def read_packets(self, finds: RawFinds) -> None:
        for packet in finds.xmp_packets:
            root = parse_safe_xml(_strip_padding(packet))
            if root is None:
                finds.keep_not_read("xmp")
                continue
            properties = dict(_list_properties(root, finds))
            self._keep_properties(properties, finds)

    def _keep_properties(self, properties: Mapping[str, str], finds: RawFinds) -> None:
        if said := properties.get(f"{_IPTC_EXTENSION}DigitalSourceType", "").strip():
            self.declarations.append(build_declaration(said, "xmp"))
        if (link := properties.get(_PROVENANCE, "").strip()).startswith(("http://", "https://")):
            finds.remote_links.append(link)
        for name, value in properties.items():
            if "AIGC" in name.rpartition("}")[2]:
                finds.keep_aigc("XMP", value)
        for field, names in _ORIGIN_PROPERTIES.items():
            value = next((properties[name].strip() for name in names if properties.get(name, "").strip()), "")
            if value:
                self.origin.setdefault(field, value)


def _strip_padding(packet: bytes) -> bytes:
    """The packet without what pads it; in UTF-16 that cannot be told from its text."""
    return packet if packet.startswith(_UTF16_SIGNS) else packet.strip(b"\0 \r\n\t")


def _list_properties(root: Element, finds: RawFinds) -> Iterator[tuple[str, str]]:
    """The properties of the file itself, and none of what it only speaks of."""
    count = 0
    for described in root.iter(f"{_RDF}RDF"):
        for description in described:
            yield from ((name, value) for name, value in description.attrib.items() if not name.startswith(_RDF))
            for child in description:
                count += 1
                if count > _MOST_PROPERTIES:
                    finds.keep_not_read("rest")
                    return
                yield str(child.tag), _read_property(child)


def _read_property(element: Element) -> str:
    if said := element.get(f"{_RDF}resource"):
        return said
    inner = [part for part in element if str(part.tag).startswith(_RDF)]
    if inner:
        return next((_read_property(item) for part in inner for item in part), "")
    if len(element):
        return json.dumps({str(part.tag).rpartition("}")[2]: part.text or "" for part in element})
    return element.text or ""
