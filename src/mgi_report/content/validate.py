"""A YAML tree held against a pydantic model; every error gets its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import UnionType
from typing import Any, Generic, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from mgi_report.content.files import read_text
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest, nearest_name
from mgi_report.project import Project
from mgi_report.remembering import remembered

M = TypeVar("M", bound="YamlModel")


ANY_LANGUAGE = "und"
"""What stands for all languages where a value is not given for each (RFC 5646, 4.1)."""


def _hyphened(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class YamlModel(BaseModel):
    """A mapping in a YAML file. Keys have hyphens where the fields have underscores."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=_hyphened,
        defer_build=True,  # most stand in another, which is built whole
    )


class FormError(PydanticCustomError):
    """A value whose form is wrong, told in words for editors; raised by the models' validators."""

    def __new__(cls, message: str, hint: str = "") -> Self:
        """Take the message, and what to write instead."""
        return super().__new__(cls, "form", "{message}", {"message": message, "hint": hint})


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """A file held against its model, with the places of all that is in it."""

    value: M
    root: YamlMap
    is_whole: bool = True
    """False where stand-ins had to be put in the place of what was wrong."""


def read_model(
    project: Project, path: str, model: type[M], stand_ins: Mapping[str, object] | None = None
) -> Outcome[Checked[M] | None]:
    """Read a YAML file; None without a diagnostic says that there is no such file.

    With `stand_ins`, values for the required keys, a file in which something is wrong is read as
    far as it can be, so that what depends on it can be checked in the same run.
    """
    text = read_text(project, path)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    parsed = parse_yaml(text.value, path)
    root, diagnostics = parsed.value, (*text.diagnostics, *parsed.diagnostics)
    if root is None:
        if stand_ins is None:
            return Outcome(None, diagnostics)
        value = model.model_validate(stand_ins)
        return Outcome(Checked(value, YamlMap((), Span(path)), is_whole=False), diagnostics)
    checked = validate(root, model, stand_ins)
    diagnostics += checked.diagnostics
    if checked.value is None:
        return Outcome(None, diagnostics)
    return Outcome(Checked(checked.value, root, not checked.diagnostics), diagnostics)


def validate(
    root: YamlMap, model: type[M], stand_ins: Mapping[str, object] | None = None
) -> Outcome[M | None]:
    """Check a mapping and report all that is wrong.

    Unknown keys are passed over after their report; with anything else wrong, the value is None,
    unless there are stand-ins for it.
    """
    judged = judge(root, model)
    if not isinstance(judged, ValidationError):
        return Outcome(judged)
    details = judged.errors(include_url=False)
    misspelt = set(_misspelt(details, model))
    found = {
        _diagnostic(detail, root, model): None  # a text that is cut in two is told once
        for detail in details
        if detail["type"] != "missing" or _real(detail["loc"]) not in misspelt
    }
    diagnostics = tuple(sorted(found, key=lambda each: each.span or root.span))
    if stand_ins is None and any(detail["type"] != "extra_forbidden" for detail in details):
        return Outcome(None, diagnostics)
    return Outcome(_mended(plain(root), model, details, stand_ins), diagnostics)


@remembered(512)  # what did not change in a file is not judged again
def judge(node: YamlNode, model: type[M]) -> M | ValidationError:
    """Hold a node against its model; give what it says, or all that is wrong with it."""
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        return error


def _misspelt(
    details: list[ErrorDetails], model: type[BaseModel]
) -> Iterator[tuple[str | int, ...]]:
    """Give the keys that unknown ones seem to mean: a missing one is the same mistake."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = _real(detail["loc"])
            if near := nearest_name(str(path[-1]), _keys(model, path[:-1])):
                yield (*path[:-1], near)


def _mended(
    values: Any,
    model: type[M],
    details: list[ErrorDetails],
    stand_ins: Mapping[str, object] | None,
) -> M | None:
    """Take what is wrong out of a file's values, or put a stand-in there."""
    for _ in range(3):  # what was spelt wrongly may be wrong in itself, too
        for detail in reversed(details):  # what is taken out of a list moves what is behind it
            _mend(values, model, detail, stand_ins)
        try:
            return model.model_validate({**(stand_ins or {}), **values})
        except ValidationError as error:
            details = error.errors(include_url=False)
    return None


def _mend(
    values: Any,
    model: type[BaseModel],
    detail: ErrorDetails,
    stand_ins: Mapping[str, object] | None,
) -> None:
    path = _real(detail["loc"])
    holder = values
    for step in path[:-1]:
        holder = holder[step] if _has(holder, step) else None
    last = path[-1]
    if not _has(holder, last):
        values.pop(path[0], None)
    elif detail["type"] == "extra_forbidden":
        near = nearest_name(str(last), _keys(model, path[:-1])) if stand_ins else None
        value = holder.pop(last)
        if near and near not in holder:
            # Read as if it were spelt as it should be.
            holder[near] = value
    elif detail["type"] == "literal_error" and (choice := _nearest_choice(detail)):
        holder[last] = choice
    elif path[1:] and (isinstance(last, int) or str(path[0]) not in (stand_ins or {})):
        del holder[last]
    else:
        values.pop(path[0], None)


def _has(holder: Any, step: object) -> bool:
    if isinstance(holder, list):
        return isinstance(step, int) and step < len(holder)
    return isinstance(holder, dict) and step in holder


def plain(node: YamlNode) -> object:
    """Turn a node into Python values: texts as typed, None where there is no value.

    A text of white space alone is an empty one.
    """
    match node:
        case YamlText():
            return None if node.is_nothing else "" if node.is_blank else node.text
        case YamlList():
            return [plain(item) for item in node.items]
        case YamlMap():
            return {entry.key: plain(entry.value) for entry in node.entries}


def span_of(root: YamlNode, path: tuple[str | int, ...]) -> Span:
    """Give the place of a value, or of the nearest thing around it that is there."""
    for end in range(len(path), -1, -1):
        node = node_at(root, path[:end])
        if node is None:
            continue
        if isinstance(node, YamlText) and node.is_nothing and end:
            # Nothing stands behind the key, so the key is what the editor should look at.
            return key_span(root, path[:end])
        return node.span
    return root.span


def key_span(root: YamlNode, path: tuple[str | int, ...]) -> Span:
    """Give the place of a value's key; in a list, of the item."""
    parent = node_at(root, path[:-1])
    last = path[-1]
    entry = parent.entry(last) if isinstance(parent, YamlMap) and isinstance(last, str) else None
    if entry:
        return entry.span
    node = node_at(root, path)
    return node.span if node else root.span


def without_variables(node: YamlNode) -> Iterator[Diagnostic]:
    """Refuse variables in texts in which they are not replaced."""
    for text in _texts_in(node):
        if (at := text.text.find("{{")) >= 0:
            message = "A variable is not replaced here."
            hint = "Write what should be printed."
            yield Diagnostic(Rule.VARIABLE_IS_KNOWN, message, text.places.at(at), hint)


def without_markup(node: YamlNode) -> Iterator[Diagnostic]:
    """Refuse HTML, and words with attributes, in texts that are printed as they stand."""
    for text in _texts_in(node):
        if match := _ATTRIBUTES.search(text.text):
            message = f'"{match[0][:40]}" is not understood here; it would be printed.'
            hint = "Write the words alone; names in other letters are set in their own direction."
            yield Diagnostic(Rule.MARKDOWN_PARSES, message, text.places.at(match.start()), hint)
        if match := _HTML.search(text.text):
            message = f'HTML such as "{match[0][:40]}" is not allowed.'
            hint = "Write the words alone, and type the character itself."
            yield Diagnostic(Rule.NO_RAW_HTML, message, text.places.at(match.start()), hint)


_ATTRIBUTES = re.compile(r"\[[^\[\]]*\]\{(?:lang=|\.)[^{}]*\}")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|&(?:#\w+|[A-Za-z]\w+);")


def _texts_in(node: YamlNode) -> Iterator[YamlText]:
    match node:
        case YamlText():
            yield node
        case YamlList():
            for item in node.items:
                yield from _texts_in(item)
        case YamlMap():
            for entry in node.entries:
                yield from _texts_in(entry.value)


def _diagnostic(detail: ErrorDetails, root: YamlMap, model: type[BaseModel]) -> Diagnostic:
    path = _real(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    name = _name(path, root)
    node = node_at(root, path)
    if kind == "missing":
        place = span_of(root, path[:-1])
        where = f" in {_name(path[:-1], root)}" if path[:-1] else ""
        return Diagnostic(Rule.FIELD_IS_PRESENT, f"There is no {name}{where}.", place)
    if kind == "extra_forbidden":
        known = _keys(model, path[:-1])
        hint = nearest(str(path[-1]), known) or f"Known here: {', '.join(known)}."
        where = f" in {_name(path[:-1], root)}" if path[:-1] else ""
        message = f"There is no key {name}{where}."
        return Diagnostic(
            Rule.KEY_IS_KNOWN, message, key_span(root, path), _cut(root, path) or hint
        )
    if isinstance(node, YamlText) and node.is_blank:
        message = f"There is nothing behind {name}."
        hint = _cut(root, path) or "Give it a value, or take the key away."
        return Diagnostic(Rule.FIELD_IS_PRESENT, message, span_of(root, path), hint)
    message, advice = _value_message(kind, context, name, node, detail["msg"])
    return Diagnostic(Rule.VALUE_IS_VALID, message, span_of(root, path), advice or None)


def _value_message(
    kind: str, context: Mapping[str, Any], name: str, node: YamlNode | None, fallback: str
) -> tuple[str, str | None]:
    written = f'"{node.text}"' if isinstance(node, YamlText) else _kind_of(node)
    if kind == "form":
        return context["message"], context["hint"]
    if kind in _ASKED_FOR:
        asked, hint = _ASKED_FOR[kind]
        return f"{name} should be {asked}, not {written}.", hint
    if kind == "literal_error":
        choices = _choices(context)
        near = nearest(node.text, choices) if isinstance(node, YamlText) else None
        listed = f"{', '.join(choices[:-1])} or {choices[-1]}" if choices[1:] else choices[0]
        return f"{name} should be {listed}, not {written}.", near
    if kind in {"too_short", "string_too_short"}:
        return f"{name} should not be empty.", None
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound, limit = ("at least", "ge") if "ge" in context else ("at most", "le")
        return f"{name} should be {bound} {context[limit]}, not {written}.", None
    return f"{name} cannot be {written}: {fallback[:1].lower()}{fallback[1:]}.", None


def _choices(context: Mapping[str, Any]) -> list[str]:
    return str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")


def _nearest_choice(detail: ErrorDetails) -> str | None:
    return nearest_name(str(detail["input"]), _choices(detail.get("ctx", {})))


_ASKED_FOR = {
    "string_type": ("a text", None),
    "list_type": ("a list", "Write each item on a line of its own after a dash, or in brackets."),
    "dict_type": ("keys with values", 'Write for example "en: Mali" on the next line, indented.'),
    "model_type": ("keys with values", "Write its keys on the next lines, indented."),
    "model_attributes_type": ("keys with values", "Write its keys on the next lines, indented."),
}


def _kind_of(node: YamlNode | None) -> str:
    match node:
        case YamlList():
            return "a list"
        case YamlMap():
            return "keys with values"
        case _:
            return "nothing"


def _cut(root: YamlMap, path: tuple[str | int, ...]) -> str | None:
    """Say what to do where a comma in braces has cut a text in two, {en: Bolivia, State of}."""
    parent, node = node_at(root, path[:-1]), node_at(root, path)
    if not isinstance(parent, YamlMap) or not (isinstance(node, YamlText) and node.is_nothing):
        return None
    for before, entry in pairwise(parent.entries):
        is_beside = entry.key == path[-1] and before.span.line == entry.span.line
        if is_beside and isinstance(before.value, YamlText):
            whole = f"{before.value.text}, {entry.key}"
            return f'A text with a comma stands in quotation marks: "{whole}". A key has a value.'
    return None


def _name(path: tuple[str | int, ...], root: YamlMap) -> str:
    """Name a value: `"year"`, `item 2 of "languages"`, `item 2 of "references" ("law")`."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        id_ = node_at(root, (*path, "id"))
        own = f' ("{id_.text}")' if isinstance(id_, YamlText) and id_.text else ""
        return f"item {last + 1} of {_name(path[:-1], root)}{own}"
    return f'"{last}"'


def _real(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Drop what a location holds beside keys and indices: "[key]", and ANY_LANGUAGE."""
    return tuple(step for step in loc if step not in ("[key]", ANY_LANGUAGE))


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Give the keys that a model knows at a path."""
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {info.alias or name: info for name, info in kind.model_fields.items()}
            kind = _inside(fields[str(step)].annotation) if str(step) in fields else None
        else:
            kind = _inside(get_args(kind)[-1]) if get_args(kind) else None
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [info.alias or name for name, info in kind.model_fields.items()]
    return []


def _inside(annotation: Any) -> Any:
    """Take `None` and metadata off an annotation."""
    if get_origin(annotation) in (Union, UnionType):
        kept = [each for each in get_args(annotation) if each is not type(None)]
        return _inside(kept[0])
    if hasattr(annotation, "__metadata__"):
        return _inside(annotation.__origin__)
    return annotation
