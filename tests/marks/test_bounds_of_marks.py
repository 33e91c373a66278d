"""Reading files costs little, whatever they hold, and asks nobody for anything."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import c2pa
import pytest

from tenken.marks import content_credentials
from tenken.marks.container_kinds import MEDIA_TYPES
from tenken.marks.content_credentials import check_credentials
from tenken.marks.inspection import inspect_file, inspect_files

pytestmark = pytest.mark.thorough

SAMPLES = Path(__file__).parent / "samples"
LINK = b"http://127.0.0.1:9/manifest.c2pa"
MEASURE = r"""
import re, sys, time
from pathlib import Path
from tenken.marks.inspection import inspect_file
begun = time.process_time()
marks = inspect_file(Path(sys.argv[1]))
spent = time.process_time() - begun
most = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
print(marks.kind, marks.unreadable, spent, int(most[1]) >> 10)
"""


def element(id: str, content: bytes) -> bytes:
    return bytes.fromhex(id) + b"\x08" + len(content).to_bytes(4) + content


def nest_tags(levels: int) -> bytes:
    """Tags within tags."""
    held = b""
    for _ in range(levels):
        held = element("67c8", held)
    return held


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + name + content


def riff(kind: bytes, chunks: bytes) -> bytes:
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + kind + chunks


def nest_lists(levels: int) -> bytes:
    """Lists of information within such lists."""
    held = b""
    for _ in range(levels):
        held = b"LIST" + (len(held) + 4).to_bytes(4, "little") + b"INFO" + held
    return held


SVG_OF_PACKETS_IN_PACKETS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    + b"<r:RDF>" * 150
    + b"<a>x</a>" * 50_000
    + b"</r:RDF>" * 150
    + b"</svg>"
)
HEIC_OF_MANY_PLACES = box(b"ftyp", b"heic\0\0\0\0") + box(
    b"meta",
    b"\0\0\0\0" + box(b"iinf", b"\0\0\0\0\0\0") + box(b"iloc", b"\0\0\0\0\0\0\xff\xff" + b"\0\1\0\0\xff\xff" * 65535),
)
"""Very many items, each in very many places that take no byte to name."""


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a server on this machine is asked for; its port stands first."""
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    calls.append(str(server.server_port))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield calls
    server.shutdown()
    server.server_close()


@pytest.fixture
def referring(asked: list[str], tmp_path: Path) -> Path:
    """A picture that says its manifest lies on that server."""
    content = (SAMPLES / "jpg-c2pa-remote-only.jpg").read_bytes()
    link = f"http://127.0.0.1:{asked[0]}/m".encode().ljust(len(LINK), b"x")
    assert len(link) == len(LINK) and LINK in content
    path = tmp_path / "remote.jpg"
    path.write_bytes(content.replace(LINK, link))
    return path


def test_nothing_is_fetched_whatever_a_file_refers_to(referring: Path, asked: list[str]) -> None:
    (marks,) = inspect_files([referring])
    assert marks.remote_links
    told = check_credentials(referring, MEDIA_TYPES["jpg"], "JPEG", "")
    assert told.state == "unreadable"
    assert asked[1:] == []


def test_either_setting_alone_keeps_the_library_from_fetching(
    referring: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, settings in content_credentials._OFFLINE.items():
        monkeypatch.setattr(content_credentials, "_OFFLINE", {name: settings})
        check_credentials(referring, MEDIA_TYPES["jpg"], "JPEG", "")
    assert asked[1:] == []


def test_the_server_would_have_been_asked_by_the_usual_settings(referring: Path, asked: list[str]) -> None:
    with pytest.raises(c2pa.C2paError):
        c2pa.Reader(str(referring))
    assert len(asked) == 2


def test_without_the_library_a_store_is_seen_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_credentials, "find_spec", lambda _: None)
    marks = inspect_file(SAMPLES / "webp-all-three.webp")
    assert marks.credentials.state == "not_verified"
    assert marks.aigc.state == "complete"
    assert [each.place for each in marks.declarations] == ["xmp"]


def test_a_video_of_two_gigabytes_costs_next_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "long.mp4"
    content = (SAMPLES / "mp4-plain.mp4").read_bytes()
    with path.open("wb") as file:
        file.write(content)
        file.write((2 << 30).to_bytes(4) + b"mdat")
        file.truncate(len(content) + (2 << 30))
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kind, seconds, megabytes = done.stdout.split()
    assert kind == "mp4"
    assert float(seconds) < 1
    assert int(megabytes) <= 60


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "bomb.svg",
            b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        ),
        ("doctypes.svg", b"<svg>" + b"<!DOCTYPE" * 400_000),
        ("deep.svg", b"<svg>" + b"<g>" * 200_000),
        ("deep.html", b"<div>" * 300_000),
        ("marks.html", b"<!" * 300_000),
        ("open.html", b"<script type='application/ld+json'>" + b"[" * 500_000 + b"</script>"),
        *(
            (f"{number}.html", begun * 200_000)
            for number, begun in enumerate((b"<a ", b"<!--", b"</", b"<a b='", b"<?"))
        ),
        ("packed.pdf", b"%PDF-1.7\n" + b"/Type/ObjStm obj " * 200_000 + b"%%EOF"),
        ("names.pdf", b"%PDF-1.7\n1 0 obj " + b"/AIGC((" * 200_000 + b"endobj /Info 1 0 R %%EOF"),
        ("many.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * 200_000 + b"trailer << /Root 1 0 R /Info 1 0 R >>\n%%EOF"),
        ("text.pdf", b"%PDF-1.7\n1 0 obj << /AIGC (" + b"(" * 500_000 + b" endobj trailer << /Info 1 0 R >>\n%%EOF"),
        ("front.md", b"---\nAIGC: " + b"[" * 50_000 + b"\n---\n"),
        ("long.gif", b"GIF89a" + b"\1\0\1\0\0\0\0" + b"!\xfe" + b"\1a" * 500_000 + b"\0;"),
        ("items.heic", HEIC_OF_MANY_PLACES),
        ("deep.mkv", element("1a45dfa3", b"") + element("18538067", nest_tags(3000))),
        ("round.tif", b"II*\0\x08\0\0\0\0\0\x08\0\0\0"),
        ("lists.wav", riff(b"WAVE", nest_lists(5000))),
        ("packets.svg", SVG_OF_PACKETS_IN_PACKETS),
        ("far.pdf", b"%PDF-1.7\n" + b"/Type/ObjStm " * 300 + b" " * 30_000_000 + b"endobj %%EOF"),
    ],
)
def test_a_hostile_file_is_soon_done_with(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    *_, seconds, megabytes = done.stdout.split()
    assert float(seconds) < 3
    assert int(megabytes) <= 300
