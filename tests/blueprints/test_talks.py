"""The pages of the mid-way talk and the final evaluation: host, student and coordinator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.mails import OutgoingMail
from placements.models.placements import Placement
from placements.models.programmes import OutcomeGroup
from placements.models.talks import Progress, Talk, TalkKind, TalkStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
SAID = {
    "held_on": "2025-02-03",
    "goes_well": "Samtalerne",
    "to_work_on": "",
    "next_steps": "Et kursus",
    "version": "0",
}


@pytest.fixture
def placement(make: Factory, place: Callable[..., Placement]) -> Placement:
    placement = place(status="active")
    placement.cohort.programme.outcomes = [OutcomeGroup(position=1, title="Viden om recovery", points=[])]
    make.grant(placement.enrolment.user, "student")
    return placement


@pytest.fixture
def host(make: Factory, as_user: AsUser, placement: Placement) -> Client:
    return as_user(make.host(placement.unit))


@pytest.fixture
def student(as_user: AsUser, placement: Placement) -> Client:
    return as_user(placement.enrolment.user)


def at(placement: Placement, rest: str = "") -> str:
    return f"/placements/{placement.id}/talks{rest}"


def main_of(answer: str) -> BeautifulSoup:
    found = BeautifulSoup(answer, "html.parser").find("main")
    assert found is not None
    return found  # type: ignore[return-value]


def fields(answer: str) -> list[str]:
    """What a person fills in: a group of radio buttons is one."""
    form = main_of(answer).find("form", class_="form")
    named = [field["name"] for field in form.select("input:not([type=hidden]), textarea, select")]  # type: ignore[union-attr]
    return list(dict.fromkeys(map(str, named)))


def talk_in(make: Factory, placement: Placement, status: str, **values: object) -> Talk:
    return make.keep(
        Talk(
            **{
                "placement_id": placement.id,
                "kind": TalkKind.MIDWAY,
                "status": TalkStatus(status),
                "held_on": date(2025, 2, 3),
                "goes_well": "Samtalerne",
                "next_steps": "Et kursus",
                "shared_by_name": "Vera Vært",
                "shared_at": make.user().created_at,
            }
            | values
        )
    )


def test_host_writes_on_two_pages_and_the_student_reads_what_is_shared(
    session: Session, host: Client, student: Client, placement: Placement
) -> None:
    here = at(placement, "/midway")
    assert fields(host.get(here).text) == ["held_on", "goes_well", "to_work_on", "next_steps"]
    assert host.post(f"{here}/continue", data=SAID).location == f"{here}/share"
    assert "Samtalerne" not in student.get(here).text
    assert fields(host.get(f"{here}/share").text) == ["group_1"]
    assert host.post(f"{here}/share", data={"version": "1", "group_1": "reaches"}).location == here
    read = main_of(student.get(here).text).get_text(" ", strip=True)
    for line in ("Samtalerne", "Et kursus", "Viden om recovery Når det", "Delt af Vera Vært"):
        assert line in read
    session.rollback()
    talk = session.scalars(select(Talk)).one()
    assert [mark.progress for mark in talk.marks] == [Progress.REACHES]


def test_draft_says_when_it_was_saved_and_an_old_form_gets_both_values(
    host: Client, coordinator: Client, placement: Placement
) -> None:
    here = at(placement, "/midway")
    assert host.post(here, data=SAID).location == here
    assert "Gemt kl. " in host.get(here).text
    assert coordinator.post(here, data=SAID | {"version": "1", "goes_well": "Alt"}).status_code == 303
    answer = host.post(here, data=SAID | {"version": "1", "goes_well": "Min linje"})
    assert answer.status_code == 409
    assert "Min linje" in answer.text
    assert "Alt" in main_of(answer.text).find(class_="conflict-table").text  # type: ignore[union-attr]


def test_share_without_a_group_says_what_is_missing(
    make: Factory, host: Client, placement: Placement
) -> None:
    talk_in(make, placement, "written", next_steps=None)
    answer = host.post(at(placement, "/midway/share"), data={"version": "1"})
    assert answer.status_code == 422
    assert "Samtalen kan ikke deles endnu." in answer.text
    assert "Der står, hvad I har aftalt" in answer.text


def test_student_disagrees_in_their_own_words(
    make: Factory, session: Session, student: Client, host: Client, coordinator: Client, placement: Placement
) -> None:
    talk_in(make, placement, "shared")
    here = at(placement, "/midway")
    assert student.post(f"{here}/answer", data={"version": "1"}).status_code == 422
    empty = student.post(f"{here}/answer", data={"version": "1", "agrees": "no"})
    assert (empty.status_code, "Skriv kort, hvad du ser anderledes på." in empty.text) == (422, True)
    sent = {"version": "1", "agrees": "no", "words": "Jeg har holdt fire samtaler"}
    assert student.post(f"{here}/answer", data=sent).location == here
    for reader in (host, coordinator, student):
        assert "Jeg har holdt fire samtaler" in reader.get(here).text
    assert "Vi har talt om det" not in host.get(here).text
    assert "Vi har talt om det" in coordinator.get(here).text
    assert "Samtaler, som den studerende ikke er enig i" in coordinator.get("/").text
    assert coordinator.post(f"{here}/close", data={"version": "2"}).location == here
    assert "Jeg har holdt fire samtaler" in student.get(here).text
    late = coordinator.post(f"{here}/close", data={"version": "3"})
    assert late.status_code == 422


def test_coordinator_agrees_on_a_day_and_the_host_gets_the_link(
    session: Session, host: Client, coordinator: Client, placement: Placement
) -> None:
    here = at(placement, "/midway")
    assert coordinator.post(f"{here}/plan", data={"held_on": "2025-02-20", "version": "0"}).location == at(
        placement
    )
    session.rollback()
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.message == "task_talk")).one()
    assert mail.path == here
    assert "20. februar 2025" in host.get(at(placement)).text


def test_writer_takes_back_what_nobody_has_answered(
    make: Factory, host: Client, student: Client, placement: Placement
) -> None:
    talk_in(make, placement, "shared")
    here = at(placement, "/midway")
    assert host.post(f"{here}/take-back", data={"version": "9"}).status_code == 409
    assert host.post(f"{here}/take-back", data={"version": "1"}).location == here
    assert "Samtalerne" not in student.get(here).text
    answer = student.post(f"{here}/answer", data={"version": "2", "agrees": "yes"})
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["midway", "final", "party"])
def test_other_kinds_of_talk_are_not_there(host: Client, placement: Placement, kind: str) -> None:
    assert host.get(at(placement, f"/{kind}")).status_code == (404 if kind == "party" else 200)


def test_talks_are_nobody_elses(
    make: Factory, as_user: AsUser, teacher: Client, host: Client, placement: Placement
) -> None:
    talk_in(make, placement, "shared")
    other = make.enrolment(placement.cohort, make.grant(make.user("Frida Falk"), "student"))
    elsewhere = [
        as_user(make.host(make.unit("Team Syd"))),
        as_user(other.user),
        as_user(make.coordinator(make.programme("hovedstaden"))),
    ]
    for path in (at(placement), at(placement, "/midway")):
        assert "Stine Holm" in host.get(path).text
        for reader in elsewhere:
            assert reader.get(path).status_code == 404
        assert teacher.get(path).status_code == 403


def test_overview_asks_the_same_of_the_database_for_both_talks(
    make: Factory, host: Client, placement: Placement, query_count: Count
) -> None:
    host.get(at(placement))
    none = query_count(lambda: host.get(at(placement)))
    talk_in(make, placement, "shared")
    talk_in(make, placement, "written", kind=TalkKind.FINAL)
    assert query_count(lambda: host.get(at(placement))) == none
