"""Step 1, load: a section's content has what the layout asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from mgi_report.content.flags import KNOWN, named
from mgi_report.content.markdown.documents import parse_inline
from mgi_report.content.model import Data, Document, Domain, Heading, Paragraph
from mgi_report.content.pictures import check_icon
from mgi_report.content.walk import changed, same
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.layout.model import FIRST_LEVEL, Layout, Looks, SectionSpec
from mgi_report.project import Project


def check_parts(
    spec: SectionSpec, document: Document, domains: tuple[Domain, ...]
) -> list[Diagnostic]:
    """Hold a file's headings of first level against the parts that the layout asks for."""
    asked = spec.parts
    if asked == ("domains",):
        asked = tuple(domain.id for domain in domains)
    if not asked:
        return []
    found = []
    first = document.blocks[0] if document.blocks else None
    if first and not isinstance(first, Heading):
        message = "This stands above the first heading, where nothing is printed."
        hint = f"Move it under a heading; the parts are {', '.join(asked)}."
        found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, first.span, hint))
    parts = [
        (block, after)
        for block, after in zip_longest(document.blocks, document.blocks[1:])
        if isinstance(block, Heading) and block.level == FIRST_LEVEL
    ]
    missing = [name for name in asked if name not in {part.id for part, _ in parts}]
    unknown = [part for part, _ in parts if part.id not in asked]
    ranks = [asked.index(part.id) for part, _ in parts if part.id in asked]
    if ranks != sorted(ranks):
        late = next(rank for rank, before in zip(ranks[1:], ranks, strict=False) if rank < before)
        place = next(part.span for part, _ in parts if part.id == asked[late])
        message = f'The part "{asked[late]}" stands too late.'
        hint = f"The order is {', '.join(asked)}."
        found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, place, hint))
    is_misnamed = len(missing) == len(unknown) == 1
    for part, after in parts:
        if part in unknown:
            message = f'The section "{spec.id}" has no part "{part.id}".'
            hint = f"Its parts are {', '.join(asked)}."
            if is_misnamed:
                name = missing[0]
                hint = f'The part "{name}" is missing; if this is it, write {{#{name}}} behind it.'
            hint = nearest(part.id or "", asked) or hint
            found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, part.span, hint))
        elif after is None or (
            isinstance(after, Heading) and after.level <= FIRST_LEVEL and after not in unknown
        ):
            # What stands under a heading too many may be meant for the part above it.
            message = f'The part "{part.id}" is empty.'
            found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, part.span))
    for name in () if is_misnamed else missing:
        message = f'The part "{name}" is missing.'
        hint = f"Add a heading for it: ## … {{#{name}}}"
        found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, Span(document.path), hint))
    return found


def check_headings(
    project: Project, layout: Layout, spec: SectionSpec, document: Document
) -> Outcome[Document]:
    """See that icons are named where the layout asks for them, and that icons and flags exist.

    An icon that does not exist is left out, so that this is said once, here.
    """
    found: list[Diagnostic] = []
    blocks = list(document.blocks)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Heading | Paragraph):
            found += _check_flags(block, (*KNOWN, *layout.flags))
        if not isinstance(block, Heading):
            continue
        icon = block.attributes.get("icon")
        if icon is not None:
            if wrong := check_icon(project, icon, block.span):
                found += wrong
                kept = {name: value for name, value in block.attributes.items() if name != "icon"}
                blocks[index] = replace(block, attributes=kept)
        elif block.level == spec.icons:
            message = "This heading names no icon."
            hint = f"Write ## … {{#{block.id} icon=health}}, with the name of an icon."
            found.append(Diagnostic(Rule.SLOT_IS_FILLED, message, block.span, hint))
    return Outcome(changed(document, blocks=same(document.blocks, blocks)), tuple(found))


def _check_flags(block: Heading | Paragraph, known: Sequence[str]) -> Iterator[Diagnostic]:
    for word in ("when", "unless"):
        for flag in named(block.attributes.get(word, "")):
            if flag in known:
                continue
            message = f'There is no flag "{flag}".'
            hint = nearest(flag, known) or f"Known here: {', '.join(known)}."
            yield Diagnostic(Rule.KEY_IS_KNOWN, message, block.places[word], hint)


# --- Data -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Shape:
    """What a piece of a section's YAML should be: keys, a list, or else a text."""

    keys: dict[str, Shape] = field(default_factory=dict)
    item: Shape | None = None

    @classmethod
    def of(cls, fields: tuple[str, ...]) -> Shape:
        """Make the shape that fields such as "is.items[].text" describe."""
        top = cls()
        for path in fields:
            shape = top
            for step in path.split("."):
                shape = shape.keys.setdefault(step.removesuffix("[]"), cls())
                if step.endswith("[]"):
                    shape.item = shape.item or cls()
                    shape = shape.item
        return top

    def stand_in(self, key: str) -> Data:
        """Give what takes the place of a piece that is wrong, so that the rest can be judged."""
        if self.keys:
            return {name: shape.stand_in(name) for name, shape in self.keys.items()}
        return () if self.item else _text_for(key)


class DataReader:
    """Reads a section's YAML, its texts as Markdown; gathers what is wrong in `found`."""

    def __init__(self, project: Project, looks: Looks, found: list[Diagnostic]) -> None:
        self.found = found
        self._looks = looks
        self._project = project

    def read(self, root: YamlMap | None, fields: tuple[str, ...]) -> dict[str, Data]:
        """Read the file; without `fields`, whatever is in it. None is one that cannot be read."""
        shape = Shape.of(fields)
        if root is None:
            return {key: inner.stand_in(key) for key, inner in shape.keys.items()}
        if not fields:
            return {entry.key: self._anything(entry.value, entry.key) for entry in root.entries}
        return self._map(root, shape, "the file")

    def _value(self, node: YamlNode, shape: Shape, name: str) -> Data:
        is_free = not shape.keys and shape.item is None
        if isinstance(node, YamlText) and is_free:
            return self._text(node, name)
        if isinstance(node, YamlMap) and shape.keys:
            return self._map(node, shape, name)
        if isinstance(node, YamlList) and shape.item:
            if not node.items:
                message = f"There is nothing in {name}."
                self.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, node.span))
            return tuple(self._value(item, shape.item, f"an item of {name}") for item in node.items)
        asked = "a text" if is_free else "a list" if shape.item else "keys with values"
        message = f"{name[:1].upper()}{name[1:]} should be {asked}."
        self.found.append(Diagnostic(Rule.VALUE_IS_VALID, message, node.span))
        return shape.stand_in("")

    def _anything(self, node: YamlNode, name: str) -> Data:
        match node:
            case YamlText():
                return self._text(node, f'"{name}"')
            case YamlList():
                return tuple(self._anything(item, name) for item in node.items)
            case YamlMap():
                return {entry.key: self._anything(entry.value, entry.key) for entry in node.entries}

    def _map(self, node: YamlMap, shape: Shape, name: str) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for entry in node.entries:
            if entry.key in shape.keys:
                data[entry.key] = self._value(entry.value, shape.keys[entry.key], f'"{entry.key}"')
                continue
            message = f'There is no key "{entry.key}" in {name}.'
            hint = nearest(entry.key, shape.keys) or f"Known here: {', '.join(shape.keys)}."
            self.found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, entry.span, hint))
        for key, inner in shape.keys.items():
            if node.entry(key) is None:
                data[key] = inner.stand_in(key)
                message = f'There is no "{key}" in {name}.'
                self.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, node.span))
        return data

    def _text(self, node: YamlText, name: str) -> Data:
        if node.is_blank:
            message = f"There is nothing behind {name}."
            self.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, node.span))
            return _text_for(name.strip('"'))
        if name == '"icon"':
            wrong = check_icon(self._project, node.text, node.span)
            self.found += wrong
            return "" if wrong else node.text
        words = parse_inline(node.text, node.places, self._looks)
        self.found += words.diagnostics
        return words.value


def _text_for(key: str) -> str:
    """Give a text that says nothing; of icons, none."""
    return "" if key == "icon" else "…"
