"""Step 2, resolve: the variables that texts and labels may use, `{{ territory.name }}`."""

from __future__ import annotations

from mgi_report.content.facts import Facts
from mgi_report.content.markdown.syntax import VARIABLE
from mgi_report.content.model import Inline, Link, Phrase, Profile, Text, Variable
from mgi_report.content.schema import Identifiers
from mgi_report.content.words import without_scheme
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest


class Variables:
    """The values of one profile; gathers what is wrong in `found`."""

    def __init__(self, profile: Profile, found: list[Diagnostic]) -> None:
        self.found = found
        self._facts = _facts(profile.facts)
        self._original = _facts(profile.original.facts) if profile.original else {}
        self._behind = _labels_behind(profile.facts)
        self._year = profile.facts.assessment.split("-")[0]
        self._profile = profile
        self._labels: dict[str, str] = {}
        self._open: list[str] = []

    def change(self, node: Inline) -> tuple[Inline, ...]:
        """Put a value in the place of a variable, in the text and in addresses."""
        match node:
            case Variable(name, span):
                text = Text(self._value(name, span), span)
                lender = self._profile.original
                if lender and self._is_lent(name):
                    return (Phrase((text,), span, lang=lender.lang),)
                return (text,)
            case Link() if match := VARIABLE.fullmatch(node.address):
                # Where the words are the same variable, it has been told of there.
                address = self._value(match[1], None if node.is_address else node.span)
                kids = (Text(without_scheme(address), node.span),) if node.is_address else node.kids
                return (Link(address, kids, node.span, node.is_address),)
            case _:
                return (node,)

    def label(self, key: str) -> str:
        """Give a label with the values of its variables, to the end; what is wrong is told once."""
        if key not in self._labels:
            self._open.append(key)
            span = self._profile.label_spans.get(key, self._profile.facts.span)
            self._labels[key] = self.replace(self._profile.labels[key], span)
            self._open.pop()
        return self._labels[key]

    def replace(self, text: str, span: Span) -> str:
        """Put values in the place of the variables in a plain text."""
        pieces, end = [], 0
        for match in VARIABLE.finditer(text):
            place = Span(span.file, span.line, span.column + match.start())
            pieces += [text[end : match.start()], self._value(match[1], place)]
            end = match.end()
        pieces.append(text[end:])
        if (lost := VARIABLE.sub(lambda found: " " * len(found[0]), text).find("{{")) >= 0:
            message = "This is not a variable."
            hint = "Write for example {{ territory.name }}."
            place = Span(span.file, span.line, span.column + lost)
            self.found.append(Diagnostic(Rule.VARIABLE_IS_KNOWN, message, place, hint))
        return "".join(pieces)

    def _value(self, name: str, span: Span | None) -> str:
        if name in self._behind:
            return self._words(name, span)
        value = self._facts.get(name)
        if value:
            return value
        if self._is_lent(name):
            return self._borrowed(name, span)
        if name in _OPTIONAL and self._profile.original:
            return self._named(name, span)
        if span:
            if name in self._facts:
                message = f'The variable "{name}" has no value in this profile.'
                hint = _MISSING.get(name, "Give it in profile.yml, under identifiers.")
            else:
                message = f'There is no variable "{name}".'
                known = [*self._facts, *self._behind]
                hint = nearest(name, known) or f"Known: {', '.join(known)}."
            self.found.append(Diagnostic(Rule.VARIABLE_IS_KNOWN, message, span, hint))
        return ""

    def _is_lent(self, name: str) -> bool:
        """Say whether a name is there in the original's language only."""
        return name in _OPTIONAL and not self._facts[name] and bool(self._original.get(name))

    def _borrowed(self, name: str, span: Span | None) -> str:
        """Give a name in the original's language, and say once that it is."""
        original = self._profile.original
        if original:
            self._untranslated(name, f'that in "{original.lang}" is printed', span)
        return self._original[name]

    def _named(self, name: str, span: Span | None) -> str:
        """Give the plain name where neither a translation nor its original has this form of it."""
        plain = self._facts["territory.name"]
        self._untranslated(name, f'the name alone, "{plain}", is printed', span)
        return plain

    def _untranslated(self, name: str, instead: str, span: Span | None) -> None:
        """Say once what is printed in the place of a name that a translation lacks."""
        if span:
            key, lang = name.rpartition(".")[2], self._profile.lang
            message = f'There is no "{key}" in the language "{lang}"; {instead}.'
            self.found.append(
                Diagnostic(
                    Rule.TRANSLATION_IS_WHOLE, message, span, _MISSING[name], Severity.WARNING, name
                )
            )

    def _words(self, name: str, span: Span | None) -> str:
        """Give the label behind a variable, unless the label is printed by way of itself."""
        key = self._behind[name]
        if key in self._open:
            if span:
                message = f'The variable "{name}" is made of the label in which it stands.'
                hint = "Write in its place what should be printed."
                self.found.append(Diagnostic(Rule.VARIABLE_IS_KNOWN, message, span, hint))
            return ""
        words = self.label(key)
        if name != "assessment.month":
            return words
        return self._profile.labels["month-and-year"].format(month=words, year=self._year)


_OPTIONAL = ("territory.in-text", "territory.of")
"""Names that are asked for only where a text prints them."""
_MISSING = {
    "cover.credit": "Give `photograph` in profile.yml, under cover, its credit.",
    "territory.in-text": "Give `territory` in profile.yml its `in-text` in this language.",
    "territory.of": "Give `territory` in profile.yml its `of` in this language.",
    "previous.year": "Give `previous` in profile.yml its year and address.",
    "previous.address": "Give `previous` in profile.yml its year and address.",
}


def _labels_behind(facts: Facts) -> dict[str, str]:
    """Give the variables that are made of labels, with the key of each label."""
    return {
        "edition.name": f"editions.{facts.number}",
        "assessment.month": f"months.{int(facts.assessment.split('-')[1])}",
        "indicators": "indicators",
        "covid-questions": "covid-questions",
        "series": "series",
    }


def _facts(facts: Facts) -> dict[str, str]:
    """Give the variables that are facts; one without a value is empty."""
    values = {
        "territory.name": facts.name,
        "territory.long-name": facts.long_name,
        "territory.in-text": facts.in_text,
        "territory.of": facts.of,
        "year": str(facts.year),
        "previous.year": str(facts.previous_year or ""),
        "previous.address": facts.previous_address,
        "cover.credit": facts.cover.photograph.credit if facts.cover.photograph else "",
    }
    for name, info in Identifiers.model_fields.items():
        key = info.alias or name
        values[key] = facts.identifiers.get(key, "")
    return values
