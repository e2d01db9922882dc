"""What a new profile will be: what somebody wishes, held against the layout and the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mgi_report.content.countries import ALPHA_3, USER_ASSIGNED
from mgi_report.content.forms import is_name, wrong_language
from mgi_report.content.schema import ProfileFile
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, nearest
from mgi_report.launch.countries import code_of, countries_in
from mgi_report.launch.model import Name, Wish
from mgi_report.layout.model import Edition, Layout
from mgi_report.layout.reading import read_layout
from mgi_report.project import Project

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})$")
_USUAL_LAYOUT = "mgi"
_COUNTRIES = "national"
"""The level at which a territory is a country, whose names are known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A profile that can be made."""

    id: str
    layout: Layout
    country: str
    level: str
    edition: Edition
    number: int
    year: int
    languages: tuple[str, ...]
    names: Mapping[str, Name]
    """By language."""
    previous: int | None = None
    """Year of the profile before it."""
    earlier: ProfileFile | None = None
    """The profile before it, where that is at hand."""


@dataclass(slots=True)
class _Planner:
    """Holds a wish against what there is; gathers all that is wrong in `found`."""

    project: Project
    wish: Wish
    earlier: ProfileFile | None
    found: list[Diagnostic] = field(default_factory=list)

    def wrong(self, message: str, hint: str | None = None) -> None:
        self.found.append(Diagnostic(Rule.VALUE_IS_VALID, message, None, hint))

    def lacking(self, message: str, hint: str) -> None:
        self.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, None, hint))

    def layout(self) -> Layout | None:
        name = self.wish.layout or (self.earlier.layout if self.earlier else _USUAL_LAYOUT)
        read = read_layout(self.project, name)
        self.found += read.diagnostics
        return read.value

    def country(self) -> str:
        code = self.wish.country or (self.earlier.territory.code if self.earlier else "")
        if not code:
            hint = "Write --country and its code of ISO 3166-1, such as NER for the Niger."
            self.lacking("It is not said which country the profile is about.", hint)
        elif code not in ALPHA_3 and not USER_ASSIGNED.fullmatch(code):
            near = code_of(self.project, code)
            hint = f"Did you mean --country {near}?" if near else _ABOUT_CODES
            self.wrong(f'There is no country "{code}" in ISO 3166-1.', hint)
        elif self.earlier and code != self.earlier.territory.code:
            before = self.earlier.territory.code
            hint = (
                f"Write --country {before}, or leave it out; or take another profile with --from."
            )
            self.wrong(f"The profile before is about {before}, not {code}.", hint)
        return code

    def level(self, layout: Layout) -> str:
        level = self.wish.level or (self.earlier.level if self.earlier else "")
        if not level:
            hint = f"Write --level and one of {', '.join(layout.levels)}."
            self.lacking("It is not said of which level the profile is.", hint)
        elif level not in layout.levels:
            hint = nearest(level, layout.levels) or f"It has {', '.join(layout.levels)}."
            self.wrong(f'The layout "{layout.name}" has no level "{level}".', hint)
        elif self.earlier and level != self.earlier.level:
            hint = "Both are of one territory: leave --level out, or take another with --from."
            self.wrong(f'The profile before is of the level "{self.earlier.level}".', hint)
        return level

    def edition(self, layout: Layout) -> Edition | None:
        known = [each.id for each in layout.editions]
        number = self.earlier.number + 1 if self.earlier else None
        name = self.wish.edition
        if not name and number:
            name = next((each.id for each in layout.editions if _takes(each, number)), "")
        edition = layout.edition(name)
        if not name:
            hint = f"Write --edition and one of {', '.join(known)}."
            self.lacking("It is not said which edition the profile is.", hint)
        elif edition is None:
            hint = nearest(name, known) or f"It has {', '.join(known)}."
            self.wrong(f'The layout "{layout.name}" has no edition "{name}".', hint)
        elif number and not _takes(edition, number):
            hint = "Write another --edition, or take no profile before it with --from."
            self.wrong(
                f'Profile number {number} of a territory is not of the edition "{name}".', hint
            )
        elif self.wish.previous and (self.earlier or not edition.previous):
            hint = "Leave --previous out."
            whose = "the profile of --from" if self.earlier else f'the edition "{name}"'
            self.wrong(f"--previous says what {whose} leaves no room for.", hint)
        elif edition.previous and not self.earlier and not self.wish.previous:
            hint = "Name its folder with --from, or write --previous and its year."
            self.lacking(f'The edition "{name}" follows an earlier profile.', hint)
        return edition

    def languages(self, layout: Layout | None) -> tuple[str, ...]:
        given = self.wish.languages or (tuple(self.earlier.languages) if self.earlier else ())
        for lang in given:
            if wrong := wrong_language(lang):
                self.wrong(wrong[0], wrong[1].format("--lang en, --lang fr or --lang pt-BR"))
            elif layout and layout.languages and lang not in layout.languages:
                hint = nearest(lang, layout.languages) or f"It has {', '.join(layout.languages)}."
                self.wrong(f'The layout "{layout.name}" has no words in "{lang}".', hint)
        if not given:
            hint = "Write --lang and its tag, such as en; of several, the original first."
            self.lacking("It is not said in which language the profile is written.", hint)
        return tuple(dict.fromkeys(given))

    def year(self) -> int:
        at_the_end = _YEAR.search(self.wish.id)
        year = self.wish.year or (int(at_the_end[1]) if at_the_end else 0)
        if not year:
            hint = "Write --year, or end the folder's name with it: niger-2024."
            self.lacking("It is not said in which year the profile will be published.", hint)
        elif not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.wrong(f"No profile was published in {year}.", f"The first was in {_FIRST_YEAR}.")
        before = self.earlier.year if self.earlier else self.wish.previous
        if year and before and year <= before:
            self.wrong(f"The profile before is of {before}, and this one of {year}.")
        return year

    def names(self, country: str, level: str, languages: tuple[str, ...]) -> dict[str, Name]:
        found = {}
        for lang in languages:
            known = self._carried(lang)
            if known is None and level == _COUNTRIES:
                listed = countries_in(self.project, lang)
                self.found += listed.diagnostics
                known = listed.value.get(country)
            if name := self._own(lang, known):
                found[lang] = name
            elif level and level != _COUNTRIES:
                hint = f'Write --name {lang}="…" and --long-name {lang}="Municipality of …".'
                self.lacking(f'It is not said what the territory is called in "{lang}".', hint)
            elif level and (country in ALPHA_3 or USER_ASSIGNED.fullmatch(country)):
                hint = f'Write --name {lang}="…" and --long-name {lang}="Republic of …".'
                message = f'The name of {country} in "{lang}" is not known.'
                self.lacking(message, hint)
        for option, given in (("--name", self.wish.names), ("--long-name", self.wish.long_names)):
            for lang in sorted({*given} - {*languages}):
                hint = f"Its languages are {', '.join(languages) or 'not given'}."
                self.wrong(f'{option} names a language that the profile has not, "{lang}".', hint)
        return found

    def _own(self, lang: str, known: Name | None) -> Name | None:
        """Take the names that somebody asks for, and for the rest those that are known."""
        short, long = self.wish.names.get(lang, ""), self.wish.long_names.get(lang, "")
        if known is None:
            return Name(short or long, long or short, long or short) if short or long else None
        if long:
            known = replace(known, long_name=long, in_text=long)
        return replace(known, name=short, of="") if short else known

    def _carried(self, lang: str) -> Name | None:
        territory = self.earlier.territory if self.earlier else None
        if territory is None or lang not in territory.name:
            return None
        return Name(
            territory.name[lang],
            territory.long_name.get(lang, territory.name[lang]),
            territory.in_text.get(lang, ""),
            territory.of.get(lang, ""),
            territory.region.get(lang, ""),
        )


_FIRST_YEAR, _LAST_YEAR = 2015, 2100
_ABOUT_CODES = (
    "It has three capitals: NER for the Niger. https://www.iso.org/obp/ui/#search lists all. "
    "An invented place has one of ZZA to ZZZ."
)


def _takes(edition: Edition, number: int) -> bool:
    return edition.least <= number and (edition.most is None or number <= edition.most)


def plan(project: Project, wish: Wish, earlier: ProfileFile | None) -> Outcome[Plan | None]:
    """Make a plan of a wish; the value is None where something is wrong, of which all is told."""
    planner = _Planner(project, wish, earlier)
    planner.found += _wrong_id(wish.id)
    layout = planner.layout()
    languages = planner.languages(layout)
    country, year = planner.country(), planner.year()
    level = planner.level(layout) if layout else ""
    edition = planner.edition(layout) if layout else None
    is_known = layout is not None and level in layout.levels
    names = planner.names(country, level if is_known else "", languages)
    if planner.found or layout is None or edition is None:
        return Outcome(None, tuple(planner.found))
    return Outcome(
        Plan(
            wish.id,
            layout,
            country,
            level,
            edition,
            earlier.number + 1 if earlier else edition.least,
            year,
            languages,
            names,
            earlier.year if earlier else wish.previous if edition.previous else None,
            earlier,
        )
    )


def _wrong_id(name: str) -> Iterator[Diagnostic]:
    if not is_name(name):
        near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "niger-2024"
        message = f'A folder "{name}" cannot be a profile: its name is the profile\'s id.'
        hint = f"Use small letters, figures and hyphens, such as {near}."
        yield Diagnostic(Rule.VALUE_IS_VALID, message, None, hint)
