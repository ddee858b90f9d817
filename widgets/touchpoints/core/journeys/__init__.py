"""Journeys: from a log of contacts to paths, and ways to share conversions out over touchpoints."""

from touchpoints.core.journeys.from_log import journey_paths
from touchpoints.core.journeys.removal import RemovalEffects, removal_effects
from touchpoints.core.journeys.rules import RULES, Attribution, attribute

__all__ = [
    "RULES",
    "Attribution",
    "RemovalEffects",
    "attribute",
    "journey_paths",
    "removal_effects",
]
