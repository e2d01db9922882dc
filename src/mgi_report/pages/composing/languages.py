"""What style sheets ask of a language: not which one it is, but what its language.yml says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from mgi_report.content.words import Language

_ASKED = re.compile(r":language\(\s*([a-z-]+)\s*\)")
_USUAL = Language()
_KEYS = {field.name.replace("_", "-"): field.name for field in fields(Language)}
_NONE = ":not(*)"


def in_languages(css: str, languages: Mapping[str, Language]) -> str:
    """Turn `:language(letters-join)` into the languages that say so: `:is(:lang(ar))`.

    Each key of language.yml may be asked for; words match whose language says there anything but
    what holds without it.
    """

    def tags(asked: re.Match[str]) -> str:
        if (key := _KEYS.get(asked[1])) is None:
            return asked[0]  # the typesetting tells it as a pseudo-class that does not exist
        usual = getattr(_USUAL, key)
        own = [tag for tag, each in sorted(languages.items()) if getattr(each, key) != usual]
        return f":is({', '.join(f':lang({tag})' for tag in own)})" if own else _NONE

    return _ASKED.sub(tags, css)
