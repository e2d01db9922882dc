"""Sources as blocks of a round, in the original and in a translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.consult.rounds import MALI, ROOT, copied, decided, sent, texts

from mgi_report.consult.blocks import read_content
from mgi_report.consult.model import Edit, Kind
from mgi_report.consult.proposals import as_proposals, keep
from mgi_report.consult.rewriting import rewrite, without_loose_spaces
from mgi_report.consult.source import changed
from mgi_report.project import DiskProject


@pytest.mark.parametrize(
    ("lang", "begins", "ends", "placed"),
    [
        (
            "en",
            "Economic Community of West African States (ECOWAS) Commission, 2008. ",
            "Available at https://www.unhcr.org/49e47c8f11.pdf.",
            "https://www.unhcr.org/49e47c8f11.pdf",
        ),
        (  # worded anew but for the address, which is that of the original
            "fr",
            "Commission de la Communauté économique des États de l’Afrique de l’Ouest (CEDEAO), ",
            "Disponible à l’adresse https://www.unhcr.org/49e47c8f11.pdf.",
            "Approche commune de la CEDEAO sur la migration",
        ),
    ],
)
def test_a_source_has_all_its_words(lang: str, begins: str, ends: str, placed: str) -> None:
    content = read_content(DiskProject(ROOT), MALI, lang).value
    assert content
    (block,) = [each for each in content.blocks if "49e47c8f11" in each.text]
    assert block.text.startswith(begins)
    assert block.text.endswith(ends)
    pieces = [piece for piece in block.pieces if placed in piece.text]
    assert pieces[0].is_placed


@pytest.mark.parametrize(
    ("words", "new", "expected"),
    [
        ("in Persons Report", "", "title: Trafficking"),
        ("in Persons Report", "in People ", "title: Trafficking in People"),
        ("Trafficking", "", "title: in Persons Report"),
        ("in Persons", "", "title: Trafficking  Report"),
    ],
)
def test_no_space_is_left_at_the_end_of_a_text_in_yaml(words: str, new: str, expected: str) -> None:
    """YAML would drop it, and the block would not be read as it was written."""
    content = read_content(DiskProject(ROOT), MALI, "en").value
    assert content
    (block,) = [each for each in content.blocks if "Trafficking in Persons Report" in each.text]
    start = block.text.index(words)
    start, end, new = without_loose_spaces(block, start, start + len(words), new)
    text = changed(content.files[block.file], rewrite(block, start, end, new))
    assert f"    {expected}\n" in text


def test_an_author_may_be_named_so_that_the_source_is_sorted_anew(
    round_folder: Path, tmp_path: Path
) -> None:
    """The United States come after the United Nations, who stood behind their Government."""
    project = copied(round_folder, tmp_path / "project")
    round_, content = sent(project)
    (block,) = [each for each in content.blocks if "Trafficking in Persons Report" in each.text]
    edit = Edit(Kind.DELETION, block.number, 0, "Government of the ", "")
    keep(project, MALI, round_, as_proposals([edit], content, "Ministry", "back.docx"), [])
    assert decided(project) == ()
    sources = [text.split(",")[0] for text in texts(project) if "Available at" in text]
    assert sources.index("United States of America") > sources.index("United Nations")
