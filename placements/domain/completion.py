"""Completion: how each participant stands with the programme's rules, and exceptions from them (H-18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from placements.domain import (
    completion_facts,
    completion_watch,
    deadlines,
    departures,
    enrolments,
    own_enrolments,
)
from placements.domain import completion_rules as rules
from placements.domain.actors import Actor
from placements.domain.completion_accounts import terms_of
from placements.domain.completion_facts import Facts
from placements.domain.completion_rules import Standing
from placements.domain.rules import Requirement, RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionException, CompletionRule, Verdict
from placements.models.enrolments import Enrolment
from placements.models.programmes import Module

R = CompletionRule


@dataclass(frozen=True, slots=True)
class Completion:
    """One person and every rule of the programme. `by_hand`: the theory is confirmed, not counted."""

    enrolment: Enrolment
    standings: list[Standing]
    exceptions: list[CompletionException]
    last_day: date | None
    by_hand: bool

    def of(self, *which: CompletionRule) -> list[Standing]:
        return [standing for standing in self.standings if standing.rule in which]

    @property
    def rules(self) -> list[tuple[CompletionRule, list[Standing]]]:
        """Those that the programme has, in order."""
        return [(rule, self.of(rule)) for rule in CompletionRule if self.of(rule)]

    @property
    def verdict(self) -> Verdict:
        """Of all rules that block."""
        return rules.worst([one for one in self.standings if one.blocks])

    @property
    def is_open(self) -> bool:
        return enrolments.is_active(self.enrolment)

    @property
    def is_too_late(self) -> bool:
        """The deadline has passed with something missing, and the participation is still open."""
        lost = rules.worst(self.of(R.DEADLINE)) is Verdict.LOST
        return lost and self.is_open

    @property
    def closest(self) -> Standing:
        return rules.closest(self.of(R.ATTENDANCE))


# Visibility


def visible_to(actor: Actor) -> Select[CompletionException]:
    """Exceptions: coordinators those of their programmes, participants their own."""
    if actor.id is None:
        return select(CompletionException).where(false())
    coordinated = enrolments.coordinated_by(actor).with_only_columns(Enrolment.id)
    own = own_enrolments.ids_of(actor)
    here = CompletionException.enrolment_id
    return select(CompletionException).where(or_(here.in_(coordinated), here.in_(own)))


def given_by(actor: Actor) -> Select[CompletionException]:
    """Those that the coordinator may take back."""
    coordinated = enrolments.coordinated_by(actor).with_only_columns(Enrolment.id)
    return select(CompletionException).where(CompletionException.enrolment_id.in_(coordinated))


def shown_to(actor: Actor) -> Select[Enrolment]:
    """Whose standing this person reads in full: the coordinator's participants, and one's own."""
    own = Enrolment.user_id == actor.id
    coordinated = enrolments.coordinated_by(actor).with_only_columns(Enrolment.id)
    return enrolments.visible_to(actor).where(or_(Enrolment.id.in_(coordinated), own))


def followed_by(actor: Actor) -> Select[Cohort]:
    """Cohorts whose staff this person is: they see everybody's standing."""
    return select(Cohort).where(Cohort.programme_id.in_(actor.programme_ids | actor.teaching_ids))


# Questions


def may_change(enrolment: Enrolment, actor: Actor) -> bool:
    return enrolment.cohort.programme_id in actor.programme_ids


def of_enrolment(session: Session, enrolment: Enrolment, *, today: date) -> Completion:
    (found,) = of_people(session, [enrolment], today=today)
    return found


def of_cohort(session: Session, cohort: Cohort, *, today: date) -> list[Completion]:
    """Everybody in the cohort, by name."""
    return of_people(session, enrolments.of_cohort(session, cohort), today=today)


def of_people(session: Session, people: Sequence[Enrolment], *, today: date) -> list[Completion]:
    """In as many statements for one as for many."""
    facts = completion_facts.gather(session, people, today=today)
    return [_completion(person, facts[person.id], today=today) for person in people]


def _completion(person: Enrolment, facts: Facts, *, today: date) -> Completion:
    last_day = deadlines.deadline_of(person)
    excepted = {(exception.rule, exception.module_id) for exception in facts.exceptions}
    theory = (
        _confirmed(person, last_day, excepted, today)
        if facts.by_hand
        else _theory(person, facts, last_day, excepted, today)
    )
    practicum = _practicum(person, facts, excepted, today)
    return Completion(person, [*theory, *practicum], facts.exceptions, last_day, facts.by_hand)


def _confirmed(
    person: Enrolment, last_day: date | None, excepted: rules.Excepted, today: date
) -> list[Standing]:
    """Registers kept elsewhere: the coordinator has checked them, and with them the compulsory modules."""
    met_on = person.theory_met_on
    verdict = Verdict.MET if met_on else Verdict.NOT_YET
    return [
        rules.with_exception(Standing(R.ATTENDANCE, verdict, day=met_on), excepted),
        *rules.confirmed_in_time(last_day, met_on, excepted, today=today),
    ]


def _theory(
    person: Enrolment, facts: Facts, last_day: date | None, excepted: rules.Excepted, today: date
) -> list[Standing]:
    terms = terms_of(person.cohort.programme)
    lines, unplanned, modules = facts.lines, facts.unplanned, facts.compulsory
    return [
        *rules.attendance(lines, terms, unplanned, excepted),
        *rules.compulsory(modules, lines, terms, unplanned, excepted),
        *rules.deadline(last_day, modules, lines, terms, excepted, today=today),
    ]


def _practicum(person: Enrolment, facts: Facts, excepted: rules.Excepted, today: date) -> list[Standing]:
    """A programme without practicum asks for none of it."""
    programme = person.cohort.programme
    if programme.practicum_weeks is None:
        return []
    found = [rules.practicum_weeks(facts.spans, programme.practicum_weeks, excepted, today=today)]
    if programme.practicum_weekly_minutes:
        needed = programme.practicum_weeks * programme.practicum_weekly_minutes
        found.append(rules.practicum_hours(facts.confirmed, needed, excepted))
    if programme.follow_up_days:
        found.append(
            rules.follow_up_days(
                programme.follow_up_days, facts.attended, facts.absent, excepted, finished=facts.finished
            )
        )
    return found


def checks(completion: Completion) -> list[Requirement]:
    """What a diploma asks of the theory and the practicum."""
    programme = completion.enrolment.cohort.programme
    found = [_check("theory", completion, R.ATTENDANCE, text=_theory_text(completion))]
    if completion.of(R.COMPULSORY):
        found.append(_check("compulsory", completion, R.COMPULSORY, text=_("Alle obligatoriske moduler")))
    if completion.of(R.DEADLINE):
        text = _("Gennemført senest %(day)s", day=completion.last_day)
        found.append(_check("deadline", completion, R.DEADLINE, text=text))
    if programme.practicum_weeks is not None:
        both = R.PRACTICUM_WEEKS, R.FOLLOW_UP_DAYS
        found.append(_check("practicum", completion, *both, text=_("Gennemført praktik")))
    return found


def _theory_text(completion: Completion) -> str:
    if completion.by_hand:
        return _("Bekræftet fremmøde i teorien")
    percent = completion.enrolment.cohort.programme.attendance_percent
    return _("Mindst %(percent)s %% fremmøde i teorien", percent=percent)


def _check(key: str, completion: Completion, *which: CompletionRule, text: str) -> Requirement:
    return Requirement(key, text, rules.worst(completion.of(*which)) is Verdict.MET)


def is_excepted(session: Session, enrolment: Enrolment, rule: CompletionRule) -> bool:
    return any(
        exception.rule is rule for exception in completion_facts.standing_exceptions(session, [enrolment.id])
    )


# Actions


def give_exception(
    session: Session,
    enrolment: Enrolment,
    actor: Actor,
    *,
    rule: CompletionRule,
    module: Module | None,
    reason: str,
    today: date,
) -> CompletionException:
    """The rule counts as met; why is written down, with who says so and when."""
    if not reason.strip():
        raise RuleBroken(_("Skriv kort, hvorfor der gives en undtagelse."), field="reason")
    known = completion_facts.standing_exceptions(session, [enrolment.id])
    if any((one.rule, one.module) == (rule, module) for one in known):
        raise RuleBroken(_("Undtagelsen er givet i forvejen."), field="rule")
    exception = CompletionException(
        enrolment_id=enrolment.id,
        rule=rule,
        module=module,
        reason=reason.strip(),
        given_by_id=actor.id,
        given_on=today,
    )
    session.add(exception)
    return exception


def withdraw_exception(
    session: Session, exception: CompletionException, *, today: date, now: datetime
) -> None:
    """It stays written, and counts no more."""
    if exception.withdrawn_on is not None:
        raise RuleBroken(_("Undtagelsen er allerede trukket tilbage."))
    exception.withdrawn_on = today
    session.flush()
    completion_watch.after_exception(session, exception.enrolment, now=now)


def pass_deadline(session: Session, enrolment: Enrolment, *, today: date, now: datetime) -> None:
    """The coordinator closes a participation whose deadline has passed with something missing (H-18).

    A seat in a network group goes to the first in line.
    """
    if not enrolments.is_active(enrolment) or not of_enrolment(session, enrolment, today=today).is_too_late:
        raise RuleBroken(_("Fristen er ikke overskredet, eller deltagelsen er allerede afsluttet."))
    enrolments.pass_deadline(enrolment)
    departures.free_network_places(session, enrolment, now=now)
