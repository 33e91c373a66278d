"""The most pressing of very many things, and how many there are; memory does not grow with their number."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

Listed = TypeVar("Listed")


class Shortlist(Generic[Listed]):
    """Keeps the things with the least keys; keys are compared, and equal ones stay in the order they came."""

    def __init__(self, most: int) -> None:
        self.count = 0
        self._most = most
        self._kept: list[tuple[tuple[Any, ...], int, Listed]] = []

    def add(self, key: tuple[Any, ...], thing: Listed) -> None:
        self._kept.append((key, self.count, thing))
        self.count += 1
        if len(self._kept) > 2 * self._most:
            self._trim()

    def _trim(self) -> None:
        self._kept.sort(key=lambda entry: entry[:2])
        del self._kept[self._most :]

    @property
    def things(self) -> list[Listed]:
        self._trim()
        return [thing for _, _, thing in self._kept]

    @property
    def more(self) -> int:
        """How many there are beyond those kept."""
        return max(self.count - self._most, 0)
