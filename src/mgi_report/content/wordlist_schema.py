"""What stands in terms.yml, spelling.yml and language.yml, each description under its field."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mgi_report.content.forms import Words, YesNo
from mgi_report.content.validate import FormError, YamlModel
from mgi_report.content.words import LATIN_LETTERS, NUMBER, written


class TermEntry(YamlModel):
    """A word that is written in one way."""

    use: Words
    """How it is written: well-being; {number} stands where the number does: "{number}%"."""
    not_: Annotated[list[Words], Field(min_length=1)]
    """How it is not written: [wellbeing, well being]; {number} stands for any number."""
    unless: str = ""
    """Not where this word stands beside it."""

    @model_validator(mode="after")
    def _differs(self) -> Self:
        if both := [way for way in self.not_ if written(self.use, way) == way]:
            message = f'"{both[0]}" is both how the word is written and how it is not.'
            raise FormError(message, "Take it away on one of the two sides.")
        if NUMBER in self.use and not all(NUMBER in way for way in self.not_):
            message = f'"{self.use}" has a number, and what is not written has none.'
            raise FormError(message, "Write {number} in each text under not, too.")
        return self


class TermsFile(YamlModel):
    """terms.yml: words that are written in one way."""

    terms: list[TermEntry] = []


class SpellingFile(YamlModel):
    """spelling.yml: how names are compared."""

    links: list[Words] = []
    """Small words that are passed over: [of, the]."""
    joins: list[Words] = []
    """Those that join equals: [and, or]."""
    abbreviations: list[Words] = []
    """Written with or without a point: [Dr]."""
    number_marks: list[Words] = []
    """What stands before the number of a law: ["No."]."""
    plurals: dict[str, str] = {}
    """Endings: {ies: y}; the first that fits is taken."""
    variants: dict[str, str] = {}
    """Parts of words that are spelt in two ways: {centre: center}."""
    draft_marks: list[Words] = []
    """What a text says of itself that is not finished, at a beginning: [not for citation]."""
    placeholders: list[Words] = []
    """What stands for words to come: ["[insert", "XX per cent"]; "[" goes on to its "]"."""


class SortingEntry(YamlModel):
    """How names are put in order, where their letters alone do not say it."""

    same: dict[Words, Words] = {}
    """Letters that count as others: {œ: oe}."""
    own: dict[Words, Words] = {}
    """Letters of their own, each with the one that it follows: {ñ: n}."""
    passed_over: list[Words] = []
    """Beginnings of words that do not count: [ال]."""


class ChangingWord(YamlModel):
    """A small word that is another one before some sounds."""

    word: Words
    """As it is elsewhere: y."""
    use: Words
    """As it is before them: e."""
    before: list[Words]
    """Beginnings of the words after it: [i, hi]."""
    unless: list[Words] = []
    """Longer beginnings before which it stays: [hie]."""


class OtherMonth(YamlModel):
    """A month that is written in one way."""

    use: Words
    """As it is in months: أيار/مايو."""
    not_: Annotated[list[Words], Field(min_length=1)]
    """As it is not: [أيار, مايو]."""


class OtherDay(YamlModel):
    """A day of the month that is written in one way."""

    use: Words
    """As it is: 1er."""
    not_: Annotated[list[Words], Field(min_length=1)]
    """As it is not: ["1"]."""


class LanguageFile(YamlModel):
    """language.yml: what the program has to know of a language."""

    name: str = ""
    """What catalogues call it, in English: French."""
    direction: Literal["ltr", "rtl"] = "ltr"
    """Which way it is written: rtl from right to left."""
    letters_join: YesNo = False
    """Whether letters hang together, so that no space may come between them."""
    narrow_space_before: list[Words] = []
    """Marks with a narrow space before them, put in where it is missing: [";"]."""
    space_before: list[Words] = []
    """Marks with a space before them, put in where it is missing: [":"]."""
    space_after: list[Words] = []
    """Marks with a space after them, put in where it is missing: ["«"]."""
    narrow_space_in_figures: YesNo = False
    """Whether the space in 12 000 is narrow; it is never broken."""
    figures: Literal["european", "arabic-indic"] = "european"
    """How figures are printed: 2024, or ٢٠٢٤; they are typed as 2024 for both."""
    section_numbers: Words = "."
    """What parts the numbers of a section: "." in 1.1, "-" in 1-1."""
    decimal_mark: str = ""
    """What stands before the fraction of a number: "." in 10.7."""
    grouped_from: Literal["1000", "10000"] = "1000"
    """The least number whose figures are parted by a space in running text."""
    whole_hyphens: Literal["none", "before-capitals", "all"] = "none"
    """Which words with hyphens stay on one line in running text, too."""
    raised: list[Words] = []
    """Endings of ordinal numbers that are set small and high: [er]."""
    half_brackets: YesNo = False
    """Whether lists count i), ii), not (i), (ii)."""
    opening_quotes: list[Words] = []
    """Quotation marks that hang where a lead begins with one: ["«"]."""
    quotation_marks: Words = "“ … ”"
    """What to write in place of straight quotation marks: "« … »"."""
    own_marks: dict[Words, Words] = {}
    """Marks that stand behind its letters in place of others: {"?": "؟"}."""
    note_calls: Literal["as-written", "before-marks", "after-marks"] = "as-written"
    """Where the call of a note stands that meets a mark."""
    semicolon: Words = ";"
    """Parts sources that are cited together."""
    source_letters: Words = LATIN_LETTERS
    """What tells sources of one author and year apart, in order: abcdef."""
    sorting: SortingEntry = SortingEntry()
    months: list[Words] = []
    """Stay with the day before them: [January]."""
    other_months: list[OtherMonth] = []
    """Names of months in dates that are not its own."""
    days: list[Words] = []
    """Days of the month that are more than figures: [1er]."""
    other_days: list[OtherDay] = []
    """Days of the month in dates that are not its own."""
    before_months: list[Words] = []
    """May stand between day and month, and stay with both: [de]."""
    before_figures: list[Words] = []
    """Stay with the figure after them: ["No.", article]; a small first letter may be a capital."""
    before_numbers: list[Words] = []
    """Stand before the number of a law, which is no range of figures: [رقم]."""
    after_figures: list[Words] = []
    """Stay with the figure before them: [per, million]."""
    before_names: list[Words] = []
    """Stay with the name after them: [Mr, Ms]."""
    unbroken: list[Words] = []
    """Stay on one line: ["EE. UU."]."""
    abbreviations: list[Words] = []
    """Keep their point where the call of a note is put before a mark: [etc.]."""
    short_words: list[Words] = []
    """Stay with the word after them in a title: [of, the]."""
    short_beginnings: list[Words] = []
    """Short words written as one with the next, which stays with that after it in a title: [و]."""
    changing_words: list[ChangingWord] = []
    vague_links: list[Words] = []
    """Words of links that do not say where they lead: [here, click here]."""
    vague_pictures: list[Words] = []
    """Texts for pictures that do not say what these show: [picture, photo]."""
