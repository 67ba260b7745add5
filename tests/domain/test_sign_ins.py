"""One-time links and codes: how long, how often, by whom."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import sign_ins
from placements.domain.rules import RuleBroken, TooOften
from placements.models.mails import OutgoingMail
from placements.models.sign_ins import SignInChallenge, SignInMethod, UserSession
from placements.models.users import User
from tests.factories import Factory

CODE = SignInMethod.CODE

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HERE = "192.0.2.1"


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email="anne@example.org")


def ask(session: Session, email: str = "anne@example.org", address: str = HERE, now: datetime = NOW) -> Any:
    """What the browser keeps, the token of the link and the code: both None for an unknown address."""
    with writing():
        session.rollback()
        asked = sign_ins.ask(session, email, address=address, next_path="/my", now=now)
        session.commit()
    newest = select(OutgoingMail).where(OutgoingMail.message == "sign_in").order_by(OutgoingMail.id.desc())
    mail = session.scalars(newest.limit(1)).first()
    return asked, mail and mail.secrets["token"], mail and mail.secrets["code"]


def by_link(session: Session, **values: Any) -> sign_ins.Entered:
    return sign_ins.use_link(session, values["token"], browser=values["browser"], now=values["now"])


# Links


def test_use_link_gives_the_person_and_the_page(session: Session, anne: User) -> None:
    asked, token, _code = ask(session)
    assert by_link(session, token=token, browser=asked.browser, now=NOW) == sign_ins.Entered(
        anne, "/my", SignInMethod.MAILED_LINK
    )


def test_use_link_once(session: Session, anne: User) -> None:
    asked, token, _code = ask(session)
    by_link(session, token=token, browser=asked.browser, now=NOW)
    with pytest.raises(RuleBroken, match="brugt eller udløbet"):
        by_link(session, token=token, browser=asked.browser, now=NOW)


def test_use_link_within_ten_minutes(session: Session, anne: User) -> None:
    asked, token, _code = ask(session)
    with pytest.raises(RuleBroken, match="udløbet"):
        by_link(session, token=token, browser=asked.browser, now=NOW + timedelta(minutes=10) + SECOND)
    assert by_link(session, token=token, browser=asked.browser, now=NOW + timedelta(minutes=10) - SECOND)


@pytest.mark.parametrize("other", ["another browser", "the same person's earlier request", None])
def test_use_link_of_another_browser_burns_nothing(session: Session, anne: User, other: str | None) -> None:
    earlier, _token, _code = ask(session)
    asked, token, _code = ask(session)
    browser = earlier.browser if other and "earlier" in other else other
    with pytest.raises(RuleBroken, match="i den browser"):
        by_link(session, token=token, browser=browser, now=NOW)
    assert by_link(session, token=token, browser=asked.browser, now=NOW)


def test_use_link_of_somebody_deactivated(session: Session, anne: User) -> None:
    asked, token, _code = ask(session)
    anne.active = False
    session.commit()
    with pytest.raises(RuleBroken, match="udløbet"):
        by_link(session, token=token, browser=asked.browser, now=NOW)


def test_link_of_an_operator_needs_no_browser(session: Session, anne: User) -> None:
    token = sign_ins.operator_link(session, anne, now=NOW)
    session.commit()
    with pytest.raises(RuleBroken):
        by_link(session, token=token, browser=None, now=NOW + timedelta(minutes=10))
    assert by_link(session, token=token, browser=None, now=NOW) == sign_ins.Entered(
        anne, None, SignInMethod.OPERATOR_LINK
    )
    with pytest.raises(RuleBroken):
        by_link(session, token=token, browser=None, now=NOW)


# Codes


def test_use_code_gives_the_person_and_the_page_once(session: Session, anne: User) -> None:
    asked, _token, code = ask(session)
    spaced = f" {code[:4]} {code[4:]} "
    assert sign_ins.use_code(session, asked.challenge_id, spaced, browser=asked.browser, now=NOW) == (
        sign_ins.Entered(anne, "/my", CODE)
    )
    with pytest.raises(RuleBroken, match="brugt eller udløbet"):
        sign_ins.use_code(session, asked.challenge_id, code, browser=asked.browser, now=NOW)


def test_use_code_and_link_are_one(session: Session, anne: User) -> None:
    asked, token, code = ask(session)
    sign_ins.use_code(session, asked.challenge_id, code, browser=asked.browser, now=NOW)
    with pytest.raises(RuleBroken):
        by_link(session, token=token, browser=asked.browser, now=NOW)


def test_use_code_within_ten_minutes(session: Session, anne: User) -> None:
    asked, _token, code = ask(session)
    late = NOW + timedelta(minutes=10) + SECOND
    with pytest.raises(RuleBroken, match="udløbet"):
        sign_ins.use_code(session, asked.challenge_id, code, browser=asked.browser, now=late)


def test_use_code_of_another_browser(session: Session, anne: User) -> None:
    asked, _token, code = ask(session)
    with pytest.raises(RuleBroken, match="udløbet"):
        sign_ins.use_code(session, asked.challenge_id, code, browser="another", now=NOW)


def test_use_code_of_an_unknown_address(session: Session) -> None:
    asked, _token, _code = ask(session, "nobody@example.org")
    with pytest.raises(RuleBroken, match="passer ikke"):
        sign_ins.use_code(session, asked.challenge_id, "12345678", browser=asked.browser, now=NOW)


def test_count_try_five_times(session: Session, anne: User) -> None:
    asked, _token, _code = ask(session)
    assert [sign_ins.count_try(session, asked.challenge_id) for _ in range(7)] == [True] * 5 + [False] * 2


def test_count_try_of_nothing(session: Session) -> None:
    assert sign_ins.count_try(session, 0) is False


# Asking


def test_ask_keeps_no_secret_in_the_clear(session: Session, anne: User) -> None:
    asked, token, code = ask(session)
    row = session.execute(select(SignInChallenge.__table__)).one()
    kept = " ".join(str(value) for value in row)
    assert not {token, code, asked.browser, "anne@example.org"} & set(kept.split())
    assert row.code_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert len(token) >= 22
    assert len(code) == 8


def test_ask_finds_an_address_however_it_is_written(session: Session, anne: User) -> None:
    _asked, token, _code = ask(session, "  Anne@Example.ORG ")
    assert token


def test_ask_for_an_unknown_address_leaves_the_same_row_and_no_mail(session: Session, anne: User) -> None:
    ask(session, "nobody@example.org")
    challenge = session.scalars(select(SignInChallenge)).one()
    assert (challenge.user_id, bool(challenge.code_hash), bool(challenge.browser_hash)) == (None, True, True)
    assert session.scalar(select(func.count(OutgoingMail.id))) == 0


def test_ask_does_the_same_work_for_an_unknown_address(session: Session, anne: User) -> None:
    """The costly part, hashing the code, is done for both: no clock tells who is known."""
    for email in ("anne@example.org", "nobody@example.org"):
        sign_ins.ask(session, email, address=HERE, now=NOW)
    hashes = session.scalars(select(SignInChallenge.code_hash).order_by(SignInChallenge.id)).all()
    known, unknown = (str(hashed).split("$")[1:4] for hashed in hashes)
    assert known == unknown == ["argon2id", "v=19", "m=19456,t=2,p=1"]


def test_ask_too_often_from_one_place(session: Session, anne: User) -> None:
    for _ in range(5):
        ask(session)
    with pytest.raises(TooOften, match="kvarter"):
        ask(session, "ANNE@example.org")
    assert ask(session, address="198.51.100.7")[1], "the owner is not locked out by somebody elsewhere"
    assert ask(session, now=NOW + timedelta(minutes=15) + SECOND)[1], (
        "after a quarter of an hour it works again"
    )


@pytest.mark.parametrize("email", ["anne@example.org", "nobody@example.org"])
def test_ask_too_often_for_one_person(session: Session, anne: User, email: str) -> None:
    for number in range(15):
        ask(session, email, address=f"192.0.2.{number}")
    with pytest.raises(TooOften):
        ask(session, email, address="192.0.2.99")


def test_ask_too_often_for_many_people(session: Session, anne: User) -> None:
    for number in range(40):
        ask(session, f"person{number}@example.org")
    with pytest.raises(TooOften):
        ask(session)


def test_ask_again_needs_nothing_typed(session: Session, anne: User) -> None:
    first, old_token, _code = ask(session)
    old = sign_ins.by_token(session, old_token)
    assert old is not None
    assert old == sign_ins.by_browser(session, first.challenge_id, first.browser)
    asked = sign_ins.ask_again(session, old, address=HERE, now=NOW + timedelta(days=1))
    session.commit()
    token = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first().secrets["token"]  # type: ignore[union-attr]
    entered = by_link(session, token=token, browser=asked.browser, now=NOW + timedelta(days=1))
    assert (entered.user, entered.next_path) == (anne, "/my")


def test_by_browser_of_somebody_else(session: Session, anne: User) -> None:
    asked, _token, _code = ask(session)
    assert sign_ins.by_browser(session, asked.challenge_id, "another") is None


# Sixteen at once


def at_once(app: Flask, times: int, act: Callable[[], object]) -> list[str]:
    """The outcome of each, every one in a thread and a transaction of its own."""

    def one(_number: int) -> str:
        with app.app_context(), writing():
            try:
                act()
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return type(broken).__name__
            return "done"

    with ThreadPoolExecutor(times) as threads:
        return sorted(threads.map(one, range(times)))


def test_use_link_sixteen_at_once(app: Flask, session: Session, anne: User) -> None:
    asked, token, _code = ask(session)
    session.rollback()
    outcome = at_once(app, 16, lambda: sign_ins.use_link(db.session(), token, browser=asked.browser, now=NOW))
    assert outcome == ["RuleBroken"] * 15 + ["done"]


def test_use_code_sixteen_at_once(app: Flask, session: Session, anne: User) -> None:
    asked, _token, code = ask(session)
    session.rollback()
    identity = asked.challenge_id
    outcome = at_once(
        app, 16, lambda: sign_ins.use_code(db.session(), identity, code, browser=asked.browser, now=NOW)
    )
    assert outcome == ["RuleBroken"] * 15 + ["done"]


def test_ask_sixteen_at_once(app: Flask, session: Session, anne: User) -> None:
    session.rollback()
    outcome = at_once(app, 16, lambda: sign_ins.ask(db.session(), "anne@example.org", address=HERE, now=NOW))
    assert outcome == ["TooOften"] * 11 + ["done"] * 5


# Sessions


def test_actor_of_a_session_for_twelve_hours(session: Session, anne: User) -> None:
    key = sign_ins.open_session(session, anne, method=CODE, now=NOW).session_key
    assert sign_ins.actor_of(session, key, now=NOW + timedelta(hours=12) - SECOND)
    assert sign_ins.actor_of(session, key, now=NOW + timedelta(hours=12)) is None


def test_close_session(session: Session, anne: User) -> None:
    key = sign_ins.open_session(session, anne, method=CODE, now=NOW).session_key
    sign_ins.close_session(session, key, now=NOW)
    assert sign_ins.actor_of(session, key, now=NOW) is None
    assert sign_ins.owner_of(session, key) == anne.id


def test_open_session_keeps_only_a_hash_of_the_key(session: Session, anne: User) -> None:
    key = sign_ins.open_session(session, anne, method=CODE, now=NOW).session_key
    assert len(key) == 43
    assert session.scalars(select(UserSession.key_hash)).one() != key
