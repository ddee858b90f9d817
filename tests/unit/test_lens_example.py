"""A channel whose mean looks fine and hides a failing touchpoint; every number is worked by hand.

The phone has an order line with 40 grades (20 × 1, 20 × 2) and a complaints line with 10 grades
(2 × 4, 6 × 5, 2 × 6), all by customers who called the order line too. The web has a shop (30 × 2)
and a portal of a partner (10 × 3).

    order line   (20·1 + 20·2) / 40         = 1.5
    complaints   (2·4 + 6·5 + 2·6) / 10     = 5.0
    phone        (60 + 50) / 50             = 2.2    looks fine, and hides a gap of 2.8
    web          (30·2 + 10·3) / 40         = 2.25
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

import touchpoints as tp


def contacts():
    rows = [(i, "order_line", 1 + i % 2) for i in range(40)]
    rows += [(i, "complaints_line", g) for i, g in enumerate([4, 4, 5, 5, 5, 5, 5, 5, 6, 6])]
    rows += [(100 + i, "web_shop", 2) for i in range(30)]
    rows += [(100 + i, "partner_portal", 3) for i in range(10)]
    rows += [(200 + i, "complaints_line", None) for i in range(5)]
    return pd.DataFrame(rows, columns=["customer_id", "touchpoint", "grade"])


def touchpoints():
    return pd.DataFrame(
        [
            ("order_line", "full_contact", "phone", "sales", "offline"),
            ("complaints_line", "post_contact", "phone", "service", "offline"),
            ("web_shop", "full_contact", "web", "sales", "online"),
            ("partner_portal", "pre_contact", "web", "none", "online"),
        ],
        columns=["touchpoint", "contact_phase", "channel", "department", "medium"],
    )


def view(by):
    lens = tp.channel_lens(contacts(), touchpoints(), by=by)
    return lens, lens.table.set_index("touchpoint"), lens.groups.set_index(by)


def test_the_channel_looks_fine_and_hides_the_complaints_line():
    lens, table, groups = view("channel")
    assert groups["mean_grade"].to_dict() == pytest.approx({"phone": 2.2, "web": 2.25})
    assert groups["n"].to_dict() == {"phone": 50, "web": 40}
    assert groups["customers"].to_dict() == {"phone": 40, "web": 30}
    assert groups["worst_touchpoint"].to_dict() == {
        "phone": "complaints_line",
        "web": "partner_portal",
    }
    assert lens.hidden == ("complaints_line",)
    failing = table.loc["complaints_line"]
    assert failing["n"] == 10
    assert failing["mean_grade"] == pytest.approx(5)
    assert failing["gap_grades"] == pytest.approx(2.8)
    assert failing["small_cell"]
    assert table["gap_grades"].to_dict() == pytest.approx(
        {"partner_portal": 0.75, "order_line": -0.7, "web_shop": -0.25, "complaints_line": 2.8}
    )
    # The better channel by its mean is the one with the failing touchpoint.
    assert groups["mean_grade"].idxmin() == "phone"
    assert "Hidden behind them: complaints_line with 5.0 in phone with 2.2 (gap 2.8" in lens.text


def test_its_interval_by_hand():
    """s² = (2·1 + 6·0 + 2·1) / 9 = 4/9, so the error is √(4/90); Student's t with 9 degrees is 2.262."""
    _, table, _ = view("channel")
    failing = table.loc["complaints_line"]
    assert failing["sd"] == pytest.approx(math.sqrt(4 / 9))
    half = 2.2622 * math.sqrt(4 / 90)
    assert failing["low"] == pytest.approx(5 - half, abs=1e-4)
    assert failing["high"] == pytest.approx(5 + half, abs=1e-4)


def test_where_all_grade_alike_the_interval_keeps_a_width():
    """30 twos: up to z²/(30 + z²) = 11.4 % may grade otherwise, at worst with 1 or with 6."""
    _, table, _ = view("channel")
    shop = table.loc["web_shop"]
    otherwise = 1.959964**2 / (30 + 1.959964**2)
    assert shop["sd"] == 0
    assert shop["low"] == pytest.approx(2 - otherwise * 1, abs=1e-6)
    assert shop["high"] == pytest.approx(2 + otherwise * 4, abs=1e-6)
    assert shop["gap_low"] < shop["gap_grades"] < shop["gap_high"]


def test_by_department():
    """Sales: 60 + 60 over 70 grades = 1.714; the complaints line is all of service and can't hide."""
    lens, table, groups = view("department")
    assert groups["mean_grade"].to_dict() == pytest.approx(
        {"sales": 120 / 70, "service": 5, "none": 3}
    )
    assert lens.hidden == ()
    alone = table.loc["complaints_line"]
    assert alone["gap_grades"] == alone["gap_low"] == alone["gap_high"] == 0
    assert "No touchpoint lies 1 grade or more behind its department" in lens.text


def test_by_medium():
    """Offline is the phone, online the web: the same gaps under other names."""
    lens, table, groups = view("medium")
    assert groups["mean_grade"].to_dict() == pytest.approx({"offline": 2.2, "online": 2.25})
    assert lens.hidden == ("complaints_line",)
    assert table.loc["partner_portal", "gap_grades"] == pytest.approx(0.75)


def test_phases_run_in_their_order_with_their_own_means():
    lens, table, _ = view("channel")
    phases = lens.phases.set_index("contact_phase")
    assert list(phases.index) == ["pre_contact", "full_contact", "post_contact"]
    assert phases["mean_grade"].to_dict() == pytest.approx(
        {"pre_contact": 3, "full_contact": 120 / 70, "post_contact": 5}
    )
    assert list(table.index) == ["partner_portal", "order_line", "web_shop", "complaints_line"]


def test_a_lower_threshold_finds_more():
    lens = tp.channel_lens(contacts(), touchpoints(), threshold=0.75)
    assert lens.hidden == ("complaints_line", "partner_portal")


def test_a_touchpoint_that_nobody_graded_is_named_and_in_no_table():
    rows = contacts()
    rows.loc[rows["touchpoint"] == "partner_portal", "grade"] = None
    lens = tp.channel_lens(rows, touchpoints())
    assert lens.ungraded == ("partner_portal",)
    assert "partner_portal" not in set(lens.table["touchpoint"])
    assert lens.groups.set_index("channel").loc["web", "touchpoints"] == 1
    assert "Nobody graded partner_portal." in lens.text
