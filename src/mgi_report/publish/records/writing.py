"""How records are written: JSON and XML that people can read too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from xml.etree.ElementTree import Element, indent, tostring


def as_json(record: object) -> bytes:
    """Write a record as JSON; what is empty is left out."""
    return (json.dumps(_filled(record), ensure_ascii=False, indent=2) + "\n").encode()


def as_xml(root: Element) -> bytes:
    """Write a record as XML."""
    indent(root, " ")
    written: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def _filled(value: object) -> object:
    if isinstance(value, Mapping):
        filled = {key: _filled(each) for key, each in value.items()}
        return {key: each for key, each in filled.items() if each not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [_filled(each) for each in value]
    return value
