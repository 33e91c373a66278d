"""Our own templates and plain data to text. Nothing here knows what a report says."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, StrictUndefined, Template, TemplateNotFound
from markupsafe import Markup

from tenken.files.compiled_data import COMPILED_PACKAGE, read_compiled_file
from tenken.files.file_names import quote_file_for_shell
from tenken.files.shipped_files import find_shipped_folder
from tenken.messages.markdown_text import escape_markdown_line

TEMPLATE_MAKER = f"jinja2-{jinja2.__version__}"
"""What templates are compiled by; another version may need other code."""

TEMPLATE_SYNTAX: Mapping[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}
COMPILED_TEMPLATES = "report_templates.py"
_FILLINGS = {
    1: "{{{{parts.{0}[0]}}}}",
    2: "{{{{parts.{0}[0]}}}}{{{{super()}}}}{{{{parts.{0}[1]}}}}",
}
"""What fills a block, by how many parts there are."""

_IMPLIED_END_TAGS = r"</(li|dt|dd|p|t[dhr]|tbody|thead)>"
_CSS_BLANKS = r"\s*([{};,>])\s*"
_WEB_ADDRESS = r"https://[\w.-]+(:\d+)?([/?#][^\s<>\"\\^`{|}]*)?"
_MAIL_ADDRESS = r"mailto:[\w.+-]+@[\w.-]+"
_FILE_ADDRESS = r"(?![/~])[^:\\\x00-\x1f]*(/[^:\\\x00-\x1f]*|\.\w{1,8})"


def render_html_template(name: str, view: Mapping[str, Any]) -> str:
    """A template filled in, with everything in the data escaped."""
    return _load_html_environment().get_template(name).render(view)


def render_markdown_template(name: str, view: Mapping[str, Any]) -> str:
    """A template of Markdown filled in, with everything in the data shown as it was written."""
    return _load_markdown_environment().get_template(name).render(view)


def render_filled_template(name: str, view: Mapping[str, Any], parts: Mapping[str, Sequence[str]]) -> str:
    """A template with some of its blocks filled by texts that are safe there; what is ours comes between two parts."""
    environment = _load_markdown_environment() if name.endswith(".md.j2") else _load_html_environment()
    fillings = (
        f"{{% block {block} %}}{_FILLINGS[len(texts)].format(block)}{{% endblock %}}" for block, texts in parts.items()
    )
    template = environment.from_string("".join((f'{{% extends "{name}" %}}', *fillings)))
    return template.render(
        {**view, "parts": {block: [Markup(text) for text in texts] for block, texts in parts.items()}}
    )


def configure_markdown(environment: Environment) -> Environment:
    """The same environment for Markdown: what is not marked as Markdown already is made to stand for itself."""
    environment.finalize = _escape_markdown
    environment.filters.update(
        link=_render_markdown_link, code=_render_markdown_code, remark=_render_remark, as_is=Markup
    )
    return environment


@cache
def _load_html_environment() -> Environment:
    return _build_template_environment()


@cache
def _load_markdown_environment() -> Environment:
    return configure_markdown(_build_template_environment())


def _build_template_environment() -> Environment:
    loader = ChoiceLoader([_CompiledLoader(), FunctionLoader(read_template)])
    environment = _ViewEnvironment(loader=loader, undefined=StrictUndefined, **TEMPLATE_SYNTAX)
    environment.filters.update(REPORT_FILTERS)
    return environment


class _ViewEnvironment(Environment):
    """Looks names up in dictionaries first: what a report shows are dictionaries, and Jinja asks each of them for an
    attribute before, which takes five times as long."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _CompiledLoader(BaseLoader):
    """Loads what was made of the templates for the wheel; compiling takes longer than all the rest of a report."""

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        make = _load_compiled_templates().get(name)
        if make is None:
            raise TemplateNotFound(name)
        return Template.from_module_dict(environment, {**make(environment), "__file__": name}, globals or {})


@cache
def _load_compiled_templates() -> Mapping[str, Callable[[Environment], dict[str, Any]]]:
    """What makes each template; nothing where it is damaged, or was not made by this very version of Jinja."""
    if read_compiled_file(COMPILED_TEMPLATES, TEMPLATE_MAKER) is None:
        return {}
    try:
        made: Mapping[str, Any] = import_module(
            f"{COMPILED_PACKAGE}.{COMPILED_TEMPLATES.removesuffix('.py')}"
        ).TEMPLATES
    except (ImportError, EOFError, TypeError, ValueError):  # as Python says of bytecode that is no bytecode
        return {}
    return made


def compile_templates() -> str:
    """Our templates as one module of Python: a function for each, which makes what Jinja makes a template of."""
    parts = []
    names = list_shipped_templates()
    for number, name in enumerate(names):
        environment = _load_markdown_environment() if name.endswith(".md.j2") else _load_html_environment()
        code = environment.compile(read_template(name), name, raw=True, defer_init=True)
        parts.append(f"def template_{number}(environment):\n{indent(code, '    ')}\n    return locals()\n")
    table = ", ".join(f"{name!r}: template_{number}" for number, name in enumerate(names))
    return "\n\n".join((*parts, f"TEMPLATES = {{{table}}}\n"))


def list_shipped_templates() -> list[str]:
    """The names of our templates, and of the style sheet and the script they take in."""
    folder = find_shipped_folder("templates")
    files = (path for pattern in ("*.css", "*.js", "*.j2", "parts/*.j2") for path in sorted(folder.glob(pattern)))
    return [path.relative_to(folder).as_posix() for path in files]


def read_template(name: str) -> str:
    """A template; for HTML without what only its author needs: lines, and end tags that HTML takes as read."""
    text = (find_shipped_folder("templates") / name).read_text(encoding="utf-8")
    if name.endswith(".md.j2"):
        return text
    lines = "\n".join(line.lstrip(" \t") for line in text.split("\n"))
    return re.sub(_IMPLIED_END_TAGS, "", lines.replace(">\n<", "><"))


def render_folder_address(folder: Path, seen_from: Path) -> str:
    """The address of a folder from another one, ready to be put before that of a file; empty for the same."""
    try:
        way = Path(os.path.relpath(folder, seen_from)).as_posix()
    except ValueError:  # on another drive
        return f"{folder.absolute().as_uri()}/"
    return "" if way == "." else f"{quote(os.fsencode(way))}/"


def render_html_link(target: str, label: str = "", folder: str = "") -> Markup:
    """A link to a web page, a mail address or a file in the folder of that address; anything else stays text."""
    address, shown = _encode_link_address(target, folder), Markup.escape(label or target)
    return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown


def _encode_link_address(target: str, folder: str) -> str:
    """What a browser may be sent to, percent-encoded; or nothing."""
    if re.fullmatch(_WEB_ADDRESS, target):
        return quote(target, safe="%/:?#@!$&'()*+,;=~")
    if re.fullmatch(_MAIL_ADDRESS, target):
        return target
    if re.fullmatch(_FILE_ADDRESS, target) and ".." not in target.split("/"):
        return folder + quote(target)
    return ""


def _escape_markdown(text: object) -> Markup:
    """Text that Markdown shows as it stands, unless it is Markdown already."""
    if isinstance(text, Markup):
        return text
    return Markup(escape_markdown_line(str(text)))


def _render_markdown_code(text: str) -> Markup:
    """Text in a block of code, where Markdown reads nothing into it."""
    return Markup(" ".join(text.split()))


def _render_remark(text: str) -> Markup:
    """Text in a comment of Markdown, which nothing in it can end."""
    return Markup(" ".join(text.split()).replace("--", "‐‐").replace("<", "‹").replace(">", "›"))


def _render_markdown_link(target: str, label: str = "", folder: str = "") -> Markup:
    address = _encode_link_address(target, folder)
    shown = _escape_markdown(label or target)
    return Markup(f"[{shown}](<{address}>)") if address else shown


def _hash_inline_content(text: str) -> str:
    """The hash by which a content-security policy knows an inline style or script."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _escape_css(text: str) -> Markup:
    """Text as the content of a CSS string: every character but letters and digits as its code, which a blank ends."""
    return Markup("".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text))


def _squeeze_css(css: str) -> Markup:
    """A style sheet without the blanks that are for its author."""
    return Markup("".join(re.split(_CSS_BLANKS, str(css))).replace(": ", ":").replace(";}", "}"))


REPORT_FILTERS: Mapping[str, Any] = {
    "shell": quote_file_for_shell,
    "link": render_html_link,
    "digest": _hash_inline_content,
    "css": _escape_css,
    "squeeze": _squeeze_css,
}
