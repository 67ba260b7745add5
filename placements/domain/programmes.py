"""Programmes: who sees them, and how a programme file becomes one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session, contains_eager, selectinload
from sqlalchemy.orm.attributes import flag_modified

from placements.domain import cohorts
from placements.domain import programme_parts as parts
from placements.domain.actors import Actor
from placements.domain.programme_changes import Change, changes
from placements.domain.programme_exports import as_file, normal_form
from placements.domain.programme_parts import ProgrammeFile
from placements.domain.programme_rows import write_cohort, write_programme
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.programmes import Module, Programme
from placements.models.users import Role

R = TypeVar("R", parts.Cohort, parts.KeyDate)


def _scope(actor: Actor) -> ColumnElement[bool]:
    """An administrator: all. Staff: their programmes. Others: those of the cohorts they see."""
    if Role.ADMIN in actor.roles:
        return true()
    if actor.id is None:
        return false()
    through_cohorts = cohorts.visible_to(actor).with_only_columns(Cohort.programme_id)
    staff = actor.programme_ids | actor.teaching_ids
    return or_(Programme.id.in_(staff), Programme.id.in_(through_cohorts))


def visible_to(actor: Actor) -> Select[Programme]:
    return select(Programme).where(_scope(actor))


def coordinated_by(actor: Actor) -> Select[Programme]:
    """Those that the coordinator may change."""
    return select(Programme).where(Programme.id.in_(actor.programme_ids))


def by_name(session: Session, visible: Select[Programme]) -> list[Programme]:
    return list(session.scalars(visible.order_by(Programme.name, Programme.id)))


def with_modules(found: Select[Programme]) -> Select[Programme]:
    """The same, with all modules and for whom they are, in two statements however many there are."""
    return found.options(selectinload(Programme.modules).selectinload(Module.rules))


def may_load_some(actor: Actor) -> bool:
    return Role.ADMIN in actor.roles or bool(actor.programme_ids)


def modules_coordinated_by(actor: Actor, slug: str, number: int) -> Select[Module]:
    """The module of a programme that the coordinator may change."""
    return (
        select(Module)
        .join(Module.programme)
        .options(contains_eager(Module.programme).selectinload(Programme.modules).selectinload(Module.rules))
        .where(Programme.id.in_(actor.programme_ids), Programme.slug == slug, Module.number == number)
    )


# Actions


def load(session: Session, file: ProgrammeFile) -> list[Change]:
    """Create the programme or bring it to what the file says, in place; what changed, or nothing.

    Cohorts and key dates that the file does not name stay, and so does all that it leaves out of a cohort.
    """
    plan = planned(session, file)
    if plan.changes:
        _write(session, plan.programme or Programme(slug=file.slug), plan.cohorts, plan.wanted)
    return plan.changes


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a file would do: to which programme and which of its cohorts."""

    programme: Programme | None
    cohorts: dict[str, Cohort]
    wanted: ProgrammeFile
    changes: list[Change]

    @property
    def fingerprint(self) -> str:
        """The same only where the same would change."""
        told = [f"{change.place} {change.action} {change.old} {change.new}" for change in self.changes]
        return sha256("\n".join(told).encode()).hexdigest()


def planned(session: Session, file: ProgrammeFile) -> Plan:
    """Nothing is changed yet. Raises `RuleBroken` where a cohort of another programme is named."""
    programme = session.scalar(select(Programme).where(Programme.slug == file.slug))
    known = _cohorts_named_in(session, file, programme)
    current = as_file(programme, known.values()) if programme else None
    wanted = normal_form(_merged(file, current))
    return Plan(programme, known, wanted, changes(current, wanted))


def load_as_seen(session: Session, actor: Actor, file: ProgrammeFile, *, seen: str) -> Programme:
    """Load a file whose changes somebody has looked at, if they are still just those."""
    plan = planned(session, file)
    expect_may_load(actor, plan)
    if plan.fingerprint != seen:
        raise RuleBroken(_("Uddannelsen er ændret, siden du så, hvad filen ændrer. Vælg filen igen."))
    load(session, file)
    return session.scalars(select(Programme).where(Programme.slug == file.slug)).one()


def expect_may_load(actor: Actor, plan: Plan) -> None:
    """An administrator loads any file, a coordinator that of a programme of theirs."""
    if Role.ADMIN in actor.roles or (plan.programme and plan.programme.id in actor.programme_ids):
        return
    raise RuleBroken(
        _(
            "Filen er til %(slug)s, og den uddannelse koordinerer du ikke. En administrator kan indlæse den.",
            slug=plan.wanted.slug,
        ),
        field="file",
    )


def _cohorts_named_in(
    session: Session, file: ProgrammeFile, programme: Programme | None
) -> dict[str, Cohort]:
    """In the order of the file. Raises `RuleBroken` where a slug is taken by another programme."""
    slugs = [part.slug for part in file.cohorts]
    found = {cohort.slug: cohort for cohort in session.scalars(select(Cohort).where(Cohort.slug.in_(slugs)))}
    for cohort in found.values():
        if cohort.programme is not programme:
            raise RuleBroken(
                _(
                    "Holdet %(slug)s hører allerede til %(programme)s. Giv filens hold en anden »slug«.",
                    slug=cohort.slug,
                    programme=cohort.programme.name,
                )
            )
    return {slug: found[slug] for slug in slugs if slug in found}


def _merged(file: ProgrammeFile, current: ProgrammeFile | None) -> ProgrammeFile:
    """The file, with what it leaves out of a cohort as it stands now."""
    stored = {part.slug: part for part in current.cohorts} if current else {}
    return replace(file, cohorts=tuple(_declared(part, stored.get(part.slug)) for part in file.cohorts))


def _declared(part: parts.Cohort, stored: parts.Cohort | None) -> parts.Cohort:
    if stored is None:
        return part
    days = {day.kind: day for day in stored.key_dates}
    days |= {day.kind: _filled(day, days.get(day.kind)) for day in part.key_dates}
    return replace(_filled(part, stored), key_dates=tuple(days.values()))


def _filled(record: R, stored: R | None) -> R:
    """With the stored value wherever the record says None."""
    if stored is None:
        return record
    gaps = [field.name for field in fields(record) if getattr(record, field.name) is None]
    return replace(record, **{name: getattr(stored, name) for name in gaps})


def _write(session: Session, programme: Programme, known: dict[str, Cohort], wanted: ProgrammeFile) -> None:
    if programme in session:
        flag_modified(programme, "name")  # whoever has a part of it open sees that it has changed
    session.add(programme)
    with session.no_autoflush:  # what is deleted halfway could not be found in its list any more
        write_programme(session, programme, wanted)
    for part in wanted.cohorts:
        cohort = known.get(part.slug) or Cohort(slug=part.slug, programme=programme)
        write_cohort(session, cohort, part, wanted.practicum)
        session.add(cohort)
    session.flush()
    session.expire_all()
