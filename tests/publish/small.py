"""A profile of five pages in an invented place: all that is published, made in a few seconds."""

from __future__ import annotations

from pathlib import Path

PROFILE = "content/here"
FACTS, TEXT, LAYOUT = f"{PROFILE}/profile.yml", f"{PROFILE}/en/objective.md", "layouts/small"
FILES = {
    f"{LAYOUT}/layout.yml": """\
name: small
extends: mgi
without: [title, reading-guide, acronyms, introduction, context, framework, key-findings, updates,
  migrants-rights, whole-of-government, partnerships, well-being, mobility-crises, safe-migration,
  covid-19, sources, annexes]
""",
    FACTS: """\
id: here
layout: small
territory:
  code: ZZA
  name: {en: Zarinia, fr: Zarinie}
  long-name: {en: Republic of Zarinia, fr: République de Zarinie}
  in-text: {en: the Republic of Zarinia, fr: la République de Zarinie}
  of: {fr: de Zarinie}
level: national
edition: follow-up
number: 2
year: 2024
assessment: 2024-03
previous: {year: 2022, address: "https://example.org/"}
languages: [en]
authors: [The authors]
status: {demonstration: true}
""",
    TEXT: """\
The purpose is to see what is there.
See [the imprint](#imprint) and [a page](https://example.org/a).
""",
}


def write_small(folder: Path) -> None:
    """Write the project into a folder."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
