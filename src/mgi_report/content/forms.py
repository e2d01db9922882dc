"""The forms that single values in YAML files can have.

YAML values reach the models as they were typed, so each form that is not a text reads it itself.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from mgi_report.content.completion import AlsoWritten, like
from mgi_report.content.countries import ALPHA_3, USER_ASSIGNED
from mgi_report.content.languages import is_code, shortest
from mgi_report.content.validate import FormError
from mgi_report.diagnostics import nearest

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_LENGTH = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LABEL_NAME = re.compile(rf"{_NAME.pattern}(\[\])?")
SOURCE_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_:.-]*")
"""What `[@key]` can hold."""
_INKS = 4
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_ISBN_DIGITS, _ISSN_DIGITS = 13, 8
_MAIL = re.compile(r"[^\s@<>:]+@[^\s@<>:]+\.[^\s@<>:.]+")
_REFERENCE = re.compile(r"PUB20[0-9]{2}/[0-9]{1,4}(?:/[A-Z]{1,3}){1,2}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


_CSL_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """
CSL_TYPES = frozenset(_CSL_TYPES.split())
"""The types of sources that CSL 1.0.2 has, appendix III."""


def _number(value: object) -> object:
    if isinstance(value, str):
        if not _WHOLE_NUMBER.fullmatch(value):
            raise FormError(f'This should be a whole number, not "{value}".')
        return int(value)
    return value


def _length(value: object) -> object:
    if isinstance(value, str):
        if not _LENGTH.fullmatch(value):
            raise FormError(f'This should be a number, such as 334.5, not "{value}".')
        return float(value)
    return value


def _shares(value: object) -> object:
    hint = "Write per cent of cyan, magenta, yellow and black, such as [100, 78, 0, 0]."
    if not isinstance(value, list) or len(value) != _INKS:
        raise FormError("A press prints with four inks, and each has its share.", hint)
    shares = [_length(each) for each in value]
    if any(isinstance(share, float) and share > 100 for share in shares):
        raise FormError("An ink cannot cover more than 100 per cent.", hint)
    return shares


def _signature(value: object) -> object:
    number = _number(value)
    if isinstance(number, int) and (number < 2 or number % 2):
        raise FormError(
            f'A block cannot have a multiple of "{value}" pages.',
            "A leaf has two pages: write 2, 4, 8 or 16.",
        )
    return number


def _yes_or_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise FormError(f'This should be true or false, not "{value}".')
        return value == "true"
    return value


def _month(value: str) -> str:
    if not _MONTH.fullmatch(value):
        raise FormError(f'"{value}" is not a month.', "Write year and month, such as 2021-09.")
    return value


def _date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if not match:
        raise FormError(f'"{value}" is not a date.', _DATE_HINT)
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise FormError(f'There is no date "{value}".', _DATE_HINT) from None
    return value


_DATE_HINT = "Write 2021, 2021-09 or 2021-09-30."
_PARTS_OF_DATE = ("year", "month", "day")


def _csl_date(value: object) -> object:
    """Read the other ways in which CSL-YAML writes a date; refuse what would be lost of it."""
    dates: object = [value]
    if isinstance(value, dict) and "date-parts" in value:
        _refuse_more(value, ("date-parts",))
        dates = value["date-parts"]
    elif isinstance(value, dict):
        dates = [_parts_of(value)]
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        dates = [_parts_of(each) for each in value]
    if isinstance(dates, list) and len(dates) > 1:
        hint = "Write the later one, such as 2021 or 2021-09-30; the range can stand in the title."
        raise FormError(f"One date is printed, and {len(dates)} stand here.", hint)
    parts = dates[0] if isinstance(dates, list) and dates else dates
    if isinstance(parts, list) and parts and all(isinstance(part, str) for part in parts):
        return "-".join(part.zfill(2) for part in parts)
    if parts is not value:
        raise FormError("This is not a date.", _DATE_HINT)
    return value


def _parts_of(value: dict[object, object]) -> list[object]:
    _refuse_more(value, _PARTS_OF_DATE)
    return [value[part] for part in _PARTS_OF_DATE if part in value]


def _refuse_more(value: dict[object, object], known: tuple[str, ...]) -> None:
    for key in value:
        if key not in known:
            message = f'"{key}" of a date is not printed.'
            raise FormError(message, f"{_DATE_HINT} Words about it can stand in note.")


def _formed(form: re.Pattern[str], what: str, hint: str) -> AfterValidator:
    """Ask for a form; `what` is wrong with a value that does not have it."""

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise FormError(f'"{value}" {what}.', hint)
        return value

    return AfterValidator(check)


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        near = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
        hint = f"Use small letters, figures and hyphens, such as {near or 'mali-2021'}."
        raise FormError(f'"{value}" cannot be a name here.', hint)
    return value


def is_name(text: str) -> bool:
    """Say whether a text can be the name of a profile, a section and the like."""
    return bool(_NAME.fullmatch(text))


def is_language(text: str) -> bool:
    """Say whether a text has the form of a BCP 47 tag."""
    return bool(_LANGUAGE.fullmatch(text))


def wrong_language(text: str) -> tuple[str, str] | None:
    """Say what is wrong with the tag of a language, and what to do; None where all is well."""
    if not is_language(text):
        return f'"{text}" is not the tag of a language.', "Write for example {}."
    code = text.partition("-")[0]
    if is_code(code):
        return None
    if short := shortest(code):
        return f'The language "{code}" has a shorter code.', f"Write {short}."
    hint = "Write for example {}. https://www.loc.gov/standards/iso639-2/php/code_list.php lists "
    return f'There is no language "{code}".', f"{hint}the codes."


def _language(value: str) -> str:
    if wrong := wrong_language(value):
        message, hint = wrong
        raise FormError(message, hint.format("en, fr or pt-BR"))
    return value


def _country(value: str) -> str:
    if value not in ALPHA_3 and not USER_ASSIGNED.fullmatch(value):
        hint = (
            "It has three capitals: MLI for Mali. https://www.iso.org/obp/ui/#search lists all. "
            "An invented place has one of ZZA to ZZZ, which no country gets."
        )
        raise FormError(f'"{value}" is not a country code of ISO 3166-1.', hint)
    return value


def _csl_type(value: str) -> str:
    if value not in CSL_TYPES:
        hint = nearest(value, CSL_TYPES)
        raise FormError(
            f'There is no type of source "{value}".',
            hint or "CSL has report, legislation, book, webpage, treaty, dataset and 39 others.",
        )
    return value


def web_address(value: str) -> str:
    """Ask for a web address with its scheme."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
        hint = "It begins with https:// or http:// and holds no spaces."
        raise FormError(f'"{value}" is not a web address.', hint)
    return value


def mail_address(value: str) -> str:
    """Ask for a mail address, without `mailto:`."""
    if not _MAIL.fullmatch(value):
        raise FormError(f'"{value}" is not a mail address.', "Write for example name@iom.int.")
    return value


def _isbn(value: str) -> str:
    digits = value.replace("-", "").replace(" ", "")
    is_number = len(digits) == _ISBN_DIGITS and digits.isascii() and digits.isdigit()
    if not is_number or not digits.startswith(("978", "979")):
        raise FormError(
            f'"{value}" is not an ISBN.',
            "An ISBN has 13 figures and begins with 978 or 979: 978-92-9268-001-5.",
        )
    if sum(int(digit) * (1, 3)[index % 2] for index, digit in enumerate(digits)) % 10:
        raise FormError(
            f'The check digit of the ISBN "{value}" is wrong.', "Look for a typing error."
        )
    from stdnum import isbn  # only where there is one

    return isbn.format(digits)


def _issn(value: str) -> str:
    digits = value.replace("-", "")
    form = "An ISSN has eight figures: 2789-2816."
    if len(digits) != _ISSN_DIGITS or not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        raise FormError(f'"{value}" is not an ISSN.', form)
    last = 10 if digits[-1] == "X" else int(digits[-1])
    weighed = sum(int(digit) * (8 - index) for index, digit in enumerate(digits[:-1]))
    if (weighed + last) % 11:
        raise FormError(
            f'The check digit of the ISSN "{value}" is wrong.', "Look for a typing error."
        )
    return value


def _is_domains(value: Any) -> Any:
    return ["domains"] if value == "domains" else value


Words = Annotated[str, Field(min_length=1)]
"""A text that is not empty."""
Number = Annotated[int, BeforeValidator(_number)]
"""A whole number."""
Length = Annotated[float, BeforeValidator(_length)]
"""A length in points."""
Shares = Annotated[
    list[float],
    BeforeValidator(_shares),
    Field(json_schema_extra={"minItems": _INKS, "maxItems": _INKS}),
]
"""Per cent of cyan, magenta, yellow and black."""
Millimetres = Annotated[Length, Field(le=50)]
"""A length that a press speaks of."""
LeafThickness = Annotated[Length, Field(le=1)]
"""Millimetres; more is no paper, but perhaps its weight."""
CoverThickness = Annotated[Length, Field(le=3)]
"""Millimetres, from paper to board."""
Signature = Annotated[int, BeforeValidator(_signature)]
"""How many pages belong together: leaves have two sides."""
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""true or false; `yes`, `no`, `on` and `off` are texts."""
Month = Annotated[str, AfterValidator(_month), like(_MONTH)]
"""An ISO 8601 month: "2021-09"."""
Date = Annotated[
    str,
    AfterValidator(_date),
    BeforeValidator(_csl_date),
    WithJsonSchema({"type": ["string", "integer", "array", "object"]}),
]
"""An ISO 8601 year, month or day, or one of CSL's ways to write it."""
LanguageTag = Annotated[str, AfterValidator(_language), like(_LANGUAGE)]
"""A BCP 47 tag: language, script, region."""
Country = Annotated[
    str,
    AfterValidator(_country),
    WithJsonSchema(
        {"anyOf": [{"enum": sorted(ALPHA_3)}, {"pattern": f"^(?:{USER_ASSIGNED.pattern})$"}]}
    ),
]
"""An ISO 3166-1 alpha-3 code."""
Name = Annotated[str, AfterValidator(_name), like(_NAME)]
"""Small letters, figures and hyphens."""
LabelName = Annotated[
    str,
    _formed(
        _LABEL_NAME,
        "cannot be the name of a label",
        "Write a key of labels.yml, such as page; for a list, handles[].",
    ),
    like(_LABEL_NAME),
]
"""A key of labels.yml; with [] behind it, of a list."""
SourceKey = Annotated[
    str,
    _formed(
        SOURCE_KEY,
        "cannot be the id of a source",
        "Use letters, figures and hyphens, such as health-insurance-2009.",
    ),
    like(SOURCE_KEY),
]
"""The id of a source."""
CslType = Annotated[str, AfterValidator(_csl_type), WithJsonSchema({"enum": sorted(CSL_TYPES)})]
"""A type of source."""
Address = Annotated[str, AfterValidator(web_address), like(re.compile(r"https?://\S+"))]
"""A web address with its scheme."""
Colour = Annotated[
    str, _formed(_COLOUR, "is not a colour", 'Write six figures: "#0033A0".'), like(_COLOUR)
]
"""An sRGB colour: "#0033A0"."""
Isbn = Annotated[str, AfterValidator(_isbn), like(re.compile(r"97[89][0-9 -]{10,14}"))]
Issn = Annotated[str, AfterValidator(_issn), like(re.compile(r"[0-9]{4}-?[0-9]{3}[0-9X]"))]
ReferenceNumber = Annotated[
    str,
    _formed(
        _REFERENCE,
        "is not a reference number of the Publications Unit",
        "It has the year, a number and letters for language and form: PUB2021/123/EL.",
    ),
    like(_REFERENCE),
]
Doi = Annotated[str, _formed(_DOI, "is not a DOI", "It begins with 10.: 10.1000/182."), like(_DOI)]
Parts = Annotated[list[Words], BeforeValidator(_is_domains), AlsoWritten({"const": "domains"})]
"""Ids of headings, or the word `domains` for those of all domains."""
