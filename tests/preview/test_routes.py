"""What the preview answers, and whom it does not."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Self

import pytest
from PIL import Image
from tests.preview.running import PATIENCE, Running, speak_french
from tests.projects import MALI, ROOT

from mgi_report.extras import how_to_install
from mgi_report.preview import server

pytestmark = pytest.mark.xdist_group("routes")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("preview")
    code = folder / "bin" / "code"
    code.parent.mkdir()
    code.write_text('#!/bin/sh\necho "$@" >> "$0.log"\n')
    code.chmod(0o755)
    with Running(folder, VISUAL=f"{code} --wait") as running:
        running.start()
        yield running
        assert running.stop() == 0
    assert running.errors == ""


def ask(
    running: Running,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, Mapping[str, str], bytes]:
    """Ask as no browser does: path and headers go as they are."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{running.port}"} | dict(headers or {})
        if body is not None:
            given["Content-Length"] = str(len(body))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, said, answer.read()
    finally:
        connection.close()


def state(running: Running, path: str = "/events") -> dict[str, object]:
    """Wait for the first state that shows something."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.getheader("content-type", "").startswith("text/event-stream")
        while True:
            line = answer.readline()
            assert line, "the stream ended"
            if line.startswith(b"data: {"):
                found: dict[str, object] = json.loads(line[6:])
                if found["ready"]:
                    return found
    finally:
        connection.close()


def pages(running: Running) -> list[dict[str, object]]:
    found = state(running)["pages"]
    assert isinstance(found, list)
    return found


# --- What it answers --------------------------------------------------------------------------


def test_a_picture_is_as_wide_as_it_is_asked_for(running: Running) -> None:
    page = pages(running)[0]
    for width in (100, 595, 1191):
        status, headers, body = ask(running, f"/page/{page['digest']}/{width}.png")
        assert status == 200
        assert headers["content-type"] == "image/png"
        assert "immutable" in headers["cache-control"]
        assert Image.open(BytesIO(body)).width == width


def test_the_state_tells_all_that_the_page_shows(running: Running) -> None:
    found = state(running, "/events?lang=en")
    assert found["languages"] == ["en"]
    assert found["current"] is True
    assert found["messages"] == []
    listed = pages(running)
    assert [page["folio"] for page in listed] == list(range(1, len(listed) + 1))
    sections = found["sections"]
    assert isinstance(sections, list)
    assert [each["id"] for each in sections][:4] == ["cover", "imprint", "title", "reading-guide"]
    blocks = [block for page in listed for block in page["blocks"]]  # type: ignore[attr-defined]
    named = {(block["id"], block["place"]) for block in blocks}
    assert len({name for name, _ in named}) == len(named) > 100
    assert any(block["place"].startswith(f"{MALI}/en/1-migrants-rights.md:") for block in blocks)
    assert all(0 <= share <= 1 for block in blocks for share in block["box"])


@pytest.mark.parametrize(
    ("folio", "file", "words"),
    [
        (1, f"{MALI}/profile.yml", "Republic of Mali"),
        (1, "content/shared/en/labels.yml", "Migration Governance Indicators"),
        (3, f"{MALI}/profile.yml", "Republic of Mali"),
        (5, "content/shared/en/labels.yml", "Summary of updates since"),
        (5, "content/shared/en/domains.yml", "Partnerships"),
        (9, "content/shared/en/framework.yml", "What is essential for planned"),
        (9, "content/shared/en/framework.yml", "**Adherence** to"),
        (9, "content/shared/en/framework.yml", "A prescription"),
        (10, "content/shared/en/key-findings.yml", "around"),
        (11, "content/shared/en/key-findings.yml", "The MGI consists of"),
        (11, "content/shared/en/domains.yml", "Partnerships"),
        (14, "content/shared/en/domains.yml", "Adherence to"),
        (31, "content/shared/en/labels.yml", "www.migrationdataportal.org"),
    ],
)
def test_words_of_yaml_lead_to_their_line(
    running: Running, folio: int, file: str, words: str
) -> None:
    own = running.folder / file
    lines = (own if own.exists() else ROOT / file).read_text("utf-8").splitlines()
    meant = {f"{file}:{number}:" for number, line in enumerate(lines, 1) if words in line}
    blocks = pages(running)[folio - 1]["blocks"]
    places = [block["place"] for block in blocks]  # type: ignore[attr-defined]
    assert any(place.startswith(tuple(meant)) for place in places), (meant, places)


def test_each_page_leads_somewhere(running: Running) -> None:
    assert [page["folio"] for page in pages(running) if not page["blocks"]] == []


def test_a_block_is_opened_in_the_editor(running: Running) -> None:
    block = next(
        block
        for page in pages(running)
        for block in page["blocks"]  # type: ignore[attr-defined]
        if block["place"].startswith(MALI)
    )
    log = running.folder / "bin" / "code.log"
    log.unlink(missing_ok=True)
    status, answer = post(running, {"lang": "en", "block": block["id"]})
    assert status == 200
    assert answer["opened"] is True
    assert answer["place"] == block["place"]
    end = time.monotonic() + PATIENCE
    while not log.exists() or not log.read_text().endswith("\n"):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert log.read_text() == f"-g {running.folder.resolve()}/{block['place']}\n"


def test_the_pdf_is_the_one_that_is_built(running: Running) -> None:
    state(running)
    status, headers, body = ask(running, "/volume.pdf?lang=en")
    assert status == 200
    assert headers["content-type"] == "application/pdf"
    assert body == (running.folder / "build/mali-2021/en/mali-2021-en.pdf").read_bytes()


def test_the_portal_is_that_of_the_volume(running: Running) -> None:
    state(running)
    status, headers, _ = ask(running, "/portal/en/")
    assert (status, headers["location"]) == (307, "en/mali-2021/index.html")
    status, headers, body = ask(running, "/portal/en/en/mali-2021/index.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert b'href="mali-2021-en.pdf"' in body
    assert ask(running, "/portal/en/assets/mgi-en.css")[0] == 200
    assert ask(running, "/portal/en/en/mali-2021/mali-2021-en.pdf")[2][:5] == b"%PDF-"
    assert ask(running, "/portal/en/profile.yml")[0] == 404


def test_what_browsers_may_do_is_said(running: Running) -> None:
    for path in ("/", "/main.js", "/nothing"):
        _, headers, _ = ask(running, path)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


# --- Whom it does not answer --------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/events", "/main.js", "/volume.pdf", "/page/0/100.png"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:{port}.evil.example"},
        {"Host": "[::1]:{port}"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_others_are_refused(running: Running, path: str, headers: Mapping[str, str]) -> None:
    given = {name: value.replace("{port}", str(running.port)) for name, value in headers.items()}
    status, _, body = ask(running, path, headers=given)
    # An empty Host never gets as far as the guard.
    assert status == (403 if given.get("Host") != "" else status)
    assert status in (400, 403)
    assert b"mali" not in body.lower()


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1"])
def test_its_own_names_are_known(running: Running, name: str) -> None:
    host = f"{name}:{running.port}"
    assert ask(running, "/", headers={"Host": host})[0] == 200


def test_a_link_from_elsewhere_leads_to_the_page(running: Running) -> None:
    arriving = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert ask(running, "/", headers=arriving)[0] == 200
    assert ask(running, "/volume.pdf", headers=arriving)[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/pyproject.toml",
        "/..%2fpyproject.toml",
        "/page.html/../../server.py",
        "/content/mali-2021/profile.yml",
        "/profile.yml",
        "//etc/passwd",
        "/page/..%2f..%2fetc/100.png",
        "/page/0000/100.png",
        "/page/0000/0.png",
        "/page/0000/99999999.png",
        "/page/0000/-1.png",
        "/static/main.js",
        "/open",
    ],
)
def test_nothing_else_is_served(running: Running, path: str) -> None:
    status, _, body = ask(running, path)
    assert (status, body) in ((404, b"There is nothing here."), (405, b"Method Not Allowed"))


def test_a_picture_of_no_sensible_size_is_not_drawn(running: Running) -> None:
    digest = pages(running)[0]["digest"]
    for width in ("0", "31", "4001", "1e3", "-5", "%C2%B9%C2%B9%C2%B2", "100" * 2000):
        assert ask(running, f"/page/{digest}/{width}.png")[0] == 404


def post(running: Running, question: object, **headers: str) -> tuple[int, dict[str, object]]:
    """Ask to open something, as the page does."""
    given = {
        "Origin": f"http://127.0.0.1:{running.port}",
        "Content-Type": "application/json",
    } | headers
    status, _, body = ask(running, "/open", "POST", given, json.dumps(question).encode())
    return status, json.loads(body) if status == 200 else {}


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"block": "../../etc/passwd"}, 404),
        ({"block": f"{MALI}/profile.yml:1:1"}, 404),
        ({"message": 0}, 404),
        ({"message": -1}, 404),
        ({"message": "0"}, 404),
        ({}, 404),
        ([1], 400),
        ({"block": "x" * 5000}, 400),
    ],
)
def test_only_what_is_shown_can_be_opened(running: Running, question: object, status: int) -> None:
    assert post(running, question)[0] == status


def test_what_is_nested_without_end_is_no_question(running: Running) -> None:
    deep = b"[" * 4000
    headers = {
        "Origin": f"http://127.0.0.1:{running.port}",
        "Content-Type": "application/json",
    }
    assert ask(running, "/open", "POST", headers, deep)[0] == 400


def test_only_the_page_itself_can_open_something(running: Running) -> None:
    question = b'{"block": "x"}'
    assert ask(running, "/open", "POST", {}, question)[0] == 403
    origin = {"Origin": f"http://127.0.0.1:{running.port}"}
    assert ask(running, "/open", "POST", origin, question)[0] == 400
    form = origin | {"Content-Type": "text/plain"}
    assert ask(running, "/open", "POST", form, question)[0] == 400


def test_nobody_else_on_the_network_is_listened_to(running: Running) -> None:
    if not Path("/proc/net/tcp").exists():
        pytest.skip("this machine has no /proc")
    port = f"{running.port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {line[1] for line in lines if line[3] == "0A" and line[1].endswith(f":{port}")}
    assert listening == {f"0100007F:{port}"}


# --- How it begins and ends -----------------------------------------------------------------------


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with Running(tmp_path) as running:
        running.start()
        state(running)
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        running.edit("en/updates.md", " the ", " the new ")
        until_working(answer)
        children = children_of(running.pid)
        start = time.monotonic()
        assert running.stop(how) == 0
        assert time.monotonic() - start < PATIENCE / 6
        answer.read()  # ends
        connection.close()
        assert running.errors == ""
        assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def until_working(answer: http.client.HTTPResponse) -> None:
    """Read news until something is being made."""
    while (line := answer.readline()) != b"data: true\n":
        assert line, "the stream ended"


def test_it_ends_at_once_while_a_question_is_half_asked(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        running.start()
        state(running)
        host = f"127.0.0.1:{running.port}"
        head = (
            f"POST /open HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            "Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"
        )
        with socket.create_connection(("127.0.0.1", running.port)) as asking:
            asking.sendall(head.encode())
            time.sleep(0.3)
            start = time.monotonic()
            assert running.stop(signal.SIGINT) == 0
            assert time.monotonic() - start < server.PATIENCE
        assert running.errors == ""


def test_a_tab_is_told_of_saves_after_a_language_was_gone_for_a_while(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        speak_french(running.folder)
        running.edit("profile.yml", "languages: [en, fr]", "languages: [fr, en]")
        running.start()
        with News(running, "/events?lang=en") as english, News(running, "/events") as first:
            english.until(lambda said: said["lang"] == "en" and bool(said["pages"]))
            first.until(lambda said: said["lang"] == "fr" and bool(said["pages"]))
            running.edit("profile.yml", "languages: [fr, en]", "languages: [en]")
            first.until(lambda said: said["lang"] == "en")
            running.edit("profile.yml", "languages: [en]", "languages: [fr, en]")
            first.until(lambda said: said["lang"] == "fr")
            running.edit("en/updates.md", " the ", " the very ")
            english.until(lambda said: "updates.md" in str([said["made"], said["kept"]]))
        assert running.stop() == 0


class News:
    """A stream of news."""

    def __init__(self, running: Running, path: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
        self._connection.request("GET", path)
        self._answer = self._connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def until(self, is_true: Callable[[dict[str, object]], bool]) -> None:
        """Read until a state is as it should be."""
        end = time.monotonic() + PATIENCE
        while line := self._answer.readline():
            assert time.monotonic() < end
            if line.startswith(b"data: {") and is_true(json.loads(line[6:])):
                return
        raise AssertionError("the stream ended")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_while_workers_typeset(tmp_path: Path, how: signal.Signals) -> None:
    with Running(tmp_path, TMPDIR=str(tmp_path)) as running:
        running.start()
        workers = children_of(running.pid)
        assert running.stop(how) == 0
        assert running.errors == ""
        assert [each for each in workers if Path(f"/proc/{each}").exists()] == []
        assert list(tmp_path.glob("weasyprint-*")) == []


def test_it_goes_on_when_a_worker_dies(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        running.start()
        for worker in children_of(running.pid):
            os.kill(int(worker), signal.SIGKILL)
        assert len(pages(running)) == 31
        assert running.stop() == 0
        assert running.errors == ""


def children_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def test_it_ends_before_it_has_begun(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        running.start()
        assert running.stop() == 0
        assert running.errors == ""


def serve(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mgi_report", "serve", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_a_folder_that_is_no_profile_is_said(tmp_path: Path) -> None:
    done = serve(tmp_path, "content/nowhere")
    assert done.returncode == 1
    assert "there is no profile.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said(running: Running) -> None:
    done = serve(running.folder, MALI, "--port", str(running.port))
    assert done.returncode == 1
    assert f"Port {running.port} is taken" in done.stderr


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "from mgi_report.cli import main\n"
        f"main(['serve', {str(ROOT / MALI)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"Error: The preview needs uvicorn. Install it with: {how_to_install('preview')}\n"
    )
