"""A person's calendar in the form that calendars read (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale, gettext
from icalendar import Calendar, Event

from placements.domain.calendars import Entry
from placements.web import said


def written(entries: Iterable[Entry], *, locale: str, now: datetime) -> bytes:
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    with force_locale(locale):
        calendar = Calendar()
        calendar.add("prodid", "-//Praktik og netværk//DA")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", gettext("Praktik og netværk"))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
        for entry in entries:
            calendar.add_component(_event(entry, host, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", now)
    event.add("summary", said(entry.title))
    event.add("dtstart", _moment(entry.starts))
    if entry.ends:
        event.add("dtend", _moment(entry.ends))
    if entry.where:
        event.add("location", entry.where)
    return event


def _moment(value: date | datetime) -> date | datetime:
    """In UTC, so that no table of time zones is needed; a day stays a day."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
