"""Names of countries in the form of the United Nations, from assets/countries."""

from __future__ import annotations

from mgi_report.content.files import names_in
from mgi_report.content.forms import Country, Words
from mgi_report.content.validate import YamlModel, read_model
from mgi_report.diagnostics import Outcome, nearest_name
from mgi_report.launch.model import Name
from mgi_report.project import Project


class CountryEntry(YamlModel):
    """What the United Nations call a country in one language."""

    name: Words
    """Short: Niger."""
    long_name: Words
    """Formal: Republic of the Niger."""
    in_text: Words
    """Formal, with its article: the Republic of the Niger."""
    of: str = ""
    """Short, as it stands behind "of": du Niger."""
    region: str = ""
    """Part of the world that the UN's statistics put it in: Western Africa."""


class CountriesFile(YamlModel):
    """assets/countries/<language>.yml."""

    countries: dict[Country, CountryEntry]
    """By the code of ISO 3166-1."""


_FOLDER = "assets/countries"


def countries_in(project: Project, lang: str) -> Outcome[dict[str, Name]]:
    """Give the names of all countries in a language, by code; none where there is no list."""
    read = read_model(project, f"{_FOLDER}/{lang.partition('-')[0]}.yml", CountriesFile)
    if read.value is None:
        return Outcome({}, read.diagnostics)
    entries = read.value.value.countries
    names = {
        code: Name(each.name, each.long_name, each.in_text, each.of, each.region)
        for code, each in entries.items()
    }
    return Outcome(names, read.diagnostics)


def code_of(project: Project, word: str) -> str | None:
    """Find the code that somebody may mean by a country's name, in any language, or misspelt."""
    by_name: dict[str, str] = {}
    for file in names_in(project, _FOLDER):
        if file.endswith(".yml"):
            for code, each in countries_in(project, file.removesuffix(".yml")).value.items():
                by_name |= {each.name.casefold(): code, each.long_name.casefold(): code}
    if word.upper() in by_name.values():
        return word.upper()
    near = nearest_name(word.casefold(), by_name)
    return by_name[near] if near else None
