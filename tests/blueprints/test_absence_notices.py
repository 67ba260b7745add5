"""A participant's own sessions on screen, and giving notice (row 22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.attendance import AbsenceNotice, AbsenceReason
from placements.models.teaching import TeachingSession
from placements.models.users import User
from tests.class_scene import Class
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


@pytest.fixture
def coming(room: Class) -> TeachingSession:
    return room.make.teaching_session(room.run, held_on=date(2025, 2, 10), place="Lokale 2")


@pytest.fixture
def bo(room: Class, as_user: AsUser) -> Client:
    return as_user(room.bo.user)


def test_notice_is_given_shown_and_taken_back(
    room: Class, coming: TeachingSession, session: Session, bo: Client
) -> None:
    page = f"/my/sessions/{room.bo.id}"
    address = f"{page}/{coming.id}/absence"
    assert bo.post(address, data={"reason": "illness"}).location == page
    notice = session.scalars(select(AbsenceNotice)).one()
    assert (notice.session_id, notice.enrolment_id, notice.reason) == (
        coming.id,
        room.bo.id,
        AbsenceReason.ILLNESS,
    )
    page_after = bo.get(page).text
    shown = BeautifulSoup(page_after, "html.parser").select_one(f"#session-{coming.id}")
    assert shown is not None
    assert "mandag 10. februar 2025 (uge 7)" in shown.text
    assert "kl. 9.00-12.00 · Modul 2 · Lokale 2" in shown.text
    assert "Du har meldt afbud" in shown.text
    assert "kommer du alene med den under grænsen for fremmøde" in page_after
    assert bo.post(f"{address}/take-back").location == page
    assert session.scalars(select(AbsenceNotice)).all() == []


def test_notice_without_a_reason_is_refused_at_its_field(
    room: Class, coming: TeachingSession, bo: Client
) -> None:
    answer = bo.post(f"/my/sessions/{room.bo.id}/{coming.id}/absence", data={"reason": ""})
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert [field["id"] for field in page.select("[aria-invalid]")] == [f"reason-{coming.id}"]
    assert [form.has_attr("open") for form in page.select(f"#session-{coming.id} details")] == [True]


def test_notice_is_for_oneself_alone(
    room: Class, coming: TeachingSession, session: Session, bo: Client
) -> None:
    answer = bo.post(f"/my/sessions/{room.amalie.id}/{coming.id}/absence", data={"reason": "work"})
    assert answer.status_code == 404
    assert session.scalars(select(AbsenceNotice)).all() == []


def test_home_leads_to_the_sessions(room: Class, bo: Client) -> None:
    links = [link["href"] for link in BeautifulSoup(bo.get("/my").text, "html.parser").select("main a")]
    assert f"/my/sessions/{room.bo.id}" in links


def test_page_asks_as_often_for_many_as_for_few(
    room: Class, coming: TeachingSession, bo: Client, query_count: Count
) -> None:
    few = query_count(lambda: bo.get(f"/my/sessions/{room.bo.id}"))
    for day in range(11, 14):
        room.make.absence_notice(room.make.teaching_session(room.run, held_on=date(2025, 2, day)), room.bo)
    assert query_count(lambda: bo.get(f"/my/sessions/{room.bo.id}")) == few
