"""Peers and colleagues of one workplace (H-03, H-04, H-08)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from sqlalchemy.orm import Session

from placements.domain import pairs
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.hosts import Unit
from tests.domain.saving import refusal, save
from tests.factories import Factory


@pytest.fixture
def unit(make: Factory) -> Unit:
    return make.unit("Team Øst")


def names(people: list[Enrolment]) -> list[str]:
    return [one.user.name for one in people]


def couples(session: Session, cohort: Cohort) -> list[tuple[str, str]]:
    return [
        (one.peer.user.name, one.colleague.user.name) for one in pairs.overview(session, cohort).suggested
    ]


def test_link_peer_with_a_colleague_of_an_earlier_cohort(
    make: Factory, session: Session, cohort: Cohort, unit: Unit
) -> None:
    """H-03, H-04: the colleague took it before; they are suggested and become a pair."""
    before = make.cohort(cohort.programme, name="Hold 2023")
    peer = make.peer(cohort, unit_id=unit.id)
    colleague = make.colleague(before, unit_id=unit.id, status=EnrolmentStatus.COMPLETED)
    assert couples(session, cohort) == couples(session, before) == [("Pia Peer", "Kim Kollega")]
    save(session, lambda: pairs.link(session, peer, colleague))
    found = pairs.overview(session, cohort)
    assert [pairs.fits(pair) for pair in found.pairs] == [True]
    assert (found.suggested, found.peers, found.colleagues) == ([], [], [])
    refusal(session, lambda: pairs.link(session, peer, colleague))


def test_overview_lists_who_lacks_the_other(
    make: Factory, session: Session, cohort: Cohort, unit: Unit
) -> None:
    """A colleague without a peer is listed and not kept out; who has left is not listed."""
    make.peer(cohort, "Pia Peer", unit_id=unit.id)
    make.peer(cohort, "Rie Rejst", unit_id=unit.id, status=EnrolmentStatus.WITHDRAWN)
    make.colleague(cohort, "Kim Kollega", unit_id=make.unit("Team Vest").id)
    make.colleague(cohort, "Ulla Uden")
    make.enrolment(cohort, unit_id=unit.id)
    found = pairs.overview(session, cohort)
    assert (found.pairs, found.suggested) == ([], [])
    assert (names(found.peers), names(found.colleagues)) == (["Pia Peer"], ["Kim Kollega", "Ulla Uden"])


def test_suggest_nobody_twice_when_all_have_somebody(
    make: Factory, session: Session, cohort: Cohort, unit: Unit
) -> None:
    first, other = (make.peer(cohort, name, unit_id=unit.id) for name in ("Ane Peer", "Bo Peer"))
    colleague = make.colleague(cohort, unit_id=unit.id)
    save(session, lambda: pairs.link(session, first, colleague))
    assert couples(session, cohort) == [("Bo Peer", "Kim Kollega")]
    save(session, lambda: pairs.link(session, other, colleague))
    assert couples(session, cohort) == []


@dataclass
class Case:
    """How the colleague differs from one that fits."""

    values: dict[str, object] = field(default_factory=dict)
    elsewhere: bool = False
    other_programme: bool = False


@pytest.mark.parametrize(
    "case",
    [
        Case(elsewhere=True),
        Case({"unit_id": None}),
        Case({"audience": "student"}),
        Case({"status": "withdrawn"}),
        Case(other_programme=True),
    ],
)
def test_link_is_refused_unless_both_work_in_one_place(
    make: Factory, session: Session, cohort: Cohort, unit: Unit, case: Case
) -> None:
    """H-08."""
    there = make.unit("Team Vest") if case.elsewhere else unit
    at = make.cohort() if case.other_programme else cohort
    peer = make.peer(cohort, unit_id=unit.id)
    colleague = make.colleague(at, **({"unit_id": there.id} | case.values))
    assert refusal(session, lambda: pairs.link(session, peer, colleague)).sentence.endswith(".")
    assert couples(session, cohort) == []
