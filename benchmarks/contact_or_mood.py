"""Simulate what each method of "contact or mood?" concludes in the three synthetic worlds.

usage: python benchmarks/contact_or_mood.py [replications]   (120 a world if not said)

Panels of Nordlicht Wohnen are generated again and again in each world. In each the truth is known:
what a contact with a grade adds to the fan rate of those who had it. Counted is how often each
method's 95 % interval lies above or below no contact, and how often it holds the truth; and what
all methods say together. The result is written to `book/research/contact-or-mood.json`, with this
command and a hash of the code that made it; a test fails when that code has changed since.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import polars as pl

import touchpoints as tp
from touchpoints.core.confounding.methods import METHODS
from touchpoints.core.confounding.ranges import READINGS

ROOT: Final = Path(__file__).resolve().parents[1]
RESULT: Final = ROOT / "book/research/contact-or-mood.json"
COMMAND: Final = "python benchmarks/contact_or_mood.py"
#: What the figures hang on: the worlds, the methods, and this file.
CODE: Final = (
    "widgets/touchpoints/core/generator/*.py",
    "widgets/touchpoints/core/confounding/*.py",
    "benchmarks/contact_or_mood.py",
)

REPLICATIONS: Final = 120
CUSTOMERS: Final = 3_000
FIRST_SEED: Final = 50_000
WORLDS: Final = ("effect", "halo", "mixed")
GRADES: Final = (1, 2)
COVARIATES: Final = ("age_group", "communication_style", "orders")
PREVIOUS: Final = tuple(f"bonding_{k}_previous" for k in range(1, 6))


def fingerprint() -> str:
    """Hash the code that the figures hang on, the same on every system."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def contacts_of(customers: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """Join contacts with fan status, covariates and the earlier wave of their customers."""
    before = tp.FanRule(items=PREVIOUS).apply(customers)
    total = sum(pl.col(column).cast(pl.Int64) for column in PREVIOUS)
    people = tp.FanRule().apply(customers).with_columns(
        before["fan"].alias("was_fan"),
        orders=pl.col("orders_per_year").clip(upper_bound=3),
        earlier=(total * 0.4 + 0.5).floor() / 2,  # the mean, rounded to halves
    )  # fmt: skip
    kept = people.select("customer_id", "fan", "was_fan", "earlier", *COVARIATES)
    return contacts.join(kept, on="customer_id")


def sensitivity(contacts: pl.DataFrame) -> tp.ConfoundingSensitivity:
    """Ask all methods, as the chapter does."""
    return tp.sensitivity_to_confounding(
        contacts,
        by=None,
        covariates=COVARIATES,
        earlier="earlier",
        earlier_fan="was_fan",
        negative_control="city_car_park",
    )


def replicate(world: Any, seed: int) -> list[dict[str, Any]]:  # noqa: ANN401  (a name of a world)
    """Generate one panel; one row a method and grade, and one for all methods together."""
    data = tp.generate(CUSTOMERS, world=world, seed=seed, backend="polars")
    result = sensitivity(contacts_of(data.customers, data.contacts))
    truth = data.truth["causal_effect_points"]["by_grade"]
    rows = []
    for row in result.table.filter(pl.col("grade").is_in(GRADES)).to_dicts():
        low, high, true = row["low_points"], row["high_points"], truth[row["grade"]]
        rows.append(
            {
                "method": row["method"],
                "grade": row["grade"],
                "above": low > 0,
                "below": high < 0,
                "covers": low <= true <= high,
                "estimate": row["lift_points"],
                "truth": true,
            }
        )
    together = [
        {"grade": row["grade"], "reading": row["reading"]}
        for row in result.ranges.filter(pl.col("grade").is_in(GRADES)).to_dicts()
    ]
    return rows + together


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Average the replications of one world."""
    by_cell: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    read: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if "reading" in row:
            read[row["grade"]].append(row["reading"])
        else:
            by_cell[row["method"], row["grade"]].append(row)
    return {
        f"grade {grade}": {
            "truth_points": mean(by_cell[METHODS[0], grade], "truth", 1),
            "methods": {
                method: {
                    "estimate_points": mean(by_cell[method, grade], "estimate", 1),
                    "above_pct": mean(by_cell[method, grade], "above", 100),
                    "below_pct": mean(by_cell[method, grade], "below", 100),
                    "covers_pct": mean(by_cell[method, grade], "covers", 100),
                }
                for method in METHODS
            },
            "together_pct": {
                reading: round(100 * read[grade].count(reading) / len(read[grade]), 1)
                for reading in READINGS
            },
        }
        for grade in GRADES
    }


def mean(rows: list[dict[str, Any]], column: str, scale: float) -> float:
    """Average a column."""
    return round(scale * sum(row[column] for row in rows) / len(rows), 2)


def study(replications: int) -> dict[str, Any]:
    """Run all replications."""
    seeds = range(FIRST_SEED, FIRST_SEED + replications)
    return {
        world: summary([row for seed in seeds for row in replicate(world, seed)])
        for world in WORLDS
    }


def main() -> None:
    """Run the study and write its result."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    result = {
        "what": "synthetic data; percentage points over no contact, shares of panels in per cent",
        "command": COMMAND,
        "code_sha256": fingerprint(),
        "replications": replications,
        "customers": CUSTOMERS,
        "first_seed": FIRST_SEED,
        "worlds": study(replications),
    }
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_bytes((json.dumps(result, indent=1) + "\n").encode())
    print(f"{RESULT}: {replications} panels a world")


if __name__ == "__main__":
    main()
