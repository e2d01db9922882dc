"""Addresses that are longer than a line and have no place to break at."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

from pypdf import PdfReader
from tests.projects import MALI, mali, text_of

from mgi_report.steps import make

LONG = f"https://example.org/{'abcdefghij' * 13}"
WITH_HYPHENS = f"https://example.org/a/{'b2C4-' * 30}?x={'Q' * 120}"
TEXT = f"""

Here <{LONG}> and there <{WITH_HYPHENS}>.[^long]

- <{WITH_HYPHENS}>

| Where | What |
|---|---|
| <{LONG}> | A file. |

[^long]: See <{LONG}> and <{WITH_HYPHENS}>.
"""
SOURCE = "URL: https://www.unhcr.org/49e47c8f11.pdf\n"


def test_an_address_longer_than_a_line_is_broken_and_its_link_whole() -> None:
    sources = text_of(f"{MALI}/sources.yml")
    assert SOURCE in sources
    made = make(
        mali(
            {
                f"{MALI}/sources.yml": sources.replace(SOURCE, f"URL: {LONG}\n"),
                f"{MALI}/en/objective.md": text_of("content/shared/en/objective.md") + TEXT,
            }
        ),
        MALI,
        "en",
    )
    assert [str(each) for each in made.diagnostics] == []
    assert made.volume
    reader = PdfReader(BytesIO(made.volume.pdf))
    links: Counter[str] = Counter()
    for page in reader.pages:
        for reference in page.get("/Annots", []):
            link = reference.get_object()
            address = link.get("/A", {}).get("/URI", "")
            if address in (LONG, WITH_HYPHENS):
                links[address] += 1
                edges = [float(edge) for edge in link["/QuadPoints"][::2]]
                assert max(edges) <= float(page.mediabox.right) - 56, "the text's own width"
    # In text, table, note and source; in text, list and note. Over a page's end there are two.
    assert links[LONG] >= 4
    assert links[WITH_HYPHENS] >= 3
    # The letters are all there, with no hyphen added at the ends of lines.
    words = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert words.count("abcdefghij" * 13) >= 3
