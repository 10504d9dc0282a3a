"""What a narrative may speak of is one frozen value: nothing on the way may change a figure."""

import pytest

from kit.narrative import facts


def test_facts_cannot_be_changed_on_the_way():
    known = facts()
    with pytest.raises(AttributeError):
        known.year = 2021  # type: ignore[misc]  # the point of the test
    assert (known.year, known.organ, known.form.edition) == (2020, "呼伦贝尔市", "2019")
