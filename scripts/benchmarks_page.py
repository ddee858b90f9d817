"""Write the page "Benchmarks" from the results that the benchmarks keep.

usage: python scripts/benchmarks_page.py

No figure on the page is typed in by hand: `python benchmarks/run.py` measures, this writes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "book" / "research" / "benchmarks.md"
#: In this order; what else is kept follows.
FIRST = (
    "fan_rate",
    "hundred_million",
    "markov_memory",
    "markov",
    "claim_bootstrap",
    "intervals",
    "bootstrap",
    "generator",
)
COVERAGE = "coverage"

INTRODUCTION = """# Benchmarks

How fast is it, how much memory does it take, and do the intervals keep what they promise?
Everything here was measured by scripts in the folder `benchmarks/`. No test is timed, so these
figures are not promises: they are what one machine showed on one day. Run the scripts and you get
those of yours.

- **Side by side.** The kit and what stands beside it run in one process and take turns, so that a
  busy moment hits both. Times are medians of five runs, unless a table says otherwise.
- **Ratio first.** The ratio is the kit's figure over the other's. Below 1 the kit needs less; at 1
  they are equal. A ratio travels better from machine to machine than a time.
- **The same work.** Beside a fan rate stands a group-by that counts the same sums. The kit's call
  also checks, sorts and computes intervals.
- **All data are synthetic**, made for the purpose from a fixed seed.

To repeat: `python benchmarks/run.py`, or the command above a table. Then
`python scripts/benchmarks_page.py` writes this page from the kept results. What the engines can do
stands in {doc}`Any frame, any size <any-frame-any-size>`.
"""

_COVERAGE_QUESTION = """A 95 % interval should hold the truth in 95 of 100 samples. In synthetic
samples of customers the truth is known. The rows of one customer resemble each other, and weights
mend that fans answer more often. *Naive* takes each row as independent and of equal weight.
"""

_COVERAGE_CHECKED = """A test makes a smaller table again and compares it with the kept one.
`python benchmarks/exact_coverage.py` counts out how often the intervals of independent answers
cover, without simulation."""


def results() -> dict[str, dict[str, Any]]:
    """Read what is kept, in the order of the page."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in RESULTS.glob("*.json")}
    order = [*FIRST, *sorted(set(found) - {*FIRST, COVERAGE}), COVERAGE]
    return {name: found[name] for name in order if name in found}


def page(kept: dict[str, dict[str, Any]]) -> str:
    """Write the page."""
    sections = [
        _coverage(result) if name == COVERAGE else _section(result) for name, result in kept.items()
    ]
    return "\n".join([INTRODUCTION, *sections])


def _section(result: dict[str, Any]) -> str:
    rows = [
        "| measured | ratio | the kit | beside it | what stands beside it |",
        "| --- | --: | --: | --: | --- |",
    ]
    for row in result["rows"]:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.3g}"
        remark = "; ".join(part for part in (row["beside"], row["note"]) if part)
        # A figure and its unit stay on one line.
        kit, other = (row[side].replace(" ", "\N{NO-BREAK SPACE}") for side in ("kit", "other"))
        rows.append(f"| {row['measured']} | {ratio} | {kit} | {other} | {remark} |")
    said = [*result["more"], _machine(result)]
    return "\n".join([f"## {result['title']}\n", f"`{result['command']}`\n", *rows, "", *said, ""])


def _machine(result: dict[str, Any]) -> str:
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    busy = ""
    if machine["load"] and machine["load"][0] > machine["cores"]:
        busy = (
            f" The machine had other work (load {machine['load'][0]:g} at the end): the times are "
            "longer than they need be, and the ratios less sure."
        )
    return (
        f"Measured on {result['date']}: {machine['cores']} cores ({machine['processor']}, "
        f"{machine['system']}), {versions}.{busy}"
    )


def _coverage(result: dict[str, Any]) -> str:
    lines = [
        "## Do the intervals cover?\n",
        f"`{result['command']}`\n",
        _COVERAGE_QUESTION,
        "| estimate | customers | samples | the kit's interval covers | the naive one |",
        "| --- | --: | --: | --: | --: |",
    ]
    lines += [
        f"| {cell['estimate']} | {cell['customers']} | {cell['samples']:,} "
        f"| {cell['robust']:.1f} % | {cell['naive']:.1f} % |"
        for cell in result["cells"]
    ]
    if result["drawn"]:
        lines += [
            "",
            "| estimate, by draws of customers | customers | samples | draws cover | the formula |",
            "| --- | --: | --: | --: | --: |",
        ]
    lines += [
        f"| {cell['estimate']} | {cell['customers']} | {cell['samples']:,} "
        f"| {cell['robust']:.1f} % | {cell['naive']:.1f} % |"
        for cell in result["drawn"]
    ]
    samples = min(cell["samples"] for cell in result["cells"])
    error = 196 * (0.95 * 0.05 / samples) ** 0.5
    short = [
        f"{cell['estimate']} with {cell['customers']} customers ({cell['robust']:.1f} %)"
        for cell in result["cells"]
        if cell["robust"] < 95 - 1.3 * error
    ]
    told = "No interval falls short of that."
    if short:
        told = (
            f"Too narrow beyond that: {', '.join(short)}. Few customers with very unequal weights "
            "tell too little of their own spread; the formula is one for large samples."
        )
    lines += [
        "",
        f"Simulated on {result['date']}, seed {result['seed']}. Chance alone moves a coverage of",
        f"95 % by up to ±{error:.1f} points in 95 of 100 simulations. {told}",
        "",
        _COVERAGE_CHECKED,
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(results()), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
