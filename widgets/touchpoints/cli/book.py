"""`touchpoints open` and `touchpoints build`: make the book, show it."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from touchpoints.cli.chromium import need_chromium
from touchpoints.cli.errors import CommandError
from touchpoints.cli.repository import find_repository
from touchpoints.cli.serve import serve

#: Marks a folder that `build --out` made, so that only such folders are replaced.
_MARK: Final = ".touchpoints-book"

_BUILD: Final = "from jupyter_book.cli.main import main; main()"
_STRICT: Final = ("-W", "-n", "--keep-going")
_STEP: Final = re.compile(
    r"^(reading|writing|copying)[^\[]*\[\s*(?P<percent>\d+)%\]\s*(?P<what>.*)"
)
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PROBLEM: Final = re.compile(r": (WARNING|ERROR|CRITICAL|SEVERE):|^\w*(Error|Exception): |^Found ")
_TAIL: Final = 30


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `open` and `build`."""
    opener = commands.add_parser(
        "open",
        help="build the book, serve it on this machine and open it in the browser",
        description="Build what changed of the book, serve it on this machine, open the browser.",
        epilog="example: touchpoints open --no-browser",
    )
    opener.add_argument(
        "--no-browser", action="store_true", help="print the address instead of opening a browser"
    )
    opener.add_argument(
        "--port", type=int, default=0, help="port to serve on (default: a free one)"
    )
    opener.set_defaults(run=_open)
    builder = commands.add_parser(
        "build",
        help="build the book as HTML for any static host",
        description="Build the book as HTML that any static host can serve.",
        epilog="example: touchpoints build --out public",
    )
    builder.add_argument("--out", type=Path, metavar="FOLDER", help="folder to put the HTML into")
    builder.add_argument(
        "--pdf", action="store_true", help="make one PDF of the whole book, too (needs Chromium)"
    )
    builder.set_defaults(run=_build)


def _open(options: argparse.Namespace) -> int:
    html = build_book(find_repository())

    def ready(address: str) -> None:
        print(f"The book is open at {address} (Ctrl-C ends)", flush=True)
        if not options.no_browser:
            webbrowser.open(address)

    serve(html, port=options.port, ready=ready)
    return 0


def _build(options: argparse.Namespace) -> int:
    out: Path | None = options.out
    if out is not None:
        _refuse_foreign(out)
    if options.pdf:
        need_chromium()
    repository = find_repository()
    html = build_book(repository)
    if out is not None:
        html = _publish(html, out)
    print(f"The book is in {html}")
    if options.pdf:
        pdf = (html if out is not None else html.parent) / "touchpoint-kit.pdf"
        # What reads pages is needed here alone, and comes with the book's requirements.
        from touchpoints.cli.printed.book import print_book  # noqa: PLC0415

        pages = print_book(html, repository / "_toc.yml", pdf)
        print(f"The PDF is {pdf} ({pages} pages, {pdf.stat().st_size / 1e6:.1f} MB)")
    return 0


def build_book(repository: Path) -> Path:
    """Build what changed of the book.

    Args:
        repository: Folder of the repository.

    Returns:
        The folder of the HTML.

    Raises:
        CommandError: If a page, a cell or a reference is faulty; the log is named.
    """
    if find_missing := [m for m in ("jupyter_book", "myst_nb") if not _installed(m)]:
        raise CommandError(
            f"{', '.join(find_missing)} is missing; run: pip install -r requirements.txt"
        )
    command = [sys.executable, "-c", _BUILD, "build", str(repository), *_STRICT]
    log = repository / "_build" / "build.log"
    log.parent.mkdir(exist_ok=True)
    process = subprocess.Popen(  # noqa: S603  (our own interpreter, no input from outside)
        command,
        cwd=repository,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    lines: list[str] = []
    with log.open("w", encoding="utf-8") as file:
        for line in _with_progress(process):
            file.write(line + "\n")
            lines.append(line)
    if process.wait() != 0:
        # Sphinx takes a faulty page as done; the next build has to look at it again.
        shutil.rmtree(repository / "_build" / ".doctrees", ignore_errors=True)
        problems = [x for x in lines if _PROBLEM.search(x)] or lines
        print("\n".join(problems[-_TAIL:]), file=sys.stderr)
        raise CommandError(f"the book has faults, see above; the whole log is in {log}")
    return repository / "_build" / "html"


def _installed(module: str) -> bool:
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec(module) is not None


def _with_progress(process: subprocess.Popen[str]) -> Iterator[str]:
    """Pass the build's lines on while a bar shows how far it is."""
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}"),
    )
    console = Console(stderr=True)
    with process, Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("starting", total=100, what="")
        for raw in process.stdout or ():
            line = _ESCAPES.sub("", raw).split("\r")[-1].rstrip()
            step = _STEP.match(line)
            if step:
                progress.update(
                    task, description=step[1], completed=int(step["percent"]), what=step["what"]
                )
            if line:
                yield line


def _refuse_foreign(out: Path) -> None:
    """Refuse to replace a folder that `build` did not make."""
    if out.is_file():
        raise CommandError(f"{out} is a file; name a folder with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / _MARK).exists():
        raise CommandError(f"{out} holds other files; name an empty or new folder with --out")


def _publish(html: Path, out: Path) -> Path:
    """Copy the HTML to a folder, ready to be served: without caches, with GitHub's `.nojekyll`."""
    if out.exists():
        shutil.rmtree(out)
    shutil.copytree(html, out, ignore=shutil.ignore_patterns(".doctrees", ".buildinfo", "reports"))
    (out / ".nojekyll").touch()
    (out / _MARK).touch()
    return out
