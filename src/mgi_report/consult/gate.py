"""What keeps a profile from being published: open proposals, and marks of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join

from mgi_report.consult.blocks import content_of
from mgi_report.consult.model import Round, Status
from mgi_report.consult.proposals import proposals_path, read_proposals
from mgi_report.consult.rounds import folder_of, recover, rounds_of
from mgi_report.content.files import read_text
from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.loading.labels import FILE as LABELS
from mgi_report.content.loading.wordlists import read_spelling
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import span_of
from mgi_report.content.yaml import YamlText, parse_yaml
from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.project import DiskProject

_OF_DRAFTS = ("draft", "redline")
"""How labels begin that are printed on drafts alone."""
_NAMED = 3
"""How many proposals a message names."""

_UNFINISHED = {
    Status.OPEN: "that nobody has decided about",
    Status.ACCEPTED: "that are accepted and not written into the source",
    Status.PARTLY: "that are accepted in part and not written into the source",
}


def unready(project: DiskProject, folder: str, languages: Sequence[str]) -> list[Diagnostic]:
    """Give what has to be done before a profile is published, in all rounds and languages."""
    recover(project, folder)
    found = [*_closed(project, folder)]
    found += [
        each for number in rounds_of(project, folder) for each in _of_round(project, folder, number)
    ]
    project.begin()
    for lang in languages:
        found += _marks(project, folder, lang)
    return found


def _closed(project: DiskProject, folder: str) -> Iterator[Diagnostic]:
    """Say which flags of profile.yml keep it from those who would read it."""
    read = read_profile_file(project, folder).value
    if read is None:
        return
    status = read.value.status
    for name, is_set, what in (
        ("in-preparation", status.in_preparation, "is still in preparation"),
        ("confidential", status.confidential, "may not be passed on"),
    ):
        if is_set:
            message = f"The profile says that it {what} ({name})."
            hint = f"Take {name} out of status once it may be published."
            span = span_of(read.root, ("status", name))
            yield Diagnostic(Rule.STATUS_ALLOWS_PUBLISHING, message, span, hint)


def _of_round(project: DiskProject, folder: str, number: int) -> Iterator[Diagnostic]:
    round_ = Round(number, profile="", lang="", opened="", folder=folder_of(folder, number))
    proposals = read_proposals(project, round_)
    yield from proposals.diagnostics
    for status, what in _UNFINISHED.items():
        some = [each for each in proposals.value if each.status == status]
        if not some:
            continue
        names = ", ".join(each.id for each in some[:_NAMED])
        more = " and more" if len(some) > _NAMED else ""
        message = f"Round {number} has proposals {what} ({len(some)}): {names}{more}."
        hint = f"Decide about them: mgi-report consult list {folder} --round {number} --open"
        if status != Status.OPEN:
            hint = f"Write them: mgi-report consult apply {folder} --round {number}"
        yield Diagnostic(Rule.PROPOSALS_ARE_DECIDED, message, Span(proposals_path(round_)), hint)


def _marks(project: DiskProject, folder: str, lang: str) -> Iterator[Diagnostic]:
    """Find the word for a draft, in capitals or in square brackets."""
    content = content_of(project, folder, lang).value
    word = content.labels.get("draft", "") if content else ""
    if content is None or not word:
        return
    capitals = rf"|\b{re.escape(word.upper())}\b" if word.upper() != word.lower() else ""
    words = read_spelling(Shelf(project, folder, lang)).draft_marks
    said = "|".join(map(re.escape, words)) or "(?!)"
    alone = rf"|(?i:^\W*{re.escape(word)}\W*$)|(?:^\W*|[.!?]\s+)(?i:{said})\b"
    mark = re.compile(rf"\[(?i:{re.escape(word)})\b[^\]]*\]{capitals}{alone}")
    texts = [(block.text, Span(block.file, block.line)) for block in content.blocks]
    texts += [*_facts(project, folder, lang), *_own_labels(project, folder, lang)]
    for text, span in texts:
        if found := mark.search(text):
            message = f"The text still says “{found[0].strip()}”."
            hint = "Take it out before the profile is published."
            yield Diagnostic(Rule.DRAFT_MARK_IS_GONE, message, span, hint)


def _facts(project: DiskProject, folder: str, lang: str) -> Iterator[tuple[str, Span]]:
    """Give what profile.yml says in words, and what describes the cover."""
    read = read_profile_file(project, folder).value
    if read is None:
        return
    file = read.value
    given: list[tuple[tuple[str | int, ...], Mapping[str, str]]] = [
        (("title",), file.title),
        (("subject",), file.subject),
        (("rights",), file.rights),
    ]
    if file.cover.photograph:
        given.append((("cover", "photograph", "alt"), file.cover.photograph.alt))
    given += [(("cover", "logos", at, "alt"), each.alt) for at, each in enumerate(file.cover.logos)]
    for path, texts in given:
        yield texts.get(lang, ""), span_of(read.root, (*path, lang))


def _own_labels(project: DiskProject, folder: str, lang: str) -> Iterator[tuple[str, Span]]:
    """Give the words of the profile's own labels.yml, but for those that a draft itself prints."""
    path = join(folder, lang, LABELS)
    root = parse_yaml(read_text(project, path).value or "", path).value
    for entry in root.entries if root else ():
        if not entry.key.startswith(_OF_DRAFTS) and isinstance(entry.value, YamlText):
            yield entry.value.text, entry.value.span
