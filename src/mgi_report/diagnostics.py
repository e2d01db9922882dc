"""What is wrong, where, and what to do about it.

Diagnostics are values: a step returns them beside its result, all that it found at once.
Exceptions are for bugs of the program only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad it is; two levels only."""

    ERROR = "error"
    """Nothing is published while it stands."""

    WARNING = "warning"
    """The result is whole, but somebody should look."""


class Rule(StrEnum):
    """What should hold, one name for each; docs/rules.md has a line on each."""

    FILE_EXISTS = "file-exists"
    """A file that the profile or the layout needs is there and can be read."""
    FILE_IS_USED = "file-is-used"
    """A file in a folder of texts or of a layout is one that is used."""
    FILE_IS_TEXT = "file-is-text"
    """A text file is UTF-8, of a size that can be read, without characters that nobody sees."""
    FILE_IS_MERGED = "file-is-merged"
    """A text file holds one version of each passage."""
    PATH_IS_INSIDE_PROJECT = "path-is-inside-project"
    """A path named in the content stays inside the project."""
    PDF_IS_WRITTEN = "pdf-is-written"
    """The PDF can be written where it should lie."""
    BUNDLE_IS_WRITTEN = "bundle-is-written"
    """The bundle for publication can be written where it should lie."""
    PORTAL_IS_WRITTEN = "portal-is-written"
    """The portal can be written where it should lie, and nothing else lies there."""
    PAGE_IS_SMALL = "page-is-small"
    """A profile's page on the portal has at most 100 kB without its PDF."""
    PROFILE_IS_WRITTEN = "profile-is-written"
    """A new profile can be written where it should lie, and nothing lies there yet."""
    PROFILE_IS_BUILT = "profile-is-built"
    """The process that builds a profile comes to its end."""
    BATCH_IS_KEPT = "batch-is-kept"
    """What a batch does can be kept, and no other batch is at work in the same project."""
    PAGES_ARE_KEPT = "pages-are-kept"
    """Pages can be kept for the next build."""
    DATE_IS_VALID = "date-is-valid"
    """SOURCE_DATE_EPOCH, where it is set, is a date that a PDF can carry."""
    NO_NETWORK = "no-network"
    """Nothing is fetched from the network to make a page."""
    YAML_PARSES = "yaml-parses"
    """A YAML file is well-formed."""
    KEY_IS_KNOWN = "key-is-known"
    """A key in a YAML file, or an attribute in Markdown, is one that the program knows."""
    KEY_IS_UNIQUE = "key-is-unique"
    """A key stands once in its mapping; an id stands once in its list or file."""
    FIELD_IS_PRESENT = "field-is-present"
    """A required field is there."""
    VALUE_IS_VALID = "value-is-valid"
    """A value has the type and the form that its field asks for."""
    MARKDOWN_PARSES = "markdown-parses"
    """Markdown uses only what a profile can hold."""
    NO_RAW_HTML = "no-raw-html"
    """There is no HTML in Markdown and YAML."""
    VARIABLE_IS_KNOWN = "variable-is-known"
    """A `{{ variable }}` in the content has a value."""
    HEADING_LEVELS_IN_ORDER = "heading-levels-in-order"
    """No heading level is skipped."""
    SLOT_IS_FILLED = "slot-is-filled"
    """A chapter has the parts that the layout asks of it, and no others."""
    NOTE_IS_WRITTEN = "note-is-written"
    """A footnote that is called is written."""
    NOTE_IS_CALLED = "note-is-called"
    """A footnote that is written is called."""
    SOURCE_IS_KNOWN = "source-is-known"
    """A source that is cited stands in sources.yml."""
    SOURCE_IS_CITED = "source-is-cited"
    """A source in sources.yml is cited somewhere."""
    CHANGE_IS_TOLD = "change-is-told"
    """The text speaks of each indicator that has changed since the assessment before."""
    TARGET_EXISTS = "target-exists"
    """A cross-reference leads to a section or heading of the profile."""
    LINK_SAYS_WHERE = "link-says-where"
    """The words of a link say where it leads."""
    WORDS_SAY_THEIR_LANGUAGE = "words-say-their-language"
    """Words that run the other way than the text around them say in which language they are."""
    PICTURE_EXISTS = "picture-exists"
    """A picture is there, is whole and can be read."""
    PICTURE_IS_SHARP = "picture-is-sharp"
    """A picture has enough pixels for the size that it is printed in."""
    PICTURE_HAS_ALT = "picture-has-alt"
    """A picture has a text for those who cannot see it."""
    TEMPLATE_IS_SOUND = "template-is-sound"
    """A template parses, closes each tag once, and uses only what is given and a PDF can show."""
    STYLE_IS_UNDERSTOOD = "style-is-understood"
    """Each declaration and selector in a style sheet is one that the typesetter knows."""
    TEXT_FITS_ITS_BOX = "text-fits-its-box"
    """Text stays inside a box of fixed size, and no note is lost at the foot of a page."""
    TEXT_CAN_BE_READ = "text-can-be-read"
    """Text is not printed over other text, nor too small, too close or too faint to be read."""
    GLYPH_EXISTS = "glyph-exists"
    """The fonts have a glyph for each character."""
    COLOUR_PROFILE_IS_SOUND = "colour-profile-is-sound"
    """A colour profile is a whole ICC profile of the screen or press that it is for."""
    FONT_IS_BUNDLED = "font-is-bundled"
    """Only fonts that come with the layout are used."""
    TYPESETTING_IS_SILENT = "typesetting-is-silent"
    """The typesetter has nothing else to complain of."""
    PAGES_SETTLE = "pages-settle"
    """The page numbers printed in the volume settle."""
    ONE_SPELLING = "one-spelling"
    """A term or name is written in one way."""
    TEXT_IS_FINISHED = "text-is-finished"
    """Nothing is left in a text that was meant for its writers alone."""
    WRITTEN_AS_IN_LANGUAGE = "written-as-in-language"
    """Quotation marks, stops, figures and months are written as their language writes them."""
    HOUSE_STYLE_IS_KEPT = "house-style-is-kept"
    """Texts are written as the publisher's house style asks."""
    TRANSLATION_IS_WHOLE = "translation-is-whole"
    """Nothing in a translation has to be printed in the original language."""
    TRANSLATION_IS_IN_STEP = "translation-is-in-step"
    """Each passage of a translation was made from the original as it stands now."""
    TRANSLATION_HAS_ALL = "translation-has-all"
    """A translation has the headings, notes, items, sources, figures and quotes of its original."""
    CONTENT_IS_SHOWN = "content-is-shown"
    """Each block of the content stands on a page."""
    LINK_LEADS_SOMEWHERE = "link-leads-somewhere"
    """Each link of the volume has its target."""
    CONTENT_IS_OWNED = "content-is-owned"
    """Each piece of marked content belongs to the structure tree."""
    FONTS_ARE_EMBEDDED = "fonts-are-embedded"
    """Each font of the volume is embedded and can be turned back into text."""
    FOLIOS_AGREE = "folios-agree"
    """The page numbers printed are those of the pages."""
    TEXT_CAN_BE_EXTRACTED = "text-can-be-extracted"
    """Text that is read out of PDF, HTML and EPUB has the words of its source, in their order."""
    NOTHING_IS_HIDDEN = "nothing-is-hidden"
    """The volume runs no script, loads nothing from elsewhere and carries no personal data."""
    PRESS_FILE_IS_SOUND = "press-file-is-sound"
    """A file for a press has inks alone, its own fonts, and a box that says where it is cut."""
    COVER_IS_THERE = "cover-is-there"
    """The volume begins with its cover in each language."""
    COVER_IS_SHARP = "cover-is-sharp"
    """The cover's photograph has enough pixels for the picture that catalogues show."""
    PDF_CONFORMS = "pdf-conforms"
    """The PDF keeps the standard that it claims."""
    CONFORMANCE_IS_JUDGED = "conformance-is-judged"
    """The judge of PDF standards is installed."""
    ROUND_IS_WHOLE = "round-is-whole"
    """A consultation round was opened, and its files are as they were sent."""
    RETURNED_FILE_IS_SOUND = "returned-file-is-sound"
    """A file that comes back is what was sent, and safe to read."""
    RETURNED_FILE_SAYS_SOMETHING = "returned-file-says-something"
    """A file that comes back has something to say that is not known yet."""
    RETURNED_FILE_IS_READ = "returned-file-is-read"
    """All that a returned file says is read as it is meant."""
    PROPOSAL_IS_PLACED = "proposal-is-placed"
    """What a returned file says belongs to a block of the draft."""
    PROPOSAL_IS_KNOWN = "proposal-is-known"
    """A proposal that is decided is one of the round, and can be decided so."""
    CHANGE_FITS = "change-fits"
    """An accepted change can be written into the source as it stands now."""
    IDENTIFIERS_ARE_GIVEN = "identifiers-are-given"
    """A publication has the numbers under which it is registered."""
    PROPOSALS_ARE_DECIDED = "proposals-are-decided"
    """A profile is published when all proposals are decided and the accepted ones are written."""
    STATUS_ALLOWS_PUBLISHING = "status-allows-publishing"
    """A profile that is published is neither in preparation nor confidential."""
    DRAFT_MARK_IS_GONE = "draft-mark-is-gone"
    """A profile that is published does not call itself a draft."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file."""

    file: str
    """Path, relative to the project: "content/mali-2021/profile.yml"."""
    line: int = 1
    """Line, from 1."""
    column: int = 1
    """Column in characters, from 1."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong."""

    rule: Rule
    """What should hold."""
    message: str
    """What is wrong, a plain sentence: "There is no source "mali-2018"."."""
    span: Span | None = None
    """Where; none where the whole volume is meant."""
    hint: str | None = None
    """What to do, where that is known: "Did you mean "mali-2019"?"."""
    severity: Severity = Severity.ERROR
    """How bad it is."""
    cause: str = ""
    """What brought it about, where that may be wrong in several places: it is told once."""

    def __post_init__(self) -> None:
        """Shorten what is quoted from the content and would fill the screen."""
        object.__setattr__(self, "message", _shortened(self.message))
        if self.hint:
            object.__setattr__(self, "hint", _shortened(self.hint))

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.severity}: {self.message} [{self.rule}]{hint}"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A result that never travels without what was found on the way."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give a hint that names the known word most like the one written, None where none is near."""
    name = nearest_name(word, known)
    return f'Did you mean "{name}"?' if name else None


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """Give the known word most like the one written, None where none is near.

    That two paths lead into the same folder does not make them alike.
    """
    from difflib import get_close_matches  # only where something is wrong

    folded = {name.casefold(): name for name in sorted(set(known))}
    for near in get_close_matches(word.casefold(), folded, cutoff=_ALIKE):
        ends = [path.rpartition("/") for path in (word.casefold(), near)]
        if ends[0][0] != ends[1][0] or get_close_matches(ends[0][2], [ends[1][2]], cutoff=_ALIKE):
            return folded[near]
    return None


_ALIKE = 0.65
"""What "law" and "lwa" are just so, "container-title" and "original-title" are not."""
_LONGEST_WORD, _LONGEST_QUOTE = 160, 240
"""Characters; a path in a deep folder has a hundred."""


def _shortened(text: str) -> str:
    def cut(most: int) -> Callable[[re.Match[str]], str]:
        return lambda match: f"{match[1][: most // 2]}…{match[2]}"

    text = re.sub(rf"([^\s\"]{{{_LONGEST_WORD},}})()", cut(_LONGEST_WORD), text)
    return re.sub(rf"(\"[^\"]{{{_LONGEST_QUOTE},}})(\")", cut(_LONGEST_QUOTE), text)


def each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Tell each cause once: leave out what was said before, and what may come of something else.

    Of what does not fit into its box the first message of a place is enough. Where there is too
    much text, or a part too many, it is no wonder that texts are in each other's way.
    """
    said: dict[object, Diagnostic] = {}
    for each in diagnostics:
        fits = each.rule is Rule.TEXT_FITS_ITS_BOX
        said.setdefault((each.rule, each.cause or (each.span if fits else None) or each), each)
    files = {
        each.span.file
        for each in said.values()
        if each.span and has_errors([each]) and each.rule is not Rule.TEXT_CAN_BE_READ
    }
    return tuple(
        each
        for each in said.values()
        if each.rule is not Rule.TEXT_CAN_BE_READ or not each.span or each.span.file not in files
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether one of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
