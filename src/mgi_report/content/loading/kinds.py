"""Step 1, load: a profile's level, edition and languages are ones that its layout has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mgi_report.content.facts import Facts
from mgi_report.content.schema import ProfileFile
from mgi_report.content.validate import Checked, key_span, span_of
from mgi_report.content.yaml import YamlList, YamlText, node_at
from mgi_report.diagnostics import Diagnostic, Rule, Severity, nearest, nearest_name
from mgi_report.layout.model import Edition, Layout


def check_kind(read: Checked[ProfileFile], layout: Layout) -> Iterator[Diagnostic]:
    """Hold the level, the edition and the languages of profile.yml against the layout."""
    file = read.value
    editions = [edition.id for edition in layout.editions]
    yield from _check(read, layout, ("level",), file.level, layout.levels)
    yield from _check(read, layout, ("edition",), file.edition, editions)
    written = node_at(read.root, ("languages",))
    for index, node in enumerate(written.items if isinstance(written, YamlList) else ()):
        if isinstance(node, YamlText) and node.text in file.languages:
            yield from _check(read, layout, ("languages", index), node.text, layout.languages)
    edition = layout.edition(file.edition)
    if edition and read.is_whole:
        yield from _check_edition(read, edition)


def with_known_kind(facts: Facts, layout: Layout, names: Collection[str]) -> Facts:
    """Put a level, an edition and a number of the layout in the place of others, to judge the rest.

    Where the number contradicts the edition, either may be wrong; the files that are there, `names`
    in the folder of the original, say which.
    """
    name = _likely(facts.edition, [edition.id for edition in layout.editions])
    edition = layout.edition(name)
    if edition and not _fits(edition, facts.number):
        fitting = [each.id for each in layout.editions if _fits(each, facts.number)]
        name = min((*fitting, name), key=lambda each: _misplaced(each, layout, names))
    level, number = _likely(facts.level, layout.levels), facts.number
    if edition := layout.edition(name):
        number = min(max(number, edition.least), edition.most or number)
    return replace(facts, level=level, edition=name, number=number)


def _misplaced(edition: str, layout: Layout, names: Collection[str]) -> int:
    """Count the files that are there though not of an edition, or of it and not there."""
    return sum(
        (edition in spec.editions) != (spec.file in names)
        for spec in layout.sections
        if spec.editions and spec.file and not spec.optional
    )


def _likely(name: str, known: Sequence[str]) -> str:
    return name if name in known or not known else nearest_name(name, known) or known[0]


_WHAT = {
    "level": 'has no level "{}"',
    "edition": 'has no edition "{}"',
    "languages": 'has no words in the language "{}"',
}


def _check(
    read: Checked[ProfileFile],
    layout: Layout,
    path: tuple[str | int, ...],
    value: str,
    known: Sequence[str],
) -> Iterator[Diagnostic]:
    node = node_at(read.root, path)
    # What a stand-in says has been told.
    is_written = isinstance(node, YamlText) and node.text == value
    if is_written and known and value not in known:
        what = _WHAT[str(path[0])].format(value)
        near = nearest(value, known)
        hint = f"{near or ''} It has: {', '.join(known)}.".strip()
        message = f'The layout "{layout.name}" {what}.'
        yield Diagnostic(Rule.VALUE_IS_VALID, message, span_of(read.root, path), hint)


def _fits(edition: Edition, number: int) -> bool:
    return edition.least <= number and (edition.most is None or number <= edition.most)


def _check_edition(read: Checked[ProfileFile], edition: Edition) -> Iterator[Diagnostic]:
    """Hold the number and what was before against the edition."""
    file = read.value
    least, most = edition.least, edition.most
    if not _fits(edition, file.number):
        message = f'The edition is "{edition.id}", but the number is {file.number}.'
        asked = f"{least}" if most == least else f"{least} or more" if most is None else ""
        hint = f"Such a profile has the number {asked or f'{least} to {most}'}."
        yield Diagnostic(Rule.VALUE_IS_VALID, message, span_of(read.root, ("number",)), hint)
    elif edition.previous and file.previous is None:
        message = f'There is no "previous", which the edition "{edition.id}" needs.'
        if node_at(read.root, ("previous",)):
            message = f'There is nothing behind "previous", which the edition "{edition.id}" needs.'
        hint = "Give the year of the profile before this one, and its address."
        span = span_of(read.root, ("previous",))
        yield Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint)
    elif not edition.previous and file.previous:
        message = f'A profile of the edition "{edition.id}" has no "previous".'
        hint = "Take it away, or correct the edition and the number."
        span = key_span(read.root, ("previous",))
        yield Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint, Severity.WARNING)
