"""The tasks of an offer in shares: how much is peer work, and whether that is enough (H-07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from placements.domain.actors import Actor
from placements.domain.rules import Requirement, RuleBroken
from placements.domain.task_shares import WHOLE, Line, is_enough, peer_share, refuse_bad
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.offer_tasks import OfferTask, ShareException
from placements.models.offers import Offer


def coordinated_by(actor: Actor) -> Select[Offer]:
    """Offers to the cohorts of this coordinator, who alone may grant an exception."""
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(Offer).where(Offer.cohort_id.in_(own))


# Questions


def may_except(actor: Actor, offer: Offer) -> bool:
    return offer.cohort.programme_id in actor.programme_ids


def exception_to(offer: Offer) -> ShareException | None:
    """The newest exception that covers the share the offer has now."""
    share = peer_share(offer.task_lines)
    if share is None or is_enough(share, WHOLE):
        return None
    return next((e for e in reversed(offer.share_exceptions) if e.peer_percent <= share), None)


def lacks_exception(offer: Offer) -> bool:
    """Too few peer tasks, and nobody has written why that will do."""
    share = peer_share(offer.task_lines)
    return share is not None and not is_enough(share, WHOLE) and exception_to(offer) is None


def checks_for_release(offer: Offer) -> list[Requirement]:
    return [
        Requirement(
            "share",
            _("Mindst 2/3 er typiske peer-opgaver, eller koordinatoren har skrevet en undtagelse"),
            not lacks_exception(offer),
        )
    ]


# Actions


def set_lines(offer: Offer, lines: Sequence[Line]) -> None:
    """The tasks as they are written now; the shares are given for all of them or for none."""
    refuse_bad(lines)
    kept = offer.task_lines
    before = [(task.text, task.kind, task.percent) for task in kept]
    for task, line in zip(kept, lines, strict=False):
        task.text, task.kind, task.percent = line.text, line.kind, line.percent
    del kept[len(lines) :]
    for position, line in enumerate(lines[len(kept) :], start=len(kept) + 1):
        kept.append(OfferTask(position=position, text=line.text, kind=line.kind, percent=line.percent))
    if offer.id is not None and before != [(line.text, line.kind, line.percent) for line in lines]:
        flag_modified(offer, "tasks")  # whoever has the form open sees that it has changed


def grant_exception(offer: Offer, actor: Actor, *, reason: str, now: datetime) -> ShareException:
    """The coordinator writes why fewer peer tasks will do on this offer (H-07)."""
    share = peer_share(offer.task_lines)
    if share is None or not lacks_exception(offer):
        raise RuleBroken(_("Der er ikke brug for en undtagelse på denne praktikplads."))
    if not reason.strip():
        raise RuleBroken(_("Skriv kort, hvorfor der er givet en undtagelse."), field="reason")
    granted = ShareException(
        peer_percent=share, reason=reason.strip(), granted_by_id=actor.id, granted_at=now
    )
    offer.share_exceptions.append(granted)
    return granted


def refuse_unless_enough(offer: Offer) -> None:
    """An open offer keeps to what it was released for."""
    if lacks_exception(offer):
        raise RuleBroken(
            _(
                "Kun %(share)s %% er typiske peer-opgaver. Der skal være mindst 2/3, "
                "eller koordinatoren skal skrive en undtagelse først.",
                share=peer_share(offer.task_lines),
            ),
            field="task_lines",
        )


def copy_lines(session: Session, source: Offer) -> list[Line]:
    """What another offer says, to begin with."""
    tasks = session.scalars(
        select(OfferTask).where(OfferTask.offer_id == source.id).order_by(OfferTask.position)
    )
    return [Line(task.text, task.kind, task.percent) for task in tasks]
