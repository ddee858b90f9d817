"""A short questionnaire on touchpoints: its words, the page, the paper, the codebook."""

from touchpoints.instrument.codebook import codebook
from touchpoints.instrument.files import survey_files
from touchpoints.instrument.questions import LANGUAGES, Questionnaire, make_questionnaire
from touchpoints.instrument.touchpoint_list import (
    MOST_RECOMMENDED,
    Touchpoint,
    checked_touchpoints,
    read_touchpoints,
)

__all__ = [
    "LANGUAGES",
    "MOST_RECOMMENDED",
    "Questionnaire",
    "Touchpoint",
    "checked_touchpoints",
    "codebook",
    "make_questionnaire",
    "read_touchpoints",
    "survey_files",
]
