"""The stored study of the three worlds: fresh, and the chapter's prose says what it says."""

from __future__ import annotations

import importlib.util
import json

import pandas as pd
import polars as pl
import pytest

import touchpoints as tp
from conftest import ROOT

STUDY = json.loads((ROOT / "book/research/contact-or-mood.json").read_text("utf-8"))
PROSE = (ROOT / "book/research/contact-or-mood.md").read_text("utf-8")


@pytest.fixture(scope="module")
def benchmark():
    path = ROOT / "benchmarks" / "contact_or_mood.py"
    spec = importlib.util.spec_from_file_location("contact_or_mood_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_code_has_not_changed_since_the_study_was_made(benchmark):
    assert STUDY["code_sha256"] == benchmark.fingerprint(), f"run again: {benchmark.COMMAND}"


def test_the_study_is_the_one_the_command_makes(benchmark):
    assert STUDY["command"] == benchmark.COMMAND
    assert STUDY["replications"] == benchmark.REPLICATIONS
    assert STUDY["customers"] == benchmark.CUSTOMERS
    assert set(STUDY["worlds"]) == set(benchmark.WORLDS)


def test_one_panel_lies_near_the_averages_of_the_study(benchmark):
    rows = benchmark.replicate("halo", benchmark.FIRST_SEED)
    stored = STUDY["worlds"]["halo"]["grade 1"]
    for row in rows:
        if row["grade"] == 1 and "method" in row:
            near = stored["methods"][row["method"]]["estimate_points"]
            assert row["estimate"] == pytest.approx(
                near, abs=12 if "control" in row["method"] else 4
            )
            assert row["truth"] == 0


def says(*parts):
    """Assert that the chapter says each part."""
    for part in parts:
        assert part.replace("-", "−") in PROSE, part


def points(world, grade, method):
    return f"{STUDY['worlds'][world][f'grade {grade}']['methods'][method]['estimate_points']:+.1f}"


def share(world, grade, what):
    return round(STUDY["worlds"][world][f"grade {grade}"]["together_pct"][what])


def test_the_prose_on_the_study_holds():
    raw = ", ".join(points(world, 1, "raw") for world in ("effect", "halo", "mixed"))
    says(f"({raw}) and right nowhere", f"all {STUDY['replications']} panels")
    halo = STUDY["worlds"]["halo"]["grade 1"]["methods"]
    held = halo["all held constant"]
    says(f"{held['estimate_points']:+.1f} points, above 0 in {held['above_pct']:g} % of the panels")
    assert sum(row["above_pct"] > 85 for row in halo.values()) == 6
    assert sum(row["above_pct"] == 0 for row in halo.values()) == 2
    says(f"change ({points('halo', 1, 'change since the earlier wave')})")
    says(f"control ({points('halo', 1, 'minus the negative control')})")
    cover = {}
    for world in ("effect", "mixed"):
        grade = STUDY["worlds"][world]["grade 1"]
        says(f"({points(world, 1, 'all held constant')} for {grade['truth_points']:.1f})")
        cover[world] = round(grade["methods"]["all held constant"]["covers_pct"])
    says(
        f"in {cover['effect']} and {cover['mixed']} % of the panels, and in *halo* in {held['covers_pct']:g} %"
    )


def test_the_prose_on_the_rule_holds():
    above, below = "above no contact by every method", "below no contact by every method"
    assert share("effect", 1, above) == 100
    assert share("halo", 1, "nothing can be concluded") == 100
    says(f"in {share('mixed', 1, above)} % of *mixed*", "in none of *halo*")
    says(f"{share('effect', 2, below)} and {share('mixed', 2, below)} % of the panels only")
    says(f"deceived in {share('halo', 2, below)} %")
    truth = [STUDY["worlds"][w]["grade 2"]["truth_points"] for w in ("effect", "mixed")]
    says(f"by {-truth[0]:.1f} and {-truth[1]:.1f} points")


def test_the_prose_on_the_shipped_panel_holds(benchmark):
    frames = [pl.from_pandas(tp.load(name)) for name in ("customers", "contacts")]
    contacts = benchmark.contacts_of(*frames)
    table = pd.DataFrame(benchmark.sensitivity(contacts).table.to_dicts()).set_index(
        ["grade", "method"]
    )
    lift = table["lift_points"].map("{:+.1f}".format)
    first, second = lift[1], lift[2]
    values = table.loc[1, "lift_points"]
    says(f"from {values.min():+.1f} to {values.max():+.1f} points")
    says(f"{first['other grades held constant']} is left")
    says(f"leaves {first['earlier bonding held constant']}")
    says(f"the change {first['change since the earlier wave']}")
    says(f"everything held constant it is {first['all held constant']}")
    values = table.loc[2, "lift_points"]
    says(f"from {values.min():.1f} to {values.max():.1f}.")
    control = table.loc[2, "minus the negative control"]
    says(
        f"({second['minus the negative control']}, from {control['low_points']:.1f} to {control['high_points']:+.1f})"
    )
    raw, held = table.loc[1, "raw"], table.loc[1, "all held constant"]
    says(
        f"{raw['fan_rate_pct']:.1f}/{raw['no_contact_rate_pct']:.1f} and $E$ is {raw['e_value']:.1f}"
    )
    says(f"and {raw['e_value_limit']:.1f} for the limit", f"$E$ falls to {held['e_value']:.1f}")
    control = table.loc[1, "minus the negative control"]
    says(f"({control['high_points'] - control['low_points']:.0f} points, from 139 customers)")
    at_park = contacts.filter(pl.col("touchpoint") == "city_car_park", pl.col("grade") == 1)
    assert len(at_park) == 139

    finer = ("was_fan", "earlier", "total")
    answers = [f"bonding_{k}_previous" for k in range(1, 6)]
    total = sum(pl.col(c).cast(pl.Int64) for c in answers)
    frame = contacts.join(frames[0].select("customer_id", total=total), on="customer_id")
    found = []
    for column in finer:
        rows = tp.sensitivity_to_confounding(frame, by=None, earlier=column).table
        rows = rows.filter(method="earlier bonding held constant", grade=1)
        found.append(f"{rows['lift_points'][0]:+.1f}")
    says(f"{found[0]} points with two classes, {found[1]} with", f"{found[2]} with the sum")


def test_the_solution_on_single_touchpoints_holds(benchmark):
    frames = [pl.from_pandas(tp.load(name)) for name in ("customers", "contacts")]
    contacts = benchmark.contacts_of(*frames)
    result = tp.sensitivity_to_confounding(
        contacts,
        covariates=benchmark.COVARIATES,
        earlier="earlier",
        earlier_fan="was_fan",
        negative_control="city_car_park",
    )
    best = result.ranges.filter(pl.col("grade") == 1)
    says(f"At {(best['reading'] == 'above no contact by every method').sum()} of {len(best)};")
    advice = best.row(by_predicate=pl.col("touchpoint") == "sales_advice", named=True)
    says(f"from {advice['lowest_points']:+.1f} to {advice['highest_points']:+.1f} points. But")
    held = result.table.row(
        by_predicate=(pl.col("touchpoint") == "sales_advice")
        & (pl.col("grade") == 1)
        & (pl.col("method") == "all held constant"),
        named=True,
    )
    says(
        f"only {held['overlap_pct']:.0f} % of those", f"speaks of {held['n']} customers, not of 581"
    )


def test_the_exercise_by_hand_holds():
    lift = 210 / 400 - (100 * 0.2 + 300 * 0.5) / 400
    assert 100 * lift == pytest.approx(10.0)
    assert pytest.approx(26.5) == 100 * (210 / 400 - 130 / 500)
