"""`touchpoints lab`: JupyterLab on the notebooks."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec

from touchpoints.cli.errors import CommandError
from touchpoints.cli.repository import find_repository


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `lab`."""
    parser = commands.add_parser(
        "lab",
        help="open the notebooks in JupyterLab",
        description="Open the notebooks in JupyterLab; widgets and charts work without a network.",
        epilog="example: touchpoints lab --no-browser",
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--port", type=int, help="port to serve on (default: Jupyter's choice)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # The whole repository, opened at its notebooks: they link to pages of the book, and JupyterLab
    # opens nothing above its root.
    folder = find_repository()
    if find_spec("jupyterlab") is None:
        raise CommandError("JupyterLab is missing; run: pip install -r requirements.txt")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command.append("--LabApp.default_url=/lab/tree/notebooks")
    # No news and no extension listing: both would ask another host.
    command += ["--LabApp.news_url=None", "--LabApp.extension_manager=readonly"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container there is often no other user
    if options.no_browser:
        command.append("--no-browser")
    if options.port is not None:
        command.append(f"--port={options.port}")
    return subprocess.call(command)  # noqa: S603  (our own interpreter)
