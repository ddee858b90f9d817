"""Charts in a page answer without a kernel: to their controls and to the window's width."""

from __future__ import annotations

PAGE = "book/fans/digital-contacts.html"


def points(chart):
    """Where the chart's points stand."""
    return chart.locator("svg.marks .mark-symbol path[transform]").evaluate_all(
        "paths => paths.map(p => p.getAttribute('transform'))"
    )


def test_choosing_an_age_group_shows_its_own_estimates(visit, site):
    seen = visit()
    page = seen.open(site + PAGE)
    chart = page.locator(".tp-chart", has=page.get_by_label("Age group"))
    everybody = points(chart)
    page.get_by_label("Age group").select_option("18-29")
    youngest = points(chart)
    assert len(youngest) == len(everybody)
    assert youngest != everybody
    assert seen.errors == []


def test_charts_keep_within_their_room_when_the_window_grows(visit, site):
    page = visit(390).open(site + PAGE)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(
        """() => [...document.querySelectorAll('.tp-chart')].every(box => {
             const drawn = box.querySelector('svg.marks').getBoundingClientRect().width;
             return drawn > 500 && drawn <= box.getBoundingClientRect().width; })"""
    )
