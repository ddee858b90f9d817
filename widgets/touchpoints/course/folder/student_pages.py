"""What students read first: what there is, and how to install it."""

from __future__ import annotations

from typing import Final

from touchpoints.course.folder.markdown import page, plain, table
from touchpoints.course.folder.material import Material

_SYSTEMS: Final = {
    "Windows (PowerShell)": (
        "py -m venv .venv",
        r".venv\Scripts\python -m pip install -r requirements.txt",
        r".venv\Scripts\python -m jupyterlab",
    ),
    "macOS (Terminal)": (
        "python3 -m venv .venv",
        ".venv/bin/python -m pip install -r requirements.txt",
        ".venv/bin/python -m jupyterlab",
    ),
    "Linux (terminal)": (
        "python3 -m venv .venv",
        ".venv/bin/python -m pip install -r requirements.txt",
        ".venv/bin/python -m jupyterlab",
    ),
}
_PYTHON: Final = {
    "Windows (PowerShell)": "Install it from <https://www.python.org/downloads/> with the box "
    '"Add python.exe to PATH" ticked. `py --version` then says which one you have.',
    "macOS (Terminal)": "Install it from <https://www.python.org/downloads/>. "
    "`python3 --version` then says which one you have.",
    "Linux (terminal)": "It is mostly there: `python3 --version`. On Debian and Ubuntu also run "
    "`sudo apt install python3-venv`.",
}
_OPEN: Final = {
    "Windows (PowerShell)": "Open this folder in the Explorer, type `powershell` into the address "
    "bar and press Enter.",
    "macOS (Terminal)": "Open the Terminal, type `cd ` with a space, drag this folder into the "
    "window and press Enter.",
    "Linux (terminal)": "Open this folder in the file manager and choose *Open in Terminal*.",
}


def install_page() -> str:
    """Write how to install, in three steps for each system, as Markdown."""
    parts = []
    for system, (environment, install, start) in _SYSTEMS.items():
        parts.append(
            f"## {system}\n\n"
            f"1. **Python 3.11 or later.** {_PYTHON[system]}\n"
            f"2. **Install.** {_OPEN[system]} Then, once:\n\n"
            f"   ```\n   {environment}\n   {install}\n   ```\n\n"
            f"3. **Start.** In the same window, each time:\n\n   ```\n   {start}\n   ```\n\n"
            "   The browser opens. Ctrl-C in the window ends it."
        )
    return page(
        "Install in three steps",
        "You need this folder, unzipped, on your own disk (not in a folder that a cloud service "
        "is still loading), an internet connection for step 2 and about 1.5 GB of space. Nothing "
        "else on your computer changes: all goes into the folder `.venv` here. Delete it, and "
        "everything is as before.",
        *parts,
        "## If something goes wrong",
        "- *No module named venv*, *command not found*: Python is missing or too old; step 1.\n"
        "- *No such file: requirements.txt*: the window is open in another folder; step 2.\n"
        "- *No module named touchpoints* in a notebook: JupyterLab was started by another Python. "
        "Close it and start it with the command of step 3.\n"
        "- Still stuck: copy the last five lines of the window and ask. A picture of the screen "
        "says less.",
    )


def first_steps_page(material: Material) -> str:
    """Write what students see first, as Markdown.

    Args:
        material: What the course is made of.
    """
    first = {n.kind: f"`{n.address}.ipynb`" for n in reversed(material.notebooks)}
    opened = first.get("labs", "a notebook")
    python = first.get("first_steps")
    return page(
        material.config.title,
        "All data of *Nordlicht Wohnen* in these notebooks are synthetic: invented for teaching.",
        "## First steps",
        "1. Install once: [install.html](install.html) says how, in three steps.\n"
        f"2. Start JupyterLab and open {opened} by a double click on the left."
        + (f" If you have never written Python, begin with {python}." if python else "")
        + "\n"
        "3. Click into the first cell with code and press Shift+Enter. The result stands below it, "
        "and the next cell is chosen. Go on like this, from top to bottom.\n"
        "4. Change something, run the cell again, and see what happens. You can't break anything; "
        "*Kernel → Restart Kernel and Run All Cells* begins anew.\n"
        "5. Where three dots stand, the next lines are yours. A cell with `grader.check(…)` says "
        "whether your answer fits and, if not, what was probably mixed up.",
        "## What is here",
        _contents(material),
        _assignments(material),
    )


def _contents(material: Material) -> str:
    rows = [
        (
            plain(n.title),
            f"`{n.address}.ipynb`",
            f"{n.minutes}\N{NO-BREAK SPACE}min" if n.minutes else "",
            " · ".join(material.link(address) for address in n.chapters) or "nothing",
        )
        for n in material.notebooks
    ]
    return table(("Notebook", "File", "Time", "You need"), rows)


def _assignments(material: Material) -> str:
    names = material.plan.assignments
    if not names:
        return ""
    rows = [
        (
            plain(material.assignments[name].title),
            f"`assignments/{name}.ipynb`",
            f"{material.points(name):g}",
        )
        for name in names
    ]
    said = {
        "graded": "Your own data come as a ZIP file with your code in its name. Unpack it into "
        "`assignments`, so that there is a folder `assignments/data`. Work in the notebooks there, "
        "save, and hand in the notebook as it is.",
        "practice": "The data of an invented company lie in `assignments/data`. Save a copy of a "
        "notebook before you begin, so that you can start anew.",
    }
    return (
        f"## Assignments\n\n{said.get(material.mode, '')}\n\n"
        f"{table(('Assignment', 'File', 'Points'), rows)}"
    )
