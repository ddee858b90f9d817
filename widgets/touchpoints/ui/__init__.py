"""Widgets of the kit: one .py, one .js and one .css each; shared pieces in `parts/`."""

from touchpoints.ui.channel_lens import ChannelLens
from touchpoints.ui.fan_explorer import FanExplorer
from touchpoints.ui.scorecard import Scorecard

__all__ = ["ChannelLens", "FanExplorer", "Scorecard"]
