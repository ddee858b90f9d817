"""Download one file: over https alone, within limits of size and time, going on where it broke off.

A part is continued only if the server vouches that the file is still the same (`If-Range` with a
strong entity tag or a date); else the download starts anew. The caller names a file in a folder of
its own and moves it once it has looked at the content.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

_CHUNK: Final = 65_536
_PARTIAL: Final = 206
_NOT_SATISFIABLE: Final = 416
_BUSY: Final = 429
_SERVER_FAULT: Final = 500
#: Longer numbers are no sizes of files, and Python refuses to read those of thousands of digits.
_DIGITS: Final = 15
_START: Final = re.compile(rf"bytes ([0-9]{{1,{_DIGITS}}})-[0-9]+/([0-9]+|\*)$")

#: Told how many bytes there are, and how many there will be if that is known.
Progress = Callable[[int, int | None], None]


class DownloadError(Exception):
    """A file can't be had; the message says why, on one line."""


@dataclass(frozen=True)
class Limits:
    """What a download may take.

    Attributes:
        most_bytes: Size beyond which it is broken off.
        patience: Seconds without any byte.
        longest: Seconds in all, looked at whenever a part of the file has come and before each
            further try, so that a server that drips the file can't hold the command. It does not
            end an answer whose headers drip: each of their bytes may take up to `patience`.
        tries: How often it is begun or continued.
        pause: Seconds before the second try; doubled before each further one.
        schemes: Of addresses, those of redirections included.
    """

    most_bytes: int
    patience: float = 30.0
    longest: float = 900.0
    tries: int = 5
    pause: float = 1.0
    schemes: Collection[str] = ("https",)


def fetch(address: str, target: Path, limits: Limits, progress: Progress) -> None:
    """Download a file.

    Args:
        address: Where it is.
        target: Where to write it; what stands there is replaced.
        limits: Of size, time and tries.
        progress: Told about each part that arrives.

    Raises:
        DownloadError: If the address is not allowed, the server refuses, the file is too large, or
            the connection breaks too often.
    """
    _require_scheme(address, limits.schemes)
    ends = time.monotonic() + limits.longest
    reason = ""
    opener = urllib.request.build_opener(_Redirects(limits.schemes))
    with target.open("wb") as file:
        download = _Download(address, file, limits, progress, opener, ends)
        for attempt in range(limits.tries):
            if attempt:
                time.sleep(min(limits.pause * 2 ** (attempt - 1), max(ends - time.monotonic(), 0)))
            try:
                if download.go_on():
                    return
                reason = "the connection broke off"
            except urllib.error.HTTPError as error:
                reason = f"the server answers {error.code}"
                if error.code == _NOT_SATISFIABLE:
                    download.start_anew()
                elif error.code < _SERVER_FAULT and error.code != _BUSY:
                    break
            except (OSError, http.client.HTTPException) as error:
                reason = str(getattr(error, "reason", "") or error) or type(error).__name__
            if time.monotonic() >= ends:
                reason = f"it took longer than {limits.longest:g} s"
                break
    raise DownloadError(f"{address}: {reason}")


class _Download:
    """One file on its way, over several connections."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        address: str,
        file: IO[bytes],
        limits: Limits,
        progress: Progress,
        opener: urllib.request.OpenerDirector,
        ends: float,
    ) -> None:
        self.address = address
        self.file = file
        self.limits = limits
        self.progress = progress
        self.opener = opener
        self.ends = ends
        self.validator: str | None = None

    def start_anew(self) -> None:
        self.file.seek(0)
        self.file.truncate()

    def go_on(self) -> bool:
        """Ask for the rest (or all) and write what comes; tell whether the file is complete."""
        have = self.file.tell()
        if have and self.validator is None:
            self.start_anew()
            have = 0
        headers = {"Accept-Encoding": "identity", "User-Agent": "touchpoint-kit"}
        if have and self.validator is not None:
            headers |= {"Range": f"bytes={have}-", "If-Range": self.validator}
        request = urllib.request.Request(self.address, headers=headers)  # noqa: S310  (checked)
        with self.opener.open(request, timeout=self.limits.patience) as answer:
            return self._write(answer, have)

    def _write(self, answer: Any, have: int) -> bool:  # noqa: ANN401  (an HTTPResponse)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise DownloadError(f"{self.address}: the answer is compressed, unasked")
        total = self._continued(answer, have) if answer.status == _PARTIAL else None
        if total is None:
            self.start_anew()
            if answer.status == _PARTIAL:  # of another place: of no use
                self.validator = None
                return False
            have = 0
            total = _whole(answer.headers.get("Content-Length"))
        self.validator = _validator(answer)
        if total >= 0:
            self._require_small(total)
        while chunk := answer.read1(_CHUNK):
            have += len(chunk)
            self._require_small(have)
            self.file.write(chunk)
            self.progress(have, total if total >= 0 else None)
            if time.monotonic() >= self.ends:
                return False
        # Without a length the end of the connection is the end of the file.
        return total < 0 or have == total

    def _continued(self, answer: Any, have: int) -> int | None:  # noqa: ANN401
        """Return the size of the whole (-1 where not told), or None unless it goes on here."""
        match = _START.match(answer.headers.get("Content-Range", ""))
        if match is None or int(match[1]) != have:
            return None
        return _whole(match[2])

    def _require_small(self, size: int) -> None:
        if size > self.limits.most_bytes:
            raise DownloadError(
                f"{self.address}: larger than {self.limits.most_bytes / 1e6:g} MB, so another file"
            )


def _whole(text: str | None) -> int:
    """Read a size that a server tells; -1 where it is none."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        return -1
    return int(text)


def _validator(answer: Any) -> str | None:  # noqa: ANN401
    """Return what names this very version of the file; a weak tag doesn't."""
    tag = answer.headers.get("ETag")
    if tag is not None and not tag.startswith("W/"):
        return str(tag)
    date = answer.headers.get("Last-Modified")
    return None if date is None else str(date)


def _require_scheme(address: str, schemes: Collection[str]) -> None:
    if urlsplit(address).scheme not in schemes:
        raise DownloadError(f"{address}: only {' and '.join(sorted(schemes))} is allowed")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirections within the allowed schemes."""

    def __init__(self, schemes: Collection[str]) -> None:
        self.schemes = schemes

    def redirect_request(self, *arguments: Any) -> urllib.request.Request | None:  # noqa: ANN401
        _require_scheme(arguments[-1], self.schemes)
        return super().redirect_request(*arguments)
