"""Charts of the kit's results: results in, `altair.Chart` out, one theme."""

from touchpoints.charts.bootstrap import bootstrap_chart
from touchpoints.charts.claim import claim_chart
from touchpoints.charts.claim_power import claim_power_chart
from touchpoints.charts.confounding import confounding_chart
from touchpoints.charts.contact_balance import balance_chart
from touchpoints.charts.disagreement import disagreement_chart
from touchpoints.charts.drivers import importance_chart, penalty_reward_chart
from touchpoints.charts.fans import fan_rate_chart
from touchpoints.charts.flow import flow_chart
from touchpoints.charts.journeys import (
    attribution_chart,
    by_group_chart,
    comparison_chart,
    removal_chart,
    shapley_chart,
    transitions_chart,
)
from touchpoints.charts.lens import lens_chart
from touchpoints.charts.lift import (
    contrast_chart,
    lift_chart,
    net_effect_chart,
    standardised_chart,
)
from touchpoints.charts.nps import nps_chart, nps_difference_chart
from touchpoints.charts.planning import plan_chart
from touchpoints.charts.portfolio import portfolio_chart, rule_grid_chart
from touchpoints.charts.proportional_odds import odds_chart
from touchpoints.charts.renderers import enable_renderer
from touchpoints.charts.scoring import score_chart
from touchpoints.charts.small_things import small_things_chart
from touchpoints.charts.study_plan import study_chart
from touchpoints.charts.theme import enable_theme
from touchpoints.charts.trend import trend_chart
from touchpoints.charts.trust_cycle import trust_chart

__all__ = [
    "attribution_chart",
    "balance_chart",
    "bootstrap_chart",
    "by_group_chart",
    "claim_chart",
    "claim_power_chart",
    "comparison_chart",
    "confounding_chart",
    "contrast_chart",
    "disagreement_chart",
    "fan_rate_chart",
    "flow_chart",
    "importance_chart",
    "lens_chart",
    "lift_chart",
    "net_effect_chart",
    "nps_chart",
    "nps_difference_chart",
    "odds_chart",
    "penalty_reward_chart",
    "plan_chart",
    "portfolio_chart",
    "removal_chart",
    "rule_grid_chart",
    "score_chart",
    "shapley_chart",
    "small_things_chart",
    "standardised_chart",
    "study_chart",
    "transitions_chart",
    "trend_chart",
    "trust_chart",
]

enable_theme()
enable_renderer()
