"""JSON Schema of the YAML files, by which an editor completes and checks them as they are typed.

All is taken from the models that the program itself reads the files by, and from the layout.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from mgi_report.content.indicator_schema import FindingsFile, QuestionnaireFile
from mgi_report.content.loading.house_style import HouseStyleFile
from mgi_report.content.loading.labels import PRINTED
from mgi_report.content.loading.slots import Shape
from mgi_report.content.schema import DomainsFile, ProfileFile, SourcesFile, SourceWordsFile
from mgi_report.content.validate import YamlModel
from mgi_report.content.wordlist_schema import LanguageFile, SpellingFile, TermsFile
from mgi_report.layout.file import LayoutFile
from mgi_report.layout.model import Layout

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version that editors' YAML servers understand (https://json-schema.org/draft-07)."""

Schema = dict[str, Any]

_MODELS: dict[str, type[YamlModel]] = {
    "profile": ProfileFile,
    "sources": SourcesFile,
    "source-words": SourceWordsFile,
    "indicators": FindingsFile,
    "questionnaire": QuestionnaireFile,
    "domains": DomainsFile,
    "terms": TermsFile,
    "spelling": SpellingFile,
    "language": LanguageFile,
    "house-style": HouseStyleFile,
    "layout": LayoutFile,
}
_SCALARS = ["string", "number", "boolean"]
"""What a text may look like in YAML: 2021 and true are read as they are typed."""
_BOUNDS = {"ge": "minimum", "le": "maximum"}
"""What pydantic calls bounds of what a validator reads first, and JSON Schema."""
_NEEDLESS = ("title", "default")


def schemas(layout: Layout) -> dict[str, Schema]:
    """Give the JSON Schema (Draft-07) of each kind of YAML file, by its name: "profile".

    Those of sections' data are named as their files; <language>/sources.yml is "source-words",
    <language>/indicators.yml "questionnaire".
    """
    made = {name: _of_model(model) for name, model in _MODELS.items()}
    _as_layout_has_it(made["profile"], layout)
    made["labels"] = _labels(layout)
    for spec in (*layout.sections, *layout.portal):
        if spec.data and spec.fields:
            name = spec.data.removesuffix(".yml")
            made[name] = {"$schema": DRAFT, **_of_shape(Shape.of(spec.fields))}
    return made


def _of_model(model: type[YamlModel]) -> Schema:
    schema = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    if "$ref" in schema:  # a model that holds itself
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    models = {each.__name__: each for each in (model, *_subclasses(YamlModel))}
    for name, part in {**definitions, model.__name__: schema}.items():
        for key, text in _docstrings(models[name]).items():
            if key in part["properties"]:
                part["properties"][key]["description"] = text
    whole = {"$schema": DRAFT, **schema}
    if definitions:
        whole["definitions"] = definitions
    plain: Schema = _plain(whole)
    return plain


def _subclasses(model: type[YamlModel]) -> list[type[YamlModel]]:
    found = []
    for each in model.__subclasses__():
        found += [each, *_subclasses(each)]
    return found


@cache
def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Read the string below each field, by the key that it has in YAML."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    found = {}
    for field, below in pairwise(body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[model.model_fields[name].alias or name] = " ".join(text.split())
            case _:
                pass
    return found


def _plain(node: Any) -> Any:
    """Say in Draft-07 what pydantic says in its own way or in that of later drafts."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kinds = node.get("anyOf")
    if kinds and {"type": "null"} in kinds:  # a key without a value is told of
        kinds = [each for each in kinds if each != {"type": "null"}]
        node = {**node, "anyOf": kinds}
        if len(kinds) == 1:
            node = {**{key: node[key] for key in node if key != "anyOf"}, **kinds[0]}
    made = {
        _BOUNDS.get(key, key): {name: _plain(value) for name, value in each.items()}
        if key in ("properties", "patternProperties", "definitions")
        else _plain(each)
        for key, each in node.items()
        if key not in _NEEDLESS
    }
    if "patternProperties" in made:
        made["additionalProperties"] = False
    if made.get("type") == "string" and "pattern" not in made:
        made["type"] = list(_SCALARS)
    if "enum" in made or "const" in made:
        made = _with_numbers({key: made[key] for key in made if key != "type"})
    reference = made.pop("$ref", None)
    if reference and made:  # what stands beside a reference is passed over in Draft-07
        return {"allOf": [{"$ref": reference}], **made}
    return {"$ref": reference} if reference else made


def _with_numbers(made: Schema) -> Schema:
    """Let a choice that looks like a number be typed without quotation marks."""
    choices = made.pop("enum", None) or [made.pop("const")]
    numbers = [int(each) for each in choices if isinstance(each, str) and each.isdecimal()]
    return {**made, "enum": [*choices, *numbers]}


def _as_layout_has_it(profile: Schema, layout: Layout) -> None:
    """Name the levels, editions, sections and options that the layout has."""
    properties = profile["properties"]

    def choose(key: str, choices: tuple[str, ...]) -> None:
        if choices:
            properties[key] = {
                "description": properties[key]["description"],
                "enum": list(choices),
            }

    choose("level", layout.levels)
    choose("edition", tuple(each.id for each in layout.editions))
    properties["sections"] |= _closed(
        {spec.id: {"type": "boolean"} for spec in layout.sections if spec.optional}
    )
    properties["options"] |= _closed(
        {name: {"description": each.about} for name, each in layout.options.items()}
    )


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _labels(layout: Layout) -> Schema:
    titles = [*(spec.label for spec in layout.sections if spec.label), *layout.dropped]
    names = sorted({*PRINTED, *layout.labels, *titles})
    text: Schema = {"anyOf": [{"type": _SCALARS}, {"type": "object"}]}
    listed: Schema = {"type": "array", "items": text}
    properties = {
        name.removesuffix("[]"): listed if name.endswith("[]") else text for name in names
    }
    about = "labels.yml: the words that the layout prints."
    return {"$schema": DRAFT, "description": about, **_closed(properties)}


def _of_shape(shape: Shape) -> Schema:
    if shape.keys:
        made = _closed({key: _of_shape(inner) for key, inner in shape.keys.items()})
        return {**made, "required": list(shape.keys)}
    if shape.item:
        return {"type": "array", "items": _of_shape(shape.item), "minItems": 1}
    return {"type": _SCALARS}
