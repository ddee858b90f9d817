"""Run the benchmarks one after the other and keep their tables.

usage: python benchmarks/run.py [NAME ...]   (all of them if not said)

Each runs in a process of its own; one that fails (`markov` wants ChannelAttribution, see there)
doesn't keep the others. For figures that mean something, let nothing else run.
`python scripts/benchmarks_page.py` then writes the book's page.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = (
    "fan_rate",
    "hundred_million",
    "markov",
    "markov_memory",
    "claim_bootstrap",
    "intervals",
    "bootstrap",
    "generator",
    "student_data",
    "grade_submissions",
)


def main() -> None:
    """Run what is named."""
    names = sys.argv[1:] or NAMES
    if unknown := set(names) - set(NAMES):
        raise SystemExit(f"Found {', '.join(sorted(unknown))}; allowed are {', '.join(NAMES)}.")
    failed = []
    for name in names:
        print(f"\n## {name}\n", flush=True)
        if subprocess.run([sys.executable, FOLDER / f"{name}.py"], check=False).returncode:
            failed.append(name)
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
