"""V-05 on screen: groups made, divided in one click, a member moved; the students see their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.teaching import StudyGroup, StudyGroupMember
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

ADDRESS = "/cohorts/viborg-2024/study-groups"
AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


def test_divides_in_one_click_moves_and_removes(
    make: Factory, session: Session, coordinator: Client, as_user: AsUser, cohort: Cohort
) -> None:
    people = [make.enrolment(cohort) for _number in range(4)]
    assert "Del de 4 i grupper" in coordinator.get(ADDRESS).text
    assert "Der er lavet 2 grupper." in coordinator.htmx("POST", f"{ADDRESS}/divide", data={"size": 2}).text
    first, second = session.scalars(select(StudyGroup).order_by(StudyGroup.id))
    person = first.members[0].enrolment
    data = {"enrolment_id": person.id, "group_id": second.id}
    fragment = coordinator.htmx("POST", f"{ADDRESS}/move", data=data).text
    assert fragment.strip().startswith('<div id="groups">')
    assert f'id="move-{person.id}" name="group_id" autofocus' in fragment
    session.expire_all()
    assert (len(first.members), len(second.members)) == (1, 3)
    browser = as_user(person.user)
    assert f"Din studiegruppe: {second.name}" in browser.get("/my").text
    own = browser.get(f"/my/plan/{person.id}").text
    fellows = [one.user.name for one in people if one.user.name in own and one is not person]
    assert (second.name in own, len(fellows)) == (True, 2)
    assert coordinator.post(f"{ADDRESS}/{second.id}/remove").location == ADDRESS
    assert session.scalar(select(func.count(StudyGroupMember.id))) == 1


def test_group_is_made_by_name_and_once(session: Session, coordinator: Client, cohort: Cohort) -> None:
    assert coordinator.post(ADDRESS, data={"name": " Nord "}).status_code == 303
    refused = coordinator.post(ADDRESS, data={"name": "Nord"})
    assert refused.status_code == 422
    assert "Der er allerede en studiegruppe, der hedder det." in refused.text
    assert session.scalars(select(StudyGroup.name)).all() == ["Nord"]


def test_page_costs_the_same_for_one_group_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort
) -> None:
    def grow(number: int) -> None:
        group = make.keep(StudyGroup(cohort=cohort, name=f"Gruppe {number}"))
        make.keep(StudyGroupMember(group=group, enrolment=make.enrolment(cohort)))
        make.enrolment(cohort)

    grow(1)
    one = query_count(lambda: coordinator.get(ADDRESS))
    grow(2)
    grow(3)
    assert query_count(lambda: coordinator.get(ADDRESS)) == one


@pytest.mark.usefixtures("with_csrf")
def test_change_needs_the_token(coordinator: Client, cohort: Cohort) -> None:
    assert coordinator.post(f"{ADDRESS}/divide", data={"size": 2}).status_code == 400
