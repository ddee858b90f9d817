"""The touchpoint kit: teach, apply and test the ideas of touchpoint marketing.

Example:
    >>> import touchpoints as tp
    >>> tp.load("touchpoints").shape[0]
    21
"""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from touchpoints.core import (
    GeneratedData,
    InputError,
    ScoringRule,
    TouchpointScores,
    generate,
    score_touchpoints,
)
from touchpoints.core.result import load_charts_with
from touchpoints.data import describe, list_datasets, load

if TYPE_CHECKING:
    from touchpoints.ui.scorecard import Scorecard

try:
    __version__ = version("touchpoint-kit")
except PackageNotFoundError:  # the source tree on the path, not installed
    __version__ = "0+unknown"

__all__ = [
    "GeneratedData",
    "InputError",
    "Scorecard",
    "ScoringRule",
    "TouchpointScores",
    "describe",
    "generate",
    "list_datasets",
    "load",
    "score_touchpoints",
]

# Plotting and widget libraries take a second to import: they come when first asked for.
_LAZY = {"Scorecard": "touchpoints.ui.scorecard"}


def _load_charts() -> None:
    importlib.import_module("touchpoints.charts")


load_charts_with(_load_charts)


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
