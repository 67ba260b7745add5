"""Twelve who have applied to a further cohort, which takes applications on the day of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import addresses
from placements.demo import DAY
from placements.domain import application_steps, applications, cohort_copies, cohort_plans
from placements.domain.programme_parts import KeyDate
from placements.models.applications import Application
from placements.models.cohorts import Cohort, KeyDateKind

STARTS_ON = date(2025, 3, 17)
FIRST_SENT = datetime(2025, 1, 21, 17, 20, tzinfo=UTC)
DATES = {
    KeyDateKind.INFORMATION_MEETING: (date(2025, 1, 16), time(13)),
    KeyDateKind.APPLICATIONS_OPEN: (date(2025, 1, 20), time(12)),
    KeyDateKind.QUESTIONS_HOUR: (date(2025, 2, 10), time(13)),
    KeyDateKind.APPLICATION_DEADLINE: (date(2025, 2, 17), time(8)),
    KeyDateKind.START: (date(2025, 3, 17), time(9)),
}
LASTS = (KeyDateKind.INFORMATION_MEETING, KeyDateKind.QUESTIONS_HOUR)

# Name, born, municipality.
PEOPLE = (
    ("Agnete Bro", date(1984, 3, 2), "Viborg"),
    ("Bertil Dam", date(1991, 11, 19), "Viborg"),
    ("Cille Eng", date(1978, 6, 30), "Randers"),
    ("Ditte Fjord", date(1995, 1, 8), "Aarhus"),
    ("Egon Gade", date(1969, 9, 14), "Viborg"),
    ("Fie Holt", date(1988, 4, 25), "Aarhus"),
    ("Gorm Iversen", date(1982, 12, 3), "Randers"),
    ("Hedda Juul", date(1993, 7, 17), "Viborg"),
    ("Iben Krog", date(1975, 2, 21), "Aarhus"),
    ("Jeppe Lund", date(1986, 10, 11), "Skive"),
    ("Karla Mose", date(1990, 5, 6), "Aarhus"),
    ("Ludvig Nør", date(1980, 8, 29), "Silkeborg"),
)
SENTENCES = (
    "Jeg har brugt tid på at finde ud af, hvad der er vigtigt for mig, og det vil jeg gerne give videre.",
    "Jeg lytter godt, og jeg har lært at vente, til den anden er klar.",
    "I en frivillig café mødte jeg mennesker, der gjorde en forskel. Sådan en vil jeg gerne være.",
    "Jeg ved, hvad jeg kan, og jeg siger til, når noget bliver for meget.",
    "Vi er forskellige, og det, der hjalp mig, hjælper måske ikke dig.",
    "Jeg glæder mig til at lære noget nyt sammen med andre.",
    "Min hverdag er rolig nu, og der er plads til at tage noget nyt ind.",
)


def load(session: Session, model: Cohort) -> None:
    cohort = _cohort(session, model)
    sentences = cycle(SENTENCES)
    for place, (name, born_on, municipality) in enumerate(PEOPLE):
        sent = FIRST_SENT + timedelta(days=place, minutes=37 * place)
        _apply(session, cohort, name, born_on, municipality, sentences, at=sent)


def _cohort(session: Session, model: Cohort) -> Cohort:
    """Another of the same programme, half a year earlier."""
    plan = replace(
        cohort_copies.moved_plan(model, STARTS_ON),
        slug="viborg-foraar-2025",
        name="Viborg forår 2025",
        key_dates=tuple(
            KeyDate(
                kind=kind,
                starts_at=at,
                ends_at=at + timedelta(hours=2) if kind in LASTS else None,
                registration=False,
            )
            for kind, at in ((kind, datetime.combine(*when)) for kind, when in DATES.items())
        ),
    )
    return cohort_plans.create(session, model.programme, plan)


def _apply(
    session: Session,
    cohort: Cohort,
    name: str,
    born_on: date,
    municipality: str,
    sentences: cycle[str],
    *,
    at: datetime,
) -> None:
    """By the link, page by page, as an applicant does."""
    email = f"{name.lower().replace(' ', '.').replace('ø', 'oe')}@example.org"
    applications.mail_link(session, cohort, email, locale="da", now=at)
    key = addresses.key_of(email)
    application = session.scalars(
        select(Application).where(Application.cohort_id == cohort.id, Application.email_key == key)
    ).one()
    answers = applications.save(
        session,
        application,
        version=application.version,
        today=DAY,
        now=at,
        name=name,
        born_on=born_on,
        municipality=municipality,
        declared={one.key: True for one in application_steps.declared(cohort.programme)},
    )
    pages = application_steps.steps(cohort.programme, answers, on=cohort.starts_on)
    written = {page.criterion.key: next(sentences) for page in pages if page.criterion}
    paying = application_steps.asks_about_payment(cohort.programme, answers, on=cohort.starts_on)
    more = {"written": written} | ({"payment": application_steps.ASKING} if paying else {})
    session.flush()
    applications.save(session, application, version=application.version, today=DAY, now=at, **more)
    session.flush()
    applications.submit(session, application, version=application.version, now=at)
    session.flush()
