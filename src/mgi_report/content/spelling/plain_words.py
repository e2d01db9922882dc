"""Step 2, resolve: the words of YAML files that have no Markdown in them."""

from __future__ import annotations

from collections.abc import Iterator

from mgi_report.content.model import Domain, Profile, Text

_FACTS = ("name", "long_name", "in_text", "of", "title", "subject", "rights")
_SOURCE = ("author", "edition", "publisher", "place", "note")


def plain_words(profile: Profile) -> Iterator[Text]:
    """Go through what labels.yml, domains.yml, profile.yml and sources say in the own language."""
    for key, text in profile.labels.items():
        if ("label", key) not in profile.lent and key in profile.label_spans:
            yield Text(text, profile.label_spans[key])
    if ("domains", "") not in profile.lent:
        for domain in profile.domains:
            yield from (Text(each, domain.span) for each in _of_domain(domain))
    facts = profile.facts
    said = [getattr(facts, name) for name in _FACTS if ("facts", name) not in profile.lent]
    pictures = (*filter(None, [facts.cover.photograph]), *facts.cover.logos)
    for text in (*said, *facts.keywords, *(picture.alt for picture in pictures)):
        yield Text(text, facts.span)
    for source in profile.sources:
        for name in _SOURCE:
            if name not in source.lent:
                yield Text(getattr(source, name), source.span)


def _of_domain(domain: Domain) -> tuple[str, ...]:
    return domain.name, domain.title, domain.looks_at
