"""A profile as numbered blocks: what is sent, and what is found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mgi_report.consult.model import Block, Content, Manner
from mgi_report.consult.printing import Printer, variable_pieces
from mgi_report.consult.source import SourceFile
from mgi_report.consult.sources import print_source
from mgi_report.content import model
from mgi_report.content.files import read_text
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Data, Document, Inline, Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.walk import inlines_of, is_text
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Outcome, Span
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.project import Project


def read_content(project: Project, folder: str, lang: str = "") -> Outcome[Content | None]:
    """Read a profile anew in one language, its original if none is given, as blocks.

    `folder` is the profile's, in the project. Blocks are those of the sections that have a text of
    their own, in their order.
    """
    project.begin()
    return content_of(project, folder, lang)


def content_of(project: Project, folder: str, lang: str = "") -> Outcome[Content | None]:
    """Read a profile as `read_content` does, as its files are known in this making."""
    facts = read_facts(project, folder)
    if facts.value is None:
        return Outcome(None, facts.diagnostics)
    layout = read_layout(project, facts.value.layout, facts.value.layout_span)
    if layout.value is None:
        return Outcome(None, layout.diagnostics)
    tag = lang or facts.value.languages[0]
    loaded = load(project, folder, layout.value, tag)
    if loaded.value is None:
        return Outcome(None, loaded.diagnostics)
    resolved = resolve(loaded.value, layout.value, join=False)
    reader = _Reader(project, resolved.value, layout.value)
    reader.read()
    content = Content(
        blocks=tuple(reader.blocks),
        files=reader.files,
        title=f"{resolved.value.labels['series']}: {resolved.value.facts.long_name}",
        lang=tag,
        profile=resolved.value.facts.id,
        folder=folder,
        labels=resolved.value.labels,
        turned=frozenset(
            tag for tag, known in resolved.value.languages.items() if known.direction == "rtl"
        ),
    )
    return Outcome(content, (*loaded.diagnostics, *resolved.unproofread))


def languages_of(project: Project, folder: str) -> tuple[str, ...]:
    """Give the languages of a profile, none where its facts cannot be read."""
    facts = read_facts(project, folder).value
    return facts.languages if facts else ()


@dataclass(slots=True)
class _Numbers:
    """The numbers of the blocks of one section."""

    section: str
    headings: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def heading(self, level: int) -> str:
        """Count a heading of the content; 2 is the highest level."""
        depth = max(level - 1, 1)
        del self.headings[depth:]
        self.headings += [0] * (depth - len(self.headings))
        self.headings[depth - 1] += 1
        self.counts = {}
        return self.prefix

    @property
    def prefix(self) -> str:
        """The section, and the headings below which one stands: "4.2"."""
        return ".".join((self.section, *map(str, self.headings)))

    def next(self, sign: str) -> str:
        """Count a block below a heading: "4.2 ¶3"."""
        self.counts[sign] = self.counts.get(sign, 0) + 1
        return f"{self.prefix} {sign}{self.counts[sign]}"


class _Reader:
    """Makes blocks of a profile."""

    def __init__(self, project: Project, profile: Profile, layout: Layout) -> None:
        self.blocks: list[Block] = []
        self.files: dict[str, SourceFile] = {}
        self._project = project
        self._profile = profile
        self._layout = layout
        self._texts: dict[str, dict[tuple[int, int], YamlText]] = {}
        self._numbers = _Numbers("")
        self._section = ""
        self._tables = 0

    def read(self) -> None:
        """Go through the sections."""
        facts = self._profile.facts
        domains = {domain.id: domain for domain in self._profile.domains}
        are_told = False
        for spec in self._layout.sections_of(facts.level, facts.edition, facts.sections):
            if spec.contents == "none" and not spec.file:
                continue  # its words are those of other places: the cover, the table of contents
            domain = domains.get(spec.domain or "")
            if domain and not are_told:
                are_told = True
                self._domains()
            self._begin(spec.id, str(domain.number) if domain else spec.id)
            if domain:
                self._yaml_line(self._domain_text(domain, "title"), domain.title)
            elif spec.label and spec.label in self._profile.label_spans:
                span = self._profile.label_spans[spec.label]
                self._yaml_line(self._yaml_text(span), self._profile.labels[spec.label])
            document = self._profile.documents.get(spec.id)
            if document:
                self._document(document)
            if spec.data and spec.id in self._profile.data:
                self._data(self._profile.data[spec.id], spec)
            if _prints_sources(spec):
                self._sources()

    def _begin(self, section: str, number: str) -> None:
        self._section = section
        self._numbers = _Numbers(number)

    def _file(self, path: str) -> SourceFile:
        if path not in self.files:
            self.files[path] = SourceFile.of(path, self._project.read(path) or b"")
        return self.files[path]

    def _add(self, name: str, kind: str, printer: Printer, span: Span, **more: object) -> None:
        text = "".join(piece.text for piece in printer.pieces)
        block = Block(
            number=len(self.blocks) + 1,
            name=name,
            kind=kind,
            section=self._section,
            text=text,
            file=span.file,
            line=span.line,
            pieces=tuple(printer.pieces),
            markup=tuple(printer.markup),
        )
        self.blocks.append(replace(block, **more))  # type: ignore[arg-type]

    # --- Markdown ---------------------------------------------------------------------------

    def _document(self, document: Document) -> None:
        for block in document.blocks:
            self._block(block)
        notes = sorted(document.notes.values(), key=lambda note: note.number)
        for note in notes:
            name = f"{self._numbers.section} n{note.number}"
            for index, paragraph in enumerate(note.blocks):
                if isinstance(paragraph, model.Paragraph):
                    printer = self._printed(paragraph.kids, paragraph.span)
                    whole = name if index == 0 else f"{name} ¶{index + 1}"
                    self._add(whole, "note", printer, paragraph.span, label=note.label)

    def _block(self, block: model.Block, look: str = "", depth: int = 0) -> None:
        match block:
            case model.Heading():
                printer = self._printed(block.kids, block.span)
                name = self._numbers.heading(block.level)
                self._add(name, "heading", printer, block.span, level=block.level)
            case model.Paragraph():
                printer = self._printed(block.kids, block.span)
                look = look or " ".join(block.classes)
                self._add(
                    self._numbers.next("¶"),
                    "paragraph",
                    printer,
                    block.span,
                    look=look,
                    level=depth,
                )
            case model.ListBlock():
                self._list(block, look, depth)
            case model.Quote():
                for inner in block.blocks:
                    self._block(inner, "quote", depth)
            case model.Box():
                for inner in block.blocks:
                    self._block(inner, "box", depth)
            case model.Figure():
                if block.caption:
                    printer = self._printed(block.caption, block.span)
                    self._add(self._numbers.next("F"), "caption", printer, block.span)
            case model.Table():
                self._table(block)

    def _list(self, block: model.ListBlock, look: str, depth: int) -> None:
        for count, item in enumerate(block.items, start=block.start):
            mark = f"{count}." if block.ordered else "•"
            for index, inner in enumerate(item.blocks):
                if index == 0 and isinstance(inner, model.Paragraph):
                    printer = self._printed(inner.kids, inner.span)
                    self._add(
                        self._numbers.next("•"),
                        "item",
                        printer,
                        item.span,
                        mark=mark,
                        level=depth + 1,
                    )
                else:
                    self._block(inner, look, depth + 1)

    def _table(self, table: model.Table) -> None:
        self._tables += 1
        name = self._numbers.next("T")
        for index, row in enumerate((table.head, *table.rows)):
            printer = Printer(self._file(table.span.file))
            for column, cell in enumerate(row):
                if column:
                    printer.fixed("\t")
                printer.inline(cell)
            first = next((node.span for cell in row for node in inlines_of(cell)), table.span)
            self._add(
                f"{name}.{index}",
                "row",
                printer,
                first,
                group=self._tables,
                is_head=index == 0,
                manner=Manner(cell=True),
            )

    def _printed(self, kids: Iterable[Inline], span: Span) -> Printer:
        printer = Printer(self._file(span.file))
        printer.inline(kids)
        return printer

    # --- YAML -------------------------------------------------------------------------------

    def _yaml_text(self, span: Span) -> YamlText | None:
        """Find the text of a YAML file that begins at a place."""
        if span.file not in self._texts:
            text = read_text(self._project, span.file).value or ""
            root = parse_yaml(text, span.file).value
            self._texts[span.file] = {
                (each.span.line, each.span.column): each
                for each in (_texts_in(root) if root else ())
            }
        return self._texts[span.file].get((span.line, span.column))

    def _domain_text(self, domain: model.Domain, *keys: str) -> YamlText | None:
        text = read_text(self._project, domain.span.file).value or ""
        root = parse_yaml(text, domain.span.file).value
        entries = node_at(root, ("domains",)) if root else None
        for entry in entries.items if isinstance(entries, YamlList) else ():
            name = node_at(entry, ("id",))
            if isinstance(name, YamlText) and name.text == domain.id:
                found = node_at(entry, keys)
                return found if isinstance(found, YamlText) else None
        return None

    def _domains(self) -> None:
        """Print what domains look at, which stands on their cards."""
        self._begin("domains", "domains")
        if "domains" in self._profile.label_spans:
            span = self._profile.label_spans["domains"]
            self._yaml_line(self._yaml_text(span), self._profile.labels["domains"])
        level = self._profile.facts.level
        for domain in self._profile.domains:
            self._numbers.heading(2)
            self._yaml_line(self._domain_text(domain, "name"), domain.name, level=2)
            node = self._domain_text(domain, "looks-at", level)
            node = node or self._domain_text(domain, "looks-at", "national")
            self._yaml_line(
                node, domain.looks_at, name=self._numbers.next("¶"), kind="paragraph", level=0
            )

    def _yaml_line(
        self,
        node: YamlText | None,
        printed: str,
        *,
        name: str = "",
        kind: str = "heading",
        level: int = 1,
    ) -> None:
        """Print a text of YAML that is no Markdown, but may have variables."""
        if node is None:
            return
        file = self._file(node.span.file)
        printer = Printer(file)
        for start, end, words in variable_pieces(node.text, printed):
            if words == node.text[start:end]:
                printer.plain(words, node.places, offset=start)
            else:
                printer.value(words, node.places, start)
        manner = Manner(quote=_quote(file, node))
        self._add(
            name or self._numbers.prefix, kind, printer, node.span, level=level, manner=manner
        )

    def _data(self, data: Data, spec: SectionSpec, path: str = "") -> None:
        """Print the texts of a section's YAML; the layout says which of them are headings."""
        if isinstance(data, str):
            return
        if is_text(data):
            first = next(iter(inlines_of(data)), None)
            node = self._text_around(first.span) if first else None
            if node:
                printer = Printer(self._file(node.span.file), node.places)
                printer.inline(data)
                manner = Manner(quote=_quote(printer.file, node))
                numbers, level, mark = self._numbers, 0, ""
                if path in spec.headings:
                    name, kind, level = numbers.heading(2), "heading", 2
                elif path in spec.described:
                    name, kind = numbers.next("F"), "description"
                elif "[]" in path:
                    name, kind, level, mark = numbers.next("•"), "item", 1, "•"
                else:
                    name, kind = numbers.next("¶"), "paragraph"
                self._add(name, kind, printer, node.span, level=level, mark=mark, manner=manner)
            return
        if isinstance(data, Mapping):
            for key, value in data.items():
                self._data(value, spec, f"{path}.{key}".lstrip("."))
        else:
            for each in data:
                self._data(each, spec, f"{path}[]")  # type: ignore[arg-type]

    def _text_around(self, span: Span) -> YamlText | None:
        """Find the text of a YAML file in which a place lies."""
        self._yaml_text(span)
        at = (span.line, span.column)
        begun = [
            each
            for each in self._texts[span.file].values()
            if (each.span.line, each.span.column) <= at
        ]
        return max(begun, key=lambda each: (each.span.line, each.span.column), default=None)

    def _sources(self) -> None:
        for count, source in enumerate(self._profile.sources, start=1):
            file = self._file(source.span.file)
            root = parse_yaml(read_text(self._project, file.path).value or "", file.path).value
            entry = _at_span(root, source.span) if root else None
            if entry:
                printer = Printer(file)
                print_source(printer, entry, source, self._profile.labels)
                self._add(
                    f"S{count}",
                    "source",
                    printer,
                    source.span,
                    look=source.author,
                )


def _prints_sources(spec: SectionSpec) -> bool:
    return spec.kind == "sources"


def _texts_in(node: YamlNode) -> Iterator[YamlText]:
    match node:
        case YamlText():
            yield node
        case YamlList():
            for item in node.items:
                yield from _texts_in(item)
        case YamlMap():
            for entry in node.entries:
                yield from _texts_in(entry.value)


def _at_span(root: YamlMap, span: Span) -> YamlMap | None:
    """Find the entry of a list that begins at a place."""
    entries = node_at(root, ("references",))
    for item in entries.items if isinstance(entries, YamlList) else ():
        if isinstance(item, YamlMap) and item.span == span:
            return item
    return None


def _quote(file: SourceFile, node: YamlText) -> str:
    before = file.text[file.offset(node.span) - 1 : file.offset(node.span)]
    return before if node.quoted and before in ("'", '"') else ""
