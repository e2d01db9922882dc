"""Step 3, compose: whether each tag of a template is closed, and in which line it is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_TAG = re.compile(
    r"""<!--(?:@([^:]+):(\d+)-->|.*?-->)|<(/?)([a-zA-Z][^\s/>]*)(?:[^>"']++|"[^"]*"|'[^']*')*+>""",
    re.DOTALL,
)
_BEGUN = re.compile(r"<!--.*?-->|</?[a-zA-Z]", re.DOTALL)
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag, and the template and line it stands in, line 0 where not known."""

    name: str
    ends: bool
    template: str = ""
    line: int = 0
    closes_itself: bool = False

    def __str__(self) -> str:
        """Give the tag as one writes it."""
        return f"<{'/' * self.ends}{self.name}>"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A tag that is wrong, and the one that shows it: one that is open, or an end tag."""

    tag: Tag
    other: Tag | None

    @property
    def message(self) -> str:
        """Say what is wrong with the tag."""
        other = self.other and f"{self.other}{self._place(self.other)}"
        if not self.tag.ends:
            return f"{self.tag} is not closed{f' before {other}' if other else ''}."
        if self.other is None:
            return f"{self.tag} closes nothing: there is no <{self.tag.name}> before it."
        if self.other.ends:
            return f"{self.tag} closes nothing: its <{self.tag.name}> is closed already by {other}."
        return f"{self.tag} closes nothing: what is open here is {other}."

    @property
    def hint(self) -> str:
        """Say what to do."""
        if self.tag.ends:
            return f"Take one {self.tag} away, or write the <{self.tag.name}> that it is to close."
        return f"Write </{self.tag.name}> where it is missing: for this tag, or for one within it."

    def _place(self, other: Tag) -> str:
        if not other.line:
            return ""
        file = f" of {other.template}" if other.template != self.tag.template else ""
        return f" in line {other.line}{file}"


class Marking(Extension):
    """Lets templates write before each of their tags where it stands, in a comment."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Mark the tags of a template's own HTML."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", _marked(token, stream.name or ""))
            else:
                yield token


def flaw(html: str) -> Flaw | None:
    """Find the first tag that is not closed or closes nothing; others may follow from it."""
    opened: list[Tag] = []
    closed: dict[str, Tag] = {}
    for tag in tags(html):
        if not tag.ends:
            if tag.name not in _VOID and not (tag.closes_itself and _in_drawing(tag, opened)):
                opened.append(tag)
        elif opened and opened[-1].name == tag.name:
            opened.pop()
            closed[tag.name] = tag
        else:
            return _blamed(tag, opened, closed, html)
    return Flaw(opened[-1], None) if opened else None


def tags(html: str) -> Iterator[Tag]:
    """Give the tags of a page in order, with their places where they have been marked."""
    template, line = "", 0
    for found in _TAG.finditer(html):
        at, number, slash, name = found.groups()
        if name:
            yield Tag(name.lower(), bool(slash), template, line, found[0].endswith("/>"))
        elif at:
            template, line = at, int(number)


def _in_drawing(tag: Tag, opened: list[Tag]) -> bool:
    return tag.name == "svg" or any(each.name == "svg" for each in opened)


def _blamed(end: Tag, opened: list[Tag], closed: dict[str, Tag], html: str) -> Flaw:
    """Tell an end tag too many from a start tag left open: by how many there are of each."""
    counts = Counter(
        bool(found[3])
        for found in _TAG.finditer(html)
        if found[4] and found[4].lower() == end.name and not found[0].endswith("/>")
    )
    if not opened:
        return Flaw(end, closed.get(end.name))
    if counts[True] > counts[False] or all(each.name != end.name for each in opened):
        return Flaw(end, opened[-1])
    return Flaw(opened[-1], end)


def _marked(token: Token, template: str) -> str:
    def mark(begun: re.Match[str]) -> str:
        if begun[0].startswith("<!"):
            return begun[0]
        line = token.lineno + begun.string.count("\n", 0, begun.start())
        return f"<!--@{template}:{line}-->{begun[0]}"

    return _BEGUN.sub(mark, token.value)
