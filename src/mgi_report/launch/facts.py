"""Writes the profile.yml of a new profile, with its questions."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from mgi_report.content.validate import ANY_LANGUAGE, YamlModel
from mgi_report.launch.plan import Plan
from mgi_report.launch.questions import MARK, QuestionsFile

TO_COME = "[?]"
"""Stands for words that are still to be written; publishing refuses it."""

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"


def facts_file(plan: Plan, questions: QuestionsFile, address: str, asks_of: Collection[str]) -> str:
    """Give profile.yml.

    `address` is the portal's, where a profile before this one can be found; `asks_of` are the
    languages whose texts print the short name behind "of".
    """
    return "\n".join(_Writer(plan, questions, asks_of).lines(address)) + "\n"


class _Writer:
    """Writes the lines of the file, each with the question that belongs to it above."""

    def __init__(self, plan: Plan, questions: QuestionsFile, asks_of: Collection[str]) -> None:
        self._plan = plan
        self._asks_of = {*asks_of}
        self._questions = questions

    def lines(self, address: str) -> Iterator[str]:
        plan = self._plan
        if head := self._questions.facts.get("head"):
            yield f"# {head}"
        yield f"id: {plan.id}"
        yield f"layout: {plan.layout.name}"
        yield ""
        yield from self._territory()
        yield f"level: {plan.level}"
        yield f"edition: {plan.edition.id}"
        yield f"number: {plan.number}"
        yield f"year: {plan.year}"
        yield from self._ask("assessment")
        yield f"assessment: {plan.year}-01"
        if plan.previous:
            yield "previous:"
            yield f"  year: {plan.previous}"
            yield from self._ask("previous.address", "  ")
            yield f"  address: {_flow(self._before(address))}"
        yield ""
        yield f"languages: [{', '.join(plan.languages)}]"
        yield from self._ask("authors")
        yield f"authors: {_flow(self._carried('authors') or [TO_COME])}"
        yield ""
        yield from self._texts("keywords", "[migration governance]")
        yield from self._texts("rights", "© …")
        yield ""
        yield from self._to_come("identifiers", "isbn-pdf: 978-…", f"reference: PUB{plan.year}/…")
        yield from self._to_come("publication", f"date: {plan.year}-…", "address: https://…")
        yield from self._cover()
        yield ""
        yield from self._sections()
        yield from self._rest()

    def _ask(self, key: str, indent: str = "") -> Iterator[str]:
        if text := self._questions.facts.get(key):
            yield f"{indent}# {MARK} {text}"

    def _territory(self) -> Iterator[str]:
        names = self._plan.names
        yield "territory:"
        yield f"  code: {self._plan.country}"
        yield from self._ask("territory.name", "  ")
        for key in ("name", "long_name", "in_text"):
            texts = {lang: text for lang, name in names.items() if (text := getattr(name, key))}
            if texts:
                yield f"  {key.replace('_', '-')}: {_flow(texts)}"
        behind = {lang: name.of for lang, name in names.items() if name.of}
        asked = {lang: f"{TO_COME} {names[lang].name}" for lang in self._asks_of - {*behind}}
        if behind or asked:
            yield from self._ask("territory.of", "  ") if asked else ()
            yield f"  of: {_flow({**behind, **asked})}"
        yield from self._ask("territory.region", "  ")
        regions = {lang: name.region or "…" for lang, name in names.items()}
        mark = "" if all(name.region for name in names.values()) else "# "
        yield f"  {mark}region: {_flow(regions)}"

    def _before(self, address: str) -> Value:
        """Say where the profile before can be read: its own page, or else where the portal is."""
        earlier = self._plan.earlier
        return self._chosen(earlier.publication.address if earlier else {}) or address

    def _carried(self, key: str) -> Value:
        return self._chosen(getattr(self._plan.earlier, key) if self._plan.earlier else {})

    def _chosen(self, values: Mapping[str, Value]) -> Value:
        """Take the values of the profile's languages, or the one that stands for all."""
        if ANY_LANGUAGE in values:
            return values[ANY_LANGUAGE]
        return {lang: values[lang] for lang in self._plan.languages if lang in values}

    def _texts(self, key: str, example: str) -> Iterator[str]:
        yield from self._ask(key)
        if carried := self._carried(key):
            yield f"{key}: {_flow(carried)}"
        else:
            yield f"# {key}: {{{', '.join(f'{lang}: {example}' for lang in self._plan.languages)}}}"

    def _to_come(self, key: str, *lines: str) -> Iterator[str]:
        yield from self._ask(key)
        yield f"# {key}:"
        yield from (f"#   {line}" for line in lines)

    def _cover(self) -> Iterator[str]:
        cover = self._plan.earlier.cover if self._plan.earlier else None
        if cover and (cover.photograph or cover.logos):
            yield from self._ask("cover")
            yield f"cover: {_flow(_written(cover))}"
        else:
            photograph = "photograph: {path: pictures/….jpg, alt: {en: …}, credit: …}"
            yield from self._to_come("cover", photograph)

    def _sections(self) -> Iterator[str]:
        plan = self._plan
        before = plan.earlier.sections if plan.earlier else {}
        wanted = {spec.id: True for spec in plan.layout.sections if spec.optional}
        possible = plan.layout.sections_of(plan.level, plan.edition.id, wanted)
        optional = [spec for spec in possible if spec.optional]
        if optional:
            yield from self._ask("sections")
            yield "sections:"
        for spec in optional:
            # What is for some editions alone is about that time.
            stays = before.get(spec.id, False) and not spec.editions
            yield f"  {spec.id}: {_flow(stays)}"

    def _rest(self) -> Iterator[str]:
        earlier = self._plan.earlier
        yield from self._ask("status")
        yield "status:"
        yield "  in-preparation: true"
        if earlier and earlier.status.demonstration:
            yield "  demonstration: true"
        if earlier and (press := _written(earlier.press)):
            yield f"press: {_flow(press)}"
        if earlier and earlier.options:
            yield f"options: {_flow(earlier.options)}"


def _written(facts: YamlModel) -> dict[str, Value]:
    """Give what somebody has written of a part of profile.yml."""
    return facts.model_dump(by_alias=True, exclude_unset=True)


def _flow(value: Value) -> str:
    """Write a value on one line of YAML; texts in quotation marks, which JSON and YAML share."""
    match value:
        case str() | bool() | int() | float():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
        case _:
            return f"[{', '.join(map(_flow, value))}]"
