"""The fan explorer in the static page: choices, own counts, the worlds, files, mouse and keyboard."""

from __future__ import annotations

import csv
import io
import re

import pytest

from browser.conftest import EXPLORER_PAGE
from browser.downloads import png_size_and_colours, saved
from conftest import vectors

MODULE = "touchpointHost.module('fanexplorer')"


@pytest.fixture
def explorer(visit, site):
    page = visit().open(site + EXPLORER_PAGE)
    return page.locator(".tp-explorer")


def summary(explorer):
    return explorer.locator(".tp-summary").text_content()


def table(explorer):
    return [r.locator("th, td").all_text_contents() for r in explorer.locator("tbody tr").all()]


def chooser(explorer, name):
    return explorer.get_by_role("combobox", name=name)


def own(explorer, text):
    chooser(explorer, "Data").select_option("own")
    explorer.get_by_label("Grade; n; fans").fill(text)


@pytest.mark.parametrize("case", vectors("intervals"), ids=lambda c: c["name"])
def test_javascript_estimates_as_the_vectors_say(opened, site, case):
    (x, n), (y, m) = case["a"], case["b"]
    got = opened(site + EXPLORER_PAGE).evaluate(
        f"([x, n, y, m, z]) => {{ const f = {MODULE};"
        " return [f.wilson(x, n, z), f.wilson(y, m, z), f.newcombe(x, n, y, m, z),"
        " f.estimateCounts([{grade: 1, n, fans: x}, {grade: null, n: m, fans: y}], z, 30)]; }",
        [x, n, y, m, case["z"]],
    )
    for found, want in zip(got[:3], ("wilson_a", "wilson_b", "newcombe"), strict=True):
        assert found == pytest.approx(case[want], abs=1e-12)
    first = got[3]["cells"][0]
    assert [first["liftLow"], first["liftHigh"]] == pytest.approx(
        [100 * v for v in case["newcombe"]], abs=1e-9
    )
    assert got[3]["net"]["low"] == first["liftLow"]


def test_the_first_view_is_the_panel_pooled(explorer):
    rows = table(explorer)
    assert [r[0] for r in rows] == ["1", "2", "3", "4", "5", "6", "no contact"]
    assert rows[0][:3] == ["1", "5,245", "3,530"]
    assert rows[0][3].startswith("67.3 (")
    assert "38,776" in summary(explorer)
    assert "Synthetic data." in explorer.text_content()
    contributions = [float(r[6].replace("−", "-")) for r in rows[:6]]
    net = float(re.search(r"effect ([+−][\d.]+)", summary(explorer)).group(1).replace("−", "-"))
    assert sum(contributions) == pytest.approx(net, abs=0.31)


def test_choices_narrow_each_other(explorer):
    chooser(explorer, "Medium").select_option(label="online")
    touchpoints = chooser(explorer, "Touchpoint").locator("option").all_text_contents()
    assert "Live chat" in touchpoints
    assert "Delivery crew" not in touchpoints
    chooser(explorer, "Touchpoint").select_option(label="Live chat")
    assert summary(explorer).startswith("Live chat:")
    # Another medium gives the touchpoint up.
    chooser(explorer, "Medium").select_option(label="offline")
    assert summary(explorer).startswith("All touchpoints, offline:")
    chooser(explorer, "Age group").select_option(label="60+")
    assert summary(explorer).startswith("All touchpoints, offline, 60+:")


def test_weights_change_the_estimates_and_not_the_counts(explorer):
    before = table(explorer)
    explorer.get_by_label("with panel weights").check()
    after = table(explorer)
    assert [r[1:3] for r in before] == [r[1:3] for r in after]
    assert before[0][3] != after[0][3]


def test_small_cells_are_marked_and_explained(explorer):
    chooser(explorer, "Touchpoint").select_option(label="Service hotline")
    chooser(explorer, "Age group").select_option(label="18-29")
    assert any(r[0].endswith("*") for r in table(explorer))
    assert "under 30" in explorer.text_content()
    assert explorer.locator(".tp-small-mark").count() >= 1


def test_the_airport_is_a_proxy_and_has_its_own_scale(explorer):
    chooser(explorer, "Data").select_option("airport")
    assert [r[0] for r in table(explorer)] == ["5", "4", "3", "2", "1", "no contact"]
    assert "A proxy, not a fan rate" in explorer.text_content()
    assert chooser(explorer, "Medium").count() == 0
    assert "all touchpoints" not in chooser(explorer, "Touchpoint").text_content()
    chooser(explorer, "Year").select_option(label="2016")
    assert ", 2016:" in summary(explorer)


def test_own_counts_are_computed_here(explorer):
    own(explorer, "grade, n, fans\n1, 40, 26\n2, 62, 17\nno contact, 70, 20\n")
    rows = table(explorer)
    assert [r[0] for r in rows] == ["1", "2", "no contact"]
    assert rows[0][3] == "65.0 (49.5 … 77.9)"
    assert rows[0][5].startswith("+36.4 (")
    own(explorer, "1\t40\t26\nkein Kontakt\t70\t20")
    assert len(table(explorer)) == 2
    own(explorer, "1 40 26\nno contact 70 20")
    assert len(table(explorer)) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1; 40", "Line 1: found “1; 40”; allowed: three numbers"),
        ("1; 40; 26\n7; 10; 2", "Line 2: found “7”; allowed: a grade from 1 to 6"),
        ("1; 40; 41", "Line 1: found “41”; allowed: a whole number from 0 to n, here 40"),
        ("1; 4.5; 1", "Line 1: found “4.5”"),
        ("1; -3; 1", "Line 1: found “-3”"),
        ("1; 1e3; 1", "Line 1: found “1e3”"),
        ("1; 40; 26\n1; 30; 2", "each grade once"),
        ("no contact; 70; 20", "Enter at least one line"),
        ("", "Enter at least one line"),
        ("<img src=x onerror=document.title='owned'>; 4; 2", "Line 1: found “<img"),
    ],
)
def test_wrong_counts_are_told_and_nothing_is_lost(explorer, text, words):
    own(explorer, "1; 40; 26\nno contact; 70; 20")
    before = table(explorer)
    explorer.get_by_label("Grade; n; fans").fill(text)
    alert = explorer.locator(".tp-problem")
    assert words in alert.text_content()
    assert table(explorer) == before
    assert explorer.get_by_label("Grade; n; fans").input_value() == text
    assert explorer.page.title() != "owned"
    explorer.get_by_label("Grade; n; fans").fill("1; 10; 5")
    assert alert.text_content() == ""
    assert "Nobody is without contact" in summary(explorer)


def test_a_guess_is_answered_with_what_can_not_be_known(explorer):
    chooser(explorer, "Data").select_option("world_a")
    explorer.get_by_role("button", name="Tell me").click()
    assert "Choose one first" in explorer.locator(".tp-status").text_content()
    explorer.get_by_label("contacts cause bonding").check(force=True)
    explorer.get_by_role("button", name="Tell me").click()
    answer = explorer.locator(".tp-answer")
    assert "No, it is this: bonding colours the grades" in answer.text_content()
    assert "no table of grades can tell" in answer.text_content()
    explorer.get_by_role("button", name="can’t matter").click()
    assert summary(explorer).startswith("City car park:")


def test_everything_by_keyboard_alone(explorer):
    page = explorer.page
    chooser(explorer, "Data").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Live")
    assert summary(explorer).startswith("Live chat:")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert explorer.get_by_label("with panel weights").is_checked()
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_choices_and_counts_are_kept_and_can_be_reset(visit, site):
    seen = visit()
    page = seen.open(site + EXPLORER_PAGE)
    own(page.locator(".tp-explorer"), "1; 10; 5\nno contact; 20; 4")
    seen.open(site + EXPLORER_PAGE)
    assert len(table(page.locator(".tp-explorer"))) == 2
    page.get_by_role("button", name="Start again").click()
    assert len(table(page.locator(".tp-explorer"))) == 7


@pytest.mark.parametrize(
    "kept",
    [
        '{"source": "nowhere", "choice": 7, "weighted": "yes", "counts": [{"grade": 9}], "guesses": []}',
        '{"source": "panel", "choice": {"touchpoint": "<b>"}, "counts": "none", "guesses": {"world_a": "x"}}',
    ],
)
def test_spoilt_storage_leaves_the_original(visit, site, kept):
    seen = visit()
    seen.page.goto(site + "book/about.html")
    seen.page.evaluate("kept => localStorage.setItem('touchpoints/1/explorer', kept)", kept)
    page = seen.open(site + EXPLORER_PAGE)
    assert len(table(page.locator(".tp-explorer"))) == 7
    assert seen.errors == []


def test_the_data_can_be_saved(explorer):
    chooser(explorer, "Touchpoint").select_option(label="Live chat")
    name, content = saved(explorer, "Export CSV")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "fan-rates.csv"
    assert len(rows) == 7
    assert rows[0]["touchpoint"] == "live_chat"
    assert rows[-1]["grade"] == "no_contact"
    assert rows[-1]["lift_points"] == ""
    low, rate, high = (float(rows[0][c]) for c in ("low_pct", "rate_pct", "high_pct"))
    assert low < rate < high


def test_the_picture_can_be_saved_as_svg(explorer):
    name, content = saved(explorer, "Export SVG")
    assert name == "fan-rates.svg"
    found = explorer.page.evaluate(
        """text => {
            const picture = new DOMParser().parseFromString(text, "image/svg+xml");
            return { name: picture.documentElement.tagName, text: picture.documentElement.textContent,
                fill: picture.querySelector("circle").getAttribute("fill"), classes: picture.querySelectorAll("[class]").length };
        }""",
        content.decode(),
    )
    assert found["name"] == "svg"
    assert "synthetic data of Nordlicht Wohnen" in found["text"]
    assert found["fill"].startswith("rgb")
    assert found["classes"] == 0


def test_the_picture_can_be_saved_as_png_under_a_strict_policy(visit, strict_site):
    explorer = visit().open(strict_site + EXPLORER_PAGE).locator(".tp-explorer")
    drawn = explorer.locator("svg.tp-fans").bounding_box()
    _, content = saved(explorer, "Export PNG")
    width, height, colours = png_size_and_colours(content)
    assert width == pytest.approx(2 * drawn["width"], abs=2)
    assert height > 2 * drawn["height"]
    assert colours > 5


def test_works_from_a_folder(visit, book):
    explorer = visit().open((book / EXPLORER_PAGE).as_uri()).locator(".tp-explorer")
    chooser(explorer, "Touchpoint").select_option(label="Live chat")
    assert summary(explorer).startswith("Live chat:")


def test_german(visit, site):
    page = visit().open(site + EXPLORER_PAGE)
    page.get_by_role("button", name="Deutsch").click()
    explorer = page.locator(".tp-explorer")
    assert summary(explorer).startswith("Alle Touchpoints: Von den benoteten Kontakten")
    assert table(explorer)[0][3].startswith("67,3 (")
    chooser(explorer, "Touchpoint").select_option(label="Städtisches Parkhaus")
    assert summary(explorer).startswith("Städtisches Parkhaus:")


def test_without_javascript_there_is_a_table(visit, site):
    seen = visit(java_script_enabled=False)
    seen.page.goto(site + EXPLORER_PAGE)
    rows = seen.page.locator(".tp-live table tbody tr")
    assert rows.count() == 7
    assert "67.3" in rows.first.text_content()
