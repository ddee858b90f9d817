"""A customer's mood at one touchpoint, read from the grades of the others.

A customer who grades everything kindly does so here too. The mean grade of the customer's *other*
touchpoints, the one in question left out, stands for that habit: compare customers who grade the
rest alike, and what is left is closer to this touchpoint.

It may take too much away. If a good contact here makes a customer grade the rest more kindly, too,
the others' mean is a consequence of this contact, and holding it constant removes part of the
effect along with mood. It may also take too little away: a mean of a few grades measures mood with
error. So it gives one point of a range, not the truth.
"""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from touchpoints.core.contacts import CUSTOMER, GRADE

#: Customers with fewer other grades are left out: their mood is not known.
LEAST_OTHERS: Final = 3
#: Name of the column: the mean of the other grades in half grades, so 3 is a mean of 1.5.
OTHERS: Final = "_others"


def with_mean_of_others(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add the mean grade of the customer's other touchpoints, rounded to halves.

    Args:
        lazy: Contacts with grades as floats, null for no contact.

    Returns:
        The frame with the column `OTHERS`, in half grades (2 to 12), a half rounded up; null where
        the customer gave fewer than `LEAST_OTHERS` other grades.
    """
    per_customer = lazy.group_by(CUSTOMER).agg(
        _sum=nw.col(GRADE).sum(), _count=nw.col(GRADE).count()
    )
    own = nw.when(nw.col(GRADE).is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    count = nw.col("_count") - own
    total = nw.col("_sum").fill_null(0.0) - nw.col(GRADE).fill_null(0.0)
    enough = nw.when(count >= LEAST_OTHERS)
    halves = (2 * total / enough.then(count).otherwise(nw.lit(1)) + 0.5).floor()
    joined = lazy.join(per_customer, on=CUSTOMER, how="left")
    return joined.with_columns(enough.then(halves).alias(OTHERS))
