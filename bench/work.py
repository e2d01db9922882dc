"""What all typesetters are given: the profile's sections, as this program composes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.chosen import LANG, PROFILE
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.model import Section
from mgi_report.project import open_project


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be typeset."""

    profile: Profile
    layout: Layout
    sections: tuple[tuple[SectionSpec, Section], ...]


def read(root: Path) -> Work:
    """Load, resolve and compose the profile; page numbers are left to the typesetter."""
    project, folder = open_project(root / PROFILE)
    facts = read_facts(project, folder).value
    assert facts
    layout = read_layout(project, facts.layout).value
    assert layout
    loaded = load(project, folder, layout, LANG).value
    assert loaded
    profile = resolve(loaded, layout).value
    composer = Composer(profile, layout, project)
    sections = []
    for spec in composer.specs:
        section = composer.compose(spec).value
        assert section
        sections.append((spec, section))
    return Work(profile, layout, tuple(sections))
