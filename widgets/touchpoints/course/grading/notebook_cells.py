"""What a notebook asks to be executed, whoever wrote the file."""

from __future__ import annotations

import json
from typing import Any, Final

from touchpoints.core.errors import InputError

#: A notebook with many pictures in its outputs has some MB.
LARGEST_MB: Final = 20
_WANTED: Final = "a Jupyter notebook of format 4, as JupyterLab saves it"


def code_cells(content: bytes) -> tuple[str, ...]:
    """Return the sources of the code cells of a notebook, in their order.

    Outputs, texts and metadata are dropped: they count for nothing.

    Args:
        content: The bytes of the file.

    Returns:
        One text a code cell.

    Raises:
        InputError: If it is no notebook.

    Example:
        >>> code_cells(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a = 1"]}]}')
        ('a = 1',)
    """
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refused(f"a file whose byte {error.start} is no UTF-8") from None
    except json.JSONDecodeError as error:
        raise _refused(f"a file that breaks off or is damaged in line {error.lineno}") from None
    except (ValueError, RecursionError):
        raise _refused("a file that is no readable JSON") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise _refused("a file without cells")
    return tuple(_source(cell) for cell in cells if _is_code(cell))


def _is_code(cell: object) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise _refused("a cell whose source is no text")
    # A half of a character can't be handed to another process; no interpreter takes it either.
    return "".join(lines).encode("utf-8", "replace").decode("utf-8")


def _refused(found: str) -> InputError:
    return InputError(found, _WANTED, "ask for the notebook again")
