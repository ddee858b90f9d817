"""The page of benchmarks says what is kept, and each kept result says how it came about."""

from __future__ import annotations

import benchmarks_page
import pytest

KEPT = benchmarks_page.results()


def test_the_page_is_what_is_kept():
    assert benchmarks_page.PAGE.read_text("utf-8") == benchmarks_page.page(KEPT)


@pytest.mark.parametrize("name", [name for name in KEPT if name != benchmarks_page.COVERAGE])
def test_a_result_names_command_machine_and_a_ratio_that_fits(name):
    result = KEPT[name]
    assert result["command"].startswith(f"python benchmarks/{name}.py")
    assert (benchmarks_page.ROOT / "benchmarks" / f"{name}.py").exists()
    assert {"cores", "load", "versions"} <= set(result["machine"])
    assert result["rows"]
    for row in result["rows"]:
        assert row["ratio"] is None or (row["ratio"] > 0 and row["other"])
