"""Reading one cell: a value, or what is wrong with it and what it was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email

from placements import printable
from placements.domain import municipalities
from placements.domain.cohort_import_files import Formula, Merged, Moment
from placements.domain.cohort_import_headings import closest, plain
from placements.formatting import hours as hours_in_words
from placements.i18n import _
from placements.models.hosts import Sector
from placements.models.programmes import Audience
from placements.words import word

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SEATS = 200
FULL_TIME = 37 * 60
LONGEST = 200

SECTORS: Mapping[str, Sector] = {str(word(sector)).lower(): sector for sector in Sector}
AUDIENCES: Mapping[str, Audience] = {str(word(audience)): audience for audience in Audience}


class Unreadable(Exception):
    """What is wrong, and what could be read instead."""

    def __init__(self, sentence: str, fix: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.fix = sentence, fix


@dataclass(frozen=True, slots=True)
class Calendar:
    """`dates_1904`: in which of Excel's two systems a bare number counts days."""

    dates_1904: bool = False

    def day(self, count: float) -> date | None:
        start = date(1904, 1, 1) if self.dates_1904 else date(1899, 12, 30)
        return start + timedelta(days=int(count)) if 0 < count < 100_000 else None


V = TypeVar("V", bound=StrEnum)
Reader = Callable[[object, Calendar], object]


def shown(value: object) -> str:
    """What a person sees in the cell."""
    if isinstance(value, Merged):
        return shown(value.value)
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, Moment):
        return danish(value.day)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)[:LONGEST]


def danish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def refuse_what_is_no_value(value: object) -> None:
    """A formula is not evaluated, and a covered cell does not say whether it means the same."""
    if isinstance(value, Formula):
        raise Unreadable(
            _(
                "Her står en formel eller en fejl fra Excel, og den regnes ikke ud. "
                "Skriv selve værdien (Indsæt speciel, Værdier)."
            )
        )
    if isinstance(value, Merged):
        raise Unreadable(
            _(
                "Cellen er slået sammen med %(first)s. Ophæv det, og skriv værdien i hver celle.",
                first=value.first,
            ),
            shown(value.value) if value.below else None,
        )


# The kinds of cell


def text(value: object, _calendar: Calendar) -> str:
    found = shown(value)
    if isinstance(value, bool):
        raise Unreadable(_("Her skal stå tekst."))
    if any(ord(char) < 32 or ord(char) == 127 for char in found):
        raise Unreadable(_("Teksten har tegn, der ikke kan vises. Skriv den igen."))
    if len(str(value)) > LONGEST:
        raise Unreadable(_("Teksten er for lang. Der er plads til %(most)s tegn.", most=LONGEST))
    if character := printable.unprintable(found):
        raise Unreadable(printable.sentence(character))
    return found


def email(value: object, calendar: Calendar) -> str:
    typed = text(value, calendar).replace("mailto:", "").strip(" <>;,")
    address = _address(typed)
    if address is None:
        raise Unreadable(
            _("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk."),
            _mended_address(typed),
        )
    return address


@lru_cache(maxsize=20_000)
def _address(typed: str) -> str | None:
    """In the form it is kept in; None for what is no address."""
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def _mended_address(typed: str) -> str | None:
    """Spaces, commas for full stops and a written-out at sign are the usual slips."""
    mended = re.sub(r"\s*(\(at\)|\[at\]|@)\s*", "@", typed.lower()).replace(",", ".").replace(" ", "")
    mended = re.sub(r"\.{2,}", ".", mended).strip(".")
    return _address(mended)


def day(value: object, calendar: Calendar) -> date:
    found = _day(value, calendar)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(_("Årstallet ser ikke rigtigt ud. Skriv datoen som 6.1.2025."))
    return found


def _day(value: object, calendar: Calendar) -> date:
    if isinstance(value, Moment):
        return value.day
    typed = shown(value)
    for pattern, order in (
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (3, 2, 1)),
        (r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)),
    ):
        if parts := re.fullmatch(pattern, typed):
            if found := _date(*(int(parts[i]) for i in order)):
                return found
            raise Unreadable(_("Den dato findes ikke i kalenderen."))
    likely = _likely_day(value, typed, calendar)
    raise Unreadable(
        _("Datoen kan ikke læses. Skriv den som 6.1.2025 eller 2025-01-06."),
        danish(likely) if likely else None,
    )


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _likely_day(value: object, typed: str, calendar: Calendar) -> date | None:
    """Day before month, as in Danish; a bare number is Excel's count of days."""
    found = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = calendar.day(value)
    elif parts := re.fullmatch(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})\.?", typed):
        found = _date(int(parts[1]), int(parts[2]), int(parts[3]))
    elif parts := re.fullmatch(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{2}|\d{4})\.?", typed):
        found = _date(_year(parts[3]), int(parts[2]), int(parts[1]))
    elif parts := re.fullmatch(
        r"(?:d\.\s*)?(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s*(\d{2}|\d{4})", typed.lower()
    ):
        month = MONTHS.index(parts[2][:3]) + 1 if parts[2][:3] in MONTHS else 0
        found = _date(_year(parts[3]), month, int(parts[1]))
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def seats(value: object, _calendar: Calendar) -> int:
    found = _number(value)
    if found is None or found != int(found) or not 0 <= found <= MOST_SEATS:
        likely = re.search(r"\d{1,2}", shown(value)) if isinstance(value, str) and "," not in value else None
        raise Unreadable(
            _("Skriv et helt tal fra 0 til %(most)s.", most=MOST_SEATS), likely[0] if likely else None
        )
    return int(found)


def minutes(value: object, _calendar: Calendar) -> int:
    """Hours a week, kept in minutes."""
    found = _number(value)
    if found is None or not 0 < found * 60 <= FULL_TIME:
        likely = re.search(r"\d{1,2}(?:[.,]\d{1,2})?", shown(value)) if isinstance(value, str) else None
        number = Decimal(likely[0].replace(",", ".")) if likely else None
        fits = number is not None and 0 < number * 60 <= FULL_TIME
        raise Unreadable(
            _("Skriv et antal timer om ugen mellem 1 og 37."),
            hours_in_words(number) if number and fits else None,
        )
    return round(found * 60)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def sector(value: object, _calendar: Calendar) -> Sector:
    found = _one_of(shown(value), SECTORS)
    if found is None:
        likely = closest(shown(value), SECTORS)
        raise Unreadable(_("Sektoren kan være regional, kommunal eller civil."), likely)
    return found


def audience(value: object, _calendar: Calendar) -> Audience:
    found = _one_of(shown(value), AUDIENCES)
    if found is None:
        raise Unreadable(
            _("Målgruppen kan være %(words)s.", words=[str(name) for name in AUDIENCES]),
            closest(shown(value), AUDIENCES),
        )
    return found


def _one_of(typed: str, known: Mapping[str, V]) -> V | None:
    """The value that is called so, however it is spelled with letters and spaces."""
    return next((value for name, value in known.items() if plain(name) == plain(typed)), None)


def municipality(value: object, calendar: Calendar) -> str:
    typed = text(value, calendar)
    known = known_municipality(typed)
    if known is None:
        raise Unreadable(_("Den kommune kendes ikke."), municipalities.closest(typed))
    return known


def known_municipality(name: str) -> str | None:
    """However it is spelled with letters and spaces, and with the word that it is a municipality."""
    found = municipalities.find(name)
    return found.name if found else None
