"""The touchpoint kit: teach, apply and test the ideas of touchpoint marketing.

Example:
    >>> import touchpoints as tp
    >>> tp.load("touchpoints").shape[0]
    21
"""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from touchpoints.core import (
    Attribution,
    AttributionByGroup,
    AttributionComparison,
    BootstrapContrasts,
    ClaimPower,
    ClassRule,
    ConfoundingSensitivity,
    ContactBalance,
    FanPortfolio,
    FanRates,
    FanRule,
    FanRuleGrid,
    GeneratedData,
    GradeContrasts,
    GradeLevels,
    GradeTrend,
    ImportancePerformance,
    InputError,
    JourneyFlow,
    LensResult,
    LiftPlan,
    Lifts,
    NetContactEffect,
    NetPromoterScores,
    NpsDifferences,
    OnlyBestCounts,
    PenaltyReward,
    ProportionalOdds,
    RemovalEffects,
    ScoringRule,
    ShapleyValues,
    SmallThings,
    StandardisedLifts,
    StudyAssumptions,
    StudyPlan,
    TeamDisagreement,
    TopItemsRule,
    TouchpointScores,
    Transitions,
    TrustCourse,
    TrustCycle,
    attribute,
    attribution_by_group,
    bootstrap_contrasts,
    channel_lens,
    check_small_things,
    claim_power,
    compare_attribution,
    e_value,
    expected_interval_width,
    fan_portfolio,
    fan_rate,
    fan_rate_from_counts,
    fan_rule_grid,
    generate,
    grade_contrasts,
    grade_contrasts_from_counts,
    grade_trend,
    grade_trend_from_counts,
    importance_performance,
    journey_flow,
    journey_paths,
    lift_from_counts,
    lift_over_no_contact,
    net_contact_effect,
    net_contact_effect_from_counts,
    newcombe,
    nps_difference,
    nps_from_counts,
    only_best_counts,
    only_best_counts_from_counts,
    penalty_reward,
    penalty_reward_from_counts,
    plan_contacts,
    plan_lift,
    plan_study,
    power_two_proportions,
    proportional_odds,
    removal_effects,
    removal_effects_from_transitions,
    rule_grid,
    sample_size_two_proportions,
    score_touchpoints,
    sensitivity_to_confounding,
    shapley_values,
    simulate_trust,
    standardised_lift_from_counts,
    team_disagreement,
    transitions,
    transitions_from_log,
    wilson,
)
from touchpoints.core.nps import nps
from touchpoints.core.result import load_charts_with
from touchpoints.data import describe, list_datasets, load
from touchpoints.notebook_errors import tell_in_one_sentence

if TYPE_CHECKING:
    from touchpoints.course.students.reading import CourseData, course_data
    from touchpoints.ingest import SurveyData, read_survey
    from touchpoints.ui.balance_planner import BalancePlanner
    from touchpoints.ui.channel_lens import ChannelLens
    from touchpoints.ui.fan_explorer import FanExplorer
    from touchpoints.ui.progress import Progress
    from touchpoints.ui.quiz import Quiz
    from touchpoints.ui.report import Report
    from touchpoints.ui.scorecard import Scorecard
    from touchpoints.ui.shifts_check import ShiftsCheck
    from touchpoints.ui.small_things import SmallThingsCheck
    from touchpoints.ui.study_planner import StudyPlanner
    from touchpoints.ui.trust_simulator import TrustSimulator

try:
    __version__ = version("touchpoint-kit")
except PackageNotFoundError:  # the source tree on the path, not installed
    __version__ = "0+unknown"

__all__ = [
    "Attribution",
    "AttributionByGroup",
    "AttributionComparison",
    "BalancePlanner",
    "BootstrapContrasts",
    "ChannelLens",
    "ClaimPower",
    "ClassRule",
    "ConfoundingSensitivity",
    "ContactBalance",
    "CourseData",
    "FanExplorer",
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
    "Progress",
    "ProportionalOdds",
    "Quiz",
    "RemovalEffects",
    "Report",
    "Scorecard",
    "ScoringRule",
    "ShapleyValues",
    "ShiftsCheck",
    "SmallThings",
    "SmallThingsCheck",
    "StandardisedLifts",
    "StudyAssumptions",
    "StudyPlan",
    "StudyPlanner",
    "SurveyData",
    "TeamDisagreement",
    "TopItemsRule",
    "TouchpointScores",
    "Transitions",
    "TrustCourse",
    "TrustCycle",
    "TrustSimulator",
    "attribute",
    "attribution_by_group",
    "bootstrap_contrasts",
    "channel_lens",
    "check_small_things",
    "claim_power",
    "compare_attribution",
    "course_data",
    "describe",
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
    "list_datasets",
    "load",
    "net_contact_effect",
    "net_contact_effect_from_counts",
    "newcombe",
    "nps",
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
    "read_survey",
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

# They come when first asked for: plotting and widget libraries take a second to import, and few
# need what reads files of one's own.
_LAZY = {
    "BalancePlanner": "touchpoints.ui.balance_planner",
    "ChannelLens": "touchpoints.ui.channel_lens",
    "CourseData": "touchpoints.course.students.reading",
    "FanExplorer": "touchpoints.ui.fan_explorer",
    "Progress": "touchpoints.ui.progress",
    "Quiz": "touchpoints.ui.quiz",
    "Report": "touchpoints.ui.report",
    "Scorecard": "touchpoints.ui.scorecard",
    "ShiftsCheck": "touchpoints.ui.shifts_check",
    "SmallThingsCheck": "touchpoints.ui.small_things",
    "StudyPlanner": "touchpoints.ui.study_planner",
    "SurveyData": "touchpoints.ingest",
    "TrustSimulator": "touchpoints.ui.trust_simulator",
    "course_data": "touchpoints.course.students.reading",
    "read_survey": "touchpoints.ingest",
}


def _load_charts() -> None:
    importlib.import_module("touchpoints.charts")


load_charts_with(_load_charts)
tell_in_one_sentence()


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
