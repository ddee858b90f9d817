"""A table of paths, read once and checked, as arrays that every attribution works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchpoints.core.contacts import is_missing
from touchpoints.core.errors import InputError, echo
from touchpoints.core.frames import IntoFrame, require_columns, require_rows, to_eager
from touchpoints.core.journeys.words import CONVERSIONS, MARK, NULLS, PATH, require_names
from touchpoints.core.tables import attach, integers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from touchpoints.core.numbers import FloatArray

    Whole = NDArray[np.int64]

_COUNTS = "a whole number of 0 or more"


@dataclass(frozen=True)
class Paths:
    """Paths as arrays: all contacts one after the other, and where each path begins.

    Attributes:
        names: Names of the touchpoints, sorted.
        contact: Position in `names` of each contact, path after path.
        length: Contacts of each path, 1 or more.
        conversions: Journeys on each path that ended in a conversion.
        nulls: Journeys on each path that ended in nothing.
        like: An empty frame of the engine that came in.
    """

    names: tuple[str, ...]
    contact: Whole
    length: Whole
    conversions: Whole
    nulls: Whole
    like: nw.DataFrame[Any]

    @property
    def labels(self) -> Any:  # noqa: ANN401  (an array of objects)
        """The names as a column."""
        return np.array(self.names, dtype=object)

    @property
    def path(self) -> Whole:
        """Position of the path of each contact."""
        return np.repeat(np.arange(len(self.length)), self.length)

    @property
    def place(self) -> Whole:
        """Place of each contact within its path, from 0."""
        first = np.cumsum(self.length) - self.length
        return np.arange(len(self.contact)) - np.repeat(first, self.length)

    @property
    def journeys(self) -> Whole:
        """Journeys on each path, however they ended."""
        return self.conversions + self.nulls

    @property
    def touched(self) -> Whole:
        """Number of journeys with a contact at each touchpoint."""
        # NumPy sorts numbers of 16 bits by counting, which is many times as fast.
        small = self.contact.astype(np.min_scalar_type(len(self.names)))
        grouped = np.argsort(small, kind="stable")
        name, path = self.contact[grouped], self.path[grouped]
        again = np.append(False, (name[1:] == name[:-1]) & (path[1:] == path[:-1]))
        met = np.where(again, 0, self.journeys[path])
        return integers(add_up(name, met, len(self.names)))  # type: ignore[no-any-return]

    def frame(self, columns: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Make a native frame of the engine that came in."""
        return make_frame(self.like, columns)


def make_frame(like: nw.DataFrame[Any], columns: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Make a native frame of an engine; what is no number becomes nothing.

    Args:
        like: An empty frame of the engine.
        columns: Names and arrays of one length.

    Returns:
        The frame.
    """
    made = attach(like, columns)
    floats = [name for name, v in columns.items() if np.asarray(v).dtype.kind == "f"]
    return made.with_columns(
        nw.when(~nw.col(name).is_nan()).then(nw.col(name)).alias(name) for name in floats
    ).to_native()


def add_up(at: Whole, amounts: Any, size: int) -> FloatArray:  # noqa: ANN401  (an array of numbers)
    """Add amounts up by where they belong, a position below `size`.

    Example:
        >>> add_up(np.array([0, 2, 2]), np.array([5, 1, 1]), 3).tolist()
        [5.0, 0.0, 2.0]
    """
    return np.bincount(at, amounts, size).astype(np.float64)


def largest_first(values: FloatArray) -> Whole:
    """Return positions by falling value; what differs by rounding alone keeps its order.

    Example:
        >>> largest_first(np.array([0.3, 0.1 + 0.2, 0.5])).tolist()
        [2, 0, 1]
    """
    return np.argsort(-np.nan_to_num(values).round(9), kind="stable")


def read_paths(frame: IntoFrame) -> Paths:
    """Read and check a table of paths.

    Args:
        frame: One row a path: `path` ("a > b > c"), `conversions`, `nulls`. A path may stand in
            several rows. Rows without any journey are left out.

    Returns:
        The paths as arrays.

    Raises:
        InputError: If a column misses, there is no row, a path or a name in it is empty, a count is
            not a whole number of 0 or more, or all counts are 0.
    """
    data = to_eager(frame)
    require_columns(data, (PATH, CONVERSIONS, NULLS))
    require_rows(data, "table of paths")
    column = data.get_column(PATH).cast(nw.String)
    _refuse_nothing(column.is_null().to_numpy())
    counts = [counts_of(data, column) for column in (CONVERSIONS, NULLS)]
    if not any(values.any() for values in counts):
        raise InputError(
            "no journey: all conversions and nulls are 0", "one journey or more", "check the counts"
        )
    # Equal paths are one: what follows takes as long as there are different ones.
    texts, of_row = _numbered(column.to_arrow())
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False)
    if blank.any():
        _refuse_nothing(blank[of_row])
    won, lost = (integers(add_up(of_row, values, len(texts))) for values in counts)
    kept = won + lost > 0
    contacts = pc.split_pattern(texts.filter(pa.array(kept)), MARK)
    names, contact = _coded(contacts.flatten())
    length = integers(pc.list_value_length(contacts).to_numpy())
    return Paths(names, contact, length, won[kept], lost[kept], data.select().head(0))


def _numbered(texts: Any) -> tuple[Any, Whole]:  # noqa: ANN401  (Arrow has no types)
    """Return the different texts, and the position of each one among them.

    Arrow does this: reading texts one by one in Python would take longer than all the rest.
    """
    coded = pa.chunked_array(texts).combine_chunks().dictionary_encode()
    return coded.dictionary, integers(coded.indices.to_numpy())


def _refuse_nothing(empty: NDArray[np.bool_]) -> None:
    """Raise an `InputError` for the first row without a path."""
    for row in np.flatnonzero(empty)[:1]:
        raise InputError(
            f"column {PATH!r}, row {row + 1}: nothing",
            f"touchpoints joined by {MARK!r}",
            "fill the cell or drop the row",
        )


def _coded(written: Any) -> tuple[tuple[str, ...], Whole]:  # noqa: ANN401  (Arrow has no types)
    """Return the sorted names and the position of each contact's name."""
    texts, of_contact = _numbered(written)
    stripped = [text.strip() for text in texts.to_pylist()]
    require_names(PATH, stripped)
    names, position = np.unique(np.array(stripped, dtype=object), return_inverse=True)
    return tuple(names.tolist()), position[of_contact]


def counts_of(data: nw.DataFrame[Any], column: str) -> Whole:
    """Return a column of counts."""
    values = data.get_column(column)
    if not values.dtype.is_numeric():
        raise InputError(
            f"column {column!r} of type {values.dtype}", _COUNTS, "convert the column to numbers"
        )
    numbers = values.cast(nw.Float64).to_numpy().astype(np.float64)
    bad = ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers))
    for row in np.flatnonzero(bad)[:1]:
        raise InputError(
            f"column {column!r}, row {row + 1}: {_shown(values.to_list()[row])}",
            _COUNTS,
            "correct the cell",
        )
    return integers(numbers)  # type: ignore[no-any-return]


def _shown(value: object) -> str:
    return "nothing" if is_missing(value) or value == "" else echo(value)
