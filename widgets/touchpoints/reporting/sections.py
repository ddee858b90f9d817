"""What a report computes, one entry a result: a further result is one more entry of `SECTIONS`.

Any `Result` will do. Its text is the reading, its table follows folded, and its chart is drawn
where one is registered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from touchpoints.core.claim import only_best_counts
from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.errors import InputError
from touchpoints.core.fans import fan_rate
from touchpoints.core.grade_contrasts import grade_contrasts
from touchpoints.core.importance_performance import importance_performance
from touchpoints.core.net_effect import net_contact_effect
from touchpoints.core.nps import nps
from touchpoints.core.result import Result
from touchpoints.reporting.choices import Choices
from touchpoints.reporting.columns import RECOMMENDATION, Contacts
from touchpoints.reporting.faults import warn_of_fault

Compute = Callable[[Contacts, Choices], Result]


@dataclass(frozen=True)
class Section:
    """One result of a report.

    Attributes:
        key: Names the section in the page's address.
        title: Its heading.
        question: What it answers.
        compute: Makes the result; an `InputError` says why there is none for these data.
        method: How it was made, for the methods paragraph; `{level}` is the confidence in per
            cent, `{alpha}` the tests' level in per cent, `{margin}` the margin in points.
        sources: Keys of the literature behind it.
        care: What its numbers can't say.
        more: Further tables of the result: attribute and caption.
        needs: The column without which the section is not there at all, or None.
    """

    key: str
    title: str
    question: str
    compute: Compute
    method: str
    sources: tuple[str, ...] = ()
    care: str = ""
    more: dict[str, str] = field(default_factory=dict)
    needs: str | None = None


@dataclass(frozen=True)
class Finding:
    """A section with its result and what that says, or with the reason why there is none."""

    section: Section
    result: Result | None
    text: str


def find_all(contacts: Contacts, choices: Choices) -> list[Finding]:
    """Compute every section whose column is there.

    Args:
        contacts: What `read_contacts` gave.
        choices: What was decided.

    Returns:
        The findings in the order of `SECTIONS`.
    """
    return [
        _find(section, contacts, choices)
        for section in SECTIONS
        if section.needs is None or section.needs in contacts.roles
    ]


def _find(section: Section, contacts: Contacts, choices: Choices) -> Finding:
    """Compute a section; whatever fails is told in its place, so that the others stand."""
    try:
        result = section.compute(contacts, choices)
        return Finding(section, result, result.text)
    except InputError as error:
        return Finding(section, None, str(error))
    except Exception as error:  # noqa: BLE001  (told on the page and as a warning)
        kind = warn_of_fault(section.title, error)
        return Finding(section, None, f"This section failed by a fault of the kit ({kind}).")


def _customers(contacts: Contacts, choices: Choices) -> Result:
    return fan_rate(contacts.people, weights=contacts.weights, confidence=choices.confidence)


def _rates(contacts: Contacts, choices: Choices) -> Result:
    return fan_rate(
        contacts.rows,
        by=GRADE,
        cluster=CUSTOMER,
        weights=contacts.weights,
        confidence=choices.confidence,
    )


def _rates_by_touchpoint(contacts: Contacts, choices: Choices) -> Result:
    return fan_rate(
        contacts.rows,
        by=(TOUCHPOINT, GRADE),
        weights=contacts.weights,
        confidence=choices.confidence,
    )


def _lifts(contacts: Contacts, choices: Choices) -> Result:
    return grade_contrasts(
        contacts.rows, by=None, weights=contacts.weights, confidence=choices.confidence
    )


def _lifts_by_touchpoint(contacts: Contacts, choices: Choices) -> Result:
    return grade_contrasts(
        contacts.comparable, weights=contacts.weights, confidence=choices.confidence
    )


def _net(contacts: Contacts, choices: Choices) -> Result:
    return net_contact_effect(
        contacts.rows, by=None, weights=contacts.weights, confidence=choices.confidence
    )


def _net_by_touchpoint(contacts: Contacts, choices: Choices) -> Result:
    return net_contact_effect(
        contacts.comparable, weights=contacts.weights, confidence=choices.confidence
    )


def _claim(contacts: Contacts, choices: Choices) -> Result:
    return only_best_counts(
        contacts.comparable,
        margin_points=choices.margin_points,
        alpha=choices.alpha,
        negative_control=choices.negative_control,
        weights=contacts.weights,
    )


def _priorities(contacts: Contacts, choices: Choices) -> Result:
    return importance_performance(
        contacts.rows, weights=contacts.weights, confidence=choices.confidence
    )


def _nps(contacts: Contacts, choices: Choices) -> Result:
    return nps(contacts.people, column=RECOMMENDATION, confidence=choices.confidence)


_MOOD: Final = (
    "These are associations. Whoever is a fan may grade more kindly, and may use other "
    "touchpoints: no table of grades tells an effect of the contact from such a mood."
)
_POOLED: Final = (
    "Pooled over touchpoints a customer stands in many rows, and the variance is that of customers "
    "(linearisation), told as an effective number of rows."
)
_COMPONENTS: Final = {"components": "What each grade adds: its share times its lift"}

SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        "customers",
        "Fans among customers",
        "How many customers are fans?",
        _customers,
        "The fan rate of customers counts each customer once; its {level} % interval is Wilson's.",
        ("wilson1927", "kish1965"),
        "The share is that of this file's rule, among those whose status is known.",
    ),
    Section(
        "grades",
        "Fan rate by grade",
        "How many fans are there at each grade, and how many without contact?",
        _rates,
        f"Fan rates by grade have Wilson's intervals ({{level}} %). {_POOLED}",
        ("wilson1927", "kish1965"),
        _MOOD,
    ),
    Section(
        "grades-by-touchpoint",
        "Fan rate by grade at each touchpoint",
        "Does each touchpoint look alike?",
        _rates_by_touchpoint,
        "Within a touchpoint a customer stands once, so its Wilson intervals take rows as "
        "independent.",
        ("wilson1927",),
        "Cells with fewer than 30 answers are marked as small. Many intervals are read at once.",
    ),
    Section(
        "lifts",
        "Lift over no contact",
        "How far does each grade lie above or below no contact?",
        _lifts,
        "A lift is the fan rate of a grade minus that without contact, in percentage points; its "
        "{level} % interval is Newcombe's, pooled with the correlation of the two rates. P-values "
        "are two-sided, agree with the intervals, and are adjusted after Holm over the grades of a "
        "group and after Benjamini and Hochberg for each grade across groups; intervals are not "
        "adjusted.",
        ("newcombe1998", "holm1979", "benjamini1995"),
        _MOOD,
    ),
    Section(
        "lifts-by-touchpoint",
        "Lift at each touchpoint",
        "Where does which grade lie above or below no contact?",
        _lifts_by_touchpoint,
        "Lifts at single touchpoints are made in the same way, without clusters.",
        ("newcombe1998", "holm1979", "benjamini1995"),
        f"Marks follow the p-value after Holm. {_MOOD}",
    ),
    Section(
        "net-effect",
        "Net contact effect",
        "What do all grades together come to?",
        _net,
        "The net contact effect is the sum over grades of share times lift, which is the fan rate "
        "of all graded contacts minus that without contact; its {level} % interval is Newcombe's.",
        ("newcombe1998",),
        "“Effect” is the field's word. It is a difference between people with and without contact.",
        _COMPONENTS,
    ),
    Section(
        "net-effect-by-touchpoint",
        "Net contact effect at each touchpoint",
        "Where do people with contact and without it differ most?",
        _net_by_touchpoint,
        "Net contact effects at single touchpoints are not adjusted for their number.",
        ("newcombe1998",),
        "Being first or last among many is partly luck: read the intervals.",
        _COMPONENTS,
    ),
    Section(
        "claim",
        "“Only grade 1 counts”",
        "Do the data agree with the claim that only contacts graded 1 lift the fan rate?",
        _claim,
        "The claim is tested as an intersection-union test: grade 1 above no contact, grade 2 "
        "below, grades 3 to 6 less than {margin} points above, each part one-sided at {alpha} %. "
        "Evidence against a part is adjusted after Holm. Without a negative control a pattern that "
        "fits gets the verdict “not identifiable”; with one it must hold beyond the control's. "
        "Verdicts are not adjusted across touchpoints.",
        ("berger1982", "lipsitch2010", "holm1979"),
        "“Consistent” is no proof. It rests on the assumption that mood weighs as much at the "
        "control as at the touchpoint.",
        {"parts": "Each part of the claim"},
    ),
    Section(
        "priorities",
        "Priorities",
        "Which touchpoints matter and are not done well?",
        _priorities,
        "Priorities set performance, the mean grade, against derived importance: the share of the "
        "variance of the fan status that goes with a touchpoint's grades, by Johnson's relative "
        "weights, with no contact taken as neither good nor bad. The cut-offs are the means over "
        "the touchpoints; intervals have {level} %.",
        ("martilla1977", "johnson2000"),
        "Derived importance is an association. A touchpoint that few meet can't weigh much for the "
        "whole, however much it is for these few.",
    ),
    Section(
        "nps",
        "Recommendation",
        "How do promoters and detractors balance?",
        _nps,
        "The Net Promoter Score counts each customer once, unweighted: the share of answers 9 and "
        "10 minus that of 0 to 6. The interval that is drawn is adjusted Wald ({level} %).",
        ("rocks2016",),
        "A stated intention, not a recommendation that was seen.",
        needs=RECOMMENDATION,
    ),
)


def tables_of(finding: Finding) -> list[tuple[str, Any]]:
    """Return the tables of a finding with their captions, the result's own first."""
    if finding.result is None:
        return []
    more = [(text, getattr(finding.result, name)) for name, text in finding.section.more.items()]
    return [(finding.section.title, finding.result.table), *more]
