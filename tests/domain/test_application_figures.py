"""Figures about applications from which nobody can be worked out."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain import application_figures
from placements.domain.application_tallies import Kind
from placements.models.application_retention import ApplicationStep
from placements.models.programmes import FeePayer

S = ApplicationStep
NONE, MUNICIPALITY = FeePayer.NONE, FeePayer.MUNICIPALITY


def test_flow_hides_small_steps_and_small_differences() -> None:
    """42 began and 40 sent theirs: the 40 would tell of two people."""
    furthest = {S.STARTED: 2, S.SUBMITTED: 20, S.READ: 12, S.OFFERED: 1, S.ENROLLED: 7}
    assert [number for _step, number in application_figures.flow(furthest)] == [42, None, 20, 8, None, None]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(S)), st.integers(0, 12)))
def test_no_two_shown_steps_tell_of_fewer_than_five(furthest: dict[ApplicationStep, int]) -> None:
    shown = [number for _step, number in application_figures.flow(furthest) if number is not None]
    assert all(number >= 5 for number in shown)
    assert all(before - after >= 5 for before, after in pairwise(shown))


def test_municipalities_stand_under_their_payer_and_the_few_are_not_named() -> None:
    """The payer's figure is a sum of municipalities: one hidden alone could be worked out."""
    kinds = {
        Kind("Viborg", NONE, S.SUBMITTED): 20,
        Kind("Randers", NONE, S.SUBMITTED): 8,
        Kind("Aarhus", NONE, S.SUBMITTED): 1,
        Kind("Skive", MUNICIPALITY, S.SUBMITTED): 6,
        Kind(None, NONE, S.STARTED): 7,
    }
    free, paid, unsaid = application_figures.report(kinds).groups
    assert (free.payer.number, paid.payer.number, unsaid.payer.number) == (29, 6, 7)
    shown = [(bar.label, bar.number) for bar in free.municipalities]
    assert shown == [("Viborg", 20), ("Andre kommuner", None)]
    assert [(bar.label, bar.number) for bar in paid.municipalities] == [("Skive", 6)]
    assert unsaid.municipalities == []


def test_hidden_payer_shows_no_municipality_and_few_people_nothing() -> None:
    kinds = {Kind("Viborg", NONE, S.STARTED): 9, Kind("Skive", MUNICIPALITY, S.STARTED): 2}
    assert [(g.payer.number, g.municipalities) for g in application_figures.report(kinds).groups] == [
        (None, [])
    ] * 2
    assert application_figures.report({Kind("Viborg", NONE, S.STARTED): 4}).total is None
