"""Step 4, typeset: no style sheet hides what stands in the content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.complaints import Origins
from mgi_report.pages.engine import cssselect2
from mgi_report.pages.model import Section
from mgi_report.pages.placing import mention
from mgi_report.pages.tagging.tags import Tree
from mgi_report.pages.tokens import without_comments

_HIDES = re.compile(
    r"([^{}]+)\{[^{}]*?\b(display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Hiding:
    """A rule of a style sheet that hides what it matches."""

    selector: str
    declaration: str
    span: Span
    matches: tuple[Any, ...]


def hidden(
    section: Section, root: Any, parents: Mapping[Any, Any], tree: Tree, origins: Origins
) -> Iterator[Diagnostic]:
    """Find the rules that hide blocks of the content, and say of each which is the first."""
    lost = [
        element
        for element in root.iter()
        if element.get("data-block") in section.blocks and not _is_seen(element, tree)
    ]
    rules = list(_hiding(section)) if lost else []
    if not rules:
        return
    wrapped = {
        each.etree_element: each
        for each in cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
    }
    for element in lost:
        each = element
        while each is not None:
            for rule in rules:
                if wrapped[each].matches(*rule.matches):
                    yield _told(rule, origins.span(element))
            each = parents.get(each)


def _is_seen(element: Any, tree: Tree) -> bool:
    node = tree.nodes.get(element)
    return node is not None and any(True for _ in node.patches())


def _hiding(section: Section) -> Iterator[_Hiding]:
    for sheet in section.styles:
        text = without_comments(sheet.text)
        for match in _HIDES.finditer(text):
            selector = " ".join(match[1].split(";")[-1].split())
            try:
                compiled = cssselect2.compile_selector_list(selector)
            except cssselect2.SelectorError:
                continue
            of_elements = tuple(each for each in compiled if not each.pseudo_element)
            start = match.start(2)
            line = text.count("\n", 0, start) + 1
            span = Span(sheet.path, line, start - text.rfind("\n", 0, start))
            yield _Hiding(selector, match[2], span, of_elements)


def _told(rule: _Hiding, place: Span | None) -> Diagnostic:
    message = f'"{rule.selector}" hides content, first that at {mention(place)}.'
    hint = f"Take {rule.declaration} away, or give the rule a selector that meets no content."
    return Diagnostic(Rule.CONTENT_IS_SHOWN, message, rule.span, hint, cause=str(rule.span))
