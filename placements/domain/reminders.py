"""Reminding somebody of what waits for them: with its link, and at most once a day for each person and task.

The outbox remembers when a mail about a task was last sent, the first one counting too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import outbox
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.users import User

PAUSE = timedelta(hours=24)
NOBODY = _("Der er ingen at minde om det. Invitér først en person, der kan logge ind.")


class TooSoon(RuleBroken):
    """Less than a day since the last mail; the sentence says when it can be sent again."""


def last_sent(session: Session, path: str) -> datetime | None:
    """When anybody last got a mail about this task."""
    return max((mail.at for mail in outbox.last_mails(session, [path]).values()), default=None)


def remind(session: Session, user: User, message: str, path: str, now: datetime) -> None:
    """One mail with the link; refused, saying when it can be sent again, within a day of the last."""
    one_at_a_time(session, f"remind {user.id} {path}")
    last = outbox.last_mails(session, [path]).get((path, user.id))
    if last is not None and now < last.at + PAUSE:
        raise TooSoon(
            _(
                "%(name)s fik en mail %(last)s. Du kan sende en påmindelse igen fra %(next)s.",
                name=user.name,
                last=last.at,
                next=last.at + PAUSE,
            )
        )
    outbox.notify(session, user, message, path=path, now=now)


def remind_all(
    session: Session, people: Sequence[User], message: str, path: str, now: datetime
) -> list[User]:
    """Everybody whose day has passed; refused when that is nobody. Who was reminded."""
    if not people:
        raise RuleBroken(NOBODY)
    reminded, refusals = [], []
    for person in sorted(set(people), key=lambda user: user.id):
        try:
            remind(session, person, message, path, now)
        except TooSoon as refusal:
            refusals.append(refusal)
        else:
            reminded.append(person)
    if not reminded:
        raise refusals[0]
    return reminded
