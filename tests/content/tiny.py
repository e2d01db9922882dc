"""A profile and a layout that are just large enough to be wrong in every way."""

from collections.abc import Mapping
from io import BytesIO
from textwrap import dedent

from PIL import Image

from mgi_report.content.loading.load import load
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Diagnostic
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.project import MemoryProject, Project

FOLDER = "content/mali-2021"
_FILE = BytesIO()
Image.new("RGB", (40, 40), "blue").save(_FILE, "PNG")
PNG = _FILE.getvalue()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'

FILES: dict[str, str | bytes] = {
    "layouts/tiny/layout.yml": """\
        name: tiny
        levels: [national, state, local]
        editions:
          - {id: first, most: 1}
          - {id: follow-up, least: 2, previous: true}
        labels: ["tags[]"]
        looks: {boxes: [box, example], paragraphs: [lead], words: [small]}
        options:
          justified: {type: boolean, default: false, about: Set justified.}
          columns: {type: number, default: 1, about: How many.}
        sections:
          - {id: intro, kind: text, file: intro.md, notes: main}
          - id: rights
            kind: chapter
            domain: rights
            file: 1-rights.md
            parts: [good, more]
            icons: 2
            notes: main
          - {id: updates, kind: text, file: updates.md, parts: domains, editions: [follow-up]}
          - id: frame
            kind: text
            data: frame.yml
            fields: [lead, "list.items[].text", "list.items[].icon"]
          - {id: covid, kind: text, file: covid.md, optional: true, levels: [national]}
          - {id: sources, kind: sources}
          - {id: annexes, kind: text, file: annexes.md, notes: main}
        """,
    **{
        f"layouts/tiny/{file}": ""
        for kind in ("text", "chapter", "sources")
        for file in (f"sections/{kind}.html.j2", f"css/sections/{kind}.css")
    },
    "assets/icons/health.svg": SVG,
    "assets/icons/work.svg": SVG,
    f"{FOLDER}/profile.yml": """\
        id: mali-2021
        layout: tiny
        territory:
          code: MLI
          name: {en: Mali, fr: le Mali}
          long-name: {en: Republic of Mali, fr: République du Mali}
        level: national
        edition: follow-up
        number: 2
        year: 2021
        assessment: 2021-09
        previous: {year: 2018, address: https://x.org/mali}
        languages: [en, fr]
        authors: [IOM]
        """,
    f"{FOLDER}/sources.yml": """\
        references:
          - {id: law, author: [{literal: Government of Mali}], issued: 2009-06-26, title: The *Law*}
        """,
    f"{FOLDER}/en/1-rights.md": """\
        ## Good {#good icon=health}

        Text[^a] with [@law].

        ## More {#more icon=work}

        See [the annex](#annexes).

        [^a]: A note.
        """,
    f"{FOLDER}/en/updates.md": "## Rights {#rights}\n\nNew.\n",
    "content/shared/en/intro.md": "In {{ territory.name }}.\n",
    "content/shared/en/annexes.md": "Last[^z].\n\n[^z]: End.\n",
    "content/shared/en/frame.yml": """\
        lead: "Some *words*"
        list:
          items:
            - text: One
              icon: health
        """,
    "content/shared/en/labels.yml": """\
        intro: Introduction
        updates: "Updates since {{ previous.year }}"
        frame: Framework
        covid: COVID-19
        sources: Key sources
        annexes: Annexes
        series: MGI
        editions: [Profile, Second Profile]
        indicators: "90"
        covid-questions: "12"
        note: "Note {number}"
        note-of-section: "{section}, note {number}"
        back-to-text: "{note}: back"
        next: "{first}, {next}"
        and: "{first} and {last}"
        and-others: "{first} et al."
        no-date: n.d.
        available-at: At
        accessed: accessed
        not-online: Not online.
        date: "{day} {month} {year}"
        month-and-year: "{month} {year}"
        first-day: "1"
        months: [Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, September, Oct, Nov, Dec]
        tags: [One, Two]
        document-title: "{{ territory.name }} {{ year }}"
        document-subject: "{{ series }}"
        """,
    "content/shared/en/domains.yml": """\
        domains:
          - id: rights
            name: Rights
            title: Rights of all
            looks-at: {national: Laws, local: Rules}
        """,
}


def tiny(changes: Mapping[str, str | bytes | None] | None = None) -> MemoryProject:
    """Give the project with files changed, added or (None) taken away."""
    files: dict[str, str | bytes] = {**FILES}
    for path, content in (changes or {}).items():
        if content is None:
            del files[path]
        else:
            files[path] = content
    return MemoryProject(
        {
            path: dedent(content) if isinstance(content, str) else content
            for path, content in files.items()
        },
        shipped=False,
    )


def edited(path: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Give the change that puts one text in the place of another in a file."""
    text = FILES[path]
    assert isinstance(text, str)
    assert old in text
    return {path: text.replace(old, new)}


def layout_of(project: Project) -> Layout:
    """Read the layout, in which nothing is wrong."""
    read = read_layout(project, "tiny")
    assert read.value
    assert read.diagnostics == ()
    return read.value


def loaded(project: MemoryProject, lang: str = "en") -> tuple[Profile | None, list[Diagnostic]]:
    """Go through step 1."""
    outcome = load(project, FOLDER, layout_of(project), lang)
    return outcome.value, list(outcome.diagnostics)


def resolved(project: MemoryProject, lang: str = "en") -> tuple[Profile, list[Diagnostic]]:
    """Go through steps 1 and 2."""
    profile, found = loaded(project, lang)
    assert profile
    outcome = resolve(profile, layout_of(project))
    return outcome.value, [*found, *outcome.diagnostics]


def places(found: list[Diagnostic]) -> list[str]:
    """Give rule and place of each diagnostic."""
    return [f"{diagnostic.rule} {diagnostic.span}" for diagnostic in found]
