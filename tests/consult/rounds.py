"""A profile with every kind of block, and a round of it, for the tests of consultation."""

import shutil
from functools import cache
from pathlib import Path

from mgi_report.consult.applying import apply
from mgi_report.consult.blocks import read_content
from mgi_report.consult.hindrances import can_be_written
from mgi_report.consult.importing import Imported, import_file
from mgi_report.consult.model import Content, Proposal, Round, Status
from mgi_report.consult.opening import open_round
from mgi_report.consult.proposals import changed_in, read_proposals, with_status
from mgi_report.consult.rounds import read_round
from mgi_report.consult.sending import export
from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.project import DiskProject

ROOT = Path(__file__).parents[2]
MALI = "content/mali-2021"
CHAPTER = f"{MALI}/en/3-partnerships.md"

EVERY_KIND = """\
## Examples of well-developed areas {#well-developed}

{.lead}
The first paragraph has *leaning words*, **heavy words** and [words that lead away](https://example.org/a).
It goes on in a second line; its year is {{ year }}.[^first]

A list of three things follows, each of which is short enough to be read in one breath:

- The apple stands for whatever grows upon trees;
- The pear, *green or yellow*, for what hangs beside it;
- The plum for all that falls down early.

Steps are counted one by one, and none of them may be left out:

1. Open the gate before the morning begins;
2. Walk through the orchard with both eyes open;
3. Close the gate behind the last visitor.

## Areas with potential for further development {#potential}

Tables say much in little room, and are read row after row.[^second]

| Fruit | Colour of its skin | Weeks until ripe |
|:------|:-------------------|-----------------:|
| Quince | A muddy gold | 21 |
| Medlar | Brown \\| russet | 30 |
| Cherry | Between *red* and black | 9 |

> What is quoted stands apart, and keeps the words of somebody else.

Between the quotation and the end stands one more paragraph, whose words nobody will miss.

Here ends the chapter, with a mention of [@action-plan-2020] and of nothing besides.

[^first]: The first note explains what a leaning word is, and why it leans.

[^second]: The second note counts the rows once more.
"""


@cache
def _opened_once(target: Path) -> Path:
    """Open a round of the profile in a folder, and write what is sent."""
    shutil.copytree(ROOT / "content", target / "content")
    (target / CHAPTER).write_text(EVERY_KIND, encoding="utf-8")
    project = DiskProject(target)
    opened = open_round(project, MALI, 1)
    assert opened.value is not None, [str(each) for each in opened.diagnostics]
    round_, content = sent(project)
    export(project, content, round_, target / "out")
    return target


def opened(folder: Path) -> Path:
    """Give a folder in which a round has been opened: `content`, and what is sent in `out`."""
    return _opened_once(folder)


def copied(source: Path, target: Path) -> DiskProject:
    """Copy a project in which a round has been opened."""
    shutil.copytree(source / "content", target / "content")
    return DiskProject(target)


def sent(project: DiskProject) -> tuple[Round, Content]:
    """Read the round and the content that was sent."""
    reading = read_round(project, MALI)
    assert reading.value is not None, [str(each) for each in reading.diagnostics]
    return reading.value


def take_in(project: DiskProject, file: Path, whose: str = "Ministry") -> Outcome[Imported | None]:
    """Import a file."""
    round_, content = sent(project)
    return import_file(project, MALI, round_, content, file, whose)


def proposals(project: DiskProject) -> tuple[Proposal, ...]:
    """Give the proposals of the round."""
    project.begin()
    return read_proposals(project, sent(project)[0]).value


def decided(project: DiskProject, status: Status = Status.ACCEPTED) -> tuple[Diagnostic, ...]:
    """Decide about all proposals alike, and apply them; give what did not fit.

    Those that are only words to the editors are answered.
    """
    round_, content = sent(project)
    some = proposals(project)
    decided_ = {
        each.id: with_status(each, status if can_be_written(each) else Status.ANSWERED)
        for each in some
    }
    all_ = changed_in(some, decided_)
    return apply(project, MALI, round_, content, all_, shared=True).diagnostics


def texts(project: DiskProject) -> list[str]:
    """Give the blocks' texts as the source has them now."""
    reading = read_content(project, MALI, "en")
    assert reading.value is not None
    return [" ".join(block.text.split()) for block in reading.value.blocks]


def source(project: DiskProject) -> dict[str, bytes]:
    """Give the files of content, without those of rounds."""
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in sorted((project.root / "content").rglob("*"))
        if path.is_file() and "consultation" not in path.parts
    }
