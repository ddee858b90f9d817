"""Write the exercise notebooks from their sources, with Otter-Grader.

usage: python scripts/exercises.py [--solutions FOLDER]

A source (`notebooks/exercises/*.src.ipynb`) holds tasks, solutions and checks. From it comes the
notebook that students work in, beside the source; its checks travel inside it. With
`--solutions` the solved notebooks are written to a folder instead.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import nbformat
from otter.assign import main as assign

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks" / "exercises"
ENDING = ".src.ipynb"
#: The metadata that stay: what runs the notebook, and Otter's checks.
_METADATA = ("kernelspec", "language_info", "otter")


def sources() -> list[Path]:
    """Return the sources of all exercises, sorted by name."""
    return sorted(FOLDER.glob(f"*{ENDING}"))


def name_of(source: Path) -> str:
    """Return an exercise's name."""
    return source.name.removesuffix(ENDING)


def assigned(source: Path) -> tuple[str, str]:
    """Make the notebook of tasks and the solved one.

    Args:
        source: An Otter Assign source.

    Returns:
        The two notebooks as text, the same at each run.
    """
    with tempfile.TemporaryDirectory() as folder:
        # Otter writes the file's name into the notebook's first cell.
        copy = Path(folder) / f"{name_of(source)}.ipynb"
        shutil.copyfile(source, copy)
        assign(str(copy), str(Path(folder) / "out"), no_pdfs=True, no_run_tests=True)
        tasks, solved = (
            _settled(Path(folder) / "out" / kind / copy.name) for kind in ("student", "autograder")
        )
    return tasks, solved


def _settled(path: Path) -> str:
    """Read a notebook of Otter's; ids that change from run to run get names."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:02}"
        # Tasks stay as they are, but a reader may add cells and notes.
        cell["metadata"] = {"tags": cell.metadata.tags} if "tags" in cell.metadata else {}
    notebook["metadata"] = {k: v for k, v in notebook.metadata.items() if k in _METADATA}
    return str(nbformat.writes(notebook, indent=1)) + "\n"


def main() -> None:
    """Write all exercises."""
    parser = argparse.ArgumentParser(description="Write the exercise notebooks.")
    parser.add_argument("--solutions", type=Path, help="write the solved notebooks here instead")
    solutions = parser.parse_args().solutions
    for source in sources():
        tasks, solved = assigned(source)
        folder, text = (solutions, solved) if solutions else (FOLDER, tasks)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name_of(source)}.ipynb"
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
