"""The letters that answer applications: shipped with the product, rewritten by the coordinator, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import clause_language, formatting
from placements.clause_language import Names, Problem, Value
from placements.domain import users
from placements.domain.clause_checks import refuse_bad
from placements.domain.rules import Stale, expect_version
from placements.i18n import Text, _
from placements.models.application_decisions import ApplicationDecision, ApplicationLetter, DecisionKind
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from placements.models.users import User

LOCALES = ("da", "en")
VALUES: dict[str, Text] = {
    "navn": _("ansøgerens navn"),
    "uddannelse": _("uddannelsens navn"),
    "hold": _("holdets navn"),
    "begynder": _("holdets første dag"),
    "arrangør": _("den, der holder uddannelsen"),
    "koordinator": _("koordinatorens navn"),
    "kontakt": _("en sætning om, hvem man kan ringe eller skrive til"),
    "nummer": _("nummeret på ansøgningen"),
    "frist": _("hvornår et tilbud senest skal besvares"),
    "plads": _("pladsen på ventelisten"),
    "grunde": _("det, der er skrevet som begrundelse"),
}
FLAGS: dict[str, Text] = {"fra_ventelisten": _("pladsen er blevet ledig for en på ventelisten")}
NAMES = Names(frozenset(VALUES), frozenset(FLAGS))
_SHIPPED = Path(__file__).parent.parent / "programmes" / "letters"
Saved = Mapping[tuple[DecisionKind, str], ApplicationLetter]


@dataclass(frozen=True, slots=True)
class Writer:
    """All that the letters of a cohort have in common."""

    cohort: Cohort
    saved: Saved
    organiser: str
    contact: User | None


# Questions


@cache
def _read(name: str, locale: str) -> str:
    return (_SHIPPED / locale / f"{name}.txt").read_text("utf-8").strip()


def shipped(kind: DecisionKind, locale: str = "da") -> str:
    return _read(kind.value, locale)


def of_programme(session: Session, programme_id: int) -> dict[tuple[DecisionKind, str], ApplicationLetter]:
    """Those that somebody has saved."""
    rows = session.scalars(select(ApplicationLetter).where(ApplicationLetter.programme_id == programme_id))
    return {(letter.kind, letter.locale): letter for letter in rows}


def source(letter: ApplicationLetter | None, kind: DecisionKind, locale: str) -> str:
    """The text that holds now."""
    return shipped(kind, locale) if letter is None or letter.text is None else letter.text


def problems(text: str) -> list[Problem]:
    return clause_language.problems(text, NAMES)


def example(kind: DecisionKind, locale: str) -> dict[str, Value]:
    """Values of somebody invented, to try a text on."""
    day = formatting.full_date(date(2025, 9, 8), locale=locale)
    until = formatting.full_moment(datetime(2025, 8, 11, 10, tzinfo=UTC), locale=locale)
    return {
        "navn": "Asta Ager",
        "uddannelse": "Peer-uddannelsen",
        "hold": "Hold 2025",
        "begynder": day,
        "arrangør": "Recovery-skolen",
        "koordinator": "Karen Holm",
        "kontakt": how_to_ask(locale, "Karen Holm", "87 00 00 00", "karen@example.org"),
        "nummer": "2025-BCDFGH",
        "frist": until if kind is DecisionKind.OFFER else "",
        "plads": 2 if kind is DecisionKind.WAITING_LIST else "",
        "grunde": "…" if kind is DecisionKind.REJECTION else "",
        "fra_ventelisten": False,
    }


# Writing


def writer(session: Session, cohort: Cohort) -> Writer:
    return Writer(
        cohort,
        of_programme(session, cohort.programme_id),
        cohort.programme.organiser_on(cohort.starts_on),
        users.contact_of(session, cohort.programme_id),
    )


def written(
    writer: Writer, application: Application, decision: ApplicationDecision, *, name: str, reasons: str
) -> str:
    """The letter, in the applicant's language."""
    locale, kind, cohort = application.locale, decision.kind, writer.cohort
    contact = writer.contact
    deadline = formatting.full_moment(decision.answer_by, locale=locale) if decision.answer_by else ""
    values: dict[str, Value] = {
        "navn": name,
        "uddannelse": cohort.programme.name,
        "hold": cohort.name,
        "begynder": formatting.full_date(cohort.starts_on, locale=locale),
        "arrangør": writer.organiser,
        "koordinator": contact.name if contact else "",
        "kontakt": how_to_ask(locale, contact.name, contact.phone or "", contact.email)
        if contact
        else how_to_ask(locale, writer.organiser),
        "nummer": application.reference or "",
        "frist": deadline if kind is DecisionKind.OFFER else "",
        "plads": (decision.place or "") if kind is DecisionKind.WAITING_LIST else "",
        "grunde": reasons,
        "fra_ventelisten": kind is DecisionKind.OFFER and decision.place is not None,
    }
    return clause_language.render(source(writer.saved.get((kind, locale)), kind, locale), values)


def how_to_ask(locale: str, name: str, phone: str = "", mail: str = "") -> str:
    """A sentence that leads somewhere whatever is known of a coordinator, or of the organiser alone."""
    known: dict[str, Value] = {"navn": name, "telefon": phone, "mail": mail}
    return clause_language.render(_read("contact", locale), known).strip()


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# Actions


def save(
    session: Session,
    programme: Programme,
    kind: DecisionKind,
    locale: str,
    *,
    text: str | None,
    version: int,
) -> ApplicationLetter:
    """None takes the shipped text back. Letters that are sent keep the text of their time.

    `version` is that of the text when it was opened, 0 when nobody had saved one.
    """
    refuse_bad(text, NAMES)
    session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    letter = of_programme(session, programme.id).get((kind, locale))
    if letter is None:
        if version:
            raise Stale
        letter = ApplicationLetter(programme=programme, kind=kind, locale=locale)
        session.add(letter)
    else:
        session.refresh(letter)
        expect_version(letter, version)
    letter.text = text.replace("\r\n", "\n").strip() if text is not None else None
    return letter
