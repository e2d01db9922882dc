"""What stands beside the words of a returned file, and what is to be told of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""
    """Id of the comment that it answers."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What an editor should know of a file, such as that something in it was not read."""

    message: str
    hint: str
