"""Step 4, typeset: text that stands on a page can be read there.

A style sheet can set one text over another, in a size that nobody reads, or in the colour of what
is behind it. No validator sees that: the words are in the file. Decoration is left alone, as are
texts of which it is not plain what they stand on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import dist, inf
from typing import Any, TypeAlias

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.complaints import UNTIED, Origins
from mgi_report.pages.engine import boxes, children, laid_out, page_box
from mgi_report.pages.model import TextPlace
from mgi_report.pages.placing import mention
from mgi_report.pages.tagging.tags import POINTS, Patch
from mgi_report.pages.typesetting.contrast import (
    ALIKE,
    Colour,
    contrast,
    needed,
    through,
    written,
)

SMALLEST = 4.0
"""Points; what is smaller is not read."""

_CORE = 0.6
"""Of its size: how high above its line a text is full of ink; lines are never set closer."""

_TALL = 0.7 / _CORE
"""Of its core: how high letters such as l reach above their line."""

_TOUCH = 0.5 / POINTS
"""How far texts may reach into each other, in CSS pixels: half a point."""

_FAINTEST = 0.1
"""Opacity below which nothing is seen."""

_LEAST_SPACE, _LEAST_STEP = -0.1, -0.08
"""Of its size: by how much words and letters may be moved together; spaces are a fifth wide."""

_WHITE: Colour = (1.0, 1.0, 1.0)
Corners: TypeAlias = Sequence[tuple[float, float]]
"""Of a rectangle, one after the other, in CSS pixels from the page's top left corner."""


def illegible(sights: Sequence[Sight], origins: Origins, template: str) -> Iterator[Diagnostic]:
    """Find texts on pages that cannot be read.

    What is wrong in the same way with sections of one template has one cause.
    """
    found: dict[tuple[str, str], list[tuple[_Text, _Text | None]]] = {}
    for sight in sights:
        for fault, text, other in sight.faults():
            key = (fault, _kind(text.element, origins) if other else text.look.get(fault, ""))
            found.setdefault(key, []).append((text, other))
    for (fault, kind), cases in found.items():
        where = "" if fault in cases[0][0].look else template
        yield replace(_told(fault, cases, origins), cause=f"{where} {fault} {kind}")


def text_places(sights: Sequence[Sight], origins: Origins) -> tuple[TextPlace, ...]:
    """Give where texts stand on pages; what is askew fills no rectangle and is left out."""
    found = []
    for sight in sights:
        for text in sight.texts:
            span = origins.span_of_words(text.element)
            across, down = zip(*text.reach, strict=True)
            if text.opacity < _FAINTEST or not span or not _is_upright(text.core):
                continue
            x0, y0, x1, y1 = (
                round(each * POINTS, 1)
                for each in (
                    min(across),
                    sight.height - max(down),
                    max(across),
                    sight.height - min(down),
                )
            )
            page = text.patch.page
            found.append(TextPlace(text.words, page, (x0, y0, x1, y1), span.file))
    return tuple(found)


def _is_upright(core: Corners) -> bool:
    """Tell whether a text runs along the sides of the page, in any direction."""
    (x0, y0), (x1, y1), *_ = core
    return min(abs(x1 - x0), abs(y1 - y0)) < _TOUCH


def _kind(element: Any, origins: Origins) -> str:
    """Give what style sheets know a text's block by: what they do to one they do to all of it."""
    block = origins.block_of(element)
    known = element if block is None else block
    return f"{known.tag} {known.get('class', '')}"


def _told(fault: str, cases: Sequence[tuple[_Text, _Text | None]], origins: Origins) -> Diagnostic:
    text, other = cases[0]
    words = f'"{text.words}"'
    if other:
        place = mention(origins.span_of_words(other.element))
        message = f'{words} is printed over "{other.words}", which stands at {place}.'
        hint = "Look for negative margins, fixed heights and positions in the style sheets."
    elif fault == "small":
        message = f"{words} is printed in {text.size:.1f} pt, too small to be read."
        hint = f"Give it a font-size of {SMALLEST:.0f} pt or more."
    elif fault == "faint":
        message = f"{words} is see-through, so nobody sees it."
        hint = "Look for opacity and transparent colours in the style sheets."
    elif fault == "close":
        message = (
            f"{words} has its words or letters moved together, so that they run into each other."
        )
        hint = "Look for a negative word-spacing or letter-spacing in the style sheets."
    elif fault == "pale":
        message = (
            f"{words} is too near in colour to what it stands on: a contrast of "
            f"{text.contrast:.1f} to 1, and text of this size needs {text.needed:g}."
        )
        hint = f"Give it a darker or lighter color than {text.look[fault]} in the style sheet."
    else:
        message = f"{words} has the colour of what it stands on, so nobody sees it."
        hint = "Give it another color in the style sheet."
    if more := len({case[0].element for case in cases}) - 1:
        message += f" So it is with {more} more of this section."
    return origins.diagnostic(Rule.TEXT_CAN_BE_READ, text.element, message, hint)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What is painted behind texts: the background of a box, or a picture."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Colour | None
    """None where it has several, or lets through what is behind it."""

    def is_under(self, point: tuple[float, float]) -> bool:
        x, y = point
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(slots=True, eq=False)
class _Text:
    """A text, or what of it stands on one line."""

    patch: Patch
    core: Corners
    opacity: float
    behind: tuple[_Ground, ...]
    """Of the elements that it is in, the outermost first."""
    contrast: float = inf
    """With what it stands on; infinite where that is not known."""

    @property
    def colour(self) -> Colour | None:
        return _of_srgb(self.patch.box.style["color"])

    @property
    def needed(self) -> float:
        """The contrast that it needs."""
        return needed(self.size, self.patch.box.style["font_weight"])

    @property
    def look(self) -> Mapping[str, str]:
        """What one rule of a style sheet does to texts of any template, by fault."""
        colour = written(self.colour) if self.colour else ""
        return {"pale": colour, "close": ""}

    def on(self, ground: _Ground) -> float:
        """Give the contrast with a ground, infinite where a colour is not known."""
        colour = self.colour
        if colour is None or ground.colour is None:
            return inf
        return contrast(through(colour, self.opacity, ground.colour), ground.colour)

    @property
    def step(self) -> float:
        """By how much its letters are moved apart, in CSS pixels."""
        step = self.patch.box.style["letter_spacing"]
        return 0.0 if step == "normal" else float(step)

    @property
    def space(self) -> float:
        """By how much its words are moved apart, in CSS pixels."""
        return self.step + float(self.patch.box.style["word_spacing"])

    @property
    def is_close(self) -> bool:
        """Whether its words or letters are moved into each other."""
        size = self.patch.box.style["font_size"]
        has_words = " " in self.words
        return self.step < _LEAST_STEP * size or (has_words and self.space < _LEAST_SPACE * size)

    @property
    def element(self) -> Any:
        return self.patch.box.element

    @property
    def words(self) -> str:
        return self.patch.text.strip().translate(UNTIED)

    @property
    def size(self) -> float:
        """Points, on the page."""
        return dist(self.core[0], self.core[3]) / _CORE * POINTS

    @property
    def reach(self) -> Corners:
        """Where its letters stand on their line."""
        tops, feet = self.core[:2], self.core[:1:-1]
        taller = [
            (x0 + (x1 - x0) * _TALL, y0 + (y1 - y0) * _TALL)
            for (x0, y0), (x1, y1) in zip(feet, tops, strict=True)
        ]
        return (*taller, *self.core[2:])

    @property
    def middle(self) -> tuple[float, float]:
        (x0, y0), _, (x1, y1), _ = self.core
        return (x0 + x1) / 2, (y0 + y1) / 2


@dataclass(slots=True)
class Sight:
    """What is seen of a page."""

    plan: Mapping[int, Patch]
    height: float
    """CSS pixels."""
    texts: list[_Text] = field(default_factory=list)
    _grounds: list[_Ground] = field(default_factory=list)

    @classmethod
    def of(cls, page: Any, plan: Mapping[int, Patch], *, on_paper: bool) -> Sight:
        """Look at a page; `plan` says which boxes are content.

        Of pages that are not `on_paper` but laid over others nobody knows what is behind them.
        """
        box = page_box(page)
        sight = cls(plan, box.margin_height())
        sight._take_in(box, _WHITE if on_paper else None)
        return sight

    def _take_in(self, page: Any, white: Colour | None) -> None:
        far = float("inf")
        paper = _Ground(-far, -far, far, far, white)
        painted = page.canvas_background or page.background
        if painted and (painted.color.alpha or any(layer.image for layer in painted.layers)):
            paper = _Ground(-far, -far, far, far, _colour(painted))
        for child in children(page):
            self._visit(child, None, 1.0, (paper,))

    def _visit(self, box: Any, matrix: Any, opacity: float, behind: tuple[_Ground, ...]) -> None:
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        if isinstance(box, boxes.TextBox):
            if patch := self.plan.get(id(box)):
                alpha = box.style["color"].alpha
                self.texts.append(_Text(patch, _core(box, matrix), opacity * alpha, behind))
            return
        opacity *= box.style["opacity"]
        if ground := _ground(box, matrix):
            self._grounds.append(ground)
            behind = (*behind, ground)
        if isinstance(box, boxes.ParentBox):
            for child in box.all_children():  # of a table its columns, too
                self._visit(laid_out(child), matrix, opacity, behind)

    def faults(self) -> Iterator[tuple[str, _Text, _Text | None]]:
        """Name what is wrong, with the text and the one that it stands on."""
        for text in self.texts:
            if text.size < SMALLEST - 0.01:
                yield "small", text, None
            elif text.opacity < _FAINTEST:
                yield "faint", text, None
            elif text.is_close:
                yield "close", text, None
            else:
                text.contrast = self._contrast(text)
                if text.contrast < ALIKE:
                    yield "lost", text, None
                elif text.contrast < text.needed - 0.05:  # as it is told
                    yield "pale", text, None
        for text, other in _overprinted(self.texts):
            yield "over", text, other

    def _contrast(self, text: _Text) -> float:
        """Give the contrast of a text with that of its grounds on which it is seen best."""
        middle = text.middle
        own = next(ground for ground in reversed(text.behind) if ground.is_under(middle))
        least = text.on(own)
        if least >= text.needed:
            return least
        others = (ground for ground in self._grounds if ground not in text.behind)
        return max((least, *(text.on(each) for each in others if each.is_under(middle))))


def _core(box: Any, matrix: Any) -> Corners:
    """Give where a text is full of ink."""
    left, right = box.position_x, box.position_x + box.width
    foot = box.position_y + box.baseline
    top = foot - _CORE * box.style["font_size"]
    corners = (left, top), (right, top), (right, foot), (left, foot)
    return [matrix.transform_point(*corner) for corner in corners] if matrix else corners


def _overprinted(texts: Sequence[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Find texts on texts: the later in the document, and the one that it stands on."""
    spans = sorted(
        (min(y for _, y in text.core), max(y for _, y in text.core), order)
        for order, text in enumerate(texts)
    )
    open_: list[tuple[float, int]] = []
    for top, bottom, order in spans:
        open_ = [each for each in open_ if each[0] > top + _TOUCH]
        for _, other in open_:
            first, last = sorted((order, other))
            if _meet(texts[first], texts[last]):
                yield texts[last], texts[first]
        open_.append((bottom, order))


def _meet(one: _Text, other: _Text) -> bool:
    """Tell whether two texts of different lines reach into each other.

    Rectangles do, where they do seen along each of their sides (separating axes).
    """
    if one.patch.line == other.patch.line:
        return False
    for core in (one.core, other.core):
        for start, end in ((core[0], core[1]), (core[0], core[3])):
            length = dist(start, end)
            if not length:
                return False
            across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length
            seen = [[x * across + y * down for x, y in text.core] for text in (one, other)]
            if min(max(seen[0]), max(seen[1])) - max(min(seen[0]), min(seen[1])) < _TOUCH:
                return False
    return True


def _ground(box: Any, matrix: Any) -> _Ground | None:
    """Give what a box paints behind its texts."""
    if isinstance(box, boxes.ReplacedBox):
        area, colour = (box.content_box_x(), box.content_box_y(), box.width, box.height), None
    elif box.background:
        area, colour = box.background.layers[-1].painting_area, _colour(box.background)
    else:
        return None
    x, y, width, height = area
    corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
    if matrix:
        corners = [matrix.transform_point(*corner) for corner in corners]
    across, down = zip(*corners, strict=True)
    return _Ground(min(across), min(down), max(across), max(down), colour)


def _colour(background: Any) -> Colour | None:
    """Give the colour of a background, None where it is not one that covers what is behind it."""
    if background.color.alpha < 1 or any(layer.image for layer in background.layers):
        return None
    return _of_srgb(background.color)


def _of_srgb(colour: Any) -> Colour | None:
    """Give a colour in sRGB, None where that is not known."""
    try:
        red, green, blue = colour.to("srgb")[:3]
    except NotImplementedError:
        return None
    return red, green, blue
