"""Step 4, typeset: text stays inside its box and on its page, and none is lost.

WeasyPrint lets text stick out of a box of fixed size, drops what does not fit such a box at the end
of a page, and can move a note away from its call. All three are errors here. What counts is where
lines end, not their ink: a large numeral in a low line is meant to reach beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.complaints import Origins
from mgi_report.pages.engine import boxes, children, laid_out, page_box
from mgi_report.pages.placing import mention, on_page
from mgi_report.pages.right_to_left import DROPPED
from mgi_report.pages.tagging.tags import POINTS, Tree
from mgi_report.pages.tagging.texts import Wording

TOLERANCE = 0.5 / POINTS
"""How far text may stick out, in CSS pixels: half a point."""

_MILLIMETRES = POINTS * 25.4 / 72


def misfits(
    pages: list[Any], wordings: Iterable[Wording], tree: Tree, origins: Origins
) -> Iterator[Diagnostic]:
    """Find all text that does not fit."""
    for page in pages:
        yield from _Page(page, origins).diagnostics()
    yield from _strayed_notes(tree, origins)
    yield from _torn(tree, origins)
    yield from _lost(wordings, tree, origins)


def _lost(wordings: Iterable[Wording], tree: Tree, origins: Origins) -> Iterator[Diagnostic]:
    """Find text that stands on no page; what follows upon each other is told as one."""
    notes = {element for element in tree.calls if not _stands(element, tree)}  # told already
    cut: list[tuple[Any, list[str]]] = []
    goes_on = False
    for wording in wordings:
        if not wording.text.strip() or "::" in wording.tag or wording.element in tree.first_letters:
            continue
        rest = f"{wording.skipped}{wording.text[wording.placed :].strip()}"
        if not rest:
            goes_on = False
        elif goes_on:
            cut[-1][1].append(rest)
        elif origins.block_of(wording.element) not in notes:
            cut.append((wording.element, [rest]))
            goes_on = True
    blocks = {element: origins.block_of(element) for element, _ in cut}
    long = {block for block in blocks.values() if block is not None and _is_note(block)}
    for element, texts in cut:
        block = blocks[element]
        if block is not None and block not in long and not long.isdisjoint(block.iter()):
            continue  # a note that it calls has no room, so it has none either
        text = " ".join(" ".join(texts).split())
        shown = text if len(text) <= 60 else f"{text[:57]}…"
        message = f'Text is cut off at the end of its box or page: "{shown}".'
        hint = "Shorten the note, or make what it says an annex." if block in long else None
        yield origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, element, message, hint)


def _torn(tree: Tree, origins: Origins) -> Iterator[Diagnostic]:
    """Find what the layout draws as one page and the text makes two of."""
    for element, node in tree.nodes.items():
        if "data-whole" not in element.attrib or not node.boxes:
            continue
        first = node.boxes[0][0]
        beyond = (line for page, _, box in node.boxes if page != first for line in _lines(box))
        texts = next(beyond, None)
        if texts:
            words = "".join(text.text for text in texts).strip()
            message = f'One page must hold all of this part; "{words}" stands on the next.'
            hint = "Shorten the texts of the part, or the notes that they call."
            yield origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, texts[0].element, message, hint)


def _lines(box: Any) -> Iterator[list[Any]]:
    """Go through the lines of a box: the texts of each."""
    for each in box.descendants():
        if isinstance(each, boxes.LineBox) and (texts := _texts(each)):
            yield texts


def _texts(line: Any) -> list[Any]:
    return [
        box for box in line.descendants() if isinstance(box, boxes.TextBox) and box.text.strip()
    ]


def _is_note(element: Any) -> bool:
    return bool(element.get("role") == "doc-footnote")


def _stands(element: Any, tree: Tree) -> bool:
    """Tell whether an element stands on a page."""
    node = tree.nodes.get(element)
    return node is not None and bool(node.boxes)


def _strayed_notes(tree: Tree, origins: Origins) -> Iterator[Diagnostic]:
    """Find notes that do not begin on the page of their call; told at what calls them."""
    for note, page in tree.calls.items():
        begins = tree.nodes[note].boxes[0][0] if _stands(note, tree) else None
        if begins == page:
            continue
        where = "is nowhere" if begins is None else f"begins on {on_page(begins)}"
        message = (
            f"{on_page(page).capitalize()} has no room for a note that is called there: its text, "
            f"at {mention(origins.span(note))}, {where}."
        )
        hint = (
            "Shorten this note or the one before it, call it some lines away from the one before, "
            "or make what they say an annex."
        )
        caller = origins.around(note)
        yield origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, caller, message, hint)


@dataclass(slots=True, eq=False)
class _Limit:
    """A box that text must stay in, and how far it does not."""

    box: Any
    bottom: float
    name: str
    over: float = 0.0
    lines: int = 0
    first: Any = None
    """HTML element of the first line that sticks out."""


@dataclass(frozen=True, slots=True)
class _Where:
    limits: tuple[_Limit, ...] = ()
    matrix: Any = None
    container: Any = None
    is_free: bool = False
    """Taken out of the flow: it need not stay in the boxes around it, but on the page."""


@dataclass(slots=True)
class _Page:
    """The misfits of a page."""

    page: Any
    origins: Origins
    _limits: list[_Limit] = field(default_factory=list)
    _found: list[Diagnostic] = field(default_factory=list)
    _off: dict[Any, float] = field(default_factory=dict)
    """HTML element → how far it runs off the page's edge."""

    def diagnostics(self) -> list[Diagnostic]:
        box = page_box(self.page)
        bottom = box.content_box_y() + box.height
        for child in children(box):
            if isinstance(child, boxes.FootnoteAreaBox):
                bottom = min(bottom, child.border_box_y())
        for child in children(box):
            if isinstance(child, boxes.MarginBox):
                self._visit(child, _Where(is_free=True))
            elif isinstance(child, boxes.FootnoteAreaBox):
                end = box.content_box_y() + box.height
                self._visit(child, _Where((self._limit(child, end, "the foot of the page"),)))
            else:
                self._visit(child, _Where((self._limit(child, bottom, "the page"),)))
        for limit in self._limits:
            if limit.over:
                self._report(limit)
        worst: dict[Any, tuple[float, Any]] = {}
        for element, over in self._off.items():
            whole = self.origins.table_of(element) or self.origins.block_of(element)
            if over > worst.get(whole, (0.0, None))[0]:
                worst[whole] = over, element
        for whole, (over, element) in worst.items():
            # The rows of a table may be blocks; all its pages are told at the first.
            at = element if whole is None else next(_blocks(whole), element)
            message = f"Text runs {over * _MILLIMETRES:.1f} mm off the edge of the page."
            self._found.append(self.origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, at, message))
        return self._found

    def _limit(self, box: Any, bottom: float, name: str) -> _Limit:
        limit = _Limit(box, bottom, name)
        self._limits.append(limit)
        return limit

    def _report(self, limit: _Limit) -> None:
        lines = f"{limit.lines} line{'s' if limit.lines > 1 else ''}"
        length = f"{limit.over * _MILLIMETRES:.1f} mm"
        message = f"The text is {length} ({lines}) too long for {limit.name}."
        # A box of a template holds texts from several places.
        element = limit.box.element if self.origins.block(limit.box.element) else limit.first
        self._found.append(self.origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, element, message))

    def _visit(self, box: Any, where: _Where) -> None:
        box = laid_out(box)
        limits, matrix, is_free = where.limits, where.matrix, where.is_free
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
            limits = ()
        if box.is_absolutely_positioned():
            limits, is_free = (), True
        if isinstance(box, boxes.LineBox):
            self._line(box, limits, matrix, where.container)
        elif _is_fixed(box) and not _hangs(box, where.container):
            bottom = box.padding_box_y() + box.padding_height()
            if "data-fit" in box.element.attrib:
                bottom -= box.padding_bottom
            limits = (*limits, self._limit(box, bottom, "its box"))
        if isinstance(box, boxes.ReplacedBox | boxes.TextBox):
            return
        container = box if isinstance(box, boxes.BlockContainerBox) else where.container
        for child in children(box):
            self._visit(child, _Where(limits, matrix, container, is_free))

    def _line(self, line: Any, limits: tuple[_Limit, ...], matrix: Any, container: Any) -> None:
        texts = _texts(line)
        if not texts:
            return
        bottom = line.position_y + line.height
        for limit in limits:
            over = bottom - limit.bottom
            if over > TOLERANCE:
                limit.over = max(limit.over, over)
                limit.lines += 1
                limit.first = texts[0].element if limit.first is None else limit.first
                if limit.box.element is None or limit.name != "its box":
                    limit.box = line
                break
        if not self._sideways(texts, container):
            self._off_page(line, texts, matrix)

    def _sideways(self, texts: list[Any], container: Any) -> bool:
        """Find a word that is too long for the measure."""
        style = texts[0].style
        if not container or not container.width or style["white_space"] in ("nowrap", "pre"):
            return False
        left = container.content_box_x()
        right = left + container.width
        spacing = style["letter_spacing"]
        # Before the beginning of a line its first words may hang.
        over = (
            left - min(box.position_x + getattr(box, DROPPED, 0) for box in texts)
            if container.style["direction"] == "rtl"
            else max(box.position_x + box.width for box in texts) - right
        ) - (spacing if isinstance(spacing, int | float) else 0)
        if over > TOLERANCE and not container.is_outside_marker:
            word = max("".join(box.text for box in texts).split(), key=len)
            message = f'"{word}" is {over * _MILLIMETRES:.1f} mm too wide for its line.'
            found = self.origins.diagnostic(Rule.TEXT_FITS_ITS_BOX, texts[0].element, message)
            self._found.append(replace(found, cause=f"the length of {word}"))
            return True
        return False

    def _off_page(self, line: Any, texts: list[Any], matrix: Any) -> None:
        x0, x1 = (
            min(box.position_x for box in texts),
            max(box.position_x + box.width for box in texts),
        )
        y0, y1 = line.position_y, line.position_y + line.height
        corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)]
        if matrix:
            corners = [matrix.transform_point(*corner) for corner in corners]
        across, down = zip(*corners, strict=True)
        over = max(
            -min(across), max(across) - self.page.width, -min(down), max(down) - self.page.height
        )
        if over > TOLERANCE:
            element = texts[0].element
            self._off[element] = max(over, self._off.get(element, 0.0))


def _blocks(element: Any) -> Iterator[Any]:
    """Go through the blocks of an HTML element, itself first if it is one."""
    return (each for each in element.iter() if each.get("data-block"))


def _is_fixed(box: Any) -> bool:
    """Tell whether a box has a size that its text must keep to.

    A height of a table's parts is a least one.
    """
    if box.element is None or "::" in box.element_tag or isinstance(
        box, boxes.TableRowBox | boxes.TableRowGroupBox | boxes.TableCellBox | boxes.InlineBox
        | boxes.TextBox | boxes.TableBox | boxes.TableColumnBox | boxes.TableColumnGroupBox,
    ):  # fmt: skip
        return False
    if "data-fit" in box.element.attrib:
        return True
    height = box.style["height"]
    limit = box.style["max_height"]
    bounded = limit != "none" and getattr(limit, "value", 0) != float("inf")
    return height != "auto" or bounded


def _hangs(box: Any, column: Any) -> bool:
    """Tell whether a box is a label in the margin: without height, and beside its column."""
    if box.height or column is None:
        return False
    left, right = column.content_box_x(), column.content_box_x() + column.width
    start = box.border_box_x()
    return bool(start + box.border_width() <= left + TOLERANCE or start >= right - TOLERANCE)
