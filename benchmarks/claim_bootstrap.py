"""Time the claim test with 2,000 cluster-bootstrap draws on 30,000 contacts.

usage: python benchmarks/claim_bootstrap.py [draws]   (2,000 if not said)

Medians of five runs on this machine, synthetic contacts of 1,500 customers at twenty touchpoints,
one of them as negative control. The peer copies rows in pandas: customers sampled with replacement,
their rows looked up, counted by touchpoint and grade. It runs for a few draws only and is told for
one. The kit's draw is what the bootstrap adds to the claim test, over the number of draws; the
verdicts are in it, and the peer has none.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from side_by_side import RUNS, Row, compared, keep, medians, seconds

import touchpoints as tp

DRAWS = 2_000
CUSTOMERS = 1_500
TOUCHPOINTS = 20
LIMIT = 5.0  # seconds, on two cores
PEER_DRAWS = 5
SEED = 20_240


def contacts() -> pd.DataFrame:
    """Draw contacts: fans grade better, and about four of ten pairs have had no contact."""
    rng = np.random.default_rng(SEED)
    fan = np.repeat(rng.random(CUSTOMERS) < 0.3, TOUCHPOINTS)  # noqa: PLR2004
    grade = np.minimum(1 + rng.poisson(np.where(fan, 0.6, 1.5)), 6).astype(float)
    grade[rng.random(len(grade)) < 0.4] = np.nan  # noqa: PLR2004
    return pd.DataFrame(
        {
            "customer_id": np.repeat(np.arange(CUSTOMERS), TOUCHPOINTS),
            "touchpoint": np.tile([f"touchpoint_{i:02}" for i in range(TOUCHPOINTS)], CUSTOMERS),
            "grade": grade,
            "fan": fan,
        }
    )


def copy_rows(frame: pd.DataFrame, draws: int) -> list[pd.DataFrame]:
    """Resample customers by copying their rows."""
    rng = np.random.default_rng(SEED)
    rows = frame.set_index("customer_id")
    names = rows.index.unique().to_numpy()
    samples = (rows.loc[rng.choice(names, len(names))] for _ in range(draws))
    keys = ["touchpoint", "grade"]
    return [own.groupby(keys, dropna=False)["fan"].agg(["size", "sum"]) for own in samples]


def main() -> None:
    """Measure the draws, then the test as a whole."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    frame = contacts()
    control = {"negative_control": "touchpoint_00"}
    plain, whole, intervals, peer = medians(
        lambda: tp.only_best_counts(frame, **control),
        lambda: tp.only_best_counts(frame, **control, bootstrap=draws),
        lambda: tp.bootstrap_contrasts(frame, draws=draws),
        lambda: copy_rows(frame, PEER_DRAWS),
    )
    rows = [
        compared("one draw", (whole - plain) / draws, peer / PEER_DRAWS, "copying rows in pandas"),
        Row(
            f"claim test, {draws:,} draws, {len(frame):,} contacts",
            whole / LIMIT,
            seconds(whole),
            seconds(LIMIT),
            "the limit we set ourselves",
            f"without draws {seconds(plain)}",
        ),
        Row(
            f"intervals of all contrasts and net effects, {draws:,} draws", None, seconds(intervals)
        ),
    ]
    said = (
        f"Medians of {RUNS} runs side by side, synthetic contacts of {CUSTOMERS:,} customers, seed "
        f"{SEED}."
    )
    keep("claim_bootstrap", "The claim test with draws of customers", rows, [said])


if __name__ == "__main__":
    main()
