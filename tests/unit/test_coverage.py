"""Coverage: the kit's intervals hold their confidence, the naive ones do not; the kept table is not stale."""

from __future__ import annotations

import importlib.util
import json

import numpy as np
import pytest

from conftest import ROOT


def benchmark(name):
    """A benchmark as a module."""
    path = ROOT / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def simulation():
    return benchmark("coverage")


@pytest.fixture(scope="module")
def cells(simulation):
    """The table from fewer samples; the seed is fixed, so nothing changes by chance."""
    return {cell.estimate: cell for cell in simulation.coverage(*simulation.CHECK)}


@pytest.fixture(scope="module")
def kept(simulation):
    return json.loads(simulation.KEPT.read_text("utf-8"))


# How far the naive interval misses: it takes customers for as many people as they have rows, weights
# for equal, and a touchpoint for independent of the channel that it is part of (then it is too wide).
NAIVE = {
    "fan rate of grade 1, pooled": (0, 85),
    "lift of grade 1, pooled": (0, 90),
    "net contact effect, pooled": (0, 88),
    "weighted fan rate of grade 1, one touchpoint": (0, 92.5),
    "weighted lift of grade 1, pooled": (0, 85),
    "gap of a touchpoint to its channel": (97.5, 100),
}


@pytest.mark.parametrize("estimate", NAIVE)
def test_coverage(simulation, cells, estimate):
    cell = cells[estimate]
    assert cell.samples == simulation.CHECK[0]
    assert abs(cell.robust - 95) <= 1.2 * simulation.error(cell.samples)
    low, high = NAIVE[estimate]
    assert low <= cell.naive <= high


def test_the_kept_table_is_not_stale(simulation, cells, kept):
    """Made anew from the same seed it is the same, but for a sample whose bound is a hair from the truth."""
    assert [row["estimate"] for row in kept["check"]] == list(cells)
    for row in kept["check"]:
        cell = cells[row["estimate"]]
        assert row["samples"] == cell.samples
        assert (row["robust"], row["naive"]) == pytest.approx(
            (cell.robust, cell.naive), abs=100 / cell.samples + 1e-9
        )
    assert kept["seed"] == simulation.SEED


# Where few customers with weights of 1 and 5 say too little of their own spread, in percent.
TOO_NARROW = {
    ("weighted lift of grade 1, pooled", 50): 92.1,
    ("weighted lift of grade 1, pooled", 100): 93.2,
}


@pytest.mark.parametrize("estimate", NAIVE)
def test_kept_coverages_are_what_theory_says(simulation, kept, estimate):
    """95 %, within what chance does to a simulation; the exceptions are named."""
    rows = {row["customers"]: row for row in kept["cells"] if row["estimate"] == estimate}
    assert list(rows) == list(simulation.CUSTOMERS)
    for customers, row in rows.items():
        assert row["samples"] == simulation.REPLICATIONS
        expected = TOO_NARROW.get((estimate, customers), 95)
        assert abs(row["robust"] - expected) <= 1.3 * simulation.error(row["samples"]), customers


@pytest.fixture(scope="module")
def exact():
    """Coverage of the intervals of independent answers, counted out."""
    return benchmark("exact_coverage").all_cells()


def test_intervals_of_independent_answers_cover_95_percent_on_average(exact):
    for cell in exact:
        if cell.interval.startswith("Wald"):
            continue  # told beside the adjusted one because it doesn't
        assert 94.9 <= cell.mean <= 96, cell
        assert cell.smallest >= 90, cell


def test_the_plain_wald_interval_of_a_score_is_too_narrow(exact):
    plain, adjusted = (
        {cell.size: cell.mean for cell in exact if cell.interval == name}
        for name in ("Wald, NPS", "adjusted Wald, NPS")
    )
    assert plain["10"] < 90
    assert all(abs(adjusted[n] - 95) < abs(plain[n] - 95) for n in plain)


@pytest.mark.parametrize(("n", "rate"), [(10, 0.1), (50, 0.33), (200, 0.5)])
def test_simulated_coverage_is_the_one_counted_out(n, rate):
    """Two ways to the same figure: sums over all counts, and drawn answers."""
    module = benchmark("exact_coverage")
    place = int(np.argmin(np.abs(module.RATES - rate)))
    module.RATES = module.RATES[place : place + 1]
    counted = module.wilson(n).mean
    samples = 200_000
    k = np.random.default_rng(n).binomial(n, module.RATES[0], samples)
    low, high = module.tp.wilson(np.arange(n + 1), np.full(n + 1, n))
    drawn = 100 * float(((low[k] <= module.RATES[0]) & (module.RATES[0] <= high[k])).mean())
    spread = 100 * np.sqrt(counted / 100 * (1 - counted / 100) / samples)
    assert abs(drawn - counted) <= 4 * spread + 0.01


def test_drawn_customers_cover_too(simulation):
    """60 samples of 150 customers: 95 % less two and a half simulation errors."""
    for cell in simulation.bootstrap_coverage(60, simulation.CHECK[1], draws=200):
        assert cell.samples == 60
        assert 88 <= cell.robust <= 100, cell
