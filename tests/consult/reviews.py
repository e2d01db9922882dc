"""Reviews that are made up, and done by LibreOffice: edits, and what should come of each."""

import json
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from mgi_report.consult.model import Block, Content

REVIEWER = Path(__file__).with_name("reviewer.py")
BINDINGS = Path("/usr/lib/python3/dist-packages/uno.py")
"""Of LibreOffice, for the system's own Python."""

_WORDS = ("amber", "basil", "cedar", "dune", "ember", "fern", "grove", "heath", "iris", "juniper")
_TEXT = ("replace", "insert", "delete", "retype")
_WHOLE = ("split", "add", "drop", "move", "join", "note")


@dataclass(frozen=True)
class Review:
    """A file that a reviewer sends back."""

    name: str
    edits: tuple[dict[str, str], ...]
    block: str
    """Name of the block that it is about."""
    expected: tuple[str, ...]
    """The texts of all blocks once everything is accepted."""
    tracked: bool = True
    unmarked: bool = False
    """All bookmarks were lost."""
    loose: bool = False
    """The order of the blocks is not looked at: one was moved, is new, or is sorted anew."""


@dataclass(frozen=True)
class Returned:
    """What LibreOffice made of reviews, by their names."""

    back: Mapping[str, Path]
    again: Mapping[str, Path]
    """Of some: what came back, opened and saved once more."""


def can_review() -> bool:
    """Say whether LibreOffice and its bindings are here."""
    return bool(shutil.which("soffice")) and BINDINGS.exists()


def made_up(content: Content, count: int, seed: int = 5) -> list[Review]:
    """Make up reviews, of each kind of edit in each kind of block in turn."""
    chance = random.Random(seed)  # noqa: S311  the same each time
    wanted = cycle(EVERY)
    reviews: list[Review] = []
    for number in range(count):
        do, kind = next(wanted)
        review = None
        while review is None:
            block = chance.choice([each for each in content.blocks if each.kind == kind])
            review = _review(f"{number:03}-{do}-{kind}", do, block, content, chance)
        reviews.append(review)
    return reviews


def _is_possible(do: str, kind: str) -> bool:
    if do in ("add", "split", "note"):
        return kind in ("paragraph", "item")
    if do in ("drop", "move", "join"):
        return kind == "paragraph"
    return not (do == "retype" and kind in ("row", "source", "heading", "note"))


EVERY = [
    (do, kind)
    for do in (*_TEXT, *_WHOLE)
    for kind in ("paragraph", "item", "row", "note", "heading", "source")
    if _is_possible(do, kind)
]
"""Each kind of edit in each kind of block that it can be done in."""


def _review(  # noqa: PLR0915  one case a kind of edit
    name: str, do: str, block: Block, content: Content, chance: random.Random
) -> Review | None:
    words = _place(block, content, chance)
    if words is None or not block.file.endswith((".md", ".yml")):
        return None
    if do in (*_WHOLE, "retype") and (not block.file.endswith(".md") or block.name in _NEEDED):
        return None
    blocks = [each for each in content.blocks if each.kind != "note"]
    index = blocks.index(block) if block in blocks else 0
    after = blocks[index + 1] if index + 1 < len(blocks) else block
    new = " ".join(chance.sample(_WORDS, 3))
    text = block.text
    edit: dict[str, str] = {"do": do, "find": words}
    becomes: list[str] | None = None
    loose = False
    match do:
        case "replace":
            edit["with"] = new
            becomes = [text.replace(words, new)]
        case "insert":
            edit["with"] = f" {new}"
            becomes = [text.replace(words, f"{words} {new}")]
        case "delete":
            becomes = [text.replace(f" {words}" if _ends_in(block, words) else words, "")]
        case "retype":
            edit["with"] = f"Wholly {new} instead of what stood here, which was {words}."
            if "[^" in text:
                return None
            becomes = [edit["with"]]
        case "split":
            at = text.index(words) + len(words)
            if not text[at:].strip() or not text[at:].strip(" .;"):
                return None
            becomes = [text[:at], text[at:]]
        case "add":
            edit["with"] = f"A paragraph about {new} is new here."
            becomes = [text, edit["with"]]
        case "drop":
            if "[^" in text or after.kind != "paragraph":
                return None
            becomes = []
        case "move":
            places = [
                each
                for each in blocks
                if each.kind == "paragraph"
                and each.file == block.file
                and each is not block
                and each is not blocks[index - 1]
                and not each.look
            ]
            if not places or "[^" in text or after.kind != "paragraph" or block.look:
                return None
            behind = _place(chance.choice(places), content, chance)
            if behind is None:
                return None
            edit["behind"] = behind
            becomes, loose = [text], True
        case "join":
            if after is block or (after.kind, after.file, after.look) != (
                "paragraph",
                block.file,
                block.look,
            ):
                return None
            if not _meet(block, after, content):
                return None
            edit["with"] = " "
        case "note":
            edit["with"] = f"A note on {new}."
            loose = True
    expected = [each.text for each in content.blocks]
    place = block.number - 1
    if do == "join":
        expected[place : after.number] = [f"{text} {after.text}"]
    elif do == "note":
        label = "-".join(edit["with"].casefold().split()[:2])
        expected[place] = text.replace(words, f"{words}[^{label}]")
        expected.append(edit["with"])
    else:
        assert becomes is not None
        expected[place : place + 1] = becomes
    loose = loose or block.kind == "source"  # sorted by author
    number = int(name[:3])
    return Review(
        name,
        (edit,),
        block.name,
        tuple(expected),
        tracked=number % 3 != 0,
        unmarked=number % 4 == 1,
        loose=loose,
    )


def _meet(block: Block, after: Block, content: Content) -> bool:
    """Say whether nothing stands between two paragraphs that profiles of other kinds print."""
    lines = content.files[block.file].text.splitlines()[block.line - 1 : after.line - 1]
    texts = "\n".join(line for line in lines if not line.startswith("{")).split("\n\n")
    return len([text for text in texts if text.strip()]) == 1


_NEEDED = frozenset({"domains"})


def _place(block: Block, content: Content, chance: random.Random) -> str | None:
    """Choose some words that stand in one place of the draft, and in one piece of the source."""
    pieces = [
        each
        for each in block.pieces
        if each.is_placed and not each.whole and not each.address and each.text.count(" ") > 2
    ]
    if not pieces:
        return None
    words = chance.choice(pieces).text.strip().split(" ")
    length = min(3, len(words))
    for _ in range(20):
        start = chance.randrange(len(words) - length + 1)
        chosen = " ".join(words[start : start + length])
        if len(chosen) > 7 and sum(each.text.count(chosen) for each in content.blocks) == 1:
            return chosen
    return None


def _ends_in(block: Block, words: str) -> bool:
    """Say whether a text of YAML ends in words, which then take the space before them along."""
    followed = zip(block.pieces, block.pieces[1:], strict=False)
    return any(
        one.is_placed and one.text.endswith(words) and not other.is_placed
        for one, other in followed
    )


def review_all(
    file: Path, reviews: Sequence[Review], folder: Path, saved_again: Sequence[Review]
) -> Returned:
    """Let LibreOffice do reviews of a file, in one start, and save some of them once more."""
    left = {each.name: each for each in reviews}
    again = {each.name: folder / f"{each.name}.again.docx" for each in saved_again}
    done: dict[str, Path] = {}
    for attempt in range(4):  # it may fall over
        jobs = [
            {
                "input": str(_copy(file, folder / f"{name}.in.docx")),
                "output": str(folder / f"{name}.docx"),
                "author": "Awa",
                "tracked": each.tracked,
                "unmarked": each.unmarked,
                "edits": each.edits,
                **({"again": str(again[name])} if name in again else {}),
            }
            for name, each in left.items()
        ]
        if not jobs:
            break
        pipe = f"mgi{abs(hash(str(folder)))}{attempt}"
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--invisible",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation=file://{folder}/office{attempt}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ran = subprocess.run(
            ["/usr/bin/python3", str(REVIEWER), pipe],
            input="\n".join(map(json.dumps, jobs)),
            capture_output=True,
            text=True,
            check=False,
            timeout=120 + 20 * len(jobs),
        )
        office.terminate()
        office.wait()
        for answer, name in zip(ran.stdout.splitlines(), list(left), strict=False):
            said = json.loads(answer)
            if "done" in said:
                done[name] = Path(said["done"])
                del left[name]
    assert not left, f"LibreOffice could not do {sorted(left)}"
    return Returned(done, again)


def _copy(file: Path, target: Path) -> Path:
    shutil.copy(file, target)
    return target
