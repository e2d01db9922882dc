"""Step 1, load: the house style of a language, house-style.yml.

A publisher's rules are data: what is not written, as a pattern, and what is written instead. Of
several files the nearest is taken: the profile's own, the one beside it in shared/, the shipped.
"""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from mgi_report.content.forms import Name, Words, YesNo
from mgi_report.content.loading.wordlists import read_list
from mgi_report.content.shared import Shelf
from mgi_report.content.validate import FormError, YamlModel
from mgi_report.content.words import HouseRule, HouseStyle

_LIST = re.compile(r"\{([a-z-]+)\}")
"""Stands in a pattern for any word of a list: {months}."""


class Example(YamlModel):
    """A rule at work."""

    not_: Words
    """What it finds: the 1990's."""
    but: Words
    """What is written: the 1990s."""


class RuleEntry(YamlModel):
    """A rule of the house style."""

    id: Name
    """Its name: decades."""
    says: Words
    """What it asks for, in a sentence."""
    find: Words
    """What is not written, as a regular expression of Python; {months} is any word of a list."""
    use: str = ""
    """What is written instead; \\1 is what the first brackets of the pattern hold."""
    words: dict[Words, Words] = {}
    """What those brackets become: {"3": three}."""
    not_behind: list[Words] = []
    """Words behind which the rule does not hold."""
    not_before: list[Words] = []
    """Words before which it does not hold."""
    not_with: str = ""
    """A pattern: the rule does not hold in a sentence that has it beside what was found."""
    not_in_names: YesNo = False
    """Whether it leaves alone what has a capital within a sentence."""
    in_italics: YesNo = False
    """Whether it is about words in italics, and holds for nothing else."""
    in_tables: YesNo = False
    """Whether it holds in tables, too."""
    safe: YesNo = False
    """Whether `check --fix` may mend it."""
    example: Example
    """Shows the rule; it has to do to it what it says."""


class HouseStyleFile(YamlModel):
    """house-style.yml: what a publisher asks of texts in a language."""

    organization: Words
    """Whose style it is: IOM."""
    lists: dict[Name, Annotated[list[Words], Field(min_length=1)]] = {}
    """Words for patterns: {months: [January, February]}."""
    abbreviations: list[Words] = []
    """Those that need not be spelt out: [UN, USD]."""
    rules: list[RuleEntry] = []

    @model_validator(mode="after")
    def _works(self) -> Self:
        seen = set()
        for entry in self.rules:
            if entry.id in seen:
                raise FormError(f'Two rules are called "{entry.id}".', "Give one another id.")
            seen.add(entry.id)
            rule = _rule(entry, self.lists)
            found = rule.find.search(entry.example.not_)
            if found is None:
                message = f'The rule "{entry.id}" does not find "{entry.example.not_}".'
                raise FormError(message, "Correct its pattern or its example.")
            mended = rule.find.sub(rule.instead_of, entry.example.not_)
            if rule.use and mended != entry.example.but:
                message = f'The rule "{entry.id}" makes "{mended}" of its example.'
                raise FormError(message, f'It should make "{entry.example.but}" of it.')
        return self


def read_house_style(shelf: Shelf) -> HouseStyle:
    """Read what a publisher asks of texts in a language; nothing where there is no such file."""
    content = read_list(shelf, "house-style.yml", HouseStyleFile)
    if content is None:
        return HouseStyle()
    rules = tuple(_rule(entry, content.lists) for entry in content.rules)
    return HouseStyle(content.organization, rules, frozenset(content.abbreviations))


def _rule(entry: RuleEntry, lists: dict[str, list[str]]) -> HouseRule:
    def words(match: re.Match[str]) -> str:
        if match[1] not in lists:
            raise FormError(
                f'The rule "{entry.id}" asks for a list "{match[1]}", which is not there.',
                f"The lists are: {', '.join(lists) or 'none'}.",
            )
        return f"(?:{'|'.join(map(re.escape, lists[match[1]]))})"

    try:
        find = re.compile(_LIST.sub(words, entry.find))
        not_with = re.compile(_LIST.sub(words, entry.not_with)) if entry.not_with else None
    except re.error as error:
        message = f'The pattern of the rule "{entry.id}" cannot be read: {error}.'
        raise FormError(message, "It is a regular expression of Python.") from error
    highest = max((int(each) for each in re.findall(r"\\(\d)", entry.use)), default=0)
    if highest > find.groups:
        message = (
            f'The rule "{entry.id}" uses \\{highest}, but its pattern has {find.groups} groups.'
        )
        raise FormError(message, "Put brackets around what \\1 stands for.")
    return HouseRule(
        id=entry.id,
        says=entry.says,
        find=find,
        use=entry.use,
        words=entry.words,
        not_behind=frozenset(entry.not_behind),
        not_before=frozenset(entry.not_before),
        not_with=not_with,
        not_in_names=entry.not_in_names,
        in_italics=entry.in_italics,
        in_tables=entry.in_tables,
        is_safe=entry.safe,
        example=(entry.example.not_, entry.example.but),
    )
