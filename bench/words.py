"""Whether a PDF shows the words of the profile, in their order.

Words are told apart by letters alone: figures are page numbers and numbers of notes too.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tinyhtml5

from bench.work import read

if TYPE_CHECKING:
    from bench.work import Work

_DRAWN = frozenset(
    {"cover", "imprint", "title", "contents", "framework", "key-findings", "back-cover"}
)
"""Kinds of sections whose words hang at places; a PDF may paint them in any order."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a PDF's words differ from the profile's."""

    lacking: Counter[str]
    """Words that the PDF should show more often."""
    extra: frozenset[str]
    """Words that it shows too often, those of running heads left out."""
    breaks: tuple[str, ...]
    """Where running text or notes do not go on in order."""


def judge(work: Work, pdf: Path) -> Verdict:
    """Compare a PDF's words with the profile's."""
    text, notes, everything = _wanted(work)
    said = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    shown = _whole(words(said.stdout), set(everything))
    return Verdict(
        lacking=Counter(everything) - Counter(shown),
        extra=frozenset(Counter(shown) - Counter(everything)) - _furniture(work),
        breaks=tuple(
            f"{name}: … {' '.join(stream[max(0, at - 8) : at + 3])} …"
            for name, stream in (("running text", text), ("notes", notes))
            if (at := _in_order(stream, shown)) < len(stream)
        ),
    )


def _whole(shown: Sequence[str], known: set[str]) -> list[str]:
    """Join words that were broken over lines, and part words that stand too close."""
    out: list[str] = []
    for word in shown:
        joined = f"{out[-1]}{word}" if out else ""
        if joined in known and not {out[-1], word} <= known:
            out[-1] = joined
        elif word not in known and (parts := _parted(word, known)):
            out += parts
        else:
            out.append(word)
    return out


def _parted(word: str, known: set[str]) -> list[str]:
    cuts = ([word[:at], word[at:]] for at in range(2, len(word) - 1))
    return next((parts for parts in cuts if set(parts) <= known), [])


def words(text: str) -> list[str]:
    """Split text into words."""
    plain = re.sub("[\u00ad\u200b\u2060]", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"[^\W\d_]+", plain.casefold())


def _in_order(wanted: Sequence[str], shown: Sequence[str]) -> int:
    """Give how many of the wanted words follow each other, other words between them or not."""
    at = 0
    for word in shown:
        if at < len(wanted) and word == wanted[at]:
            at += 1
    return at


def _wanted(work: Work) -> tuple[list[str], list[str], list[str]]:
    """Give the words of running text, of notes, and all words."""
    text, notes, everything = [], [], []
    for spec, section in work.sections:
        root = tinyhtml5.parse(section.html, namespace_html_elements=False)
        for word, is_note, is_text in _pieces(root.find("body"), is_note=False, is_text=True):
            everything += words(word)
            if is_note:
                notes += words(word)
            elif is_text and spec.kind not in _DRAWN:
                text += words(word)
    return text, notes, everything


def _pieces(element: Any, *, is_note: bool, is_text: bool) -> Iterator[tuple[str, bool, bool]]:
    is_note = is_note or element.get("class") == "note"
    is_text = is_text and element.tag not in _HEADINGS and element.get("class") != "year"
    yield element.text or "", is_note, is_text
    for kid in element:
        if isinstance(kid.tag, str):
            yield from _pieces(kid, is_note=is_note, is_text=is_text)
        yield kid.tail or "", is_note, is_text


def _furniture(work: Work) -> set[str]:
    """Give the words that stand in margins."""
    labels, facts = work.profile.labels, work.profile.facts
    said = [facts.long_name, labels[f"editions.{facts.number}"], labels["series"]]
    said += [labels["covid-19-short"], labels["covid-19-banner"], labels["continued"]]
    headings = [
        each.text or ""
        for _, section in work.sections
        for each in _headings(tinyhtml5.parse(section.html, namespace_html_elements=False))
    ]
    # Numbers of lists that are letters: (i), (ii) …
    return set(words(" ".join([*said, *headings]))) | {"i", "ii", "iii", "iv", "v", "vi"}


def _headings(root: Any) -> Iterator[Any]:
    for each in root.iter():
        if each.tag in _HEADINGS:
            yield from each.iter()


def _main() -> None:
    work, pdf = read(Path(sys.argv[1])), Path(sys.argv[2])
    verdict = judge(work, pdf)
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True)
    pages = re.search(r"^Pages:\s+(\d+)", said.stdout, re.MULTILINE)
    report = {
        "pages": int(pages[1]) if pages else 0,
        "lacking": verdict.lacking.total(),
        "breaks": verdict.breaks,
        "extra": sorted(verdict.extra),
    }
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    _main()
