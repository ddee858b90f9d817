"""Charts of the kit's results: results in, `altair.Chart` out, one theme."""

from touchpoints.charts.renderers import enable_renderer
from touchpoints.charts.scoring import score_chart
from touchpoints.charts.theme import enable_theme

__all__ = ["score_chart"]

enable_theme()
enable_renderer()
