"""What a survey of touchpoints holds, under the names of the datasets."""

from __future__ import annotations

from typing import Final

from touchpoints.core.contacts import CUSTOMER, GRADE, TOUCHPOINT
from touchpoints.core.fan_rule import BONDING_ITEMS

#: The respondent's own name in a questionnaire; in the datasets it is `customer_id`.
RESPONDENT: Final = "respondent_id"
CONTACT: Final = "contact"
BONDING: Final = "bonding"
SATISFACTION: Final = "satisfaction"
RECOMMENDATION: Final = "recommendation"
AGE: Final = "age_group"
WEIGHT: Final = "weight"
#: What the weight is called in the datasets.
PANEL_WEIGHT: Final = "panel_weight"

#: Roles of columns about a respondent, in the datasets' order.
PERSON: Final = (RESPONDENT, AGE, *BONDING_ITEMS, SATISFACTION, RECOMMENDATION, WEIGHT)
#: Roles of columns in the long form, one row a customer and touchpoint.
LONG: Final = (TOUCHPOINT, GRADE)
#: Kinds of answers, which share words and scales.
KINDS: Final = (CONTACT, GRADE, BONDING, SATISFACTION, RECOMMENDATION, AGE)

#: The column of the datasets whose dictionary entry holds for a role.
DATASET_COLUMN: Final = {
    RESPONDENT: ("customers", CUSTOMER),
    WEIGHT: ("customers", PANEL_WEIGHT),
    GRADE: ("contacts", GRADE),
    TOUCHPOINT: ("contacts", TOUCHPOINT),
    **{role: ("customers", role) for role in (AGE, *BONDING_ITEMS, SATISFACTION, RECOMMENDATION)},
}


def kind_of_role(role: str) -> str:
    """Return the kind of answers in a role.

    Example:
        >>> kind_of_role("bonding_3"), kind_of_role("grade")
        ('bonding', 'grade')
    """
    return BONDING if role in BONDING_ITEMS else role
