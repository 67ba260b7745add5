"""The shapes of what takes time or order: theory, practicum, selection, outcomes, organisers."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField
from wtforms.validators import Optional

from placements.blueprints.programmes.fields import (
    CriteriaField,
    ModuleHoursField,
    OrganisersField,
    OutcomesField,
    PercentField,
    in_hours,
    in_minutes,
)
from placements.blueprints.programmes.forms import NUMBER, SectionForm, in_old_order, options
from placements.domain import programme_parts as parts
from placements.domain.programme_edits import criterion_key
from placements.domain.programme_parts import ProgrammeFile
from placements.domain.rules import RuleBroken
from placements.fields import CheckboxesField, HoursField
from placements.models.hosts import Sector
from placements.models.teaching import TeacherKind
from placements.words import choices

DECIMAL = {"inputmode": "decimal"}


class TheoryForm(SectionForm):
    """With the hours of every module, because they must sum (V-05)."""

    PLACES: ClassVar = {"theory": "module_hours", "modules": "module_hours", "hours": "module_hours"}

    weeks = IntegerField(
        _l("Uger"),
        [Optional()],
        render_kw=NUMBER,
        description=_l("Lad uger og gange stå tomme, hvis deltagerne selv lægger deres forløb."),
    )
    sessions_per_week = IntegerField(_l("Gange om ugen"), [Optional()], render_kw=NUMBER)
    hours_per_session = HoursField(_l("Timer hver gang"), [Optional()], render_kw=DECIMAL)
    teachers_required = CheckboxesField(_l("Hvem skal der være af undervisere hver gang?"))
    module_hours = ModuleHoursField(
        _l("Modulernes timer"),
        description=_l("Tilsammen skal de give uger gange undervisningsgange gange timer."),
    )

    def prepare(self, file: ProgrammeFile) -> None:
        self.teachers_required.choices = options(choices(TeacherKind))
        self.module_hours.titles = {module.number: module.title for module in file.modules}

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        hours = {module.number: module.hours for module in file.modules}
        theory = file.theory
        if theory is None:
            return {"module_hours": hours}
        return {
            "weeks": theory.weeks,
            "sessions_per_week": theory.sessions_per_week,
            "hours_per_session": in_minutes(theory.hours_per_session),
            "teachers_required": theory.teachers_required,
            "module_hours": hours,
        }

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        hours = self.module_hours.data
        modules = tuple(replace(each, hours=hours.get(each.number, each.hours)) for each in file.modules)
        return replace(file, theory=self._theory(file.theory), modules=modules)

    def _theory(self, before: parts.Theory | None) -> parts.Theory | None:
        length = in_hours(self.hours_per_session.data)
        if length is None:
            if self.weeks.data or self.sessions_per_week.data or self.teachers_required.data:
                raise RuleBroken(
                    gettext("Skriv, hvor længe en undervisningsgang varer."), field="hours_per_session"
                )
            return None
        teachers = in_old_order(self.teachers_required.data, before.teachers_required if before else ())
        return parts.Theory(
            hours_per_session=length,
            weeks=self.weeks.data,
            sessions_per_week=self.sessions_per_week.data,
            teachers_required=tuple(TeacherKind(kind) for kind in teachers),
        )


class PracticumForm(SectionForm):
    PLACES: ClassVar = {"sectors": "regional"}

    weeks = IntegerField(
        _l("Uger"),
        [Optional()],
        render_kw=NUMBER,
        description=_l("Lad feltet stå tomt, hvis uddannelsen ingen praktik har."),
    )
    hours_per_week = HoursField(_l("Timer om ugen"), [Optional()], render_kw=DECIMAL)
    follow_up_days = IntegerField(_l("Opfølgningsdage"), [Optional()], render_kw=NUMBER)
    follow_up_hours = HoursField(_l("Timer på en opfølgningsdag"), [Optional()], render_kw=DECIMAL)
    supervisions = IntegerField(_l("Supervisioner"), [Optional()], render_kw=NUMBER)
    regional = PercentField(_l("Regionale praktikpladser i procent"), [Optional()], render_kw=DECIMAL)
    municipal = PercentField(_l("Kommunale praktikpladser i procent"), [Optional()], render_kw=DECIMAL)
    civil = PercentField(_l("Civile praktikpladser i procent"), [Optional()], render_kw=DECIMAL)

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        practicum = file.practicum
        if practicum is None:
            return {}
        return {
            "weeks": practicum.weeks,
            "hours_per_week": in_minutes(practicum.hours_per_week),
            "follow_up_days": practicum.follow_up_days,
            "follow_up_hours": in_minutes(practicum.follow_up_hours),
            "supervisions": practicum.supervisions,
            **{sector.value: share for sector, share in practicum.sectors.items()},
        }

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        if self.weeks.data is None:
            return replace(file, practicum=None)
        practicum = parts.Practicum(
            weeks=self.weeks.data,
            follow_up_days=self.follow_up_days.data or 0,
            hours_per_week=in_hours(self.hours_per_week.data),
            follow_up_hours=in_hours(self.follow_up_hours.data),
            supervisions=self.supervisions.data or 0,
            sectors={sector: self[sector].data for sector in Sector if self[sector].data},
        )
        return replace(file, practicum=practicum)


class SelectionForm(SectionForm):
    seats = IntegerField(_l("Pladser på et hold"), [Optional()], render_kw=NUMBER)
    reviewers = IntegerField(_l("Hvor mange læser hver ansøgning?"), [Optional()], render_kw=NUMBER)
    criteria = CriteriaField(_l("Adgangskrav"), description=_l("Ryd teksten for at fjerne et krav."))

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        found = file.selection or parts.Selection()
        criteria = [(each.key, each.text, each.kind) for each in found.criteria]
        return {"seats": found.seats, "reviewers": found.reviewers, "criteria": criteria}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        known = {each.key for each in file.selection.criteria} if file.selection else set()
        criteria: list[parts.Criterion] = []
        for given, text, kind in self.criteria.data:
            key = given if given in known else criterion_key(text, known | {each.key for each in criteria})
            criteria.append(parts.Criterion(key=key, text=text, kind=kind))
        selection = parts.Selection(
            seats=self.seats.data, reviewers=self.reviewers.data, criteria=tuple(criteria)
        )
        return replace(file, selection=selection)


class OutcomesForm(SectionForm):
    outcomes = OutcomesField(
        _l("Det skal deltagerne kunne"),
        description=_l("En overskrift for hver gruppe. Ryd overskriften for at fjerne gruppen."),
    )

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        return {"outcomes": file.outcomes}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        return replace(file, outcomes=tuple(self.outcomes.data))


class OrganisersForm(SectionForm):
    """Each goes on until the next one begins, so that every day has one (H-10)."""

    PLACES: ClassVar = {"organiser": "organisers"}

    organisers = OrganisersField(
        _l("Arrangør"),
        description=_l(
            "Hver står for uddannelsen, til den næste tager over. Beviser beholder den, der var det dengang."
        ),
    )
    ends_on = DateField(
        _l("Den sidste stopper"),
        [Optional()],
        description=_l("Den første dag, hvor ingen længere udbyder uddannelsen."),
    )

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        if file.organiser:
            return {"organisers": [(file.organiser, None)]}
        last = file.organisers[-1] if file.organisers else None
        named = [(each.name, each.from_) for each in file.organisers]
        return {"organisers": named, "ends_on": last and last.to}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        named = self.organisers.data
        until = [begins for _name, begins in named[1:]]
        organisers = tuple(
            parts.Organiser(name=name, from_=begins, to=to)
            for (name, begins), to in zip_longest(named, [*until, self.ends_on.data][: len(named)])
        )
        return replace(file, organiser=None, organisers=organisers)
