"""Judges a profile before it is published: nothing is while anything is wrong.

The gate has no rules of its own. It asks `steps` for all that `check` knows and for texts that
files do not say as they were written, and `consult.gate` for what is left of a consultation. It
knows no warnings: what nobody has allowed is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from mgi_report.consult.blocks import languages_of
from mgi_report.consult.gate import unready
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, each_once
from mgi_report.making import Made
from mgi_report.progress import Progress
from mgi_report.project import open_project
from mgi_report.publish.model import Publication
from mgi_report.publish.text.rereading import book_said, page_said
from mgi_report.steps import misread, unread, volumes


def gate(
    folder: Path, *, allowed: Collection[Rule] = (), progress: Progress | None = None
) -> Outcome[tuple[Made, ...]]:
    """Make the volumes of a profile, one for each language, and find all that is wrong.

    Errors stand in the way of publishing; warnings are what somebody has allowed, by its rule.
    """
    project, inside = open_project(folder)
    made = volumes(folder, progress=progress)
    languages = languages_of(project, inside)
    found = unready(project, inside, languages) if languages else []
    found += [each for volume in made.value for each in unread(volume)]
    is_whole = bool(made.value) and all(each.volume for each in made.value)
    judged = judge(each_once([*made.diagnostics, *found]), allowed, is_whole=is_whole)
    return Outcome(made.value, tuple(judged))


def reread(
    volumes: Iterable[Made], publication: Publication, *, allowed: Collection[Rule] = ()
) -> Iterable[Diagnostic]:
    """Hold the texts of the finished HTML and EPUB against the content, as the PDF's are."""
    for made, edition in zip(volumes, publication.editions, strict=True):
        for kind, said_in in (("html", page_said), ("epub", book_said)):
            file = edition.file(kind)
            if file:
                said, what = said_in(file.content), f"the {kind.upper()}"
                found = misread(made, said, edition.sections, what)
                yield from judge(found, allowed, is_whole=True)


def judge(
    found: Iterable[Diagnostic], allowed: Collection[Rule], *, is_whole: bool
) -> Iterable[Diagnostic]:
    """Make an error of all that nobody has allowed.

    Where it is not whole, there is nothing that could be published whatever is allowed: what
    keeps a volume from being made stays an error.
    """
    for each in found:
        can_be = is_whole or each.severity is Severity.WARNING
        is_let_through = each.rule in allowed and can_be
        yield replace(each, severity=Severity.WARNING if is_let_through else Severity.ERROR)
