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

from placements.db import one_at_a_time
from placements.domain import outbox
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, TooOften
from placements.i18n import _
from placements.models.sign_ins import SignInChallenge, SignInMethod, TaskLink, UserSession
from placements.models.users import Role, RoleGrant, User

LIFETIME = timedelta(minutes=10)
SESSION_LIFETIME = timedelta(hours=12)
TRIES = 5
WINDOW = timedelta(minutes=15)
# From one place one may ask a few times for one person; nobody can use up another's chances from elsewhere.
PER_EMAIL_HERE = 5
PER_EMAIL = 15
PER_ADDRESS = 40

EXPIRED = _("Linket er brugt eller udløbet. Bed om et nyt, så sender vi det med det samme.")
OTHER_BROWSER = _("Åbn linket i den browser, hvor du bad om det, eller skriv koden fra mailen der.")
WRONG_CODE = _("Koden passer ikke. Se efter i den nyeste mail, og prøv igen.")
CODE_GONE = _("Koden er brugt eller udløbet. Bed om en ny, så sender vi den med det samme.")
_U, _G, _S = User.__table__, RoleGrant.__table__, UserSession.__table__
# Built once: it runs on every request of somebody who is signed in.
_ACTOR = (
    select(
        *(_U.c.id, _U.c.name, _U.c.email, _U.c.locale, _U.c.shared),
        *(_G.c.role, _G.c.programme_id, _G.c.unit_id, _S.c.method, _S.c.acting_name),
    )
    .select_from(_U.join(_S, _S.c.user_id == _U.c.id).outerjoin(_G, _G.c.user_id == _U.c.id))
    .where(
        _S.c.key_hash == bindparam("key_hash"),
        _S.c.ended_at.is_(None),
        _S.c.created_at > bindparam("since"),
        _U.c.active,
    )
)
TOO_MANY = _("Der er bedt om mange links på kort tid. Vent et kvarter, og prøv igen.")


@dataclass(frozen=True, slots=True)
class Entered:
    """Who signs in, where they were going, and how they came in."""

    user: User
    next_path: str | None
    method: SignInMethod


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser that asked must keep: the challenge's id and its own secret."""

    challenge_id: int
    browser: str


def _tidy(email: str) -> str:
    return email.strip().lower()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _find_user(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == _tidy(email), User.active))


# Questions


def too_many(session: Session, email_hash: str, address_hash: str, *, now: datetime) -> bool:
    """Whether this account or this network address has asked too often within a quarter of an hour."""
    mine, here = SignInChallenge.email_hash == email_hash, SignInChallenge.address_hash == address_hash
    number = func.count(SignInChallenge.id)
    both, by_email, by_address = session.execute(
        select(number.filter(mine & here), number.filter(mine), number.filter(here)).where(
            mine | here, SignInChallenge.created_at > now - WINDOW, SignInChallenge.code_hash.is_not(None)
        )
    ).one()
    return bool(both >= PER_EMAIL_HERE or by_email >= PER_EMAIL or by_address >= PER_ADDRESS)


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
        method=first.method,
        shared=first.shared,
        acting_name=first.acting_name if first.shared else None,
        roles=frozenset(row.role for row in rows if row.role),
        programme_ids=frozenset(
            r.programme_id for r in rows if r.role is Role.COORDINATOR and r.programme_id
        ),
        teaching_ids=frozenset(r.programme_id for r in rows if r.role is Role.TEACHER and r.programme_id),
        unit_ids=frozenset(r.unit_id for r in rows if r.role is Role.HOST and r.unit_id),
    )


def task_of(session: Session, token: str) -> TaskLink | None:
    return session.scalar(select(TaskLink).where(TaskLink.token_hash == _digest(token)))


def by_token(session: Session, token: str) -> SignInChallenge | None:
    """What a mailed link belongs to, however old it is; only its holder knows the token."""
    return session.scalar(select(SignInChallenge).where(SignInChallenge.token_hash == _digest(token)))


def by_browser(session: Session, challenge_id: int, browser: str) -> SignInChallenge | None:
    """What this very browser asked for."""
    challenge = session.get(SignInChallenge, challenge_id)
    if challenge is None or challenge.browser_hash is None:
        return None
    return challenge if secrets.compare_digest(challenge.browser_hash, _digest(browser)) else None


def owner_of(session: Session, key: str) -> int | None:
    """Whose session this key opened, also when it has ended."""
    return session.scalar(select(UserSession.user_id).where(UserSession.key_hash == _digest(key)))


# Actions


def ask(session: Session, email: str, *, address: str, next_path: str | None = None, now: datetime) -> Asked:
    """Mail a link and a code. An unknown address gets the same work and the same answer, and no mail."""
    user = _find_user(session, email)
    return _challenge(session, user, _digest(_tidy(email)), address=address, next_path=next_path, now=now)


def ask_again(session: Session, old: SignInChallenge, *, address: str, now: datetime) -> Asked:
    """A new link and code for whoever the old ones were for."""
    user = old.user if old.user and old.user.active else None
    return _challenge(session, user, old.email_hash, address=address, next_path=old.next_path, now=now)


def _challenge(
    session: Session,
    user: User | None,
    email_hash: str,
    *,
    address: str,
    next_path: str | None,
    now: datetime,
) -> Asked:
    address_hash = _digest(address)
    one_at_a_time(session, email_hash, address_hash)
    if too_many(session, email_hash, address_hash, now=now):
        raise TooOften(TOO_MANY)
    token, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    code = f"{secrets.randbelow(10**8):08d}"
    challenge = SignInChallenge(
        user_id=user.id if user else None,
        email_hash=email_hash,
        address_hash=address_hash,
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


def use_link(session: Session, token: str, *, browser: str | None, now: datetime) -> Entered:
    """The person who signs in, and the path asked for. A wrong browser burns nothing."""
    challenge = by_token(session, token)
    if challenge is None or challenge.user is None or not challenge.user.active:
        raise RuleBroken(EXPIRED)
    if challenge.used_at is not None or challenge.created_at <= now - LIFETIME:
        raise RuleBroken(EXPIRED)
    if challenge.browser_hash and not secrets.compare_digest(challenge.browser_hash, _digest(browser or "")):
        raise RuleBroken(OTHER_BROWSER)
    if not _burn(session, challenge, now=now):
        raise RuleBroken(EXPIRED)
    by_operator = challenge.browser_hash is None
    method = SignInMethod.OPERATOR_LINK if by_operator else SignInMethod.MAILED_LINK
    return Entered(challenge.user, challenge.next_path, method)


def count_try(session: Session, challenge_id: int) -> bool:
    """Count a try before the code is looked at; false when all are used. Commit before checking."""
    result = session.execute(
        update(SignInChallenge)
        .where(SignInChallenge.id == challenge_id, SignInChallenge.tries < TRIES)
        .values(tries=SignInChallenge.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(getattr(result, "rowcount", 0) == 1)


def use_code(session: Session, challenge_id: int, code: str, *, browser: str, now: datetime) -> Entered:
    """The same by the mailed code, typed in the browser that asked. Five tries for each code."""
    challenge = by_browser(session, challenge_id, browser)
    if challenge is None or challenge.code_hash is None:
        raise RuleBroken(CODE_GONE, field="code")
    try:
        _hasher().verify(challenge.code_hash, "".join(code.split()))
    except VerifyMismatchError:
        raise RuleBroken(WRONG_CODE, field="code") from None
    user = challenge.user
    if user is None or not user.active or not _burn(session, challenge, now=now):
        raise RuleBroken(CODE_GONE, field="code")
    return Entered(user, challenge.next_path, SignInMethod.CODE)


def open_session(session: Session, user: User, *, method: SignInMethod, now: datetime) -> Actor:
    """A new server-side session; the key is told once, here."""
    key = secrets.token_urlsafe(32)
    session.add(
        UserSession(key_hash=_digest(key), user_id=user.id, method=method, created_at=now, ended_at=None)
    )
    session.flush()
    actor = actor_of(session, key, now=now)
    if actor is None:
        raise RuleBroken(EXPIRED)
    return actor


def close_session(session: Session, key: str, *, now: datetime) -> None:
    session.execute(
        update(UserSession)
        .where(UserSession.key_hash == _digest(key), UserSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def remember(session: Session, key: str, acting_name: str) -> None:
    """Who it is, of those who share the account, until somebody says another name."""
    session.execute(
        update(UserSession).where(UserSession.key_hash == _digest(key)).values(acting_name=acting_name)
    )


def make_task_link(session: Session, user_id: int, path: str, *, now: datetime) -> str:
    """A token for a task mail."""
    token = secrets.token_urlsafe(24)
    session.add(TaskLink(token_hash=_digest(token), user_id=user_id, path=path, created_at=now))
    return token
