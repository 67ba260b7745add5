"""Peers and colleagues of the cohort in Hovedstaden: pairs, admissions, and the time that is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from placements.domain import admissions, pairs, working_time
from placements.domain.task_shares import Line
from placements.models.enrolments import Enrolment
from placements.models.offer_tasks import TaskKind

ADMITTED = date(2017, 8, 21)
TASKS = (
    Line("Samtaler én til én med borgere", TaskKind.INDIVIDUAL, 45),
    Line("Leder en gruppe om hverdag og håb", TaskKind.GROUP, 25),
    Line("Med i afdelingens forandringsgruppe", TaskKind.ORGANISATION, 10),
    Line("Kørsel og papirarbejde", TaskKind.OTHER, 20),
)
FEW = (
    Line("Åbner caféen og taler med gæsterne", TaskKind.INDIVIDUAL, 60),
    Line("Indkøb og madlavning", TaskKind.OTHER, 40),
)


def load(session: Session, enrolled: Sequence[Enrolment]) -> None:
    """One of the volunteers has too few peer tasks and waits; some colleagues' time is not agreed."""
    ida, jonas, karla, leif, mona, nils, oline, *_others = enrolled
    for peer, lines in ((ida, TASKS), (jonas, TASKS), (karla, TASKS), (leif, TASKS), (mona, FEW)):
        admissions.set_tasks(session, peer, lines, version=0)
    session.flush()
    for one in (ida, jonas, karla, leif, nils, oline):
        admissions.admit(session, one, today=ADMITTED)
    pairs.link(session, ida, nils)
    pairs.link(session, jonas, oline)
    working_time.record(
        session, jonas, agreed_on=ADMITTED, manager_name="Hanne Westh", version=0, today=ADMITTED
    )
    session.flush()
