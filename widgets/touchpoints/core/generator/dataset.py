"""Generate the data of Nordlicht Wohnen, or of another invented company."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from touchpoints.core.generator import answers, truth
from touchpoints.core.generator.company import (
    AGE_GROUPS,
    COMMUNICATION_STYLES,
    REASONS,
)
from touchpoints.core.generator.company_model import NORDLICHT, CompanyModel
from touchpoints.core.generator.draws import Draws, Flags
from touchpoints.core.generator.journeys import FIRST_DAY
from touchpoints.core.generator.panel import (
    STATUSES,
    Panel,
    customers_behind,
    draw_panel,
)
from touchpoints.core.generator.population import Population, draw_population
from touchpoints.core.generator.tables import Backend, Column, check_backend, to_frame
from touchpoints.core.generator.worlds import World, WorldName, world_named
from touchpoints.core.numbers import whole

#: What can come out of a logged contact.
OUTCOMES: Final = ("none", "order")
_CENTS: Final = 100
_TENS: Final = 10_000


@dataclass(frozen=True)
class GeneratedData:
    """Synthetic data of one company. The frames are built when first asked for.

    Attributes:
        company: The company's touchpoints and journeys.
        world: The world's parameters.
        seed: Seed of all random numbers.
        backend: Engine of the frames.
        population: All customers, as arrays.
        panel: Who of them is in the panel.
    """

    company: CompanyModel
    world: World
    seed: int
    backend: Backend
    population: Population
    panel: Panel

    @cached_property
    def customers(self) -> Any:  # noqa: ANN401  (a frame of the backend)
        """The panel, one row a customer; columns as in the dataset `customers`."""
        everybody, member = self.population, self.panel.member
        bonding = everybody.bonding[member]
        draws = Draws(self.seed)
        new = self.panel.status == STATUSES.index("joined")
        gone = ~self._answered
        now = self._questionnaire.where(self._is_member).items(bonding)
        before = self._earlier_questionnaire.items(everybody.traits.earlier)
        asked = {
            "satisfaction": answers.satisfaction(draws, bonding, everybody.mean_quality[member]),
            "recommendation": answers.recommendation(draws, bonding),
            "stays_in_crisis": answers.stays_in_crisis(draws, bonding),
            "price_tolerance_pct": answers.price_tolerance(draws, bonding),
        }
        columns = {
            "customer_id": Column(member + 1),
            "age_group": Column(everybody.traits.age[member], None, AGE_GROUPS),
            "communication_style": Column(
                everybody.traits.style[member], None, COMMUNICATION_STYLES
            ),
            "panel_status": Column(self.panel.status, None, STATUSES),
            **{f"bonding_{k}": Column(item, gone) for k, item in enumerate(now, 1)},
            **{
                f"bonding_{k}_previous": Column(item[member], new)
                for k, item in enumerate(before, 1)
            },
            **{name: Column(values, gone) for name, values in asked.items()},
            "orders_per_year": Column(everybody.orders[member]),
            "spend_eur_per_year": Column(everybody.cents[member] / _CENTS),
            "panel_weight": Column(self.panel.weight_tens / _TENS, gone),
        }
        return to_frame(columns, self.backend)

    @cached_property
    def contacts(self) -> Any:  # noqa: ANN401  (a frame of the backend)
        """One row for each customer who answered this year and each touchpoint."""
        member = self.panel.member[self._answered]
        names = self.company.touchpoints
        grade = self.population.grade[:, member].T.ravel()
        none = grade == 0
        columns = {
            "customer_id": Column(np.repeat(member + 1, len(names))),
            "touchpoint": Column(
                np.tile(np.arange(len(names), dtype=np.int8), len(member)), keys=names
            ),
            "grade": Column(grade, none),
            "staff_involved": Column(self.population.staff[:, member].T.ravel(), none),
            "reason": Column(self.population.reason[:, member].T.ravel(), none, REASONS),
        }
        return to_frame(columns, self.backend)

    @cached_property
    def journeys(self) -> Any:  # noqa: ANN401  (a frame of the backend)
        """One row for each contact in the log of all customers, in the order of time."""
        log = self.population.log
        ordered = log.cents > 0
        names = self.company.touchpoints
        position = np.array([names.index(key) for key in self.company.paths.logged], dtype=np.int8)
        columns = {
            "customer_id": Column(log.customer + 1),
            "step": Column(log.step),
            "time": Column(np.datetime64(FIRST_DAY, "us") + log.minute.astype("timedelta64[m]")),
            "touchpoint": Column(position[log.touchpoint], keys=names),
            "outcome": Column(ordered.astype(np.int8), None, OUTCOMES),
            "order_value_eur": Column(log.cents / _CENTS, ~ordered),
        }
        return to_frame(columns, self.backend)

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What is true in these data, and what can be counted in them.

        `parameters` of the world; `causal_effect_points` of a contact by grade on the fan rate,
        over those who had it (all touchpoints and each), and of all contacts together; `raw_table`
        as it can be counted; `fan_rate_pct` of all customers and as the panel shows it, unweighted
        and weighted.
        """
        everybody, panel = self.population, self.panel
        member = panel.member[self._answered]
        bonding, grade = everybody.bonding[member], everybody.grade[:, member]
        kept = np.zeros(len(everybody.bonding), dtype=np.bool_)
        kept[member] = True
        asked = self._questionnaire.where(kept)
        return {
            "seed": self.seed,
            "customers": {
                "all": len(everybody.bonding),
                "panel": len(panel.member),
                "answered_this_year": len(member),
            },
            "parameters": truth.parameters(self.company, self.world),
            "causal_effect_points": truth.causal_effects(
                self.company, self.world, grade, bonding, asked
            ),
            "raw_table": truth.raw_table(grade, asked.fans(bonding)),
            "fan_rate_pct": truth.fan_rates(
                self._questionnaire.fans(everybody.bonding),
                panel.member,
                panel.status,
                panel.weight_tens,
            ),
        }

    @property
    def _answered(self) -> Flags:
        return np.asarray(self.panel.status != STATUSES.index("dropped_out"))

    @property
    def _is_member(self) -> Flags:
        flags = np.zeros(len(self.population.bonding), dtype=np.bool_)
        flags[self.panel.member] = True
        return flags

    @property
    def _questionnaire(self) -> answers.Questionnaire:
        return answers.Questionnaire.draw(
            Draws(self.seed), "this year", len(self.population.bonding)
        )

    @property
    def _earlier_questionnaire(self) -> answers.Questionnaire:
        return answers.Questionnaire.draw(
            Draws(self.seed), "year before", len(self.population.bonding)
        )


def generate(
    n_customers: int = 3000, *, world: WorldName, seed: int, backend: Backend = "pandas"
) -> GeneratedData:
    """Generate synthetic data of Nordlicht Wohnen, a company that does not exist.

    The same arguments give the same data on every computer and with every supported NumPy.

    Args:
        n_customers: Size of the panel, from 1. Journeys are made for ten customers to three members
            of the panel, because the panel is a sample of the customers.
        world: What causes what. "effect": an excellent contact adds to bonding, any other takes
            some away. "halo": bonding one year earlier colours the grade, and contacts cause
            nothing. "mixed": some of both. The raw fan rates by grade are about the same in all.
        seed: A whole number from 0.
        backend: "pandas" or "polars".

    Returns:
        The data: frames `.customers`, `.contacts` and `.journeys` with the columns and types of the
        datasets of the same names, and the dictionary `.truth`.

    Raises:
        InputError: If the number, the world, the seed or the backend can't be used.

    Example:
        >>> data = generate(300, world="halo", seed=1)
        >>> data.customers.shape
        (300, 21)
        >>> data.truth["causal_effect_points"]["by_grade"][1]
        0.0
    """
    chosen = world_named(world)
    check_backend(backend)
    members = whole("n_customers", n_customers, 1)
    start = whole("seed", seed, 0)
    return generate_for(NORDLICHT, chosen, start, members, backend)


def generate_for(
    company: CompanyModel, world: World, seed: int, members: int, backend: Backend = "pandas"
) -> GeneratedData:
    """Generate synthetic data of any company in any world, without checks.

    Args:
        company: Its touchpoints and journeys.
        world: The causes at work.
        seed: A whole number from 0.
        members: Size of the panel, from 1.
        backend: "pandas" or "polars".
    """
    draws = Draws(seed)
    population = draw_population(draws, company, world, customers_behind(members))
    panel = draw_panel(
        draws,
        members,
        population.traits.age,
        population.orders,
        population.traits.earlier,
        population.bonding,
    )
    return GeneratedData(company, world, seed, backend, population, panel)


__all__ = ["GeneratedData", "generate"]
