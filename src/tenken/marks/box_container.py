"""MP4, MOV, M4A, HEIC and AVIF: boxes within boxes, of which the pictures and the sound are passed over."""

from __future__ import annotations

from tenken.marks.bounded_file import MOST_IN_ONE_PIECE, BoundedFile, UnreadableFile
from tenken.marks.jpeg_container import C2PA_BOX_ID
from tenken.marks.media_boxes import MediaBox, list_boxes
from tenken.marks.picture_items import read_picture_items
from tenken.marks.raw_finds import RawFinds

_C2PA_ID = bytes.fromhex("D8FEC3D61B0E483C92975828877EC481")
_XMP_ID = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
_VISUAL_BRANDS = {
    "heic": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"),
    "avif": (b"avif", b"avis"),
    "mov": (b"qt  ",),
    "m4a": (b"M4A ", b"M4B "),
}


def name_box_kind(brands: bytes) -> str:
    """The kind of a file by its main brand, and for what has a general one by the others it fits."""
    main, others = brands[:4], [brands[at : at + 4] for at in range(8, len(brands), 4)]
    for candidates in ([main], others):
        for kind, known in _VISUAL_BRANDS.items():
            if any(brand in known for brand in candidates) and not (kind in ("m4a", "mov") and candidates is others):
                return kind
    return "mp4"


def read_boxes(file: BoundedFile, finds: RawFinds) -> None:
    names = set()
    for box in list_boxes(file, 0, file.size):
        names.add(box.name)
        if box.name == b"ftyp":
            finds.kind = name_box_kind(file.read_at(box.begin, min(256, box.end - box.begin)))
        elif box.name == b"uuid":
            _read_uuid_box(file, box, finds)
        elif box.name == b"meta":
            read_picture_items(file, list(list_boxes(file, box.begin + 4, box.end)), finds)
        elif box.name == b"moov":
            finds.kind = finds.kind if b"ftyp" in names else "mov"  # which alone may do without
            _read_movie(file, box, finds)
    if not names & {b"moov", b"meta", b"moof"}:
        raise UnreadableFile("cut_off")


def read_jpeg_xl(file: BoundedFile, finds: RawFinds) -> None:
    for box in list_boxes(file, 0, file.size):
        if box.name == b"xml ":
            _keep_box_packet(file, box, finds)
        elif box.name == b"jumb" and C2PA_BOX_ID in file.read_up_to(box.begin, 64):
            finds.store_place = "JXL jumb"
        elif box.name == b"brob":
            finds.keep_not_read("chunk")


def _read_uuid_box(file: BoundedFile, box: MediaBox, finds: RawFinds) -> None:
    id = file.read_up_to(box.begin, 16)
    if id == _C2PA_ID:
        finds.store_place = "uuid box"
    elif id == _XMP_ID:
        _keep_box_packet(file, MediaBox(box.name, box.begin + 16, box.end), finds)


def _keep_box_packet(file: BoundedFile, box: MediaBox, finds: RawFinds) -> None:
    if box.end - box.begin > MOST_IN_ONE_PIECE:
        finds.keep_not_read("xmp")
    else:
        finds.keep_packet(file.read_at(box.begin, box.end - box.begin))


def _read_movie(file: BoundedFile, movie: MediaBox, finds: RawFinds) -> None:
    tracks = set()
    for box in list_boxes(file, movie.begin, movie.end):
        if box.name == b"meta":
            _read_named_values(file, box, finds)
        elif box.name == b"udta":
            _read_user_data(file, box, finds)
        elif box.name == b"uuid":
            _read_uuid_box(file, box, finds)
        elif box.name == b"trak":
            tracks.add(_find_track_handler(file, box))
    if finds.kind == "mp4" and b"soun" in tracks and b"vide" not in tracks:
        finds.kind = "m4a"


def _find_track_handler(file: BoundedFile, track: MediaBox) -> bytes:
    for media in list_boxes(file, track.begin, track.end):
        if media.name == b"mdia":
            for box in list_boxes(file, media.begin, media.end):
                if box.name == b"hdlr":
                    return file.read_up_to(box.begin + 8, 4)
    return b""


def _read_user_data(file: BoundedFile, data: MediaBox, finds: RawFinds) -> None:
    for box in list_boxes(file, data.begin, data.end):
        if box.name == b"meta":
            _read_named_values(file, box, finds)
        elif box.name == b"XMP_":
            _keep_box_packet(file, box, finds)
        elif box.name == b"AIGC" and _is_short_enough(box, finds):
            text = _read_box_text(file, box, 0)
            finds.keep_aigc("udta AIGC", text[text.find("{") :])


def _read_named_values(file: BoundedFile, box: MediaBox, finds: RawFinds) -> None:
    """The values of `ilst` under the names of `keys`; QuickTime writes `meta` without version and flags."""
    begin = box.begin if file.read_up_to(box.begin + 4, 4) == b"hdlr" else box.begin + 4
    inner = {each.name: each for each in list_boxes(file, begin, box.end)}
    names = _list_value_names(file, inner[b"keys"]) if b"keys" in inner else []
    for entry in list_boxes(file, inner[b"ilst"].begin, inner[b"ilst"].end) if b"ilst" in inner else ():
        number = int.from_bytes(entry.name)
        name = names[number - 1] if 0 < number <= len(names) else ""
        parts = {each.name: each for each in list_boxes(file, entry.begin, entry.end)}
        if entry.name == b"----" and b"name" in parts:
            name = _read_box_text(file, parts[b"name"], 4)
        if b"data" in parts and "AIGC" in name and _is_short_enough(parts[b"data"], finds):
            finds.keep_named_text("meta", name, _read_box_text(file, parts[b"data"], 8))


def _is_short_enough(box: MediaBox, finds: RawFinds) -> bool:
    """Whether a box can be read at once; one that cannot is told."""
    if box.end - box.begin > MOST_IN_ONE_PIECE:
        finds.keep_not_read("chunk")
        return False
    return True


def _read_box_text(file: BoundedFile, box: MediaBox, skipped: int) -> str:
    content = file.read_at(box.begin, min(box.end - box.begin, MOST_IN_ONE_PIECE))
    return content[skipped:].rstrip(b"\0").decode("utf-8", "replace")


def _list_value_names(file: BoundedFile, box: MediaBox) -> list[str]:
    content = file.read_at(box.begin, box.end - box.begin)
    names, position = [], 8
    while position + 8 <= len(content):
        length = int.from_bytes(content[position : position + 4])
        if length < 8:
            break
        names.append(content[position + 8 : position + length].decode("utf-8", "replace"))
        position += length
    return names
