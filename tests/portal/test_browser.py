"""The portal in a real browser, from a folder without a server: Debian's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from tests.portal.sites import MALI, made, write

pytestmark = pytest.mark.xdist_group("portal")

PROFILES = {
    "mali-2021": ("en",),
    "sample-country-2024": ("en", "ar"),
    "sample-country-2026": ("en",),
}
LATER, ARABIC = "en/sample-country-2026/index.html", "ar/sample-country-2024/index.html"
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the site into a folder; give its address."""
    whole = made(profiles=PROFILES)
    assert not whole.diagnostics
    return write(tmp_path_factory.mktemp("site"), whole.value).as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(**getattr(request, "param", {}))
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give a page that may say nothing on the console and ask for files only."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by the browser, which was led elsewhere
            said.append(f"failed: {request.url}")

    page.on("requestfailed", failed)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert said == []
    assert [each for each in asked if not each.startswith("file:")] == []


def panels(page: Page) -> list[str]:
    """Name the domains whose key findings are to be seen."""
    return [each.get_attribute("id") or "" for each in page.locator(".finding:visible").all()]


@pytest.mark.parametrize("context", [{}, {"java_script_enabled": False}], indirect=True)
def test_the_wheel_opens_a_domain_by_the_mouse(page: Page, site: str) -> None:
    page.goto(f"{site}/{MALI}")
    assert panels(page) == []
    page.locator(".wheel .d4 .segment > path").click(position={"x": 140, "y": 30})
    assert panels(page) == ["well-being"]
    page.locator(".wheel .d3 .name").click()
    assert panels(page) == ["partnerships"]
    page.get_by_role("link", name="All six domains").click()
    assert len(panels(page)) == 6


@pytest.mark.parametrize(
    "context",
    [{"has_touch": True, "viewport": {"width": 390, "height": 800}, "java_script_enabled": False}],
    indirect=True,
)
def test_the_wheel_opens_a_domain_by_touch_and_fits_a_phone(page: Page, site: str) -> None:
    page.goto(f"{site}/{MALI}")
    page.locator(".wheel .d6 .segment > circle").first.tap()
    assert panels(page) == ["safe-migration"]
    expect(page.locator("#safe-migration h3")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the wheel").tap()
    expect(page.locator(".wheel .d1 .segment")).to_be_in_viewport()


def test_the_wheel_is_worked_by_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/{MALI}")
    page.locator(".wheel .d1 a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert panels(page) == ["whole-of-government"]
    expect(page.locator("#whole-of-government")).to_be_focused()
    page.go_back()
    assert panels(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["index.html", LATER, ARABIC])
def test_axe_finds_nothing(browser: Browser, site: str, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/{address}{'#all' if address != 'index.html' else ''}")
    page.add_style_tag(content="details::details-content{content-visibility:visible}")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440, 2560])
def test_nothing_runs_out_of_a_page(browser: Browser, site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for address in ("index.html", f"{LATER}#all", f"{ARABIC}#all"):
        page.goto(f"{site}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.close()


@pytest.mark.parametrize("width", [768, 1440])
def test_a_choice_moves_neither_the_wheel_nor_the_list(
    browser: Browser, site: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    places = []
    for domain in ("", "#partnerships", "#safe-migration"):
        page.goto(f"{site}/{LATER}{domain}")
        each = page.locator(".wheel .d6").evaluate_all(
            """([item]) => [".segment", ".name", ".icon"].map((part) => {
              const { left, top, width } = item.querySelector(part).getBoundingClientRect();
              return [left, top + scrollY, width].map(Math.round);
            })"""
        )
        places.append(each)
    page.close()
    assert places[0] == places[1] == places[2]


def test_the_printed_wheel_has_all_its_colours(page: Page, site: str) -> None:
    page.goto(f"{site}/{LATER}#partnerships")
    seen = "([path]) => getComputedStyle(path).opacity"
    assert page.locator(".wheel .d1 .segment > path").evaluate_all(seen) == "0.4"
    page.emulate_media(media="print")
    assert page.locator(".wheel .d1 .segment > path").evaluate_all(seen) == "1"


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_the_earlier_profile_stands_beside_the_later(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{LATER}#partnerships")
    now = page.locator("#partnerships .now").bounding_box()
    then = page.locator("#partnerships .then").bounding_box()
    assert now
    assert then
    assert now["x"] + now["width"] <= then["x"]
    assert now["y"] == then["y"]


def test_the_list_finds_profiles(page: Page, site: str) -> None:
    def shown() -> list[str]:
        return [
            " ".join(each.inner_text().split())
            for each in page.locator(".profiles h2:visible").all()
        ]

    page.goto(f"{site}/index.html")
    assert shown() == ["Republic of Mali", "Republic of Zarinia", "Republic of Zarinia"]
    page.get_by_role("searchbox").fill("zárin")
    assert shown() == ["Republic of Zarinia"] * 2
    page.get_by_label("Year").select_option("2026")
    assert shown() == ["Republic of Zarinia"]
    page.get_by_label("Year").select_option("")
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Region").select_option(label="Western Africa")
    assert shown() == ["Republic of Mali"]
    page.get_by_label("Language", exact=True).select_option("ar")
    assert shown() == []
    expect(page.get_by_text("No profile fits.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Profiles shown: 0")
    page.get_by_label("Region").select_option("")
    assert shown() == ["Republic of Zarinia"]
    page.locator(".profiles h2:visible a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Republic of Zarinia")


def test_the_list_finds_a_profile_by_its_name_in_another_language(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    for sought, count in (("زارينيا", 1), ("zza", 2), ("zza 2026", 1), ("منطقة", 2)):
        page.get_by_role("searchbox").fill(sought)
        expect(page.locator(".profiles > li:visible")).to_have_count(count)


def test_what_is_sought_is_kept_in_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.get_by_label("Region").select_option(label="Invented region")
    page.get_by_label("Year").select_option("2024")
    kept = "?region=invented+region&year=2024"
    expect(page).to_have_url(f"{site}/index.html{kept}")
    page.reload()
    expect(page.locator(".profiles > li:visible")).to_have_count(1)
    page.get_by_role("link", name="العربية", exact=True).click()
    expect(page).to_have_url(f"{site}/ar/index.html{kept}")
    expect(page.locator("#region")).to_have_value("invented region")
    expect(page.locator("#region option:checked")).to_have_text("منطقة متخيَّلة")
    expect(page.locator(".profiles > li:visible")).to_have_count(1)
    page.get_by_role("button", name="كل الملفات").click()
    expect(page.locator(".profiles > li:visible")).to_have_count(3)
    expect(page).to_have_url(f"{site}/ar/index.html")


def test_the_first_link_leads_to_the_content(page: Page, site: str) -> None:
    for address in ("index.html", MALI):
        page.goto(f"{site}/{address}")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="To the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_the_list_is_whole_without_a_script(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    assert page.locator(".profiles h2:visible").count() == 3
    assert not page.locator("#find").is_visible()


def test_all_domains_are_printed(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{MALI}")
    page.emulate_media(media="print")
    assert len(panels(page)) == 6
    assert not page.locator(".hint").is_visible()
    page.close()
