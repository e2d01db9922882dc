"""The draft as a dozen institutions send it back: tracked changes, plain ones and comments."""

from __future__ import annotations

import random
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EACH = 50
"""How many things an institution asks for."""
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def sent_back(sent: Path, target: Path, seed: int) -> list[int]:
    """Write what an institution makes of the sent .docx: 50 edits, each in its own paragraph.

    Gives the numbers of the blocks; what is new in them is "word-SEED-0" and on.
    """
    chance = random.Random(seed)  # noqa: S311  the same each time
    with zipfile.ZipFile(sent) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    paragraphs = [each for each in root.iter(f"{W}p") if _words(each) is not None]
    comments = etree.Element(f"{W}comments", nsmap=root.nsmap)
    chosen = chance.sample(paragraphs, EACH)
    for number, paragraph in enumerate(chosen):
        run = _words(paragraph)
        text = run.findtext(f"{W}t")
        start = text.index(" ", len(text) // 3) + 1
        end = text.find(" ", start) if " " in text[start:] else len(text)
        before, word, after = (
            _run(run, part) for part in (text[:start], text[start:end], text[end:])
        )
        new = _run(run, f"word-{seed}-{number}")
        match number % 5:
            case 0:
                middle = [
                    _mark("commentRangeStart", number),
                    word,
                    _mark("commentRangeEnd", number),
                ]
                comments.append(_comment(number, f"Is that so? word-{seed}-{number}"))
            case 1:
                middle = [new]
            case _:
                word[-1].tag = f"{W}delText"
                middle = [_tracked("del", number, word), _tracked("ins", number + EACH, new)]
        for each in (before, *middle, after):
            run.addprevious(each)
        run.getparent().remove(run)
    parts["word/document.xml"] = etree.tostring(root)
    parts["word/comments.xml"] = etree.tostring(comments)
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    etree.SubElement(relations, relations[0].tag, Id="r9", Type=_COMMENTS, Target="comments.xml")
    parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return [block for each in chosen for block in _blocks(each)]


def _blocks(paragraph: Any) -> list[int]:
    marks = [each.get(f"{W}name", "") for each in paragraph.iter(f"{W}bookmarkStart")]
    return [int(name[4:]) for name in marks if name.startswith("mgi_") and name[4:].isdigit()]


def _words(paragraph: Any) -> Any:
    """Give the run of a block in which there are words enough to change one; None without."""
    if not _blocks(paragraph):
        return None
    runs = [each for each in paragraph.findall(f"{W}r") if len(each.findall(f"{W}t")) == 1]
    return next((each for each in runs if each.findtext(f"{W}t").strip().count(" ") > 5), None)


def _run(like: Any, text: str) -> Any:
    made = deepcopy(like)
    made.find(f"{W}t").text = text
    return made


def _mark(name: str, number: int) -> Any:
    return etree.Element(f"{W}{name}", {f"{W}id": str(number)})


def _tracked(name: str, number: int, run: Any) -> Any:
    made = etree.Element(
        f"{W}{name}",
        {f"{W}id": str(number), f"{W}author": "Awa", f"{W}date": "2021-10-05T09:00:00Z"},
    )
    made.append(run)
    return made


def _comment(number: int, text: str) -> Any:
    made = etree.Element(f"{W}comment", {f"{W}id": str(number), f"{W}author": "Awa"})
    run = etree.SubElement(etree.SubElement(made, f"{W}p"), f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    return made
