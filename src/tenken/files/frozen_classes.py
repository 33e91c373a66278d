"""Plain frozen things with named fields, which cost next to nothing to define.

A dataclass compiles its methods for each class at every start; these share theirs.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, dataclass_transform


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
def entry(cls: type) -> type:
    """A frozen dataclass; two of them are never equal."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # or it would be made from a signature, which takes longer than the rest
    made: Any = dataclass(init=False, repr=False, eq=False)(cls)
    made.__setattr__ = made.__delattr__ = _refuse_change
    made.__init__ = _build_initializer(made)
    return cls


@dataclass_transform(eq_default=True, frozen_default=True, field_specifiers=(field,))
def comparable(cls: type) -> type:
    """A frozen dataclass that equals any other of its class with the same fields, those with `compare` alone."""
    made: Any = entry(cls)
    said = attrgetter(*(each.name for each in fields(made) if each.compare))

    def is_equal(self: Any, other: object) -> bool:
        return type(other) is cls and said(self) == said(other)

    made.__eq__, made.__hash__, made.__repr__ = is_equal, lambda self: hash(said(self)), _render_entry_repr
    return cls


def _build_initializer(cls: Any) -> Any:
    names = tuple(each.name for each in fields(cls))
    usual = {each.name: _find_field_default(each) for each in fields(cls)}
    required = frozenset(name for name, default in usual.items() if default is MISSING)

    def fill_fields(self: Any, *values: Any, **named: Any) -> None:
        given = dict(zip(names, values, strict=False)) | named
        own = vars(self)
        own.update(usual)
        own.update(given)
        if len(own) > len(names) or len(given) < len(values) + len(named) or not required.issubset(given):
            raise TypeError(f"{cls.__name__} takes {', '.join(names)}")

    return fill_fields


def _find_field_default(each: Any) -> Any:
    """What a field holds if nothing is said; shared, as nothing here is ever changed."""
    return each.default if each.default_factory is MISSING else each.default_factory()


def _refuse_change(self: Any, name: str, *_: Any) -> None:
    raise FrozenInstanceError(f"{name} of {type(self).__name__} cannot be changed")


def _render_entry_repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={held!r}' for name, held in vars(self).items())})"
