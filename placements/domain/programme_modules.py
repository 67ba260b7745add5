"""The modules of a programme, edited in its file: added, changed, removed, and for whom (H-12 to H-15).

Where a programme has so many hours a week, the modules' hours must sum (V-05): hours that one module gains or
loses are then taken from, or given to, another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy.orm import Session

from placements.domain import programme_edits
from placements.domain.programme_exports import as_file
from placements.domain.programme_files import audiences, offered_audiences
from placements.domain.programme_parts import Module, ProgrammeFile
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.programmes import Audience, ModuleRuleKind, Programme
from placements.models.programmes import Module as Row

T = TypeVar("T")


def hours_must_sum(file: ProgrammeFile) -> bool:
    return bool(file.theory and file.theory.weeks)


def usual_rules(file: ProgrammeFile) -> dict[Audience, ModuleRuleKind]:
    """For a new module: compulsory for all whom the programme is for."""
    return dict.fromkeys(sorted(audiences(file.modules)), ModuleRuleKind.COMPULSORY)


def next_number(file: ProgrammeFile) -> int:
    return max((module.number for module in file.modules), default=0) + 1


def renumbered(file: ProgrammeFile, old: int, new: int) -> dict[int, int]:
    """Which numbers change when a module gets another: whoever has it takes the old one."""
    if old == new:
        return {}
    taken = any(module.number == new for module in file.modules)
    return {old: new, new: old} if taken else {old: new}


# Actions: in the file


def added(file: ProgrammeFile, module: Module, *, balance: int | None) -> ProgrammeFile:
    """Raises `RuleBroken` where the number is taken."""
    if any(each.number == module.number for each in file.modules):
        raise RuleBroken(_("Modul %(number)s findes allerede.", number=module.number), field="number")
    others = _hours_taken(file.modules, balance, module.hours)
    return replace(file, modules=(*others, module))


def changed(file: ProgrammeFile, old: int, module: Module, *, balance: int | None) -> ProgrammeFile:
    """The module `old` as it is now; its number may be another."""
    moved = renumbered(file, old, module.number)
    before = next(each for each in file.modules if each.number == old)
    others = [each for each in file.modules if each.number != old]
    kept = _hours_taken(tuple(others), balance, module.hours - before.hours)
    return replace(file, modules=(*_with_numbers(kept, moved), module))


def removed(file: ProgrammeFile, number: int, *, balance: int | None) -> ProgrammeFile:
    gone = next(each for each in file.modules if each.number == number)
    others = tuple(each for each in file.modules if each is not gone)
    if not others:
        raise RuleBroken(_("En uddannelse har mindst ét modul. Lav et nyt, før I fjerner det sidste."))
    return replace(file, modules=_hours_taken(others, balance, -gone.hours))


def _hours_taken(modules: tuple[Module, ...], number: int | None, hours: Decimal) -> tuple[Module, ...]:
    return tuple(
        replace(each, hours=each.hours - hours) if each.number == number else each for each in modules
    )


def _with_numbers(modules: tuple[Module, ...], moved: Mapping[int, int]) -> tuple[Module, ...]:
    return tuple(replace(each, number=moved.get(each.number, each.number)) for each in modules)


def with_cell(
    file: ProgrammeFile,
    number: int,
    audience: Audience,
    rule: ModuleRuleKind,
    *,
    days: int | None,
    extra: Decimal | None,
) -> ProgrammeFile:
    """What a module is for an audience. Days and extra hours are for those to whom it is offered.

    An introduction's hours are those of the audience with most days (H-13, H-14), and follow them.
    """
    module = next(each for each in file.modules if each.number == number)
    if rule is ModuleRuleKind.NOT_OFFERED and audience not in module.rules:
        return file
    offered = audience in offered_audiences({audience: rule})
    cell = replace(
        module,
        rules={**module.rules, audience: rule},
        introduction_days=_put(module.introduction_days, audience, days if offered else None),
        extra_hours=_put(module.extra_hours, audience, extra if offered else None),
    )
    if file.theory and cell.introduction_days and cell.introduction_days != module.introduction_days:
        cell = replace(cell, hours=max(cell.introduction_days.values()) * file.theory.hours_per_session)
    return replace(file, modules=tuple(cell if each is module else each for each in file.modules))


def _put(values: Mapping[Audience, T], audience: Audience, value: T | None) -> dict[Audience, T]:
    kept = {key: each for key, each in values.items() if key is not audience}
    return {**kept, audience: value} if value else kept


# Actions: in the programme


def add(session: Session, programme: Programme, module: Module, *, balance: int | None, today: date) -> None:
    edited = added(as_file(programme, ()), module, balance=balance)
    programme_edits.save(session, programme, edited, today=today)


def change(
    session: Session,
    row: Row,
    *,
    number: int,
    title: str,
    text: str,
    hours: Decimal,
    balance: int | None,
    today: date,
) -> None:
    """With another number it stays the same module, and what hangs on it stays."""
    file, old = as_file(row.programme, ()), row.number
    stored = next(each for each in file.modules if each.number == old)
    module = replace(stored, number=number, title=title, text=text, hours=hours)
    programme_edits.save(
        session,
        row.programme,
        changed(file, old, module, balance=balance),
        today=today,
        renumbered=renumbered(file, old, number),
    )


def remove(session: Session, row: Row, *, balance: int | None, today: date) -> None:
    """Raises `RuleBroken` where it is in use."""
    edited = removed(as_file(row.programme, ()), row.number, balance=balance)
    programme_edits.save(session, row.programme, edited, today=today)


def set_cell(
    session: Session,
    row: Row,
    audience: Audience,
    rule: ModuleRuleKind,
    *,
    days: int | None,
    extra: Decimal | None,
    today: date,
) -> None:
    edited = with_cell(as_file(row.programme, ()), row.number, audience, rule, days=days, extra=extra)
    programme_edits.save(session, row.programme, edited, today=today)
