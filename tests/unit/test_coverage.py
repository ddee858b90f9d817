"""Simulated coverage: the kit's intervals hold their confidence, the naive ones do not."""

from __future__ import annotations

import importlib.util

import pytest

from conftest import ROOT

REPLICATIONS, CUSTOMERS = 400, 150


@pytest.fixture(scope="module")
def benchmark():
    path = ROOT / "benchmarks" / "coverage.py"
    spec = importlib.util.spec_from_file_location("coverage_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cells(benchmark):
    """The benchmark's table from fewer samples; the seed is fixed, so nothing changes by chance."""
    return {cell.estimate: cell for cell in benchmark.coverage(REPLICATIONS, CUSTOMERS)}


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
def test_coverage(cells, estimate):
    cell = cells[estimate]
    assert cell.samples == REPLICATIONS
    assert 92.5 <= cell.robust <= 97.5
    low, high = NAIVE[estimate]
    assert low <= cell.naive <= high


def test_drawn_customers_cover_too(benchmark):
    """60 samples of 150 customers: 95 % less two and a half simulation errors."""
    for cell in benchmark.bootstrap_coverage(60, CUSTOMERS, draws=200):
        assert cell.samples == 60
        assert 88 <= cell.robust <= 100, cell
