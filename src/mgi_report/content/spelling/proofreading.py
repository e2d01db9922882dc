"""Step 2, resolve: all that is judged in a profile's words once its variables are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mgi_report.collecting import without_collecting
from mgi_report.content.cover import Picture
from mgi_report.content.model import Document, Figure, Inline, Profile
from mgi_report.content.spelling.authors import check_authors
from mgi_report.content.spelling.foreign import check_foreign
from mgi_report.content.spelling.link_words import check_link_words
from mgi_report.content.spelling.picture_words import check_picture_words
from mgi_report.content.spelling.two_ways import check_spelling
from mgi_report.content.walk import figures_of, texts_of
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic


@without_collecting()
def proofread(profile: Profile) -> list[Diagnostic]:
    """Judge spelling and house style."""
    facts, language = profile.facts, profile.languages.get(profile.lang, Language())
    texts, titles = list(own_texts(profile)), titles_of(profile)
    names = f"{facts.name}\n{facts.long_name}\n{facts.in_text}\n{facts.of}"
    blocks = [block for document in _own_documents(profile) for block in document.blocks]
    of_cover = (each for each in (facts.cover.photograph, *facts.cover.logos) if each)
    shown = chain[Figure | Picture](figures_of(blocks), of_cover)
    return [
        *check_spelling(texts, titles, profile.terms, profile.spelling, names),
        *check_foreign(texts, language),
        *check_authors(profile.sources, profile.spelling),
        *check_link_words([*texts, *titles], profile.languages.values()),
        *check_picture_words(shown, profile.languages.values()),
    ]


def own_texts(profile: Profile) -> Iterator[tuple[Inline, ...]]:
    """Go through the texts in the profile's language; others were judged in their own."""
    data = [values for name, values in profile.data.items() if ("data", name) not in profile.lent]
    return texts_of(_own_documents(profile), data)


def titles_of(profile: Profile) -> list[tuple[Inline, ...]]:
    """Gather the titles of sources in the profile's language."""
    return [source.title for source in profile.sources if source.language is None]


def _own_documents(profile: Profile) -> list[Document]:
    return [
        document
        for name, document in profile.documents.items()
        if ("document", name) not in profile.lent
    ]
