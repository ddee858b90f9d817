"""Pages of the built book in a real browser, served in the ways a reader may meet them."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

STRICT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
#: A chapter: the scorecard among text and charts.
SCORECARD_PAGE = "book/touchpoints/moments-of-truth.html"
#: Pages with one tool each, quick to open.
SCORECARD_TOOL = "book/toolbox/scorecard.html"
LENS_PAGE = "book/toolbox/lens.html"
EXPLORER_PAGE = "book/toolbox/fan-explorer.html"


class _Handler(http.server.SimpleHTTPRequestHandler):
    # As `touchpoints open` serves: thirty connections a page would take a third of its time.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    policy: str | None = None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


class _StrictHandler(_Handler):
    policy = STRICT_POLICY


def _serve(folder: Path, handler: type[_Handler]) -> Iterator[str]:
    bound = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site(book: Path) -> Iterator[str]:
    """Address of the book on a plain web server."""
    yield from _serve(book, _Handler)


@pytest.fixture(scope="session")
def strict_site(book: Path) -> Iterator[str]:
    """Address of the book under a strict Content-Security-Policy."""
    yield from _serve(book, _StrictHandler)


@pytest.fixture(scope="session")
def strictly() -> Callable[[Path], AbstractContextManager[str]]:
    """Serve a folder of one's own under the strict policy."""
    return lambda folder: contextmanager(_serve)(folder, _StrictHandler)


def until(page: Any, condition: str, value: Any = None) -> None:
    """Wait until JavaScript says yes, also on a page whose policy forbids `eval`.

    Playwright's own waiting asks again by `eval` inside the page, so under a strict policy it
    fails whenever the first answer is no.
    """
    end = time.monotonic() + 20
    while not page.evaluate(condition, value):
        assert time.monotonic() < end, condition
        page.evaluate("() => new Promise((again) => setTimeout(again, 20))")


class Visit:
    """A page, and what went wrong or out while it was open."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", lambda r: self.requests.append(r.url))

    def foreign(self) -> list[str]:
        """Requests to another host than the page's own."""
        own = urlsplit(self.page.url).netloc
        return [
            u
            for u in self.requests
            if urlsplit(u).scheme.startswith("http") and urlsplit(u).netloc != own
        ]

    def open(self, url: str) -> Any:
        self.page.goto(url)
        until(
            self.page,
            "[...document.querySelectorAll('.tp-live[data-model], .tp-chart')].every(v => v.dataset.ready)",
        )
        return self.page


DESK = {"width": 1280, "height": 900}


def _new_visit(browser: Any, size: dict[str, int], **options: Any) -> Visit:
    context = browser.new_context(viewport=size, **options)
    context.set_default_timeout(20_000)
    return Visit(context.new_page())


class Tab:
    """A tab that tests have one after the other: a new profile takes longer than most tests."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._visit: Visit | None = None

    def clean(self) -> Visit:
        """The tab as if nobody had been there: no page, nothing kept, as large as at first."""
        if self._visit is None:
            self._visit = _new_visit(self._browser, DESK)
            return self._visit
        page = self._visit.page
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.evaluate(
            "location.protocol === 'about:' || (localStorage.clear(), sessionStorage.clear())"
        )
        page.goto("about:blank")
        parts = [urlsplit(url) for url in self._visit.requests]
        storage = page.context.new_cdp_session(page)
        for origin in {f"{u.scheme}://{u.netloc}" for u in parts if u.scheme.startswith("http")}:
            storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        storage.detach()
        page.emulate_media(media="null")
        page.set_viewport_size(DESK)
        page.mouse.move(0, 0)
        self._visit.errors.clear()
        self._visit.requests.clear()
        return self._visit

    def close(self) -> None:
        """Close the tab with its profile; the next test gets a new one."""
        if self._visit is not None:
            self._visit.page.context.close()
            self._visit = None


@pytest.fixture(scope="session")
def tab(browser: Any) -> Iterator[Tab]:
    """The tab that tests have one after the other."""
    shared = Tab(browser)
    yield shared
    shared.close()


@pytest.fixture
def visit(browser: Any, tab: Tab, request: Any) -> Iterator[Callable[..., Visit]]:
    """Open a tab without a past, at first the common one; extra arguments go to a new profile.

    `alone=True` asks for a new profile, too: for tests that change what the browser itself does.
    """
    given: list[Visit] = []

    def new(width: int = 1280, height: int = 900, *, alone: bool = False, **options: Any) -> Visit:
        size = {"width": width, "height": height}
        common = not (alone or options or given) and size == DESK
        given.append(tab.clean() if common else _new_visit(browser, size, **options))
        return given[-1]

    failed = request.session.testsfailed
    yield new
    for one in given:
        if one is not tab._visit:
            one.page.context.close()
    if request.session.testsfailed > failed:
        tab.close()


@pytest.fixture(scope="module")
def opened(browser: Any) -> Iterator[Callable[[str], Any]]:
    """Open a page once for all tests of a file that only let its scripts compute."""
    pages: dict[str, Any] = {}

    def once(address: str) -> Any:
        if address not in pages:
            pages[address] = Visit(browser.new_page()).open(address)
        return pages[address]

    yield once
    for page in pages.values():
        page.close()


@pytest.fixture
def scorecard(visit: Callable[..., Visit], site: str) -> Any:
    """The scorecard, live, in English."""
    return visit().open(site + SCORECARD_TOOL)


@pytest.fixture
def lens(visit: Callable[..., Visit], site: str) -> Any:
    """The lens's page, live, in English."""
    return visit().open(site + LENS_PAGE)
