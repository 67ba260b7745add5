"""What a clause may name, and what the names stand for in one placement's agreement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from placements.clause_language import Names, Value
from placements.formatting import hours, long_date
from placements.i18n import Text, _
from placements.models.agreements import Party
from placements.models.placements import LegalBasis, Placement

VALUES: dict[str, Text] = {
    "studerende": _("den studerendes navn"),
    "praktiksted": _("navnet på afsnittet eller tilbuddet"),
    "organisation": _("regionen, kommunen eller foreningen, som stedet hører under"),
    "vejleder": _("praktikvejlederens navn"),
    "vært": _("den, der skriver under for praktikstedet"),
    "koordinator": _("koordinatorens navn"),
    "uddannelse": _("uddannelsens navn"),
    "arrangør": _("den, der holder uddannelsen"),
    "hold": _("holdets navn"),
    "periode.start": _("praktikkens første dag"),
    "periode.slut": _("praktikkens sidste dag"),
    "periode.uger": _("hvor mange uger praktikken varer"),
    "timer_om_ugen": _("timer om ugen"),
    "supervisioner": _("hvor mange gange der er supervision"),
    "opfølgningsdage": _("hvor mange opfølgningsdage der er"),
    "jobcenter": _("jobcentrets navn, når det er skrevet på forløbet"),
    "vitas": _("nummeret i VITAS, når det er skrevet på forløbet"),
    "forsikring": _("hvad der er aftalt om forsikring"),
}
FLAGS: dict[str, Text] = {
    "studiepraktik": _("praktikken er en ulønnet studiepraktik"),
    "virksomhedspraktik": _("praktikken er aftalt med jobcentret"),
    "ansættelse": _("den studerende er ansat"),
    "frivilligt_arbejde": _("den studerende er frivillig"),
}
NAMES = Names(frozenset(VALUES), frozenset(FLAGS))
_FLAG_OF = {
    LegalBasis.STUDY_PRACTICUM: "studiepraktik",
    LegalBasis.JOB_CENTRE: "virksomhedspraktik",
    LegalBasis.EMPLOYMENT: "ansættelse",
    LegalBasis.VOLUNTEERING: "frivilligt_arbejde",
}


def values_of(
    placement: Placement, *, names: Mapping[Party, str], on: date, locale: str = "da"
) -> dict[str, Value]:
    """`names` are those who sign, `on` the day whose names of places count. What is not known is empty."""
    programme, unit = placement.cohort.programme, placement.unit
    owner, details = unit.period_on(on), placement.legal_details
    weeks = -(-((placement.ends_on - placement.starts_on).days + 1) // 7)
    return {
        "studerende": placement.enrolment.user.name,
        "praktiksted": owner.name,
        "organisation": owner.organisation.name_on(on),
        "vejleder": placement.supervisor.name if placement.supervisor else "",
        "vært": names.get(Party.HOST, ""),
        "koordinator": names.get(Party.COORDINATOR, ""),
        "uddannelse": programme.name,
        "arrangør": programme.organiser_on(on),
        "hold": placement.cohort.name,
        "periode.start": long_date(placement.starts_on, locale=locale),
        "periode.slut": long_date(placement.ends_on, locale=locale),
        "periode.uger": weeks,
        "timer_om_ugen": hours(placement.weekly_minutes / 60, locale=locale),
        "supervisioner": programme.supervisions or 0,
        "opfølgningsdage": programme.follow_up_days or 0,
        "jobcenter": (details.job_centre or "") if details else "",
        "vitas": (details.vitas_reference or "") if details else "",
        "forsikring": (details.insurance or "") if details else "",
        **flags_of(placement.legal_basis),
    }


def flags_of(basis: LegalBasis | None) -> dict[str, Value]:
    return {flag: basis is kind for kind, flag in _FLAG_OF.items()}


def example(basis: LegalBasis) -> dict[str, Value]:
    """People and places that do not exist, for the preview."""
    job_centre = basis is LegalBasis.JOB_CENTRE
    return {
        "studerende": "Amalie Eksempel",
        "praktiksted": "Team Eksempel",
        "organisation": "Region Eksempel",
        "vejleder": "Vita Eksempel",
        "vært": "Henrik Eksempel",
        "koordinator": "Mette Eksempel",
        "uddannelse": "Peer-uddannelsen",
        "arrangør": "Recovery-skolen",
        "hold": "Hold 2025",
        "periode.start": "6. januar 2025",
        "periode.slut": "6. april 2025",
        "periode.uger": 13,
        "timer_om_ugen": "6",
        "supervisioner": 2,
        "opfølgningsdage": 2,
        "jobcenter": "Jobcenter Eksempel" if job_centre else "",
        "vitas": "12345678" if job_centre else "",
        "forsikring": "",
        **flags_of(basis),
    }
