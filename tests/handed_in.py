"""Notebooks as students hand them in, good and hostile."""

from __future__ import annotations

import json
from pathlib import Path


def notebook(*cells: str) -> str:
    """A notebook of some code cells."""
    made = [
        {
            "cell_type": "code",
            "source": cell,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "id": str(number),
        }
        for number, cell in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def cells_of(text: str) -> list[str]:
    """The code cells of a notebook."""
    cells = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def ten_submissions(solved: str, empty: str, key: Path, victim: Path) -> dict[str, str]:
    """Ten submissions: what students hand in, and what should harm nobody."""
    solution = cells_of(solved)
    loop = "while True:\n    try:\n        pass\n    except Exception:\n        pass"
    steal = f"""
import socket
told = []
for attempt in (
    lambda: open({str(key)!r}).read(),
    lambda: socket.create_connection(("127.0.0.1", 1), 1),
    lambda: open({str(victim)!r}, "w"),
):
    try:
        attempt()
    except Exception as error:
        told.append(type(error).__name__)
raise RuntimeError(" ".join(told))
"""
    many = "import os\nfor _ in range(400):\n    if os.fork() == 0:\n        import time; time.sleep(60)"
    delete = f"""
import os, shutil
shutil.rmtree({str(victim.parent)!r}, ignore_errors=True)
for name in os.listdir("."):
    shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
os.mkdir("closed")
open("closed/file", "w").close()
os.chmod("closed", 0)
"""
    return {
        "solution": solved,
        "empty": empty,
        "partly": notebook(*solution, "channel_means = 3", "true_statements = ..."),
        "syntax": notebook("def (:", *solution),
        "loops": notebook(*solution, loop, "n_panel = 0"),
        "memory": notebook("hoard = [0] * 10**12", *solution, "hoard = bytearray(2**36)"),
        "deletes": notebook(*solution, delete),
        "prints": notebook(*solution, 'for _ in range(1000): print("line\\n" * 1000)'),
        "steals": notebook(*solution, steal, many),
        "broken": solved[: len(solved) // 2],
    }
