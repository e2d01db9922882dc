"""Makes the files of a new profile: they build at once, and ask what is still to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join

from mgi_report.content.loading.labels import FILE as LABELS
from mgi_report.content.loading.slots import Shape
from mgi_report.content.model import Domain
from mgi_report.content.shared import Shelf, read_domains
from mgi_report.content.translation.record import FILE as RECORD
from mgi_report.content.yaml import YamlMap, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Outcome, has_errors
from mgi_report.launch.facts import TO_COME, facts_file
from mgi_report.launch.plan import Plan
from mgi_report.launch.questions import MARK, QuestionsFile, questions_in
from mgi_report.layout.model import SectionSpec
from mgi_report.project import Project

SCHEMAS = ".schema"
"""The folder of the JSON Schemas, beside the profiles."""
_FACTS, _SOURCES = "profile.yml", "sources.yml"
_OF_A_LANGUAGE = {"sources": "source-words", "indicators": "questionnaire"}
"""Schemas of files in a language's folder that are called as others beside profile.yml."""
_NOT_CARRIED = ("consultation/", ".")
"""What belongs to the earlier profile alone, by how its path begins."""
_HEADING = re.compile(r"^## .*$", re.MULTILINE)
_SCHEMA = re.compile(r"^# yaml-language-server: .*\n", re.MULTILINE)


def found(
    project: Project, folder: str, plan: Plan, carried: Mapping[str, bytes]
) -> Outcome[dict[str, bytes]]:
    """Give the files of a new profile by their paths in its folder.

    `folder` is where it will be in the project, `carried` the files of the profile before it, by
    their paths in its own folder.
    """
    original = plan.languages[0]
    files = {path: content for path, content in carried.items() if _stays(path, plan)}
    shelf = Shelf(project, folder, original)
    address = _portal(shelf)
    questions = questions_in(project, folder, original)
    asks_of = [lang for lang in plan.languages if _prints_of(Shelf(project, folder, lang), plan)]
    written = {_FACTS: facts_file(plan, questions.value, address, asks_of)}
    if _SOURCES not in files:
        asked = "".join(_asked_in_yaml(questions.value.sources))
        written[_SOURCES] = f"{asked}references: []\n"
    told = [*shelf.found, *questions.diagnostics]
    if plan.layout.indicators:
        asked = "".join(_asked_in_yaml(questions.value.sections.get("indicators", "")))
        before = files.get(plan.layout.indicators, b"").decode(errors="replace")
        answers = "".join(_earlier(before))
        written[plan.layout.indicators] = (
            f"{asked}indicators:\n{answers}" if answers else f"{asked}indicators: {{}}\n"
        )
    for lang in plan.languages:
        writer = _Writer(plan, project, folder, lang)
        own = {path: files.pop(path) for path in [*files] if _is_text_in(path, lang)}
        texts = {basename(path): content.decode(errors="replace") for path, content in own.items()}
        made = writer.texts(texts, is_original=lang == original)
        written |= {f"{lang}/{name}": text for name, text in made.items()}
        told += writer.shelf.found
    files |= {path: text.encode() for path, text in written.items()}
    schemed = {path: _with_schema(path, content) for path, content in files.items()}
    return Outcome(schemed, tuple(told) if has_errors(told) else ())


def _is_text_in(path: str, lang: str) -> bool:
    """Say whether a file is one of the texts of a language."""
    return dirname(path) == lang and path.endswith((".md", ".yml"))


def _stays(path: str, plan: Plan) -> bool:
    """Say whether a file of the earlier profile goes into the new one."""
    first = path.split("/", maxsplit=1)[0]
    is_of_other_language = "/" in path and first in (
        set(plan.earlier.languages if plan.earlier else ()) - {*plan.languages}
    )
    return path != _FACTS and not path.startswith(_NOT_CARRIED) and not is_of_other_language


def _earlier(findings: str) -> Iterator[str]:
    """Turn the answers of the profile before into earlier answers."""
    root = parse_yaml(findings, "").value
    entries = node_at(root, ("indicators",)) if root else None
    for entry in entries.entries if isinstance(entries, YamlMap) else ():
        answer = node_at(entry.value, ("answer",))
        if isinstance(answer, YamlText):
            yield f"  {entry.key}: {{earlier: {answer.text}}}\n"


def _portal(shelf: Shelf) -> str:
    """Find the address of the portal, which has all profiles."""
    for file in shelf.find_all(LABELS):
        root = parse_yaml(file.text, file.path).value
        node = node_at(root, ("portal-address",)) if root else None
        if isinstance(node, YamlText):
            return node.text
    return "https://example.org/"


def _prints_of(shelf: Shelf, plan: Plan) -> bool:
    """Say whether shared texts of a language print the short name behind "of"."""
    files = (shelf.find(spec.file) for spec in plan.layout.sections if spec.file)
    return any(file and "territory.of" in file.text for file in files)


def _with_schema(path: str, content: bytes) -> bytes:
    """Name the JSON Schema of a YAML file in its first line, as editors' YAML servers read it."""
    name = basename(path).removesuffix(".yml")
    if not path.endswith(".yml") or name == RECORD.removesuffix(".yml"):
        return content
    if "/" in path:
        name = _OF_A_LANGUAGE.get(name, name)
    up = "../" * (path.count("/") + 1)
    line = f"# yaml-language-server: $schema={up}{SCHEMAS}/{name}.json\n"
    return line.encode() + _SCHEMA.sub("", content.decode(errors="surrogateescape")).encode(
        errors="surrogateescape"
    )


@dataclass(slots=True)
class _Writer:
    """Writes the texts of one language."""

    plan: Plan
    questions: QuestionsFile
    domains: Mapping[str, Domain]
    shelf: Shelf
    links: re.Pattern[str]
    """Links to sections that the profile before had, and this one has not."""

    def __init__(self, plan: Plan, project: Project, folder: str, lang: str) -> None:
        self.plan = plan
        self.shelf = Shelf(project, folder, lang)
        asked = questions_in(project, folder, lang)
        self.questions = asked.value
        self.shelf.found.extend(asked.diagnostics)
        every = {spec.id: True for spec in plan.layout.sections if spec.optional}
        kept = plan.layout.sections_of(plan.level, plan.edition.id, every)
        gone = {spec.id for spec in plan.layout.sections} - {
            spec.id for spec in kept if not (spec.optional and spec.editions)
        }
        names = "|".join(map(re.escape, sorted(gone))) or "(?!)"
        self.links = re.compile(rf"\[([^\[\]]*)\]\(#(?:{names})(?:/[^()]*)?\)")
        domains = read_domains(self.shelf, plan.layout, plan.level)
        self.domains = {each.id: each for each in domains}

    def texts(self, carried: Mapping[str, str], *, is_original: bool) -> dict[str, str]:
        """Give the files of the language by name, those that were `carried` with their question.

        A translation has no new ones: it begins when there is something to translate.
        """
        layout, made = self.plan.layout, dict(carried)
        every = {spec.id: True for spec in layout.sections if spec.optional}
        for spec in (
            *layout.sections_of(self.plan.level, self.plan.edition.id, every),
            *layout.portal,
        ):
            name = spec.file or spec.data
            if name is None or self._is_shared(name):
                continue
            before = made.pop(name, None)
            if before is not None and not spec.editions:  # what some editions have is of their time
                made[name] = self._asking(name, before)
            elif is_original and not spec.optional:
                made[name] = self._new(spec, name)
        return made

    def _is_shared(self, name: str) -> bool:
        return any(self.shelf.read(join(folder, name)) for folder in self.shelf.folders[1:])

    def _asking(self, name: str, text: str) -> str:
        asked = self.questions.carried
        text = self.links.sub(r"\1", text)
        if name.endswith(".yml"):
            return "".join(_asked_in_yaml(asked)) + text
        comment = "".join(_asked_in_markdown(asked))
        if not _HEADING.search(text):
            return f"{comment}\n{text}"
        return _HEADING.sub(lambda heading: f"{heading[0]}\n\n{comment.strip()}", text)

    def _new(self, spec: SectionSpec, name: str) -> str:
        asked = self.questions.sections.get(spec.id) or self.questions.sections.get(
            name.removesuffix(".yml"), ""
        )
        if spec.data:
            shape = Shape.of(spec.fields)
            return "".join((*_asked_in_yaml(asked), *_stand_ins(shape, "")))
        pieces: list[str] = []
        parts = [*self.domains] if spec.parts == ("domains",) else list(spec.parts or (spec.id,))
        for part in parts:
            domain = self.domains.get(part)
            words = domain.name if domain else self.questions.headings.get(part, TO_COME)
            about = self.questions.domains.get(spec.domain or part, "")
            pieces.append(f"## {words} {{#{part}}}\n" if spec.parts else f"## {words}\n")
            pieces += _asked_in_markdown(
                " ".join(filter(None, (self.questions.parts.get(part) or asked, about)))
            )
            pieces.append(f"{TO_COME}\n")
        return "\n".join(pieces)


def _asked_in_yaml(question: str) -> Iterator[str]:
    if question:
        yield f"# {MARK} {question}\n"


def _asked_in_markdown(question: str) -> Iterator[str]:
    if question:
        yield f"<!-- {MARK} {question} -->\n"


def _stand_ins(shape: Shape, indent: str) -> Iterator[str]:
    """Write a section's YAML with every key that it has, and words to come behind each."""
    for key, inner in shape.keys.items():
        if inner.keys:
            yield f"{indent}{key}:\n"
            yield from _stand_ins(inner, f"{indent}  ")
        elif inner.item and inner.item.keys:
            yield f"{indent}{key}:\n"
            first, *more = _stand_ins(inner.item, f"{indent}    ")
            yield f"{indent}  - {first.strip()}\n"
            yield from more
        elif inner.item:
            yield f'{indent}{key}: ["{TO_COME}"]\n'
        else:
            yield f'{indent}{key}: "{TO_COME}"\n'
