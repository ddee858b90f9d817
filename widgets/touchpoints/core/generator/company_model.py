"""A company as the generator sees it: its touchpoints, the one that can't matter, its journeys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from touchpoints.core.generator.company import NEGATIVE_CONTROL, SITES, Site
from touchpoints.core.generator.paths import NORDLICHT_PATHS, Paths


@dataclass(frozen=True)
class CompanyModel:
    """What sets one company apart from another.

    Attributes:
        sites: Its touchpoints, in the order of its tables.
        negative_control: Key of the touchpoint that can't matter; its weight is 0.
        paths: How its customers move from touchpoint to touchpoint.
    """

    sites: tuple[Site, ...]
    negative_control: str
    paths: Paths

    @cached_property
    def touchpoints(self) -> tuple[str, ...]:
        """Keys of its touchpoints."""
        return tuple(site.touchpoint for site in self.sites)


#: Nordlicht Wohnen, whose data are shipped.
NORDLICHT: Final = CompanyModel(SITES, NEGATIVE_CONTROL, NORDLICHT_PATHS)
