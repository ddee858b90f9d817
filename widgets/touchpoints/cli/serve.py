"""Serve a folder of HTML on this machine only."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Callable
from pathlib import Path

from touchpoints.cli.errors import CommandError


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each request, and without letting browsers keep old pages."""

    # A page has some thirty files: one connection for all, and none of them waits for more.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
        """Say nothing: the terminal is for the reader."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def serve(folder: Path, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve a folder on the loopback address until Ctrl-C.

    Args:
        folder: The folder of HTML.
        port: The port; 0 takes a free one.
        ready: Called with the address once it can be opened.

    Raises:
        CommandError: If the port is taken or not allowed.
    """
    handler = functools.partial(_Handler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError):
        raise CommandError(
            f"port {port} can't be used; name another from 1024 to 65535 or leave --port away"
        ) from None
    with server:
        ready(f"http://127.0.0.1:{server.server_address[1]}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nThe book is closed.")
