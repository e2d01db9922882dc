"""The questions that a new profile asks its editors, from questions.yml."""

from __future__ import annotations

from mgi_report.content.forms import Words
from mgi_report.content.loading.wordlists import read_list
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import YamlModel
from mgi_report.diagnostics import Outcome
from mgi_report.project import Project

FILE = "questions.yml"
MARK = "?"
"""What a comment begins with that asks something: `# ? …`, `<!-- ? … -->`."""
_OTHERWISE = "en"
"""The language of the questions where there are none in that of the profile."""


class QuestionsFile(YamlModel):
    """questions.yml: what `mgi-report new` asks, as comments in the files that it makes."""

    facts: dict[str, Words] = {}
    """Of profile.yml, by key: {territory.region: …}; `head` stands at the top of the file."""
    sources: str = ""
    """Of sources.yml."""
    headings: dict[str, Words] = {}
    """Words of headings, by part or section: {potential: Areas with potential …}."""
    parts: dict[str, Words] = {}
    """What is asked in each part of a chapter: {potential: …}."""
    domains: dict[str, Words] = {}
    """What the chapter of each domain is about: {migrants-rights: …}."""
    sections: dict[str, Words] = {}
    """Of other sections and files, by id or name without its ending: {updates: …}."""
    carried: str = ""
    """What is asked of texts that come from the profile before."""


def questions_in(project: Project, folder: str, lang: str) -> Outcome[QuestionsFile]:
    """Read the questions in a language, or else in English; `folder` is the profile's."""
    for each in (lang, _OTHERWISE):
        shelf = Shelf(project, folder, each)
        if read := read_list(shelf, FILE, QuestionsFile):
            return Outcome(read, tuple(shelf.found))
    return Outcome(QuestionsFile())
