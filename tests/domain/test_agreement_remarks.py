"""What does not fit: said before signing, seen by the coordinator, and no signature."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from placements.domain import agreement_remarks, agreements, signatures
from placements.domain.rules import RuleBroken
from placements.models.agreements import Agreement
from tests.factories import Factory, actor_for

NOW = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)


class Scene:
    def __init__(self, session: Session, make: Factory) -> None:
        unit = make.unit("Afsnit P4")
        placement = make.placement(unit=unit, status="accepted", supervisor_id=make.contact(unit).id)
        self.host = actor_for(make.host(unit))
        self.coordinator = actor_for(make.coordinator(placement.cohort.programme))
        self.elsewhere = actor_for(make.coordinator(make.programme("another")))
        self.student = actor_for(placement.enrolment.user)
        self.agreement: Agreement = agreements.draft(session, placement, today=date(2025, 1, 2))
        agreements.write(self.agreement, sections={6: "Samtaler"})
        session.flush()
        agreements.send(session, self.agreement.current, now=NOW)
        session.flush()


@pytest.fixture
def scene(session: Session, make: Factory) -> Scene:
    return Scene(session, make)


def test_remark_waits_for_the_coordinator_until_it_is_settled(session: Session, scene: Scene) -> None:
    version = scene.agreement.current
    before = signatures.missing(version)
    remark = agreement_remarks.say(session, version, scene.host, text=" Vejlederen er en anden. ", now=NOW)
    session.flush()
    tasks = agreement_remarks.waiting(session, scene.coordinator).tasks
    assert [(task.href, task.note) for task in tasks] == [
        (
            f"/placements/{scene.agreement.placement_id}/agreement",
            f"{scene.host.name} siger, at noget ikke passer",
        )
    ]
    assert (remark.text, signatures.missing(version)) == ("Vejlederen er en anden.", before)
    assert agreement_remarks.waiting(session, scene.elsewhere).tasks == []
    agreement_remarks.settle(remark, now=NOW)
    session.flush()
    assert agreement_remarks.waiting(session, scene.coordinator).tasks == []
    with pytest.raises(RuleBroken, match="allerede klaret"):
        agreement_remarks.settle(remark, now=NOW)


def test_remark_is_read_by_the_coordinator_and_whoever_wrote_it(session: Session, scene: Scene) -> None:
    agreement_remarks.say(session, scene.agreement.current, scene.host, text="Andre timer.", now=NOW)
    session.flush()
    assert (
        len(agreement_remarks.on(session, scene.agreement, scene.host)),
        len(agreement_remarks.on(session, scene.agreement, scene.coordinator)),
        len(agreement_remarks.on(session, scene.agreement, scene.student)),
        len(agreement_remarks.on(session, scene.agreement, scene.elsewhere)),
    ) == (1, 1, 0, 0)


def test_remark_is_refused_when_nothing_waits_for_signatures_or_nothing_is_said(
    session: Session, scene: Scene
) -> None:
    sent = scene.agreement.current
    with pytest.raises(RuleBroken, match="hvad der ikke passer"):
        agreement_remarks.say(session, sent, scene.host, text=" ", now=NOW)
    agreements.write(scene.agreement, sections={6: "Grupper"})
    session.flush()
    for version in (sent, scene.agreement.current):
        with pytest.raises(RuleBroken, match="venter ikke på underskrift"):
            agreement_remarks.say(session, version, scene.host, text="Noget.", now=NOW)
