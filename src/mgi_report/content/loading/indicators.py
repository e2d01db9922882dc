"""Step 1, load: the indicators: what is asked of a language's texts, what was found of a profile's.

Both files are called as the layout says: the one lies among the texts, the other beside
profile.yml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in
from mgi_report.content.indicator_schema import (
    FindingEntry,
    FindingsFile,
    IndicatorEntry,
    QuestionnaireFile,
)
from mgi_report.content.indicators import Answer, Finding, Indicator, Indicators, SubCategory
from mgi_report.content.model import Source
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import (
    key_span,
    read_model,
    span_of,
    validate,
    without_markup,
)
from mgi_report.content.yaml import YamlMap, parse_yaml
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest
from mgi_report.layout.model import Layout

SECTION = "indicators"
"""Kind of the sections that draw what was found."""
_NOTHING = FindingsFile()


def read_indicators(
    shelf: Shelf,
    layout: Layout,
    facts: Facts,
    domains: Collection[str],
    sources: Iterable[Source] | None,
    *,
    always: bool = False,
) -> Indicators | None:
    """Read what was found, and the questions that it answers.

    None where neither is needed, unless they are `always` to be read. `sources` are those of
    sources.yml, None where there is no telling. What is wrong goes to `shelf.found`.
    """
    specs = layout.sections_of(facts.level, facts.edition, facts.sections)
    is_drawn = any(spec.kind == SECTION for spec in specs)
    has_findings = layout.indicators in names_in(shelf.project, shelf.folder)
    if layout.indicators is None or not (is_drawn or has_findings or always):
        return None
    if not (has_findings or always):
        message = f'There is no file {layout.indicators}, which the section "{SECTION}" needs.'
        hint = "mgi-report indicators export makes the sheet to fill in, and import writes it."
        span = Span(findings_path(shelf.folder, layout))
        shelf.found.append(Diagnostic(Rule.FILE_EXISTS, message, span, hint))
    asked = read_questionnaire(shelf, layout, facts.level, domains)
    return None if asked is None else _with_findings(asked, shelf, layout, facts, sources)


def findings_path(folder: str, layout: Layout) -> str:
    """Give where a profile keeps what was found."""
    return f"{folder}/{layout.indicators}" if folder else str(layout.indicators)


# --- What is asked ----------------------------------------------------------------------------


def read_questionnaire(
    shelf: Shelf, layout: Layout, level: str, domains: Collection[str]
) -> Indicators | None:
    """Read the questions of a level, none answered yet; None where they cannot be read.

    What is wrong goes to `shelf.found`.
    """
    file = shelf.find_needed(layout.indicators or "", "the indicators")
    parsed = parse_yaml(file.text, file.path) if file else None
    if parsed is None or parsed.value is None:
        shelf.found.extend(parsed.diagnostics if parsed else ())
        return None
    root = parsed.value
    checked = validate(root, QuestionnaireFile)
    shelf.found.extend((*parsed.diagnostics, *checked.diagnostics, *without_markup(root)))
    if checked.value is None:
        return None
    groups: dict[str, SubCategory] = {}
    for index, group in enumerate(checked.value.sub_categories):
        at = ("sub-categories", index)
        shelf.found.extend(_repeated(root, at, group.id, groups, "sub-category"))
        shelf.found.extend(_unknown(root, (*at, "domain"), group.domain, domains, "domain"))
        groups.setdefault(group.id, SubCategory(group.id, group.domain, group.name))
    known: dict[str, IndicatorEntry] = {}
    for index, entry in enumerate(checked.value.indicators):
        at = ("indicators", index)
        group_at = (*at, "sub-category")
        shelf.found.extend(_repeated(root, at, entry.id, known, "indicator"))
        shelf.found.extend(_unknown(root, group_at, entry.sub_category, groups, "sub-category"))
        for number, name in enumerate(entry.levels):
            level_at = (*at, "levels", number)
            shelf.found.extend(_unknown(root, level_at, name, layout.levels, "level"))
        known.setdefault(entry.id, entry)
    order = {name: number for number, name in enumerate(domains)}
    asked = [
        Indicator(entry.id, groups[entry.sub_category], entry.question)
        for entry in known.values()
        if entry.sub_category in groups and (not entry.levels or level in entry.levels)
    ]
    asked.sort(key=lambda each: order.get(each.domain, len(order)))
    return Indicators(tuple(asked), dict(_flat(checked.value.model_dump(by_alias=True))))


def _flat(values: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Lay words flat: those of a list are counted from 1. Lists of entries are none."""
    for key, value in values.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list):
            items = {str(index): each for index, each in enumerate(value, start=1)}
            yield from _flat({k: v for k, v in items.items() if isinstance(v, str)}, f"{name}.")
        else:
            yield name, str(value)


def _repeated(
    root: YamlMap, path: tuple[str | int, ...], name: str, known: Collection[str], what: str
) -> Iterator[Diagnostic]:
    if name in known:
        message = f'The {what} "{name}" stands twice.'
        span = span_of(root, (*path, "id"))
        yield Diagnostic(Rule.KEY_IS_UNIQUE, message, span, "Give each its own id.")


def _unknown(
    root: YamlMap, path: tuple[str | int, ...], name: str, known: Collection[str], what: str
) -> Iterator[Diagnostic]:
    if name not in known:
        hint = nearest(name, known) or f"Known here: {', '.join(known)}."
        span = span_of(root, path)
        yield Diagnostic(Rule.VALUE_IS_VALID, f'There is no {what} "{name}".', span, hint)


# --- What was found ---------------------------------------------------------------------------


def _with_findings(
    asked: Indicators,
    shelf: Shelf,
    layout: Layout,
    facts: Facts,
    sources: Iterable[Source] | None,
) -> Indicators:
    path = findings_path(shelf.folder, layout)
    read = read_model(shelf.project, path, FindingsFile, stand_ins={})
    shelf.found.extend(read.diagnostics)
    entries = (read.value.value if read.value else _NOTHING).indicators
    root = read.value.root if read.value else YamlMap((), Span(path))
    keys = None if sources is None else {source.key for source in sources}
    questions = {each.id: each for each in asked.asked}
    is_first = facts.previous_year is None
    for name, entry in entries.items():
        place = ("indicators", name)
        if name not in questions:
            message = f'No indicator "{name}" is asked in a {facts.level} profile.'
            hint = nearest(name, questions) or "mgi-report indicators export lists those that are."
            span = key_span(root, place)
            shelf.found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint))
        shelf.found.extend(_unknown_sources(root, place, entry, keys))
        if entry.earlier and is_first:
            message = "There is an earlier answer, but profile.yml names no profile before this."
            hint = "Write previous: into profile.yml, or take the earlier answers away."
            span = key_span(root, (*place, "earlier"))
            cause = "earlier answers without a profile before"
            warning = Severity.WARNING
            shelf.found.append(
                Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint, warning, cause=cause)
            )
    return replace(
        asked,
        asked=tuple(
            replace(each, finding=_finding(entries[each.id], root, each.id))
            if each.id in entries
            else each
            for each in asked.asked
        ),
    )


def _finding(entry: FindingEntry, root: YamlMap, name: str) -> Finding:
    return Finding(
        answer=Answer(entry.answer) if entry.answer else None,
        earlier=Answer(entry.earlier) if entry.earlier else None,
        evidence=entry.evidence or "",
        sources=tuple(entry.source or ()),
        span=key_span(root, ("indicators", name)),
    )


def _unknown_sources(
    root: YamlMap, path: tuple[str | int, ...], entry: FindingEntry, keys: Collection[str] | None
) -> Iterator[Diagnostic]:
    for index, key in enumerate(entry.source or ()):
        if keys is not None and key not in keys:
            message = f'There is no source "{key}" in sources.yml.'
            span = span_of(root, (*path, "source", index))
            yield Diagnostic(Rule.SOURCE_IS_KNOWN, message, span, nearest(key, keys))
