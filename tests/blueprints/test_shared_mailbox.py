"""Row 95: a ward has one mailbox for several people, and each act says which of them it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history
from placements.models.events import Event
from placements.models.hosts import Contact
from placements.models.hours import HoursStatus, HoursWeek
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory

As = Callable[[User], Client]
ASK = "Vælg eller skriv, hvem du er."


class Ward:
    """Team Nord with Bo and Eva, who share the mailbox, and a student proposed to them."""

    def __init__(self, make: Factory, as_user: As) -> None:
        self.unit = make.unit("Team Nord")
        self.user = make.host(self.unit, name="Team Nord", shared=True)
        box = make.contact(self.unit, "Team Nord", is_host=True, user_id=self.user.id)
        self.names = [make.contact(self.unit, name).name for name in ("Bo Berg", "Eva Ek")]
        make.contact(self.unit, "Gitte Gået", active=False)
        make.contact(make.unit("Team Syd"), "Villy Syd")
        self.placement: Placement = make.placement(unit=self.unit, status="proposed")
        self.id, self.contact_id = self.placement.id, box.id
        self.path = f"/placements/{self.placement.id}"
        self.browser = as_user(self.user)
        self.coordinator = as_user(make.coordinator(self.placement.cohort.programme))

    def accept(self, **values: Any) -> Any:
        data = {"version": self.placement.version, "supervisor_id": ""} | values
        return self.browser.post(f"{self.path}/accept", data=data)


@pytest.fixture
def ward(make: Factory, as_user: As) -> Ward:
    return Ward(make, as_user)


def names_in(page: str, form: str) -> tuple[list[str], str]:
    """Whom one can choose in that form, and who is chosen."""
    select_box = BeautifulSoup(page, "html.parser").select_one(f'form[action="{form}"] [name=acting_as]')
    assert select_box is not None
    chosen = select_box.select_one("[selected]")
    return [str(o["value"]) for o in select_box.select("option")], str(chosen["value"]) if chosen else ""


def test_form_asks_who_of_those_who_work_there_now(ward: Ward) -> None:
    page = ward.browser.get(ward.path).text
    for verb in ("accept", "decline"):
        assert names_in(page, f"{ward.path}/{verb}") == (["", "Bo Berg", "Eva Ek"], "")
    assert len(set(re.findall(r'id="(who-\d+)"', page))) == len(re.findall(r'id="who-\d+"', page))


def test_act_keeps_the_person_in_the_history(ward: Ward, session: Session) -> None:
    assert ward.accept(acting_as="Bo Berg").status_code == 303
    placement = session.get_one(Placement, ward.id)
    assert placement.status is PlacementStatus.ACCEPTED
    assert history.of(session, placement)[0].actor == "Bo Berg (Team Nord)"
    assert "Bo Berg (Team Nord)" in ward.coordinator.get(ward.path).text


def test_person_is_remembered_and_can_be_another_next_time(ward: Ward, session: Session) -> None:
    ward.accept(acting_as="Bo Berg")
    page = ward.browser.get(ward.path).text
    assert names_in(page, f"{ward.path}/supervisor")[1] == "Bo Berg"
    assert "Bo Berg (Team Nord)" in page
    chosen = session.scalar(select(Contact.id).where(Contact.name == "Eva Ek"))
    version = session.get_one(Placement, ward.id).version
    data = {
        "version": version,
        "supervisor_id": chosen,
        "acting_as": "Bo Berg",
        "acting_name": " Ny  Nilsen ",
    }
    assert ward.browser.post(f"{ward.path}/supervisor", data=data).status_code == 303
    assert history.of(session, session.get_one(Placement, ward.id))[0].actor == "Ny Nilsen (Team Nord)"
    page = ward.browser.get(ward.path).text
    assert names_in(page, f"{ward.path}/supervisor") == (["", "Bo Berg", "Eva Ek", "Ny Nilsen"], "Ny Nilsen")


@pytest.mark.parametrize("said", [{}, {"acting_as": "", "acting_name": "  "}])
def test_act_without_a_person_is_refused_and_what_was_typed_is_kept(
    ward: Ward, session: Session, said: dict[str, str]
) -> None:
    answer = ward.browser.post(f"{ward.path}/decline", data={"version": 1, "reason": "Vi flytter"} | said)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    box = page.select_one("[name=acting_as]")
    assert box is not None
    assert box["aria-invalid"] == "true"
    assert page.select_one(f"#{box['aria-describedby']}").text == ASK  # type: ignore[union-attr]
    assert page.select_one("input[name=reason]")["value"] == "Vi flytter"  # type: ignore[index]
    assert session.get_one(Placement, ward.id).status is PlacementStatus.PROPOSED
    form = page.select_one(f'form[action="{ward.path}/decline"]')
    assert form is not None
    sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    assert ward.browser.post(f"{ward.path}/decline", data=sent | {"acting_as": "Eva Ek"}).status_code == 303
    assert session.get_one(Placement, ward.id).status is PlacementStatus.DECLINED


def test_who_has_said_it_once_may_not_take_it_back(ward: Ward) -> None:
    """An answer that is sent empty is no answer, though the session remembers one."""
    ward.browser.post(f"{ward.path}/decline", data={"version": 1, "reason": "", "acting_as": "Bo Berg"})
    assert ward.accept(acting_as="").status_code == 422


def test_refusal_by_htmx_asks_in_the_alert_region(ward: Ward) -> None:
    answer = ward.browser.htmx("POST", f"{ward.path}/accept", data={"version": 1, "supervisor_id": ""})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#alert")
    assert ASK in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("x" * 121, "Her er plads til 120 tegn."),
        ("Ann 漢", "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet."),
    ],
)
def test_name_that_cannot_stand_under_a_document_is_refused(ward: Ward, name: str, sentence: str) -> None:
    answer = ward.accept(acting_name=name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_signature_says_the_person_and_for_whom(ward: Ward, make: Factory, session: Session) -> None:
    ward.accept(acting_as="Bo Berg", supervisor_id=_eva(session))
    path = f"{ward.path}/agreement"
    ward.coordinator.post(f"{path}/draft")
    ward.coordinator.post(f"{path}/edit", data={"number": 1, "version": 1, "section_6": "Samtaler"})
    assert ward.coordinator.post(f"{path}/send", data={"number": 1, "version": 2}).status_code == 303
    data = {"number": 1, "read": "y", "acting_as": "Eva Ek"}
    assert ward.browser.post(f"{path}/sign", data=data).status_code == 303
    assert "Eva Ek for Team Nord" in ward.coordinator.get(path).text
    signed = session.scalars(select(Event).where(Event.table_name == "agreement_signature")).one()
    assert (signed.acting_name, signed.changes["name"][1]) == ("Eva Ek", "Eva Ek for Team Nord")


def _eva(session: Session) -> int | None:
    return session.scalar(select(Contact.id).where(Contact.name == "Eva Ek"))


def test_confirmed_hours_say_the_person(ward: Ward, make: Factory, session: Session) -> None:
    placement = make.placement(unit=ward.unit, status="active")
    week = HoursWeek(
        placement_id=placement.id,
        starts_on=placement.starts_on,
        status=HoursStatus.SUBMITTED,
        submitted_at=MOMENT,
    )
    make.keep(week)
    data = {"weeks": f"{week.id}-{week.version}", "acting_as": "Bo Berg"}
    assert ward.browser.post(f"/placements/{placement.id}/hours/confirm", data=data).status_code == 303
    assert session.scalars(select(HoursWeek.confirmed_by_name)).one() == "Bo Berg for Team Nord"


def test_ordinary_account_is_not_asked_and_cannot_say_another_name(
    ward: Ward, make: Factory, as_user: As, session: Session
) -> None:
    ordinary = as_user(make.host(ward.unit, name="Hanne Host"))
    assert "acting_as" not in ordinary.get(ward.path).text
    data = {"version": 1, "supervisor_id": "", "acting_as": "Bo Berg"}
    assert ordinary.post(f"{ward.path}/accept", data=data).status_code == 303
    assert history.of(session, session.get_one(Placement, ward.id))[0].actor == "Hanne Host"


def test_signing_out_needs_no_name(ward: Ward) -> None:
    assert ward.browser.post("/logout").status_code == 303


@pytest.mark.usefixtures("with_csrf")
def test_without_a_token_nobody_is_asked(ward: Ward) -> None:
    assert ward.accept(acting_as="Bo Berg").status_code == 400


# Making it one


def test_invite_as_a_shared_mailbox(ward: Ward, make: Factory, session: Session) -> None:
    contact = make.contact(ward.unit, "Team Nord, nat", is_host=True, email="nat@example.org")
    path = f"/hosts/{ward.unit.id}/contacts/{contact.id}/invite"
    assert ward.coordinator.post(path, data={"shared": "y"}).status_code == 303
    assert session.scalars(select(User).where(User.email == "nat@example.org")).one().shared is True


def test_coordinator_opens_and_ends_the_sharing(ward: Ward, session: Session) -> None:
    path = f"/hosts/{ward.unit.id}/contacts/{ward.contact_id}/edit"
    assert "Fælles postkasse" in ward.coordinator.get(path).text
    data = {"name": "Team Nord", "is_host": "y", "active": "y", "version": 1}
    assert ward.coordinator.post(path, data=data).status_code == 303
    assert session.get_one(User, ward.user.id).shared is False
    assert "acting_as" not in ward.browser.get(ward.path).text


def test_host_sees_no_such_choice_and_cannot_make_it(ward: Ward, session: Session) -> None:
    path = f"/hosts/{ward.unit.id}/contacts/{ward.contact_id}/edit"
    assert 'name="shared"' not in ward.browser.get(path).text
    data = {"name": "Team Nord", "is_host": "y", "active": "y", "version": 1, "acting_as": "Bo Berg"}
    assert ward.browser.post(path, data=data).status_code == 303
    assert session.get_one(User, ward.user.id).shared is True


def test_coordinator_who_hosts_too_cannot_be_several_people(
    ward: Ward, make: Factory, session: Session
) -> None:
    both = make.grant(make.user("Karen Begge"), "coordinator", programme=ward.placement.cohort.programme)
    make.grant(both, "host", unit=ward.unit)
    contact = make.contact(ward.unit, "Karen Begge", is_host=True, user_id=both.id)
    data = {"name": "Karen Begge", "is_host": "y", "active": "y", "version": 1, "shared": "y"}
    answer = ward.coordinator.post(f"/hosts/{ward.unit.id}/contacts/{contact.id}/edit", data=data)
    assert answer.status_code == 422
    assert "kan ikke være en fælles postkasse" in answer.text
    assert session.get_one(User, both.id).shared is False


def test_question_costs_one_statement_however_many_work_there(
    ward: Ward, make: Factory, query_count: Callable[[Callable[[], object]], int]
) -> None:
    few = query_count(lambda: ward.browser.get(ward.path))
    for name in ("Fie", "Gry", "Hans"):
        make.contact(ward.unit, name)
    assert query_count(lambda: ward.browser.get(ward.path)) == few
