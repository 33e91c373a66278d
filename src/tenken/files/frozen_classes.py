"""Frozen things with named fields, which cost next to nothing to define.

A dataclass compiles its methods for each class at every start, and a NamedTuple its constructor; these share theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import replace as replace_fields

__all__ = ["Field", "Frozen", "field", "list_field_values", "list_fields", "replace_fields"]

FieldValue = TypeVar("FieldValue")
_NO_DEFAULT: Any = object()


class Field:
    """What is known of a field besides its annotation."""

    __slots__ = ("compare", "default", "derived", "name")

    def __init__(self, name: str, default: Any = _NO_DEFAULT, *, compare: bool = True, derived: bool = False) -> None:
        self.name = name
        self.default = default
        self.compare = compare
        self.derived = derived

    @property
    def is_required(self) -> bool:
        return self.default is _NO_DEFAULT


def field(*, default: FieldValue, compare: bool = True, derived: bool = False) -> FieldValue:
    """A field that two equal things may differ in, or one that is worked out and never read from a file."""
    said: Any = Field("", default, compare=compare, derived=derived)
    return said  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """The base of what is never changed; what a class annotates are its fields, in that order.

    Two are equal if they are of one class and their fields are; one can be hashed if its fields can. What a
    `cached_property` keeps counts for neither. A default is shared by all that hold it, and so is never changed either.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _field_table: ClassVar[Mapping[str, Field]] = {}
    _usual: ClassVar[Mapping[str, Any]] = {}
    _required: ClassVar[frozenset[str]] = frozenset()
    _compared: ClassVar[Callable[[Any], Any]]

    def __init_subclass__(cls) -> None:
        fields = dict(cls._field_table)
        for name in cls.__annotations__:
            said = cls.__dict__.get(name, _NO_DEFAULT)
            if type(said) is Field:
                said.name = name
                setattr(cls, name, said.default)
            fields[name] = said if type(said) is Field else Field(name, said)
        cls._field_table = fields
        cls._usual = {name: each.default for name, each in fields.items()}
        cls._required = frozenset(name for name, each in fields.items() if each.is_required)
        cls._compared = attrgetter(*(name for name, each in fields.items() if each.compare))
        cls.__match_args__ = tuple(fields)  # type: ignore[misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        given = dict(zip(self.__match_args__, values, strict=False)) | named
        own = self.__dict__
        own.update(self._usual)
        own.update(given)
        if len(own) > len(self._usual) or len(given) < len(values) + len(named) or not self._required.issubset(given):
            raise TypeError(_explain_wrong_arguments(type(self), values, named))

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


def list_fields(cls: type) -> tuple[Field, ...]:
    """The fields of a frozen class in their order; no other class has any."""
    fields: Mapping[str, Field] = getattr(cls, "_field_table", {})
    return tuple(fields.values())


def list_field_values(item: Frozen) -> Iterator[tuple[str, Any]]:
    """The name of each field, and what it holds."""
    return ((name, getattr(item, name)) for name in item._field_table)


def _replace_fields(item: Any, **changes: Any) -> Any:
    """The same with some fields changed; what a `cached_property` kept is worked out anew."""
    made = object.__new__(type(item))
    own = made.__dict__
    own.update((name, value) for name, value in item.__dict__.items() if name in item._field_table)
    own.update(changes)
    if len(own) > len(item._field_table):
        raise TypeError(_explain_wrong_arguments(type(item), (), own))
    return made


if not TYPE_CHECKING:
    replace_fields = _replace_fields  # which type checkers take for that of dataclasses, to check what is replaced


def _explain_wrong_arguments(cls: type[Frozen], values: tuple[Any, ...], named: Mapping[str, Any]) -> str:
    names = tuple(cls._field_table)
    by_place = names[: len(values)]
    wrong = [
        *(f"{name} is missing" for name in names if name in cls._required and name not in (*by_place, *named)),
        *(f"{name} is not one of them" for name in named if name not in names),
        *(f"{name} is given twice" for name in by_place if name in named),
        *([f"{len(values)} are too many"] if len(values) > len(names) else []),
    ]
    return f"{cls.__name__} takes {', '.join(names)}: {'; '.join(wrong)}"
