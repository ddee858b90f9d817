"""Run the benchmarks one after the other and keep their tables.

usage: python benchmarks/run.py [NAME ...]   (all of them if not said)

Each runs in a process of its own. For figures that mean something, let nothing else run. All take
about 15 minutes on two cores; `python scripts/benchmarks_page.py` then writes the book's page.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = ("fan_rate", "intervals", "bootstrap", "generator", "hundred_million")


def main() -> None:
    """Run what is named."""
    names = sys.argv[1:] or NAMES
    if unknown := set(names) - set(NAMES):
        raise SystemExit(f"Found {', '.join(sorted(unknown))}; allowed are {', '.join(NAMES)}.")
    for name in names:
        print(f"\n## {name}\n", flush=True)
        subprocess.run([sys.executable, FOLDER / f"{name}.py"], check=True)


if __name__ == "__main__":
    main()
