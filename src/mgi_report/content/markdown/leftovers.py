r"""Step 1, load: signs of Markdown that mean nothing where they stand, and would be printed.

What was nearly a link, a citation or emphasis stays text. It is looked for in what markdown-it has
left as text; what is escaped, `\*`, is meant to be printed and is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from mgi_report.content.places import Offsets
from mgi_report.diagnostics import Diagnostic, Rule, Severity

MANY = 10
"""Of one kind in a paragraph; more are told with the first."""

_ELEMENT = "\ufffc"
"""Stands for what has become more than text."""
_ADDRESS = r"(?:[@#]|https?:|mailto:|www\.)[^\s()\[\]]*"
_BARE = r"(?<![\w@])(?<!\]: )(?:https?://|www\.)[^\s<>\ufffc]*"
_LINK = "Write [words](https://…), [words](#section) or [words](@source), without a space."
_BRACES = "Write {{{{ territory.name }}}} or {{lang=fr}}; for a brace itself write \\{0}."


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something that is not what it seems; `{0}` in its words is the pattern's own group."""

    pattern: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    @property
    def has_group(self) -> bool:
        return "{0}" in self.message + self.hint


_W = Severity.WARNING
# The first that fits at a place counts, and takes with it what belongs to it.
_SIGNS = (
    _Sign(
        r"\^\[[^\[\]\n]*\]?|\^(?=\ufffc)",
        "A footnote is not written inside the text.",
        "Write [^label] here, and at the end of the file a line [^label]: See the law of 2009.",
    ),
    _Sign(
        r"<!--|-->",
        "This comment is not closed, or was not opened.",
        "A comment begins with <!-- at a line's beginning, and ends with --> at the end of one.",
    ),
    _Sign(
        r"\[\[?_?(?:toc|TOC)_?\]\]?",
        "The layout makes the contents; this would be printed as it stands.",
        "Take it away.",
    ),
    _Sign(
        r"\\(?:newpage|pagebreak|clearpage|linebreak|noindent|vspace|hspace)\b",
        "Commands of TeX are not known here.",
        r"Take it away; pages break by themselves. For a backslash itself write \\.",
    ),
    _Sign(
        r"!\[[^\[\]]*\]?(?:\s*\([^\s()]*\)?)?",
        "This picture is not complete.",
        "Write ![What it shows](picture.jpg), without a space and alone in its paragraph.",
    ),
    _Sign(r"\]\([^\s()]*\)?", "This link is not complete.", _LINK),
    _Sign(
        rf"\]\s+\(({_ADDRESS})\)?",
        "A space keeps this from being a link.",
        r"Write [words]({0}), without the space; for the bracket itself write \].",
    ),
    _Sign(
        rf"\)\[({_ADDRESS})\]?",
        "Brackets and parentheses of this link are the wrong way round.",
        r"Write [words]({0}); for the bracket itself write \[.",
    ),
    _Sign(
        r"\]\[[^\[\]\n]*\]?",
        "Links that name their address elsewhere are not used here.",
        r"Write [words](https://…); for the brackets themselves write \[ and \].",
    ),
    _Sign(
        r"\[(?:[^\[\]\n@]*[\s-])?@[^\[\]\n]*\]?",
        "This citation is not complete.",
        "Write [@key] or [@key; @key2], on one line; pages or words go beside it, not inside.",
    ),
    _Sign(
        r"\[\s*\^[^\[\]\n]*\]?|\^[\w-]+\]",
        "This footnote call is not complete.",
        "Write [^label], the label in one word.",
    ),
    _Sign(
        r"\((@\w[\w:.-]*)\)",
        "A key in parentheses is no citation.",
        r"Write [{0}], ([{0}]) or [words]({0}); for the sign itself write \@.",
    ),
    _Sign(
        r"(?<![\w.+\ufffc-])(@\w(?:[\w:.-]*\w)?)\]?",
        'A citation stands in brackets; "{0}" is printed as it stands.',
        r"Write [{0}]; for the sign itself write \@.",
        _W,
    ),
    _Sign(
        r"(\{)[{ ]*[^{}\n]*(?:[} ]*\})?",
        "What stands in braces is neither a variable nor attributes.",
        _BRACES,
    ),
    _Sign(r"(\})\}*", "This brace closes nothing.", _BRACES),
    _Sign(
        r"<(?:https?:|mailto:|www\.|[\w.+-]+@)[^\s<>]*>?",
        "This address is not complete.",
        r"Write <https://…>, without a space; for the sign itself write \<.",
    ),
    _Sign(r"(&(?:#\w+|\w{3,});)", 'There is no character "{0}".', "Type the character itself."),
    _Sign(
        "`+",
        "Backticks mark program code, which a profile does not have.",
        "Take them away, or type the quotation marks “ ”.",
    ),
    _Sign(
        r"~~[^~\n]*~*|~[^\W_]+~|\^[^\W_]+\^|==(?=\S)[^=\n]+==",
        "Words that are struck out, raised, lowered or marked are not known here.",
        r"Type the character itself, such as ²; for the sign write \~ or \^.",
    ),
    _Sign(
        r"\\+",
        "A backslash is printed as it stands, unless a sign or the line's end follows.",
        r"Take it away; for a backslash itself write \\.",
        _W,
    ),
    _Sign(
        r"(\*+)",
        '"{0}" has no partner, and is printed as it stands.',
        r"Emphasis is *closed* right after a letter; for an asterisk itself write \*.",
        _W,
    ),
    _Sign(
        r"((?<!\w)_+|(?<!_)_+(?!\w))",
        '"{0}" has no partner, and is printed as it stands.',
        r"Emphasis is _closed_ right after a letter; for an underscore itself write \_.",
        _W,
    ),
    _Sign(
        _BARE,
        "This address is printed, but nobody can click on it.",
        "Write <https://…> to print it, or [words](https://…).",
        _W,
    ),
    _Sign(
        r"-{2,}",
        "Hyphens in a row are printed as they stand.",
        r"Type a dash, –; for the hyphens themselves write \-\-.",
        _W,
    ),
    _Sign(
        r"\.{3,}",
        "Points in a row are printed as they stand.",
        r"Type an ellipsis, …; for the points themselves write \.\.\.",
        _W,
    ),
    _Sign(
        r"\$\$|\$(?=[^\s$])[^$\n]*(?<=[^\s$])\$(?!\d)",
        "Formulas are not known here; the dollar signs are printed as they stand.",
        r"Write it in words; for the sign itself write \$.",
        _W,
    ),
    _Sign(
        r"(?<![\w:]):[a-z][a-z_]+:(?![\w:])",
        "Names of pictures are not known here; this is printed as it stands.",
        r"Take it away; for the colon itself write \:.",
        _W,
    ),
)
_LINES = (
    _Sign(
        r"#{2,}(?=[^\s#])",
        "A space is missing; this is no heading.",
        r"Write ## Words; for the sign itself write \#.",
    ),
    _Sign(
        r"-(?=[^\W\d_])|[•·▪]",
        "This is no item of a list.",
        r"Begin it with a hyphen and a space; for the sign itself write \-.",
    ),
    _Sign(
        r"\|",
        "This row belongs to no table.",
        "Write |---|---| below the first row, with as many columns, and an empty line above it; "
        "lines of their own end in a backslash instead.",
    ),
    _Sign(
        r"\[[ xX]\](?=\s)",
        "Boxes to tick are not known here.",
        r"Take it away; for the brackets themselves write \[ and \].",
    ),
    _Sign(
        r":(?=[ \t])",
        "Lists of definitions are not known here; the colon is printed as it stands.",
        r"Write - **word**: what it means; for the colon itself write \:.",
        _W,
    ),
    _Sign(
        r"#\.(?=\s)|\(@\)",
        "This is no item of a list.",
        r"Begin it with 1. and a space; for the sign itself write \# or \@.",
    ),
    _Sign(
        r"\((?:[a-z]|[ivx]+|\d+)\)(?=\s)|[a-z][.)](?=\s)",
        "This is no item of a list, and is printed as it stands.",
        r"Begin it with 1. and a space, with {{style=lower-alpha}} above the list; for the sign "
        r"itself write \( or \.",
        _W,
    ),
    _Sign(
        r"\[![A-Za-z]+\]",
        "Boxes are not written in this way.",
        "Write ::: name above the box and ::: below it.",
    ),
    _Sign(r"::+", "This is no box.", "Write ::: name above the box and ::: below it."),
)
_ANY_SIGN = re.compile("|".join(f"(?P<s{n}>{sign.pattern})" for n, sign in enumerate(_SIGNS)))
_ANY_LINE = re.compile(
    "|".join(rf"^[ \t]*(?P<s{n}>{sign.pattern})" for n, sign in enumerate(_LINES)), re.MULTILINE
)


@dataclass(slots=True)
class _Left:
    """What is left as text in a block, and where each piece of it stands."""

    text: str
    starts: list[int]
    offsets: list[int]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> _Left:
        pieces, starts, offsets, length = [], [], [], 0
        in_address = in_link = False
        for token in tokens:
            if token.info == "auto":
                in_address = token.nesting > 0
            elif token.type in ("link_open", "link_close"):
                in_link = token.nesting > 0
            piece = _ELEMENT
            if (token.type == "text" and not in_address) or _is_lone_backslash(token):
                piece = token.content
                if in_link:
                    piece = re.sub(_BARE, lambda match: _ELEMENT * len(match[0]), piece)
            elif token.type == "softbreak":
                piece = "\n"
            elif token.nesting:
                piece = ""
            starts.append(length)
            offsets.append(token.meta["at"])
            pieces.append(piece)
            length += len(piece)
        return cls("".join(pieces), starts, offsets)

    def offset(self, index: int) -> int:
        """Give where a character stands in the block's source."""
        piece = bisect_right(self.starts, index) - 1
        return self.offsets[piece] + index - self.starts[piece]


def _is_lone_backslash(token: Token) -> bool:
    """Say whether a backslash stands before what needs none: it is printed with it."""
    return token.type == "text_special" and token.info == "escape" and token.content[1:] != ""


def left_over(
    tokens: Sequence[Token], places: Offsets, *, is_paragraph: bool = False
) -> Iterator[Diagnostic]:
    """Report what would be printed as raw Markdown; `is_paragraph` looks at how lines begin."""
    left = _Left.of(tokens)
    searches = ((_ANY_SIGN, _SIGNS), (_ANY_LINE, _LINES))
    for pattern, signs in searches if is_paragraph else searches[:1]:
        matches = list(pattern.finditer(left.text))
        counts = Counter(match.lastgroup for match in matches)
        told: set[str | None] = set()
        for match in matches:
            if (count := counts[match.lastgroup]) > MANY:
                if match.lastgroup in told:
                    continue
                told.add(match.lastgroup)
            number = match.lastindex or 1
            sign = signs[int((match.lastgroup or "s0")[1:])]
            # The pattern's own group, if it has one, is the next.
            own = match[number + 1] if sign.has_group else ""
            span = places.at(left.offset(match.start(number)))
            yield Diagnostic(
                Rule.MARKDOWN_PARSES,
                sign.message.format(own),
                span,
                sign.hint.format(own) + (f" There are {count} here." if count > MANY else ""),
                sign.severity,
            )
