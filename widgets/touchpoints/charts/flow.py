"""Draw how journeys flow: bands from contact to contact, as wide as the journeys in them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import altair as alt

from touchpoints.charts.intervals import AnyChart, finish, over, rows_of
from touchpoints.charts.theme import PALETTE
from touchpoints.core.journeys import JourneyFlow
from touchpoints.core.journeys.words import CONVERSION, NULL, ONWARDS, OTHERS
from touchpoints.core.result import register_chart

_CONVERT: Final = "converts in the end"
_NOT: Final = "does not"
_BANDS: Final = {_CONVERT: PALETTE[0], _NOT: "#9a9a9a"}
#: A node is read on white and on black, and white letters on it.
_NODE: Final = "#56616d"
_ENDS: Final = {CONVERSION: "converted", ONWARDS: "go on", NULL: "nothing"}
#: Between two nodes of a column, and the least height of one with a letter, in percent of all.
_GAP: Final = 1.5
_LETTER: Final = 3.5
_HALF_NODE: Final = 0.09
#: Letters of a line of the key, which fits a phone.
_LINE: Final = 46

_Row = dict[str, Any]


@register_chart(JourneyFlow)
def flow_chart(result: JourneyFlow) -> AnyChart:
    """Draw the flow of journeys.

    Args:
        result: What `journey_flow` gave.

    Returns:
        A column a place, a node a touchpoint, known by its letter in the key, and bands between
        them as wide as their journeys; in each node and band those that convert in the end lie on
        top, in blue. Journeys that have ended run on, above or below the others, to the last
        column.
    """
    order = [CONVERSION, *result.names, ONWARDS, NULL]
    letters = dict(zip(result.names, "ABCDEFGHIJKLM", strict=False)) | {OTHERS: "…"}
    bands = _placed(_split(result), order)
    nodes = [
        node | {"letter": letters.get(node["touchpoint"], "") if _tall(node) else ""}
        for node in _nodes(bands)
    ]
    last = result.places + 1
    x = alt.X(
        "x:Q",
        title="contact",
        scale=alt.Scale(domain=[1 - _HALF_NODE, last + 0.8], nice=False, zero=False),
        axis=alt.Axis(
            values=list(range(1, last + 1)),
            labelExpr=f"datum.value == {last} ? 'then' : datum.value",
            domain=False,
            ticks=False,
        ),
    )
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(reverse=True, nice=False))
    legend = alt.Legend(symbolType="square", symbolOpacity=0.8, symbolStrokeWidth=0)
    color = alt.Scale(domain=list(_BANDS), range=list(_BANDS.values()))
    flows = (
        # One row a band: the four points of its edges are the page's work.
        over(bands)
        .transform_calculate(at="[0, 0.2, 0.8, 1]")
        .transform_flatten(["at"])
        .transform_calculate(
            x=f"datum.place + {_HALF_NODE} + datum.at * {1 - 2 * _HALF_NODE}",
            top="datum.at < 0.5 ? datum.leaves : datum.arrives",
            bottom="datum.top + datum.height",
        )
        .mark_area(interpolate="monotone", opacity=0.6)
        .encode(
            x=x,
            y=y,
            y2="bottom:Q",
            detail="band:N",
            color=alt.Color("journeys:N", title="a journey", scale=color, legend=legend),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("from", "to", "n", "journeys")],
        )
    )
    columns = over(nodes)
    bars = columns.mark_rect(color=_NODE).encode(
        x=alt.X("x:Q"), x2="x2:Q", y=y, y2="bottom:Q", tooltip=["touchpoint:N", "n:Q"]
    )
    names = columns.mark_text(color="#ffffff", fontSize=11, fontWeight=600).encode(
        x="place:Q", y="middle:Q", text="letter:N"
    )
    ends = [node | {"said": _said(node, result)} for node in nodes if node["place"] == last]
    said = (
        over(ends)
        .mark_text(align="left", dx=4, fontSize=12, lineBreak="\n")
        .encode(x="x2:Q", y="middle:Q", text="said:N")
    )
    chart = alt.layer(flows, bars, names, said).properties(height=380)
    title = _title(result)
    return finish(chart, title, result).properties(
        title=alt.TitleParams(title, subtitle=_key(letters, result.names))
    )


def _title(result: JourneyFlow) -> str:
    """State the finding."""
    within = sum(r["n"] for r in rows_of(result.table) if r["target"] == CONVERSION)
    all_of_them = f"{100 * result.conversions / result.journeys:.0f} % of journeys convert"
    if within == result.conversions:
        return all_of_them
    return f"{all_of_them}, {100 * within / result.journeys:.0f} % by contact {result.places}"


def _key(letters: dict[str, str], names: tuple[str, ...]) -> list[str]:
    """Say what the letters mean, in lines."""
    lines = [""]
    for name in names:
        entry = f"{letters[name]} {name.strip('()')}"
        longer = f"{lines[-1]} · {entry}" if lines[-1] else entry
        if lines[-1] and len(longer) > _LINE:
            lines.append(entry)
        else:
            lines[-1] = longer
    return lines


def _split(result: JourneyFlow) -> list[_Row]:
    """Split bands by how their journeys end, and carry those that have ended to the last column."""
    split = []
    over_there: dict[str, int] = defaultdict(int)
    rows = rows_of(result.table)
    for place in range(1, result.places + 1):
        for end, n in over_there.items():
            converts = {CONVERSION: n}.get(end, 0)
            split.append(_pair(place, end, end, n, converts))
        for row in (r for r in rows if r["place"] == place):
            split.append(_pair(place, row["source"], row["target"], row["n"], row["conversions"]))
            if row["target"] in {CONVERSION, NULL}:
                over_there[row["target"]] += row["n"]
    whole = 100 / result.journeys
    return [part | {"height": part["n"] * whole} for pair in split for part in pair if part["n"]]


def _pair(place: int, source: str, target: str, n: int, converts: int) -> tuple[_Row, _Row]:
    row = {"place": place, "from": source, "to": target}
    return (
        row | {"journeys": _CONVERT, "n": converts},
        row | {"journeys": _NOT, "n": n - converts},
    )


def _placed(bands: list[_Row], order: list[str]) -> list[_Row]:
    """Stack the bands at both of their ends: those that convert on top, then as the nodes lie."""
    rank = {name: i for i, name in enumerate(order)}
    for end, own, other in (("leaves", "from", "to"), ("arrives", "to", "from")):
        stacked = sorted(
            bands,
            key=lambda b: (b["place"], rank[b[own]], b["journeys"] != _CONVERT, rank[b[other]]),
        )
        column, node, reached = None, None, 0.0
        for band in stacked:
            if band["place"] != column:
                column, node, reached = band["place"], band[own], 0.0
            if band[own] != node:
                node, reached = band[own], reached + _GAP
            band[end] = reached
            reached += band["height"]
    return [
        {key: round(v, 3) if isinstance(v, float) else v for key, v in band.items()} | {"band": i}
        for i, band in enumerate(bands)
    ]


def _nodes(bands: list[_Row]) -> list[_Row]:
    """Return the nodes: where the bands that leave them, or arrive at the end, lie."""
    last = max(band["place"] for band in bands) + 1
    found: dict[tuple[int, str], list[tuple[float, _Row]]] = defaultdict(list)
    for band in bands:
        found[band["place"], band["from"]].append((band["leaves"], band))
        if band["place"] + 1 == last:
            found[last, band["to"]].append((band["arrives"], band))
    nodes = []
    for (place, name), parts in found.items():
        top = min(start for start, _ in parts)
        height = sum(band["height"] for _, band in parts)
        nodes.append(
            {
                "place": place,
                "touchpoint": name,
                "n": sum(band["n"] for _, band in parts),
                "x": place - _HALF_NODE,
                "x2": place + _HALF_NODE,
                "top": top,
                "middle": round(top + height / 2, 3),
                "bottom": round(top + height, 3),
            }
        )
    return nodes


def _tall(node: _Row) -> bool:
    return bool(node["bottom"] - node["top"] >= _LETTER)


def _said(node: _Row, result: JourneyFlow) -> str:
    return f"{_ENDS[node['touchpoint']]}\n{100 * node['n'] / result.journeys:.0f} %"
