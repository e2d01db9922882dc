"""What no change meets stays the same object, so that nothing looks at it again."""

from __future__ import annotations

from tests.projects import MALI, mali

from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import Emphasis, Inline, Profile
from mgi_report.content.walk import changing, rewrite_document
from mgi_report.layout.reading import read_layout
from mgi_report.project import Project

TEXT = """Start[^a]

- one
- *two*

> Quoted

| a | b |
|---|---|
| 1 | 2 |

::: box
Inside
:::

[^a]: Note
"""


def test_only_what_a_change_meets_is_made_anew() -> None:
    document = parse_document(TEXT, "a.md").value
    assert len(document.blocks) == 5

    def change(node: Inline) -> tuple[Inline, ...]:
        return node.kids if isinstance(node, Emphasis) else (node,)

    assert rewrite_document(document, changing(lambda node: (node,))) is document
    now = rewrite_document(document, changing(change))
    same = [one is other for one, other in zip(now.blocks, document.blocks, strict=True)]
    assert same == [True, False, True, True, True]
    assert now.notes is document.notes


def test_documents_and_languages_are_those_of_the_reading_before() -> None:
    before, after = read(mali()), read(mali())
    assert before.documents.keys() == after.documents.keys()
    for name, document in before.documents.items():
        assert after.documents[name] is document
    assert after.languages["en"] is before.languages["en"]


def read(project: Project) -> Profile:
    facts = read_facts(project, MALI).value
    assert facts
    layout = read_layout(project, facts.layout).value
    assert layout
    profile = load(project, MALI, layout, "en").value
    assert profile
    return profile
