"""A CPR number is known however it is written; other numbers are let through."""

from __future__ import annotations

import pytest

from placements.domain import personal_numbers


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "311299.4321",
        "010190 - 1234",
        "010190\u20131234",
        "010190\u20111234",
        "010190/1234",
        "01 01 90 1234",
        "01.01.90-1234",
        "610190-1234",
        "01-01-1990-1234",
        "01011990-1234",
    ],
)
def test_number_is_known_in_a_sentence(number: str) -> None:
    assert personal_numbers.holds_one(f"Jeg er {number}, siger de.")


@pytest.mark.parametrize(
    "text",
    [
        "Ring på 20 30 40 50 eller +45 21 10 40 50.",
        "Ring på 12102030 eller 12 10 20 30, 12 10 20 31.",
        "+45 12102030, 8800 Viborg",
        "Født 01.01.1990, 01-01-90 eller 1. januar 1990",
        "Fra 01.02.2025 til 03.04.2026 kl. 12.00",
        "01.02.2025-03.04.2026",
        "EAN 5798000123456",
        "GLN 5 790101 123456",
        "EAN 57 98 01 01 90 123",
        "CVR 29190925",
        "991399-1234",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not personal_numbers.holds_one(text)
