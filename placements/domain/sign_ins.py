"""Signing in by a mailed link or code: single use, ten minutes, bound to the browser that asked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from placements.domain import outbox
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.sign_ins import SignInChallenge, TaskLink, UserSession
from placements.models.users import Role, RoleGrant, User

LIFETIME = timedelta(minutes=10)
SESSION_LIFETIME = timedelta(hours=12)
TRIES = 5
WINDOW = timedelta(minutes=15)
PER_EMAIL = 5
PER_ADDRESS = 40

EXPIRED = _("Linket er brugt eller udløbet. Bed om et nyt, så sender vi det med det samme.")
OTHER_BROWSER = _("Åbn linket i den browser, hvor du bad om det, eller skriv koden fra mailen der.")
WRONG_CODE = _("Koden passer ikke. Se efter i den nyeste mail, og prøv igen.")
CODE_GONE = _("Koden er brugt eller udløbet. Bed om en ny, så sender vi den med det samme.")
# Built once: it runs on every request of somebody who is signed in.
_ACTOR = (
    select(
        User.id, User.name, User.email, User.locale, RoleGrant.role, RoleGrant.programme_id, RoleGrant.unit_id
    )
    .join(UserSession, UserSession.user_id == User.id)
    .outerjoin(RoleGrant, RoleGrant.user_id == User.id)
    .where(
        UserSession.key_hash == bindparam("key_hash"),
        UserSession.ended_at.is_(None),
        UserSession.created_at > bindparam("since"),
        User.active,
    )
)
TOO_MANY = _("Der er bedt om mange links på kort tid. Vent et kvarter, og prøv igen.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser that asked must keep: the challenge's id and its own secret."""

    challenge_id: int
    browser: str


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _find_user(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower(), User.active))


# Questions


def too_many(session: Session, email: str, address: str, *, now: datetime) -> bool:
    """Whether this account or this network address has asked too often within a quarter of an hour."""
    since = now - WINDOW

    def asked(column: object, value: str) -> int:
        counted = select(func.count(SignInChallenge.id)).where(
            column == value, SignInChallenge.created_at > since
        )  # type: ignore[arg-type]
        return session.scalar(counted) or 0

    return (
        asked(SignInChallenge.email_hash, _digest(email.strip().lower())) >= PER_EMAIL
        or asked(SignInChallenge.address_hash, _digest(address)) >= PER_ADDRESS
    )


def actor_of(session: Session, key: str, *, now: datetime) -> Actor | None:
    """The person behind a session key, with today's rights; None when the session has ended."""
    rows = session.execute(_ACTOR, {"key_hash": _digest(key), "since": now - SESSION_LIFETIME}).all()
    if not rows:
        return None
    first = rows[0]
    return Actor(
        id=first.id,
        name=first.name,
        email=first.email,
        locale=first.locale,
        session_key=key,
        roles=frozenset(row.role for row in rows if row.role),
        programme_ids=frozenset(
            r.programme_id for r in rows if r.role is Role.COORDINATOR and r.programme_id
        ),
        teaching_ids=frozenset(r.programme_id for r in rows if r.role is Role.TEACHER and r.programme_id),
        unit_ids=frozenset(r.unit_id for r in rows if r.role is Role.HOST and r.unit_id),
    )


def task_of(session: Session, token: str) -> TaskLink | None:
    return session.scalar(select(TaskLink).where(TaskLink.token_hash == _digest(token)))


def email_of_link(session: Session, token: str) -> str | None:
    """Whom an old link was sent to, so that a new one can be sent without typing; only the holder of the link knows it."""
    challenge = session.scalar(select(SignInChallenge).where(SignInChallenge.token_hash == _digest(token)))
    return challenge.user.email if challenge and challenge.user else None


# Actions


def ask(session: Session, email: str, *, address: str, next_path: str | None = None, now: datetime) -> Asked:
    """Mail a link and a code. An unknown address gets the same work and the same answer, and no mail."""
    if too_many(session, email, address, now=now):
        raise RuleBroken(TOO_MANY)
    token, code, browser = (
        secrets.token_urlsafe(32),
        f"{secrets.randbelow(10**8):08d}",
        secrets.token_urlsafe(32),
    )
    user = _find_user(session, email)
    challenge = SignInChallenge(
        user_id=user.id if user else None,
        email_hash=_digest(email.strip().lower()),
        address_hash=_digest(address),
        token_hash=_digest(token),
        code_hash=_hasher().hash(code),
        browser_hash=_digest(browser),
        next_path=next_path,
        created_at=now,
    )
    session.add(challenge)
    if user:
        outbox.notify(session, user, "sign_in", secrets={"token": token, "code": code}, now=now)
    session.flush()
    return Asked(challenge.id, browser)


def operator_link(session: Session, user: User, *, now: datetime) -> str:
    """A token for whoever stands at the shell: any browser may use it, once, within ten minutes."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInChallenge(
            user_id=user.id,
            email_hash=_digest(user.email),
            address_hash=_digest("operator"),
            token_hash=_digest(token),
            code_hash=None,
            browser_hash=None,
            next_path=None,
            created_at=now,
        )
    )
    return token


def _burn(session: Session, challenge: SignInChallenge, *, now: datetime) -> bool:
    """Mark it used in one statement: of many that come at once, one wins."""
    result = session.execute(
        update(SignInChallenge)
        .where(
            SignInChallenge.id == challenge.id,
            SignInChallenge.used_at.is_(None),
            SignInChallenge.created_at > now - LIFETIME,
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(result, "rowcount", 0) == 1)


def use_link(session: Session, token: str, *, browser: str | None, now: datetime) -> tuple[User, str | None]:
    """The person who signs in, and the path asked for. A wrong browser burns nothing."""
    challenge = session.scalar(select(SignInChallenge).where(SignInChallenge.token_hash == _digest(token)))
    if challenge is None or challenge.user is None or not challenge.user.active:
        raise RuleBroken(EXPIRED)
    if challenge.used_at is not None or challenge.created_at <= now - LIFETIME:
        raise RuleBroken(EXPIRED)
    if challenge.browser_hash and not secrets.compare_digest(challenge.browser_hash, _digest(browser or "")):
        raise RuleBroken(OTHER_BROWSER)
    if not _burn(session, challenge, now=now):
        raise RuleBroken(EXPIRED)
    return challenge.user, challenge.next_path


def count_try(session: Session, challenge_id: int) -> bool:
    """Count a try before the code is looked at; false when all are used. Commit before checking."""
    result = session.execute(
        update(SignInChallenge)
        .where(SignInChallenge.id == challenge_id, SignInChallenge.tries < TRIES)
        .values(tries=SignInChallenge.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(result, "rowcount", 0) == 1)


def use_code(
    session: Session, challenge_id: int, code: str, *, browser: str, now: datetime
) -> tuple[User, str | None]:
    """The same by the mailed code, typed in the browser that asked. Five tries for each code."""
    challenge = session.get(SignInChallenge, challenge_id)
    if challenge is None or challenge.browser_hash is None or challenge.code_hash is None:
        raise RuleBroken(CODE_GONE, field="code")
    if not secrets.compare_digest(challenge.browser_hash, _digest(browser)):
        raise RuleBroken(CODE_GONE, field="code")
    try:
        _hasher().verify(challenge.code_hash, "".join(code.split()))
    except VerifyMismatchError:
        raise RuleBroken(WRONG_CODE, field="code") from None
    if challenge.user is None or not _burn(session, challenge, now=now):
        raise RuleBroken(CODE_GONE, field="code")
    return challenge.user, challenge.next_path


def open_session(session: Session, user: User, *, now: datetime) -> Actor:
    """A new server-side session; the key is told once, here."""
    key = secrets.token_urlsafe(32)
    session.add(UserSession(key_hash=_digest(key), user_id=user.id, created_at=now, ended_at=None))
    session.flush()
    actor = actor_of(session, key, now=now)
    if actor is None:
        raise RuleBroken(EXPIRED)
    return actor


def close_session(session: Session, key: str, *, now: datetime) -> None:
    session.execute(update(UserSession).where(UserSession.key_hash == _digest(key)).values(ended_at=now))


def make_task_link(session: Session, user_id: int, path: str, *, now: datetime) -> str:
    """A token for a task mail."""
    token = secrets.token_urlsafe(24)
    session.add(TaskLink(token_hash=_digest(token), user_id=user_id, path=path, created_at=now))
    return token
