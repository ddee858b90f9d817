"""Pure statistics of touchpoint marketing: frames and numbers in, frames and small results out."""

from touchpoints.core.errors import InputError
from touchpoints.core.generator import GeneratedData, generate
from touchpoints.core.result import Result
from touchpoints.core.scoring import SCORECARD_COLUMNS, TouchpointScores, score_touchpoints
from touchpoints.core.scoring_rule import VALUE_FUNCTIONS, ScoringRule

__all__ = [
    "SCORECARD_COLUMNS",
    "VALUE_FUNCTIONS",
    "GeneratedData",
    "InputError",
    "Result",
    "ScoringRule",
    "TouchpointScores",
    "generate",
    "score_touchpoints",
]
