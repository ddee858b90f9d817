"""Draw how often the claim test would reach which verdict, over the number of customers."""

from __future__ import annotations

from typing import Final

import altair as alt

from touchpoints.charts.claim import VERDICT_COLORS, VERDICT_SHAPES
from touchpoints.charts.intervals import inline, rows_of, tooltips
from touchpoints.core.claim_parts import PARTS, VERDICTS
from touchpoints.core.claim_power import CLAIM, ClaimPower
from touchpoints.core.result import register_chart

_WIDTH: Final = 280
_HEIGHT: Final = 100


@register_chart(ClaimPower)
def claim_power_chart(power: ClaimPower) -> alt.FacetChart:
    """Draw the claim and its three parts as panels, each verdict with its Monte-Carlo interval.

    Args:
        power: What `claim_power` gave.

    Returns:
        Marks whose shape and colour tell the verdict, over the number of customers.
    """
    rows = rows_of(power.table)
    color = alt.Scale(domain=list(VERDICTS), range=list(VERDICT_COLORS))
    shape = alt.Scale(domain=list(VERDICTS), range=list(VERDICT_SHAPES))
    legend = alt.Legend(columns=2)  # four verdicts in a row would be cut off on a phone
    base = alt.Chart().encode(
        x=alt.X("customers:O", title="customers who answer", axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("verdict:N", scale=alt.Scale(domain=list(VERDICTS))),
        color=alt.Color("verdict:N", title=None, scale=color, legend=legend),
    )
    y = alt.Y("share_pct:Q", title="surveys (%)", scale=alt.Scale(domain=[0, 100]))
    bars = base.mark_rule().encode(y=alt.Y("low_pct:Q", title="surveys (%)"), y2="high_pct:Q")
    marks = base.mark_point(size=60, filled=True).encode(
        y=y,
        shape=alt.Shape("verdict:N", title=None, scale=shape, legend=legend),
        tooltip=tooltips(rows[0]),
    )
    most = max(rows, key=lambda row: (row["what"] == CLAIM, row["customers"], row["share_pct"]))
    title = (
        f"{most['customers']:,} customers: “{most['verdict']}” "
        f"in {most['share_pct']:.0f} % of {power.draws:,} simulated surveys"
    )
    layers = alt.layer(bars, marks).properties(width=_WIDTH, height=_HEIGHT)
    facet = alt.Facet("what:N", title=None, sort=[CLAIM, *PARTS])
    chart: alt.FacetChart = layers.facet(facet=facet, columns=1, data=inline(rows))
    return chart.properties(title=alt.TitleParams(title), description=power.text)
