"""The levels and editions of a layout can be told apart, and each edition has a number."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mgi_report.content.flags import KNOWN
from mgi_report.content.validate import span_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.file import LayoutFile
from mgi_report.layout.model import Layout


def check_kinds(layout: Layout, file: LayoutFile, root: YamlMap) -> Iterator[Diagnostic]:
    """Find editions without a number, and names that `when=` could take for another."""
    own = [each.id for each in file.editions]
    others = [each.id for each in layout.editions if each.id not in own]
    names: list[tuple[tuple[str | int, ...], str, Collection[str]]] = [
        (("levels", index), name, others) for index, name in enumerate(file.levels)
    ]
    names += [(("editions", index, "id"), name, layout.levels) for index, name in enumerate(own)]
    for path, name, taken in names:
        what = "a flag that profile.yml sets" if name in KNOWN else ""
        if name in taken:
            what = "a level" if path[0] == "editions" else "an edition"
        if what:
            message = f'"{name}" is {what} already, and when={name} would mean both.'
            hint = "Give it another name."
            yield Diagnostic(Rule.VALUE_IS_VALID, message, span_of(root, path), hint)
    for index, edition in enumerate(file.editions):
        if edition.most is not None and edition.most < edition.least:
            message = (
                f'No number fits the edition "{edition.id}": it is at least {edition.least} and at '
                f"most {edition.most}."
            )
            span = span_of(root, ("editions", index, "most"))
            hint = "Put the smaller of the two behind least."
            yield Diagnostic(Rule.VALUE_IS_VALID, message, span, hint)
