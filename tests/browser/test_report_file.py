"""The report of `touchpoints report`, opened by double-click: charts drawn, nothing asked, all can read it."""

from __future__ import annotations

import pytest

from accessibility import axe
from browser.conftest import until
from own_contacts import contacts
from touchpoints.cli import main
from touchpoints.reporting import SECTIONS

#: A touchpoint that would be markup, were it not text.
HOSTILE = "</script><img src=http://x.invalid/a onerror=alert(1)>"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A report as the command writes it."""
    folder = tmp_path_factory.mktemp("report")
    contacts().replace({"touchpoint": {"chat": HOSTILE}}).to_csv(folder / "own.csv", index=False)
    out = folder / "report.html"
    assert main(["report", str(folder / "own.csv"), "-o", str(out)]) == 0
    return out


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_draws_all_charts_asks_nothing_and_keeps_nobody_out(visit, file, width, scheme):
    # axe needs a script of its own, which the page's policy would refuse.
    seen = visit(width, color_scheme=scheme, bypass_csp=True)
    page = seen.open(file.as_uri())
    ready = page.locator(".tp-chart").evaluate_all("all => all.map(c => c.dataset.ready)")
    assert ready == ["true"] * len(SECTIONS)
    assert seen.requests == [file.as_uri()]
    assert seen.errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ink = (
        "[...document.querySelectorAll('.role-axis-label text')].map(t => getComputedStyle(t).fill)"
    )
    assert set(page.evaluate(ink)) == {page.evaluate("getComputedStyle(document.body).color")}
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert axe(page) == []


def test_its_policy_lets_its_own_scripts_run_and_no_other(visit, file):
    seen = visit()
    page = seen.open(file.as_uri())
    assert page.locator(".tp-chart svg.marks").count() == len(SECTIONS)
    assert page.locator("img").count() == 0
    assert page.locator("th", has_text=HOSTILE).count() >= 1
    assert seen.requests == [file.as_uri()]
    assert seen.errors == []
    page.evaluate(
        """() => { window.refused = [];
                   document.addEventListener('securitypolicyviolation', e => refused.push(e.effectiveDirective));
                   const s = document.createElement('script'); s.textContent = 'window.owned = 1';
                   const i = new Image(); i.src = 'http://x.invalid/a'; document.body.append(s, i); }"""
    )
    until(page, "refused.length === 2")
    assert page.evaluate("refused.sort()") == ["img-src", "script-src-elem"]
    assert page.evaluate("window.owned") is None


def test_without_scripts_the_pictures_and_tables_are_there(visit, file):
    seen = visit(java_script_enabled=False)
    seen.page.goto(file.as_uri())
    assert seen.page.locator(".tp-chart svg").count() == len(SECTIONS)
    assert seen.page.locator("img").count() == 0
    seen.page.locator("summary").first.click()
    assert seen.page.locator("details[open] table").first.is_visible()
    assert seen.errors == []


def test_folded_tables_are_printed(visit, file):
    page = visit().open(file.as_uri())
    folded = page.locator("details:not([open])").count()
    assert folded >= len(SECTIONS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == folded
