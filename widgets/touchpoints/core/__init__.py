"""Pure statistics of touchpoint marketing: frames and numbers in, frames and small results out.

The function `nps` is not lifted to this level, where it would hide its module of the same name;
`touchpoints.nps` is the function.
"""

from touchpoints.core.bootstrap_contrasts import BootstrapContrasts, bootstrap_contrasts
from touchpoints.core.claim import OnlyBestCounts, only_best_counts
from touchpoints.core.claim_from_counts import only_best_counts_from_counts
from touchpoints.core.claim_power import ClaimPower, claim_power
from touchpoints.core.confounding import (
    ConfoundingSensitivity,
    e_value,
    sensitivity_to_confounding,
)
from touchpoints.core.contact_balance import ContactBalance, plan_contacts
from touchpoints.core.contacts import SMALL_CELL
from touchpoints.core.contrast_classes import ClassRule
from touchpoints.core.disagreement import TeamDisagreement, team_disagreement
from touchpoints.core.errors import InputError
from touchpoints.core.fan_portfolio import FanPortfolio, fan_portfolio
from touchpoints.core.fan_rule_grid import FanRuleGrid, fan_rule_grid, rule_grid
from touchpoints.core.fans import (
    BONDING_ITEMS,
    FanRates,
    FanRule,
    Lifts,
    NetContactEffect,
    fan_rate,
    fan_rate_from_counts,
    lift_from_counts,
    lift_over_no_contact,
    net_contact_effect,
    net_contact_effect_from_counts,
)
from touchpoints.core.generator import GeneratedData, generate
from touchpoints.core.grade_contrasts import (
    GradeContrasts,
    grade_contrasts,
    grade_contrasts_from_counts,
)
from touchpoints.core.grade_levels import GradeLevels
from touchpoints.core.grade_trend import GradeTrend, grade_trend, grade_trend_from_counts
from touchpoints.core.importance_performance import (
    ImportancePerformance,
    importance_performance,
)
from touchpoints.core.intervals import newcombe, wilson
from touchpoints.core.journeys import (
    Attribution,
    AttributionByGroup,
    AttributionComparison,
    JourneyFlow,
    RemovalEffects,
    ShapleyValues,
    Transitions,
    attribute,
    attribution_by_group,
    compare_attribution,
    journey_flow,
    journey_paths,
    removal_effects,
    removal_effects_from_transitions,
    shapley_values,
    transitions,
    transitions_from_log,
)
from touchpoints.core.lens import LensResult, channel_lens
from touchpoints.core.nps import NetPromoterScores, nps_from_counts
from touchpoints.core.nps_difference import NpsDifferences, nps_difference
from touchpoints.core.penalty_reward import (
    PenaltyReward,
    penalty_reward,
    penalty_reward_from_counts,
)
from touchpoints.core.planning import (
    LiftPlan,
    expected_interval_width,
    plan_lift,
    power_two_proportions,
    sample_size_two_proportions,
)
from touchpoints.core.proportional_odds import ProportionalOdds, proportional_odds
from touchpoints.core.result import Result
from touchpoints.core.scoring import SCORECARD_COLUMNS, TouchpointScores, score_touchpoints
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS, ScoringRule
from touchpoints.core.small_things import (
    SMALL_THINGS,
    SmallThings,
    check_small_things,
)
from touchpoints.core.standardised import StandardisedLifts, standardised_lift_from_counts
from touchpoints.core.study_plan import StudyAssumptions, StudyPlan, plan_study
from touchpoints.core.top_items_rule import TopItemsRule
from touchpoints.core.trust_cycle import TRUST_PRESETS, TrustCycle
from touchpoints.core.trust_simulation import TrustCourse, simulate_trust

__all__ = [
    "BONDING_ITEMS",
    "SCORECARD_COLUMNS",
    "SMALL_CELL",
    "SMALL_THINGS",
    "TRUST_PRESETS",
    "VALUE_FUNCTIONS",
    "Attribution",
    "AttributionByGroup",
    "AttributionComparison",
    "BootstrapContrasts",
    "ClaimPower",
    "ClassRule",
    "ConfoundingSensitivity",
    "ContactBalance",
    "FanPortfolio",
    "FanRates",
    "FanRule",
    "FanRuleGrid",
    "GeneratedData",
    "GradeContrasts",
    "GradeLevels",
    "GradeTrend",
    "ImportancePerformance",
    "InputError",
    "JourneyFlow",
    "LensResult",
    "LiftPlan",
    "Lifts",
    "NetContactEffect",
    "NetPromoterScores",
    "NpsDifferences",
    "OnlyBestCounts",
    "PenaltyReward",
    "ProportionalOdds",
    "RemovalEffects",
    "Result",
    "ScoringRule",
    "ShapleyValues",
    "SmallThings",
    "StandardisedLifts",
    "StudyAssumptions",
    "StudyPlan",
    "TeamDisagreement",
    "TopItemsRule",
    "TouchpointScores",
    "Transitions",
    "TrustCourse",
    "TrustCycle",
    "attribute",
    "attribution_by_group",
    "bootstrap_contrasts",
    "channel_lens",
    "check_small_things",
    "claim_power",
    "compare_attribution",
    "e_value",
    "expected_interval_width",
    "fan_portfolio",
    "fan_rate",
    "fan_rate_from_counts",
    "fan_rule_grid",
    "generate",
    "grade_contrasts",
    "grade_contrasts_from_counts",
    "grade_trend",
    "grade_trend_from_counts",
    "importance_performance",
    "journey_flow",
    "journey_paths",
    "lift_from_counts",
    "lift_over_no_contact",
    "net_contact_effect",
    "net_contact_effect_from_counts",
    "newcombe",
    "nps_difference",
    "nps_from_counts",
    "only_best_counts",
    "only_best_counts_from_counts",
    "penalty_reward",
    "penalty_reward_from_counts",
    "plan_contacts",
    "plan_lift",
    "plan_study",
    "power_two_proportions",
    "proportional_odds",
    "removal_effects",
    "removal_effects_from_transitions",
    "rule_grid",
    "sample_size_two_proportions",
    "score_touchpoints",
    "sensitivity_to_confounding",
    "shapley_values",
    "simulate_trust",
    "standardised_lift_from_counts",
    "team_disagreement",
    "transitions",
    "transitions_from_log",
    "wilson",
]
