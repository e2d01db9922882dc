"""What the preview answers to who decides about proposals, and what it refuses."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.consult.many import HOSTILE, take_many
from tests.consult.rounds import MALI, copied, opened, proposals, sent

from mgi_report.consult.deciding import Decision, decide
from mgi_report.consult.model import Status
from mgi_report.consult.proposals import changed_in, keep, with_status
from mgi_report.preview.consultation import Consultation
from mgi_report.preview.editors import Editor
from mgi_report.preview.guard import Guard
from mgi_report.preview.lines import line_now
from mgi_report.preview.routes import Routes
from mgi_report.preview.studio import Studio
from mgi_report.project import DiskProject

HOST = "127.0.0.1:8765"
OWN = {"origin": f"http://{HOST}"}

Ask = Callable[[httpx.AsyncClient], Coroutine[Any, Any, None]]


@pytest.fixture(scope="session")
def round_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opened(tmp_path_factory.getbasetemp() / "round")


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    project = copied(round_folder, tmp_path / "project")
    take_many(project, 24)
    return project


@asynccontextmanager
async def asking(project: DiskProject) -> AsyncIterator[httpx.AsyncClient]:
    folder = project.root / MALI
    studio, consultation = Studio(folder), Consultation(folder)
    app = Guard(Routes(studio, Editor({}), consultation).app(), 8765)
    running = asyncio.create_task(consultation.run())
    transport = httpx.ASGITransport(app=app)
    try:
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            yield client
    finally:
        studio.end()
        consultation.end()
        await running
        await studio.close()
        await consultation.close()


def run(project: DiskProject, ask: Ask) -> None:
    async def all_of_it() -> None:
        async with asking(project) as client:
            await ask(client)

    asyncio.run(all_of_it())


def wanted(proposal: dict[str, Any], **decision: str) -> dict[str, Any]:
    """Decide about a proposal as it was shown."""
    seen = [proposal[key] for key in ("status", "text", "answer")]
    return {"id": proposal["id"], "seen": seen, **decision}


async def settle(client: httpx.AsyncClient, *decisions: object, number: int = 1) -> httpx.Response:
    question = {"round": number, "decisions": list(decisions)}
    return await client.post("/decide", json=question, headers=OWN)


def test_a_round_is_shown_with_blocks_and_conflicts(project: DiskProject) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        said = (await client.get("/round")).json()
        assert (said["round"], said["rounds"], said["lang"]) == (1, [1], "en")
        assert len(said["proposals"]) == 24
        blocks = {each["name"]: each for each in said["blocks"]}
        for each in said["proposals"]:
            if each["block"]:
                text = blocks[each["block"]]["text"]
                start = each["at"]
                assert text[start : start + len(each["original"])] == each["original"]
        assert all(
            set(pair) <= {each["id"] for each in said["proposals"]} for pair in said["conflicts"]
        )
        assert HOSTILE in [each["comment"] for each in said["proposals"]]

    run(project, ask)


def test_a_decision_is_in_the_round_at_once(project: DiskProject) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        first, second, *_ = (await client.get("/round")).json()["proposals"]
        answer = await settle(
            client,
            wanted(first, status="accepted"),
            wanted(second, status="rejected", answer="The law has not been passed."),
        )
        assert answer.status_code == 200
        assert [each["status"] for each in answer.json()["proposals"]] == ["accepted", "rejected"]
        [one, other] = proposals(project)[:2]
        assert (one.status, other.status) == ("accepted", "rejected")
        assert other.answer == "The law has not been passed."
        # And back, as it is undone.
        answer = await settle(
            client, wanted(answer.json()["proposals"][1], status="open", answer="")
        )
        assert proposals(project)[1].status == "open"
        assert answer.json()["stamp"] == (await client.get("/round")).json()["stamp"]

    run(project, ask)


def test_other_words_are_accepted(project: DiskProject) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        all_ = (await client.get("/round")).json()["proposals"]
        change = next(each for each in all_ if each["kind"] == "replacement")
        await settle(client, wanted(change, status="partly accepted", text="“so” & <b>"))
        found = next(each for each in proposals(project) if each.id == change["id"])
        assert (found.status, found.text) == ("partly accepted", "“so” & <b>")

    run(project, ask)


def test_what_somebody_else_has_decided_is_not_overwritten(project: DiskProject) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        first, second, *_ = (await client.get("/round")).json()["proposals"]
        await settle(client, wanted(first, status="accepted"))
        answer = await settle(
            client, wanted(second, status="rejected"), wanted(first, status="rejected")
        )
        assert answer.status_code == 409
        assert answer.json()["message"].startswith("Nothing was decided: somebody has decided")
        assert [each.status for each in proposals(project)[:2]] == ["accepted", "open"]

    run(project, ask)


def test_what_is_written_into_the_source_stays(project: DiskProject) -> None:
    some = proposals(project)
    applied = with_status(some[0], Status.APPLIED)
    keep(project, MALI, sent(project)[0], changed_in(some, {applied.id: applied}), [])

    async def ask(client: httpx.AsyncClient) -> None:
        [first, *_] = (await client.get("/round")).json()["proposals"]
        answer = await settle(client, wanted(first, status="rejected"))
        assert answer.status_code == 422
        assert "has been written into the source already" in answer.json()["message"]

    run(project, ask)


def test_a_round_that_cannot_be_written_says_so(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    async def ask(client: httpx.AsyncClient) -> None:
        [first, *_] = (await client.get("/round")).json()["proposals"]
        monkeypatch.setattr("mgi_report.writing.write_whole", full)
        answer = await settle(client, wanted(first, status="accepted"))
        assert answer.status_code == 503
        assert answer.json()["message"] == (
            "Nothing was written: no space left on device. The round is as it was."
        )
        assert proposals(project)[0].status == "open"

    run(project, ask)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("proposals.jsonl", b"{]\n", "This line is no proposal."),
        ("round.yml", b"round: none\n", "The file of the round is not as it was written."),
        (
            "sent/profile/en/3-partnerships.md",
            b"# Other\n",
            "This file was kept as it was sent, and has changed",
        ),
    ],
)
def test_a_broken_round_is_told_in_words(
    project: DiskProject, name: str, content: bytes, said: str
) -> None:
    (project.root / MALI / "consultation/round-1" / name).write_bytes(content)

    async def ask(client: httpx.AsyncClient) -> None:
        answer = (await client.get("/round")).json()
        assert answer["messages"][0]["message"].startswith(said)
        assert "proposals" not in answer

    run(project, ask)


def test_a_profile_without_a_round_says_how_to_open_one(
    project: DiskProject,
) -> None:
    shutil.rmtree(project.root / MALI / "consultation")

    async def ask(client: httpx.AsyncClient) -> None:
        [said] = (await client.get("/round")).json()["messages"]
        assert said["message"] == "The profile has not had round 1 of consultation."

    run(project, ask)


@pytest.mark.parametrize(
    "question",
    [
        {},
        [],
        {"round": 1},
        {"round": "1", "decisions": [{"id": "x", "status": "accepted", "seen": ["", "", ""]}]},
        {"round": 1, "decisions": []},
        {"round": 1, "decisions": ["x"]},
        {"round": 1, "decisions": [{"id": "x", "seen": ["", "", ""]}]},
        {"round": 1, "decisions": [{"id": "x", "status": "accepted"}]},
        {"round": 1, "decisions": [{"id": "x", "status": "applied", "seen": ["", "", ""]}]},
        {"round": 1, "decisions": [{"id": "", "status": "open", "seen": ["", "", ""]}]},
        {"round": 1, "decisions": [{"id": "x", "status": "open", "seen": ["", "", 0]}]},
        {"round": 1, "decisions": [{"id": "x", "answer": "\ud800", "seen": ["", "", ""]}]},
    ],
)
def test_what_is_no_decision_is_refused(project: DiskProject, question: object) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        headers = OWN | {"content-type": "application/json"}
        answer = await client.post("/decide", content=json.dumps(question), headers=headers)
        assert answer.status_code == 400

    run(project, ask)


def test_only_the_page_itself_decides(project: DiskProject) -> None:
    async def ask(client: httpx.AsyncClient) -> None:
        [first, *_] = (await client.get("/round")).json()["proposals"]
        body = json.dumps({"round": 1, "decisions": [wanted(first, status="accepted")]})
        json_type = {"content-type": "application/json"}
        for headers, status in [
            (json_type, 403),
            (json_type | {"origin": "http://evil.example"}, 403),
            (json_type | OWN | {"host": "evil.example"}, 403),
            (OWN | {"content-type": "text/plain"}, 400),
            (json_type | OWN | {"sec-fetch-site": "cross-site"}, 403),
        ]:
            answer = await client.post("/decide", content=body, headers=headers)
            assert answer.status_code == status
        assert (await client.get("/decide")).status_code == 404
        for path in ("/round", "/proposals", "/round/events"):
            refused = await client.get(path, headers={"host": "evil.example"})
            assert refused.status_code == 403
        page = await client.get("/proposals")
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "require-trusted-types-for" in page.headers["content-security-policy"]
        assert proposals(project)[0].status == "open"

    run(project, ask)


async def told(consultation: Consultation, before: str) -> None:
    """Wait until it tells of other proposals."""
    while True:
        pulse = consultation.pulse
        if await consultation.stamp(1) != before:
            return
        await pulse.wait()


def test_what_others_write_is_news(project: DiskProject) -> None:
    async def all_of_it() -> None:
        consultation = Consultation(project.root / MALI)
        running = asyncio.create_task(consultation.run())
        before = await consultation.stamp(1)
        [first, *_] = some = proposals(project)
        round_, _ = sent(project)
        # It watches when it has told that it does.
        await asyncio.wait_for(consultation.pulse.wait(), 60)
        await asyncio.to_thread(
            decide, project, MALI, round_, some, [Decision(first.id, Status.ACCEPTED)]
        )
        await asyncio.wait_for(told(consultation, before), 60)
        consultation.end()
        await running
        await consultation.close()

    asyncio.run(all_of_it())


@pytest.mark.parametrize(("line", "now"), [(1, 1), (2, 4), (3, 5), (4, 6), (5, 6), (6, 7)])
def test_a_line_is_found_after_others_changed(line: int, now: int) -> None:
    before, after = "a\nb\nc\nd\ne\nf\n", "a\nnew\nnew\nb\nc\nother\nf\n"
    assert line_now(lambda _: (before, after), "file.md", line) == now
