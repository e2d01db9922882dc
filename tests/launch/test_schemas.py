"""JSON Schema and `check` agree: on what is right, and where what is wrong stands."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.projects import MALI, ROOT

from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.loading.load import load
from mgi_report.content.validate import key_span
from mgi_report.content.yaml import YamlMap, YamlNode, YamlText, parse_yaml
from mgi_report.diagnostics import Span
from mgi_report.launch.launching import launch, launch_schemas
from mgi_report.launch.model import Wish
from mgi_report.launch.schemas import schemas
from mgi_report.layout.reading import read_layout
from mgi_report.project import MemoryProject

FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("content/*/*.yml", "content/*/*/*.yml", "layouts/*/layout.yml")
    for path in ROOT.glob(pattern)
)
WITHOUT = {"consultation", "translation", "questions"}
"""Files that the program reads in another way, or writes itself."""


@cache
def made() -> dict[str, dict[str, Any]]:
    layout = read_layout(MemoryProject({}), "mgi").value
    assert layout
    return schemas(layout)


def as_editors_read(node: YamlNode) -> object:
    """Turn YAML into what a YAML 1.2 server sees: numbers and true where they are not quoted."""
    if isinstance(node, YamlMap):
        return {entry.key: as_editors_read(entry.value) for entry in node.entries}
    if not isinstance(node, YamlText):
        return [as_editors_read(item) for item in node.items]
    try:
        return json.loads(node.text)
    except ValueError:
        return node.text


def wrong_keys(name: str, text: str) -> list[Span]:
    """Give the place of each key that a schema does not know."""
    root = parse_yaml(text, "a.yml").value
    assert root
    found = []
    for error in jsonschema.Draft7Validator(made()[name]).iter_errors(as_editors_read(root)):
        assert error.validator == "additionalProperties", error.message
        found += [
            key_span(root, (*error.path, key))
            for key in error.instance
            if f"'{key}' was unexpected" in error.message
        ]
    return found


def schema_of(path: str) -> str:
    name = Path(path).stem
    of_a_language = {"sources": "source-words", "indicators": "questionnaire"}
    return of_a_language.get(name, name) if path.count("/") > 2 else name


def test_each_schema_is_one() -> None:
    for schema in made().values():
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", [path for path in FILES if Path(path).stem not in WITHOUT])
def test_what_the_program_reads_keeps_its_schema(path: str) -> None:
    root = parse_yaml((ROOT / path).read_text("utf-8"), path).value
    assert root
    jsonschema.Draft7Validator(made()[schema_of(path)]).validate(as_editors_read(root))


@pytest.mark.parametrize("country", ["NER", "ZZB"])
def test_files_of_a_new_profile_keep_the_schema_that_they_name(
    tmp_path: Path, country: str
) -> None:
    names = {"en": "Porto: “#1”"}
    wish = Wish("place-2024", country, "local", "first", ("en",), names=names)
    assert not launch(tmp_path / wish.id, wish).diagnostics
    paths = sorted((tmp_path / wish.id).rglob("*.yml"))
    assert len(paths) == 5
    for path in paths:
        first, _, _ = path.read_text("utf-8").partition("\n")
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        root = parse_yaml(path.read_text("utf-8"), path.name).value
        assert root
        judge = jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8")))
        judge.validate(as_editors_read(root))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nyear: 2021", "\nyaer: 2021\nyear: 2021"),
        ("  long-name:", "  longname: Mali\n  long-name:"),
        ("  demonstration: true", "  demonstration: true\n  demonstrated: true"),
        ("  year: 2018", "  year: 2018\n  yaer: 2018"),
    ],
)
def test_schema_and_check_find_a_wrong_key_in_the_same_place(old: str, new: str) -> None:
    text = (ROOT / MALI / "profile.yml").read_text("utf-8").replace(old, new, 1)
    assert new in text
    project = MemoryProject({"a.yml/profile.yml": text})
    told = read_profile_file(project, "a.yml").diagnostics
    places = [
        (each.span.line, each.span.column)
        for each in told
        if each.span and each.rule == "key-is-known"
    ]
    assert [(span.line, span.column) for span in wrong_keys("profile", text)] == places
    assert len(places) == 1


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "place-2024"
    wish = Wish("place-2024", "ZZB", "local", "first", ("en",), names={"en": "Port"})
    assert not launch(folder, wish).diagnostics
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("profile.yml", "\nlevel:", "\nlevle: local\nlevel:"),
        ("sources.yml", "\nreferences:", "\nreference: []\nreferences:"),
        ("en/acronyms.yml", "\nitems:", "\nitem: []\nitems:"),
        ("en/portal-findings.yml", "  potential:", "  potentials: []\n  potential:"),
    ],
)
def test_a_wrong_key_in_a_new_file_is_found_by_both_in_the_same_place(
    city: Path, name: str, old: str, new: str
) -> None:
    files = {
        f"content/place-2024/{path.relative_to(city).as_posix()}": path.read_bytes()
        for path in city.rglob("*")
        if path.is_file()
    }
    path = f"content/place-2024/{name}"
    text = files[path].decode().replace(old, new, 1)
    assert new in text
    project = MemoryProject({**files, path: text})
    layout = read_layout(project, "mgi").value
    assert layout
    told = load(project, "content/place-2024", layout, "en").diagnostics
    wrong = [each for each in told if each.rule == "key-is-known"]
    places = [(each.span.line, each.span.column) for each in wrong if each.span]
    assert {each.span.file for each in wrong if each.span} == {path}
    assert [(each.line, each.column) for each in wrong_keys(schema_of(path), text)] == places


def test_levels_editions_and_sections_are_those_of_the_layout() -> None:
    properties = made()["profile"]["properties"]
    assert properties["level"]["enum"] == ["national", "state", "local"]
    assert properties["edition"]["enum"] == ["first", "follow-up"]
    assert "covid-19" in properties["sections"]["properties"]
    assert properties["year"]["description"] == "Year of publication: 2021."


def test_a_layout_that_is_not_there_is_told(tmp_path: Path) -> None:
    written = launch_schemas(tmp_path / "schemas", "mine")
    assert [each.message for each in written.diagnostics]
    assert not (tmp_path / "schemas").exists()
