"""What was found in a file, mended with consent, or dropped: a row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pandas as pd

from touchpoints.core.errors import echo

What = Literal["found", "repaired", "dropped"]

COLUMNS: Final = ("what", "row", "column", "value", "why")
_MENDABLE: Final = "; repair mends it"


@dataclass
class Findings:
    """Collects findings while a file is read.

    Attributes:
        repair: Whether harmless faults may be mended.
    """

    repair: bool
    _parts: list[pd.DataFrame] = field(default_factory=list)

    def note(self, why: str, *, column: str = "", value: str = "") -> None:
        """Note something about the file or a column that changes no answer."""
        self._add("found", [None], column, [value], [why])

    def drop(self, cells: pd.Series[Any], column: str, why: str | pd.Series[Any]) -> None:
        """Tell cells that are left out; their index is the row in the file."""
        self._cells("dropped", cells, column, why)

    def mend(self, cells: pd.Series[Any], column: str, why: str | pd.Series[Any]) -> None:
        """Tell cells that are mended where that is allowed, and left out where it is not."""
        if self.repair:
            self._cells("repaired", cells, column, why)
        else:
            self._cells("dropped", cells, column, why + _MENDABLE)

    def _cells(
        self, what: What, cells: pd.Series[Any], column: str, why: str | pd.Series[Any]
    ) -> None:
        reasons = [why] * len(cells) if isinstance(why, str) else why.tolist()
        self._add(what, cells.index.tolist(), column, cells.tolist(), reasons)

    def _add(
        self,
        what: What,
        rows: Sequence[int | None],
        column: str,
        values: Sequence[str],
        why: Sequence[str],
    ) -> None:
        if rows:
            shown = pd.Series(values, dtype="object")
            known = {value: echo(value) if value else "" for value in shown.unique()}
            self._parts.append(
                pd.DataFrame(
                    {
                        "what": what,
                        "row": pd.array(rows, dtype="Int64"),
                        "column": column,
                        "value": shown.map(known).astype("str"),
                        "why": list(why),
                    }
                ).astype({"what": "str", "column": "str", "why": "str"})
            )

    def table(self) -> pd.DataFrame:
        """Put all findings into one table, those about the whole file first."""
        if not self._parts:
            empty = pd.DataFrame({name: pd.Series(dtype="str") for name in COLUMNS})
            return empty.astype({"row": "Int64"})
        whole = pd.concat(self._parts, ignore_index=True)[list(COLUMNS)]
        return whole.sort_values("row", kind="stable", na_position="first", ignore_index=True)
