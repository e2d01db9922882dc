"""The words that files of a round carry beside the draft: consultation.yml of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from mgi_report.consult.model import Content, Round
from mgi_report.content.files import read_text
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml
from mgi_report.pages.composing import bibliography
from mgi_report.project import Project

_NAME = "consultation.yml"
_FALLBACK = "content/shared/en"

COLUMNS = (
    "number",
    "page",
    "line",
    "text",
    "proposed",
    "comment",
    "institution",
    "name",
    "answer",
    "status",
)
"""Of the comment matrix, in order: keys under matrix.columns."""

STRONG = re.compile(r"\*\*(.+?)\*\*")
"""Words that stand out in an instruction."""


def read_wording(project: Project, profile: str, lang: str) -> dict[str, str]:
    """Read the words, laid flat: "matrix.columns.number", "how.items.1".

    They are looked for in the profile, in what its neighbours share and in what is shipped; a word
    that is in none of them is English.
    """
    beside = f"{dirname(profile)}/shared" if dirname(profile) else "shared"
    folders = (_FALLBACK, f"content/shared/{lang}", f"{beside}/{lang}", f"{profile}/{lang}")
    words: dict[str, str] = {}
    for folder in dict.fromkeys(folders):
        path = f"{folder}/{_NAME}"
        text = read_text(project, path).value
        root = parse_yaml(text, path).value if text else None
        if root:
            words.update(_laid_flat(root))
    return words


def filled(text: str, round_: Round, content: Content) -> str:
    """Put the facts of a round into a text."""
    return (
        text.replace("{round}", str(round_.number))
        .replace("{profile}", content.title)
        .replace("{date}", bibliography.date(round_.opened, content.labels))
    )


def listed(words: Mapping[str, str], key: str) -> Iterator[str]:
    """Give the texts of a list, in order."""
    count = 1
    while f"{key}.{count}" in words:
        yield words[f"{key}.{count}"]
        count += 1


def first_page_texts(words: Mapping[str, str], round_: Round, content: Content) -> frozenset[str]:
    """Give the texts of the file's first page, which is no part of the draft."""
    said = [words[f"document.{key}"] for key in ("kicker", "round", "confidential")]
    said += [words["how.heading"], "{profile}"]
    texts = {filled(text, round_, content) for text in said}
    texts.update(STRONG.sub(r"\1", item) for item in listed(words, "how.items"))
    return frozenset(texts)


def margin_texts(words: Mapping[str, str], round_: Round, content: Content) -> tuple[str, str]:
    """Give what stands at the head of each page, and at its foot before the number."""
    head, foot = (
        filled(words[f"document.{key}"], round_, content) for key in ("header", "confidential")
    )
    return head, f"{foot}  ·  {words['document.page']} "


def _laid_flat(node: YamlNode, prefix: str = "") -> Iterator[tuple[str, str]]:
    match node:
        case YamlText():
            yield prefix, node.text
        case YamlList():
            for count, item in enumerate(node.items, start=1):
                yield from _laid_flat(item, f"{prefix}.{count}")
        case YamlMap():
            for entry in node.entries:
                yield from _laid_flat(entry.value, f"{prefix}.{entry.key}".lstrip("."))
