"""Templates nobody has to trust: plain data, few filters, files of one folder, and a page that is looked through."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateAssertionError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range

from tenken import template
from tenken.letterhead import allowed

HOUSE = "tenken/"
"""What our own templates are called by: `tenken/report.html.j2`."""

FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "e", "escape", "first", "groupby", "int", "join", "last"),
    *("length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select"),
    *("selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper"),
)
_IMAGES = {
    ".svg": ("svg+xml", b"<"),
    ".png": ("png", b"\x89PNG"),
    ".jpg": ("jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("jpeg", b"\xff\xd8\xff"),
    ".webp": ("webp", b"RIFF"),
}
_NO_FILE = "there is no {name} here; a template takes files of its own folder and ours"
_FILTER = re.compile(r"No filter named '(.*)'\.")
_KIB = 1024
_MOST = 200
"""How many KiB a file of the folder may have."""

_WHOLE = 32 << 20
"""How many characters a report may have."""


class Mistake(Exception):  # noqa: N818 - it is theirs, not ours
    """What is wrong, where it stands if that is known, and the facts its sentence names."""

    def __init__(self, text: str, path: str = "", line: int = 0, **facts: Any) -> None:
        super().__init__(text)
        self.text, self.path, self.line, self.facts = text, path, line, facts


class _NotThere(UndefinedError):  # noqa: N818 - it is theirs, not ours
    def __init__(self, name: str, known: Iterable[str] | None) -> None:
        super().__init__(name)
        self.name, self.known = name, known


class _Missing(StrictUndefined):
    """A name the data does not have; it knows what the data has instead."""

    __slots__ = ()

    def __init__(self, hint: Any = None, obj: Any = None, name: Any = None, exc: Any = UndefinedError) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            known = [str(key) for key in obj] if isinstance(obj, Mapping) else None
            self._undefined_exception = lambda _: _NotThere(str(name), known)  # type: ignore[assignment]


class _Confined(ImmutableSandboxedEnvironment):
    def __init__(self, main: str, folder: Path) -> None:
        super().__init__(loader=FunctionLoader(self._source), undefined=_Missing, **template.SYNTAX)
        self.main, self.folder = main, folder
        self.read: dict[str, str] = {}
        self.globals = {"range": safe_range}
        self.filters = {**{name: self.filters[name] for name in FILTERS}, **template.FILTERS, "image": self._image}

    def join_path(self, template: str, parent: str) -> str:
        """What ours include is ours."""
        return HOUSE + template if parent.startswith(HOUSE) else template

    def _source(self, name: str) -> tuple[str, str, None]:
        if name.startswith(HOUSE):
            return template.source(self._ours(name)), name, None
        path = str(self.folder / name)
        try:
            self.read[path] = inside(self.folder, name).decode("utf-8")
        except UnicodeDecodeError:
            raise Mistake("this is not UTF-8; save the file as UTF-8", path) from None
        return self.read[path], path, None

    @staticmethod
    def _ours(name: str) -> str:
        rest = name.removeprefix(HOUSE)
        if ".." in rest or not rest.endswith((".j2", ".css", ".js")):
            raise Mistake(_NO_FILE, name=name)
        return rest

    def _image(self, name: str) -> str:
        """A picture of the folder as an address that holds it whole."""
        kind, begin = _IMAGES.get(Path(name).suffix.lower(), ("", b""))
        content = inside(self.folder, name)
        if not kind or not content.lstrip().startswith(begin):
            raise Mistake("{name} is not a picture; it can be SVG, PNG, JPEG or WebP", name=name)
        return f"data:image/{kind};base64,{b64encode(content).decode()}"

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name and not name.startswith(HOUSE):
            self._refuse(tree, name, filename or name)
        return tree

    def _refuse(self, tree: nodes.Template, name: str, path: str) -> None:
        """What is not Jinja's business to refuse but ours: another page than ours, and unescaped text."""
        for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise Mistake("text is always escaped here; leave out `autoescape`", path, node.lineno)
        if name != self.main:
            return
        if _extended(tree) != HOUSE + name:
            raise Mistake('begin with {{% extends "{house}" %}}', path, 1, house=HOUSE + name)
        known = set(_blocks(super()._parse(template.source(name), None, None)))
        for block, line in _blocks(tree).items():
            if block not in known:
                raise Mistake("{name} is not a block; {hint}", path, line, name=block, known=sorted(known))


def _extended(tree: nodes.Template) -> str:
    """What a template extends, if that is the first thing in it."""
    for node in tree.body:
        if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const):
            return str(node.template.value)
        if not (isinstance(node, nodes.Output) and all(_is_blank(part) for part in node.nodes)):
            break
    return ""


def _is_blank(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _blocks(tree: nodes.Template) -> dict[str, int]:
    return {node.name: node.lineno for node in tree.find_all(nodes.Block)}


def inside(folder: Path, name: str) -> bytes:
    """The content of a file of the folder; links are followed first and must not lead out of it."""
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise Mistake(_NO_FILE, name=name)
        with path.open("rb") as file:
            content = file.read(_MOST * _KIB + 1)
    except (OSError, ValueError, RuntimeError):
        raise Mistake(_NO_FILE, name=name) from None
    if len(content) > _MOST * _KIB:
        raise Mistake("{name} is larger than {most} KiB", name=name, most=_MOST)
    return content


def render(name: str, folder: Path, view: Mapping[str, Any]) -> str:
    """A template of the folder filled in; raises `Mistake` with the place of whatever stopped it."""
    environment = _Confined(name, folder)
    markdown = name.endswith(".md.j2")
    try:
        made = _filled((template.in_markdown(environment) if markdown else environment).get_template(name), view)
        _look_through(made, environment.read, () if markdown else allowed.refused(made))
    except Exception as error:
        raise _mistake(error, folder, str(folder / name), view) from None
    return made


def _filled(filling: Template, view: Mapping[str, Any]) -> str:
    """The text; one that grows too long is stopped at the line that makes it so."""
    pieces, left = [], _WHOLE
    stream: Generator[str, None, None] = filling.generate(view)  # type: ignore[assignment]
    for piece in stream:
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            stream.throw(MemoryError())
    return "".join(pieces)


def _look_through(made: str, templates: Mapping[str, str], refused: Iterable[str]) -> None:
    """Refuses a report with something in it that could run or fetch, and finds its line."""
    for found in refused:
        path, line = next(_lines(found, templates), ("", 0))
        raise Mistake(
            "{said} is not allowed: nothing in a report runs or is fetched. A picture comes by `image`, a style stands"
            " in the block `style`",
            path,
            line,
            said=found,
        )


def _lines(said: str, templates: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for path, text in templates.items():
        lines = enumerate(text.lower().splitlines(), start=1)
        yield from ((path, number) for number, line in lines if said.lower() in line)


def _mistake(error: Exception, folder: Path, main: str, view: Mapping[str, Any]) -> Mistake:
    path, line = _place(error, folder) or (main, 0)
    match error:
        case Mistake():
            return Mistake(error.text, error.path or path, error.line or line, **error.facts)
        case TemplateAssertionError() if named := _FILTER.search(str(error.message)):
            known = [*FILTERS, *template.FILTERS, "image"]
            text = "there is no filter {name}; {hint}"
            return Mistake(text, error.filename or path, error.lineno, name=named[1], known=known)
        case TemplateSyntaxError():
            text = "this cannot be read as a template: {said}"
            return Mistake(text, error.filename or path, error.lineno, said=error.message)
        case _NotThere():
            known = sorted(view) if error.known is None else list(error.known)
            return Mistake("the report has no {name} here; {hint}", path, line, name=error.name, known=known)
        case SecurityError():
            return Mistake(
                "a template reads the data of the report and nothing else: {said}", path, line, said=str(error)
            )
        case TimeoutError() | MemoryError():
            return Mistake("this takes more time or memory than a report may", path, line)
        case RecursionError():
            return Mistake("this includes or calls itself without end", path, line)
        case _:
            return Mistake("this does not work: {said}", path, line, said=str(error))


def _place(error: Exception, folder: Path) -> tuple[str, int] | None:
    """The last line of a template of the folder that was at work."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [place for place in places if place[0].startswith(str(folder))]
    return own[-1] if own else None
