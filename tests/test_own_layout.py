"""A new edition and a new kind of section, made with YAML, a template and a style sheet alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.projects import ROOT

from mgi_report import build

SAMPLE = "content/sample-country-2024"
FILES = {
    "layouts/mine/layout.yml": """\
name: mine
extends: mgi
editions:
  - {id: mid-term, least: 2, most: 9, previous: true}
labels: [outlook-of]
without: [reading-guide]
sections:
  - id: outlook
    kind: outlook
    data: outlook.yml
    fields: [lead, "steps[].year", "steps[].words"]
    after: safe-migration
    editions: [mid-term]
  - id: annexes
    kind: annexes
    file: annexes.md
    icons: 3
    parts: [migof, process]
    editions: [first, follow-up]
    notes: main
""",
    "layouts/mine/sections/outlook.html.j2": """\
<section>
<h1 id="{{ id }}" class="display">{{ title|display }}</h1>
<p class="lead">{{ data.lead }}</p>
<dl>
{% for step in data.steps %}
<div class="step"><dt>{{ step.year }}</dt> <dd>{{ step.words }}</dd></div>
{% endfor %}
</dl>
<p>{{ labels["outlook-of"] }}</p>
</section>
""",
    "layouts/mine/css/sections/outlook.css": """\
.step { border-top: 1pt solid var(--d3-accent); padding: 6pt 0; }
dt { font-weight: 600; color: var(--d3-ink); }
""",
    f"{SAMPLE}/en/outlook.yml": """\
lead: Where {{ territory.name }} could stand at the next assessment.
steps:
  - {year: "2025", words: The new law on residence is in force.}
  - {year: "2026", words: "The register has *one* form."}
""",
    f"{SAMPLE}/en/labels.yml": """\
demonstration: "Sample: an invented country. Not a publication of IOM"
outlook: Outlook to {{ year }} and beyond
outlook-of: As the ministries see it.
editions: [Profile, Mid-term Profile]
""",
}
PROFILE = {
    "edition: first": "edition: mid-term\nlayout: mine",
    "layout: mgi\n": "",
    "number: 1": "number: 2",
    "languages: [en, ar]": "previous: {year: 2022, address: 'https://example.org/'}\n\n"
    "languages: [en]",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a layout of its own, and the sample profile in it."""
    shutil.copytree(ROOT / SAMPLE, tmp_path / SAMPLE, ignore=shutil.ignore_patterns("ar"))
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    facts = tmp_path / SAMPLE / "profile.yml"
    text = facts.read_text("utf-8")
    for old, new in PROFILE.items():
        assert old in text
        text = text.replace(old, new, 1)
    facts.write_text(text, "utf-8")
    return tmp_path


def test_a_new_edition_needs_no_program(project: Path) -> None:
    result = build(project / SAMPLE, jobs=1)
    assert [str(each) for each in result.diagnostics] == []
    (output,) = result.outputs
    sections = {each.id: each.title for each in output.sections}
    assert list(sections)[-4:] == ["safe-migration", "outlook", "sources", "back-cover"]
    assert sections["outlook"] == "Outlook to 2024 and beyond"
    assert "reading-guide" not in sections
    assert "annexes" not in sections

    reader = PdfReader(output.path)
    words = [" ".join(page.extract_text().split()) for page in reader.pages]
    (page,) = (text for text in words if "Where Zarinia could stand" in text)
    assert "2025 The new law on residence is in force. 2026 The register has one form." in page
    assert "As the ministries see it." in page
    assert any("Contents" in text and "Outlook to 2024 and beyond" in text for text in words)
    assert "Mid-term Profile 2024" in words[0]
