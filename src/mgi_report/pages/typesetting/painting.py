"""Step 4, typeset: pages become PDF, each piece of content marked.

The PDF has the pages' content and resources only. Fonts are placeholders without a font file;
annotations, outline, structure tree and metadata are the binding's.

ISO 32000-2, 14.6 (marked content), 14.7.5 (structure content), 14.8.2.2 (artifacts).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mgi_report.pages.complaints import Listener
from mgi_report.pages.engine import Matrix, Stream, boxes, pydyf, reference_resources
from mgi_report.pages.tagging.tags import POINTS, Patch
from mgi_report.pages.typeface import Typeface
from mgi_report.pages.typesetting.fontfiles import Fonts, Meanings, Widths
from mgi_report.pages.typesetting.sharpness import Print

_NO_SHIFT = re.compile(r">-?0(?:\.0)?(?:<|$)")
_GLYPHS = re.compile("(?<=<)[0-9a-f]+(?=>)")
_END = b"EMC"
_END_OF_ARTIFACT = b" EMC"  # told from the other by what it is, not by what it says


def _joined(shift: re.Match[str]) -> str:
    return "" if shift[0].endswith("<") else ">"


@dataclass(slots=True)
class Painted:
    """The pages as PDF, and what was used for them."""

    pdf: bytes
    fonts: list[Any]
    """WeasyPrint's fonts, as drawn."""
    unknown: list[str]
    """Families of fonts that were used and are not the section's."""
    mingled: list[Patch]
    """What one mark must hold with another element, since both are under one `opacity`."""
    prints: list[Print]
    """Pictures of pixels, each as large as it is printed anywhere."""


@dataclass(slots=True)
class _Ledger:
    """What the streams of a section share while it is painted."""

    plan: Mapping[int, Patch]
    fonts: Fonts
    listener: Listener
    mingled: list[Patch] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    prints: dict[str, Print] = field(default_factory=dict)
    """By the names that pictures have in PDF."""
    count: int = 0
    """Marked content on the page so far."""


class _Painter(Stream):  # type: ignore[misc]  # WeasyPrint has no types
    """A content stream that marks what is painted on it."""

    def __init__(
        self,
        *arguments: Any,
        ledger: _Ledger,
        is_form: bool = False,
        place: Any = None,
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self._ledger = ledger
        self._is_form = is_form
        self._place = place or Matrix()
        """Where a form or pattern stands on its page."""
        self._inside = False
        self._last: Patch | None = None
        self._parting: Any = None
        """The font in use, where it has glyphs for several letters."""
        self.patches: list[Patch] = []
        """Of a form: what was painted on it; the page marks it as a whole."""

    def clone(self, **named: Any) -> _Painter:
        """Make the stream of a form or pattern."""
        keep = {
            "fonts": self._fonts,
            "page_rectangle": self.page_rectangle,
            "resources": self._resources,
            "images": self._images,
            "tags": None,
            "color_profiles": self._color_profiles,
            "output_intent": self._output_intent,
            "compress": self.compress,
        }
        pattern = named.get("extra", {}).get("Matrix")
        place = (Matrix(*pattern) if pattern else self.ctm) @ self._place
        return _Painter(ledger=self._ledger, is_form=True, place=place, **{**keep, **named})

    # --- marks ------------------------------------------------------------------------------

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:  # noqa: ARG002  WeasyPrint gives it
        """Mark text or a picture as its structure element's, or as decoration."""
        patch = self._ledger.plan.get(id(box))
        self._ledger.listener.drawing = box.element
        if self._is_form:
            if patch:
                self.patches.append(patch)
            yield
        elif patch is None and _is_blank(box):
            with self._nothing():
                yield
        elif patch is None:
            with self.artifact():
                yield
        else:
            self._begin(patch)
            start = len(self.stream)
            if patch.actual_text is not None:
                self.stream.append(f"/Span <</ActualText {_text(patch.actual_text)}>> BDC")
            yield
            if patch.space_after:
                self._add_space(start)
            if patch.actual_text is not None:
                self.stream.append(_END)
            self._finish(patch)
        self._ledger.listener.drawing = None

    @contextmanager
    def _nothing(self) -> Iterator[None]:
        """Take back what was written: of a space between words only colour and font."""
        length = len(self.stream)
        names = [name for name in vars(self) if name.startswith(("_current", "_old"))]
        state = {name: getattr(self, name) for name in names}
        yield
        del self.stream[length:]
        for name, value in state.items():
            setattr(self, name, value)

    def _begin(self, patch: Patch) -> None:
        if self._last and self._last is patch.follows and self.stream[-1] is _END:
            self.stream.pop()  # one piece with the line before it
            patch.mcid = self._last.mcid
        else:
            patch.mcid = self._ledger.count
            self._ledger.count += 1
            self.stream.append(f"/P <</MCID {patch.mcid}>> BDC")
        self._inside = True

    def _finish(self, patch: Patch) -> None:
        self.stream.append(_END)
        self._inside = False
        self._last = patch

    def _add_space(self, start: int) -> None:
        """Put a space at the end of a line: words of a text are told apart by spaces, not places.

        ISO 32000-2, 14.8.2.6.2.
        """
        if self._old_font is None or b"ET" not in self.stream[start:]:
            return
        name = self._old_font[0]
        font = next(font for font in self._fonts.values() if font.hash == name)
        glyph = font.file.glyph(" ") if font.file else None
        if glyph is None:
            return
        place = len(self.stream) - 1 - self.stream[::-1].index(b"ET")
        self.stream.insert(place, f"[<{glyph:04x}>] TJ".encode())
        font.to_unicode.setdefault(glyph, " ")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark decoration; inside of content it needs no mark, and may have none."""
        if self._inside or self._is_form:
            yield
            return
        if self.stream and self.stream[-1] is _END_OF_ARTIFACT:
            self.stream.pop()
            start = None
        else:
            start = len(self.stream)
            self.stream.append(b"/Artifact BMC")
        self._inside = True
        yield
        self._inside = False
        if start is not None and len(self.stream) == start + 1:
            self.stream.pop()  # nothing was painted
        else:
            self.stream.append(_END_OF_ARTIFACT)

    def draw_x_object(self, reference: str) -> None:
        """Draw a picture, or a form; what is on this belongs to one element."""
        if picture := self._ledger.prints.get(reference):
            picture.draw(self.ctm @ self._place)
        form = self._resources["XObject"].get(reference)
        patches = form.patches if isinstance(form, _Painter) else []
        if self._is_form or self._inside:
            self.patches += patches
            super().draw_x_object(reference)
        elif not patches:
            with self.artifact():
                super().draw_x_object(reference)
        else:
            first, *rest = patches
            self._begin(first)
            super().draw_x_object(reference)
            self._finish(first)
            self._last = None
            for patch in rest:
                if patch.owner is first.owner:
                    patch.mcid = first.mcid
                else:
                    self._ledger.mingled.append(patch)

    # --- fonts, text and pictures -----------------------------------------------------------

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """Give a font, named by its file and with the file's own widths."""
        font, size = super().add_font(pango_font)
        if not hasattr(font, "file"):
            file: Typeface | None = self._ledger.fonts.of(font.file_content)
            font.file = file
            font.file_content = b""
            if file:
                font.hash = file.name
                font.widths = Widths(file)
                if file.silent is not None:
                    font.to_unicode = Meanings(font.to_unicode)
            elif font.family not in self._ledger.unknown:
                self._ledger.unknown.append(font.family)
        return font, size

    def show_text(self, text: str) -> None:
        """Show text, without the shifts by nothing that WeasyPrint writes between glyphs."""
        plain = _NO_SHIFT.sub(_joined, text).replace("<>", " ")  # two shifts may meet
        if self._parting:
            plain = _GLYPHS.sub(self._part, plain)
        if plain.strip():
            super().show_text(plain)

    def set_font_size(self, font: str, size: float) -> None:
        """Choose a font, and know whether it has glyphs for several letters."""
        super().set_font_size(font, size)
        drawn = next((each for each in self._fonts.values() if each.hash == font), None)
        self._parting = drawn if drawn and drawn.file and drawn.file.silent is not None else None

    def _part(self, shown: re.Match[str]) -> str:
        painted = []
        meanings = self._parting.to_unicode
        for code in re.findall("....", shown[0]):
            number = int(code, 16)
            glyph, *silent = self._parting.file.parts(number, meanings.get(number, ""))
            for each in silent:
                meanings[each] = " "  # whatever it says: the number tells the letter
            painted += [f"{each:04x}" for each in (glyph, *silent)]
        return "".join(painted)

    def add_image(self, image: Any, interpolate: bool, ratio: float) -> str:  # noqa: FBT001
        """Add a picture; PDF/A forbids interpolation (ISO 19005-3, 6.2.8)."""
        del interpolate
        name: str = super().add_image(image, False, ratio)  # noqa: FBT003
        self._ledger.prints.setdefault(name, Print(image))
        return name


def _is_blank(box: Any) -> bool:
    """Tell whether a box paints nothing: white space without a line under it."""
    return (
        isinstance(box, boxes.TextBox)
        and not box.text.strip()
        and box.style["text_decoration_line"] == "none"
    )


def paint(pages: list[Any], plan: Mapping[int, Patch], fonts: Fonts, listener: Listener) -> Painted:
    """Paint laid out pages, and number their content in `plan`."""
    pdf = pydyf.PDF()
    images: dict[str, Any] = {}
    drawn: dict[Any, Any] = {}
    ledger = _Ledger(plan, fonts, listener)
    color_space = pydyf.Dictionary(
        {f"lab-{name}": _lab(point) for name, point in _WHITE_POINTS.items()}
    )
    pdf.add_object(color_space)
    resources = pydyf.Dictionary(
        {
            "ExtGState": pydyf.Dictionary(),
            "XObject": pydyf.Dictionary(),
            "Pattern": pydyf.Dictionary(),
            "Shading": pydyf.Dictionary(),
            "ColorSpace": color_space.reference,
        }
    )
    pdf.add_object(resources)
    for page in pages:
        ledger.count = 0
        _paint_page(pdf, page, resources, lambda rectangle: _Painter(
            drawn, rectangle, resources, images, None, {}, None, compress=True, ledger=ledger
        ))  # fmt: skip
    names = pydyf.Dictionary()
    for font in drawn.values():
        placeholder = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{font.hash}",
                "Encoding": "/Identity-H",
            }
        )
        if font.hash not in names:
            pdf.add_object(placeholder)
            names[font.hash] = placeholder.reference
    pdf.add_object(names)
    resources["Font"] = names.reference
    reference_resources(pdf, resources, images)
    output = io.BytesIO()
    pdf.write(output)
    return Painted(
        output.getvalue(),
        list(drawn.values()),
        ledger.unknown,
        ledger.mingled,
        list(ledger.prints.values()),
    )


_WHITE_POINTS = {
    "d50": (0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585),
    "d65": (0.3127 / 0.3290, 1.0, (1.0 - 0.3127 - 0.3290) / 0.3290),
}


def _lab(white_point: tuple[float, ...]) -> Any:
    """Write a CIE L*a*b* colour space (ISO 32000-1, 8.6.5.4)."""
    entries = {
        "WhitePoint": pydyf.Array(white_point),
        "Range": pydyf.Array((-125, 125, -125, 125)),
    }
    return pydyf.Array(("/Lab", pydyf.Dictionary(entries)))


def _paint_page(pdf: Any, page: Any, resources: Any, new_stream: Callable[[Any], _Painter]) -> None:
    """Paint a page with its bleed, as WeasyPrint does; its origin is the trimmed page's corner."""
    bleed = page.bleed
    left, top = -bleed["left"] * POINTS, -bleed["top"] * POINTS
    right = (page.width + bleed["right"]) * POINTS
    bottom = (page.height + bleed["bottom"]) * POINTS
    width, height = page.width * POINTS, page.height * POINTS
    rectangle = (
        left / POINTS,
        top / POINTS,
        (right - left) / POINTS,
        (bottom - top) / POINTS,
    )
    stream = new_stream(rectangle)
    stream.transform(d=-1, f=height)
    pdf.add_object(stream)
    pdf_page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array(
                [left, height - bottom, right, height - top],
            ),
            "Contents": stream.reference,
            "Resources": resources.reference,
        }
    )
    pdf.add_page(pdf_page)
    page.paint(stream, POINTS)
    if any(bleed.values()):
        pdf_page["TrimBox"] = pydyf.Array([0, 0, width, height])
        # A bleed of 10 points is what presses ask for; the rest is for marks.
        some = {side: min(10, value * POINTS) for side, value in bleed.items()}
        pdf_page["BleedBox"] = pydyf.Array(
            [-some["left"], -some["bottom"], width + some["right"], height + some["top"]]
        )


def _text(value: str) -> str:
    return f"<FEFF{value.encode('utf-16-be').hex()}>"
