"""What a translation has from the original, and from which files."""

from __future__ import annotations

from mgi_report.content.model import Profile
from mgi_report.content.walk import data_runs_of


def lent_from(profile: Profile, section: str) -> tuple[str, ...]:
    """Give the language that a section's text is lent from; none where it has its own."""
    is_lent = {("document", section), ("data", section)} & profile.lent
    return (profile.original.lang,) if profile.original and is_lent else ()


def files_of(profile: Profile) -> frozenset[str]:
    """Give the files of the original that a translation's words are from."""
    files = set()
    for kind, name in profile.lent:
        match kind:
            case "document" if name in profile.documents:
                files.add(profile.documents[name].path)
            case "data":
                for words in data_runs_of(profile.data.get(name, {})):
                    files.update(node.span.file for node in words)
            case "label":
                files.add(profile.label_spans[name].file)
            case "domains":
                files.update(domain.span.file for domain in profile.domains)
            case _:
                pass  # profile.yml has all languages
    return frozenset(files)
