"""What every estimate of the kit gives back: a table, a sentence and a chart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

ResultType = TypeVar("ResultType", bound="Result")

_charts: dict[type[Result], Callable[[Any], Any]] = {}
_loaders: list[Callable[[], None]] = []


class Result(ABC):
    """Base of all results: frozen, with `.table`, `.text` and `.chart()`.

    The core draws nothing. A chart is drawn by the function that `touchpoints.charts` has
    registered for the result's class, so the core stays free of any plotting library.
    """

    table: Any

    @property
    @abstractmethod
    def text(self) -> str:
        """One or two sentences that say what the table shows."""

    def chart(self) -> Any:  # noqa: ANN401  (an altair.Chart, which the core doesn't know)
        """Draw the result.

        Returns:
            An `altair.Chart`; its title states the finding.

        Raises:
            NotImplementedError: If no chart is registered for this result.
        """
        for load in _loaders:
            load()
        try:
            draw = _charts[type(self)]
        except KeyError:
            raise NotImplementedError(
                f"no chart is registered for {type(self).__name__}; import touchpoints.charts"
            ) from None
        return draw(self)

    def _repr_html_(self) -> str | None:
        """Show the table in a notebook, as the frame's own library does."""
        show = getattr(self.table, "_repr_html_", None)
        return show() if show else None


def register_chart(
    result: type[ResultType],
) -> Callable[[Callable[[ResultType], Any]], Callable[[ResultType], Any]]:
    """Name the function that draws a class of results (used by `touchpoints.charts`)."""

    def keep(draw: Callable[[ResultType], Any]) -> Callable[[ResultType], Any]:
        _charts[result] = draw
        return draw

    return keep


def load_charts_with(loader: Callable[[], None]) -> None:
    """Name a function that makes sure the charts are registered (used by the package's top)."""
    _loaders.append(loader)
