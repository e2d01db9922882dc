"""Whatever is taken out of a YAML file, stands in it twice or is no value is told or does no harm.

Each entry of each list and mapping is deleted in turn, and each item of a list doubled; texts are
made blanks, lists, mappings, numbers and dates. Steps 1 to 3 must then say what is wrong, or have
nothing to say: they may not raise, and no template may stumble over what step 1 has told already.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from jinja2 import Environment
from tests.projects import MALI, ROOT, mali, text_of

from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.model import SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.project import Project

SHARED = sorted((ROOT / "content/shared").rglob("*.yml"))
FILES = [
    *(path.relative_to(ROOT).as_posix() for path in SHARED),
    f"{MALI}/profile.yml",
    f"{MALI}/sources.yml",
]
OF_EACH_KIND = [
    f"{MALI}/profile.yml",
    *(f"content/shared/en/{name}.yml" for name in ("domains", "key-findings", "terms")),
]
"""Files that are read in different ways; each takes a while."""
FURNITURE = ["head", "head-left", "folio:1", "tabs:1", "banner", "continued:Words"]
LONG = 6
"""Items of a list; those of a longer one are all of a kind."""
Path = tuple[str | int, ...]
VALUES = ["", " ", "\u00a0", [], {}, 0, True, None, date(2021, 9, 30)]
"""What each text becomes in turn; the first three say nothing."""


@pytest.fixture(scope="module", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Keep compiled templates from one profile to the next: they are the same, and slow to make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", _compiled(Environment.compile))
        yield


def _compiled(make: Any) -> Any:
    codes: dict[tuple[str, str | None], Any] = {}

    def compile_once(self: Environment, source: str, name: str | None = None, *rest: Any) -> Any:
        if (source, name) not in codes:
            codes[source, name] = make(self, source, name, *rest)
        return codes[source, name]

    return compile_once


def entries(node: Any, path: Path = ()) -> Iterator[Path]:
    """Go through the paths of all entries of mappings and lists; of long lists, some."""
    items = list(enumerate(node)) if isinstance(node, list) else []
    some = items if len(items) <= LONG else [*items[:2], items[-1]]
    for key, value in node.items() if isinstance(node, dict) else some:
        yield (*path, key)
        yield from entries(value, (*path, key))


def read(text: str) -> Any:
    """Read YAML with every value as a text, as it stands."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  makes texts, lists and mappings only


def changed(text: str, path: Path, *, doubled: bool) -> str:
    """Take an entry out of a YAML text, or put it in twice."""
    tree = read(text)
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    if doubled:
        holder.insert(path[-1], holder[path[-1]])
    else:
        del holder[path[-1]]
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


def composed(project: Project, usual: Profile | None) -> tuple[Profile | None, list[Diagnostic]]:
    """Go through steps 1 to 3; sections that are as usual are not composed."""
    facts = read_facts(project, MALI)
    assert facts.value, facts.diagnostics
    layout = read_layout(project, facts.value.layout)
    assert layout.value, layout.diagnostics
    loaded = load(project, MALI, layout.value, "en")
    found = [*facts.diagnostics, *layout.diagnostics, *loaded.diagnostics]
    if loaded.value is None:
        return None, found
    resolved = resolve(loaded.value, layout.value)
    profile = resolved.value
    found += resolved.diagnostics
    composer = Composer(profile, layout.value, project)
    made = [composer.compose(spec) for spec in composer.specs if differs(spec, profile, usual)]
    for outcome in (*made, composer.furniture(FURNITURE)):
        found += outcome.diagnostics
    return profile, found


def differs(spec: SectionSpec, profile: Profile, usual: Profile | None) -> bool:
    """Say whether something that a section prints is not as usual."""
    if usual is None or spec.kind == "sources":
        return True
    return any(
        one != other
        for one, other in (
            (profile.facts, usual.facts),
            (profile.labels, usual.labels),
            (profile.domains, usual.domains),
            (profile.documents.get(spec.id), usual.documents.get(spec.id)),
            (profile.data.get(spec.id), usual.data.get(spec.id)),
        )
    )


@pytest.fixture(scope="module")
def usual() -> Profile:
    """Give Mali's profile as it is."""
    profile, found = composed(mali(), None)
    assert profile
    assert {each.rule for each in found} <= {Rule.SOURCE_IS_CITED}
    return profile


@pytest.mark.parametrize("file", FILES)
def test_no_entry_is_missed_with_a_traceback(file: str, usual: Profile) -> None:
    text = text_of(file)
    for path in entries(read(text)):
        for doubled in (False, True) if isinstance(path[-1], int) else (False,):
            project = mali({file: changed(text, path, doubled=doubled)})
            _, found = composed(project, usual)
            wrong = [each for each in found if each.rule is Rule.TEMPLATE_IS_SOUND]
            assert not wrong, f"{file} {path}: {wrong[0]}"


@pytest.mark.parametrize("file", OF_EACH_KIND)
def test_no_value_is_too_odd(file: str) -> None:
    text = text_of(file)
    tree = read(text)
    texts = [path for path in entries(tree) if isinstance(at(tree, path), str)]
    for number, path in enumerate(texts):
        for value in VALUES[number % 3 :: 3]:
            found = read_and_resolved(mali({file: with_value(text, path, value)}))
            assert all(each.span for each in found), f"{file} {path}: {value!r}"
            if isinstance(value, str) and "sources" not in file:
                there = [each for each in found if each.span and each.span.file == file]
                assert there or is_optional(file, path), f"{file} {path}: {value!r} is not told"


def at(tree: Any, path: Path) -> Any:
    """Give what stands at a path."""
    for step in path:
        tree = tree[step]
    return tree


def with_value(text: str, path: Path, value: object) -> str:
    """Put a value in the place of the one at a path."""
    tree = read(text)
    at(tree, path[:-1])[path[-1]] = value
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


def is_optional(file: str, path: Path) -> bool:
    """Say whether a text may be blank: endings, variants and companions of words."""
    return file.endswith("spelling.yml") or path[-1] == "unless" or "/en/" not in file


def read_and_resolved(project: Project) -> list[Diagnostic]:
    """Go through steps 1 and 2."""
    facts = read_facts(project, MALI)
    assert facts.value, facts.diagnostics
    layout = read_layout(project, facts.value.layout, facts.value.layout_span)
    if layout.value is None:
        return [*facts.diagnostics, *layout.diagnostics]
    loaded = load(project, MALI, layout.value, "en")
    if "en" not in facts.value.languages:
        return [*facts.diagnostics, *loaded.diagnostics]
    assert loaded.value
    resolved = resolve(loaded.value, layout.value)
    return [*facts.diagnostics, *loaded.diagnostics, *resolved.diagnostics]
