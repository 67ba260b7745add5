"""The shapes of a module: what it is, whom it is for, and one cell of the matrix."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Optional

from placements.blueprints.programmes.fields import in_hours
from placements.blueprints.programmes.forms import NUMBER, SectionForm, options
from placements.domain import programme_modules
from placements.domain import programme_parts as parts
from placements.domain.programme_exports import as_file
from placements.domain.programme_parts import ProgrammeFile
from placements.fields import HoursField, one_line, several_lines
from placements.models.programmes import Audience, Module, ModuleRuleKind, Programme
from placements.web import Form
from placements.words import choices


def balance_field() -> SelectField:
    return SelectField(
        _l("Et andet moduls timer"),
        [Optional()],
        description=_l("Modulernes timer skal give det samme tilsammen."),
    )


class BalanceForm(SectionForm):
    """Where hours must sum: which other module gives or takes them."""

    balance: SelectField

    def offer_balance(self, file: ProgrammeFile, number: int | None) -> None:
        if not programme_modules.hours_must_sum(file):
            del self.balance
            return
        others = [each for each in file.modules if each.number != number]
        self.balance.choices = [
            SelectChoice("", gettext("Lad de andre modulers timer stå")),
            *(SelectChoice(str(each.number), f"{each.number}. {each.title}") for each in others),
        ]

    @property
    def balance_number(self) -> int | None:
        return int(self.balance.data) if "balance" in self and self.balance.data else None


class RemovalForm(BalanceForm):
    balance = balance_field()

    @classmethod
    def of_module(cls, module: Module, **values: Any) -> RemovalForm:
        form = cls(data={"version": module.programme.version}, prefix="remove-", **values)
        form.offer_balance(as_file(module.programme, ()), module.number)
        return form


class ModuleForm(BalanceForm):
    PLACES: ClassVar = {"theory": "hours"}

    number = IntegerField(
        _l("Nummer"),
        [InputRequired(_l("Skriv modulets nummer."))],
        render_kw=NUMBER,
        description=_l("Er nummeret taget, bytter de to moduler plads."),
    )
    title = StringField(_l("Titel"), [DataRequired(_l("Skriv modulets titel."))], filters=[one_line])
    text = TextAreaField(
        _l("Tekst"),
        [DataRequired(_l("Skriv kort, hvad modulet handler om."))],
        filters=[several_lines],
        render_kw={"rows": 5},
    )
    hours = HoursField(
        _l("Timer"), [InputRequired(_l("Skriv modulets timer."))], render_kw={"inputmode": "decimal"}
    )

    balance = balance_field()

    @classmethod
    def of_module(cls, module: Module, **values: Any) -> ModuleForm:
        kept = {name: getattr(module, name) for name in ("number", "title", "text")}
        data = {**kept, "hours": module.minutes, "version": module.programme.version}
        form = cls(data=data, **values)
        form.module = module
        form.offer_balance(as_file(module.programme, ()), module.number)
        return form

    module: Module

    def stored(self, record: Any) -> Form:
        return self.of_module(self.module, formdata=None)

    @property
    def written(self) -> dict[str, Any]:
        return {
            "number": self.number.data or 0,
            "title": self.title.data or "",
            "text": self.text.data or "",
            "hours": in_hours(self.hours.data) or Decimal(0),
        }


class NewModuleForm(ModuleForm):
    paid_peer = SelectField(_l("Lønnet peer"))
    volunteer_peer = SelectField(_l("Frivillig peer"))
    colleague = SelectField(_l("Kollega"))
    student = SelectField(_l("Studerende"))

    @classmethod
    def of(cls, programme: Programme, **values: Any) -> NewModuleForm:
        file = as_file(programme, ())
        usual = programme_modules.usual_rules(file)
        rules = {audience.value: usual.get(audience, ModuleRuleKind.NOT_OFFERED) for audience in Audience}
        number = programme_modules.next_number(file)
        form = cls(data={**rules, "number": number, "version": programme.version}, **values)
        for audience in Audience:
            form[audience].choices = options(choices(ModuleRuleKind))
        form.offer_balance(file, None)
        form.number.description = ""
        return form

    def stored(self, record: Any) -> Form:
        return self.of(record, formdata=None)

    @property
    def new_module(self) -> parts.Module:
        """Audiences to whom it is not offered are left out."""
        rules = {audience: ModuleRuleKind(self[audience].data) for audience in Audience}
        offered = {
            audience: rule for audience, rule in rules.items() if rule is not ModuleRuleKind.NOT_OFFERED
        }
        return parts.Module(rules=offered, **self.written)


class CellForm(SectionForm):
    """What one module is for one audience."""

    PLACES: ClassVar = {"theory": "introduction_days", "rules": "rule", "hours": "introduction_days"}

    rule = SelectField(_l("Modulet er"))
    introduction_days = IntegerField(_l("Introduktionsdage"), [Optional()], render_kw=NUMBER)
    extra_hours = HoursField(_l("Ekstra timer"), [Optional()], render_kw={"inputmode": "decimal"})

    @classmethod
    def of_cell(cls, module: Module, audience: Audience, **values: Any) -> CellForm:
        stored = module.rules_by_audience.get(audience)
        data = {
            "rule": stored.rule if stored else ModuleRuleKind.NOT_OFFERED,
            "introduction_days": stored.introduction_days if stored else None,
            "extra_hours": stored.extra_minutes or None if stored else None,
            "version": module.programme.version,
        }
        form = cls(data=data, **values)
        form.rule.choices = options(choices(ModuleRuleKind))
        form.cell = module, audience
        return form

    cell: tuple[Module, Audience]

    def stored(self, record: Any) -> Form:
        return self.of_cell(*self.cell, formdata=None)

    @property
    def written(self) -> dict[str, Any]:
        return {
            "rule": ModuleRuleKind(self.rule.data),
            "days": self.introduction_days.data,
            "extra": in_hours(self.extra_hours.data),
        }
