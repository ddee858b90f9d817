"""Read YAML that somebody else wrote: plain data or one clear sentence."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

import yaml

from touchpoints.core.errors import InputError, echo
from touchpoints.plain_text import read_text

_LARGEST_KB: Final = 500


class _PlainLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """YAML without what plain data don't need and an attacker does: aliases.

    A key that stands twice is an error; YAML itself would silently take the last.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, "an alias (*) is not allowed here", self.peek_event().start_mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:  # noqa: ANN401, FBT001, FBT002
        seen: set[object] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or name in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {echo(name)} twice or not a word", key.start_mark
                )
            seen.add(name)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


def read_yaml(path: Path, what: str, form: str) -> Any:  # noqa: ANN401  (whatever the file holds)
    """Read a YAML file of up to 500 kB in UTF-8.

    Args:
        path: The file.
        what: What is wanted, for the message, as "a question file".
        form: What is allowed in it, for the message.

    Returns:
        Plain data: mappings, lists, texts, numbers.

    Raises:
        InputError: If it can't be read, is too large, or `parse_yaml` refuses it.
    """
    return parse_yaml(read_text(path, what, most_kb=_LARGEST_KB), path.name, form)


def parse_yaml(text: str, source: str, form: str) -> Any:  # noqa: ANN401  (whatever the text holds)
    """Parse YAML from outside.

    Args:
        text: The YAML.
        source: What the message calls it, as a file's name.
        form: What is allowed, for the message.

    Returns:
        Plain data: mappings, lists, texts, numbers.

    Raises:
        InputError: If it is no YAML, names a key twice or uses an alias; the message names the
            line.

    Example:
        >>> parse_yaml("weeks: 12", "course.yml", "YAML")
        {'weeks': 12}
    """
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        found = " ".join((error.problem or "not readable").split())
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        where, found = "", echo(" ".join(str(error).split()))
    except RecursionError:
        where, found = "", "levels within levels"
    raise InputError(f"{source}{where}: {found}", form, "correct the file")
