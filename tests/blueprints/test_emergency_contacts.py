"""Row 82: who to call in an emergency, for those who need to know, and the sheet for the unit's board."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import looks
from placements.models.emergency_contacts import EmergencyContact
from placements.models.events import Event
from placements.models.placements import PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

As = Callable[[User], Client]
IDA = {"name": "Ida Kjær", "phone": "20 12 34 56", "relation": "søster"}
S = PlacementStatus
SHOWN_TO_HOST = {S.ACCEPTED, S.AGREED, S.ACTIVE}


class Scene:
    """Stine in practicum at Team Nord, where Vita supervises; she has named Ida."""

    def __init__(self, make: Factory, as_user: As, status: str = "active", named: bool = True) -> None:
        self.make, self.as_user = make, as_user
        unit = make.unit("Team Nord", phone="78 40 11 22")
        vita = make.contact(unit, "Vita Vejleder", phone="78 40 11 25")
        make.contact(unit, "Gitte Gået", phone="78 40 11 99", is_host=True, active=False)
        self.placement = make.placement(unit=unit, status=status, supervisor_id=vita.id)
        self.enrolment_id = self.placement.enrolment_id
        if named:
            make.keep(EmergencyContact(enrolment_id=self.enrolment_id, **IDA))
        self.path, self.own = (
            f"/placements/{self.placement.id}/emergency",
            f"/my/emergency/{self.enrolment_id}",
        )
        self.student = as_user(self.placement.enrolment.user)
        self.host_user = make.host(unit, name="Hanne Host")
        self.host = as_user(self.host_user)
        programme = self.placement.cohort.programme
        self.coordinator = as_user(make.coordinator(programme, phone="87 87 40 10"))


SceneOf = Callable[..., Scene]


@pytest.fixture
def scene_of(make: Factory, as_user: As) -> SceneOf:
    return lambda **values: Scene(make, as_user, **values)


def named(session: Session) -> list[tuple[str, str, str | None]]:
    return [
        (c.name, c.phone, c.relation)
        for c in session.scalars(select(EmergencyContact).order_by(EmergencyContact.id))
    ]


def test_student_names_somebody_and_another_and_deletes_it(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of(named=False)
    assert scene.student.post(scene.own, data=IDA).status_code == 303
    assert named(session) == [("Ida Kjær", "20 12 34 56", "søster")]
    other = {"name": "Bo Kjær", "phone": "+45 20123457", "relation": "", "version": 1}
    assert scene.student.post(scene.own, data=other).status_code == 303
    assert named(session) == [("Bo Kjær", "+45 20123457", None)]
    assert scene.student.post(f"{scene.own}/delete").status_code == 303
    assert named(session) == []


def test_history_keeps_that_it_changed_and_never_what_it_said(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of(named=False)
    scene.student.post(scene.own, data=IDA)
    scene.student.post(f"{scene.own}/delete")
    kept = session.scalars(select(Event).where(Event.table_name == "emergency_contact")).all()
    assert [event.action.value for event in kept] == ["created", "deleted"]
    assert {field: new for field, (_old, new) in kept[0].changes.items() if field in IDA} == dict.fromkeys(
        IDA, "•"
    )
    assert "Ida" not in str([event.changes for event in kept])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Skriv personens navn."),
        ({"phone": "2012345"}, "Telefonnummeret skal have mindst otte cifre."),
        ({"relation": "min søster som er syg"}, "Skriv det med ét ord, fx søster eller ven."),
    ],
)
def test_wrong_input_is_refused_at_its_field(
    scene_of: SceneOf, session: Session, wrong: dict[str, str], sentence: str
) -> None:
    scene = scene_of(named=False)
    answer = scene.student.post(scene.own, data=IDA | wrong)
    assert (answer.status_code, named(session)) == (422, [])
    assert sentence in answer.text


def test_another_change_in_between_is_not_overwritten(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of()
    answer = scene.student.post(scene.own, data=IDA | {"name": "Bo", "version": 7})
    assert (answer.status_code, named(session)[0][0]) == (409, "Ida Kjær")


def test_sheet_says_whom_to_call(scene_of: SceneOf) -> None:
    scene = scene_of()
    for browser in (scene.host, scene.coordinator, scene.student):
        page = browser.get(scene.path).text
        for text in ("Ida Kjær", "tel:20123456", "tel:112", "Vita Vejleder", "78 40 11 22", "87 87 40 10"):
            assert text in page
        assert "Gitte Gået" not in page


@pytest.mark.parametrize("status", list(PlacementStatus))
def test_host_sees_it_from_yes_to_the_last_day_only(scene_of: SceneOf, status: PlacementStatus) -> None:
    scene = scene_of(status=status)
    answer = scene.host.get(scene.path)
    assert answer.status_code == (200 if status in SHOWN_TO_HOST else 404)
    assert ("Ida Kjær" in answer.text) == (status in SHOWN_TO_HOST)
    linked = scene.coordinator.get(f"/placements/{scene.placement.id}").text
    assert (f'href="{scene.path}"' in linked) == (status in SHOWN_TO_HOST)


def test_student_whose_practicum_came_to_nothing_can_still_delete_it(
    scene_of: SceneOf, session: Session
) -> None:
    scene = scene_of(status="cancelled")
    assert scene.own in scene.student.get("/my").text
    assert scene.student.post(f"{scene.own}/delete").status_code == 303
    assert named(session) == []


def test_others_see_nothing(scene_of: SceneOf, make: Factory, as_user: As) -> None:
    scene = scene_of()
    programme = scene.placement.cohort.programme
    elsewhere = make.placement(cohort=scene.placement.cohort, unit=make.unit("Team Syd"), status="active")
    others: list[tuple[User, int]] = [
        (make.host(elsewhere.unit), 404),
        (elsewhere.enrolment.user, 404),
        (make.teacher(programme), 403),
        (make.coordinator(make.programme("hovedstaden")), 404),
    ]
    for user, status in others:
        for path in (scene.path, f"{scene.path}.pdf"):
            answer = as_user(user).get(path)
            assert (answer.status_code, b"Ida" in answer.data) == (status, False)
    assert as_user(elsewhere.enrolment.user).get(scene.own).status_code == 404
    assert as_user(elsewhere.enrolment.user).post(f"{scene.own}/delete").status_code == 404


def test_each_look_is_kept_and_the_student_sees_the_list(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of()
    for browser in (scene.student, scene.host, scene.coordinator, scene.host):
        browser.get(scene.path)
    seen = [entry.name for entry in looks.of(session, "emergency", scene.enrolment_id)]
    assert seen == ["Hanne Host", "Karen Koordinator", "Hanne Host"]
    assert "Hanne Host" in scene.student.get(scene.own).text


def test_nothing_is_kept_when_nobody_is_named(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of(named=False)
    assert "Der er ikke skrevet nogen." in scene.host.get(scene.path).text
    assert looks.of(session, "emergency", scene.enrolment_id) == []


def test_look_from_a_shared_mailbox_says_who(scene_of: SceneOf, make: Factory, session: Session) -> None:
    scene = scene_of(status="accepted")
    browser = scene.as_user(make.host(scene.placement.unit, name="Team Nord", shared=True))
    browser.get(scene.path)
    here = f"/placements/{scene.placement.id}"
    data = {"version": 1, "supervisor_id": scene.placement.supervisor_id, "acting_name": "Bo Berg"}
    assert browser.post(f"{here}/supervisor", data=data).status_code == 303
    browser.get(scene.path)
    seen = [entry.name for entry in looks.of(session, "emergency", scene.enrolment_id)]
    assert seen == ["Bo Berg (Team Nord)", "Team Nord"]


def test_print_holds_the_same_on_one_page_and_is_a_look(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of()
    answer = scene.host.get(f"{scene.path}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="hvis-der-sker-noget-2025-02-03.pdf"'
    text = reading.text(answer.data)
    for part in ("Ida Kjær", "20 12 34 56", "ring 112", "Vita Vejleder", "78 40 11 25", "87 87 40 10"):
        assert part in text
    assert "Uddannelsen" not in text
    assert len(reading.pages(answer.data)) == 1
    assert len(looks.of(session, "emergency", scene.enrolment_id)) == 1


@pytest.mark.usefixtures("with_csrf")
def test_without_a_token_nothing_is_saved(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of(named=False)
    assert scene.student.post(scene.own, data=IDA).status_code == 400
    assert named(session) == []
