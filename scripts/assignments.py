"""Write the assignments from their sources, with Otter-Grader.

usage: python scripts/assignments.py

A source (`teaching/assignments/*.src.ipynb`) holds tasks, solutions, visible and hidden tests. From
it come, in a folder of its name beside it, the notebook that students get (visible tests travel
inside it), the solved one, and for marking one test file a question, hidden tests included.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat
from exercises import ENDING, assigned, name_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "teaching" / "assignments"


def sources() -> list[Path]:
    """Return the sources of all assignments, sorted by name."""
    return sorted(FOLDER.glob(f"*{ENDING}"))


def made(source: Path) -> dict[str, str]:
    """Make all files of an assignment.

    Args:
        source: An Otter Assign source.

    Returns:
        Path within the assignment's folder, and text; the same at each run.
    """
    tasks, solved = (nbformat.reads(text, as_version=4) for text in assigned(source))
    tests = {name: text.rstrip() + "\n" for name, text in solved.metadata.otter.tests.items()}
    # The hidden tests need the expected answers, which no notebook has.
    solved.metadata["otter"] = tasks.metadata.otter
    order = [name for name in _checked(tasks) if name in tests]
    questions = [
        {"name": name, "points": _points(tests[name]), "answers": _answers(tests[name])}
        for name in order
    ]
    heading = next(c.source for c in tasks.cells if c.cell_type == "markdown")
    sheet = {"title": heading.splitlines()[0].removeprefix("# "), "questions": questions}
    files = {f"tests/{name}.py": text for name, text in tests.items()}
    files["assignment.json"] = json.dumps(sheet, indent=2, ensure_ascii=False) + "\n"
    for name, notebook in (("tasks.ipynb", tasks), ("solved.ipynb", solved)):
        files[name] = str(nbformat.writes(notebook, indent=1)) + "\n"
    return files


def _checked(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the names of the questions, in the order of their checks."""
    checks = [c.source for c in notebook.cells if c.source.startswith("grader.check(")]
    return [source.split('"')[1] for source in checks]


def _points(test: str) -> float:
    """Read what a question is worth."""
    for node in ast.parse(test).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "points":
            value = ast.literal_eval(node.value)
            return value if isinstance(value, int) else float(value)
    raise ValueError("a question without points")


def _answers(test: str) -> list[str]:
    """Read the variables that the tests of a question take, in their order."""
    functions = [node for node in ast.parse(test).body if isinstance(node, ast.FunctionDef)]
    taken = [argument.arg for function in functions for argument in function.args.args]
    return [name for name in dict.fromkeys(taken) if name != "expected"]


def main() -> None:
    """Write all assignments."""
    for source in sources():
        folder = FOLDER / name_of(source)
        for name, text in made(source).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        print(folder)


if __name__ == "__main__":
    main()
