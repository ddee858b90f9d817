"""Write the synthetic datasets and two pages: the lecturer's on their truth, the book's on data.

One command, from anywhere: `python datasets/generate.py`.

Which world is shipped, and with which seed, stands in the lecturer's part of the book, not here:
readers of the data shall find it out. The same command writes the same bytes everywhere.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import data_page

import touchpoints as tp
from touchpoints.data import csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

REPOSITORY = Path(__file__).resolve().parents[1]
#: World, seed and size of the shipped files.
SETTINGS = Path("book/teaching/truth-of-the-data.json")
PAGE = Path("book/teaching/truth-of-the-data.md")
DICTIONARY = Path("datasets/datapackage.json")
DATA_PAGE = Path("book/data.md")
DATASETS = ("customers", "contacts", "journeys")

WORLDS = ("effect", "halo", "mixed")
#: Panel size for the page's comparison of the worlds.
COMPARED = 20_000
LIFTS = ("1", "2", "3", "4", "5", "6")
BONDING = [f"bonding_{k}" for k in range(1, 6)]
PREVIOUS = [f"bonding_{k}_previous" for k in range(1, 6)]
FAN_FROM = 4.0


def write_text(path: Path, text: str) -> None:
    """Write a file with LF line ends on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    print(f"{path}: {len(text.encode('utf-8')):,} bytes")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write a Markdown table."""
    head = list(head)
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def signed(value: float | None) -> str:
    """Write a number of percentage points with its sign."""
    return "none" if value is None else f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def lift_within(frame: pd.DataFrame, grade: int, held: list[str]) -> float:
    """Return a grade's lift with other columns held constant, in percentage points.

    Fan rates are compared within the classes that these columns form, and the differences weighted
    by the number of contacts with this grade.
    """
    graded = frame[frame["grade"] == grade].groupby(held)["fan"].agg(["mean", "size"])
    without = frame[frame["grade"].isna()].groupby(held)["fan"].mean()
    both = graded.join(without.rename("without"), how="inner")
    return float(100 * ((both["mean"] - both["without"]) * both["size"]).sum() / both["size"].sum())


def halves(values: pd.Series) -> pd.Series:
    """Round to halves."""
    return (values * 2).round() / 2


def lift(frame: pd.DataFrame, grade: int) -> float:
    """Return a grade's raw lift over no contact, in percentage points."""
    fans = frame["fan"]
    return float(100 * (fans[frame["grade"] == grade].mean() - fans[frame["grade"].isna()].mean()))


def clues(data: tp.GeneratedData) -> dict[str, float]:
    """Return what in part tells the worlds apart."""
    people = data.customers
    fan = (people[BONDING].mean(axis=1) >= FAN_FROM).fillna(value=False).astype("float64")
    earlier = halves(people[PREVIOUS].mean(axis=1))
    known = people.assign(fan=fan, earlier=earlier)[["customer_id", "fan", "earlier"]]
    pairs = data.contacts.merge(known, on="customer_id")
    grades = pairs.groupby("customer_id")["grade"]
    others = grades.transform("count") - pairs["grade"].notna()
    rest = grades.transform("sum") - pairs["grade"].fillna(0)
    pairs["others"] = halves(rest / others.where(others > 0))
    causes = data.truth["causal_effect_points"]["by_grade"]
    park = pairs[pairs["touchpoint"] == "city_car_park"]
    waves = people[[*BONDING, *PREVIOUS]].astype("Float64")
    now, before = waves[BONDING].mean(axis=1), waves[PREVIOUS].mean(axis=1)
    return {
        **{
            f"grade {grade}, {how}": value
            for grade in (1, 2)
            for how, value in (
                ("raw", lift(pairs, grade)),
                ("earlier bonding held constant", lift_within(pairs, grade, ["earlier"])),
                ("mean of other grades held constant", lift_within(pairs, grade, ["others"])),
                ("both held constant", lift_within(pairs, grade, ["earlier", "others"])),
                ("**caused by the contact**", causes[grade]),
            )
        },
        "grade 1 at the city's car park, raw": lift(park, 1),
        "correlation of bonding with the year before, times 100": 100 * float(now.corr(before)),
    }


def parameters_text(truth: dict[str, Any]) -> str:
    """Write the parameters of the shipped world."""
    values = truth["parameters"]
    meaning = {
        "halo": "how strongly earlier bonding colours a grade",
        "service": "how strongly the service met everywhere moves a grade",
        "carry_over": "how much of earlier bonding is left a year later",
        "shock": "what else changes bonding, unrelated to the data",
        "base": "added to everybody's bonding",
    }
    rows = [(f"`{key}`: {text}", values[key]) for key, text in meaning.items()]
    rows += [
        (f"what a contact of grade {grade} adds to bonding at an ordinary touchpoint", value)
        for grade, value in values["effects"].items()
    ]
    return table(["parameter", "standard deviations"], rows)


def effects_text(truth: dict[str, Any]) -> str:
    """Write the causal effects beside the raw lifts."""
    causal, raw = truth["causal_effect_points"]["by_grade"], truth["raw_table"]
    rows = (
        (grade, raw[grade]["contacts"], raw[grade]["fan_rate_pct"],
         signed(raw[grade]["lift_points"]), signed(causal[int(grade)]))
        for grade in LIFTS
    )  # fmt: skip
    return table(["grade", "contacts", "fan rate, %", "raw lift", "caused by the contact"], rows)


def worlds_text(pick: Callable[[str], dict[str, float]]) -> str:
    """Write one column for each world."""
    columns = {world: pick(world) for world in WORLDS}
    names = list(columns[WORLDS[0]])
    rows = ((name, *(signed(columns[world][name]) for world in WORLDS)) for name in names)
    return table(["percentage points", *WORLDS], rows)


def page(settings: dict[str, Any], truth: dict[str, Any]) -> str:
    """Write the lecturer's page."""
    large = {world: tp.generate(COMPARED, world=world, seed=settings["seed"]) for world in WORLDS}

    def lifts(world: str) -> dict[str, float]:
        raw = large[world].truth["raw_table"]
        return {f"grade {grade}": raw[grade]["lift_points"] for grade in LIFTS}

    fans, size = truth["fan_rate_pct"], truth["customers"]
    return f"""# The truth of the data

```{{admonition}} For lecturers
:class: warning
This page says what students are asked to find out. It is written by `datasets/generate.py`; change
`truth-of-the-data.json` and run that command rather than editing here.
```

All data of *Nordlicht Wohnen* are **synthetic**: the company, its customers and their answers are
invented. So the truth is known, and an analysis can be held against it.

The shipped files come from the world **{settings["world"]}** with seed {settings["seed"]}:
{size["all"]:,} customers in the log of journeys, {size["panel"]:,} of them in the panel, of whom
{size["answered_this_year"]:,} answered this year.

## What a contact causes, and what the table shows

{effects_text(truth)}

The last column compares every contact with the same customer without this one contact, all else
equal. All contacts together change the fan rate by
{signed(truth["causal_effect_points"]["all_contacts"])} points. At `city_car_park`, the negative
control, every effect is exactly 0. Moments of truth weigh one and a half times as much as ordinary
touchpoints. Given the grade, medium, staff and age make no difference to the effect.

Even where contacts cause bonding, the raw lift of a grade is several times the effect of one
contact: customers who meet good service meet it at many touchpoints, and its effects add up.

## Parameters

{parameters_text(truth)}

Besides: age adds to bonding and decides on contact; a problem with an order costs bonding and leads
to complaints, whatever the service then does; a person's part lifts the grade, and only the grade
matters to bonding. `widgets/touchpoints/core/generator/` holds every number, the shares of the
journeys' first-order chain (`paths.py`) among them.

## Who answers

The fan rate of all customers is {fans["all_customers"]} %. The panel shows
{fans["panel_unweighted"]} % unweighted and {fans["panel_weighted"]} % weighted. The weights correct
what hangs on age and the number of orders; they can't correct that bonded customers answer more
readily and drop out less.

## The three worlds side by side

Raw lifts over no contact, all touchpoints, panel of {COMPARED:,}, seed {settings["seed"]}:

{worlds_text(lifts)}

What in part tells them apart:

{worlds_text(lambda world: clues(large[world]))}

In `halo` the lifts all but vanish once earlier bonding is held constant; a rest stays because five
answers measure it with error. The car park shows the whole pattern there and none in `effect`
(what is left hangs on age). `mixed` lies between, and how much of each is in it can't be read off
these data with certainty: "not identifiable" is a fair verdict on the size of the effect. With the
other grades held constant as well, the lift comes closer to what one contact causes, in every
world; but other grades are themselves coloured and can adjust too much.
"""


def write_data_page(folder: Path) -> None:
    """Write the page on all datasets, those with other origins among them."""
    dictionary = json.loads((REPOSITORY / DICTIONARY).read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in (REPOSITORY / "datasets").glob("*.csv")}
    write_text(folder / DATA_PAGE, data_page.page(dictionary, sizes))


def main(folder: Path = REPOSITORY) -> None:
    """Write the datasets and the pages.

    Args:
        folder: Root of the repository, or another folder to write the same tree to.
    """
    settings = json.loads((REPOSITORY / SETTINGS).read_text(encoding="utf-8"))
    data = tp.generate(settings["n_customers"], world=settings["world"], seed=settings["seed"])
    for name in DATASETS:
        write_text(folder / "datasets" / f"{name}.csv", csv_text(getattr(data, name)))
    write_text(folder / PAGE, page(settings, data.truth))
    write_data_page(folder)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
