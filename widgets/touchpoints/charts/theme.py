"""The one look of all charts: readable in print, in dark mode and without colour vision."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

#: Okabe & Ito's palette (2008), told apart by people of all kinds of colour vision.
PALETTE: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

_NAME: Final = "touchpoints"


def config() -> dict[str, Any]:
    """Return the theme as Vega-Lite configuration.

    Colours of text and lines are left to the page, whose host sets them,
    so one chart serves light and dark pages.
    """
    return {
        "config": {
            "background": "transparent",
            "font": "system-ui, sans-serif",
            "title": {
                "anchor": "start",
                "fontSize": 15,
                "fontWeight": 600,
                "subtitleFontSize": 12,
                "offset": 12,
            },
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": 500,
                "grid": False,
            },
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top"},
            "range": {"category": list(PALETTE)},
            "view": {"stroke": None, "continuousWidth": 480, "continuousHeight": 280},
            "bar": {"color": PALETTE[0]},
            "point": {"filled": True, "size": 70},
        }
    }


def enable_theme() -> None:
    """Register the theme with Altair and switch it on."""
    alt.theme.register(_NAME, enable=True)(lambda: alt.theme.ThemeConfig(config=config()["config"]))
