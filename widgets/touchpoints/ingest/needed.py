"""Libraries that only own survey files need: imported where they are used."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from touchpoints.core.errors import InputError


def needed(name: str) -> Any:  # noqa: ANN401  (a module)
    """Import a library of the extra `survey`.

    Args:
        name: The module.

    Returns:
        The module.

    Raises:
        InputError: If it is not installed; the message names the command that installs it.
    """
    try:
        with warnings.catch_warnings():
            # pandera looks for other frames, whose libraries warn of versions nobody asked about.
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        raise InputError(
            f"no {name.partition('.')[0]} here",
            "what reading surveys needs",
            'run: pip install "touchpoint-kit[survey]"',
        ) from None
