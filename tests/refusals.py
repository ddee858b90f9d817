"""Wrong input must be refused in one sentence with three parts."""

from __future__ import annotations

import pytest

import touchpoints as tp


def refused(found, allowed, mend, call, *args, **options):
    """Assert one sentence with its three parts."""
    with pytest.raises(tp.InputError) as caught:
        call(*args, **options)
    error = caught.value
    assert found in error.found
    assert allowed in error.allowed
    assert mend in error.mend
    assert str(error) == f"Found {error.found}; allowed is {error.allowed}; {error.mend}."
    assert "\n" not in str(error)
