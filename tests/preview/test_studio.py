"""What the studio makes, for whom and when, and what it does when something fails."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.types import Message
from tests.preview.running import speak_french
from tests.projects import MALI, ROOT, copy_in_english

from mgi_report.diagnostics import Outcome, Rule, Span
from mgi_report.pages.model import Section
from mgi_report.preview import desk, showing
from mgi_report.preview.consultation import Consultation
from mgi_report.preview.desk import View
from mgi_report.preview.editors import Editor
from mgi_report.preview.routes import Routes
from mgi_report.preview.showing import Showing
from mgi_report.preview.studio import Studio
from mgi_report.workshop import Crew, Workshop


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
            patch.setattr("mgi_report.preview.desk.show", fail)
            await studio._make_all()
        (said,) = studio.showing(studio.view("en")).diagnostics
        assert said.rule is Rule.TYPESETTING_IS_SILENT
        assert "ValueError: no such colour" in said.message
        studio._ask_for_all(saved=True)
        await studio._make_all()
        assert studio.showing(studio.view("en")).diagnostics == ()
        assert len(studio.showing(studio.view("en")).sheets) == 31
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
    messages = studio.state(studio.view("en"))["messages"]
    assert isinstance(messages, list)
    assert messages
    assert [str(each.span) for each in studio.showing(studio.view("en")).diagnostics] == [
        each["place"] for each in messages
    ]


def test_of_several_languages_those_looked_at_are_made(profile: Path) -> None:
    speak_french(profile.parents[1])
    english, french = View("en", "screen"), View("fr", "screen")

    async def look() -> list[list[str]]:
        studio = Studio(profile)
        found = []

        async def make() -> None:
            studio._ask_for_all(saved=True)
            before = {view: desk.showing for view, desk in studio._desks.items()}
            await studio._make_all()
            found.append(
                [view.lang for view, desk in studio._desks.items() if desk.showing != before[view]]
            )

        await studio._make_all()  # nobody looks yet: the first one
        assert bool(studio.showing(english).sheets) > bool(studio.showing(french).sheets)
        studio.look(french, on=True)
        await make()
        studio.look(french, on=False)  # hidden, it may be
        await make()
        studio.look(english, on=True)
        await make()
        await studio.close()
        return found

    assert asyncio.run(look()) == [["fr"], ["fr"], ["en"]]


def test_the_portal_follows_saves_in_the_earlier_profile(tmp_path: Path) -> None:
    later, earlier = "content/sample-country-2026", "content/sample-country-2024"
    for folder in (later, earlier):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    findings = tmp_path / earlier / "en/portal-findings.yml"
    sound = findings.read_text("utf-8")

    async def follow() -> None:
        studio = Studio(tmp_path / later)

        async def saved(text: str) -> Outcome[Mapping[str, bytes]]:
            findings.write_text(text, "utf-8")
            studio._ask_for_all(saved=True)
            await studio._make_all()
            return await studio.portal("en")

        said = await saved(sound)
        assert str(findings) in studio._watched
        assert b"Three visas" not in said.value["en/sample-country-2026/index.html"]
        said = await saved(sound.replace("    - ", "    - Three visas. ", 1))
        assert b"Three visas" in said.value["en/sample-country-2026/index.html"]
        said = await saved(sound.replace("partnerships:", "partners:"))
        assert said.value == {}
        assert {each.span.file for each in said.diagnostics if each.span} == {
            f"{earlier}/en/portal-findings.yml"
        }
        await studio.close()

    asyncio.run(follow())


def test_variants_are_shown_each_by_itself(profile: Path) -> None:
    second = partial(Workshop.of, standard="ua2+4f")

    async def look() -> None:
        studio = Studio(profile, variants={"first": Workshop.of, "second": second})
        await studio._make_all()
        assert studio.view(None, "third") == View("en", "first")
        asked = studio.view("en", "second")
        assert asked == View("en", "second")
        studio.look(asked, on=True)
        await studio._make_all()
        states = [studio.state(studio.view("en", name)) for name in ("first", "second")]
        assert [state["variants"] for state in states] == [["first", "second"]] * 2
        assert [state["variant"] for state in states] == ["first", "second"]
        first, other = (studio.showing(studio.view("en", name)) for name in ("first", "second"))
        assert len(first.sheets) == len(other.sheets) == 31
        assert (first.pdf[:8], other.pdf[:8]) == (b"%PDF-1.7", b"%PDF-2.0")
        written = profile.parents[1] / "build/mali-2021/en/mali-2021-en.pdf"
        assert written.read_bytes() == first.pdf
        await studio.close()

    asyncio.run(look())


def test_what_had_been_made_before_is_said_with_why_it_is_shown(profile: Path) -> None:
    updates = profile / "en" / "updates.md"
    text = updates.read_text("utf-8")

    async def save() -> None:
        studio = Studio(profile)
        await studio._make_all()
        said = []
        for words in (text.replace(" the ", " the very ", 1), text):
            updates.write_text(words, "utf-8")
            studio._ask_for_all(saved=True)
            await studio._make_all()
            shown = studio.showing(studio.view())
            said.append((shown.made, shown.kept))
        why = (("updates", "en/updates.md changed"),)
        assert said == [(why, ()), ((), why)]
        await studio.close()

    asyncio.run(save())


def test_workers_serve_saves_that_change_many_sections_until_there_are_none_for_long(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = Crew(2)
    given: list[str] = []
    give = crew.give

    def noted(section: Section) -> bool:
        is_taken = give(section)
        given.extend([section.id] * is_taken)
        return is_taken

    monkeypatch.setattr(crew, "give", noted)
    updates = profile / "en" / "updates.md"
    text = updates.read_text("utf-8")
    notes = profile / "layouts/mgi/css/notes.css"
    notes.parent.mkdir(parents=True)
    shipped = (ROOT / "layouts/mgi/css/notes.css").read_text("utf-8")

    async def save(studio: Studio, path: Path, text: str) -> tuple[int, int]:
        """Save a file; give how many sections were typeset, and how many of them by workers."""
        await asyncio.to_thread(path.write_text, text, "utf-8")
        given.clear()
        studio._ask_for_all(saved=True)
        await studio._make_all()
        studio._rest()
        return len(studio.showing(studio.view()).made), len(given)

    async def work() -> None:
        studio = Studio(profile, crew=crew)
        made, by_workers = await save(studio, updates, text)
        assert by_workers >= made  # and what is laid over pages
        # One section is typeset sooner where all that it takes is there.
        assert await save(studio, updates, text.replace(" the ", " a ", 1)) == (1, 0)
        made, by_workers = await save(studio, notes, f"{shipped}\nli {{ color: navy }}\n")
        assert by_workers >= made > 10
        crew.close()  # as after a while
        assert await save(studio, updates, text.replace(" the ", " no ", 1)) == (1, 0)
        assert not crew.is_there
        made, by_workers = await save(studio, notes, f"{shipped}\nli {{ color: purple }}\n")
        assert made > 10
        assert by_workers == 0
        made, by_workers = await save(studio, notes, f"{shipped}\nli {{ color: blue }}\n")
        assert by_workers >= made > 10
        await studio.close()

    try:
        asyncio.run(work())
    finally:
        crew.close()


def test_workers_go_while_nobody_needs_them(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mgi_report.preview.studio.LINGER", 0.5)
    crew = Crew(2)
    close = crew.close

    async def wait() -> None:
        loop, gone = asyncio.get_running_loop(), asyncio.Event()

        def note() -> None:
            close()
            loop.call_soon_threadsafe(gone.set)

        monkeypatch.setattr(crew, "close", note)
        studio = Studio(profile, crew=crew)
        running = asyncio.create_task(studio.run())
        while not studio.showing(studio.view()).sheets:
            await studio.pulse.wait()
        assert crew.is_there
        async with asyncio.timeout(30):
            await gone.wait()
        assert not any((crew.is_there, crew.is_busy))
        studio.end()
        await running
        await studio.close()

    try:
        asyncio.run(wait())
    finally:
        close()


def test_the_time_told_is_until_the_pages_can_be_seen(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def show(*given: Any) -> Showing:
        time.sleep(0.3)
        return showing.show(*given)

    async def make() -> None:
        studio = Studio(profile)
        await studio._make_all()
        monkeypatch.setattr(desk, "show", show)
        updates = profile / "en" / "updates.md"
        updates.write_text(updates.read_text("utf-8").replace(" the ", " the very ", 1), "utf-8")
        studio._ask_for_all(saved=True)
        start = time.perf_counter()
        await studio._make_all()
        taken = time.perf_counter() - start
        assert 0.3 < studio.showing(studio.view()).seconds < taken
        await studio.close()

    asyncio.run(make())


def test_a_picture_that_nobody_waits_for_is_not_drawn(profile: Path) -> None:
    async def ask() -> None:
        studio = Studio(profile)
        await studio._make_all()
        app = Routes(studio, Editor({}), Consultation(profile)).app()
        busy, sent = Event(), []
        studio._drawing.submit(busy.wait)
        digests = [sheet.digest for sheet in studio.showing(studio.view()).sheets[:2]]

        async def picture(digest: str, left: asyncio.Event) -> None:
            async def receive() -> Message:
                await left.wait()
                return {"type": "http.disconnect"}

            async def send(message: Message) -> None:
                sent.append((digest, message.get("status")))

            path = f"/page/{digest}/100.png"
            await app({"type": "http", "method": "GET", "path": path, "headers": []}, receive, send)

        gone, here = asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(picture(digests[0], gone))
        second = asyncio.create_task(picture(digests[1], here))
        await asyncio.sleep(0.1)
        gone.set()
        await first
        busy.set()
        await second
        assert (digests[1], 200) in sent
        assert studio._pictures.find(digests[0], 100) is None
        await studio.close()

    asyncio.run(ask())
