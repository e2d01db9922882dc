"""The page of proposals in a real browser: a dozen institutions, 600 proposals, the keys alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from tests.consult.many import HOSTILE, take_many
from tests.consult.rounds import proposals, sent
from tests.preview.running import PATIENCE, Running
from tests.projects import MALI

from mgi_report.consult.model import Proposal
from mgi_report.consult.opening import open_round
from mgi_report.consult.proposals import proposals_path
from mgi_report.project import DiskProject

pytestmark = pytest.mark.xdist_group("browser")

expect.set_options(timeout=PATIENCE * 1000)

COUNT = 600
FRAME = 0.25
"""Seconds that a frame may take on a machine that has much to do; by itself it takes 0.03."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Desk:
    """A round of 600 proposals, served."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.project = DiskProject(running.folder)
        opened = open_round(self.project, MALI, 1)
        assert opened.value is not None, opened.diagnostics
        take_many(self.project, COUNT)
        self._path = self.project.root / proposals_path(sent(self.project)[0])
        self._sound = self._path.read_bytes()

    def mend(self) -> None:
        self._path.write_bytes(self._sound)

    def find(self, id_: str) -> Proposal:
        return next(each for each in proposals(self.project) if each.id == id_)

    def statuses(self) -> list[str]:
        return [each.status for each in proposals(self.project) if each.status != "open"]

    def consult(self, *arguments: str) -> None:
        folder = str(self.project.root / MALI)
        line = [sys.executable, "-m", "mgi_report", "consult", arguments[0], folder]
        subprocess.run([*line, *arguments[1:]], check=True, capture_output=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Running(tmp_path_factory.mktemp("proposals")) as running:
        desk = Desk(running)
        running.start()
        yield desk
        assert running.stop() == 0
    assert running.errors == ""


class Tab:
    """A tab with the page of proposals."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page = page
        self.desk = desk
        self.said: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, query: str = "") -> Tab:
        self.page.goto(f"{self.desk.running.address}proposals{query}")
        expect(self.here).to_have_count(1)
        return self

    @property
    def here(self) -> Locator:
        return self.page.locator(".proposal[aria-current]")

    def id(self) -> str:
        return self.here.get_attribute("data-id") or ""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def status(self, text: str) -> None:
        expect(self.page.locator("#status")).to_have_text(re.compile(text))

    def card(self, id_: str) -> Locator:
        return self.page.locator(f'.proposal[data-id="{id_}"]')

    def shown(self) -> int:
        found: int = self.page.locator(".proposal:visible").count()
        return found

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def tab(browser: Browser, desk: Desk) -> Iterator[Tab]:
    """Open the page in a new tab; at the end nothing may have been said by the browser."""
    desk.mend()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = Tab(context.new_page(), desk).open()
    yield tab
    context.close()
    assert tab.said == []


def test_a_round_is_decided_by_the_keys_alone(tab: Tab) -> None:
    first = tab.id()
    tab.press("a")
    tab.status(rf"^Accepted\. 1 of {COUNT} decided$")
    second = tab.id()
    assert second != first, "it goes on to the next that is open"
    tab.press("r")
    tab.status(rf"^Rejected\. 2 of {COUNT} decided$")
    assert [tab.desk.find(each).status for each in (first, second)] == ["accepted", "rejected"]
    tab.press("k")
    assert tab.id() == second
    tab.press("w")
    tab.status(rf"^Open again\. 1 of {COUNT} decided$")
    tab.press("n")
    tab.page.keyboard.type("We shall ask the ministry.")
    tab.press("Control+Enter")
    tab.status("^Answered")
    assert tab.desk.find(second).answer == "We shall ask the ministry."
    tab.press("R")
    tab.press("Control+Enter")
    tab.status("^Rejected")
    tab.press("u", "u")
    tab.status(r"^Taken back")
    expect(tab.card(second)).to_have_attribute("data-status", "open")
    tab.page.reload()
    expect(tab.here).to_have_count(1)
    assert tab.id() == second, "the address knows where one was"
    tab.press("u", "u", "u")  # after a reload, too
    tab.status(rf"^Taken back\. 0 of {COUNT} decided$")
    assert tab.desk.statuses() == []
    tab.press("?")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_visible()
    tab.press("Escape")


def test_two_that_exclude_each_other_are_accepted_with_a_warning(tab: Tab) -> None:
    tab.open("?status=conflict")
    tab.press("x", "j", "x", "j", "x", "a")
    tab.status(r"^3 proposals: accepted\. .*Another one is accepted that excludes one of them$")


def test_other_words_are_accepted_and_shown_where_they_will_stand(tab: Tab) -> None:
    card = tab.page.locator(".proposal", has=tab.page.locator("del + ins")).first
    id_ = card.get_attribute("data-id") or ""
    card.click()
    tab.press("e")
    area = card.get_by_label("Words that will stand in place of those struck out")
    expect(area).to_be_focused()
    area.fill("what both can live with")
    expect(card.locator("form ins")).to_contain_text("what both can live with")
    card.get_by_role("button", name="Accept these words").click()
    expect(card.locator(".badge")).to_have_text("Accepted in other words")
    expect(card.locator(".becomes")).to_have_text("Accepted: what both can live with")
    assert tab.desk.find(id_).text == "what both can live with"


def test_what_is_typed_stays_when_it_could_not_be_written(tab: Tab) -> None:
    id_ = tab.id()
    tab.press("n")
    tab.page.keyboard.type("Thank you")
    tab.desk.consult("decide", id_, "--reject", "--answer", "No.")
    expect(tab.card(id_)).to_have_attribute("data-status", "rejected")  # told of it meanwhile
    expect(tab.page.locator("textarea")).to_have_value("Thank you")
    tab.page.route("**/decide", lambda route: route.abort())
    tab.press("Control+Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text("nothing was decided")
    expect(tab.page.locator("textarea")).to_have_value("Thank you")
    tab.page.unroute("**/decide")
    tab.press("Control+Enter")
    tab.status("^Answered")
    expect(tab.page.get_by_role("alert")).to_be_hidden()
    assert (tab.desk.find(id_).status, tab.desk.find(id_).answer) == ("rejected", "Thank you")
    tab.said.clear()  # the browser says that the network failed


def test_two_tabs_and_the_command_line_see_what_each_decides(tab: Tab) -> None:
    other = Tab(tab.page.context.new_page(), tab.desk).open()
    id_ = tab.id()
    other.press("a")
    other.status("^Accepted")
    tab.page.bring_to_front()
    expect(tab.card(id_)).to_have_attribute("data-status", "accepted")
    expect(tab.page.locator("#decided")).to_have_text(f"1 of {COUNT} decided")
    # One that has not heard of it decides nothing, and says so.
    tab.page.evaluate("""() => { window.fetched = fetch; window.fetch = (path, asked) => {
      if (path === "/decide") asked = { ...asked,
        body: asked.body.replace('"seen":["accepted"', '"seen":["open"') };
      return window.fetched(path, asked); } }""")
    tab.press("r")
    expect(tab.page.get_by_role("alert")).to_contain_text("somebody has decided about")
    assert tab.desk.find(id_).status == "accepted"
    assert other.said == []
    other.page.close()
    tab.said.clear()  # the browser says that it was refused


def test_many_are_decided_at_once_and_taken_back_at_once(tab: Tab) -> None:
    tab.page.get_by_role("button", name=re.compile("^Border Police")).click()
    tab.page.get_by_role("button", name=re.compile("^Open ")).click()
    tab.press("X")
    tab.status("^50 proposals selected")
    tab.press("r")
    tab.status(rf"^50 proposals: rejected\. 50 of {COUNT} decided$")
    rejected = [each for each in proposals(tab.desk.project) if each.status == "rejected"]
    assert {each.institution for each in rejected} == {"Border Police"}
    log = tab.desk.project.root / MALI / "consultation/round-1/log.jsonl"
    last = [json.loads(line) for line in log.read_text("utf-8").splitlines()[-50:]]
    assert {each["status"] for each in last} == {"rejected"}
    tab.press("u")
    tab.status(rf"^Taken back\. 0 of {COUNT} decided$")
    tab.press("x", "j", "x", "n")
    tab.page.get_by_label("Answer to all of them").fill("Thank you.")
    tab.press("Control+Enter")
    tab.status("^2 proposals: answered")
    assert [each.answer for each in proposals(tab.desk.project) if each.answer] == [
        "Thank you.",
        "Thank you.",
    ]


def test_filters_are_kept_in_the_address(tab: Tab) -> None:
    tab.page.get_by_role("button", name=re.compile("^Ministry of Health")).click()
    expect(tab.page.locator("#shown")).to_have_text(f"50 of {COUNT} proposals")
    tab.press("/")
    tab.page.keyboard.type("law 2014")
    expect(tab.page.locator("#shown")).to_have_text(re.compile(rf"^\d of|^\d\d of {COUNT}"))
    said = tab.page.locator("#shown").text_content()
    tab.page.wait_for_url("**q=law+2014*")
    assert tab.query()["institution"] == ["Ministry of Health"]
    tab.page.reload()
    expect(tab.page.locator("#shown")).to_have_text(said or "")
    expect(tab.page.locator("#search")).to_have_value("law 2014")
    tab.page.locator("#search").fill("nothing is like that")
    expect(tab.page.locator("#empty")).to_have_text(re.compile("^No proposal is like that"))
    tab.open("?status=unplaced")
    assert tab.shown() == 12
    expect(tab.page.locator("article h2:visible")).to_have_text("Without a place")


def test_what_excludes_each_other_stands_together(tab: Tab) -> None:
    tab.open("?status=conflict&institution=Red+Cross+Society")
    group = tab.page.locator(".clashing:visible").first
    expect(group.locator(".why")).to_have_text(re.compile("exclude"))
    own = group.locator(".proposal:not(.beside)")
    expect(own.locator("strong")).to_have_text(["Red Cross Society"] * own.count())
    assert group.locator(".proposal.beside").count() >= 1, "the others are seen as well"


def test_changes_are_told_apart_without_colour_and_by_ear(tab: Tab) -> None:
    card = tab.page.locator(".proposal", has=tab.page.locator("del + ins")).first
    lines = [
        card.locator(name).evaluate("node => getComputedStyle(node).textDecorationLine")
        for name in ("del", "ins")
    ]
    assert lines == ["line-through", "underline"]
    heard = card.locator(".words").evaluate("node => node.textContent")
    assert re.search(r" deleted: .+ end of deletion\. .* inserted: .+ end of insertion\. ", heard)


def test_what_a_reviewer_writes_is_text(tab: Tab) -> None:
    said: list[str] = []
    tab.page.on("dialog", lambda dialog: said.append(dialog.message))
    expect(tab.page.locator(".comment", has_text="onerror")).to_have_text(f"Comment: {HOSTILE}")
    assert tab.page.locator("main :is(img, script, b)").count() == 0
    assert said == []


def test_a_block_is_shown_on_its_page_in_the_preview(tab: Tab) -> None:
    tab.page.get_by_role("article", name="4.1 ¶1", exact=True).locator(".proposal").first.click()
    round_, content = sent(tab.desk.project)
    with tab.page.context.expect_page() as opening:
        tab.press("v")
    preview = opening.value
    page = content.by_name()["4.1 ¶1"].page
    expect(preview.locator("#page")).to_have_value(str(page))
    expect(preview.locator("#status")).to_have_text(re.compile(rf"\.md:\d+, page {page}$"))
    expect(preview.locator("#proposals")).to_be_visible()
    assert "variant=draft" in preview.url, "where the blocks have their numbers"
    assert round_.number == 1
    # The same tab jumps, when another is asked for.
    tab.page.bring_to_front()
    tab.page.get_by_role("article", name="2.1 ¶1", exact=True).locator(".leads").click()
    expect(preview.locator("#page")).to_have_value(str(content.by_name()["2.1 ¶1"].page))
    preview.close()


def test_six_hundred_proposals_are_fluent(tab: Tab) -> None:
    nodes = tab.page.evaluate("document.querySelectorAll('*').length")
    assert nodes < 30 * COUNT
    frames = tab.page.evaluate(
        """async () => {
          const main = document.getElementById("list");
          const frames = [];
          let last = performance.now();
          for (let turn = 0; turn < 120; turn += 1) {
            main.scrollTop += 240;
            await new Promise(requestAnimationFrame);
            frames.push(performance.now() - last);
            last = performance.now();
          }
          return frames.sort((one, other) => one - other);
        }"""
    )
    assert frames[60] < FRAME * 1000 / 4
    assert frames[-2] < FRAME * 1000
    moved = tab.page.evaluate(
        """async () => {
          const start = performance.now();
          document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true }));
          return performance.now() - start;
        }"""
    )
    assert moved < FRAME * 1000
    tab.status("^Accepted")


def test_all_is_in_the_window(tab: Tab) -> None:
    tab.press("e")
    for width in (3840, 1440, 1024, 390, 320):
        tab.page.set_viewport_size({"width": width, "height": 844})
        assert tab.page.evaluate("document.documentElement.scrollWidth") == width
        main = tab.page.locator("main")
        assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
        for found in tab.page.locator("header.bar :is(button, a, select):visible").all():
            box = found.bounding_box()
            assert box
            assert 0 <= box["x"] <= width - box["width"]


def test_what_became_of_a_proposal_stands_on_its_first_line(tab: Tab) -> None:
    """However much stands before it: institution, author, date, conflict."""
    tab.open("?status=conflict")
    for width in (1440, 1024, 420):
        tab.page.set_viewport_size({"width": width, "height": 844})
        below = tab.page.locator(".proposal:visible").evaluate_all(
            """nodes => nodes.slice(0, 40).filter((node) => {
              const badge = node.querySelector(".badge").getBoundingClientRect();
              const first = node.querySelector(".choose").getBoundingClientRect();
              return badge.height > 24 || badge.top > first.bottom;
            }).length"""
        )
        assert below == 0, width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(tab: Tab, scheme: str) -> None:
    tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    axe = Axe()

    def judge() -> None:
        found = axe.run(tab.page).response["violations"]
        assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []

    tab.open("?q=objective")
    tab.press("a", "r", "x", "j", "x", "Escape", "e")
    tab.page.keyboard.type("other")
    judge()
    tab.press("Escape", "?")
    judge()
    tab.press("Escape")
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.press("c")
    judge()
