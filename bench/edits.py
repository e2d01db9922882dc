"""One paragraph edited in each of the profile's texts: what an edit is, for all contenders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.chosen import LANG, PROFILE

PHRASES = {
    "migrants-rights": "although it makes no explicit",
    "whole-of-government": "The Policy was drawn up",
    "partnerships": "takes part in several forums",
    "well-being": "been developed since the last",
    "mobility-crises": "in emergency situations was established",
    "safe-migration": "Several initiatives to help them",
    "covid-19": "key national policy responses",
    "updates": "have had priority in the",
}
"""By section: words of one paragraph, the same in Markdown and in Typst."""

ADDED = " newly added words"


def in_markdown(root: Path) -> Iterator[tuple[str, Path]]:
    """Edit one text of the profile after the other; give its section and file, once written."""
    files = {path.stem.lstrip("0123456789-"): path for path in (root / PROFILE / LANG).glob("*.md")}
    for section in PHRASES:
        yield section, edit(files[section], section)


def in_typst(folder: Path) -> Iterator[tuple[str, Path]]:
    """Do the same to the texts for Typst."""
    for section in PHRASES:
        yield section, edit(folder / f"{section}.typ", section)


def edit(path: Path, section: str) -> Path:
    """Add words to the paragraph of a section, in its file."""
    text, phrase = path.read_text(encoding="utf-8"), PHRASES[section]
    assert text.count(phrase) == 1, f"{path} should say “{phrase}” once"
    path.write_text(text.replace(phrase, f"{phrase}{ADDED}"), encoding="utf-8")
    return path


if __name__ == "__main__":
    next(in_markdown(Path(sys.argv[1])))
