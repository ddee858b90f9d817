"""Journeys: from a log of contacts to paths, and ways to share conversions out over touchpoints."""

from touchpoints.core.journeys.by_group import AttributionByGroup, attribution_by_group
from touchpoints.core.journeys.comparison import (
    METHODS,
    AttributionComparison,
    compare_attribution,
)
from touchpoints.core.journeys.counted import (
    removal_effects_from_transitions,
    transitions_from_log,
)
from touchpoints.core.journeys.flow import JourneyFlow, journey_flow
from touchpoints.core.journeys.from_log import journey_paths
from touchpoints.core.journeys.removal import RemovalEffects, removal_effects
from touchpoints.core.journeys.rules import RULES, Attribution, attribute
from touchpoints.core.journeys.shapley import ShapleyValues, shapley_values
from touchpoints.core.journeys.transitions import Transitions, transitions

__all__ = [
    "METHODS",
    "RULES",
    "Attribution",
    "AttributionByGroup",
    "AttributionComparison",
    "JourneyFlow",
    "RemovalEffects",
    "ShapleyValues",
    "Transitions",
    "attribute",
    "attribution_by_group",
    "compare_attribution",
    "journey_flow",
    "journey_paths",
    "removal_effects",
    "removal_effects_from_transitions",
    "shapley_values",
    "transitions",
    "transitions_from_log",
]
