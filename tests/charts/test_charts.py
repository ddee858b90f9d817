"""Charts: a title, a description, marks told apart by more than colour, safe inside a page."""

from __future__ import annotations

import json
import re

import altair as alt
import pytest

import touchpoints as tp
from touchpoints.charts import renderers


@pytest.fixture
def chart():
    data = tp.load("touchpoints").merge(tp.load("scorecard_example"), on="touchpoint")
    return tp.score_touchpoints(data).chart()


def test_chart_says_what_it_shows(chart):
    spec = chart.to_dict()
    assert spec["title"]["text"]
    assert "weakest link is service_hotline" in spec["description"]
    points = spec["layer"][1]["encoding"]
    assert points["color"]["field"] == points["shape"]["field"] == "value function"


def test_the_theme_is_on():
    assert alt.theme.active == "touchpoints"


def test_text_from_data_cannot_leave_the_script_element():
    evil = "</script><img src=x onerror=alert(1)>"
    spec = alt.Chart(alt.Data(values=[{"a": evil, "b": 1}])).mark_bar().encode(x="a:N", y="b:Q")
    spec = spec.properties(description=f'"{evil}').to_dict()
    html = renderers.render_for_book(spec)["text/html"]
    assert "<img" not in html
    inside = re.search(
        r'<script type="application/vnd.vegalite\+json">(.*?)</script>', html, re.DOTALL
    ).group(1)
    assert json.loads(inside)["description"] == f'"{evil}'


def test_a_chart_with_controls_is_no_picture_to_screen_readers():
    plain = alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q")
    choice = alt.param(value=1, bind=alt.binding_select(options=[1, 2]))
    for chart, role in [(plain, "img"), (plain.add_params(choice), "group")]:
        html = renderers.render_for_book(chart.to_dict())["text/html"]
        assert f'<div class="tp-chart" role="{role}" tabindex="0"' in html


def test_the_book_gets_its_own_renderer_and_a_notebook_works_offline(monkeypatch):
    before = alt.renderers.active
    monkeypatch.setenv(renderers.BOOK_VARIABLE, "1")
    renderers.enable_renderer()
    assert alt.renderers.active == "touchpoints-book"
    monkeypatch.delenv(renderers.BOOK_VARIABLE)
    renderers.enable_renderer()
    assert alt.renderers.active == "jupyter"
    assert alt.renderers.options == {"offline": True}
    alt.renderers.enable(before, **({"offline": True} if before == "jupyter" else {}))
