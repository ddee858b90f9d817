"""A table of contacts as a reader may have it: invented, and known to the last cell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from touchpoints.charts import renderers
from touchpoints.reporting import page

#: Grade (0 is no contact), customers with it, and fans among them, at each touchpoint.
COUNTS = {
    "chat": [(1, 40, 30), (2, 60, 12), (3, 40, 4), (0, 100, 30)],
    "car park": [(1, 60, 24), (2, 60, 17), (3, 60, 16), (0, 60, 19)],
}


def contacts(customers: int = 240) -> pd.DataFrame:
    """One row a customer and touchpoint; who is a fan follows the counts at the chat."""
    chat = [(g, i < fans) for g, n, fans in COUNTS["chat"] for i in range(n)]
    fans = [fan for _, fan in chat]
    people = range(1, customers + 1)
    park, left = [], {True: [], False: []}
    for grade, n, with_fan in COUNTS["car park"]:
        left[True] += [grade] * with_fan
        left[False] += [grade] * (n - with_fan)
    park = [left[fan].pop() for fan in fans]
    both = {"chat": [g for g, _ in chat], "car park": park}
    frames = [
        pd.DataFrame(
            {
                "customer_id": people,
                "touchpoint": name,
                "grade": pd.array([g or None for g in grades], dtype="Int64"),
                "fan": fans,
                "recommendation": [9 if fan else 5 for fan in fans],
                "weight": [1.5 if i % 2 else 0.5 for i in people],
            }
        )
        for name, grades in both.items()
    ]
    return pd.concat(frames, ignore_index=True)


def without_pictures(monkeypatch: Any) -> None:
    """Leave out what takes seconds and is looked at in a browser: the charts' library and their pictures."""
    monkeypatch.setattr(page, "vega_script", lambda: "// the charts' library")
    monkeypatch.setattr(renderers.vlc, "vegalite_to_svg", lambda _: "<svg></svg>")
