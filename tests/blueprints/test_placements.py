"""The page of one placement: what each role sees, and what the two choices on it answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from placements.domain import placements
from placements.models.follow_up_days import FollowUpAttendance
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import TODAY, Client
from tests.factories import Factory

As = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


class Scene:
    """One placement with an offer behind it, and a browser for each who has to do with it."""

    def __init__(self, make: Factory, as_user: As, **values: object) -> None:
        self.make = make
        cohort, unit = make.cohort(), make.unit("Afsnit P4")
        offer = make.offer(unit, cohort, tasks="Morgenmøder og samtaler")
        self.placement: Placement = make.placement(
            cohort=cohort, unit=unit, offer_id=offer.id, **({"status": "accepted"} | values)
        )
        self.id, self.version = self.placement.id, self.placement.version
        self.path = f"/placements/{self.id}"
        self.supervisor_id = make.contact(unit, "Vita Vejleder").id
        self.coordinator = as_user(make.coordinator(cohort.programme))
        self.host = as_user(make.host(unit))
        self.student = as_user(self.placement.enrolment.user)

    @property
    def browsers(self) -> tuple[Client, Client, Client]:
        return self.coordinator, self.host, self.student


SceneOf = Callable[..., Scene]


@pytest.fixture
def scene_of(make: Factory, as_user: As) -> SceneOf:
    return lambda **values: Scene(make, as_user, **values)


def text_of(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


# Seeing


@pytest.mark.parametrize("state", ["accepted", "agreed", "active", "completed", "ended_early"])
def test_show_to_each_of_the_three(scene_of: SceneOf, state: str) -> None:
    scene = scene_of(status=state, supervisor_id=None)
    for browser in scene.browsers:
        answer = browser.get(scene.path)
        assert answer.status_code == 200
        page = text_of(answer.text)
        for told in ("Afsnit P4", "mandag 6. januar 2025 (uge 2)", "Morgenmøder og samtaler"):
            assert told in page
        assert len(BeautifulSoup(answer.text, "html.parser").find_all("h1")) == 1


@pytest.mark.parametrize("state", list(PlacementStatus))
def test_show_follows_visibility(scene_of: SceneOf, session: Session, state: PlacementStatus) -> None:
    scene = scene_of(status=state)
    unseen_by_student = {"draft", "proposed", "declined", "cancelled"}
    unseen_by_host = unseen_by_student - {"proposed"}
    assert scene.coordinator.get(scene.path).status_code == 200
    assert scene.host.get(scene.path).status_code == (404 if state in unseen_by_host else 200)
    assert scene.student.get(scene.path).status_code == (404 if state in unseen_by_student else 200)


def test_show_refused_to_others(make: Factory, as_user: As, client: Client, scene_of: SceneOf) -> None:
    scene, other = scene_of(), make.cohort()
    assert as_user(make.coordinator(other.programme)).get(scene.path).status_code == 404
    assert as_user(make.host(make.unit("Afsnit B"))).get(scene.path).status_code == 404
    assert as_user(make.enrolment(other).user).get(scene.path).status_code == 404
    assert as_user(make.teacher(scene.placement.cohort.programme)).get(scene.path).status_code == 403
    assert as_user(make.admin()).get(scene.path).status_code == 403
    assert client.get(scene.path).headers["Location"].startswith("/login?next=")
    assert scene.coordinator.get("/placements/999999").status_code == 404


def test_show_tells_a_host_no_more_than_they_need(make: Factory, scene_of: SceneOf) -> None:
    """Name, contact, period and tasks; not attendance, reasons, other placements or who did what when."""
    scene = scene_of(status="active", reason="Et notat til koordinatoren")
    day = make.follow_up_day(scene.placement.cohort, 1, held_on=TODAY)
    make.keep(FollowUpAttendance(day_id=day.id, placement_id=scene.id, status="present"))
    other = make.placement(cohort=scene.placement.cohort, unit=make.unit("Afsnit B"), status="active")
    told = text_of(scene.coordinator.get(scene.path).text)
    page = text_of(scene.host.get(scene.path).text)
    assert scene.placement.enrolment.user.email in page
    assert "Opfølgningsdag 1" in page
    for secret in (
        "Til stede",
        "Historik",
        "Et notat til koordinatoren",
        "Ulønnet studiepraktik",
        "er på plads",
    ):
        assert secret in told
        assert secret not in page
    assert other.student_name not in page


def test_show_tells_a_student_no_reason_and_no_history(make: Factory, scene_of: SceneOf) -> None:
    scene = scene_of(status="ended_early", reason="Et notat til koordinatoren")
    day = make.follow_up_day(scene.placement.cohort, 1, held_on=TODAY)
    make.keep(FollowUpAttendance(day_id=day.id, placement_id=scene.id, status="present"))
    page = text_of(scene.student.get(scene.path).text)
    assert "Til stede" in page
    assert "Et notat til koordinatoren" in text_of(scene.coordinator.get(scene.path).text)
    for secret in ("Et notat til koordinatoren", "Historik", "Karen Koordinator"):
        assert secret not in page


def test_show_to_htmx_is_the_fragment_of_the_page(scene_of: SceneOf) -> None:
    scene = scene_of()
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    fragment = BeautifulSoup(scene.coordinator.htmx("GET", scene.path).text, "html.parser")
    assert fragment.find("h1") is None
    assert fragment.find(id="placement").get_text() == page.find(id="placement").get_text()


def test_show_asks_the_database_the_same_for_more_lines(
    make: Factory, session: Session, scene_of: SceneOf, query_count: Count
) -> None:
    scene = scene_of(status="active")

    def look() -> None:
        assert scene.coordinator.get(scene.path).status_code == 200

    def add(number: int) -> None:
        day = make.follow_up_day(scene.placement.cohort, number, held_on=TODAY)
        make.keep(FollowUpAttendance(day_id=day.id, placement_id=scene.id, status="present"))
        scene.placement.weekly_minutes += 60
        make.keep(scene.placement)

    add(1)
    look()
    few = query_count(look)
    add(2)
    add(3)
    assert query_count(look) == few


def test_show_tells_what_changed_in_words(scene_of: SceneOf) -> None:
    scene = scene_of(supervisor_id=None)
    scene.host.post(
        f"{scene.path}/supervisor", data={"supervisor_id": scene.supervisor_id, "version": scene.version}
    )
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    newest = page.select(".history > li")[0]
    assert newest.select_one(".history-by").get_text().startswith("Vera Vært")
    assert newest.select_one(".history-label").get_text() == "Praktikvejleder"
    assert newest.select_one("ins").get_text() == "Vita Vejleder"


# What is missing, and where it is mended


def test_ids_are_unique_with_every_form_shown(scene_of: SceneOf) -> None:
    scene = scene_of()
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    assert {"supervisor", "legal-basis"} <= set(ids)


def unmet_of(browser: Client, path: str) -> dict[str, str]:
    lines = BeautifulSoup(browser.get(path).text, "html.parser").select(".checklist li.unmet")
    return {line.a.get_text(): line.a["href"] for line in lines}


def test_checklist_leads_to_where_it_is_mended(make: Factory, scene_of: SceneOf) -> None:
    scene = scene_of(status="draft", legal_basis=None)
    assert unmet_of(scene.coordinator, scene.path) == {"Retsgrundlaget er valgt": f"{scene.path}#legal-basis"}
    scene = scene_of(status="accepted", supervisor_id=None)
    unmet = unmet_of(scene.coordinator, scene.path)
    assert unmet["Praktikvejlederen er valgt"] == f"{scene.path}#supervisor"
    assert unmet["Den studerende har underskrevet"] == f"{scene.path}/agreement"
    scene = scene_of(status="active")
    day = make.follow_up_day(scene.placement.cohort, 1)
    unmet = unmet_of(scene.coordinator, scene.path)
    assert unmet["Var med til 1. opfølgningsdag eller havde lovligt fravær"] == f"/follow-up-days/{day.id}"
    assert unmet["Var med til 2. opfølgningsdag eller havde lovligt fravær"].startswith(
        "/follow-up-days?cohort="
    )
    page = scene.coordinator.get(scene.path).text
    assert unmet_of(scene.host, scene.path) == {}
    assert 'id="next"' in page


@pytest.mark.parametrize("state", list(PlacementStatus))
def test_buttons_are_the_open_verbs(scene_of: SceneOf, state: PlacementStatus) -> None:
    scene = scene_of(status=state)
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser").select_one("section.next")
    shown = {form["action"].rsplit("/")[-1] for form in page.select("form.action-form")}
    shown |= {
        link["href"].rsplit("/")[-1] for link in page.select("a") if link["href"].startswith(scene.path + "/")
    }
    verbs = {verb for verb, move in placements.TRANSITIONS.items() if state in move.sources}
    expected = {verb.replace("_", "-") for verb in verbs - {"agree", "ask_again"}}
    answers = {"yes", "no"} if state is PlacementStatus.ACCEPTED else set()
    assert shown - {"agreement", "edit", "remind"} == expected | answers


# Naming the supervisor


def test_name_supervisor_by_host_and_by_coordinator(scene_of: SceneOf, session: Session) -> None:
    for name in ("host", "coordinator"):
        scene = scene_of(supervisor_id=None)
        data = {"supervisor_id": scene.supervisor_id, "version": scene.version}
        answer = getattr(scene, name).post(f"{scene.path}/supervisor", data=data)
        assert (answer.status_code, answer.headers["Location"]) == (303, scene.path)
        assert session.get(Placement, scene.id).supervisor_id == scene.supervisor_id


def test_name_supervisor_answers_htmx_with_the_fragment(scene_of: SceneOf) -> None:
    scene = scene_of(supervisor_id=None)
    data = {"supervisor_id": scene.supervisor_id, "version": scene.version}
    answer = scene.host.htmx("POST", f"{scene.path}/supervisor", data=data)
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert "Vita Vejleder" in page.find(id="placement").get_text()
    assert page.find(id="status").get_text(strip=True).startswith("Praktikvejlederen er valgt.")


def test_name_supervisor_of_another_unit_is_refused(
    make: Factory, scene_of: SceneOf, session: Session
) -> None:
    scene, stranger = scene_of(supervisor_id=None), make.contact(make.unit("Afsnit B"))
    for chosen in ("", stranger.id, "x"):
        data = {"supervisor_id": chosen, "version": scene.version}
        answer = scene.host.post(f"{scene.path}/supervisor", data=data)
        assert answer.status_code == 422
        assert BeautifulSoup(answer.text, "html.parser").select_one('select[aria-invalid="true"]')
    assert session.get(Placement, scene.id).supervisor_id is None


def test_name_supervisor_after_somebody_else_shows_both(make: Factory, scene_of: SceneOf) -> None:
    scene = scene_of(supervisor_id=None)
    mine = make.contact(scene.placement.unit, "Palle Peer")
    data = {"supervisor_id": scene.supervisor_id, "version": scene.version}
    scene.host.post(f"{scene.path}/supervisor", data=data)
    answer = scene.coordinator.post(f"{scene.path}/supervisor", data=data | {"supervisor_id": mine.id})
    assert answer.status_code == 409
    conflict = text_of(str(BeautifulSoup(answer.text, "html.parser").select_one(".conflict")))
    assert "Vera Vært nåede at gemme før dig" in conflict
    assert "Vita Vejleder" in conflict
    assert "Palle Peer" in conflict
    version = BeautifulSoup(answer.text, "html.parser").select_one("#supervisor input[name=version]")["value"]
    kept = {"supervisor_id": mine.id, "version": version}
    assert scene.coordinator.post(f"{scene.path}/supervisor", data=kept).status_code == 303


def test_name_supervisor_is_not_for_students_or_strangers(
    make: Factory, as_user: As, scene_of: SceneOf
) -> None:
    scene = scene_of()
    data = {"supervisor_id": scene.supervisor_id, "version": scene.version}
    assert scene.student.post(f"{scene.path}/supervisor", data=data).status_code == 403
    stranger = as_user(make.host(make.unit("Afsnit B")))
    assert stranger.post(f"{scene.path}/supervisor", data=data).status_code == 404


# Choosing the legal basis


def test_choose_legal_basis(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of(status="draft", legal_basis=None)
    path, data = f"{scene.path}/legal-basis", {"legal_basis": "job_centre", "version": scene.version}
    assert scene.coordinator.post(path, data=data | {"legal_basis": ""}).status_code == 422
    assert scene.coordinator.post(path, data=data | {"legal_basis": "magic"}).status_code == 422
    assert scene.host.post(path, data=data).status_code == 403
    assert session.get(Placement, scene.id).legal_basis is None
    assert scene.coordinator.post(path, data=data).status_code == 303
    assert session.get(Placement, scene.id).legal_basis is LegalBasis.JOB_CENTRE
    stale = scene.coordinator.post(path, data=data | {"legal_basis": "employment"})
    assert stale.status_code == 409
    assert "Virksomhedspraktik gennem jobcentret" in stale.text


def test_choose_legal_basis_refused_once_signed(scene_of: SceneOf) -> None:
    scene = scene_of(status="agreed")
    data = {"legal_basis": "job_centre", "version": scene.version}
    answer = scene.coordinator.post(f"{scene.path}/legal-basis", data=data)
    assert answer.status_code == 422
    assert "Aftalen er underskrevet" in text_of(answer.text)
