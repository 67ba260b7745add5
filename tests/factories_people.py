"""Peers and colleagues with a workplace, for tests/factories.py."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from placements.models.admissions import Admission, PeerTask
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offer_tasks import TaskKind
from placements.models.pairs import PeerPair
from placements.models.programmes import Audience
from placements.models.users import User

R = TypeVar("R")


class Makes(Protocol):
    def keep(self, record: R) -> R: ...
    def user(self, name: str = ..., **values: Any) -> User: ...
    def enrolment(self, cohort: Cohort, user: User | None = None, **values: Any) -> Enrolment: ...


class PeopleRecords:
    def peer(self: Makes, cohort: Cohort, name: str = "Pia Peer", **values: Any) -> Enrolment:
        return self.enrolment(cohort, self.user(name), **({"audience": Audience.PAID_PEER} | values))

    def colleague(self: Makes, cohort: Cohort, name: str = "Kim Kollega", **values: Any) -> Enrolment:
        return self.enrolment(cohort, self.user(name), **({"audience": Audience.COLLEAGUE} | values))

    def pair(self: Makes, peer: Enrolment, colleague: Enrolment) -> PeerPair:
        return self.keep(PeerPair(peer_id=peer.id, colleague_id=colleague.id))

    def admission(self: Makes, enrolment: Enrolment, *shares: tuple[str, int], **values: Any) -> Admission:
        """With a task for each (kind, percent)."""
        tasks = [
            PeerTask(position=number, text=f"Opgave {number}", kind=TaskKind(kind), percent=percent)
            for number, (kind, percent) in enumerate(shares, start=1)
        ]
        return self.keep(
            Admission(enrolment_id=enrolment.id, tasks=tasks, **({"admitted_on": None} | values))
        )
