"""How dates, times, names and money are written, on screens and in documents alike."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.dates import format_date

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_A_MONDAY = date(2024, 1, 1)
_WEEK = {"da": "uge", "en": "week"}


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock in Copenhagen."""
    return moment.astimezone(COPENHAGEN)


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) and value.tzinfo else value


def week_number(value: date) -> int:
    """ISO week, as Danish calendars count."""
    return value.isocalendar().week


def long_date(value: date, *, locale: str = "da") -> str:
    """9. september 2024"""
    return format_date(_day(value), "d. MMMM y" if locale == "da" else "d MMMM y", locale=locale)


def full_date(value: date, *, locale: str = "da") -> str:
    """mandag 9. september 2024 (uge 37)"""
    day = _day(value)
    pattern = "EEEE d. MMMM y" if locale == "da" else "EEEE d MMMM y"
    return f"{format_date(day, pattern, locale=locale)} ({_WEEK[locale]} {week_number(day)})"


def full_weekday(value: date, *, locale: str = "da") -> str:
    """tirsdag 28. januar"""
    return format_date(value, "EEEE d. MMMM" if locale == "da" else "EEEE d MMMM", locale=locale)


def short_date(value: date, *, locale: str = "da") -> str:
    """9. sep. 2024"""
    return format_date(_day(value), "d. MMM y" if locale == "da" else "d MMM y", locale=locale)


def period(start: date, end: date, *, locale: str = "da") -> str:
    """6. januar 2025 – 6. april 2025, the year said once when it is the same"""
    first = format_date(start, "d. MMMM" if locale == "da" else "d MMMM", locale=locale)
    if start.year != end.year:
        first = long_date(start, locale=locale)
    return f"{first} – {long_date(end, locale=locale)}"


def short_period(start: date, end: date, *, locale: str = "da") -> str:
    """6. jan. – 6. apr. 2025, the year said once when it is the same"""
    first = format_date(start, "d. MMM" if locale == "da" else "d MMM", locale=locale)
    if start.year != end.year:
        first = short_date(start, locale=locale)
    return f"{first} – {short_date(end, locale=locale)}"


def clock(value: time | datetime) -> str:
    """13.00, in Copenhagen"""
    moment = local(value) if isinstance(value, datetime) and value.tzinfo else value
    return f"{moment.hour}.{moment.minute:02d}"


def time_span(start: time | datetime, end: time | datetime | None, *, locale: str = "da") -> str:
    """kl. 13.00-15.00"""
    prefix = "kl. " if locale == "da" else ""
    return f"{prefix}{clock(start)}" + (f"-{clock(end)}" if end else "")


def moment(value: datetime, *, locale: str = "da") -> str:
    """9. september 2024 kl. 13.05"""
    joined = " kl. " if locale == "da" else ", "
    return f"{long_date(value, locale=locale)}{joined}{clock(value)}"


def full_moment(value: datetime, *, locale: str = "da") -> str:
    """mandag 9. september 2024 (uge 37) kl. 13.05"""
    joined = " kl. " if locale == "da" else ", "
    return f"{full_date(value, locale=locale)}{joined}{clock(value)}"


def weekday(number: int, *, locale: str = "da") -> str:
    """mandag for 0"""
    return format_date(_A_MONDAY + timedelta(days=number), "EEEE", locale=locale)


def hours(value: Decimal | float | int, *, locale: str = "da") -> str:
    """6, 7,5 (Danish comma; no trailing zeros)"""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if locale == "da" else text


def points(value: Fraction, *, locale: str = "da") -> str:
    """3,67: always two decimals, so that a column of them can be compared"""
    text = f"{float(value):.2f}"
    return text.replace(".", ",") if locale == "da" else text


def grouped(number: int, *, locale: str = "da") -> str:
    """14.000"""
    return f"{number:,}".replace(",", ".") if locale == "da" else f"{number:,}"


def kroner(amount: int, *, locale: str = "da") -> str:
    """14.000 kr."""
    return f"{grouped(amount)} kr." if locale == "da" else f"DKK {grouped(amount, locale=locale)}"
