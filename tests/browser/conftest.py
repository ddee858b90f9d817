"""Pages of the built book in a real browser, served in the ways a reader may meet them."""

from __future__ import annotations

import functools
import http.server
import threading
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
        self.page.wait_for_function(
            "[...document.querySelectorAll('.tp-live[data-model], .tp-chart')].every(v => v.dataset.ready)"
        )
        return self.page


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """Open a fresh browser context; extra arguments go to it."""
    contexts = []

    def new(width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Visit(context.new_page())

    yield new
    for context in contexts:
        context.close()


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
