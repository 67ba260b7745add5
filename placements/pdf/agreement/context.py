"""The practicum agreement (praktikaftale), from the records of one version of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

from babel.dates import format_date

from placements.formatting import full_date, hours, long_date, moment, period, time_span
from placements.i18n import Text, _
from placements.models.agreements import AgreementStatus, AgreementVersion
from placements.models.follow_up_days import FollowUpDay
from placements.models.offer_tasks import TaskKind
from placements.models.placements import LegalBasis, Placement
from placements.models.signatures import Party, SignatureMethod, Signed
from placements.pdf.agreement import values as shape
from placements.pdf.agreement.examples import DRAFT, SAMPLE, WORST
from placements.pdf.agreement.values import TITLES, Section, Table, Told, Values, Week, section
from placements.pdf.language import said
from placements.words import word

__all__ = ["DRAFT", "FILENAME", "SAMPLE", "WORST", "as_sent", "build", "signature_rows"]

FILENAME = "praktikaftale-{number}-v{version}.pdf"

ROLES = {
    Party.STUDENT: _("Studerende"),
    Party.HOST: _("Praktikvært"),
    Party.COORDINATOR: _("Koordinator"),
    Party.EMPLOYEE_REPRESENTATIVE: _("Medarbejderrepræsentant"),
}
LEGAL_BASES = {
    LegalBasis.STUDY_PRACTICUM: _("Praktikken er en ulønnet studiepraktik og en del af uddannelsen."),
    LegalBasis.JOB_CENTRE: _("Praktikken er en virksomhedspraktik, som er aftalt med jobcentret."),
    LegalBasis.EMPLOYMENT: _("Praktikken foregår i den studerendes ansættelse på stedet."),
    LegalBasis.VOLUNTEERING: _("Praktikken foregår som frivilligt arbejde på stedet."),
}
HOW = {
    SignatureMethod.MAILED_LINK: _("Underskrevet med link fra mail"),
    SignatureMethod.CODE: _("Underskrevet med kode fra mail"),
    SignatureMethod.OPERATOR_LINK: _("Underskrevet med link fra driften"),
    SignatureMethod.PAPER: _("Underskrevet på papir"),
}
WEEKDAYS = (
    _("mandag"),
    _("tirsdag"),
    _("onsdag"),
    _("torsdag"),
    _("fredag"),
    _("lørdag"),
    _("søndag"),
)
_STATES = {
    AgreementStatus.DRAFT: "draft",
    AgreementStatus.AWAITING_SIGNATURES: "awaiting",
    AgreementStatus.SIGNED: "signed",
}
_WEEK = timedelta(days=7)


def build(
    version: AgreementVersion,
    *,
    follow_up_days: Sequence[FollowUpDay],
    names: Mapping[Party, str],
    coordinator_contact: Sequence[str],
    on: date,
    clauses: Mapping[int, str] = MappingProxyType({}),
    certificates: Mapping[Text, Text] = MappingProxyType({}),
    locale: str = "da",
) -> Values:
    """Everything must be loaded: nothing is queried here.

    `clauses` are the standing texts of the sections, in the language of `locale`; `certificates` what the
    unit asks to see, and how it stands; `names` are those who sign, where they have not yet;
    `coordinator_contact` is the coordinator's mail and telephone; `on` is the day this is made:
    organisations and units have the names of that day.
    """
    placement = version.agreement.placement
    programme = placement.cohort.programme
    values: Values = {
        "number": version.agreement.number,
        "version": version.number,
        "state": _STATES[version.status],  # type: ignore[typeddict-item]
        "dated": on.isoformat(),
        "issuer": programme.organiser_on(on),
        "programme": programme.name,
        "cohort": placement.cohort.name,
        "student": placement.enrolment.user.name,
        "unit": placement.unit.name_on(on),
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "parties": _parties(placement, names, coordinator_contact, on),
        "weeks": list(_weeks(placement, follow_up_days, locale)),
        "sections": list(
            _sections(version, follow_up_days, names, coordinator_contact, clauses, certificates, locale)
        ),
        "signatures": list(_signatures(version, names, locale)),
        "changed_since": 0,
        "changes": [],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def as_sent(
    version: AgreementVersion, sent: Mapping[str, Any], *, names: Mapping[Party, str], locale: str
) -> Values:
    """What a version said when it was sent, with the signatures that have been given since."""
    now = {"state": _STATES[version.status], "signatures": list(_signatures(version, names, locale))}
    return {**sent, **said(now, locale)}  # type: ignore[typeddict-item]


def _parties(
    placement: Placement, names: Mapping[Party, str], coordinator_contact: Sequence[str], on: date
) -> list[shape.Party]:
    student, unit = placement.enrolment.user, placement.unit
    programme = placement.cohort.programme
    return [
        {"role": ROLES[Party.STUDENT], "name": student.name, "lines": _filled(student.email, student.phone)},
        {
            "role": _("Praktiksted"),
            "name": unit.name_on(on),
            "lines": _filled(
                unit.period_on(on).organisation.name_on(on),
                unit.address,
                _named(_("Ansvarlig: %(name)s", name=names.get(Party.HOST, "")), names.get(Party.HOST)),
                unit.phone,
            ),
        },
        {
            "role": _("Uddannelse"),
            "name": programme.name,
            "lines": _filled(
                programme.organiser_on(on),
                _named(
                    _("Koordinator: %(name)s", name=names.get(Party.COORDINATOR, "")),
                    names.get(Party.COORDINATOR),
                ),
                *coordinator_contact,
            ),
        },
    ]


def _filled(*lines: str | None) -> list[str]:
    return [line for line in lines if line]


def _named(sentence: Text, name: str | None) -> Text | None:
    return sentence if name else None


def _weeks(placement: Placement, days: Sequence[FollowUpDay], locale: str) -> Iterator[Week]:
    """Every week that the period touches, Monday to Sunday."""
    monday = placement.starts_on - timedelta(days=placement.starts_on.weekday())
    while monday <= placement.ends_on:
        held = [day.held_on for day in days if day.held_on and monday <= day.held_on < monday + _WEEK]
        yield {
            "number": monday.isocalendar().week,
            "kind": "follow_up" if held else "practicum",
            "note": " ".join(
                format_date(day, "d. MMM" if locale == "da" else "d MMM", locale=locale) for day in held
            ),
        }
        monday += _WEEK


def _sections(
    version: AgreementVersion,
    days: Sequence[FollowUpDay],
    names: Mapping[Party, str],
    coordinator_contact: Sequence[str],
    clauses: Mapping[int, str],
    certificates: Mapping[Text, Text],
    locale: str,
) -> Iterator[Section]:
    """What the records say first, then the standing text and what the parties wrote."""
    placement = version.agreement.placement
    known: dict[int, dict[str, str]] = {
        2: _legal_rows(placement, locale),
        4: _period_rows(placement, days, locale),
        5: {_("Timer om ugen"): hours(placement.weekly_minutes / 60, locale=locale)},
        6: _share_rows(placement),
        7: _supervisor_rows(placement),
        8: {
            _("Koordinator"): ", ".join(_filled(names.get(Party.COORDINATOR), *coordinator_contact)),
            _("Supervision"): _times(placement.cohort.programme.supervisions),
        },
        12: dict(certificates.items()),
        13: {_("Forsikring"): placement.legal_details.insurance or ""} if placement.legal_details else {},
    }
    tables = {5: _week_table(placement), 6: _task_table(placement)}
    for number in TITLES:
        written = _told(version.sections.get(str(number), ""))
        clause = _told(clauses.get(number, ""))
        if number == 2 and placement.legal_basis:
            clause["paragraphs"].insert(0, LEGAL_BASES[placement.legal_basis])
        if number == 3:
            _add_goals(clause, written, placement)
        yield section(
            number,
            *written["paragraphs"],
            rows=known.get(number),
            points=written["points"],
            table=tables.get(number),
            clause=clause if clause["paragraphs"] or clause["points"] else None,
        )


def _add_goals(clause: Told, written: Told, placement: Placement) -> None:
    """What the education aims at, and under it what the student does (H-05)."""
    programme = placement.cohort.programme
    outcomes = [point for group in programme.outcomes for point in group.points]
    modules = [_("Modul %(number)s: %(title)s", number=m.number, title=m.title) for m in programme.modules]
    clause["points"] += outcomes or modules
    goals = placement.own_goals.text if placement.own_goals else ""
    if goals and (written["paragraphs"] or written["points"]):
        written["paragraphs"].insert(0, _("Desuden aftalt:"))
    if goals:
        written["paragraphs"][:0] = [*_as_paragraphs(goals)]
    if written["paragraphs"] or written["points"]:
        written["paragraphs"].insert(0, _("Den studerendes egne mål:"))


def _as_paragraphs(text: str) -> Iterator[str]:
    """Points too, so that they stay with the words before them."""
    for line in text.splitlines():
        if line.strip():
            yield re.sub(r"^[-•*] ", "– ", line.strip())


def _week_table(placement: Placement) -> Table | None:
    """Which days and times, as the seat was offered."""
    plan = placement.offer.weekly_plan if placement.offer else None
    if not plan:
        return None
    days = [(WEEKDAYS[int(day)], time_span(*map(time.fromisoformat, plan[day]))) for day in sorted(plan)]
    return {"head": [_("Dag"), _("Tid")], "rows": [[day, span] for day, span in days]}


def _task_table(placement: Placement) -> Table | None:
    """The tasks of the seat and their shares of the time (H-07)."""
    lines = placement.offer.task_lines if placement.offer else []
    if not lines:
        return None
    rows = [[line.text, word(line.kind), _percent(line.percent)] for line in lines]
    return {"head": [_("Opgave"), _("Slags"), _("Andel")], "rows": rows}


def _share_rows(placement: Placement) -> dict[str, str]:
    lines = placement.offer.task_lines if placement.offer else []
    peer = sum(line.percent or 0 for line in lines if line.kind is not TaskKind.OTHER)
    return {_("Typiske peer-opgaver"): _("%(percent)s %% af tiden", percent=peer) if peer else ""}


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share} %"


def _legal_rows(placement: Placement, locale: str) -> dict[str, str]:
    """What the job centre's practicum rests on (D-06)."""
    known = placement.legal_details
    if known is None or placement.legal_basis is not LegalBasis.JOB_CENTRE:
        return {}
    return {
        _("Jobcenter"): ", ".join(_filled(known.job_centre, known.job_centre_contact)),
        _("Nummer i VITAS"): known.vitas_reference or "",
        _("Godkendt af lederen"): _approved(known.manager_name, known.manager_approved_on, locale),
        _("Godkendt af medarbejdernes repræsentant"): _approved(
            known.representative_name, known.representative_approved_on, locale
        ),
    }


def _approved(name: str | None, day: date | None, locale: str) -> str:
    return ", ".join(_filled(name, long_date(day, locale=locale))) if day else ""


def _period_rows(placement: Placement, days: Sequence[FollowUpDay], locale: str) -> dict[str, str]:
    weeks = -(-((placement.ends_on - placement.starts_on).days + 1) // 7)
    rows: dict[str, str] = {
        _("Første dag"): full_date(placement.starts_on, locale=locale),
        _("Sidste dag"): full_date(placement.ends_on, locale=locale),
        _("Længde"): _("%(weeks)s uger", weeks=weeks),
    }
    for day in days:
        rows[_("%(number)s. opfølgningsdag", number=day.number)] = _day(day, locale)
    return rows


def _day(day: FollowUpDay, locale: str) -> str:
    if day.held_on is None:
        return _("Datoen er ikke sat endnu")
    when = full_date(day.held_on, locale=locale)
    if day.starts_at:
        when += " " + time_span(day.starts_at, day.ends_at, locale=locale)
    return ", ".join(_filled(when, day.place))


def _supervisor_rows(placement: Placement) -> dict[str, str]:
    supervisor = placement.supervisor
    if supervisor is None:
        return {}
    return {
        _("Praktikvejleder"): ", ".join(_filled(supervisor.name, supervisor.title)),
        _("Telefon"): supervisor.phone or "",
        _("E-mail"): supervisor.email or "",
    }


def _times(supervisions: int) -> str:
    return _("%(times)s gange i forløbet", times=supervisions) if supervisions else ""


def _told(text: str) -> Told:
    """Paragraphs and points of what somebody wrote: a line that begins with a dash is a point."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    points = [line.lstrip("-•* ") for line in lines if line.startswith(("- ", "• ", "* "))]
    paragraphs = [line for line in lines if not line.startswith(("- ", "• ", "* "))]
    return {"paragraphs": paragraphs, "points": points}


def _when(signature: Signed, locale: str) -> str:
    """With a pen there is a date and no time."""
    if signature.signed_on is not None:
        return long_date(signature.signed_on, locale=locale)
    return moment(signature.signed_at, locale=locale)


def _signatures(
    version: AgreementVersion, names: Mapping[Party, str], locale: str
) -> Iterator[shape.Signature]:
    placement = version.agreement.placement
    expected = dict(names) | {Party.STUDENT: placement.enrolment.user.name}
    parties = [
        party
        for party in Party
        if party is not Party.EMPLOYEE_REPRESENTATIVE or placement.legal_basis is LegalBasis.JOB_CENTRE
    ]
    return signature_rows(version.signatures, parties, expected, locale)


def signature_rows(
    signatures: Iterable[Signed], parties: Iterable[Party], names: Mapping[Party, str], locale: str
) -> Iterator[shape.Signature]:
    """A line for each party: signed, or to be signed by the one who is expected to."""
    given = {signature.party: signature for signature in signatures}
    for party in parties:
        signature = given.get(party)
        yield {
            "role": ROLES[party],
            "name": signature.name if signature else names.get(party, ""),
            "signed": _when(signature, locale) if signature else "",
            "how": HOW[signature.method] if signature and signature.method else _("Underskrevet digitalt"),
            "sha256": (signature.sha256 or "") if signature else "",
        }
