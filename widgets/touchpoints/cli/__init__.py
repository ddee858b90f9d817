"""The command `touchpoints`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from touchpoints.cli import book, course, data, lab, report, survey
from touchpoints.cli.errors import CommandError
from touchpoints.core.errors import InputError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="touchpoints",
        description="Open the touchpoint kit: a live book, its notebooks and its data.",
        epilog="example: touchpoints open",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (book, lab, data, report, survey, course):
        module.add_commands(commands)
    return parser


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options, late = parser.parse_known_args(arguments)
    # argparse gives optional places up at the first option: `data check --repair FILE`.
    if getattr(options, "survey", "") is None and len(late) == 1 and late[0][:1] != "-":
        options.survey = late.pop()
    if late:
        parser.error(f"unrecognized arguments: {' '.join(late)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What stands behind `touchpoints`; by default the process's own arguments.

    Returns:
        0 if all went well, 1 if the command could not do its work, 130 after Ctrl-C. Wrong usage
        leaves through `SystemExit` with 2.
    """
    options = _options(arguments)
    try:
        code: int = options.run(options)
    except (CommandError, InputError) as error:
        print(f"touchpoints: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code
