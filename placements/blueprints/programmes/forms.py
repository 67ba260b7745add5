"""The shapes of a programme's parts: each is filled from the programme's file, and put back into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Optional

from placements.blueprints.programmes.fields import StatusesField
from placements.domain import programme_parts as parts
from placements.domain.programme_exports import as_file
from placements.domain.programme_parts import Excused, ProgrammeFile
from placements.fields import CheckboxesField, FileForm, LinesField, ListField, one_line
from placements.models.programmes import AttendanceScope, Audience, FeePayer, FeeWhen, Programme
from placements.web import Form, said
from placements.words import choices

NUMBER = {"inputmode": "numeric"}


class SectionForm(FileForm):
    """`read` says what stands in the file, `change` gives the file with what was typed."""

    @classmethod
    def of(cls, programme: Programme, **options: Any) -> SectionForm:
        file = as_file(programme, ())
        form = cls(data={**cls.read(file), "version": programme.version}, **options)
        form.prepare(file)
        return form

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        raise NotImplementedError

    def prepare(self, file: ProgrammeFile) -> None:
        """What can be chosen."""

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        raise NotImplementedError

    def stored(self, record: Any) -> Form:
        return self.of(record, formdata=None)


def options(pairs: Any) -> list[SelectChoice]:
    return [SelectChoice(value, said(text)) for value, text in pairs]


def in_old_order(ticked: Sequence[str] | None, before: Sequence[str]) -> list[str]:
    """Boxes stand in an order of their own; the file keeps the one it had."""
    chosen = ticked or ()
    return [*(each for each in before if each in chosen), *(each for each in chosen if each not in before)]


class BasicsForm(SectionForm):
    name = StringField(_l("Navn"), [DataRequired(_l("Skriv uddannelsens navn."))], filters=[one_line])
    aim = TextAreaField(
        _l("Formål"),
        [DataRequired(_l("Skriv, hvad uddannelsen skal føre til."))],
        filters=[one_line],
        render_kw={"rows": 4},
        description=_l("Står øverst på uddannelsens side og på beviset."),
    )
    partners = LinesField(
        _l("Samarbejdspartnere"), [Optional()], render_kw={"rows": 5}, description=_l("En på hver linje.")
    )
    region = StringField(_l("Region"), [Optional()], filters=[one_line])
    home_municipalities = ListField(
        _l("Hjemkommuner"),
        [Optional()],
        description=_l(
            "Med komma imellem. Den, der bor et andet sted, er ikke hjemme, når der skal betales."
        ),
    )
    assumptions = LinesField(
        _l("Forudsætninger"),
        [Optional()],
        render_kw={"rows": 6},
        description=_l("Det, I har måttet antage, en sætning på hver linje."),
    )

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        kept = ("name", "aim", "region", "partners", "home_municipalities", "assumptions")
        return {name: getattr(file, name) for name in kept}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        return replace(
            file,
            name=self.name.data or "",
            aim=self.aim.data or "",
            region=self.region.data,
            partners=tuple(self.partners.data or ()),
            home_municipalities=tuple(self.home_municipalities.data or ()),
            assumptions=tuple(self.assumptions.data or ()),
        )


class FeeForm(SectionForm):
    payer = RadioField(_l("Hvem betaler?"), [InputRequired(_l("Vælg, hvem der betaler."))])
    amount = IntegerField(
        _l("Beløb i kroner for hver deltager"),
        [InputRequired(_l("Skriv beløbet, eller 0."))],
        render_kw=NUMBER,
    )
    when = RadioField(_l("Hvornår?"), [InputRequired(_l("Vælg, hvornår der skal betales."))])
    waivers = LinesField(
        _l("Fritagelser"),
        [Optional()],
        render_kw={"rows": 3},
        description=_l("Det, der kan træde i stedet for betaling, fx friplads. En på hver linje."),
    )

    def prepare(self, file: ProgrammeFile) -> None:
        self.payer.choices = options(choices(FeePayer))
        self.when.choices = options(choices(FeeWhen))

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        fee = file.fee or parts.Fee(payer=FeePayer.NONE, amount=0, when=FeeWhen.NEVER)
        return {"payer": fee.payer, "amount": fee.amount, "when": fee.when, "waivers": fee.waivers}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        fee = parts.Fee(
            payer=FeePayer(self.payer.data),
            amount=self.amount.data or 0,
            when=FeeWhen(self.when.data),
            waivers=tuple(self.waivers.data or ()),
        )
        return replace(file, fee=fee)


class CompletionForm(SectionForm):
    attendance_percent = IntegerField(
        _l("Fremmøde i procent af tiden"),
        [InputRequired(_l("Skriv et tal fra 0 til 100."))],
        render_kw=NUMBER,
    )
    attendance_scope = RadioField(_l("Regnet på"), [InputRequired(_l("Vælg, hvad der regnes på."))])
    deadline_months = IntegerField(
        _l("Frist i måneder"),
        [Optional()],
        render_kw=NUMBER,
        description=_l("Fra deltagerens egen start. Lad feltet stå tomt, hvis der ingen frist er."),
    )
    excused = RadioField(_l("Lovligt fravær"), [InputRequired(_l("Vælg, hvad lovligt fravær tæller som."))])

    def prepare(self, file: ProgrammeFile) -> None:
        self.attendance_scope.choices = options(choices(AttendanceScope))
        self.excused.choices = [
            SelectChoice(Excused.LEFT_OUT, gettext("Holdes uden for procenten")),
            SelectChoice(Excused.ABSENT, gettext("Tæller som fravær")),
        ]

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        kept = ("attendance_percent", "attendance_scope", "deadline_months", "excused")
        return {name: getattr(file.completion, name) for name in kept}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        completion = parts.Completion(
            attendance_percent=self.attendance_percent.data or 0,
            attendance_scope=AttendanceScope(self.attendance_scope.data),
            deadline_months=self.deadline_months.data,
            excused=Excused(self.excused.data),
        )
        return replace(file, completion=completion)


class NetworkForm(SectionForm):
    offered_to = CheckboxesField(
        _l("Hvem får tilbudt en plads?"),
        description=_l("Vælg ingen, hvis uddannelsen ikke har netværksgrupper."),
    )
    partner = StringField(_l("Samarbejdspartner"), [Optional()], filters=[one_line])

    def prepare(self, file: ProgrammeFile) -> None:
        self.offered_to.choices = options(choices(Audience))

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        network = file.network
        return {"offered_to": network.offered_to, "partner": network.partner} if network else {}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        before = file.network.offered_to if file.network else ()
        chosen = tuple(Audience(each) for each in in_old_order(self.offered_to.data, before))
        network = parts.Network(offered_to=chosen, partner=self.partner.data) if chosen else None
        return replace(file, network=network)


class StatusesForm(SectionForm):
    statuses = StatusesField(
        _l("Jeres egne ord i protokollen"),
        description=_l(
            "Ud over »Til stede«, »Ikke til stede« og »Lovligt fravær«. Ryd et ord, I ikke bruger mere."
        ),
    )

    @staticmethod
    def read(file: ProgrammeFile) -> dict[str, Any]:
        return {"statuses": file.statuses}

    def change(self, file: ProgrammeFile) -> ProgrammeFile:
        return replace(file, statuses=tuple(self.statuses.data))
