"""Step 1, load: the numbers that a publication needs before it is published, in profile.yml."""

from __future__ import annotations

from collections.abc import Iterator

from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.validate import ANY_LANGUAGE, span_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.project import Project

_NEEDED = {
    "isbn-pdf": "no ISBN of the PDF",
    "reference": "no reference number of the Publications Unit",
}


def check_registration(project: Project, folder: str) -> Iterator[Diagnostic]:
    """Tell of numbers that a language lacks; a demonstration, which is not published, needs none.

    Of a profile in preparation it is a warning. What is wrong with numbers that are there is told
    where profile.yml is read.
    """
    read = read_profile_file(project, folder).value
    if read is None or not read.is_whole or read.value.status.demonstration:
        return
    is_early = read.value.status.in_preparation
    given: dict[str, dict[str, str]] = read.value.identifiers.model_dump(by_alias=True)
    for name, what in _NEEDED.items():
        lacking = [lang for lang in read.value.languages if lang not in given[name]]
        if lacking and ANY_LANGUAGE not in given[name]:
            which = f' in "{", ".join(lacking)}"' if given[name] else ""
            hint = (
                f"Add {name}: … to identifiers. Until it is known, say `in-preparation: true` in "
                "status; `demonstration: true` needs none."
            )
            span = span_of(read.root, ("identifiers", name))
            yield Diagnostic(
                Rule.IDENTIFIERS_ARE_GIVEN,
                f"The publication has {what} yet{which}.",
                span,
                hint,
                Severity.WARNING if is_early else Severity.ERROR,
            )
