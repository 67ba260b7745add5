"""A student's own page of wishes, the coordinator's page of a cohort, and what nobody else ever learns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import looks, preferences
from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.offer_tasks import OfferTask, TaskKind
from placements.models.preferences import Reach
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.domain.preference_scene import NOW, Scene, lay_out, wishes_of
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.pages import lasting

AsUser = Callable[[User], Client]
QueryCount = Callable[[Callable[[], object]], int]
PAGE = "/cohorts/viborg-2025/preferences"


@pytest.fixture
def scene(make: Factory, programme: Programme) -> Scene:
    return lay_out(make, programme)


@pytest.fixture
def student(as_user: AsUser, scene: Scene) -> Client:
    return as_user(scene.student.user)


def own(scene: Scene, part: str = "") -> str:
    return f"/my/preferences/{scene.student.id}" + (f"/{part}" if part else "")


def form_of(browser: Client, scene: Scene, part: str) -> dict[str, Any]:
    """What a browser would send of this form, pressed nowhere."""
    soup = BeautifulSoup(browser.get(own(scene)).text, "html.parser")
    fields: dict[str, Any] = {}
    for field in soup.select(f'form[action$="/{part}"] input'):
        if field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
            fields.setdefault(str(field["name"]), []).append(field["value"])
    return fields


def order_of(session: Session, scene: Scene) -> list[int]:
    return preferences.ranking(preferences.kept_of(session, scene.student))


# The order


def test_student_builds_an_order_by_buttons(session: Session, student: Client, scene: Scene) -> None:
    first, second, third = scene.ids
    for verb, offer_id, order in (
        ("add", second, [second]),
        ("add", first, [second, first]),
        ("add", third, [second, first, third]),
        ("up", third, [second, third, first]),
        ("down", second, [third, second, first]),
        ("up", third, [third, second, first]),
        ("remove", second, [third, first]),
    ):
        answer = student.post(
            own(scene, "ranking"), data=form_of(student, scene, "ranking") | {verb: offer_id}
        )
        assert (answer.status_code, order_of(session, scene)) == (303, order)
    assert "Team Syd er taget af listen." in student.get(own(scene)).text


def test_moving_says_where_and_keeps_the_focus(make: Factory, student: Client, scene: Scene) -> None:
    wishes_of(make, scene.student, ranked=scene.ids)
    data = form_of(student, scene, "ranking")
    answer = student.htmx("POST", own(scene, "ranking"), data=data | {"up": scene.ids[2]})
    soup = BeautifulSoup(answer.text, "html.parser")
    focused = soup.select("[data-focus]")
    assert [(button["name"], button["value"]) for button in focused] == [("up", str(scene.ids[2]))]
    said = soup.select_one("#status")
    assert said is not None
    assert "Team Vest er nu nr. 2 af 3." in said.text
    dragged = form_of(student, scene, "ranking") | {"order": scene.ids[::-1], "moved": scene.ids[2]}
    assert "Team Vest er nu nr. 1 af 3." in student.htmx("POST", own(scene, "ranking"), data=dragged).text


def test_focus_goes_to_what_took_the_place(make: Factory, student: Client, scene: Scene) -> None:
    wishes_of(make, scene.student, ranked=scene.ids[:1])

    def focused(verb: str, offer_id: int) -> list[tuple[str, str]]:
        data = form_of(student, scene, "ranking") | {verb: offer_id}
        soup = BeautifulSoup(student.htmx("POST", own(scene, "ranking"), data=data).text, "html.parser")
        return [
            (str(tag.get("name", tag.name)), str(tag.get("value", ""))) for tag in soup.select("[data-focus]")
        ]

    assert focused("add", scene.ids[1]) == [("add", str(scene.ids[2]))]
    assert focused("add", scene.ids[2]) == [("h2", "")]
    assert focused("remove", scene.ids[1]) == [("remove", str(scene.ids[2]))]


def test_stale_order_is_shown_beside_the_kept_one(
    session: Session, make: Factory, student: Client, scene: Scene
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids[:2])
    stale = form_of(student, scene, "ranking")
    student.post(own(scene, "ranking"), data=form_of(student, scene, "ranking") | {"add": scene.ids[2]})
    kept = order_of(session, scene)
    answer = student.htmx("POST", own(scene, "ranking"), data=stale | {"down": scene.ids[0]})
    assert (answer.status_code, order_of(session, scene)) == (409, kept)
    assert "1. Team Nord, 2. Team Syd, 3. Team Vest" in answer.text
    assert "1. Team Syd, 2. Team Nord" in answer.text
    soup = BeautifulSoup(answer.text, "html.parser")
    again = {"version": soup.select("[name=version]")[0]["value"]}
    mine = [int(str(field["value"])) for field in soup.select("[name=order]")]
    assert mine == [scene.ids[1], scene.ids[0]]
    assert student.post(own(scene, "ranking"), data=again | {"order": mine}).status_code == 303
    assert order_of(session, scene) == mine


def test_save_after_closing_is_refused_and_kept_on_the_page(
    session: Session, make: Factory, student: Client, scene: Scene
) -> None:
    data = form_of(student, scene, "ranking") | {"order": scene.ids[:2]}
    terms = form_of(student, scene, "terms") | {"weekdays": ["1", "3"], "needs": ["lift"]}
    scene.cohort.preferences_close_at = NOW - timedelta(days=2)
    make.keep(scene.cohort)
    answer = student.post(own(scene, "ranking"), data=data)
    assert answer.status_code == 422
    assert "Det, du har skrevet, er ikke gemt." in answer.text
    soup = BeautifulSoup(answer.text, "html.parser")
    assert [int(str(field["value"])) for field in soup.select("[name=order]")] == scene.ids[:2]
    answer = student.post(own(scene, "terms"), data=terms)
    checked = BeautifulSoup(answer.text, "html.parser").select("input[type=checkbox][checked]")
    assert [str(box["value"]) for box in checked] == ["1", "3", "lift"]
    assert preferences.kept_of(session, scene.student) is None


def test_page_can_be_read_before_and_after(make: Factory, student: Client, scene: Scene) -> None:
    wishes_of(make, scene.student, ranked=scene.ids[:1], weekdays=[0], needs=["lift"])
    scene.cohort.preferences_close_at = NOW - timedelta(days=2)
    make.keep(scene.cohort)
    closed = BeautifulSoup(student.get(own(scene)).text, "html.parser")
    assert closed.select("main form") == []
    for word in ("Der blev lukket for ønsker den 1. februar 2025", "Team Nord", "Mandag", "Elevator"):
        assert word in closed.text
    make.enrolment(scene.cohort)
    scene.cohort.preferences_open_at = NOW + timedelta(days=2)
    scene.cohort.preferences_close_at = NOW + timedelta(days=3)
    make.keep(scene.cohort)
    early = student.get(own(scene)).text
    assert ("Der åbnes for ønsker den 5. februar 2025" in early, "Team Syd" in early) == (True, False)


def test_page_asks_as_often_whatever_the_number_of_offers(
    make: Factory, student: Client, scene: Scene, query_count: QueryCount
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids[:1])
    student.get(own(scene))
    few = query_count(lambda: student.get(own(scene)))
    more = [make.offer(make.unit(f"Hus {number}"), scene.cohort) for number in range(3)]
    data = form_of(student, scene, "ranking") | {"order": [*scene.ids, *(offer.id for offer in more[:2])]}
    assert student.post(own(scene, "ranking"), data=data).status_code == 303
    assert query_count(lambda: student.get(own(scene))) == few


def test_offer_says_what_a_student_should_know(make: Factory, student: Client, scene: Scene) -> None:
    offer = scene.offers[0]
    offer.weekly_plan = {"3": ["12:00", "15:30"], "1": ["09:00", "12:00"]}
    offer.accessibility, offer.languages, offer.good_to_know = ["lift"], ["arabisk"], "Tag madpakke med."
    offer.unit.address, offer.tasks = "Søvej 4, 8800 Viborg", "Samtaler"
    make.keep(OfferTask(offer_id=offer.id, position=1, text="Husmøde", kind=next(iter(TaskKind)), percent=40))
    page = BeautifulSoup(student.get(own(scene)).text, "html.parser")
    facts = {fact.dt.text: fact.dd.text for fact in page.select(".ranked")[0].select(".definitions > div")}  # type: ignore[union-attr]
    told = ("Ugeplan", "Opgaver", "Forhold på stedet", "Sprog ud over dansk", "Godt at vide", "Adresse")
    assert [facts[key] for key in told] == [
        "Tirsdag kl. 9.00-12.00, Torsdag kl. 12.00-15.30",
        "SamtalerHusmøde (40 %)",
        "Elevator",
        "arabisk",
        "Tag madpakke med.",
        "Søvej 4, 8800 Viborg",
    ]


# What suits, and what will not do


def test_terms_and_exclusions_are_saved_each_by_itself(
    session: Session, make: Factory, student: Client, scene: Scene
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids)
    terms = form_of(student, scene, "terms") | {"weekdays": ["1"], "reach": "region", "needs": ["quiet_room"]}
    gone = form_of(student, scene, "excluded") | {"unit_ids": [scene.offers[1].unit_id]}
    assert student.htmx("POST", own(scene, "terms"), data=terms).status_code == 200
    answer = student.htmx("POST", own(scene, "excluded"), data=gone)
    assert re.search(r"Gemt kl\. \d+\.\d\d\.", answer.text)
    oob = BeautifulSoup(answer.text, "html.parser").select_one("#ranking[data-hx-swap-oob]")
    assert oob is not None
    assert "Team Syd" not in oob.text
    wish = preferences.of_cohort(session, scene.cohort)[scene.student.id]
    assert (wish.ranks, wish.reach) == ({scene.ids[0]: 1, scene.ids[2]: 2}, Reach.REGION)
    assert wish.excluded_unit_ids == {scene.offers[1].unit_id}


@pytest.mark.parametrize("part", ["ranking", "terms", "excluded"])
def test_another_student_s_wishes_are_not_there(
    make: Factory, as_user: AsUser, scene: Scene, part: str
) -> None:
    browser = as_user(make.enrolment(scene.cohort).user)
    assert browser.get(own(scene)).status_code == 404
    assert browser.post(own(scene, part), data={"add": scene.ids[0]}).status_code == 404


@pytest.mark.usefixtures("with_csrf")
def test_order_needs_the_token_of_its_page(session: Session, student: Client, scene: Scene) -> None:
    data = form_of(student, scene, "ranking") | {"add": scene.ids[0]}
    assert student.post(own(scene, "ranking"), data=data | {"csrf_token": ""}).status_code == 400
    assert order_of(session, scene) == []
    assert student.post(own(scene, "ranking"), data=data).status_code == 303
    assert order_of(session, scene) == scene.ids[:1]


# The coordinator


def test_coordinator_opens_a_window_and_puts_it_right(
    make: Factory, session: Session, coordinator: Client, scene: Scene
) -> None:
    shown = BeautifulSoup(coordinator.get(PAGE).text, "html.parser")
    version = {"version": shown.select("[name=version]")[0]["value"]}
    times = {"opens_on": "2025-03-01", "opens_at": "08:00", "closes_on": "2025-03-30", "closes_at": "02:30"}
    refused = coordinator.post(PAGE, data=version | times)
    assert (refused.status_code, "fordi uret stilles frem" in refused.text) == (422, True)
    assert coordinator.post(PAGE, data=version | times | {"closes_at": "03:30"}).status_code == 303
    assert scene.cohort.preferences_close_at == NOW.replace(month=3, day=30, hour=1, minute=30)
    assert coordinator.post(PAGE, data=version | times).status_code == 409
    entries = coordinator.get("/cohorts/viborg-2025").text
    assert "Ønskerne lukker" in entries


def test_coordinator_reminds_those_who_are_missing(
    make: Factory, session: Session, coordinator: Client, scene: Scene, mailbox: Mailbox
) -> None:
    wishes_of(make, make.enrolment(scene.cohort), ranked=scene.ids)
    assert "Mind den ene, der mangler, om det" in coordinator.get(PAGE).text
    assert coordinator.post(f"{PAGE}/remind").status_code == 303
    page = coordinator.get(PAGE).text
    assert ("Påmindelsen er sendt til én." in page, "Sidst sendt" in page) == (True, True)
    assert coordinator.post(f"{PAGE}/remind").status_code == 429
    [mail] = session.scalars(select(OutgoingMail))
    assert (mail.user_id, mail.path) == (scene.student.user_id, own(scene))
    text = mailbox.part()
    assert "/tasks/" in text
    assert not any(word in text for word in ("Team", "viborg", "Hold 2025"))


def test_each_look_is_written_down_and_shown_to_both(
    make: Factory, session: Session, coordinator: Client, student: Client, scene: Scene
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids[:1], excluded=[scene.offers[1].unit_id])
    overview = coordinator.get(PAGE).text
    assert ("Team Syd" in overview, looks.of(session, "wishes", scene.student.id)) == (False, [])
    for count in (1, 2):
        page = coordinator.get(f"{PAGE}/{scene.student.id}").text
        assert len(looks.of(session, "wishes", scene.student.id)) == count
    assert ("Team Syd" in page, "Karen Koordinator" in page) == (True, True)
    assert "Karen Koordinator" in student.get(own(scene)).text


def test_coordinator_elsewhere_learns_nothing_and_leaves_no_look(
    make: Factory, session: Session, as_user: AsUser, scene: Scene
) -> None:
    wishes_of(make, scene.student, excluded=[scene.offers[0].unit_id])
    browser = as_user(make.coordinator(make.programme("hovedstaden")))
    other = make.cohort(make.programme("third"), slug="other")
    paths = (PAGE, f"{PAGE}/{scene.student.id}", f"/cohorts/{other.slug}/preferences/{scene.student.id}")
    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]
    assert looks.of(session, "wishes", scene.student.id) == []


def test_overview_asks_as_often_whatever_the_number_of_students(
    make: Factory, coordinator: Client, scene: Scene, query_count: QueryCount
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids)
    coordinator.get(PAGE)
    few = query_count(lambda: coordinator.get(PAGE))
    for _number in range(3):
        wishes_of(make, make.enrolment(scene.cohort), ranked=scene.ids)
    assert query_count(lambda: coordinator.get(PAGE)) == few


# A host learns nothing


def test_host_sees_the_same_with_and_without_an_exclusion(
    make: Factory, as_user: AsUser, scene: Scene, cohort: Cohort
) -> None:
    """Row 47: every page of the excluded unit's host, to the last byte; one of its own students too."""
    offer = scene.offers[0]
    placement = make.placement(cohort=scene.cohort, unit=offer.unit, offer_id=offer.id, status="proposed")
    host = as_user(make.host(offer.unit))
    paths = ("/host", "/offers", f"/offers/{offer.id}", "/hosts", f"/hosts/{offer.unit_id}", "/offers/new")
    pages = (*paths, f"/placements/{placement.id}")
    host.get("/host")
    before = [lasting(host.get(path).text) for path in pages]
    wishes_of(make, scene.student, ranked=scene.ids[1:], excluded=[offer.unit_id], needs=["quiet_room"])
    wishes_of(make, placement.enrolment, excluded=[offer.unit_id])
    assert [lasting(host.get(path).text) for path in pages] == before
    assert "Stine Studerende" in before[0]
    assert [host.get(path).status_code for path in (PAGE, own(scene))] == [403, 403]
