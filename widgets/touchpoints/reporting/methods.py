"""The methods paragraph: every choice behind a report, so that another can repeat it."""

from __future__ import annotations

import platform
import shlex
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from touchpoints.core.contacts import CUSTOMER, GRADE, SMALL_CELL, TOUCHPOINT
from touchpoints.core.errors import listing
from touchpoints.core.fan_rule import BONDING_ITEMS, FAN
from touchpoints.reporting.choices import Choices
from touchpoints.reporting.columns import RECOMMENDATION, WEIGHT
from touchpoints.reporting.literature import LITERATURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchpoints.reporting.columns import Contacts
    from touchpoints.reporting.sections import Finding

_LIBRARIES: Final = ("numpy", "pandas", "narwhals", "altair", "vl-convert-python")
_OPTIONS: Final = {"margin_points": "--margin"}
_WORDS: Final = {
    CUSTOMER: "customer",
    TOUCHPOINT: "touchpoint",
    GRADE: "grade",
    FAN: "fan status",
    WEIGHT: "weight",
    RECOMMENDATION: "recommendation",
}


def kit_version() -> str:
    """Return the installed version of the kit."""
    try:
        return version("touchpoint-kit")
    except PackageNotFoundError:  # the source tree on the path, not installed
        return "0+unknown"


def versions() -> str:
    """Name what computed the report.

    Example:
        >>> versions().startswith("touchpoint kit ")
        True
    """
    used = [f"{name} {version(name)}" for name in _LIBRARIES]
    return f"touchpoint kit {kit_version()}, Python {platform.python_version()}, {listing(used)}"


def command_line(file: str, choices: Choices) -> str:
    """Write the command that makes the same report.

    Args:
        file: Name of the file, without its folder.
        choices: What was decided; only what differs from the defaults is written.

    Example:
        >>> command_line("my contacts.csv", Choices(weight="w", margin_points=3))
        "touchpoints report 'my contacts.csv' --weight w --margin 3"
    """
    words = ["touchpoints", "report", file]
    for one in fields(Choices):
        value = getattr(choices, one.name)
        if value != one.default:
            option = _OPTIONS.get(one.name, f"--{one.name.replace('_', '-')}")
            words += [option, value if isinstance(value, str) else f"{value:g}"]
    return shlex.join(words)


def methods(contacts: Contacts, choices: Choices, findings: Sequence[Finding]) -> list[str]:
    """State every choice, one sentence or a few for each.

    Args:
        contacts: What was read.
        choices: What was decided.
        findings: What was computed.

    Returns:
        The sentences of the methods paragraph.
    """
    values = {
        "level": f"{100 * choices.confidence:g}",
        "alpha": f"{100 * choices.alpha:g}",
        "margin": f"{choices.margin_points:g}",
    }
    made = [f.section.method.format(**values) for f in findings if f.result is not None]
    return [
        _reading(contacts),
        _rule(contacts),
        *_weights(contacts),
        *_left_out(contacts),
        _control(choices),
        *made,
        f"Cells of fewer than {SMALL_CELL} answers (or customers, where pooled) are called small.",
        "Nothing is drawn at random: the same file, options and versions give the same numbers.",
        f"Computed with {versions()}.",
    ]


def sources(findings: Sequence[Finding]) -> list[str]:
    """List the literature behind the sections that were computed.

    Args:
        findings: What was computed.

    Returns:
        Entries, sorted.
    """
    keys = {key for f in findings if f.result is not None for key in f.section.sources}
    return [LITERATURE[key] for key in sorted(keys)]


def _reading(contacts: Contacts) -> str:
    """Say which columns were taken for what, and what an empty grade means."""
    table = contacts.table
    taken = [f"“{c}” as {_WORDS[r]}" for r, c in contacts.roles.items() if r in _WORDS]
    return (
        f"The file {table.name} ({table.kind}; SHA-256 {table.sha256}) was read with the columns "
        f"{listing(taken)}; its other columns were not used. One row is one customer at one "
        "touchpoint; an empty grade (or NA, NaN) is no contact there; 1 is the best grade, 6 the "
        "worst."
    )


def _rule(contacts: Contacts) -> str:
    if contacts.rule is None:
        return (
            f"Who is a fan was taken from the column “{contacts.roles[FAN]}” as it stands; by "
            "which rule it was made, the file doesn't say."
        )
    items = f"{BONDING_ITEMS[0]} to {BONDING_ITEMS[-1]}"
    return (
        f"{contacts.rule.text} The answers are the columns {items}; a customer with a missing "
        "answer has no status. The rule is the kit's own: other rules give other rates."
    )


def _weights(contacts: Contacts) -> list[str]:
    if contacts.weights is None:
        return ["No weights were used: each customer counts the same."]
    weighted = f"Shares are weighted by “{contacts.roles[WEIGHT]}”; variances are linearised and"
    return [f"{weighted} told as effective sample sizes, taking the weights as given."]


def _left_out(contacts: Contacts) -> list[str]:
    said = []
    if contacts.unknown:
        said.append(f"{contacts.unknown:,} rows without a known fan status were left out.")
    if contacts.alone:
        said.append(
            f"Left out of comparisons by touchpoint, because nobody or everybody had contact: "
            f"{listing(contacts.alone)}."
        )
    return said


def _control(choices: Choices) -> str:
    if choices.negative_control is None:
        return "No negative control was named."
    return (
        f"The negative control is {choices.negative_control}: that its contacts can't make fans is "
        "an assumption of whoever named it."
    )
