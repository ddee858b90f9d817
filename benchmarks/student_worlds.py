"""What analyses conclude from the data of 60 students, and that a glance tells no world.

usage: python benchmarks/student_worlds.py [students]   (60 if not said)

For each student the truth is known. Counted is how often the raw lift of grade 1 lies above no
contact, what all methods of "contact or mood?" conclude, how often each interval holds the truth,
and how well single figures that anybody can count would tell two worlds apart (the share of pairs
of students, one from each world, that they put in the right order; 50 % is chance, counted among
`glance` students). The result is written to `book/teaching/data-for-every-student.json`, with this
command and a hash of the code that made it; a test fails when that code has changed since.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from contact_or_mood import COVARIATES, contacts_of, mean

import touchpoints as tp
from touchpoints.core.confounding.methods import METHODS
from touchpoints.course.students import CourseKey, StudentData, student_data

ROOT: Final = Path(__file__).resolve().parents[1]
RESULT: Final = ROOT / "book/teaching/data-for-every-student.json"
COMMAND: Final = "python benchmarks/student_worlds.py"
#: What the figures hang on.
CODE: Final = (
    "widgets/touchpoints/core/generator/*.py",
    "widgets/touchpoints/core/confounding/*.py",
    "widgets/touchpoints/course/students/choices.py",
    "widgets/touchpoints/course/students/company.py",
    "widgets/touchpoints/course/students/key.py",
    "widgets/touchpoints/course/students/sites.py",
    "widgets/touchpoints/course/students/student_data.py",
    "widgets/touchpoints/course/students/worlds.py",
    "teaching/companies.yml",
    "benchmarks/student_worlds.py",
)
KEY: Final = CourseKey("study of students' worlds", bytes(range(32)))
STUDENTS: Final = 60
GLANCE: Final = 300
WORLDS: Final = ("effect", "halo", "mixed")
GRADES: Final = (1, 2)


def fingerprint() -> str:
    """Hash the code that the figures hang on, the same on every system."""
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def glance(data: StudentData) -> dict[str, Any]:
    """Count what anybody can count without an analysis."""
    people, grade = data.customers, data.contacts["grade"]
    items = people[[f"bonding_{k}" for k in range(1, 6)]].astype("float64").mean(axis=1)
    raw = data.truth["raw_table"]
    return {
        "world": data.truth["world"],
        "trade": data.company.trade,
        "touchpoints": len(data.touchpoints),
        "customers in the survey": len(people),
        "rows of contacts": len(data.contacts),
        "rows of journeys": len(data.journeys),
        "fan rate": data.truth["fan_rate_pct"]["panel_unweighted"],
        "weighted fan rate": data.truth["fan_rate_pct"]["panel_weighted"],
        "mean bonding": items.mean(),
        "spread of bonding": items.std(),
        "mean grade": grade.mean(),
        "share of grade 1": (grade == 1).sum() / grade.notna().sum(),
        "share with contact": grade.notna().mean(),
        "mean satisfaction": people["satisfaction"].mean(),
        "mean recommendation": people["recommendation"].mean(),
        "raw lift of grade 1": raw["1"]["lift_points"],
        "raw lift of grade 2": raw["2"]["lift_points"],
        "raw lift of grade 3": raw["3"]["lift_points"],
    }


def analysis(data: StudentData) -> list[dict[str, Any]]:
    """Ask all methods; one row a method and grade, and one a grade for all together."""
    frames = (pl.from_pandas(frame) for frame in (data.customers, data.contacts))
    result = tp.sensitivity_to_confounding(
        contacts_of(*frames),
        by=None,
        covariates=COVARIATES,
        earlier="earlier",
        earlier_fan="was_fan",
        negative_control=data.truth["negative_control"],
    )
    world, effects = data.truth["world"], data.truth["causal_effect_points"]["by_grade"]
    rows = [
        {
            "world": world,
            "grade": row["grade"],
            "method": row["method"],
            "above": row["low_points"] > 0,
            "below": row["high_points"] < 0,
            "covers": row["low_points"] <= effects[str(row["grade"])] <= row["high_points"],
            "width": row["high_points"] - row["low_points"],
            "estimate": row["lift_points"],
            "truth": effects[str(row["grade"])],
        }
        for row in result.table.filter(pl.col("grade").is_in(GRADES)).to_dicts()
    ]
    return rows + [
        {"world": world, "grade": row["grade"], "reading": row["reading"]}
        for row in result.ranges.filter(pl.col("grade").is_in(GRADES)).to_dicts()
    ]


def methods_of(rows: list[dict[str, Any]], world: str, grade: int) -> dict[str, Any]:
    """Average the rows of one world and grade."""
    here = [row for row in rows if row["world"] == world and row["grade"] == grade]
    told: dict[str, Any] = {}
    for method in METHODS:
        found = [row for row in here if row.get("method") == method]
        told[method] = {
            "estimate_points": mean(found, "estimate", 1),
            "above": sum(row["above"] for row in found),
            "below": sum(row["below"] for row in found),
            "covers": sum(row["covers"] for row in found),
            "width_points": mean(found, "width", 1),
        }
    truths = [row["truth"] for row in here if row.get("method") == "raw"]
    return {
        "truth_points": {"lowest": min(truths), "highest": max(truths)},
        "methods": told,
        "together": dict(Counter(row["reading"] for row in here if "reading" in row)),
    }


def right_order_pct(rows: list[dict[str, Any]], figure: str, worlds: tuple[str, str]) -> float:
    """Return in per cent how often a figure puts students of two worlds in one order."""
    one, other = (
        np.array([row[figure] for row in rows if row["world"] == world], dtype=float)
        for world in worlds
    )
    higher = (one[:, None] > other).mean() + (one[:, None] == other).mean() / 2
    return round(100 * float(max(higher, 1 - higher)), 0)


def study(students: int) -> dict[str, Any]:
    """Analyse some students, and glance at more."""
    everybody = (student_data(KEY, f"student {k}") for k in range(max(students, GLANCE)))
    seen, rows = [], []
    for number, data in enumerate(everybody):
        seen.append(glance(data))
        if number < students:
            rows += analysis(data)
    figures = [name for name in seen[0] if name not in {"world", "trade"}]
    return {
        "students_of_world": dict(Counter(row["world"] for row in seen[:students])),
        "trades": len({row["trade"] for row in seen}),
        "worlds": {
            world: {f"grade {grade}": methods_of(rows, world, grade) for grade in GRADES}
            for world in WORLDS
        },
        "right_order_pct": {
            figure: {
                f"{one} or {other}": right_order_pct(seen, figure, (one, other))
                for one, other in itertools.combinations(WORLDS, 2)
            }
            for figure in figures
        },
    }


def main() -> None:
    """Run the study and write its result."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    result = {
        "what": "synthetic data; percentage points over no contact, numbers of students",
        "command": COMMAND,
        "code_sha256": fingerprint(),
        "students": students,
        "glance": max(students, GLANCE),
        **study(students),
    }
    RESULT.write_bytes((json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode())
    print(f"{RESULT}: {students} students")


if __name__ == "__main__":
    main()
