"""Files in `teaching/`: read as plain YAML, and called as their content says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from touchpoints.core.errors import InputError, echo
from touchpoints.plain_yaml import read_yaml

_FORM: Final = "YAML as in teaching/README.md"


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Content = TypeVar("_Content")
_NamedContent = TypeVar("_NamedContent", bound=_Named)


def load_source(path: Path, what: str, read: Callable[[Any, str], _Content]) -> _Content:
    """Read and check a file.

    Args:
        path: The file.
        what: What is wanted, for the message, as "a rubric".
        read: Checks its parsed content; takes the file's name for messages.

    Returns:
        What `read` makes of it.

    Raises:
        InputError: If it can't be read, or `read` refuses its content.
    """
    return read(read_yaml(path, what, _FORM), path.name)


def load_named(
    path: Path, what: str, read: Callable[[Any, str], _NamedContent], field: str = "name"
) -> _NamedContent:
    """Read and check a file that others find by its name.

    Args:
        path: The file.
        what: What is wanted, for the message.
        read: As in `load_source`.
        field: The field of the file that names its content.

    Returns:
        What `read` makes of it.

    Raises:
        InputError: As in `load_source`, or if the file is called otherwise than its content.
    """
    content = load_source(path, what, read)
    if content.name != path.stem:
        raise InputError(
            f"{path.name}, {field}: {echo(content.name)}",
            f"the file's name, {path.stem}",
            "rename one of them",
        )
    return content
