"""When students may say what they wish: from a minute to a minute, on the clock in Copenhagen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN, clock, local
from placements.i18n import Text, _
from placements.models.cohorts import Cohort

# Questions


def has_window(cohort: Cohort) -> bool:
    return cohort.preferences_open_at is not None and cohort.preferences_close_at is not None


def has_opened(cohort: Cohort, *, now: datetime) -> bool:
    return cohort.preferences_open_at is not None and cohort.preferences_open_at <= now


def is_open(cohort: Cohort, *, now: datetime) -> bool:
    """The closing second counts, and the next one does not."""
    closes = cohort.preferences_close_at
    return has_opened(cohort, now=now) and closes is not None and now.replace(microsecond=0) <= closes


def is_open_on(cohort: Cohort, day: date) -> bool:
    """At some time of this day."""
    opens, closes = cohort.preferences_open_at, cohort.preferences_close_at
    return opens is not None and closes is not None and local(opens).date() <= day <= local(closes).date()


def told(cohort: Cohort, *, now: datetime) -> Text:
    """Whether it is open, in a sentence."""
    opens, closes = cohort.preferences_open_at, cohort.preferences_close_at
    if opens is None or closes is None:
        return _("Der er ikke åbnet for ønsker endnu. Koordinatoren siger til.")
    if not has_opened(cohort, now=now):
        return _("Der åbnes for ønsker den %(day)s kl. %(time)s.", day=local(opens).date(), time=clock(opens))
    day, at = local(closes).date(), clock(closes)
    if is_open(cohort, now=now):
        return _("Du kan skrive og rette frem til den %(day)s kl. %(time)s.", day=day, time=at)
    return _("Der blev lukket for ønsker den %(day)s kl. %(time)s.", day=day, time=at)


def expect_open(cohort: Cohort, *, now: datetime) -> None:
    if not is_open(cohort, now=now):
        raise RuleBroken(_("%(told)s Det, du har skrevet, er ikke gemt.", told=told(cohort, now=now)))


def moment(day: date, at: time, *, last: bool, field: str) -> datetime:
    """A time on the wall clock. The hour that comes twice in autumn: the first to open, the `last` to close.

    The hour that spring leaves out is no time at all.
    """
    there = datetime.combine(day, at, tzinfo=COPENHAGEN).replace(fold=int(last))
    if local(there.astimezone(UTC)).time() != at:
        raise RuleBroken(
            _(
                "Kl. %(time)s findes ikke den dag, fordi uret stilles frem. Vælg en anden tid.",
                time=clock(at),
            ),
            field=field,
        )
    return there.astimezone(UTC)


# Actions


def set_window(cohort: Cohort, opens: tuple[date, time] | None, closes: tuple[date, time] | None) -> None:
    """Both ends, or neither: then nobody can say anything."""
    if (opens is None) != (closes is None):
        missing = "opens_on" if opens is None else "closes_on"
        raise RuleBroken(_("Skriv både, hvornår der åbnes, og hvornår der lukkes."), field=missing)
    first = moment(*opens, last=False, field="opens_at") if opens else None
    last = moment(*closes, last=True, field="closes_at") if closes else None
    if first and last and last <= first:
        raise RuleBroken(_("Der lukkes, før der er åbnet. Ret en af tiderne."), field="closes_on")
    cohort.preferences_open_at, cohort.preferences_close_at = first, last
