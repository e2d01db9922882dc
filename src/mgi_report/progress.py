"""What a build is at, for those who watch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stage:
    """What a build is at."""

    profile: str
    """"mali-2021"."""
    lang: str
    step: str
    """Number and name of one of the six steps, "4 typeset"; "write" at the end."""
    part: str = ""
    """The section or standard at hand, where the step goes by such parts."""


Progress = Callable[[Stage], None]
"""Is told of each stage before it begins; may raise to stop the build there."""


class Tell(Protocol):
    """Says which step comes next, and which part of the profile it is for."""

    def __call__(self, step: str, part: str = "") -> None:
        """Tell of a stage: "4 typeset", "covid-19"."""


def telling(progress: Progress | None, profile: str, lang: str) -> Tell:
    """Give what tells of the stages of one profile and language; nothing where nobody listens."""

    def tell(step: str, part: str = "") -> None:
        if progress:
            progress(Stage(profile, lang, step, part))

    return tell
