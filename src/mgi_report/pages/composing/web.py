"""Step 3, compose: pages of the web, made of what the sections of the PDF are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout.model import SectionSpec
from mgi_report.pages.composing import drawing, parts, tongues
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.composing.context import Words
from mgi_report.pages.composing.isolating import isolated
from mgi_report.pages.composing.markup import Writer
from mgi_report.pages.composing.numerals import with_own_figures

_ICON = drawing.Circle(32, 32, 31, 10)
_COVER = drawing.Circle(400, 400, 400, 104)
_WITHIN_PDF = 'href="section:'
"""A link to a place in the PDF, of which the web has none."""


class WebComposer(Composer):
    """Makes pages of the web for one profile in one language."""

    def words(self, section: str) -> dict[str, Words] | None:
        """Give the texts of one of the layout's `portal` as HTML, None where there are none."""
        data = self._profile.data.get(section)
        if data is None:
            return None
        return parts.words(data, self._writer_of("data", _spec(section), self._writer_for(section)))

    def fill(self, template: str, given: Mapping[str, object]) -> Outcome[str | None]:
        """Fill in a template of a whole page; `given` are names it may use beside the usual ones.

        None where something is wrong with the template, or with what it prints.
        """
        spec = _spec("portal")
        context = self._context(spec, self._writer_for(spec.id), {}, ())
        values = {each.name: getattr(context, each.name) for each in fields(context)}
        filled = self._templates.fill(template, {**values, **given}, is_web=True)
        if filled.value is None:
            return Outcome(None, filled.diagnostics)
        html = isolated(tongues.told(str(filled.value), self._foreign), self._before_numbers)
        if _WITHIN_PDF in html:
            message = "The template leads to a place in the PDF, which a page of the web has not."
            hint = "Take the link to the section out of it."
            span = Span(self._stock.find(template)[0])
            return Outcome(None, (Diagnostic(Rule.LINK_LEADS_SOMEWHERE, message, span, hint),))
        return Outcome(with_own_figures(html, self._profile.languages), filled.diagnostics)

    @property
    def direction(self) -> str:
        """Which way its language runs: ltr or rtl."""
        return self._language.direction

    def colours(self) -> Mapping[str, str]:
        """Give the layout's colours by name."""
        return self._layout.colours

    def text(self, name: str) -> tuple[str, str | None]:
        """Give where a file of the layout lies, and its text, None where there is none."""
        return self._stock.find(name)

    def fonts(self) -> Mapping[str, bytes]:
        """Give the layout's font files by path."""
        return self._fonts

    def wheel(self) -> str:
        """Give the wheel as a drawing of its own, for the browser's tab."""
        paths = drawing.wheel(_ICON, self._tokens("d%d-accent"), drawing.Gaps(1.5, 1))
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{paths}</svg>\n'

    def cover_wheel(self) -> str:
        """Give the wheel of the cover as a drawing of its own, for a blue ground."""
        paths = drawing.wheel(_COVER, self._tokens("ramp-%d"), drawing.Gaps(5.25, 6))
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800">{paths}</svg>\n'

    def _writer_for(self, section: str) -> Writer:
        return self._writer(_spec(section))


def _spec(section: str) -> SectionSpec:
    return SectionSpec(id=section, kind="portal", title="series", contents="none")
