"""Makes Migration Governance Indicators profiles: PDFs from YAML, Markdown, HTML and CSS.

    from mgi_report import build
    result = build("content/mali-2021")
    for diagnostic in result.diagnostics:
        print(diagnostic)
"""

from mgi_report.build import Output, Result, build, check
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.version import VERSION as __version__

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
