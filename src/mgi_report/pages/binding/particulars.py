"""Step 5, bind: what a volume says of itself, and which files travel inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename

from mgi_report.content.facts import Facts
from mgi_report.content.lending import files_of
from mgi_report.content.model import Profile
from mgi_report.content.remarks import without_remarks
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.model import Layout
from mgi_report.pages.model import Attachment, Metadata
from mgi_report.project import NoDate, Project
from mgi_report.version import VERSION

_NO_TEXTS = frozenset({"layout.yml", "round.yml", "translation.yml"})
_ANY = "/language.yml"
"""Read of each language in which words stand."""


def check_date(project: Project) -> Iterator[Diagnostic]:
    """See that the date which the environment gives is one."""
    try:
        project.date()
    except NoDate as error:
        yield Diagnostic(
            Rule.DATE_IS_VALID,
            f'The environment variable SOURCE_DATE_EPOCH is "{error.written}", which is no date.',
            hint="It is the number of seconds since 1970, such as 1640995200 for 1 January 2022; "
            "set it so, or take it away with: unset SOURCE_DATE_EPOCH",
        )


def metadata_of(profile: Profile, project: Project, form: str = "", identity: str = "") -> Metadata:
    """Give what a profile's volume says of itself.

    `form` is the label with the title of a draft or redline, empty for the published volume;
    `identity` the name by which a draft that comes back is known.
    """
    facts = profile.facts
    return Metadata(
        title=profile.labels.get(form, "{title}").replace("{title}", profile.title),
        lang=profile.lang,
        authors=facts.authors,
        subject=profile.subject,
        keywords=(*facts.keywords, identity) if identity else facts.keywords,
        producer=f"mgi-report {VERSION}",
        date=project.date(),
        identifiers=facts.identifiers,
        rights=facts.rights,
    )


def dated(metadata: Metadata, facts: Facts) -> Metadata:
    """Give metadata a date for a standard that asks for one: the month of the assessment."""
    return metadata if metadata.date else replace(metadata, date=f"{facts.assessment}-01")


def attachments_of(profile: Profile, project: Project, layout: Layout) -> tuple[Attachment, ...]:
    """Give the texts that a volume was made from, to be kept inside an archival PDF.

    These are the profile's own and shared texts that were read; of the original, which a
    translation is held against, those that it prints. What the portal alone prints is left out, and
    so is the evidence behind the indicators, which is for those who write, as comments are.
    """
    original = {profile.original.lang} if profile.original else frozenset()
    used = files_of(profile)
    no_texts = _NO_TEXTS | {spec.data for spec in layout.portal} | {layout.indicators}
    paths = [
        path
        for path, digest in project.reads.items()
        if digest
        and path.endswith((".md", ".yml"))
        and basename(path) not in no_texts
        and (path in used or path.endswith(_ANY) or original.isdisjoint(path.split("/")))
    ]
    return tuple(
        Attachment(
            path.removeprefix("content/").replace("/", "-"),
            without_remarks(content.decode(), is_markdown=path.endswith(".md")).encode(),
            _media_type(path),
        )
        for path in sorted(paths)
        if (content := project.read(path)) is not None
    )


def _media_type(path: str) -> str:
    return "text/markdown" if path.endswith(".md") else "application/yaml"
