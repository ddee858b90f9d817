"""Say what became of the files of a folder that its owner changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from touchpoints.kept_folder import NEW_VERSIONS, Outcome

_SHOWN: Final = 12


def tell_outcome(outcome: Outcome, folder: Path) -> None:
    """Print what became of the files; what was left alone is named.

    Args:
        outcome: What became of them.
        folder: Where they lie.
    """
    print(
        f"Files written {len(outcome.written)}, updated {len(outcome.updated)}, "
        f"removed {len(outcome.removed)}, unchanged {len(outcome.unchanged)}."
    )
    changed = [path for path in outcome.kept if path not in outcome.offered]
    _list("Left alone, because you changed them:", changed)
    _list(
        f"Left alone, because you changed them; new versions are in {folder / NEW_VERSIONS}:",
        outcome.offered,
    )
    _list("Not made again, because you deleted them:", outcome.stay_deleted)
    _list("No longer made, but changed by you, so left alone:", outcome.left_over)


def _list(said: str, paths: list[str]) -> None:
    if paths:
        print(said)
        for path in sorted(paths)[:_SHOWN]:
            print(f"  {path}")
        if len(paths) > _SHOWN:
            print(f"  and {len(paths) - _SHOWN} more")
