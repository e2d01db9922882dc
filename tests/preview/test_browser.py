"""The preview in a real browser: Debian's Chromium, driven by playwright."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright
from pypdf import PdfReader
from tests.preview.running import PATIENCE, Running, speak_french
from tests.projects import MALI, ROOT

pytestmark = pytest.mark.xdist_group("browser")

CHAPTER = "en/2-whole-of-government.md"
WORDS = ("The Government adopted the", "The Government formally adopted the new")
FOLIO = 15
"""Where those words stand."""

DIGESTS = """[...document.querySelectorAll(".sheet")].map(({ sheet }) => sheet.digest)"""

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with Running(tmp_path_factory.mktemp("preview")) as running:
        running.start()
        yield running
        assert running.stop() == 0
    assert running.errors == ""


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Running]:
    """Give a preview of one's own, not yet started."""
    with Running(tmp_path) as running:
        yield running


class Tab:
    """A page of the browser, and all that it said and asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, address: str) -> Tab:
        self.page.goto(address)
        expect(self.page.locator("#status")).to_have_text(re.compile(r"^\d+ pages$"))
        self.page.wait_for_selector(".sheet[data-shown]")
        self.settled()
        return self

    def settled(self) -> None:
        """Wait until all pages near the eye have their pictures."""
        self.until(
            """[...document.querySelectorAll(".sheet")].every(({ sheet, dataset }) =>
              !sheet.near || dataset.shown === sheet.digest)"""
        )

    def digests(self) -> list[str]:
        """Say what is seen on each page."""
        found: list[str] = self.page.evaluate(DIGESTS)
        return found

    def status(self, text: str) -> None:
        expect(self.page.locator("#status")).to_have_text(re.compile(text))

    def go(self, folio: int) -> None:
        self.page.keyboard.press("g")
        self.page.keyboard.type(str(folio))
        self.page.keyboard.press("Enter")
        expect(self.sheet(folio)).to_have_attribute("data-shown", re.compile("."))
        self.painted()  # what is near is known then
        self.settled()

    def painted(self) -> None:
        """Wait until the browser has painted what is there now."""
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def sheet(self, folio: int) -> Locator:
        return self.page.locator(f'.sheet[data-folio="{folio}"]')

    def until(self, expression: str) -> None:
        """Wait for what is true in the page, which does not let itself be asked by `eval`."""
        end = time.monotonic() + PATIENCE
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(20)

    def is_new(self, folio: int) -> None:
        """Wait until a page's picture is another than it was."""
        self.until(f"""!document.querySelector('[data-folio="{folio}"] img').mark""")

    def here(self) -> str:
        return self.page.locator("#page").input_value()

    def box(self, selector: str) -> FloatRect:
        """Say where on the screen something is."""
        box = self.page.locator(selector).bounding_box()
        assert box
        return box

    def top(self, folio: int) -> float:
        """Say where on the screen a page begins."""
        return self.box(f'.sheet[data-folio="{folio}"]')["y"]

    def pictures(self) -> dict[str, str]:
        """Give the pictures that are there, by folio, each with the mark put on its node."""
        found: dict[str, str] = self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".sheet")]
              .filter((sheet) => sheet.querySelector("img"))
              .map((sheet) => {
                const picture = sheet.querySelector("img");
                return [sheet.dataset.folio, `${picture.src} ${picture.mark ?? ""}`];
              }))"""
        )
        return found

    def put_marks(self) -> None:
        """Mark the nodes of all pictures, so that one that is replaced is known."""
        self.page.evaluate(
            """() => document.querySelectorAll(".sheet img").forEach((picture) => {
              picture.mark = "as it was";
            })"""
        )


@pytest.fixture
def tab(browser: Browser, running: Running) -> Iterator[Tab]:
    """Open the preview in a new tab; at the end nothing may have been said or sent elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = Tab(context.new_page()).open(running.address)
    good = tab.digests()
    yield tab
    running.mend()
    tab.page.wait_for_selector("#alarm", state="hidden")
    tab.until(f"""{DIGESTS}.join() === '{",".join(good)}'""")
    context.close()
    assert tab.said == []
    assert {urlsplit(address).netloc for address in tab.asked} == {f"127.0.0.1:{running.port}"}


def test_a_save_changes_its_page_and_leaves_the_others(tab: Tab, running: Running) -> None:
    tab.go(FOLIO)
    top = tab.top(FOLIO)
    tab.put_marks()
    before = tab.pictures()
    asked = len(tab.asked)
    running.edit(CHAPTER, *WORDS)
    tab.status(rf"^Page {FOLIO} changed in \d")
    expect(tab.page.locator(f'[data-folio="{FOLIO}"] .news')).to_have_text("changed")
    tab.is_new(FOLIO)
    after = tab.pictures()
    changed = {folio for folio in before if before[folio] != after.get(folio)}
    assert changed == {str(FOLIO)}
    assert [url for url in tab.asked[asked:] if "/page/" in url] == [after[str(FOLIO)].strip()]
    assert tab.top(FOLIO) == pytest.approx(top, abs=1)
    assert tab.page.locator(".change").count() == 1


def test_new_folios_say_why(another: Running, browser: Browser) -> None:
    folder = another.folder / MALI / "layouts/mgi/css"
    shutil.copytree(ROOT / "layouts/mgi/css", folder)
    another.start()
    tab = Tab(browser.new_page()).open(another.address)
    with (folder / "furniture.css").open("a", encoding="utf-8") as file:
        file.write(".folio p { color: #00b000 }\n")
    tab.status(r"^\d+ pages changed")
    expect(tab.page.locator("#reasons li")).to_have_text(
        ["Running heads and folios: layouts/mgi/css/furniture.css changed"]
    )
    tab.page.close()
    another.stop()


def test_changes_are_jumped_to(tab: Tab, running: Running) -> None:
    running.edit(CHAPTER, *WORDS)
    tab.status(rf"^Page {FOLIO} changed")
    expect(tab.page.locator("#changed")).to_have_text("1 change")
    assert tab.here() == "1"
    tab.page.keyboard.press("n")
    expect(tab.page.locator("#page")).to_have_value(str(FOLIO))
    expect(tab.page.locator(".glow")).to_be_visible()
    expect(tab.page.locator("#contents .dot")).to_have_count(1)


def test_the_portal_stands_beside_the_pages_and_follows(tab: Tab, running: Running) -> None:
    tab.page.locator("#portal").click()
    portal = tab.page.frame_locator("#portal-page")
    portal.locator(".wheel .d3 .name").click()
    words = ("There is no readmission", "There is still no readmission")
    expect(portal.get_by_text(words[0])).to_be_visible()
    running.edit("en/portal-findings.yml", *words)
    expect(portal.get_by_text(words[1])).to_be_visible()
    tab.page.locator("#portal").click()
    expect(tab.page.locator("#portal-page")).to_be_hidden()


def test_what_is_written_is_shown_and_follows(tab: Tab, running: Running) -> None:
    tab.page.keyboard.press("o")
    dialog = tab.page.get_by_role("dialog", name="What is written, and what is to come")
    expect(dialog).to_be_visible()
    row = dialog.get_by_role("row", name="2 Whole-of-government approach")
    expect(row.get_by_role("cell").nth(2)).to_have_text("")
    expect(dialog.locator(".steps .done")).to_have_count(2)
    assert Axe().run(tab.page).response["violations"] == []
    running.edit(CHAPTER, WORDS[0], f"[?] {WORDS[0]}")
    expect(row.get_by_role("cell").nth(2)).to_have_text("1")
    expect(dialog.locator(".steps .under-way")).to_have_text(re.compile("1 section not finished"))
    tab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_broken_content_leaves_the_last_good_pages(tab: Tab, running: Running) -> None:
    tab.go(FOLIO)
    tab.put_marks()
    before = tab.pictures()
    top = tab.top(FOLIO)
    running.edit("profile.yml", "year: 2021", 'year: "2021')
    alarm = tab.page.locator("#alarm")
    expect(alarm).to_be_visible()
    expect(alarm).to_contain_text("These are the last good pages")
    expect(alarm).to_contain_text("content/mali-2021/profile.yml:")
    expect(tab.page).to_have_title(re.compile("error"))
    assert tab.pictures() == before
    assert tab.top(FOLIO) == pytest.approx(top, abs=1)

    tab.page.keyboard.press("e")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#card-place")).to_have_text(re.compile(r"profile\.yml:\d+:\d+"))
    expect(tab.page.locator("#card-link")).to_have_attribute(
        "href", re.compile(r"^vscode://file/.*/profile\.yml:\d+:\d+$")
    )
    tab.page.keyboard.press("Escape")

    running.mend()
    expect(alarm).to_be_hidden()
    tab.status("^Mended")
    assert tab.pictures() == before
    assert tab.top(FOLIO) == pytest.approx(top, abs=1)


def test_a_chapter_that_grows_gets_pages_and_the_place_is_kept(tab: Tab, running: Running) -> None:
    tab.go(20)
    title = tab.page.locator("#section").text_content()
    top = tab.top(20)
    chapter = running.path(CHAPTER).read_text("utf-8")
    paragraph = next(each for each in chapter.split("\n\n") if len(each) > 600)
    running.edit(
        CHAPTER, paragraph, "\n\n".join([paragraph.replace("[^centre]", "")] * 9 + [paragraph])
    )
    tab.status(r"new page.*in \d")
    assert tab.page.locator("#section").text_content() == title
    here = int(tab.here())
    assert here > 20
    assert tab.top(here) == pytest.approx(top, abs=1)


def test_a_paragraph_says_where_it_comes_from(tab: Tab) -> None:
    tab.go(FOLIO)
    block = tab.page.locator(f'[data-folio="{FOLIO}"] .block[data-place^="content/mali"]').first
    block.hover()
    place = block.get_attribute("data-place")
    assert place
    assert place.startswith(f"content/mali-2021/{CHAPTER}:")
    expect(tab.page.locator("#hover")).to_have_text(place)
    assert block.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    block.click()
    expect(tab.page.locator("#card-place")).to_have_text(place)
    expect(tab.page.locator("main")).to_be_focused()  # the space bar scrolls
    tab.page.locator("#card-close").click()
    expect(tab.page.locator("#card")).to_be_hidden()


def test_keys(tab: Tab) -> None:
    page = tab.page
    for key, folio in [("j", 2), ("ArrowRight", 3), ("j", 4), ("k", 3), ("ArrowLeft", 2)]:
        page.keyboard.press(key)
        expect(page.locator("#page")).to_have_value(str(folio))
    page.keyboard.press("End")
    expect(page.locator("#page")).to_have_value("31")
    page.keyboard.press("Home")
    before = page.evaluate("document.querySelector('main').scrollTop")
    page.keyboard.press("ArrowDown")
    tab.until(f"document.querySelector('main').scrollTop > {before}")

    page.keyboard.press("w")
    before = page.evaluate("document.querySelector('main').scrollTop")
    page.keyboard.press("PageDown")
    tab.until(f"document.querySelector('main').scrollTop > {before}")
    expect(page.locator("#page")).to_have_value("1")  # the rest of it
    page.keyboard.press("f")
    expect(page.locator("#zoom")).to_have_value("page")
    page.keyboard.press("PageDown")
    expect(page.locator("#page")).to_have_value("2")
    page.keyboard.press("PageUp")
    expect(page.locator("#page")).to_have_value("1")
    page.keyboard.press("0")
    expect(page.locator("#zoom")).to_have_value("1")
    page.keyboard.press("+")
    assert page.locator("#zoom option:checked").text_content() == "110 %"
    page.keyboard.press("-")
    expect(page.locator("#zoom")).to_have_value("1")
    width = page.locator(".paper").first.evaluate("node => node.getBoundingClientRect().width")
    assert width == pytest.approx(595.28 * 96 / 72, abs=1)

    page.keyboard.press("s")
    expect(page.locator("#spreads")).to_have_attribute("aria-pressed", "true")
    left, right = (tab.page.locator(f'[data-folio="{folio}"]') for folio in (14, 15))
    lefts, rights = left.bounding_box(), right.bounding_box()
    assert lefts
    assert rights
    assert lefts["y"] == rights["y"]
    assert lefts["x"] < rights["x"]


def test_keys_of_paragraphs_and_none_of_a_letter(tab: Tab) -> None:
    page = tab.page
    tab.go(FOLIO)
    tops = []
    for _ in range(5):
        page.keyboard.press("b")
        assert page.evaluate("document.activeElement.className") == "block"
        tops.append(page.evaluate("document.activeElement.offsetTop"))
    assert tops == sorted(tops), "blocks come in the order in which one reads"
    page.keyboard.press("B")
    assert page.evaluate("document.activeElement.offsetTop") == tops[-2]
    name = page.evaluate("document.activeElement.ariaLabel")
    assert re.match(r"\w.* … Open content/mali-2021/en/2-whole-of-government.md:\d+:\d+$", name)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    at = int(tab.here())
    page.keyboard.press("j")  # goes nowhere: the keys of a single letter are off
    page.keyboard.press("ArrowRight")
    expect(page.locator("#page")).to_have_value(str(at + 1))


def test_a_page_that_fits_is_shown_whole(tab: Tab) -> None:
    tab.page.keyboard.press("f")
    main = tab.box("main")
    for folio in (FOLIO, FOLIO + 3):
        tab.go(folio)
        sheet = tab.box(f'[data-folio="{folio}"]')
        assert main["y"] <= sheet["y"]
        assert sheet["y"] + sheet["height"] <= main["y"] + main["height"]
    tab.page.keyboard.press("s")
    expect(tab.page.locator("#page")).to_have_value(str(FOLIO + 3))
    row = tab.box(f'[data-folio="{FOLIO + 3}"]')
    assert main["y"] <= row["y"]
    assert row["y"] + row["height"] <= main["y"] + main["height"]


@pytest.mark.parametrize(("width", "height"), [(2560, 1440), (1440, 900), (1024, 768), (390, 844)])
def test_all_is_in_the_window(tab: Tab, running: Running, width: int, height: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.go(FOLIO)
    assert tab.box(f'[data-folio="{FOLIO}"] .paper')["width"] <= 1.5 * 595.28 * 96 / 72 + 1
    tab.page.keyboard.press("s")
    running.edit(CHAPTER, *WORDS)
    tab.status("changed")
    running.edit("profile.yml", "year: 2021", 'year: "2021')
    expect(tab.page.locator("#wrong")).to_be_visible()
    for found in (
        *tab.page.locator("header :is(button, a, input, select):visible").all(),
        tab.page.locator("#alarm"),
        tab.sheet(FOLIO).locator(".paper"),
    ):
        box = found.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width, found.evaluate("node => node.outerHTML")
    assert tab.page.evaluate("document.documentElement.scrollWidth") == width
    expect(tab.page.locator("#section")).to_be_visible()
    expect(tab.page.locator("#smaller")).to_be_visible()
    expect(tab.page.locator("#larger")).to_be_visible()


def test_errors_can_be_hidden_until_there_are_others(tab: Tab, running: Running) -> None:
    tab.go(FOLIO)
    top = tab.top(FOLIO)
    alarm = tab.page.locator("#alarm")
    running.edit("profile.yml", "year: 2021", 'year: "2021')
    expect(alarm).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(alarm).to_be_hidden()
    assert tab.top(FOLIO) == pytest.approx(top, abs=1)
    expect(tab.page.locator("#wrong")).to_have_text("1 error")
    tab.page.keyboard.press("e")
    expect(alarm.locator(".message")).to_be_focused()
    alarm.get_by_role("button", name="Hide").click()
    expect(alarm).to_be_hidden()
    expect(tab.page.locator("main")).to_be_focused()
    running.mend()
    tab.status("^Mended")
    running.edit("sources.yml", "id: ", "identity: ")
    expect(alarm).to_be_visible()


def test_what_a_broken_profile_seems_to_say_is_not_believed(tab: Tab, running: Running) -> None:
    running.path("fr").mkdir()
    try:
        running.edit("profile.yml", "year: 2021", 'year: "2021')
        expect(tab.page.locator("#alarm")).to_be_visible()
        expect(tab.page.locator("#languages")).to_be_hidden()
    finally:
        running.path("fr").rmdir()


def test_saves_that_overtake_each_other_end_with_the_last(tab: Tab, running: Running) -> None:
    old, new = WORDS
    for turn in range(20):
        running.edit(CHAPTER, old, f"{new} and {'very ' * (turn + 1)}fine")
        old = f"{new} and {'very ' * (turn + 1)}fine"
    last = running.path(CHAPTER).read_text("utf-8")
    digest = tab.digests()[FOLIO - 1]
    tab.until(f"{DIGESTS}[{FOLIO - 1}] !== '{digest}'")
    # A word more, and back: what is shown then is what the last of the twenty says.
    running.path(CHAPTER).write_text(last.replace("fine", "good", 1), "utf-8")
    tab.status("changed")
    running.path(CHAPTER).write_text(last, "utf-8")
    pdf = running.folder / "build/mali-2021/en/mali-2021-en.pdf"
    end = time.monotonic() + PATIENCE
    while f"{'very ' * 20}fine" not in words_of(pdf):
        assert time.monotonic() < end
        tab.page.wait_for_timeout(20)


def words_of(pdf: Path) -> str:
    """Give the words of the page that is edited."""
    return " ".join((PdfReader(pdf).pages[FOLIO - 1].extract_text() or "").split())


def test_contents_lead_to_their_pages(tab: Tab) -> None:
    tab.page.get_by_role("link", name="COVID-19 analysis").first.click()
    expect(tab.page.locator("#section")).to_have_text("COVID-19 analysis")
    expect(tab.page.locator('#contents a[aria-current="location"]')).to_contain_text("COVID-19")


def test_pictures_are_as_sharp_as_the_screen(browser: Browser, running: Running) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 700}, device_scale_factor=2)
    tab = Tab(context.new_page()).open(running.address)
    tab.page.keyboard.press("0")
    tab.until(
        """(() => {
          const picture = document.querySelector(".sheet img");
          const box = picture.getBoundingClientRect();
          return picture.naturalWidth === Math.round(box.width * devicePixelRatio)
            && picture.naturalHeight === Math.round(box.height * devicePixelRatio);
        })()"""
    )
    context.close()
    assert tab.said == []


def test_two_tabs_follow_and_a_reload_keeps_the_place(tab: Tab, running: Running) -> None:
    other = Tab(tab.page.context.new_page()).open(running.address)
    running.edit(CHAPTER, *WORDS)
    tab.status(rf"^Page {FOLIO} changed")
    other.status(rf"^Page {FOLIO} changed")
    other.go(FOLIO)
    other.page.reload()
    other.status(r"^31 pages$")
    expect(other.page.locator("#page")).to_have_value(str(FOLIO))
    assert other.said == []
    other.page.close()


def test_the_page_waits_for_a_server_that_was_stopped(browser: Browser, another: Running) -> None:
    running = another
    running.start()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = Tab(context.new_page()).open(running.address)
    tab.go(FOLIO)
    tab.put_marks()
    before = tab.pictures()
    assert running.stop() == 0
    tab.status("was stopped")
    assert tab.pictures() == before
    running.edit(CHAPTER, *WORDS)
    running.start()
    tab.status(rf"^Page {FOLIO} changed")
    tab.is_new(FOLIO)
    after = tab.pictures()
    assert {folio for folio in before if before[folio] != after.get(folio)} == {str(FOLIO)}
    context.close()
    assert running.stop() == 0
    assert all("ERR_" in said for said in tab.said), "only that the server was away"


def test_languages_are_switched(browser: Browser, another: Running) -> None:
    running = another
    speak_french(running.folder)
    running.start()
    context = browser.new_context()
    tab = Tab(context.new_page()).open(running.address)
    expect(tab.page.locator("#variants option")).to_have_text(["screen", "draft"])
    tab.go(FOLIO)
    top = tab.top(FOLIO)
    for lang, title in [("fr", "République du Mali"), ("en", "Republic of Mali")]:
        tab.page.locator("#languages").select_option(lang)
        expect(tab.page.locator("#title")).to_have_text(title)
        assert f"lang={lang}" in tab.page.url
        tab.status(r"^\d+ pages$")
        assert tab.here() == str(FOLIO)
        assert tab.top(FOLIO) == pytest.approx(top, abs=1)
        expect(tab.page.locator("#changed")).to_be_hidden()
        assert tab.page.locator(".change").count() == 0
    context.close()
    assert running.stop() == 0
    assert tab.said == []


def test_eight_tabs_are_told_of_saves_and_get_their_pictures(
    browser: Browser, running: Running
) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 600})
    tabs = [Tab(context.new_page()).open(running.address) for _ in range(8)]
    running.edit(CHAPTER, *WORDS)
    for tab in tabs:
        tab.status(rf"^Page {FOLIO} changed")
    tabs[0].page.close()  # the next one has the stream then
    running.mend()
    for tab in tabs[1:]:
        tab.status(rf"^Page {FOLIO} changed")
        tab.go(31)
        assert tab.said == []
    context.close()


def test_a_tab_that_nobody_sees_has_no_stream(tab: Tab, running: Running) -> None:
    def hide(*, hidden: bool) -> None:
        tab.page.evaluate(
            """(hidden) => {
              Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            hidden,
        )

    hide(hidden=True)
    before = tab.digests()
    other = Tab(tab.page.context.new_page()).open(running.address)
    running.edit(CHAPTER, *WORDS)
    other.status(rf"^Page {FOLIO} changed")
    assert tab.digests() == before
    other.page.close()
    hide(hidden=False)
    tab.status(rf"^Page {FOLIO} changed")


def test_variants_are_switched(browser: Browser, tmp_path: Path) -> None:
    second = (
        "from functools import partial\n"
        "from mgi_report.preview.studio import VARIANTS\n"
        "from mgi_report.workshop import Workshop\n"
        "VARIANTS['archive'] = partial(Workshop.of, standard='ua2+4f')"
    )
    with Running(tmp_path, second) as running:
        running.start()
        context = browser.new_context()
        tab = Tab(context.new_page()).open(running.address)
        choice = tab.page.locator("#variants")
        expect(choice).to_have_value("screen")
        for name, version in [("archive", b"%PDF-2.0"), ("screen", b"%PDF-1.7")]:
            choice.select_option(name)
            assert f"variant={name}" in tab.page.url
            pdf = tab.page.locator("#pdf")
            expect(pdf).to_have_attribute("href", f"/volume.pdf?lang=en&variant={name}")
            tab.status(r"^31 pages$")
            body = context.request.get(f"{running.address}volume.pdf?lang=en&variant={name}").body()
            assert body.startswith(version)
        choice.select_option("archive")
        tab.page.reload()
        expect(choice).to_have_value("archive")
        context.close()
        assert running.stop() == 0
        assert tab.said == []


def test_texts_of_yaml_are_reached_by_click_and_key(tab: Tab) -> None:
    tab.go(9)
    block = tab.page.locator('[data-folio="9"] .block[data-place*="framework.yml"]').nth(2)
    place = block.get_attribute("data-place")
    assert place
    block.click()
    expect(tab.page.locator("#card-place")).to_have_text(place)
    tab.page.keyboard.press("Escape")
    tab.go(1)
    tab.page.keyboard.press("b")
    expect(tab.page.locator(":focus")).to_have_attribute("data-place", re.compile(r"profile\.yml"))


def test_a_page_that_comes_from_no_file_says_so(tab: Tab) -> None:
    tab.page.evaluate("document.querySelector('.sheet').sheet.page.blocks = []")
    tab.page.evaluate("document.querySelectorAll('.block').forEach((block) => block.remove())")
    tab.page.keyboard.press("b")
    tab.status("^Nothing on page 1 comes from a file")
    tab.page.keyboard.press("e")
    tab.page.locator(".sheet .paper").first.click()
    tab.status("^Nothing on page 1 comes from a file")


def test_a_page_that_is_not_there_is_said(tab: Tab) -> None:
    tab.page.keyboard.press("g")
    tab.page.keyboard.type("999")
    tab.page.keyboard.press("Enter")
    tab.status("^There are 31 pages$")
    assert tab.here() == "1"


def test_why_pages_changed_is_said_for_kept_ones_too(tab: Tab, running: Running) -> None:
    page = tab.page
    why, reasons = page.locator("#why"), page.locator("#reasons li")
    running.edit(CHAPTER, *WORDS)
    tab.status(rf"^Page {FOLIO} changed")
    why.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reasons")).to_be_visible()
    expect(reasons).to_have_text([re.compile(r"whole-of-government\.md changed")])
    page.keyboard.press("Escape")
    expect(page.locator("#reasons")).to_be_hidden()
    digest = tab.digests()[FOLIO - 1]
    running.mend()
    tab.until(f"{DIGESTS}[{FOLIO - 1}] !== '{digest}'")
    expect(reasons).to_have_text(
        [re.compile(r"whole-of-government\.md changed; it had been made before$")]
    )
    running.edit("profile.yml", "level: national", "level: nationl")
    expect(page.locator("#alarm")).to_be_visible()
    expect(why).to_be_hidden()  # nothing was made


def test_pictures_of_large_pages_stay_within_bounds(browser: Browser, running: Running) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 700}, device_scale_factor=2)
    tab = Tab(context.new_page()).open(running.address)
    tab.page.keyboard.press("0")
    for _ in range(9):
        tab.page.keyboard.press("+")
    tab.settled()
    tab.until("document.querySelector('.sheet img').naturalWidth === 4000")
    assert tab.page.locator("#zoom option:checked").text_content() == "400 %"
    assert tab.box('[data-folio="1"] .paper')["width"] == pytest.approx(595.28 * 4 * 96 / 72, abs=1)
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844), (320, 256)])
def test_changes_and_errors_are_seen_in_any_window(
    tab: Tab, running: Running, width: int, height: int
) -> None:
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.go(FOLIO)
    running.edit(CHAPTER, *WORDS)
    tab.status(rf"^Page {FOLIO} changed")
    main = tab.box("main")
    word = tab.box(".touched .news")
    assert main["y"] < word["y"] < main["y"] + main["height"] - word["height"]

    running.edit("profile.yml", "year: 2021", "yeer: 2021")
    said = tab.page.get_by_text('There is no key "yeer".').filter(visible=True)
    expect(said).to_have_count(1)  # not beside the pages, too
    box = said.bounding_box()
    assert box
    main = tab.box("main")
    assert main["y"] <= box["y"] <= main["y"] + main["height"] - box["height"]
    if width < 900:
        return
    tab.page.keyboard.press("Escape")
    expect(said).to_have_count(1)
    expect(tab.page.locator("#messages .message")).to_be_visible()


def test_on_a_narrow_screen_what_lies_beside_the_side_leads_back(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 844})
    tab.page.locator("#toggle-side").click()
    side = tab.page.locator("#side")
    expect(side).to_be_visible()
    assert "100vmax" in side.evaluate(
        """(node) => [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
          .flatMap((rule) => [...(rule.cssRules ?? [])])
          .filter((rule) => rule.selectorText && node.matches(rule.selectorText))
          .map(({ cssText }) => cssText).join()"""
    )
    tab.page.mouse.click(370, 400)
    expect(side).to_be_hidden()
    expect(tab.page.locator("#card")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(tab: Tab, running: Running, scheme: str) -> None:
    tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    axe = Axe()

    def judge() -> None:
        found = axe.run(tab.page).response["violations"]
        assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []

    tab.go(FOLIO)
    running.edit(CHAPTER, *WORDS)
    tab.status("changed")
    tab.page.locator("#why").click()
    judge()
    tab.page.keyboard.press("Escape")
    running.edit("sources.yml", "id: ", "identity: ")
    expect(tab.page.locator("#alarm")).to_be_visible()
    judge()
    tab.page.locator(".block").first.click()
    expect(tab.page.locator("#card")).to_be_visible()
    tab.page.keyboard.press("?")
    judge()
    tab.page.keyboard.press("Escape")
    tab.page.set_viewport_size({"width": 420, "height": 800})
    tab.page.locator("#toggle-side").click()
    judge()
