"""Tables of results in words: headings from the columns' names, numbers as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from touchpoints.core.contacts import GRADE, NO_CONTACT, is_missing

_SUFFIXES: Final = {"_pct": " (%)", "_points": " (points)"}
_KEPT_SHORT: Final = {"p": "p", "bh": "BH", "holm": "Holm", "nps": "NPS"}
_SMALLEST_P: Final = 0.0005


@dataclass(frozen=True)
class PlainTable:
    """A table of texts.

    Attributes:
        caption: What it shows.
        headings: One text a column.
        numeric: For each column whether it holds numbers.
        rows: The cells.
    """

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def plain_table(caption: str, table: Any) -> PlainTable:  # noqa: ANN401  (a frame of any engine)
    """Put a result's table into words.

    Args:
        caption: What it shows.
        table: A small frame.

    Returns:
        Its texts.

    Example:
        >>> import pandas as pd
        >>> made = plain_table("", pd.DataFrame({"grade": [1.0, None], "n": [1200, 5]}))
        >>> made.rows
        (('1', '1,200'), ('no contact', '5'))
    """
    frame = nw.from_native(table, eager_only=True)
    columns = {name: frame.get_column(name).to_list() for name in frame.columns}
    texts = [column_texts(name, values) for name, values in columns.items()]
    return PlainTable(
        caption,
        tuple(heading(name) for name in columns),
        tuple(_is_numeric(name, values) for name, values in columns.items()),
        tuple(zip(*texts, strict=True)),
    )


def heading(column: str) -> str:
    """Turn a column's name into words.

    Example:
        >>> heading("no_contact_rate_pct"), heading("p_bh"), heading("customer_id")
        ('no contact rate (%)', 'p BH', 'customer id')
    """
    unit = ""
    for suffix, text in _SUFFIXES.items():
        if column.endswith(suffix):
            column, unit = column.removesuffix(suffix), text
    return " ".join(_KEPT_SHORT.get(word, word) for word in column.split("_")) + unit


def column_texts(column: str, values: list[Any]) -> list[str]:
    """Write the cells of a column.

    Example:
        >>> column_texts("p_value", [0.00001, 0.25]), column_texts("small_cell", [True, False])
        (['< 0.001', '0.250'], ['yes', 'no'])
    """
    numbers = [abs(v) for v in values if isinstance(v, float) and not is_missing(v)]
    # Shares and scores from -1 to 1 need more digits than points and per cents.
    digits = 3 if numbers and max(numbers) <= 1 and not column.endswith(tuple(_SUFFIXES)) else 1
    return [_text(column, value, digits) for value in values]


def _text(column: str, value: Any, digits: int) -> str:  # noqa: ANN401
    if is_missing(value):
        return NO_CONTACT if column == GRADE else "–"
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "yes" if value else "no"
    if column == GRADE:
        return f"{value:g}"
    if column.startswith("p_") and isinstance(value, float):
        return "< 0.001" if value < _SMALLEST_P else f"{value:.3f}"
    if isinstance(value, float):
        return f"{value:,.{digits}f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _is_numeric(column: str, values: list[Any]) -> bool:
    """Numbers stand to the right; grades are names of rows."""
    numbers = [v for v in values if not is_missing(v)]
    plain = all(isinstance(v, int | float) and not isinstance(v, bool) for v in numbers)
    return column != GRADE and bool(numbers) and plain
