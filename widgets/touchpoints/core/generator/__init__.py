"""The generator of the synthetic datasets."""

from touchpoints.core.generator.dataset import GeneratedData, generate
from touchpoints.core.generator.worlds import WORLDS, World

__all__ = ["WORLDS", "GeneratedData", "World", "generate"]
