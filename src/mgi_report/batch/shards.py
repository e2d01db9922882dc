"""Parts of a batch, for machines that know nothing of one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_SHARD = re.compile(r"([1-9][0-9]{0,4})/([1-9][0-9]{0,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts, which together are the whole, and have nothing in common."""

    number: int = 1
    """From 1."""
    of: int = 1

    @classmethod
    def read(cls, text: str) -> Shard:
        """Read "2/8"; raises `ValueError` where it is no part of a whole."""
        match = _SHARD.fullmatch(text)
        if match is None or int(match[1]) > int(match[2]):
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def part(self, whole: Sequence[T]) -> list[T]:
        """Give every so-manieth of a whole: neighbours, which are often alike, go to others."""
        return list(whole[self.number - 1 :: self.of])


WHOLE = Shard()
