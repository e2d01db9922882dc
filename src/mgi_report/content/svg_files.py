"""An SVG picture is one that can be drawn whole: WeasyPrint leaves out in silence what it cannot.

Which elements it draws stands in weasyprint/svg, read in the version that `pages.engine` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from xml.parsers import expat

from mgi_report.diagnostics import Diagnostic, Rule, Span

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 50_000
"""With those that `use` draws again; more take minutes."""
MOST_LEVELS = 100
"""WeasyPrint goes down them by recursion."""

_NAMESPACE = "http://www.w3.org/2000/svg"
_DRAWN = frozenset(
    """a circle clipPath defs desc ellipse feBlend feOffset filter g image line linearGradient
    marker mask metadata path pattern polygon polyline radialGradient rect stop style svg symbol
    text textPath title tspan use view""".split()  # noqa: SIM905
)
"""What is drawn, what that needs, and what says something of the picture."""
_UNSEEN = frozenset(["metadata", "title", "desc", "style"])
_REFERRING = frozenset(["use", "pattern", "linearGradient", "radialGradient"])
_LENGTHS = frozenset("x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height".split())  # noqa: SIM905
_PATH = re.compile(r"\s*(?:[Mm][MmZzLlHhVvCcSsQqTtAa\d\seE+.,-]*)?(?:none)?\s*")
_POINTS = re.compile(r"[\d\seE+.,-]*")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_LENGTH = re.compile(rf"\s*({_NUMBER.pattern})\s*(?:px|pt|pc|mm|cm|in|Q|em|ex|rem)?\s*")
_URL = re.compile(r"url\(\s*[\"']?#([^)\"']+)")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>")
_PLAIN = "Save it as plain SVG, with texts as paths, or as PNG."


@dataclass(slots=True, eq=False)
class _Element:
    name: str
    attributes: Mapping[str, str]
    line: int
    column: int
    kids: list[_Element] = field(default_factory=list)
    size: int = 0
    """How many elements are drawn for it; 0 as long as it is not known."""
    is_open: bool = False
    """Its size is being counted: who refers to it now stands in it."""

    @property
    def refers_to(self) -> set[str]:
        """Ids of what it draws or is drawn with."""
        found = {id_ for value in self.attributes.values() for id_ in _URL.findall(value)}
        if self.name in _REFERRING:
            found.add(self.attributes.get("href", "").strip().removeprefix("#"))
        return found - {""}


class _Wrong(Exception):
    def __init__(self, element: _Element, message: str, hint: str) -> None:
        super().__init__(message)
        self.element, self.message, self.hint = element, message, hint


def flaw_of_svg(content: bytes, path: str, span: Span) -> Diagnostic | None:
    """Say what is wrong with an SVG file; `span` is the place where it is named."""
    if len(content) > MOST_BYTES:
        message = f'The picture "{path}" has more than {MOST_BYTES // 1_000_000} megabytes.'
        hint = "Save it simpler, or as PNG."
        return Diagnostic(Rule.PICTURE_EXISTS, message, span, hint)
    try:
        _check(_read(content))
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = f"The SVG picture is damaged or was cut off: {reason}."
        hint = "Copy the file anew from where it came, or save it again as SVG."
        place = Span(path, error.lineno, error.offset + 1)
        return Diagnostic(Rule.PICTURE_EXISTS, message, place, hint)
    except _Wrong as wrong:
        place = Span(path, wrong.element.line, wrong.element.column)
        return Diagnostic(Rule.PICTURE_EXISTS, wrong.message, place, wrong.hint)
    return None


def _blank(match: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^\n]", b" ", match[0])


def _read(content: bytes) -> _Element:
    """Read the elements of the SVG namespace; what other programs keep for themselves is left."""
    parser = expat.ParserCreate(namespace_separator=" ")
    top = _Element("", {}, 1, 1)
    stack: list[_Element | None] = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        above = stack[-1]
        if above is None or (namespace and namespace != _NAMESPACE):
            stack.append(None)
            return
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        column = parser.CurrentColumnNumber + 1
        element = _Element(name, own, parser.CurrentLineNumber, column)
        above.kids.append(element)
        stack.append(element)
        if len(stack) > MOST_LEVELS:
            message = f"The SVG picture has elements in elements, over {MOST_LEVELS} levels deep."
            raise _Wrong(element, message, "Ungroup what is grouped, or save it as PNG.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    # Entities, which could grow without end, were refused before. Where a DOCTYPE stands, expat
    # would pass over those that it does not know.
    parser.Parse(_DOCTYPE.sub(_blank, content), True)  # noqa: FBT003
    return top.kids[0]


def _check(root: _Element) -> None:
    if not _has_size(root):
        message = "The SVG picture does not say how large it is."
        hint = 'Give its first element a viewBox: viewBox="0 0 600 400" is 600 wide and 400 high.'
        raise _Wrong(root, message, hint)
    ids: dict[str, _Element] = {}
    used = set()
    for element in _all(root):
        used |= element.refers_to
        ids.setdefault(element.attributes.get("id", ""), element)
    for element in _all(root):
        if element.name == "filter" and element.attributes.get("id") not in used:
            element.kids.clear()  # many programs leave filters behind that nothing uses
    for element in _all(root):
        _check_element(element)
    _count(root, ids, 1)


def _all(element: _Element) -> Iterator[_Element]:
    yield element
    for kid in element.kids:
        if kid.name not in _UNSEEN:
            yield from _all(kid)


def _has_size(root: _Element) -> bool:
    attributes = root.attributes
    if "viewBox" in attributes:
        numbers = [float(number) for number in _NUMBER.findall(attributes["viewBox"])]
        return len(numbers) == 4 and min(numbers[2:]) > 0
    sizes = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    return all(size and float(size[1]) > 0 for size in sizes)


def _check_element(element: _Element) -> None:
    if element.name not in _DRAWN:
        message = f"The SVG picture has an element <{element.name}>, which is not drawn."
        raise _Wrong(element, message, _PLAIN)
    for name, value in element.attributes.items():
        is_path, is_points = name == "d", name == "points"
        if (
            (is_path and not _PATH.fullmatch(value))
            or (is_points and not _POINTS.fullmatch(value))
            or (name in _LENGTHS and re.search("nan|inf", value, re.IGNORECASE))
            or ((is_path or is_points or name in _LENGTHS) and not _is_finite(value))
        ):
            message = f'In the SVG picture, "{name}" of <{element.name}> is not made of numbers.'
            hint = "Draw this shape anew, or save the picture again from the program it came from."
            raise _Wrong(element, message, hint)


def _is_finite(value: str) -> bool:
    return all(isfinite(float(number)) for number in _NUMBER.findall(value))


def _count(element: _Element, ids: Mapping[str, _Element], level: int) -> int:
    """Count the elements that are drawn for one, with those that it refers to."""
    if element.is_open:
        message = f"In the SVG picture, <{element.name}> is drawn as a part of itself."
        raise _Wrong(element, message, "Take the reference to it out of it.")
    if level > MOST_LEVELS:
        message = f"The SVG picture has elements in elements, over {MOST_LEVELS} levels deep."
        raise _Wrong(element, message, "Ungroup what is grouped, or save it as PNG.")
    if not element.size:
        element.is_open = True
        others = [ids[id_] for id_ in sorted(element.refers_to) if id_ in ids]
        size = 1 + sum(_count(each, ids, level + 1) for each in (*element.kids, *others))
        element.size, element.is_open = size, False
        if size > MOST_ELEMENTS:
            message = f"The SVG picture draws more than {MOST_ELEMENTS} elements."
            raise _Wrong(element, message, "Save it simpler, or as PNG.")
    return element.size
