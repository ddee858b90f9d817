"""The trust simulator: two scenarios of the contact cycle side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import traitlets as t

from touchpoints.core.errors import InputError, echo
from touchpoints.core.hashed_draws import DRAW_RANGE
from touchpoints.core.intervals import z_value
from touchpoints.core.numbers import whole
from touchpoints.core.trust_cycle import TRUST_LIMITS, TRUST_PRESETS, TrustCycle
from touchpoints.core.trust_simulation import TrustCourse, simulate_trust
from touchpoints.core.vocabulary import CONTACT_PHASES
from touchpoints.ui.base import TouchpointWidget, texts, written

if TYPE_CHECKING:
    import pandas as pd

_CONFIDENCE: Final = 0.95
_CUSTOMERS: Final = 1000
_CYCLES: Final = 10
_SCENARIOS: Final = ("a", "b")


class TrustSimulator(TouchpointWidget):
    """Change the quality of the phases and watch trust over several cycles, in two scenarios.

    The model is that of `TrustCycle`, a teaching model and not a finding. The page simulates 1,000
    customers through ten cycles; the same seed gives the same customers the same luck, in both
    scenarios, in the page and in Python.

    Args:
        a: Parameters of the first scenario; by default the preset "excellent_throughout".
        b: Parameters of the second scenario; by default the preset "one_bad_contact".
        lang: Language of the texts, "en" or "de".
        seed: A whole number from 0 to 4,294,967,295.
        keep: Name under which a published page keeps the reader's scenarios in the browser.

    Attributes:
        scenario_a: Parameters of the first scenario as plain data; observable.
        scenario_b: Parameters of the second scenario as plain data; observable.
        seed: Seed of chance; observable.

    Raises:
        InputError: If a scenario is no set of parameters or the seed is out of range.

    Example:
        >>> simulator = TrustSimulator()
        >>> simulator.scenario_b = {**simulator.scenario_b, "mishap_cycle": 0}
        >>> [course.table["in_credit"].tolist()[-1] for course in simulator.results.values()]
        [970, 970]
    """

    _name = "trust_simulator"
    _parts = (
        "dom",
        "records",
        "controls",
        "picture",
        "intervals",
        "trust_simulation",
        "slider",
        "trust_controls",
        "axes",
        "trust_chart",
    )

    scenario_a = t.Dict().tag(sync=True)
    scenario_b = t.Dict().tag(sync=True)
    seed = t.Any(1).tag(sync=True)
    #: What the front end must not have a copy of.
    _constants = t.Dict().tag(sync=True)

    def __init__(
        self,
        a: TrustCycle | None = None,
        b: TrustCycle | None = None,
        lang: str = "en",
        *,
        seed: int = 1,
        keep: str = "",
    ) -> None:
        super().__init__(
            lang=lang,
            scenario_a=_plain(a, "excellent_throughout"),
            scenario_b=_plain(b, "one_bad_contact"),
            seed=seed,
            _constants={
                "limits": {name: list(limits) for name, limits in TRUST_LIMITS.items()},
                "presets": {name: TrustCycle.preset(name).to_dict() for name in TRUST_PRESETS},
                "phases": list(CONTACT_PHASES),
                "customers": _CUSTOMERS,
                "cycles": _CYCLES,
                "z": z_value(_CONFIDENCE),
            },
            _kept={"key": keep, "traits": ["scenario_a", "scenario_b", "seed"]},
        )
        self._fallback = self._table_without_scripts()

    @property
    def results(self) -> dict[str, TrustCourse]:
        """The courses of both scenarios, "a" and "b": the same numbers as in the page."""
        return {
            name: simulate_trust(
                TrustCycle(**getattr(self, f"scenario_{name}")),
                n_customers=_CUSTOMERS,
                n_cycles=_CYCLES,
                seed=self.seed,
            )
            for name in _SCENARIOS
        }

    @t.validate("scenario_a", "scenario_b")
    def _check_scenario(self, proposal: Any) -> dict[str, Any]:  # noqa: ANN401
        found: dict[str, Any] = proposal["value"]
        known = TrustCycle().to_dict()
        unknown = [name for name in found if name not in known]
        if unknown:
            raise InputError(
                f"parameter {echo(unknown[0])}",
                ", ".join(known),
                "start from TrustCycle().to_dict()",
            )
        return TrustCycle(**found).to_dict()

    @t.validate("seed")
    def _check_seed(self, proposal: Any) -> int:  # noqa: ANN401
        return whole("seed", proposal["value"], 0, DRAW_RANGE - 1)

    def _table_without_scripts(self) -> dict[str, Any]:
        """Describe the initial state as a table: the end of each cycle."""
        words = texts(self.lang)["trust_simulator"]
        tables = [_ends(course.table, self.lang) for course in self.results.values()]
        titles = [
            f"{name.upper()}: {words[f'column_{key}']}"
            for name in _SCENARIOS
            for key in ("median", "share", "n")
        ]
        return {
            "caption": words["table"],
            "columns": [words["axis"], *titles],
            "rows": [
                [str(cycle + 1), *(cell for table in tables for cell in table[cycle])]
                for cycle in range(_CYCLES)
            ],
        }


def _plain(parameters: TrustCycle | None, preset: str) -> dict[str, Any]:
    if parameters is None:
        return TrustCycle.preset(preset).to_dict()
    if not isinstance(parameters, TrustCycle):
        raise InputError(
            f"scenario {echo(parameters)}",
            "a TrustCycle",
            "start from TrustCycle() or TrustCycle.preset(...)",
        )
    return parameters.to_dict()


def _ends(table: pd.DataFrame, lang: str) -> list[tuple[str, str, str]]:
    """Write the last contact of each cycle as cells."""
    ends = table[table["contact_phase"] == CONTACT_PHASES[-1]]
    return [
        (
            _with_range(row, lang, "median_points", "q25_points", "q75_points"),
            _with_range(row, lang, "in_credit_pct", "low_pct", "high_pct"),
            written(row["taking_part"], lang, 0),
        )
        for row in ends.to_dict("records")
    ]


def _with_range(row: dict[Any, Any], lang: str, *columns: str) -> str:
    """Write a number and its range."""
    middle, first, last = (written(row[column], lang) for column in columns)
    return f"{middle} ({first} … {last})"
