"""Admission of peers and colleagues beside their work: what is asked, and the written exception (H-07, H-08).

Somebody can be enrolled before; they are *not yet admitted* until the coordinator admits them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import enrolments, pairs
from placements.domain.actors import Actor
from placements.domain.rules import Requirement, RuleBroken, Stale, Unmet, require
from placements.domain.task_shares import WHOLE, Line, is_enough, peer_share, refuse_bad
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.admissions import Admission, AdmissionException, PeerTask
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.pairs import PeerPair


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's way in; `unmet` is what still keeps them out."""

    enrolment: Enrolment
    unmet: list[Unmet]


# Questions


def applies(enrolment: Enrolment) -> bool:
    """Peers and colleagues; students are admitted by their application."""
    return enrolments.works_as_peer(enrolment) or enrolments.is_colleague(enrolment)


def of_enrolment(session: Session, enrolment: Enrolment) -> Admission | None:
    return session.scalar(select(Admission).where(Admission.enrolment_id == enrolment.id))


def is_admitted(admission: Admission | None) -> bool:
    return admission is not None and admission.admitted_on is not None


def exception_to(admission: Admission | None) -> AdmissionException | None:
    """The newest exception that covers the share that the peer has now."""
    share = peer_share(admission.tasks) if admission else None
    if admission is None or share is None or is_enough(share, WHOLE):
        return None
    return next((one for one in reversed(admission.exceptions) if one.peer_percent <= share), None)


def lacks_exception(admission: Admission | None) -> bool:
    """Too few peer tasks, and nobody has written why that will do."""
    share = peer_share(admission.tasks) if admission else None
    return share is not None and not is_enough(share, WHOLE) and exception_to(admission) is None


def checks(session: Session, enrolment: Enrolment) -> list[Requirement]:
    mine = pairs.of_enrolment(session, enrolment)
    return _checks(enrolment, of_enrolment(session, enrolment), mine)


def _checks(enrolment: Enrolment, admission: Admission | None, mine: Sequence[PeerPair]) -> list[Requirement]:
    """A colleague may come before the peer (H-04): only a pair that does not fit keeps them out."""
    found = [Requirement("workplace", _("Arbejdsstedet er skrevet"), enrolment.unit_id is not None)]
    if enrolments.is_colleague(enrolment):
        fitting = all(pairs.fits(pair) for pair in mine)
        return [*found, Requirement("pair", _("Arbejder samme sted som sin peer, når der er én"), fitting)]
    written = admission is not None and bool(admission.tasks)
    text = _("Mindst 2/3 er typiske peer-opgaver, eller koordinatoren har skrevet en undtagelse")
    return [
        *found,
        Requirement("tasks", _("Opgaverne er skrevet med andele"), written),
        Requirement("share", text, written and not lacks_exception(admission)),
    ]


def unmet(session: Session, enrolment: Enrolment) -> list[Unmet]:
    return [check for check in checks(session, enrolment) if not check.met]


def not_admitted(session: Session, cohort: Cohort) -> list[Standing]:
    """Those of the cohort who take part and are not admitted yet, each with what is missing."""
    here = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)
    kept = session.scalars(
        select(Admission)
        .options(selectinload(Admission.tasks), selectinload(Admission.exceptions))
        .where(Admission.enrolment_id.in_(here))
    )
    admissions = {admission.enrolment_id: admission for admission in kept}
    linked = pairs.of_cohort(session, cohort)
    return [
        Standing(
            one, [check for check in _checks(one, admissions.get(one.id), _of(one, linked)) if not check.met]
        )
        for one in enrolments.of_cohort(session, cohort)
        if applies(one) and enrolments.is_active(one) and not is_admitted(admissions.get(one.id))
    ]


def _of(enrolment: Enrolment, linked: Sequence[PeerPair]) -> list[PeerPair]:
    return [pair for pair in linked if enrolment.id in {pair.peer_id, pair.colleague_id}]


def waiting(session: Session, actor: Actor) -> TaskGroup:
    """For the coordinator's day: who takes part and is not admitted yet."""
    admitted = select(Admission.enrolment_id).where(Admission.admitted_on.is_not(None))
    query = (
        enrolments.coordinated_by(actor)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort))
        .where(Enrolment.audience.in_(pairs.PAIRED), enrolments.taking_part(), Enrolment.id.not_in(admitted))
        .order_by(Enrolment.starts_on.desc(), Enrolment.id)
    )
    tasks = [
        Task(one.user.name, f"/enrolments/{one.id}/admission", one.cohort.name)
        for one in session.scalars(query)
    ]
    return group("admissions", _("Ikke optaget endnu"), _("Alle på holdene er optaget."), tasks)


# Actions


def set_tasks(session: Session, enrolment: Enrolment, lines: Sequence[Line], *, version: int) -> Admission:
    """What the peer does at work, with a share of each. `version` is 0 when nothing is written yet."""
    _refuse_others(enrolment)
    refuse_bad(lines)
    if not lines or any(line.percent is None for line in lines):
        raise RuleBroken(_("Skriv mindst én opgave, og en andel for hver."), field="task_lines")
    admission = _mine(session, enrolment, version)
    kept = admission.tasks
    for task, line in zip(kept, lines, strict=False):
        task.text, task.kind, task.percent = line.text, line.kind, line.percent or 0
    del kept[len(lines) :]
    for position, line in enumerate(lines[len(kept) :], start=len(kept) + 1):
        kept.append(PeerTask(position=position, text=line.text, kind=line.kind, percent=line.percent or 0))
    if is_admitted(admission) and lacks_exception(admission):
        raise RuleBroken(
            _(
                "Kun %(share)s %% er typiske peer-opgaver. Der skal være mindst 2/3, "
                "eller koordinatoren skal skrive en undtagelse først.",
                share=peer_share(lines),
            ),
            field="task_lines",
        )
    return admission


def _refuse_others(enrolment: Enrolment) -> None:
    if not enrolments.works_as_peer(enrolment):
        raise RuleBroken(_("Kun peers har opgaver, der regnes med ved optagelsen."))


def _mine(session: Session, enrolment: Enrolment, version: int) -> Admission:
    admission = of_enrolment(session, enrolment)
    if (admission.version if admission else 0) != version:
        raise Stale
    if admission is None:
        admission = Admission(enrolment=enrolment, admitted_on=None)
        session.add(admission)
    return admission


def grant_exception(
    session: Session, enrolment: Enrolment, actor: Actor, *, reason: str, now: datetime
) -> AdmissionException:
    """The coordinator writes why fewer peer tasks will do for this person."""
    admission = of_enrolment(session, enrolment)
    share = peer_share(admission.tasks) if admission else None
    if admission is None or share is None or not lacks_exception(admission):
        raise RuleBroken(_("Der er ikke brug for en undtagelse."))
    if not reason.strip():
        raise RuleBroken(_("Skriv kort, hvorfor der er givet en undtagelse."), field="reason")
    granted = AdmissionException(
        peer_percent=share, reason=reason.strip(), granted_by_id=actor.id, granted_at=now
    )
    admission.exceptions.append(granted)
    return granted


def admit(session: Session, enrolment: Enrolment, *, today: date) -> Admission:
    """Take them in; refused with what is missing."""
    if not (applies(enrolment) and enrolments.is_active(enrolment)):
        raise RuleBroken(_("Her er der ikke nogen at optage."))
    require(_("%(name)s kan ikke optages endnu.", name=enrolment.user.name), unmet(session, enrolment))
    admission = of_enrolment(session, enrolment)
    if admission is None:
        admission = Admission(enrolment=enrolment)
        session.add(admission)
    elif is_admitted(admission):
        raise RuleBroken(_("%(name)s er allerede optaget.", name=enrolment.user.name))
    admission.admitted_on = today
    return admission
