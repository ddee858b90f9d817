"""The lens and the NPS against loops over the rows of small random frames."""

from __future__ import annotations

import math
import statistics

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import definitions
import touchpoints as tp

BRUTE = settings(max_examples=150, deadline=None)
LISTED = {  # touchpoint: phase, channel
    "advert": ("pre_contact", "media"),
    "shop": ("contact", "service"),
    "hotline": ("post_contact", "service"),
    "returns": ("post_contact", "service"),
}


def touchpoints():
    return pl.DataFrame(
        [
            {"touchpoint": key, "contact_phase": phase, "channel": channel}
            for key, (phase, channel) in LISTED.items()
        ]
    )


@st.composite
def gradings(draw):
    """Grades of up to eight customers, most of them of one kind, so that some cells agree."""
    pairs = draw(
        st.lists(
            st.tuples(st.integers(1, 8), st.sampled_from(list(LISTED))),
            min_size=1,
            max_size=32,
            unique=True,
        )
    )
    grades = st.sampled_from([None, 2, 2, 2, 5, 1, 6])
    return [
        {"customer_id": customer, "touchpoint": touchpoint, "grade": draw(grades)}
        for customer, touchpoint in pairs
    ]


def lens_of(rows, **options):
    schema = {"customer_id": pl.Int64, "touchpoint": pl.String, "grade": pl.Int64}
    return tp.channel_lens(pl.DataFrame(rows, schema=schema), touchpoints(), **options)


def units(rows):
    """Sizes and totals of the customers."""
    members = definitions.groups(rows, ("customer_id",)).values()
    return [len(m) for m in members], [sum(row["grade"] for row in m) for m in members]


def bounds(rows):
    """Mean, how far the bounds lie below and above, and the variance."""
    sizes, totals = units(rows)
    mean, customers = sum(totals) / sum(sizes), len(sizes)
    variance = definitions.ratio_variance(sizes, totals)
    if variance < 1e-20:
        otherwise = 1 if customers == 1 else definitions.wilson(0, customers)[1]
        return mean, otherwise * (mean - 1), otherwise * (6 - mean), 0.0
    half = stats.t.ppf(0.975, customers - 1) * math.sqrt(variance)
    return mean, min(half, mean - 1), min(half, 6 - mean), variance


def gap_half(own, group):
    """Half the width of the gap: the two means' residuals by customer, and what they share."""
    (_, _, _, a), (_, _, _, b) = bounds(own), bounds(group)
    mean, group_mean = (sum(row["grade"] for row in rows) / len(rows) for rows in (own, group))
    single = {row["customer_id"]: row["grade"] - mean for row in own}
    residuals = {
        key: sum(row["grade"] - group_mean for row in rows)
        for (key,), rows in definitions.groups(group, ("customer_id",)).items()
    }
    shared = sum(e * residuals[key] for key, e in single.items())
    scale = math.sqrt(sum(e * e for e in single.values()) * sum(e * e for e in residuals.values()))
    r = 0.0 if scale < 1e-9 else shared / scale
    variance = max(a + b - 2 * r * math.sqrt(a * b), 0.0)
    return stats.t.ppf(0.975, max(len(own) - 1, 1)) * math.sqrt(variance)


@BRUTE
@given(gradings(), st.sampled_from([0.5, 1.0, 2.5]))
def test_lens(rows, threshold):
    graded = [row for row in rows if row["grade"] is not None]
    if not graded:
        with pytest.raises(tp.InputError, match="no grade in column 'grade'"):
            lens_of(rows)
        return
    lens = lens_of(rows, threshold=threshold)
    own = {key: rows for (key,), rows in definitions.groups(graded, ("touchpoint",)).items()}
    assert lens.table["touchpoint"].to_list() == [key for key in LISTED if key in own]
    assert lens.ungraded == tuple(key for key in LISTED if key not in own)
    hidden = set()
    for row in lens.table.rows(named=True):
        mine = own[row["touchpoint"]]
        channel = LISTED[row["touchpoint"]][1]
        group = [r for r in graded if LISTED[r["touchpoint"]][1] == channel]
        mean, below, above, _ = bounds(mine)
        same(row, {"n": len(mine), "mean_grade": mean, "low": mean - below, "high": mean + above})
        grades = [r["grade"] for r in mine]
        sd = statistics.stdev(grades) if len(grades) > 1 else None
        assert row["sd"] == (pytest.approx(sd, abs=1e-6) if sd is not None else None)
        gap = mean - bounds(group)[0]
        same(row, {"gap_grades": gap, "group_mean_grade": bounds(group)[0]})
        low, high = gap_bounds(mine, group, gap)
        same(row, {"gap_low": low, "gap_high": high})
        assert row["hidden"] == (gap > threshold - 1e-9)
        assert row["small_cell"]
        hidden |= {row["touchpoint"]} if row["hidden"] else set()
    assert set(lens.hidden) == hidden
    for rows_of_groups, place in ((lens.groups, 1), (lens.phases, 0)):
        column = rows_of_groups.columns[0]
        for row in rows_of_groups.rows(named=True):
            mine = [r for r in graded if LISTED[r["touchpoint"]][place] == row[column]]
            mean, below, above, _ = bounds(mine)
            want = {"n": len(mine), "mean_grade": mean, "low": mean - below, "high": mean + above}
            same(row, want | {"customers": len({r["customer_id"] for r in mine})})


def gap_bounds(mine, group, gap):
    if len(mine) == len(group):
        return 0, 0
    if len(mine) == 1:
        return -5, 5
    half = gap_half(mine, group)
    _, below, above, variance = bounds(mine)
    if variance > 0:
        below = above = 0.0
    return max(gap - math.hypot(half, below), -5), min(gap + math.hypot(half, above), 5)


def same(row, want):
    """Compare; bounds within 1 % of a t quantile of the scale's width."""
    for column, value in want.items():
        tolerance = 0.03 if column in {"low", "high", "gap_low", "gap_high"} else 1e-9
        assert row[column] == pytest.approx(value, abs=tolerance), column


@BRUTE
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([None, *range(11)])), min_size=1
    )
)
def test_nps(answers):
    frame = pl.DataFrame(
        answers, schema={"group": pl.String, "recommendation": pl.Int64}, orient="row"
    )
    groups = {key: [a for k, a in answers if k == key and a is not None] for key, _ in answers}
    if not all(groups.values()):
        with pytest.raises(tp.InputError, match="no answer"):
            tp.nps(frame, by="group")
        return
    result = tp.nps(frame, by="group").table
    assert result["group"].to_list() == sorted(groups)
    for row in result.rows(named=True):
        known = groups[row["group"]]
        scores = [(a > 8) - (a < 7) for a in known]
        n = len(known)
        assert row["n"] == n
        assert row["unknown"] == sum(k == row["group"] and a is None for k, a in answers)
        assert row["nps"] == pytest.approx(sum(scores) / n)
        error = statistics.pstdev(scores) / math.sqrt(n)
        assert row["standard_error"] == pytest.approx(error, abs=1e-9)
        # Four quarter-answers for each of three: 3/4 promoters, 3/4 detractors, 3/2 passives.
        added = [*scores * 4, *[1] * 3, *[-1] * 3, *[0] * 6]
        middle, spread = statistics.fmean(added), statistics.pstdev(added) / math.sqrt(n + 3)
        want = (max(middle - 1.959964 * spread, -1), min(middle + 1.959964 * spread, 1))
        assert (row["adjusted_low"], row["adjusted_high"]) == pytest.approx(want, abs=1e-6)
        again = tp.nps_from_counts(row["promoters"], row["passives"], row["detractors"])
        assert again.nps == pytest.approx(row["nps"])
        assert again.adjusted_low == pytest.approx(row["adjusted_low"])


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99])
def test_quantiles_of_student(confidence):
    from touchpoints.core.intervals import t_values

    degrees = range(1, 200)
    got = t_values(confidence, pl.Series(degrees, dtype=pl.Float64).to_numpy())
    want = stats.t.ppf((1 + confidence) / 2, list(degrees))
    assert got == pytest.approx(want, rel=0.01)
    assert got[[0, 1]] == pytest.approx(want[[0, 1]], rel=1e-12)
    assert got[9:] == pytest.approx(want[9:], rel=5e-4)
