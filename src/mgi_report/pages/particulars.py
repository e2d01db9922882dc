"""Step 5, bind: what a volume says of itself, and which files travel inside it."""

from __future__ import annotations

from posixpath import basename

from mgi_report.content.model import Profile
from mgi_report.pages.model import Attachment, Metadata
from mgi_report.project import Project
from mgi_report.version import VERSION


def metadata_of(profile: Profile, project: Project) -> Metadata:
    """Give what a profile's volume says of itself."""
    facts = profile.facts
    edition = profile.labels[f"editions.{facts.number}"]
    series = profile.labels["series"]
    return Metadata(
        title=facts.title or f"{series} – {facts.long_name}: {edition} {facts.year}",
        lang=profile.lang,
        authors=facts.authors,
        subject=facts.subject or f"{series}: {facts.long_name}, {edition} {facts.year}",
        keywords=facts.keywords,
        producer=f"mgi-report {VERSION}",
        date=project.date(),
        identifiers=facts.identifiers,
        rights=facts.rights,
    )


def attachments_of(profile: Profile, project: Project) -> tuple[Attachment, ...]:
    """Give the texts that a volume was made from, to be kept inside an archival PDF.

    These are the profile's own and shared texts that were read; not those of its other languages,
    since a volume must not depend on what was made before it.
    """
    others = {*profile.facts.languages} - {profile.lang}
    paths = [
        path
        for path, digest in project.reads.items()
        if digest
        and path.endswith((".md", ".yml"))
        and basename(path) != "layout.yml"
        and others.isdisjoint(path.split("/"))
    ]
    return tuple(
        Attachment(path.removeprefix("content/").replace("/", "-"), content, _media_type(path))
        for path in sorted(paths)
        if (content := project.read(path)) is not None
    )


def _media_type(path: str) -> str:
    return "text/markdown" if path.endswith(".md") else "application/yaml"
