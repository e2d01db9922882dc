"""Step 1, load: the facts of the publication, profile.yml."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname, join
from typing import TypeVar

from mgi_report.content.cover import Cover, Picture
from mgi_report.content.facts import Facts, Release, ReliefWeb
from mgi_report.content.files import names_in, read_text
from mgi_report.content.forms import is_language
from mgi_report.content.loading.numbers import wrong_numbers
from mgi_report.content.loading.press import press_wish
from mgi_report.content.loading.release import lacking_for_reliefweb
from mgi_report.content.pictures import check_picture, picture_path
from mgi_report.content.schema import PictureFile, ProfileFile
from mgi_report.content.translation.record import FILE as RECORD
from mgi_report.content.validate import (
    ANY_LANGUAGE,
    Checked,
    key_span,
    read_model,
    span_of,
    without_markup,
    without_variables,
)
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span, nearest, nearest_name
from mgi_report.layout.model import Layout
from mgi_report.project import Project

V = TypeVar("V")


def read_profile_file(project: Project, folder: str) -> Outcome[Checked[ProfileFile] | None]:
    """Read profile.yml and check what its fields say of one another.

    The value is None only where there is no such file; stand-ins take the place of what is wrong.
    """
    path = f"{folder}/profile.yml" if folder else "profile.yml"
    read = read_model(project, path, ProfileFile, _stand_ins(project, folder))
    if read.value is None:
        return Outcome(None, read.diagnostics or (_no_profile(project, folder, path),))
    root = read.value.root
    found = (*read.diagnostics, *without_variables(root), *without_markup(root))
    if read.value.is_whole:
        found += tuple(_contradictions(project, read.value, folder))
    return Outcome(read.value, found)


def facts_of(
    project: Project, folder: str, read: Checked[ProfileFile], lang: str
) -> Outcome[Facts]:
    """Take the facts of one language out of profile.yml; options are left to `chosen_options`."""
    file = read.value
    reader = _Reader(project, folder, read, lang)
    words = reader.words
    unknown = "" if read.is_whole else "…"
    facts = Facts(
        id=file.id,
        layout=file.layout,
        code=file.territory.code,
        name=words(("territory", "name"), file.territory.name),
        long_name=words(("territory", "long-name"), file.territory.long_name),
        level=file.level,
        edition=file.edition,
        number=file.number,
        year=file.year,
        assessment=file.assessment,
        languages=tuple(file.languages),
        in_text=file.territory.in_text.get(lang, unknown),
        of=file.territory.of.get(lang, unknown),
        names=tuple(
            dict.fromkeys((*file.territory.name.values(), *file.territory.long_name.values()))
        ),
        region=reader.own(("territory", "region"), file.territory.region),
        regions=dict(file.territory.region),
        slug=file.slug or file.id,
        authors=tuple(reader.chosen(("authors",), file.authors)),
        keywords=tuple(reader.chosen(("keywords",), file.keywords)) if file.keywords else (),
        title=reader.own(("title",), file.title),
        subject=reader.own(("subject",), file.subject),
        rights=words(("rights",), file.rights) if file.rights else "",
        previous_year=file.previous.year if file.previous else None,
        previous_address=reader.chosen(("previous", "address"), file.previous.address)
        if file.previous
        else "",
        identifiers=reader.identifiers(),
        release=reader.release(),
        status=frozenset(
            name for name, is_set in file.status.model_dump(by_alias=True).items() if is_set
        ),
        sections=dict(file.sections),
        cover=reader.cover(),
        press=press_wish(project, folder, read, reader.found),
        span=Span(read.root.span.file),
        layout_span=span_of(read.root, ("layout",)) if read.root.entry("layout") else None,
        slug_span=span_of(read.root, ("slug",) if file.slug else ("id",)),
    )
    reader.untranslated()
    return Outcome(facts, tuple(reader.found))


class _Reader:
    """Reads what profile.yml says in one language; gathers what is wrong in `found`."""

    def __init__(
        self, project: Project, folder: str, read: Checked[ProfileFile], lang: str
    ) -> None:
        self.found: list[Diagnostic] = []
        self._project = project
        self._folder = folder
        self._read = read
        self._lang = lang
        self._original = read.value.languages[0]
        self._lacking: list[tuple[str | int, ...]] = []

    def words(self, path: tuple[str | int, ...], texts: Mapping[str, str]) -> str:
        """Choose the text of the language; where there is none, that of another stands in."""
        return self.chosen(path, texts or {self._lang: "…"})

    def chosen(self, path: tuple[str | int, ...], values: Mapping[str, V]) -> V:
        """Choose the value of the language, or what stands for all; else that of another."""
        for name in (self._lang, ANY_LANGUAGE):
            if name in values:
                return values[name]
        self._miss(path, values)
        return values.get(self._original) or next(iter(values.values()))

    def own(self, path: tuple[str | int, ...], texts: Mapping[str, str]) -> str:
        """Give a text that can be left out, nothing where it is not there in the language."""
        if texts and self._lang not in texts:
            self._miss(path, texts)
        return texts.get(self._lang, "")

    def _miss(self, path: tuple[str | int, ...], values: Mapping[str, object]) -> None:
        """Say that a text is missing; a translation does without, and says so once for all."""
        if not self._read.is_whole:
            return
        if self._lang != self._original and self._original in values:
            self._lacking.append(path)
            return
        message = f'There is no "{path[-1]}" in the language "{self._lang}".'
        hint = f"Add {self._lang}: … to it."
        span = span_of(self._read.root, path)
        self.found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint))

    def untranslated(self) -> None:
        """Say which texts are there in the original language only."""
        if not self._lacking:
            return
        names = ", ".join(f'"{path[-1]}"' for path in self._lacking)
        message = f'There is no {names} in the language "{self._lang}".'
        hint = (
            f'Add {self._lang}: … to each; without it, that in "{self._original}" is printed, '
            "and catalogues are told what the cover says."
        )
        span = span_of(self._read.root, self._lacking[0])
        self.found.append(
            Diagnostic(Rule.TRANSLATION_IS_WHOLE, message, span, hint, Severity.WARNING)
        )

    def identifiers(self) -> dict[str, str]:
        """Read the numbers of the language's own edition, and those that all have."""
        given: dict[str, dict[str, str]] = self._read.value.identifiers.model_dump(by_alias=True)
        return {
            name: values.get(self._lang) or values[ANY_LANGUAGE]
            for name, values in given.items()
            if self._lang in values or ANY_LANGUAGE in values
        }

    def release(self) -> Release:
        """Read how the profile is published."""
        entry, given = self._read.value.publication, self._read.value.publication.reliefweb
        return Release(
            date=entry.date or "",
            address=self.chosen(("publication", "address"), entry.address) if entry.address else "",
            files=entry.files or "",
            abstract=self.own(("publication", "abstract"), entry.abstract),
            reliefweb=ReliefWeb(
                tuple(given.source),
                tuple(given.country),
                given.format,
                dict(given.language),
                tuple(given.theme),
            )
            if given
            else None,
        )

    def cover(self) -> Cover:
        """Read the pictures of the cover; those that cannot be used are left out."""
        entry = self._read.value.cover
        logos = [
            self._picture(("cover", "logos", index), logo) for index, logo in enumerate(entry.logos)
        ]
        photograph = entry.photograph
        return Cover(
            self._picture(("cover", "photograph"), photograph) if photograph else None,
            tuple(logo for logo in logos if logo),
        )

    def _picture(self, path: tuple[str | int, ...], entry: PictureFile) -> Picture | None:
        span = span_of(self._read.root, (*path, "path"))
        inside = picture_path(entry.path, self._folder, span, self.found)
        if inside is None:
            return None
        wrong = check_picture(self._project, inside, span)
        self.found += wrong
        at = span_of(self._read.root, (*path, "alt", self._lang))
        shown = Picture(inside, self.words((*path, "alt"), entry.alt), entry.credit, at)
        return None if wrong else shown


def likely(facts: Facts, layout: Layout, names: Collection[str]) -> Facts:
    """Guess the edition and optional sections where profile.yml does not parse.

    `names` are the files in the folder of the language: a section is wanted where its file is.
    """
    there = [spec for spec in layout.sections if spec.file in names]
    editions = [edition for spec in there for edition in spec.editions]
    return replace(
        facts,
        edition=next(iter(editions), facts.edition),
        sections={spec.id: True for spec in there if spec.optional},
    )


def chosen_options(
    read: Checked[ProfileFile], layout: Layout
) -> Outcome[dict[str, bool | int | str]]:
    """Hold the options and optional sections of profile.yml against the layout."""
    found: list[Diagnostic] = []
    chosen: dict[str, bool | int | str] = {}
    for name, text in read.value.options.items():
        option = layout.options.get(name)
        if option is None:
            message = f'The layout "{layout.name}" has no option "{name}".'
            hint = nearest(name, layout.options) or _known(layout.options)
            span = key_span(read.root, ("options", name))
            found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint))
            continue
        value = option.parse(text)
        if value is None:
            asked = {"boolean": "true or false", "number": "a whole number"}[option.type]
            message = f'The option "{name}" should be {asked}, not "{text}".'
            span = span_of(read.root, ("options", name))
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span))
        else:
            chosen[name] = value
    if read.is_whole:
        found += _check_sections(read, layout)
        found += _check_logos(read, layout)
    return Outcome(chosen, tuple(found))


def _check_logos(read: Checked[ProfileFile], layout: Layout) -> Iterator[Diagnostic]:
    logos, most = read.value.cover.logos, layout.most_logos
    if most is not None and len(logos) > most:
        message = f'The cover of the layout "{layout.name}" has room for {most} logos, not more.'
        span = span_of(read.root, ("cover", "logos", most))
        hint = "Put several logos into one picture, side by side, or leave some out."
        yield Diagnostic(Rule.VALUE_IS_VALID, message, span, hint)


def _check_sections(read: Checked[ProfileFile], layout: Layout) -> Iterator[Diagnostic]:
    file = read.value
    optional = {spec.id for spec in layout.sections if spec.optional}
    wanted = layout.sections_of(file.level, file.edition, file.sections)
    is_known = file.level in layout.levels and layout.edition(file.edition) is not None
    for name, is_wanted in file.sections.items():
        span = key_span(read.root, ("sections", name))
        if name not in optional:
            message = f'The layout "{layout.name}" has no optional section "{name}".'
            hint = nearest(name, optional) or _known(optional)
            yield Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint)
        elif is_wanted and is_known and name not in {spec.id for spec in wanted}:
            message = (
                f'A {file.level} profile of the edition "{file.edition}" has no section "{name}".'
            )
            yield Diagnostic(Rule.VALUE_IS_VALID, message, span, "Take it away.")


def _stand_ins(project: Project, folder: str) -> dict[str, object]:
    """Give values with which the rest of a profile can be checked where profile.yml is wrong.

    The original is the language of which it is not kept what it was translated from.
    """
    languages = [name for name in names_in(project, folder) if is_language(name)]
    languages.sort(key=lambda name: RECORD in names_in(project, join(folder, name)))
    name = dict.fromkeys(languages or ["en"], "…")
    return {
        "id": basename(folder),
        "territory": {"code": "MLI", "name": name, "long-name": name},
        "level": "national",
        "edition": "first",
        "number": "1",
        "year": "2021",
        "assessment": "2021-01",
        "previous": {"year": "2018", "address": "https://example.org/"},
        "languages": list(name),
        "authors": ["…"],
    }


def _known(names: object) -> str:
    listed = sorted(names) if isinstance(names, (set, dict)) else []
    return f"Known here: {', '.join(listed)}." if listed else "There are none."


def _no_profile(project: Project, folder: str, path: str) -> Diagnostic:
    """Say what is there in the place of a profile, and which profiles there are."""
    name, above = basename(folder), dirname(folder)
    names = names_in(project, folder)
    message = f'There is no profile.yml in "{folder or "."}".'
    hint = _there_are(beside := _beside(project, folder))
    near = [each for each in names if each.startswith("profile.")]
    below = _profiles_in(project, folder) or _profiles_in(project, join(folder, "content"))
    if near:
        hint = f"There is a file {near[0]}; call it profile.yml."
    elif below:
        message = f'"{folder or "."}" is no profile, but the folder of {len(below)}.'
        hint = f"Give one or several of them: {', '.join(below)}"
    elif not names and name in names_in(project, above):
        message = f'There is nothing in "{folder}".'
        if read_text(project, folder).value is not None:
            message = f'"{folder}" is a file; a profile is a folder.'
        if "profile.yml" in names_in(project, above):
            hint = f"Give the folder that holds the file: {above or '.'}"
    elif not names:
        message = f'There is no folder "{folder}".'
        other = nearest_name(name, [basename(each) for each in beside])
        hint = f'Did you mean "{join(above, other)}"?' if other else hint
    return Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint)


def _there_are(profiles: list[str]) -> str:
    if not profiles:
        return "A profile is a folder with a file profile.yml; docs/guide.md says how to begin one."
    return f"The profiles there are: {', '.join(profiles)}"


def _profiles_in(project: Project, folder: str) -> list[str]:
    """List the profiles that lie in a folder."""
    inside = [join(folder, name) for name in names_in(project, folder)]
    return [each for each in inside if "profile.yml" in names_in(project, each)]


def _beside(project: Project, folder: str) -> list[str]:
    """List the other profiles in the same folder, and those of `content` where there are none."""
    beside = [each for each in _profiles_in(project, dirname(folder)) if each != folder]
    return beside or _profiles_in(project, "content")


def _contradictions(project: Project, read: Checked[ProfileFile], folder: str) -> list[Diagnostic]:
    file, root = read.value, read.root
    found = []

    def wrong(
        path: tuple[str | int, ...],
        message: str,
        hint: str,
        rule: Rule = Rule.VALUE_IS_VALID,
        severity: Severity = Severity.ERROR,
    ) -> None:
        found.append(Diagnostic(rule, message, span_of(root, path), hint, severity))

    if folder and file.id != basename(folder):
        message = f'The id "{file.id}" is not the name of the folder, "{basename(folder)}".'
        hint = "Give both the same name."
        other = join(dirname(folder), file.id)
        if other in _beside(project, folder):
            message = f'Two profiles have the id "{file.id}": this one and {other}.'
            hint = f"Write here the name of the folder: {basename(folder)}"
        wrong(("id",), message, hint)
    if file.previous and file.previous.year > file.year:
        message = f"The previous profile cannot be of {file.previous.year}, after this one."
        wrong(("previous", "year"), message, "Look for a typing error.")
    elif file.previous and file.previous.year == file.year:
        message = f"The previous profile is of {file.year}, as this one is."
        hint = "Look for a typing error; write the year of the profile before this one."
        wrong(("previous", "year"), message, hint, severity=Severity.WARNING)
    if int(file.assessment[:4]) > file.year:
        message = f"The assessment cannot be of {file.assessment}, after the profile, {file.year}."
        wrong(("assessment",), message, "Look for a typing error.", severity=Severity.WARNING)
    for path, message, hint in lacking_for_reliefweb(file):
        wrong(path, message, hint, Rule.FIELD_IS_PRESENT)
    for place, message, hint in wrong_numbers(read):
        wrong(place, message, hint)
    for index, lang in enumerate(file.languages):
        if lang in file.languages[:index]:
            message = f'The language "{lang}" stands twice.'
            wrong(("languages", index), message, "Take one away.", Rule.KEY_IS_UNIQUE)
    return found
