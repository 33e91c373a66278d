"""What the readers of containers collect: pieces that may hold marks, as they stand in the file."""

from __future__ import annotations

MOST_PIECES = 64
"""How many pieces of one sort are kept."""
_MOST_KEPT = 16 << 20
"""How long all packets of XMP and all AIGC fields of a file may be together, unpacked."""

_GENERATOR_KEYWORDS = ("parameters", "prompt", "workflow", "hf-job-id")
_GENERATOR_SIGNS = ("Steps: ", "Signature: ")


class RawFinds:
    """The pieces found in one file, each with the place it stands in."""

    def __init__(self) -> None:
        self.kind = ""
        self.xmp_packets: list[bytes] = []
        self.aigc_texts: list[tuple[str, str]] = []
        self.store_place = ""
        self.loose_store = b""
        """A manifest store that stands in a text, where the C2PA library does not look for it."""
        self.remote_links: list[str] = []
        self.traces: list[str] = []
        self.linked_data: list[str] = []
        self.page_disclosures: list[str] = []
        self.visible_text = ""
        self.not_read: list[str] = []
        self._room = _MOST_KEPT

    def keep_packet(self, packet: bytes) -> None:
        if self._has_room(len(self.xmp_packets), len(packet)):
            self.xmp_packets.append(packet)

    def keep_aigc(self, place: str, text: str) -> None:
        if self._has_room(len(self.aigc_texts), len(text)):
            self.aigc_texts.append((place, text))

    def keep_linked_data(self, text: str) -> None:
        if self._has_room(len(self.linked_data), len(text)):
            self.linked_data.append(text)

    def _has_room(self, count: int, length: int) -> bool:
        """Whether one more piece is kept; one that is not is told, as a mark may be in it."""
        if count >= MOST_PIECES or length > self._room:
            self.keep_not_read("rest")
            return False
        self._room -= length
        return True

    def keep_trace(self, trace: str) -> None:
        if trace not in self.traces and len(self.traces) < MOST_PIECES:
            self.traces.append(trace)

    def keep_not_read(self, what: str) -> None:
        """Notes what was there and could not be read, by one of the words under `file_marks.not_read` of the labels."""
        if what not in self.not_read:
            self.not_read.append(what)

    def keep_named_text(self, place: str, name: str, text: str) -> None:
        """A text that the file keeps under a name: an AIGC field by its name, a trace of a generator, or neither."""
        if "AIGC" in name:
            self.keep_aigc(f"{place} {name}", text)
        elif name in _GENERATOR_KEYWORDS:
            self.keep_trace(f"{place} {name}")

    def keep_comment(self, place: str, text: str) -> None:
        """A free text: an AIGC field if it is wrapped as one, a trace if it has the settings of a generator."""
        if text.lstrip("\ufeff \n").startswith("{") and ("AIGC" in text or "ContentProducer" in text):
            self.keep_aigc(place, text)
        elif any(sign in text for sign in _GENERATOR_SIGNS):
            self.keep_trace(place)
