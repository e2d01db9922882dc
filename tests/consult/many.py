"""A round that many institutions have answered: proposals of each kind, and conflicts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle

from tests.consult.rounds import MALI, sent

from mgi_report.consult.model import Block, Edit, Kind
from mgi_report.consult.proposals import as_proposals, in_reading_order, keep
from mgi_report.project import DiskProject

INSTITUTIONS = (
    *("Ministry of Health", "Ministry of Justice", "Ministry of Labour", "Border Police"),
    *("Ministry of Education", "Ministry of Foreign Affairs", "Ministry of the Interior"),
    *("National Statistics Office", "Union of Municipalities", "Red Cross Society"),
    *("Chamber of Commerce", "Haut Conseil des Maliens de l’Extérieur"),
)
KINDS = (
    *(Kind.REPLACEMENT, Kind.INSERTION, Kind.COMMENT, Kind.REPLACEMENT, Kind.DELETION),
    *(Kind.REPLACEMENT, Kind.COMMENT, Kind.INSERTION, Kind.MOVE, Kind.FORMAT),
)
WORDS = ("formally", "as of September 2021", "in part", "by decree", "for the time being")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> <b>bold</b> & {{ year }}"
"""What a reviewer may write, and no browser may run."""


def take_many(project: DiskProject, count: int = 600, seed: int = 7) -> None:
    """Put as many proposals into the round as a dozen institutions make."""
    round_, content = sent(project)
    chance = random.Random(seed)  # noqa: S311  the same each time
    blocks = [each for each in content.blocks if each.file.endswith(".md") and " " in each.text]
    made = []
    for turn, name in enumerate(INSTITUTIONS):
        some = count // len(INSTITUTIONS) + (turn < count % len(INSTITUTIONS))
        edits = list(_edits(blocks, some, chance))
        if turn == 0:
            edits[0] = Edit(Kind.COMMENT, blocks[0].number, 0, "", "", "Awa", comment=HOSTILE)
        made += as_proposals(edits, content, name, f"{name}.docx")
    assert len({each.id for each in made}) == count
    happened = [{"what": "import", "file": "many.docx", "new": count}]
    keep(project, MALI, round_, in_reading_order(made, content), happened)


def _edits(blocks: list[Block], count: int, chance: random.Random) -> Iterator[Edit]:
    kinds = cycle(KINDS)
    author, date = chance.choice(("Awa", "Ibrahim", "Fatou", "")), "2021-10-05T09:00:00Z"
    for number, kind in zip(range(count), kinds, strict=False):
        block = chance.choice(blocks[: len(blocks) // 2])
        words = block.text.split(" ")
        first = chance.randrange(len(words) - 1)
        at = len(" ".join(words[:first])) + (first > 0)
        old = " ".join(words[first : first + chance.randint(1, 4)])
        new = f"{chance.choice(WORDS)} {number}"
        comment = "Please look at the law of 2014 again." if chance.random() < 0.3 else ""
        if number == 11:
            yield Edit(Kind.INSERTION, 0, 0, "", new, author, date, "", "row 5", "4.9 ¶9")
        elif kind is Kind.INSERTION:
            yield Edit(kind, block.number, at, "", f"{new} ", author, date, comment)
        elif kind is Kind.DELETION:
            yield Edit(kind, block.number, at, old, "", author, date, comment)
        elif kind is Kind.COMMENT:
            yield Edit(kind, block.number, at, old, "", author, date, f"Is that so ({number})?")
        elif kind is Kind.FORMAT:
            yield Edit(kind, block.number, at, old, "", author, date, "bold")
        elif kind is Kind.MOVE:
            target = chance.choice(blocks).number
            text = block.text
            yield Edit(kind, block.number, 0, text, text, author, date, comment, target=target)
        else:
            yield Edit(kind, block.number, at, old, new, author, date, comment)
