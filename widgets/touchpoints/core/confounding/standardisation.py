"""Direct standardisation: those without contact, made up like those who gave the grade.

Within each stratum x of the covariates the fan rate without contact, m₀(x), is counted; averaged
over the strata of those who gave grade g it is what they would show if only the covariates told
them from people without contact:

    p₀(g) = Σₓ K_g(x) m₀(x) / Σₓ K_g(x),     Δ_g = p_g - p₀(g).

It is the g-formula with a saturated model, for the effect on those who had the contact. Strata
with fewer than two rows without contact can't be compared: their share is told as what the overlap
lacks. Residuals of a stratum with n rows are scaled by √(n / (n - 1)), or sparse strata would seem
to have no variance.

References:
    Hernán, M. A. & Robins, J. M. (2020). Causal Inference: What If. Chapman & Hall/CRC, chapter 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from touchpoints.core.confounding.comparison import Comparison, Side

if TYPE_CHECKING:
    from touchpoints.core.confounding.cells import Cells, Flags
    from touchpoints.core.numbers import FloatArray

_LEAST_ROWS: Final = 2


def standardise(cells: Cells, grade: int) -> Comparison | None:
    """Compare a grade with no contact within strata; with a single stratum that is the raw lift.

    Args:
        cells: The counts of one group.
        grade: 1 to 6.

    Returns:
        The comparison, or None where no stratum has both sides.
    """
    graded, without = cells.mark == grade, cells.mark == 0
    size, reference = (cells.by_stratum(cells.k * mark) for mark in (graded, without))
    rows = cells.by_stratum(cells.n * (without & (cells.k > 0)))
    single = len(cells.classes) == 1
    overlap = (size > 0) & (rows >= (1 if single else _LEAST_ROWS))
    total = float(size[overlap].sum())
    if total == 0:
        return None
    fans = cells.by_stratum(cells.k * without * cells.outcome)
    ratio, expected = _divide(size, reference, overlap), _divide(fans, reference, overlap)
    # Few rows lie too close to their own mean.
    small = 1.0 if single else np.sqrt(_divide(rows, rows - 1, overlap))[cells.stratum]
    within = overlap[cells.stratum]
    at = expected[cells.stratum]
    own = graded * within / total
    others = without * within * ratio[cells.stratum] / total
    rate = float((cells.k * own * cells.outcome).sum())
    standard = float((size * expected)[overlap].sum() / total)
    return Comparison(
        cells,
        Side(rate, own * (cells.outcome - rate), own, float(cells.n[graded & within].sum())),
        Side(
            standard,
            own * (at - standard) + others * (cells.outcome - at) * small,
            others,
            float(cells.n[without & within].sum()),
        ),
        total / float(size.sum()),
    )


def _divide(a: FloatArray, b: FloatArray, where: Flags) -> FloatArray:
    """Divide where both sides are there, else 0."""
    return np.divide(a, b, out=np.zeros(len(a)), where=where)
