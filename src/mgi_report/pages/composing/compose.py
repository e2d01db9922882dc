"""Step 3, compose: a profile and a layout become sections of HTML and CSS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from html import escape

from jinja2 import TemplateError
from markupsafe import Markup

from mgi_report.content import model
from mgi_report.content.pictures import ICONS, flaw_of_icon
from mgi_report.content.walk import data_runs_of
from mgi_report.content.words import Language, without_scheme
from mgi_report.diagnostics import Diagnostic, Outcome, Rule
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.pages.composing import (
    bibliography,
    filters,
    icons,
    measure,
    parts,
    ties,
    tongues,
)
from mgi_report.pages.composing.context import ContentsEntry, Context, FurniturePart, Margin
from mgi_report.pages.composing.functions import DRAWING
from mgi_report.pages.composing.indicators import figures_of
from mgi_report.pages.composing.isolating import isolated
from mgi_report.pages.composing.markup import Writer, address_link
from mgi_report.pages.composing.numerals import with_own_figures
from mgi_report.pages.composing.printed_labels import PrintedLabels, listed
from mgi_report.pages.composing.shaping import shape
from mgi_report.pages.composing.stock import Stock
from mgi_report.pages.composing.templates import Templates
from mgi_report.pages.drafted import Draft
from mgi_report.pages.model import Section
from mgi_report.project import Project

_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<head><meta charset="utf-8">'
    "<title>{title}</title></head>\n"
    '<body class="{kind}" data-section="{id}"{options}>\n{body}</body>\n</html>\n'
)


class Composer:
    """Makes the sections of one profile in one language."""

    def __init__(self, profile: model.Profile, layout: Layout, project: Project) -> None:
        self._profile = tongues.marked(profile)
        self._labels = PrintedLabels(self._profile.labels)
        self._foreign = tongues.foreign(profile)
        self._language = profile.languages.get(profile.lang, Language())
        self._before_numbers = [
            mark for language in profile.languages.values() for mark in language.before_numbers
        ]
        self._domains = {domain.id: domain for domain in profile.domains}
        self._layout = layout
        self._project = project
        self._specs = layout.sections_of(
            profile.facts.level, profile.facts.edition, profile.facts.sections
        )
        self._stock = Stock(layout, project, profile.folder, profile.languages)
        self._fonts = self._stock.fonts
        self._shared = self._shared_texts()
        self._templates = self._make_templates()

    @property
    def specs(self) -> tuple[SectionSpec, ...]:
        """The sections that this profile has, in order."""
        return self._specs

    @property
    def found(self) -> dict[Diagnostic, None]:
        """What is wrong with files that all sections may use, each once."""
        return self._stock.found

    @property
    def printed(self) -> tuple[str, ...]:
        """The keys of the labels that the last section asked for."""
        return tuple(sorted(self._labels.printed))

    @property
    def has_fonts(self) -> bool:
        """Say whether there is a font to typeset in."""
        return any(self._fonts.values())

    def title(self, spec: SectionSpec) -> str:
        """Give a section's title in the profile's language."""
        if spec.domain:
            return self._domains[spec.domain].title
        return self._profile.labels[spec.label or spec.id]

    def number(self, spec: SectionSpec) -> int:
        """Give the number of a section's domain, 0 where it is no domain's chapter."""
        return self._domains[spec.domain].number if spec.domain else 0

    def compose(
        self, spec: SectionSpec, folios: Mapping[str, int] | None = None
    ) -> Outcome[Section | None]:
        """Make one section; `folios` gives the first page of each section that is known.

        None is made of a text that could not be read, which was said when it was loaded.
        """
        if spec.file and spec.id not in self._profile.documents:
            return Outcome(None)
        template = f"sections/{spec.kind}.html.j2"
        return self._compose(spec, template, folios or {}, ())

    def furniture(
        self, names: Sequence[str], section: str = "furniture"
    ) -> Outcome[Section | None]:
        """Make a section whose pages are laid over others: one page for each name."""
        wanted = [FurniturePart(name, *name.partition(":")[::2]) for name in names]
        spec = SectionSpec(id=section, kind="furniture", title="series", contents="none")
        return self._compose(spec, "furniture.html.j2", {}, wanted)

    def margins(
        self, section: str, margins: Sequence[Margin], draft: Draft
    ) -> Outcome[Section | None]:
        """Make what is laid over the pages of a section in a draft: one page for each."""
        spec = SectionSpec(id=section, kind="furniture", title="series", contents="none")
        return self._compose(spec, "margins.html.j2", {}, (), margins=margins, draft=draft)

    def of_draft(self, kind: str, draft: Draft) -> Outcome[Section | None]:
        """Make the "changes" since the round before, or a "redline": all text as it was and is."""
        spec = SectionSpec(id=kind, kind=kind, title=f"draft-{kind}", contents="none")
        title = self._profile.labels.get(spec.title, "").replace("{round}", str(draft.since))
        return self._compose(spec, f"{kind}.html.j2", {}, (), title=title, draft=draft)

    # --- one section ------------------------------------------------------------------------

    def _compose(
        self,
        spec: SectionSpec,
        template: str,
        folios: Mapping[str, int],
        furniture: Sequence[FurniturePart],
        **of_draft: object,
    ) -> Outcome[Section | None]:
        profile = self._profile
        self._labels.printed = {spec.label or spec.id}
        writer = self._writer(spec)
        context = self._context(spec, writer, folios, furniture)
        context = replace(context, **of_draft)  # type: ignore[arg-type]
        values = {each.name: getattr(context, each.name) for each in fields(context)}
        with self._project.noting() as read:
            filled = self._templates.fill(template, values)
        if filled.value is None:
            return Outcome(None, filled.diagnostics)
        flags = Markup("").join(
            Markup(' data-{}="{}"').format(name, str(value).lower())
            for name, value in sorted(context.options.items())
        )
        html = _PAGE.format(
            lang=profile.lang,
            direction=context.direction,
            title=context.title or profile.facts.long_name,
            kind=spec.kind,
            id=spec.id,
            options=flags,
            body=filled.value,
        )
        sheet = f"css/{template.removesuffix('.html.j2')}.css"
        styles, missing = self._stock.styles(sheet, html=html)
        return Outcome(
            Section(
                id=spec.id,
                kind=spec.kind,
                title=tongues.unmarked(context.title),
                lang=profile.lang,
                direction=context.direction,
                html=with_own_figures(
                    isolated(tongues.told(str(html), self._foreign), self._before_numbers),
                    profile.languages,
                ),
                styles=styles,
                fonts=self._stock.faces,
                files={**self._pictures(spec, filled.value), **self._fonts},
                blocks=writer.blocks,
                template=self._stock.find(template)[0],
                templates=self._templates_among(read),
                written=self._written(spec.id, template, writer),
            ),
            (*filled.diagnostics, *(_not_found(path, spec) for path in missing)),
        )

    def _templates_among(self, paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            path for path in sorted(paths) if path.endswith(".j2") and self._project.read(path)
        )

    def _written(self, section: str, template: str, writer: Writer) -> tuple[str, ...]:
        """Name the texts that a section's words may come from, its template first."""
        own = {span.file for span in writer.blocks.values()}
        for words in data_runs_of(self._profile.data.get(section, {})):
            own.update(node.span.file for node in words)
        return tuple(dict.fromkeys((self._stock.find(template)[0], *sorted(own), *self._shared)))

    def _shared_texts(self) -> list[str]:
        """Name the texts that any section may print words of."""
        profile = self._profile
        files = {profile.facts.span.file, *(span.file for span in profile.label_spans.values())}
        files.update(domain.span.file for domain in profile.domains)
        files.update(source.span.file for source in profile.sources)
        for spec in self._specs:
            for words in data_runs_of(profile.data.get(spec.id, {})):
                files.update(node.span.file for node in words)
        return sorted(files)

    def _writer(self, spec: SectionSpec) -> Writer:
        document = self._profile.documents.get(spec.id)
        labels = self._profile.labels
        writer = Writer(
            lang=self._profile.lang,
            languages=self._profile.languages,
            notes=document.notes if document else {},
            note_name=self._note_name(spec),
            back_to_text=labels["back-to-text"],
            lead_lines=self._lead_lines,
        )
        return self._writer_of("document", spec, writer)

    def _writer_of(self, kind: str, spec: SectionSpec, writer: Writer) -> Writer:
        """Let a writer write in the original language where a section's words are lent from it."""
        original = self._profile.original
        if original is None or (kind, spec.id) not in self._profile.lent:
            return replace(writer, lang=self._profile.lang, foreign="")
        return replace(writer, lang=original.lang, foreign=self._foreign)

    def _note_name(self, spec: SectionSpec) -> str:
        """Give the pattern of what a note is called; it names the section that counts alone."""
        series = spec.notes or spec.id
        if any(series == (each.notes or each.id) for each in self._specs if each is not spec):
            return self._profile.labels["note"]
        return self._profile.labels["note-of-section"].replace("{section}", self.title(spec))

    def _context(
        self,
        spec: SectionSpec,
        writer: Writer,
        folios: Mapping[str, int],
        furniture: Sequence[FurniturePart],
    ) -> Context:
        profile, layout = self._profile, self._layout
        document = profile.documents.get(spec.id)
        opening, cut = parts.cut(document.blocks if document else (), writer)
        options = {
            name: profile.facts.options.get(name, option.default)
            for name, option in layout.options.items()
        }
        known = {each.id: folios.get(each.id, 0) for each in self._specs}
        return Context(
            id=spec.id,
            kind=spec.kind,
            title=self.title(spec),
            lang=profile.lang,
            direction=self._language.direction,
            facts=profile.facts,
            edition=profile.labels[f"editions.{profile.facts.number}"],
            cover=profile.facts.cover,
            labels=self._labels,
            handles=listed(profile.labels, "handles"),
            colours=layout.colours,
            options=options,
            domains=profile.domains,
            domain=self._domains[spec.domain] if spec.domain else None,
            opening=opening,
            parts=cut,
            part=parts.by_id(cut),
            data=parts.words(profile.data.get(spec.id, {}), self._writer_of("data", spec, writer)),
            contents=self._contents(known),
            folios=known,
            sources=self._sources(spec, writer),
            furniture=furniture,
            indicators=figures_of(profile) if spec.kind == "indicators" else None,
            ids={each.id: True for each in self._specs},
        )

    def _sources(self, spec: SectionSpec, writer: Writer) -> Sequence[bibliography.Group]:
        made = bibliography.groups(self._profile.sources, writer, self._labels)
        # Where they belong, they are to be printed, and missed where they are not.
        return tuple(made) if spec.kind == "sources" else bibliography.Later(made)

    def _contents(self, folios: Mapping[str, int]) -> list[ContentsEntry]:
        return [
            ContentsEntry(
                id=spec.id,
                title=self._domains[spec.domain].name if spec.domain else self.title(spec),
                folio=folios[spec.id],
                target=f"section:{spec.id}",
                domain=self._domains[spec.domain] if spec.domain else None,
            )
            for spec in self._specs
            if spec.contents != "none" and spec.id != "contents"
        ]

    # --- files -------------------------------------------------------------

    def _pictures(self, spec: SectionSpec, body: str) -> dict[str, bytes]:
        """Give the pictures that a section shows, by their path."""
        cover, document = self._profile.facts.cover, self._profile.documents.get(spec.id)
        paths = [logo.path for logo in cover.logos]
        paths += [cover.photograph.path] if cover.photograph else []
        paths += [figure.path for figure in parts.figures(document.blocks)] if document else []
        return {path: self._project.read(path) or b"" for path in paths if escape(path) in body}

    # --- templates --------------------------------------------------------------------------

    def _make_templates(self) -> Templates:
        language = self._language
        return Templates(
            self._stock.find,
            filters={
                "tied": partial(filters.tied, language=language),
                "display": partial(filters.display, language=language),
                "closed": partial(filters.closed, language=language),
                "bare": without_scheme,
                "whole": filters.whole,
                "running": filters.running,
                "unmarked": tongues.unmarked,
                "numbered": partial(filters.numbered, language=language),
            },
            functions={
                "icon": self._icon,
                "tokens": self._tokens,
                "link": address_link,
                "fit": self._fit,
                "shape": self._shape,
                **DRAWING,
            },
        )

    def _tokens(self, pattern: str) -> list[str]:
        """Give a colour token of each domain: "d%d-accent"."""
        return [self._layout.colours[pattern % domain.number] for domain in self._profile.domains]

    def _icon(self, name: str, colour: str = "currentColor", width: float = 2.25) -> Markup:
        """Give an icon as inline SVG without a size; decorative, so hidden from reading."""
        if not name:  # a heading that names none; said by step 1
            return Markup("")
        path = f"{ICONS}/{name}.svg"
        content = self._project.read(path)
        if content is None:
            message = f'there is no icon "{name}" in assets/icons'
            raise TemplateError(message)
        if flaw := flaw_of_icon(content, path):
            self.found[flaw] = None
            return Markup("")
        return icons.inline(content.decode(), colour, width)

    def _lead_lines(self, text: str) -> int:
        if (lead := self._layout.lead) is None:
            return 1
        tied = ties.tie_end(ties.tie(text, self._language))
        return measure.count_lines(tied, self._faces(lead.weight), lead.size, lead.measure)

    def _faces(self, weight: int) -> measure.Faces:
        fonts = self._layout.fonts_of(weight, self._profile.lang)
        return tuple(measure.Face(self._fonts[font.path], font.without) for font in fonts)

    def _fit(self, text: str, width: float, weight: int, *choices: measure.Choice) -> measure.Fit:
        if self._language.letters_join:  # the style sheets set no space between them either
            choices = tuple(replace(choice, tracking=0) for choice in choices)
        return measure.fit(self._measured(text), self._upright(weight), width, choices)

    def _shape(self, text: str, weight: int, size: float, rooms: list[float]) -> tuple[float, ...]:
        return shape(self._measured(text), self._upright(weight), size, tuple(rooms))

    def _measured(self, text: str) -> str:
        """Give words as they are set: those of HTML are tied already."""
        plain = tongues.unmarked(text)
        if isinstance(text, Markup):
            return filters.running(plain)
        return ties.tie_title(plain, self._language)

    def _upright(self, weight: int) -> measure.Faces:
        if not (faces := self._faces(weight)):
            message = f"the layout has no upright font of weight {weight}"
            raise TemplateError(message)
        return faces


def _not_found(path: str, spec: SectionSpec) -> Diagnostic:
    return Diagnostic(
        Rule.FILE_EXISTS,
        f"There is no style sheet {path}.",
        spec.span,
        f"The kind {spec.kind} needs it; an empty file will do.",
    )
