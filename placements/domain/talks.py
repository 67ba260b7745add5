"""The mid-way talk and the final evaluation: who sees them, and the verbs from planned to countersigned."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import outbox, own_enrolments, placements, reminders, talk_states, users
from placements.domain.actors import Actor
from placements.domain.placement_states import BEGUN
from placements.domain.public_holidays import SATURDAY
from placements.domain.rules import Requirement, RuleBroken, Stale, require
from placements.formatting import local
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.talks import Progress, Talk, TalkKind, TalkMark

LATEST = timedelta(days=30)
"""So long after the last day a talk can still be held."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was said in the talk, as the host writes it."""

    held_on: date
    goes_well: str | None = None
    to_work_on: str | None = None
    next_steps: str | None = None


# Visibility


def _own(actor: Actor) -> ColumnElement[bool]:
    return Placement.enrolment_id.in_(own_enrolments.ids_of(actor))


def written_by(actor: Actor) -> Select[Placement]:
    """Placements whose talks this person writes: for the unit or the programme, never about themselves."""
    return placements.answered_by(actor).where(~_own(actor))


def answered_by(actor: Actor) -> Select[Placement]:
    """Placements whose talks this person answers as the student."""
    return placements.visible_to(actor).where(_own(actor))


def visible_to(actor: Actor) -> Select[Talk]:
    """What is not shared yet is not the student's to see."""
    writes = written_by(actor).with_only_columns(Placement.id)
    return select(Talk).where(
        Talk.placement_id.in_(placements.visible_ids(actor)),
        or_(Talk.status.not_in(talk_states.UNSHARED), Talk.placement_id.in_(writes)),
    )


def is_own(placement: Placement, actor: Actor) -> bool:
    return placement.enrolment.user_id == actor.id


def of_kind(visible: Select[Talk], placement: Placement, kind: TalkKind) -> Select[Talk]:
    return visible.where(and_(Talk.placement_id == placement.id, Talk.kind == kind))


# Questions


def kind_called(text: str) -> TalkKind | None:
    return next((kind for kind in TalkKind if kind.value == text), None)


def is_begun(placement: Placement) -> bool:
    return placement.status in BEGUN


def page_of(placement_id: int, kind: TalkKind) -> str:
    return f"/placements/{placement_id}/talks/{kind.value}"


def halfway(starts_on: date, ends_on: date) -> date:
    """The day in the middle, or the Monday after it."""
    day = starts_on + (ends_on - starts_on + timedelta(days=1)) // 2
    return min(day + timedelta(days=max(0, 7 - day.weekday() if day.weekday() >= SATURDAY else 0)), ends_on)


def suggested_day(placement: Placement, kind: TalkKind) -> date:
    """Halfway, or some days before the end and on a weekday."""
    if kind is TalkKind.MIDWAY:
        return halfway(placement.starts_on, placement.ends_on)
    day = placement.ends_on - timedelta(days=4)
    return max(placement.starts_on, day - timedelta(days=max(0, day.weekday() - SATURDAY + 1)))


def groups_of(placement: Placement) -> dict[int, str]:
    """The programme's groups of learning outcomes (H-05), by their place."""
    return {group.position: group.title for group in placement.cohort.programme.outcomes}


def marks_of(talk: Talk) -> dict[int, Progress]:
    return {mark.position: mark.progress for mark in talk.marks}


def checks_for_share(talk: Talk, *, today: date) -> list[Requirement]:
    marked = marks_of(talk)
    return [
        Requirement("held_on", _("Samtalen er holdt (%(day)s)", day=talk.held_on), talk.held_on <= today),
        Requirement("goes_well", _("Der står, hvad der går godt"), bool(talk.goes_well)),
        Requirement("next_steps", _("Der står, hvad I har aftalt"), bool(talk.next_steps)),
        *(
            Requirement(f"group_{place}", _("Valgt: %(title)s", title=title), place in marked)
            for place, title in groups_of(talk.placement).items()
        ),
    ]


# Actions


def _begin(session: Session, placement: Placement, kind: TalkKind, version: int, held_on: date) -> Talk:
    """The talk, made when nobody has; `version` is 0 for one that nobody has planned or written."""
    if not is_begun(placement):
        raise RuleBroken(_("Samtalerne hører til, når praktikken er i gang."))
    _refuse_outside(placement, held_on)
    one_at_a_time(session, f"talk {placement.id}")
    talk = session.scalar(of_kind(select(Talk), placement, kind))
    if (talk.version if talk else 0) != version:
        raise Stale
    if talk is not None:
        return talk
    talk = Talk(placement=placement, kind=kind, held_on=held_on, status=talk_states.S.PLANNED, marks=[])
    session.add(talk)
    return talk


def _refuse_outside(placement: Placement, day: date) -> None:
    latest = placement.ends_on + LATEST
    if not placement.starts_on <= day <= latest:
        raise RuleBroken(
            _("Vælg en dag fra %(first)s til %(last)s.", first=placement.starts_on, last=latest),
            field="held_on",
        )


def plan(
    session: Session, placement: Placement, kind: TalkKind, *, held_on: date, version: int, now: datetime
) -> None:
    """Agree on a day. The hosts get a mail with the link to the form, once a day at most."""
    talk = _begin(session, placement, kind, version, held_on)
    talk_states.move(talk, "plan")
    talk.held_on = held_on
    for host in users.hosts_of(session, placement.unit_id):
        with suppress(reminders.TooSoon):
            reminders.remind(session, host, "task_talk", page_of(placement.id, kind), now)


def write(
    session: Session, placement: Placement, kind: TalkKind, words: Words, *, version: int, now: datetime
) -> Talk:
    """Keep what is written so far: a draft that only host and coordinator see."""
    talk = _begin(session, placement, kind, version, words.held_on)
    talk_states.move(talk, "write")
    talk.held_on, talk.saved_at = words.held_on, now
    talk.goes_well, talk.to_work_on, talk.next_steps = words.goes_well, words.to_work_on, words.next_steps
    return talk


def mark(talk: Talk, chosen: Mapping[int, Progress], *, now: datetime) -> None:
    """How far the student is with each group of the learning outcomes."""
    talk_states.move(talk, "write")
    titles, before = groups_of(talk.placement), {mark.position: mark for mark in talk.marks}
    for place in before.keys() - chosen.keys():
        talk.marks.remove(before[place])
    for place, progress in chosen.items():
        if place in before:
            before[place].title, before[place].progress = titles[place], progress
        else:
            talk.marks.append(TalkMark(position=place, title=titles[place], progress=progress))
    talk.saved_at = now


def share(session: Session, talk: Talk, actor: Actor, *, now: datetime) -> None:
    """The host's signature; the student gets a mail with the link."""
    if is_own(talk.placement, actor):
        raise RuleBroken(_("Din egen samtale skal en anden dele med dig."))
    talk_states.move(talk, "share")
    unmet = [check for check in checks_for_share(talk, today=local(now).date()) if not check.met]
    require(_("Samtalen kan ikke deles endnu."), unmet)
    talk.shared_at, talk.shared_by_id, talk.shared_by_name = now, actor.id, actor.name
    path = page_of(talk.placement_id, talk.kind)
    outbox.notify(session, talk.placement.enrolment.user, "talk_shared", path=path, now=now)


def take_back(talk: Talk) -> None:
    """To put something right before the student has answered: it is shared and signed again afterwards."""
    talk_states.move(talk, "take_back")
    talk.shared_at = talk.shared_by_id = talk.shared_by_name = None


def answer(
    session: Session, talk: Talk, actor: Actor, *, agrees: bool, words: str | None, now: datetime
) -> None:
    """The student's signature, whether they agree or not. Who disagrees says why."""
    if not is_own(talk.placement, actor):
        raise RuleBroken(_("Kun den studerende selv kan svare."))
    talk_states.move(talk, "agree" if agrees else "disagree")
    if not agrees and not (words or "").strip():
        raise RuleBroken(_("Skriv kort, hvad du ser anderledes på."), field="words")
    talk.agrees, talk.student_words = agrees, (words or "").strip() or None
    talk.answered_at, talk.answered_by_name = now, actor.name
    if agrees:
        talk.closed_at = now
        return
    path = page_of(talk.placement_id, talk.kind)
    for coordinator in users.coordinators_of(session, talk.placement.programme_id):
        outbox.notify(session, coordinator, "practicum_news", path=path, now=now)


def close(talk: Talk, actor: Actor, *, now: datetime) -> None:
    """The coordinator has talked with both about the disagreement, which stays as it was said."""
    talk_states.move(talk, "close")
    talk.closed_at, talk.closed_by_name = now, actor.name
