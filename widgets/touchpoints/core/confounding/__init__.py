"""Contact or mood? Lifts under several assumptions on what else makes fans, side by side."""

from touchpoints.core.confounding.e_value import e_value
from touchpoints.core.confounding.sensitivity import (
    ConfoundingSensitivity,
    sensitivity_to_confounding,
)

__all__ = ["ConfoundingSensitivity", "e_value", "sensitivity_to_confounding"]
