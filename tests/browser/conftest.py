"""A real browser against a real server: Debian's Chromium, driven by Playwright, over the test database.

A journey asks for ``phone_page`` (390 × 844, touch), ``desk_page`` (1280 × 800) or ``no_script_page`` (a phone with
JavaScript off); ``open_page(...)`` gives others. Every page is Chinese unless told. A journey fails when its page
throws an error, does what the content policy forbids, asks another host for something, or is answered with a 5xx or a
missing file. What a failed journey saw lies
in ``var/screenshots``.

Where there is no browser these tests are skipped and named at the end of the run; with CI=true that is a failure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Response, Route, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cunlian.kernel.access import Actor
from tests.browser.left_out import CHROMIUM, NO_BROWSER, browser_required
from tests.cast import log_in as cast_log_in

HERE = Path(__file__).parent
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PAGES = pytest.StashKey[list[Page]]()
OpenPage = Callable[..., Page]
Axe = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if CHROMIUM is None and item.get_closest_marker("browser"):
        if browser_required():
            pytest.fail(f"{NO_BROWSER}, and CI=true wants every journey", pytrace=False)
        pytest.skip(NO_BROWSER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(item.stash.get(PAGES, [])):
            folder = settings.VAR_DIR / "screenshots"
            folder.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "-", item.nodeid.split("/")[-1]).strip("-")
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    with pytest.MonkeyPatch.context() as monkeypatch, sync_playwright() as playwright:
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """``open_page(viewport=PHONE, locale="en", …)``: a page with cookies of its own at the live server."""
    pages: list[Page] = []
    faults: list[str] = []
    request.node.stash[PAGES] = pages
    home = urlsplit(live_server.url).netloc

    def only_home(route: Route) -> None:
        if urlsplit(route.request.url).netloc == home:
            route.continue_()
        else:
            faults.append(f"asked another host: {route.request.url}")
            route.abort()

    def note(response: Response, failing: str) -> None:
        missing_file = response.status == 404 and response.request.resource_type != "document"
        expected = failing and urlsplit(response.url).path.startswith(failing)
        if (response.status >= 500 or missing_file) and not expected:
            faults.append(f"{response.status} for {response.url}")

    def open_one(failing: str = "", **options: Any) -> Page:
        options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK} | options
        context = browser.new_context(base_url=live_server.url, **options)
        context.route(re.compile(r"^https?:"), only_home)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("response", lambda response: note(response, failing))
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def phone_page(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def desk_page(open_page: OpenPage) -> Page:
    return open_page(viewport=DESK)


@pytest.fixture
def no_script_page(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)


@pytest.fixture
def log_in(live_server: LiveServer) -> Callable[[Page, Actor], None]:
    """``log_in(page, actor)``: put a session into the page's cookies, past password and second factor."""

    def put_session(page: Page, actor: Actor) -> None:
        client = cast_log_in(Client(), actor)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return put_session


@pytest.fixture
def axe() -> Axe:
    """``axe(page)``: no finding of axe-core that is serious or critical, in light and in dark."""
    source = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def look(page: Page, themes: tuple[str, ...] = ("light", "dark")) -> None:
        findings = []
        page.evaluate(source)
        before = page.evaluate("document.documentElement.dataset.bsTheme")
        for theme in themes:
            page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
            page.evaluate("document.getAnimations().forEach(animation => animation.finish())")  # colours have arrived
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            findings += [
                f"{theme} · {found['impact']} · {found['help']}: "
                + "; ".join(f"{node['target'][0]} {node['html'][:120]}" for node in found["nodes"][:5])
                for found in result["violations"]
                if found["impact"] in ("serious", "critical")
            ]
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", before)
        assert not findings, f"axe on {page.url}:\n" + "\n".join(findings)

    return look
