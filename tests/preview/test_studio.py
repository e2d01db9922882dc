"""What the studio does when something fails that should not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.projects import MALI, ROOT, copy_in_english

from mgi_report.diagnostics import Rule, Span
from mgi_report.preview.studio import Studio


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    copy_in_english(tmp_path)
    return tmp_path / MALI


def test_a_fault_of_the_program_is_said_and_does_not_end_it(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def fail(*_: object) -> None:
        raise ValueError("no such colour")

    async def make_twice() -> None:
        studio = Studio(profile, tell=told.append)
        with monkeypatch.context() as patch:
            patch.setattr("mgi_report.preview.studio.show", fail)
            await studio._make_all()
        (said,) = studio.showing("en").diagnostics
        assert said.rule is Rule.TYPESETTING_IS_SILENT
        assert "ValueError: no such colour" in said.message
        studio._ask_for_all(saved=True)
        await studio._make_all()
        assert studio.showing("en").diagnostics == ()
        assert len(studio.showing("en").sheets) == 31
        await studio.close()

    asyncio.run(make_twice())
    assert len(told) == 1


def test_of_shipped_files_only_shared_ones_are_opened(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = Studio(profile)
    monkeypatch.setattr(studio, "_shipped", ROOT)
    assert studio.place(Span(f"{MALI}/profile.yml", 1, 1)) == profile / "profile.yml"
    assert studio.place(Span("content/shared/en/labels.yml", 1, 1)) is not None
    assert studio.place(Span("pyproject.toml", 1, 1)) is None
    assert studio.place(Span("../pyproject.toml", 1, 1)) is None
    (profile / "profile.yml").unlink()
    assert studio.place(Span(f"{MALI}/profile.yml", 1, 1)) is None


def test_what_is_said_while_pages_are_made_can_be_opened_too(profile: Path) -> None:
    facts = profile / "profile.yml"
    facts.write_text(facts.read_text("utf-8").replace("year: 2021", 'year: "2021'), "utf-8")
    studio = Studio(profile)
    studio._read_facts()
    messages = studio.state("en")["messages"]
    assert isinstance(messages, list)
    assert messages
    assert [str(each.span) for each in studio.showing("en").diagnostics] == [
        each["place"] for each in messages
    ]
