"""Results: a chart is found by the result's class, or one sentence says that there is none."""

from dataclasses import dataclass

import pytest

from touchpoints.core.result import Result


@dataclass(frozen=True)
class Bare(Result):
    table: object = None

    @property
    def text(self):
        return "nothing"


def test_a_result_without_a_chart_says_so():
    with pytest.raises(NotImplementedError, match="no chart is registered for Bare"):
        Bare().chart()


def test_a_result_shows_its_table_in_a_notebook():
    class Table:
        def _repr_html_(self):
            return "<table></table>"

    assert Bare(Table())._repr_html_() == "<table></table>"
    assert Bare()._repr_html_() is None
