"""Step 2, resolve: the variables that texts and labels may use, `{{ territory.name }}`."""

from __future__ import annotations

from collections.abc import Mapping

from mgi_report.content.markdown_syntax import VARIABLE
from mgi_report.content.model import Facts, Inline, Link, Profile, Text, Variable
from mgi_report.content.schema import Identifiers
from mgi_report.content.words import without_scheme
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest


class Variables:
    """The values of one profile; gathers what is wrong in `found`."""

    def __init__(self, profile: Profile, found: list[Diagnostic]) -> None:
        self.found = found
        self._values = _values(profile.facts, profile.labels)

    def change(self, node: Inline) -> tuple[Inline, ...]:
        """Put a value in the place of a variable, in the text and in addresses."""
        match node:
            case Variable(name, span):
                return (Text(self._value(name, span), span),)
            case Link() if match := VARIABLE.fullmatch(node.address):
                # Where the words are the same variable, it has been told of there.
                address = self._value(match[1], None if node.is_address else node.span)
                kids = (Text(without_scheme(address), node.span),) if node.is_address else node.kids
                return (Link(address, kids, node.span, node.is_address),)
            case _:
                return (node,)

    def replace(self, text: str, span: Span) -> str:
        """Put values in the place of the variables in a plain text."""
        pieces, end = [], 0
        for match in VARIABLE.finditer(text):
            place = Span(span.file, span.line, span.column + match.start())
            pieces += [text[end : match.start()], self._value(match[1], place)]
            end = match.end()
        if (rest := text[end:]).find("{{") >= 0:
            message = "This is not a variable."
            hint = "Write for example {{ territory.name }}."
            self.found.append(Diagnostic(Rule.VARIABLE_IS_KNOWN, message, span, hint))
        return "".join((*pieces, rest))

    def _value(self, name: str, span: Span | None) -> str:
        value = self._values.get(name)
        if value:
            return value
        if span:
            if name in self._values:
                message = f'The variable "{name}" has no value in this profile.'
                hint = _MISSING.get(name, "Give it in profile.yml, under identifiers.")
            else:
                message = f'There is no variable "{name}".'
                hint = nearest(name, self._values) or f"Known: {', '.join(self._values)}."
            self.found.append(Diagnostic(Rule.VARIABLE_IS_KNOWN, message, span, hint))
        return ""


_MISSING = {
    "cover.credit": "Give `photograph` in profile.yml, under cover, its credit.",
    "previous.year": "Give `previous` in profile.yml its year and address.",
    "previous.address": "Give `previous` in profile.yml its year and address.",
}


def _values(facts: Facts, labels: Mapping[str, str]) -> dict[str, str]:
    """Give all variables; one without a value is empty."""
    year, month = facts.assessment.split("-")
    values = {
        "territory.name": facts.name,
        "territory.long-name": facts.long_name,
        "year": str(facts.year),
        "edition.name": labels[f"editions.{facts.number}"],
        "previous.year": str(facts.previous_year or ""),
        "previous.address": facts.previous_address,
        "assessment.month": f"{labels[f'months.{int(month)}']} {year}",
        "cover.credit": facts.cover.photograph.credit if facts.cover.photograph else "",
        "indicators": labels["indicators"],
        "covid-questions": labels["covid-questions"],
        "series": labels["series"],
    }
    for name, info in Identifiers.model_fields.items():
        key = info.alias or name
        values[key] = facts.identifiers.get(key, "")
    return values
