"""Makes Migration Governance Indicators profiles: PDFs from YAML, Markdown, HTML and CSS.

from mgi_report import build

result = build("content/mali-2021")
for diagnostic in result.diagnostics:
    print(diagnostic)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
    from mgi_report.results import Output, Result
    from mgi_report.steps import build, check
    from mgi_report.version import VERSION as __version__  # noqa: N811  its customary name

_HOMES = {
    "Diagnostic": "diagnostics",
    "Output": "results",
    "Result": "results",
    "Rule": "diagnostics",
    "Severity": "diagnostics",
    "Span": "diagnostics",
    "build": "steps",
    "check": "steps",
}

__all__ = [
    "Diagnostic",
    "Output",
    "Result",
    "Rule",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
]


def __getattr__(name: str) -> object:
    # Names are found when they are used: importing the package imports nothing heavy.
    if name == "__version__":
        return import_module("mgi_report.version").VERSION
    if name in _HOMES:
        return getattr(import_module(f"mgi_report.{_HOMES[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
