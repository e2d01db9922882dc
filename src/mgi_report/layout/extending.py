"""A layout that extends another: what it adds, and what it puts in the place of that one's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from mgi_report.content.validate import span_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, nearest
from mgi_report.layout.file import LayoutFile
from mgi_report.layout.model import Layout, Looks, SectionSpec


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)
T = TypeVar("T")


def extended(base: Layout, own: Layout, file: LayoutFile, root: YamlMap) -> Outcome[Layout]:
    """Put a layout on top of the one that it extends.

    Names that only one of the two has are there; of what both have, its own holds. A section of a
    new name goes where its `after` says, and one of a name that is there takes its place.
    """
    found: list[Diagnostic] = []
    layout = replace(
        own,
        folders=(*own.folders, *base.folders),
        sections=_sections(base, own, file, root, found),
        levels=_joined(base.levels, own.levels),
        editions=_by_name(base.editions, own.editions),
        languages=_joined(base.languages, own.languages),
        styles=_joined(base.styles, own.styles),
        colours={**base.colours, **own.colours},
        inks={**base.inks, **own.inks},
        press=own.press or base.press,
        fonts=own.fonts or base.fonts,
        options={**base.options, **own.options},
        labels=_joined(base.labels, own.labels),
        looks=Looks(
            _joined(base.looks.boxes, own.looks.boxes),
            _joined(base.looks.paragraphs, own.looks.paragraphs),
            _joined(base.looks.words, own.looks.words),
        ),
        abstract=own.abstract or base.abstract,
        indicators=own.indicators or base.indicators,
        lead=base.lead,
        portal=_by_name(base.portal, own.portal),
        most_logos=base.most_logos if own.most_logos is None else own.most_logos,
    )
    titles = {spec.label for spec in layout.sections}
    dropped = [spec.label for spec in base.sections if spec.label and spec.label not in titles]
    return Outcome(replace(layout, dropped=_joined(base.dropped, dropped)), tuple(found))


def _joined(base: Iterable[T], own: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*base, *own)))


def _by_name(base: Iterable[N], own: Iterable[N]) -> tuple[N, ...]:
    return tuple({each.id: each for each in (*base, *own)}.values())


def _sections(
    base: Layout, own: Layout, file: LayoutFile, root: YamlMap, found: list[Diagnostic]
) -> tuple[SectionSpec, ...]:
    known = list(dict.fromkeys(spec.id for spec in base.sections))
    for index, name in enumerate(file.without):
        if name not in known:
            message = f'The layout "{base.name}" has no section "{name}" to do without.'
            span = span_of(root, ("without", index))
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, nearest(name, known)))
    sections = [spec for spec in base.sections if spec.id not in file.without]
    for name in dict.fromkeys(spec.id for spec in own.sections):
        specs = [spec for spec in own.sections if spec.id == name]
        names = [each.id for each in sections]
        sections = [each for each in sections if each.id != name]
        after = specs[0].after
        if after is None and name in names:
            at = names.index(name)
        elif after in names and after != name:
            at = max(at for at, each in enumerate(sections, start=1) if each.id == after)
        else:
            at = len(sections)
            found.append(_misplaced(specs[0], names, root, own.sections.index(specs[0])))
        sections[at:at] = specs
    return tuple(sections)


def _misplaced(spec: SectionSpec, names: list[str], root: YamlMap, index: int) -> Diagnostic:
    if spec.after is None:
        message = f'It is not said where the section "{spec.id}" stands.'
        hint = "Write behind which section it stands: after: introduction"
        return Diagnostic(Rule.FIELD_IS_PRESENT, message, spec.span, hint)
    message = f'There is no section "{spec.after}" behind which "{spec.id}" could stand.'
    span = span_of(root, ("sections", index, "after"))
    hint = nearest(spec.after, names) or f"There are: {', '.join(dict.fromkeys(names))}."
    return Diagnostic(Rule.VALUE_IS_VALID, message, span, hint)
