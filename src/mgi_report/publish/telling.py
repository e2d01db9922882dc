"""Says in words what is in a bundle, what was checked, and what was let through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.publish.model import File, Publication

_STANDARDS = {
    "ua1+3a": "PDF/UA-1 and PDF/A-3a",
    "ua2+4f": "PDF/UA-2 and PDF/A-4f",
}


def report_of(publication: Publication, files: Sequence[File], found: Iterable[Diagnostic]) -> File:
    """Write the report of a bundle, in Markdown."""
    found = tuple(found)
    lines = [
        f"# {_plain(publication.original.title)}",
        "",
        f"Made by {publication.producer} from the profile {publication.facts.id}.",
        *([f"Date: {publication.date}"] if publication.date else []),
        "",
        "## What was made",
        "",
        *(f"- {_said(file)}" for file in sorted(files, key=lambda file: file.path)),
        "",
        "## What is not there",
        "",
        *([f"- {each}" for each in _lacking(publication)] or ["Nothing that is known of."]),
        "",
        "## What was checked",
        "",
        *(f"- {each}" for each in _checked(publication, {each.rule for each in found})),
        "",
        "## What was found and let through",
        "",
        *([f"- {_plain(str(each))}" for each in found] or ["Nothing."]),
        "",
    ]
    return File("report.md", "\n".join(lines).encode(), "text/markdown", "report")


def _said(file: File) -> str:
    facts = [f"{len(file.content):,} bytes".replace(",", " ")]
    if file.pages:
        facts.append(f"{file.pages} page{'s' if file.pages > 1 else ''}")
    if file.size:
        facts.append("{} × {} pixels".format(*file.size))
    return f"{file.path}: {', '.join(facts)}. SHA-256 {file.digest}"


_NUMBERS = {"isbn-pdf": "ISBN of the PDF", "reference": "reference number", "doi": "DOI"}


def _lacking(publication: Publication) -> Iterable[str]:
    for edition in publication.editions:
        lacking = [what for key, what in _NUMBERS.items() if key not in edition.facts.identifiers]
        if lacking:
            yield f"{edition.pdf.path}: no {', no '.join(lacking)}; records do without."
    if publication.facts.release.reliefweb is None:
        yield (
            "No record for ReliefWeb: profile.yml does not say under publication what it is told."
        )
    if not publication.facts.release.files:
        yield (
            "No addresses of files: profile.yml does not say under publication where they will be."
        )
    if all(each.kind != "press" for edition in publication.editions for each in edition.files):
        yield "No PDF for the press."


_OF_CONSULTATION = {
    Rule.PROPOSALS_ARE_DECIDED: "No proposal of a consultation is open.",
    Rule.STATUS_ALLOWS_PUBLISHING: "The profile is neither in preparation nor confidential.",
    Rule.DRAFT_MARK_IS_GONE: "No text calls itself a draft.",
}


_CHECKED = {
    "press": "inks alone, fonts embedded, boxes and output intent of PDF/X-4, pictures",
    "press-cover": "inks alone, fonts embedded, boxes and output intent of PDF/X-4, pictures",
    "html": "the words of its text; its form is not judged by a program here",
    "epub": "the words of its text; EPUBCheck was not asked",
}
"""What is looked at in files other than the PDF for the screen, and what is not."""


def _checked(publication: Publication, broken: Collection[Rule]) -> Iterable[str]:
    for edition in publication.editions:
        judged = "no standard is claimed for the PDF, as veraPDF has not confirmed any"
        if edition.conformance:
            judged = f"the PDF by veraPDF, against {_STANDARDS[edition.conformance]}"
        yield f"{edition.pdf.path}: the content by all rules of docs/rules.md; {judged}."
        for file in edition.files:
            if file.kind in _CHECKED:
                yield f"{file.path}: {_CHECKED[file.kind]}."
    if Rule.TEXT_CAN_BE_EXTRACTED not in broken:
        yield "The text of PDF, HTML and EPUB has the words of the content in their order."
    yield from (said for rule, said in _OF_CONSULTATION.items() if rule not in broken)


def _plain(text: str) -> str:
    """Keep Markdown from taking signs for marks of its own."""
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return text
