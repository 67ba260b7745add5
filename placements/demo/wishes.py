"""Eight students of the coming year and what they wish; it stands open on the day of the demonstration."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from placements.domain import enrolments, offer_choices, preference_window, preferences
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.preferences import Reach
from placements.models.programmes import Audience
from placements.models.users import Role, RoleGrant, User

SAID_AT = datetime(2025, 1, 29, 9, 42, tzinfo=UTC)
OPENS, CLOSES = (date(2025, 1, 27), time(8)), (date(2025, 2, 14), time(12))
MUNICIPALITY, REGION, ANYWHERE = Reach.MUNICIPALITY, Reach.REGION, Reach.ANYWHERE

# E-mail, name, municipality; the order of the open offers (by their place in the list), days, reach, needs,
# and the unit (by the place of its offer) that will not do. Those without an order have not answered.
Days = tuple[int, ...]
STUDENTS: tuple[tuple[str, str, str, Days, Days, Reach, tuple[str, ...], Days], ...] = (
    ("ronja.bech@example.org", "Ronja Bech", "Viborg", (3, 0), (0, 1, 2), MUNICIPALITY, (), ()),
    ("silas.dahl@example.org", "Silas Dahl", "Randers", (1, 0), (), REGION, ("public_transport",), ()),
    (
        "tove.engell@example.org",
        "Tove Engell",
        "Viborg",
        (2, 4),
        (1, 3),
        REGION,
        ("lift",),
        (0,),
    ),
    ("usman.farah@example.org", "Usman Farah", "Aarhus", (1, 2, 0), (), ANYWHERE, (), ()),
    ("vibe.gade@example.org", "Vibe Gade", "Viborg", (3, 1), (0, 2, 4), REGION, (), ()),
    (
        "wanda.hjorth@example.org",
        "Wanda Hjorth",
        "Silkeborg",
        (2, 1),
        (),
        ANYWHERE,
        ("flexible_start",),
        (0,),
    ),
    ("xenia.iversen@example.org", "Xenia Iversen", "Randers", (), (), ANYWHERE, (), ()),
    ("yusuf.juul@example.org", "Yusuf Juul", "Viborg", (), (), ANYWHERE, (), ()),
)


def load(session: Session, cohort: Cohort, *, now: datetime) -> None:
    """Through the rules, on a day of the window."""
    preference_window.set_window(cohort, OPENS, CLOSES)
    session.flush()
    places = _offers(session, cohort)
    for email, name, municipality, order, days, reach, needs, excluded in STUDENTS:
        person = User(email=email, name=name, created_at=now, grants=[RoleGrant(role=Role.STUDENT)])
        session.add(person)
        session.flush()
        student = enrolments.enrol(
            session, cohort, person, audience=Audience.STUDENT, municipality=municipality
        )
        session.flush()
        if not order:
            continue
        _say(session, student, [places[number] for number in order], days, reach, needs)
        kept = preferences.kept_of(session, student)
        units = [places[number].unit_id for number in excluded]
        preferences.exclude(session, student, units, seen=preferences.excluded_mark(kept), now=SAID_AT)
        session.flush()


def _offers(session: Session, cohort: Cohort) -> list[Offer]:
    """Open ones, in the order they were given."""
    ids = session.scalars(offer_choices.open_ids(cohort).order_by(Offer.id))
    return [session.get_one(Offer, offer_id) for offer_id in ids]


def _say(
    session: Session,
    student: Enrolment,
    wanted: list[Offer],
    days: tuple[int, ...],
    reach: Reach,
    needs: tuple[str, ...],
) -> None:
    order = [offer.id for offer in wanted]
    seen = preferences.ranking_mark(None)
    preferences.rank(session, student, order, seen=seen, now=SAID_AT)
    session.flush()
    seen = preferences.terms_mark(preferences.kept_of(session, student))
    preferences.set_terms(session, student, weekdays=days, reach=reach, needs=needs, seen=seen, now=SAID_AT)
    session.flush()
