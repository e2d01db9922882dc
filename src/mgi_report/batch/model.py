"""The vocabulary of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mgi_report.results import Result


@dataclass(frozen=True, slots=True)
class Job:
    """A profile to be built; all jobs of a batch have the same options."""

    folder: str
    """The profile's folder, absolute."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What `steps.build` is told beside the folder."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a profile took."""

    seconds: float
    """By the clock, from the beginning of the first step to the last file."""
    processor: float
    """Seconds of processor time of its process."""
    memory: int
    """Bytes that its process had at its largest, since it began."""
    written: int
    """Bytes of the PDFs."""


@dataclass(frozen=True, slots=True)
class Done:
    """A job that has come to its end, well or not."""

    job: Job
    result: Result
    cost: Cost | None = None
    """None where its process was lost, or where it was done by an earlier run."""
    tries: int = 1
    """How many processes have tried."""
