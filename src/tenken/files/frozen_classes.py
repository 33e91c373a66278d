"""Frozen things with named fields, which cost next to nothing to define.

A dataclass compiles its methods for each class at every start, and a NamedTuple its constructor; these share theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replace_fields

__all__ = [
    "Field",
    "Frozen",
    "field",
    "get_default_values",
    "get_field_hints",
    "list_field_values",
    "list_fields",
    "make_frozen",
    "replace_fields",
    "revive_frozen",
]

FieldValue = TypeVar("FieldValue")
FrozenThing = TypeVar("FrozenThing", bound="Frozen")
_NO_DEFAULT: Any = object()


class Field:
    """What is known of a field; its annotation as it is written, and the module that is written in."""

    __slots__ = ("compare", "default", "derived", "hint", "module", "name")

    def __init__(self, default: Any, *, compare: bool = True, derived: bool = False) -> None:
        self.name = ""
        self.hint = ""
        self.module = ""
        self.default = default
        self.compare = compare
        self.derived = derived

    @property
    def is_required(self) -> bool:
        return self.default is _NO_DEFAULT


def field(*, default: FieldValue, compare: bool = True, derived: bool = False) -> FieldValue:
    """A field that two equal things may differ in, or one that is worked out and never read from a file."""
    said: Any = Field(default, compare=compare, derived=derived)
    return said  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """The base of what is never changed; what a class annotates are its fields, in that order.

    Two are equal if they are of one class and their fields are; one can be hashed if its fields can. What a
    `cached_property` keeps counts for neither. A default is shared by all that hold it, and so is never changed either.
    """

    _field_table: ClassVar[Mapping[str, Field]] = {}
    _usual: ClassVar[Mapping[str, Any]] = {}
    """What each field holds if nothing is said; of one that has to be said, that it is not."""
    _compared: ClassVar[Callable[[Any], Any]]

    def __init_subclass__(cls) -> None:
        fields = dict(cls._field_table)
        for name, hint in cls.__annotations__.items():
            said = cls.__dict__.get(name, _NO_DEFAULT)
            fields[name] = known = said if type(said) is Field else Field(said)
            known.name, known.hint, known.module = name, hint, cls.__module__
            if known is said:
                setattr(cls, name, known.default)
        compared = [name for name, each in fields.items() if each.compare]
        cls._field_table = fields
        cls._usual = {name: each.default for name, each in fields.items()}
        cls._compared = attrgetter(*compared or ("__class__",))
        cls.__match_args__ = tuple(fields)  # type: ignore[attr-defined, misc]
        cls.__init__ = _build_initializer(cls.__qualname__, cls._usual)  # type: ignore[method-assign]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        cls = type(self)
        return cls is type(other) and bool(cls._compared(self) == cls._compared(other))

    def __hash__(self) -> int:
        return hash(type(self)._compared(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in list_field_values(self))})"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name} of {type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} of {type(self).__name__} cannot be changed")


_SET_FIELDS: Callable[[Any, dict[str, Any]], None] = Frozen.__dict__["__dict__"].__set__
"""Gives an instance the dictionary of all it holds, which costs a tenth of setting one field after the other."""


def _initialize_fields(self: Frozen) -> None:
    """The initializer of every class, but for its parameters: takes what they are for the fields."""
    _take_over_fields({**locals()})


def _take_over_fields(own: dict[str, Any]) -> None:
    _SET_FIELDS(own.pop("self"), own)


def _build_initializer(name: str, usual: Mapping[str, Any]) -> FunctionType:
    """An initializer with parameters of its own, which Python matches and refuses as it does for any function.

    Its code is that of the one above under other names; to compile one for each class would cost fifty times as much.
    """
    defaults = tuple(default for default in usual.values() if default is not _NO_DEFAULT)
    if _NO_DEFAULT in tuple(usual.values())[len(usual) - len(defaults) :]:
        raise TypeError(f"{name}: a field that has to be given follows one that has not")
    names = ("self", *usual)
    code = _initialize_fields.__code__.replace(
        co_name=name, co_qualname=name, co_varnames=names, co_argcount=len(names), co_nlocals=len(names)
    )
    return FunctionType(code, globals(), name, defaults)


def revive_frozen(cls: type[FrozenThing], rows: Sequence[dict[str, Any]]) -> list[FrozenThing]:
    """Instances that take over these values, each known to be those of all fields; without a call for any of them."""
    made = list(map(object.__new__, repeat(cls, len(rows))))
    for thing, own in zip(made, rows):  # noqa: B905 - `strict` costs as much again
        _SET_FIELDS(thing, own)
    return made


def make_frozen(cls: type[FrozenThing], own: dict[str, Any]) -> FrozenThing:
    """An instance that takes over these values, known to be those of all fields."""
    made = object.__new__(cls)
    _SET_FIELDS(made, own)
    return made


def list_fields(cls: type) -> tuple[Field, ...]:
    """The fields of a frozen class in their order; no other class has any."""
    fields: Mapping[str, Field] = getattr(cls, "_field_table", {})
    return tuple(fields.values())


def get_field_hints(cls: type) -> dict[str, Any]:
    """The annotations of a frozen class, and what they mean; `typing.get_type_hints` takes ten times as long."""
    return {field.name: _evaluate_hint(field.module, field.hint) for field in list_fields(cls)}


@cache
def _evaluate_hint(module: str, said: str) -> Any:
    return eval(said, vars(sys.modules[module]))


def get_default_values(cls: type[Frozen]) -> dict[str, Any]:
    """What the fields of a class hold if nothing is said, to be filled in."""
    return {**cls._usual}


def list_field_values(item: Frozen) -> Iterator[tuple[str, Any]]:
    """The name of each field, and what it holds."""
    return ((name, getattr(item, name)) for name in item._field_table)


def _replace_fields(item: Any, **changes: Any) -> Any:
    """The same with some fields changed; what a `cached_property` kept is worked out anew."""
    known = item._field_table
    own = {**item.__dict__, **changes}
    if len(own) > len(known):
        if unknown := changes.keys() - known:
            raise TypeError(f"{type(item).__name__} has no {', '.join(sorted(unknown))}")
        own = {name: own[name] for name in known}
    made = object.__new__(type(item))
    _SET_FIELDS(made, own)
    return made


if not TYPE_CHECKING:
    replace_fields = _replace_fields  # which type checkers take for that of dataclasses, to check what is replaced
