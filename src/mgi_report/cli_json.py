"""How diagnostics are printed for programs."""

from __future__ import annotations

from mgi_report.diagnostics import Diagnostic


def diagnostic_as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Give a diagnostic as the object that `--format json` prints."""
    span = diagnostic.span
    return {
        "severity": str(diagnostic.severity),
        "rule": str(diagnostic.rule),
        "message": diagnostic.message,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "hint": diagnostic.hint,
    }
