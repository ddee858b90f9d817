"""Draw a plan of contacts: what personal contact costs, before and after the moves."""

from __future__ import annotations

import altair as alt
import narwhals as nw

from touchpoints.charts.intervals import AnyChart, inline, tooltips
from touchpoints.charts.theme import PALETTE
from touchpoints.core.contact_balance import ContactBalance
from touchpoints.core.result import register_chart

_PLANS = {"eur": "before", "eur_after": "after the moves"}


@register_chart(ContactBalance)
def balance_chart(plan: ContactBalance) -> AnyChart:
    """Draw the cost of each touchpoint with personal time, before and after the moves.

    Args:
        plan: What `plan_contacts` gave.

    Returns:
        Bars, one pair a touchpoint, dearest first.
    """
    table = nw.from_native(plan.table, eager_only=True)
    costly = table.filter((nw.col("eur") > 0) | (nw.col("eur_after") > 0))
    costly = costly.sort("eur", descending=True)
    named = "name_en" if "name_en" in table.columns else "touchpoint"
    rows = [
        {"touchpoint": row[named], "plan": label, "eur": row[column]}
        for row in costly.rows(named=True)
        for column, label in _PLANS.items()
    ]
    before, after = nw.from_native(plan.totals, eager_only=True).get_column("eur").to_list()
    labels = list(_PLANS.values())
    chart: AnyChart = (
        alt.Chart(inline(rows))
        .mark_bar()
        .encode(
            y=alt.Y("touchpoint:N", sort=None, title=None, axis=alt.Axis(labelLimit=150)),
            yOffset=alt.YOffset("plan:N", sort=labels),
            x=alt.X("eur:Q", title="personal contact (EUR a month)"),
            color=alt.Color(
                "plan:N",
                title=None,
                sort=labels,
                scale=alt.Scale(domain=labels, range=["#999999", PALETTE[0]]),
            ),
            tooltip=tooltips({"touchpoint": "", "plan": "", "eur": 0.0}),
        )
        .properties(
            title=alt.TitleParams(f"Personal contact: {before:,.0f} → {after:,.0f} EUR a month"),
            description=plan.text,
            height=alt.Step(14),
        )
    )
    return chart
