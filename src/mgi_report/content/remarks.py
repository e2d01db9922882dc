"""What writers say to each other in files: taken out of the texts that travel inside a PDF."""

from __future__ import annotations

import re

from mgi_report.content.yaml import scalars_of

_IN_MARKDOWN = re.compile(r"(?<!\\)<!--.*?-->[ \t]*(?=\r?$)", re.MULTILINE | re.DOTALL)
_IN_YAML = re.compile(r"[ \t]*#[^\r\n]*")
"""Outside a value, nothing else has this sign."""


def without_remarks(text: str, *, is_markdown: bool) -> str:
    """Give the text of a file that can be read without its comments, each line where it was."""
    if is_markdown:
        return _IN_MARKDOWN.sub(lambda found: "\n" * found[0].count("\n"), text)
    if "#" not in text:
        return text
    pieces, place = [], 0
    for start, end in scalars_of(text):
        pieces += [_IN_YAML.sub("", text[place:start]), text[start:end]]
        place = end
    return "".join([*pieces, _IN_YAML.sub("", text[place:])])
