"""Step 1, load: which files of a translation are missing, so that the original's are printed."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname, join

from mgi_report.content.files import names_in
from mgi_report.content.shared import Shelf
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest_name


def check_whole(shelf: Shelf) -> Iterator[Diagnostic]:
    """Say of each file that a translation lacks what is printed instead; of a folder once."""
    lang, original = shelf.lang, shelf.original
    told = set()
    for path in shelf.lacking:
        folder, name = dirname(path), basename(path)
        there = names_in(shelf.project, folder)
        if not there and folder in told:
            continue
        told.add(folder)
        theirs = join(dirname(folder), original)
        if there:
            near = nearest_name(name, there)
            message = f'There is no {name} in "{lang}"; it is printed in "{original}".'
            hint = f"Copy it from {theirs}, and put its words into the language."
            if near and near not in names_in(shelf.project, theirs):
                hint = f'Is it the file "{near}"? Then give it this name.'
        else:
            message = f'There are no texts in {folder}; those in "{original}" are printed.'
            hint = f"Copy the folder {theirs}, and put its words into the language."
        span = Span(path if there else folder)
        yield Diagnostic(Rule.TRANSLATION_IS_WHOLE, message, span, hint, Severity.WARNING)
