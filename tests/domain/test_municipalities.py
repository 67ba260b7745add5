"""The 98 municipalities, their regions on a day (D-05), and what somebody meant to write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placements.domain import municipalities
from placements.domain.rules import RuleBroken

EVE, MERGER = date(2026, 12, 31), date(2027, 1, 1)


def test_there_are_98_and_each_is_found_by_its_name_and_as_an_organisation() -> None:
    everyone = municipalities.everyone()
    assert len({one.code for one in everyone}) == 98
    assert [municipalities.find(one.name) for one in everyone] == list(everyone)
    assert [municipalities.find(one.authority) for one in everyone] == list(everyone)


def test_two_regions_become_one_on_the_day() -> None:
    """D-05."""
    assert municipalities.regions_on(EVE) == [
        "Region Hovedstaden",
        "Region Midtjylland",
        "Region Nordjylland",
        "Region Sjælland",
        "Region Syddanmark",
    ]
    assert municipalities.regions_on(MERGER) == [
        "Region Midtjylland",
        "Region Nordjylland",
        "Region Syddanmark",
        "Region Østdanmark",
    ]
    moves = {
        name: (municipalities.region_of(name, EVE), municipalities.region_of(name, MERGER))
        for name in ("Roskilde", "Ballerup", "Viborg")
    }
    assert moves == {
        "Roskilde": ("Region Sjælland", "Region Østdanmark"),
        "Ballerup": ("Region Hovedstaden", "Region Østdanmark"),
        "Viborg": ("Region Midtjylland", "Region Midtjylland"),
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("viborg kommune", "Viborg"),
        ("Københavns Kommune", "København"),
        ("Koebenhavn", "København"),
        ("Kobenhavn", "København"),
        ("Århus", "Aarhus"),
        ("Ålborg", "Aalborg"),
        ("Høje Taastrup", "Høje-Taastrup"),
        ("Bornholms Regionskommune", "Bornholm"),
        ("Vibrog", "Viborg"),
        ("Rander", "Randers"),
        ("Silkborg", "Silkeborg"),
        ("Nordfyn", "Nordfyns"),
        ("Xqzw", None),
        ("", None),
    ],
)
def test_closest_is_what_was_meant(written: str, meant: str | None) -> None:
    assert municipalities.closest(written) == meant


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_closest_survives_two_swapped_letters(data: st.DataObject) -> None:
    """In names that are long enough to stay themselves."""
    long = [one.name for one in municipalities.everyone() if len(one.name) > 7 and "-" not in one.name]
    name = data.draw(st.sampled_from(long))
    at = data.draw(st.integers(1, len(name) - 3))
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert municipalities.closest(typed) == name


def test_named_gives_the_official_name_or_says_the_likely_one() -> None:
    assert [municipalities.named(name) for name in ("viborg kommune", "", None)] == ["Viborg", None, None]
    with pytest.raises(RuleBroken) as refused:
        municipalities.named("Vibrog")
    assert refused.value.sentence == "Vi kender ingen kommune, der hedder Vibrog. Mener du Viborg?"
    assert refused.value.field == "municipality"
    with pytest.raises(RuleBroken, match="Skriv fx Viborg"):
        municipalities.named("Xqzw")


def test_names_stand_by_the_danish_alphabet() -> None:
    names = municipalities.names()
    assert (names[0], names[-1], len(names)) == ("Albertslund", "Aarhus", 98)
