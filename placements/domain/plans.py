"""A participant's own plan: what is compulsory, what is chosen, and which runs fit (H-15, H-17, H-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placements.domain import completion, module_runs, run_sign_ups, study_groups
from placements.domain.rules import Unmet
from placements.models.completion import CompletionRule
from placements.models.enrolments import Enrolment
from placements.models.programmes import Module, ModuleRule, ModuleRuleKind
from placements.models.teaching import ModuleRun, StudyGroup, TeachingSession


@dataclass(frozen=True, slots=True)
class Choice:
    """A run that one can sign up for, or has. `left`: seats; None when there is room for everybody."""

    run: ModuleRun
    left: int | None
    unmet: list[Unmet]
    mine: bool
    may_leave: bool

    @property
    def fits(self) -> bool:
        return not self.unmet


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """A module that is offered to the participant. `taken` is the run they are in, the latest one.

    `fell_short`: the registers are kept, and the share was not reached.
    """

    module: Module
    rule: ModuleRule
    taken: ModuleRun | None
    held: bool
    fell_short: bool
    choices: list[Choice]

    @property
    def compulsory(self) -> bool:
        return self.rule.rule is ModuleRuleKind.COMPULSORY

    @property
    def missing(self) -> bool:
        """Not chosen yet; or over, and to be taken again (H-17, H-18)."""
        return self.compulsory and (self.taken is None or (self.held and self.fell_short))


@dataclass(frozen=True, slots=True)
class Plan:
    """`coming` are one's own sessions from today on; `fellows` the others in one's study group."""

    enrolment: Enrolment
    deadline: date | None
    modules: list[ModulePlan]
    coming: list[TeachingSession]
    study_group: StudyGroup | None

    @property
    def fellows(self) -> list[str]:
        members = self.study_group.members if self.study_group else []
        return sorted(one.enrolment.user.name for one in members if one.enrolment_id != self.enrolment.id)

    @property
    def missing(self) -> list[ModulePlan]:
        return [module for module in self.modules if module.missing]


def plan_of(session: Session, enrolment: Enrolment, *, today: date) -> Plan:
    """As many statements for one run as for many."""
    programme_id = enrolment.cohort.programme_id
    modules = session.scalars(
        select(Module)
        .where(Module.programme_id == programme_id)
        .options(selectinload(Module.rules))
        .order_by(Module.number)
    ).all()
    standing = run_sign_ups.standing_of(session, enrolment)
    runs = run_sign_ups.on_offer(session, enrolment, today=today)
    seats = module_runs.taken_seats(session, [run.id for run in runs])
    mine = {run.id for run in standing.runs}
    short = _fallen_short(session, enrolment, today=today)

    def choice(run: ModuleRun) -> Choice:
        taken, chosen = seats[run.id], run.id in mine
        left = None if run.seats is None else max(run.seats - taken, 0)
        unmet = run_sign_ups.unmet_to_sign_up(standing, run, taken=taken, today=today)
        begun = module_runs.has_begun(run, today=today)
        return Choice(run, left, [] if chosen else unmet, chosen, chosen and not begun)

    def module_plan(module: Module, rule: ModuleRule) -> ModulePlan:
        taken = [run for run in standing.runs if run.module_id == module.id]
        latest = max(taken, key=lambda run: module_runs.ends_on(run) or today, default=None)
        held = latest is not None and (module_runs.ends_on(latest) or today) < today
        choices = [choice(run) for run in runs if run.module_id == module.id]
        return ModulePlan(module, rule, latest, held, module.id in short, choices)

    rules = [(module, module.rules_by_audience.get(enrolment.audience)) for module in modules]
    offered = [(m, rule) for m, rule in rules if rule and rule.rule is not ModuleRuleKind.NOT_OFFERED]
    coming = [one for one in standing.own if one.held_on >= today]
    return Plan(
        enrolment,
        standing.deadline,
        [module_plan(module, rule) for module, rule in offered],
        sorted(coming, key=lambda one: (one.held_on, one.starts_at)),
        study_groups.own(session, enrolment),
    )


def _fallen_short(session: Session, enrolment: Enrolment, *, today: date) -> set[int]:
    """Compulsory modules that what was attended does not do, with no register left to wait for."""
    found = completion.of_enrolment(session, enrolment, today=today)
    undone = {one.module_id for one in found.of(CompletionRule.COMPULSORY) if not one.met}
    return {
        one.module_id
        for one in found.of(CompletionRule.ATTENDANCE)
        if one.module_id in undone and one.module_id and (one.lost or not one.account.coming)
    }
