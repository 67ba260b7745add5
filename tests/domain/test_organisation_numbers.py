"""CVR and EAN numbers by their check digits, and a number that is known already (row 38)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from stdnum import ean as stdnum_ean

from placements.domain import organisation_numbers as numbers
from placements.domain.rules import RuleBroken
from tests.factories import Factory

TODAY = date(2025, 2, 3)
WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
VALID = "13585628"


@given(st.text("0123456789", min_size=8, max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_cvr_is_what_the_weights_say(digits: str) -> None:
    """An independent sum; a number does not begin with 0."""
    right = sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11 == 0 and digits[0] != "0"
    assert numbers.is_cvr(digits) is right


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ean_with_one_wrong_digit_is_refused(first: str, at: int, off: int) -> None:
    right = first + stdnum_ean.calc_check_digit(first)
    wrong = right[:at] + str((int(right[at]) + off) % 10) + right[at + 1 :]
    assert numbers.checked_ean(f" {right[:7]} {right[7:]}") == right
    with pytest.raises(RuleBroken) as refused:
        numbers.checked_ean(wrong)
    assert refused.value.field == "ean"


@pytest.mark.parametrize("typed", ["1358562", "13585627", "abc", "DK 1358 5629"])
def test_wrong_cvr_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        numbers.checked_cvr(typed)
    assert refused.value.field == "cvr"


@pytest.mark.parametrize("typed", ["13585628", "DK13585628", "13 58 56 28", "1358-5628"])
def test_cvr_is_kept_as_eight_digits(typed: str) -> None:
    assert numbers.checked_cvr(typed) == VALID


def test_number_that_another_organisation_has_is_refused_with_its_name(
    make: Factory, session: Session
) -> None:
    first, second = make.organisation("Viborg Kommune", cvr=VALID), make.organisation("Viborg")
    with pytest.raises(RuleBroken) as refused:
        numbers.set_numbers(session, second, cvr="DK 13585628", ean=None, today=TODAY)
    assert refused.value.sentence == (
        "Viborg Kommune har allerede det CVR-nummer. Brug den organisation, eller ret nummeret."
    )
    numbers.set_numbers(session, first, cvr=VALID, ean="", today=TODAY)
    assert (first.cvr, first.ean) == (VALID, None)
    assert numbers.with_cvr(session, "13 58 56 28") is first
    assert [numbers.with_cvr(session, typed) for typed in ("", "13585627", "29189846")] == [None, None, None]
