"""Step 3, compose: a profile and a layout become sections of HTML and CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from itertools import pairwise

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mgi_report.content import model
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout import Layout, SectionSpec
from mgi_report.pages import bibliography, drawing, measure, ties
from mgi_report.pages.context import (
    Context,
    ContentsEntry,
    FurniturePart,
    Part,
    Words,
)
from mgi_report.pages.markup import Writer, address_link, without_scheme
from mgi_report.pages.model import FontFace, Section, StyleSheet
from mgi_report.project import Project

LEAD_SIZE = 14
"""Size of a lead in points."""
LEAD_MEASURE = 334.5
"""Width of a lead in points: the text column."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<head><meta charset="utf-8">'
    "<title>{title}</title></head>\n"
    '<body class="{kind}" data-section="{id}"{options}>\n{body}</body>\n</html>\n'
)


class Composer:
    """Makes the sections of one profile in one language."""

    def __init__(self, profile: model.Profile, layout: Layout, project: Project) -> None:
        self._profile = profile
        self._layout = layout
        self._project = project
        self._specs = layout.sections_of(
            profile.facts.level, profile.facts.edition, profile.facts.sections
        )
        self._fonts = {font.path: project.read(font.path) or b"" for font in layout.fonts}
        self._environment = self._make_environment()

    @property
    def specs(self) -> tuple[SectionSpec, ...]:
        """The sections that this profile has, in order."""
        return self._specs

    def title(self, spec: SectionSpec) -> str:
        """Give a section's title in the profile's language."""
        if spec.domain:
            return self._domain(spec.domain).title
        return self._profile.labels.get(spec.title or spec.id, "")

    def number(self, spec: SectionSpec) -> int:
        """Give the number of a section's domain, 0 where it is no domain's chapter."""
        return self._domain(spec.domain).number if spec.domain else 0

    def compose(
        self, spec: SectionSpec, folios: Mapping[str, int] | None = None
    ) -> Outcome[Section | None]:
        """Make one section; `folios` gives the first page of each section that is known."""
        template = f"sections/{spec.kind}.html.j2"
        return self._compose(spec, template, folios or {}, ())

    def furniture(self, names: Sequence[str]) -> Outcome[Section | None]:
        """Make the section whose pages are laid over others: one page for each name."""
        parts = [FurniturePart(name, *(*name.split(":"), "")[:2]) for name in names]
        spec = SectionSpec(id="furniture", kind="furniture", contents="none")
        return self._compose(spec, "furniture.html.j2", {}, parts)

    # --- one section ------------------------------------------------------------------------

    def _compose(
        self,
        spec: SectionSpec,
        template: str,
        folios: Mapping[str, int],
        furniture: Sequence[FurniturePart],
    ) -> Outcome[Section | None]:
        profile = self._profile
        writer = self._writer(spec)
        context = self._context(spec, writer, folios, furniture)
        path, body, diagnostics = self._render(template, context)
        if body is None:
            return Outcome(None, diagnostics)
        direction = context.direction
        flags = Markup("").join(
            Markup(' data-{}="{}"').format(name, str(value).lower())
            for name, value in sorted(context.options.items())
        )
        html = _PAGE.format(
            lang=profile.lang,
            direction=direction,
            title=context.title or profile.facts.long_name,
            kind=spec.kind,
            id=spec.id,
            options=flags,
            body=body,
        )
        styles, files, missing = self._styles(spec)
        files |= self._pictures(spec)
        return Outcome(
            Section(
                id=spec.id,
                kind=spec.kind,
                title=context.title,
                lang=profile.lang,
                direction=direction,
                html=str(html),
                styles=styles,
                fonts=tuple(
                    FontFace(font.family, font.weight, font.italic, font.path)
                    for font in self._layout.fonts
                ),
                files=files | self._fonts,
                blocks=writer.blocks,
                template=path,
            ),
            (*diagnostics, *missing),
        )

    def _writer(self, spec: SectionSpec) -> Writer:
        document = self._profile.documents.get(spec.id)
        labels = self._profile.labels
        return Writer(
            lang=self._profile.lang,
            notes=document.notes if document else {},
            back_to_text=labels.get("back-to-text", ""),
            note_word=labels.get("note", ""),
            lead_lines=self._lead_lines,
        )

    def _context(
        self,
        spec: SectionSpec,
        writer: Writer,
        folios: Mapping[str, int],
        furniture: Sequence[FurniturePart],
    ) -> Context:
        profile, layout = self._profile, self._layout
        document = profile.documents.get(spec.id)
        opening, parts = _parts(document.blocks if document else (), writer)
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
            direction="rtl" if profile.lang.split("-")[0] in RIGHT_TO_LEFT else "ltr",
            facts=profile.facts,
            edition=profile.labels.get(f"editions.{profile.facts.number}", ""),
            cover=profile.facts.cover,
            labels=profile.labels,
            handles=_listed(profile.labels, "handles"),
            colours=layout.colours,
            options=options,
            domains=profile.domains,
            domain=self._domain(spec.domain) if spec.domain else None,
            opening=opening,
            parts=parts,
            part=_by_id(parts),
            data=_words(profile.data.get(spec.id, {}), writer),
            contents=self._contents(known),
            folios=known,
            sources=bibliography.groups(profile.sources, writer, profile.labels)
            if spec.kind == "sources"
            else [],
            furniture=furniture,
            ids={each.id: True for each in self._specs},
        )

    def _contents(self, folios: Mapping[str, int]) -> list[ContentsEntry]:
        return [
            ContentsEntry(
                id=spec.id,
                title=self._domain(spec.domain).name if spec.domain else self.title(spec),
                folio=folios[spec.id],
                target=f"section:{spec.id}",
                domain=self._domain(spec.domain) if spec.domain else None,
            )
            for spec in self._specs
            if spec.contents != "none" and spec.id != "contents"
        ]

    def _domain(self, name: str) -> model.Domain:
        return next(domain for domain in self._profile.domains if domain.id == name)

    # --- style sheets and files -------------------------------------------------------------

    def _styles(
        self, spec: SectionSpec
    ) -> tuple[tuple[StyleSheet, ...], dict[str, bytes], list[Diagnostic]]:
        tokens = "".join(f"--{name}:{value};" for name, value in self._layout.colours.items())
        styles = [StyleSheet("layout.yml (colours)", f":root{{{tokens}}}")]
        names = [*self._layout.styles, f"css/sections/{spec.kind}.css"]
        if spec.kind == "furniture":
            names[-1] = "css/furniture.css"
        missing = []
        for name in names:
            path, text = self._find(name)
            if text is None:
                missing.append(_not_found(path, spec))
            else:
                styles.append(StyleSheet(path, text))
        return tuple(styles), {}, missing

    def _pictures(self, spec: SectionSpec) -> dict[str, bytes]:
        paths = []
        if spec.kind == "cover":
            cover = self._profile.facts.cover
            paths = [logo.path for logo in cover.logos]
            paths += [cover.photograph.path] if cover.photograph else []
        document = self._profile.documents.get(spec.id)
        if document:
            paths += [figure.path for figure in _figures(document.blocks)]
        return {path: self._project.read(path) or b"" for path in paths}

    def _find(self, name: str) -> tuple[str, str | None]:
        """Find a file of the layout: the profile's own first, then the project's or shipped one."""
        for folder in (f"{self._profile.folder}/{self._layout.folder}", self._layout.folder):
            content = self._project.read(f"{folder}/{name}")
            if content is not None:
                return f"{folder}/{name}", content.decode("utf-8", errors="replace")
        return f"{self._layout.folder}/{name}", None

    # --- templates --------------------------------------------------------------------------

    def _make_environment(self) -> Environment:
        environment = ImmutableSandboxedEnvironment(
            loader=_Loader(self),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(
            tied=lambda text: Markup.escape(ties.tie(str(text), self._profile.lang)),
            display=lambda text: Markup.escape(ties.tie_title(str(text), self._profile.lang)),
            bare=without_scheme,
            whole=lambda text: Markup(str(text).replace("-", f"-{ties.JOINER}")),
        )
        environment.globals.update(
            icon=self._icon,
            tokens=self._tokens,
            link=address_link,
            fit=self._fit,
            Choice=measure.Choice,
            Circle=drawing.Circle,
            Gaps=drawing.Gaps,
            wheel=partial(_drawn, drawing.wheel),
            bands=partial(_drawn, drawing.bands),
            counting_rule=partial(_drawn, drawing.counting_rule),
            segment_angles=drawing.segment_angles,
            middle=drawing.middle,
        )
        return environment

    def _tokens(self, pattern: str) -> list[str]:
        """Give a colour token of each domain: "d%d-accent"."""
        return [self._layout.colours[pattern % domain.number] for domain in self._profile.domains]

    def _icon(self, name: str, colour: str = "currentColor", width: float = 2.25) -> Markup:
        """Give an icon as inline SVG without a size; decorative, so hidden from reading."""
        if not name:  # a heading that names none; said by step 1
            return Markup("")
        content = self._project.read(f"assets/icons/{name}.svg")
        if content is None:
            raise TemplateError(f'there is no icon "{name}" in assets/icons')
        svg = re.sub(r"<title>.*?</title>", "", content.decode(), flags=re.DOTALL).strip()
        svg = svg.replace("currentColor", colour).replace(
            'stroke-width="2.25"', f'stroke-width="{width}"'
        )
        return Markup(svg.replace("<svg ", '<svg aria-hidden="true" class="icon" ', 1))

    def _lead_lines(self, text: str) -> int:
        tied = ties.tie_end(ties.tie(text, self._profile.lang))
        return measure.count_lines(tied, self._font(400), LEAD_SIZE, LEAD_MEASURE)

    def _font(self, weight: int) -> bytes:
        font = next(f for f in self._layout.fonts if f.weight == weight and not f.italic)
        return self._fonts[font.path]

    def _fit(self, text: str, width: float, weight: int, *choices: measure.Choice) -> measure.Fit:
        plain = Markup(text).striptags() if isinstance(text, Markup) else text
        return measure.fit(
            ties.tie_title(plain, self._profile.lang), self._font(weight), width, choices
        )

    def _render(
        self, name: str, context: Context
    ) -> tuple[str, Markup | None, tuple[Diagnostic, ...]]:
        path, _ = self._find(name)
        values = {each.name: getattr(context, each.name) for each in fields(context)}
        try:
            return path, Markup(self._environment.get_template(name).render(values)), ()
        except TemplateNotFound as error:
            missing = str(error.message or error)
            return (
                path,
                None,
                (
                    Diagnostic(
                        Rule.FILE_EXISTS, f"The layout has no template {missing}.", Span(path)
                    ),
                ),
            )
        except TemplateSyntaxError as error:
            place = Span(self._find(error.name or name)[0], error.lineno)
            return (
                path,
                None,
                (
                    Diagnostic(
                        Rule.TEMPLATE_IS_SOUND,
                        f"The template does not parse: {error.message}.",
                        place,
                    ),
                ),
            )
        except (
            TemplateError,
            UndefinedError,
            TypeError,
            ValueError,
            KeyError,
            AttributeError,
        ) as error:
            return path, None, (self._template_error(name, error),)

    def _template_error(self, name: str, error: Exception) -> Diagnostic:
        found = _template_line(error)
        path, text = self._find(found[0] if found else name)
        line = found[1] if found else 1
        source = (text or "").splitlines()[line - 1] if text else ""
        message = str(error.message if isinstance(error, TemplateError) else error)
        words = re.findall(r"'([\w-]+)'", message)
        column = next((source.find(word) + 1 for word in words[::-1] if word in source), 1)
        hint = None
        if isinstance(error, UndefinedError):
            hint = "docs/layouts.md lists what a template may use."
        return Diagnostic(
            Rule.TEMPLATE_IS_SOUND,
            f"The template cannot be filled in: {message}.",
            Span(path, line, max(column, 1)),
            hint,
        )


class _Loader(BaseLoader):
    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        path, text = self._composer._find(template)  # noqa: SLF001  the loader is the composer's
        if text is None:
            raise TemplateNotFound(template)
        return text, template, None


def _drawn(function: object, *arguments: object, **named: object) -> Markup:
    return Markup(function(*arguments, **named))  # type: ignore[operator]  # a drawing function


def _template_line(error: BaseException) -> tuple[str, int] | None:
    """Give the template and line that an error came from: the innermost that is a template."""
    found, traceback = None, error.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _not_found(path: str, spec: SectionSpec) -> Diagnostic:
    return Diagnostic(
        Rule.FILE_EXISTS,
        f"There is no style sheet {path}.",
        spec.span,
        f"The kind {spec.kind} needs it; an empty file will do.",
    )


def _parts(
    blocks: Sequence[model.Block], writer: Writer, level: int = 2
) -> tuple[Markup, tuple[Part, ...]]:
    """Cut blocks at the headings of a level: what stands before the first, and a part for each."""
    starts = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, model.Heading) and block.level == level
    ]
    opening = writer.write(blocks[: starts[0]] if starts else blocks)
    parts = []
    for start, end in pairwise([*starts, len(blocks)]):
        heading = blocks[start]
        assert isinstance(heading, model.Heading)  # noqa: S101  for the type checker
        title = writer.inline(heading.kids)
        block = writer.block_attribute(heading.span)
        below, inner = _parts(blocks[start + 1 : end], writer, level + 1)
        parts.append(
            Part(
                id=heading.id or "",
                level=level,
                title=title,
                block=block,
                opening=below,
                parts=inner,
                icon=heading.attributes.get("icon", ""),
                attributes=heading.attributes,
            )
        )
    return opening, tuple(parts)


def _by_id(parts: Iterable[Part]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for part in parts:
        found[part.id] = part
        found |= _by_id(part.parts)
    return found


def _words(data: Mapping[str, model.Data], writer: Writer) -> dict[str, Words]:
    def convert(value: model.Data) -> Words:
        if isinstance(value, str):
            return Markup.escape(value)
        if isinstance(value, Mapping):
            return {key: convert(each) for key, each in value.items()}
        if value and all(hasattr(each, "span") for each in value):
            return writer.inline(value, is_paragraph=True)  # type: ignore[arg-type]  # nodes have a span, data has not
        return [convert(each) for each in value]  # type: ignore[arg-type]

    return {key: convert(value) for key, value in data.items()}


def _figures(blocks: Iterable[model.Block]) -> Iterable[model.Figure]:
    for block in blocks:
        if isinstance(block, model.Figure):
            yield block
        elif isinstance(block, (model.Box, model.Quote)):
            yield from _figures(block.blocks)


def _listed(labels: Mapping[str, str], name: str) -> list[str]:
    found = []
    while (key := f"{name}.{len(found) + 1}") in labels:
        found.append(labels[key])
    return found
