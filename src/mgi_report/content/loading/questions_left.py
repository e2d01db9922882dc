"""Step 1, load: questions to a profile's editors, and words of profile.yml, that are still open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import join

from mgi_report.content.files import names_in, read_text
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.project import Project

QUESTION = re.compile(r"^[ \t]*(?:<!--|#) \?", re.MULTILINE)
"""How a question begins, in Markdown and in YAML."""
_TO_COME = re.compile(r"^[^#\n]*?(\[\?+\])", re.MULTILINE)
_FACTS = "profile.yml"


def check_questions(
    project: Project, folder: str, languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Tell of each file that asks something, once, and of words to come in profile.yml."""
    places = ("", *languages)
    for name in (
        join(folder, each, file) for each in places for file in _texts(project, folder, each)
    ):
        text = read_text(project, name).value or ""
        if questions := list(QUESTION.finditer(text)):
            count = len(questions)
            message = f"{count} question{' is' if count == 1 else 's are'} open in this file."
            hint = "Answer and delete them; mgi-report status counts all that is to come."
            yield _told(name, text, questions[0].start(), message, hint)
        if name == join(folder, _FACTS):
            for match in _TO_COME.finditer(text):
                message = "Words are still to be written here."
                hint = 'Write them in the place of "[?]".'
                yield _told(name, text, match.start(1), message, hint)


def _texts(project: Project, folder: str, inside: str) -> Iterator[str]:
    for name in names_in(project, join(folder, inside) if inside else folder):
        if name.endswith((".yml", ".md")):
            yield name


def _told(path: str, text: str, at: int, message: str, hint: str) -> Diagnostic:
    before = text[:at]
    span = Span(path, before.count("\n") + 1, at - before.rfind("\n"))
    return Diagnostic(Rule.TEXT_IS_FINISHED, message, span, hint, Severity.WARNING)
