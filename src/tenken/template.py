"""Our own templates and plain data to text. Nothing here knows what a report says."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from tenken.shipped import folder

SYNTAX: Mapping[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}
_IMPLIED = re.compile(r"</(li|dt|dd|p|t[dhr]|tbody|thead)>")
_BLANKS = re.compile(r"\s*([{};,>])\s*")
_SPECIAL = re.compile(r"^(\d+)([.)])|^([-+])|([\\`*_{}\[\]<>#|~!])")
_WEB = re.compile(r"https://[\w.-]+(:\d+)?([/?#][^\s<>\"\\^`{|}]*)?")
_MAIL = re.compile(r"mailto:[\w.+-]+@[\w.-]+")
_BESIDE = re.compile(r"(?![/~])[^:<>\"\\\x00-\x1f]*(/[^:<>\"\\\x00-\x1f]+|\.\w{1,5})")


def html(name: str, view: Mapping[str, Any]) -> str:
    """A template filled in, with everything in the data escaped."""
    return _environment().get_template(name).render(view)


def markdown(name: str, view: Mapping[str, Any]) -> str:
    """A template of Markdown filled in, with everything in the data shown as it was written."""
    return in_markdown(_environment()).get_template(name).render(view)


def in_markdown(environment: Environment) -> Environment:
    """The same environment for Markdown: what is not marked as Markdown already is made to stand for itself."""
    environment.finalize = _plain
    environment.filters.update(link=_markdown_link, code=_code, as_is=Markup)
    return environment


def _environment() -> Environment:
    cache = _Compiled(str(Path(cache_from_source(__file__)).parent), "report_%s.pyc")
    environment = Environment(loader=FunctionLoader(source), bytecode_cache=cache, undefined=StrictUndefined, **SYNTAX)
    environment.filters.update(FILTERS)
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates where Python keeps this module compiled, if it does: compiling takes longer than all
    the rest of a report. A template that has changed since is compiled anew."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def source(name: str) -> str:
    """A template; for HTML without what only its author needs: lines, and end tags that HTML takes as read."""
    text = (folder("templates") / name).read_text(encoding="utf-8")
    if name.endswith(".md.j2"):
        return text
    lines = "\n".join(line.lstrip(" \t") for line in text.split("\n"))
    return _IMPLIED.sub("", lines.replace(">\n<", "><"))


def link(target: str, label: str = "") -> Markup:
    """A link to a web page, a mail address or a file beside the report; anything else stays text."""
    address, shown = _address(target), Markup.escape(label or target)
    return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown


def _address(target: str) -> str:
    """What a browser may be sent to, percent-encoded; or nothing."""
    if _WEB.fullmatch(target):
        return quote(target, safe="%/:?#@!$&'()*+,;=~")
    if _MAIL.fullmatch(target):
        return target
    if _BESIDE.fullmatch(target) and ".." not in target.split("/"):
        return quote(target)
    return ""


def _plain(text: object) -> Markup:
    """Text on one line that Markdown shows as it stands; nobody is called by an @ in it."""
    if isinstance(text, Markup):
        return text
    line = " ".join(str(text).split())
    return Markup(_SPECIAL.sub(r"\1\\\2\3\4", line).replace("&", "&amp;").replace("@", "&#64;"))


def _code(text: str) -> Markup:
    """Text in a block of code, where Markdown reads nothing into it."""
    return Markup(" ".join(text.split()))


def _markdown_link(target: str, label: str = "") -> Markup:
    address = _address(target)
    shown = _plain(label or target)
    return Markup(f"[{shown}](<{address}>)") if address else shown


def _digest(text: str) -> str:
    """The hash by which a content-security policy knows an inline style or script."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _css(text: str) -> Markup:
    """Text as the content of a CSS string: every character but letters and digits as its code, which a blank ends."""
    return Markup("".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text))


def _squeeze(css: str) -> Markup:
    """A style sheet without the blanks that are for its author."""
    return Markup(_BLANKS.sub(r"\1", str(css)).replace(": ", ":").replace(";}", "}"))


FILTERS: Mapping[str, Any] = {"link": link, "digest": _digest, "css": _css, "squeeze": _squeeze}
