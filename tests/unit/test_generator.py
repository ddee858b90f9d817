"""The generator: the same data everywhere, of the size and shape asked for."""

import json
import os
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest

import touchpoints as tp
from touchpoints.core.generator import WORLDS
from touchpoints.core.generator.company import SITES, TOUCHPOINTS
from touchpoints.core.generator.paths import LOGGED, NEXT, ORDERS, shares_of
from touchpoints.core.generator.worlds import World

FRAMES = ["customers", "contacts", "journeys"]


# --- the same everywhere ------------------------------------------------------------------------


@pytest.mark.parametrize("backend", ["pandas", "polars"])
@pytest.mark.parametrize("frame", FRAMES)
def test_the_same_arguments_give_the_same_data(backend, frame):
    first, second = (
        getattr(tp.generate(200, world="mixed", seed=3, backend=backend), frame) for _ in range(2)
    )
    assert first.equals(second)


@pytest.mark.parametrize("frame", FRAMES)
def test_another_seed_gives_other_data(frame):
    first, second = (getattr(tp.generate(200, world="mixed", seed=seed), frame) for seed in (3, 4))
    assert not first.equals(second)


@pytest.mark.parametrize("frame", FRAMES)
def test_both_backends_hold_the_same_values(frame):
    data = [
        getattr(tp.generate(200, world="effect", seed=5, backend=backend), frame)
        for backend in ("pandas", "polars")
    ]
    rows = [
        data[0].astype(object).where(data[0].notna(), None).to_numpy().tolist(),
        [list(row) for row in data[1].rows()],
    ]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("backend", ["pandas", "polars"])
@pytest.mark.parametrize("frame", FRAMES)
def test_types_are_those_of_the_loaded_datasets(backend, frame):
    generated = getattr(tp.generate(500, world="halo", seed=1, backend=backend), frame)
    loaded = tp.load(frame, backend=backend)
    assert list(generated.columns) == list(loaded.columns)
    assert list(generated.dtypes) == list(loaded.dtypes)


FINGERPRINT = """
import hashlib, json, sys
import numpy as np
import touchpoints as tp
from numpy._core._multiarray_umath import __cpu_features__ as features
found = {}
for world in ("effect", "halo", "mixed"):
    data = tp.generate(2000, world=world, seed=11)
    for name in ("customers", "contacts", "journeys"):
        text = getattr(data, name).to_csv(index=False)
        found[f"{world} {name}"] = hashlib.sha256(text.encode()).hexdigest()
    found[f"{world} truth"] = json.dumps(data.truth)
print(json.dumps({"found": found, "on": [name for name, on in features.items() if on]}))
"""


def fingerprint(disabled):
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(disabled)}
    done = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_data_do_not_depend_on_the_features_of_the_processor():
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    here = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    plain = fingerprint(here)
    assert not set(here) & set(plain["on"])
    assert plain["found"] == fingerprint([])["found"]


# --- shape and parameters -----------------------------------------------------------------------


@pytest.mark.parametrize("members", [1, 2, 3, 10, 301])
def test_the_panel_has_the_size_asked_for(members):
    data = tp.generate(members, world="mixed", seed=2)
    assert len(data.customers) == members
    assert data.customers["customer_id"].is_unique
    assert data.truth["customers"]["panel"] == members
    assert data.journeys["customer_id"].nunique() == -(-members * 10 // 3)
    assert len(data.contacts) == 21 * data.truth["customers"]["answered_this_year"]
    assert json.dumps(data.truth)


def test_the_result_is_frozen():
    data = tp.generate(5, world="halo", seed=0)
    with pytest.raises(FrozenInstanceError):
        data.seed = 2


def test_touchpoints_and_moments_of_truth_are_those_of_the_dataset():
    table = tp.load("touchpoints")
    assert list(TOUCHPOINTS) == table["touchpoint"].tolist()
    weights = {site.touchpoint: site.weight for site in SITES}
    for touchpoint, moment in zip(table["touchpoint"], table["moment_of_truth"], strict=True):
        ordinary = 0 if touchpoint == "city_car_park" else 1000
        assert weights[touchpoint] == (1500 if moment else ordinary)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.touchpoint)
def test_shares_of_reasons_add_up(site):
    assert sum(site.reasons) == 1000
    assert all(0 <= reach <= 1000 for reach in site.reach)


@pytest.mark.parametrize("row", list(NEXT))
def test_the_chain_is_a_chain(row):
    shares = shares_of(NEXT[row], LOGGED)
    assert set(NEXT[row]) <= set(LOGGED)
    assert sum(shares) == 1000
    assert min(shares) >= 0
    assert shares[-1] > 0


@pytest.fixture(scope="module")
def log():
    """A large log."""
    return tp.generate(20_000, world="mixed", seed=7).journeys


def test_journeys_follow_the_chain(log):
    """From sales advice to the till in 42 %, a little less where the end of the year cuts in."""
    at_advice = log["touchpoint"] == "sales_advice"
    same = log["customer_id"] == log["customer_id"].shift(-1)
    to_the_till = at_advice & same & (log["touchpoint"].shift(-1) == "store_checkout")
    assert to_the_till.sum() / at_advice.sum() == pytest.approx(0.42, abs=0.02)


@pytest.mark.parametrize("touchpoint", list(ORDERS))
def test_checkouts_end_in_orders_as_often_as_they_should(log, touchpoint):
    here = log[log["touchpoint"] == touchpoint]
    share = (here["outcome"] == "order").mean()
    assert share == pytest.approx(ORDERS[touchpoint] / 1000, abs=0.01)


def test_worlds_are_frozen_data():
    with pytest.raises(FrozenInstanceError):
        WORLDS["halo"].halo = 1
    assert isinstance(replace(WORLDS["halo"], halo=500), World)


# --- wrong input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"world": "mixd"}, "world 'mixd'; allowed is effect, halo, mixed; choose one"),
        ({"world": "mixd"}, "(did you mean 'mixed'?)"),
        ({"world": None}, "world None; allowed is effect, halo, mixed"),
        ({"world": "HALO!"}, "allowed is effect, halo, mixed"),
        ({"n_customers": 0}, "n_customers 0; allowed is a whole number of 1 or more"),
        ({"n_customers": -5}, "n_customers -5"),
        ({"n_customers": 2.5}, "n_customers 2.5"),
        ({"n_customers": "3000"}, "n_customers '3000'"),
        ({"n_customers": True}, "n_customers True"),
        ({"n_customers": None}, "n_customers None"),
        ({"n_customers": float("nan")}, "n_customers nan"),
        ({"seed": -1}, "seed -1; allowed is a whole number of 0 or more"),
        ({"seed": 1.0}, "seed 1.0"),
        ({"backend": "pandsa"}, "(did you mean 'pandas'?)"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_with_what_is_allowed(arguments, message):
    given = {"n_customers": 10, "world": "mixed", "seed": 1, **arguments}
    with pytest.raises(tp.InputError) as error:
        tp.generate(**given)
    assert message in str(error.value)


def test_numpy_whole_numbers_are_welcome():
    data = tp.generate(np.int64(20), world="mixed", seed=np.int32(1))
    pd.testing.assert_frame_equal(data.customers, tp.generate(20, world="mixed", seed=1).customers)
