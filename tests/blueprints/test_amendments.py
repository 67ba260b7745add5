"""The pages of amendments: written by the coordinator, signed by each, and one document at last."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from placements.models.amendments import Amendment, AmendmentKind, AmendmentStatus
from placements.models.placements import Placement
from placements.models.users import User
from tests.amendment_scene import REASON, Scene
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import checker, reading

As = Callable[[User], Client]
EXTENSION = {"ends_on": "2025-04-20", "past_practicum": "y", "reason": REASON}


@pytest.fixture
def scene(make: Factory, session: Session) -> Scene:
    return Scene(make, session)


@pytest.fixture
def coordinator(scene: Scene, as_user: As) -> Client:
    return as_user(scene.coordinator)


def home(scene: Scene) -> str:
    return f"/placements/{scene.placement.id}/amendments"


def write(scene: Scene, browser: Client, kind: str, **values: str) -> int:
    data = {"version": str(scene.placement.version)} | values
    return int(browser.post(f"{home(scene)}/new?kind={kind}", data=data).status_code)


def press(browser: Client, page: str, verb: str) -> int:
    """As the button on the page as it stands now sends it."""
    form = re.search(rf'action="[^"]*/{verb}".*?</form>', browser.get(page).text, re.S)
    assert form
    seen = dict(re.findall(r'name="(version)" value="(\d+)"', form[0]))
    return int(browser.post(f"{page}/{verb}", data=seen).status_code)


def test_extension_from_writing_to_one_document_for_everybody(
    scene: Scene, coordinator: Client, session: Session, as_user: As
) -> None:
    page = f"{home(scene)}/1"
    assert write(scene, coordinator, "extension", **EXTENSION) == 303
    assert as_user(scene.student).get(page).status_code == 404
    assert press(coordinator, page, "send") == 303
    for user in (scene.host, scene.student, scene.coordinator):
        browser = as_user(user)
        assert "Vi mangler din underskrift" in browser.get(page).text
        assert browser.post(f"{page}/sign", data={"read": "y"}).status_code == 303
    assert session.get_one(Placement, scene.placement.id).ends_on.isoformat() == "2025-04-20"
    amendment = session.get_one(Amendment, 1)
    assert amendment.document is not None
    assert amendment.offered is not None
    printed = {as_user(user).get(f"{page}.pdf").data for user in (scene.host, scene.student)}
    assert printed == {amendment.document.content}
    assert coordinator.get(f"/placements/{scene.placement.id}/agreement.pdf").data in printed
    assert hashlib.sha256(amendment.document.content).hexdigest() == amendment.document.sha256
    assert checker.problems(amendment.document.content) == []
    text = reading.text(amendment.document.content)
    assert text.replace(" ", "").count(amendment.offered.sha256) == 3
    assert "6. januar – 6. april 2025" in text
    assert "søndag 6. april 2025 (uge 14) søndag 20. april 2025 (uge 16)" in text


def test_second_amendment_prints_the_first_in_the_words_of_its_day(
    scene: Scene, coordinator: Client, session: Session, as_user: As
) -> None:
    """Old names are kept (D-05), and what was printed is printed again to the byte."""
    for number, (kind, values) in enumerate(
        [("hours", {"weekly_minutes": "8", "reason": "Flere timer."}), ("extension", EXTENSION)], 1
    ):
        assert write(scene, coordinator, kind, **values) == 303
        page = f"{home(scene)}/{number}"
        assert press(coordinator, page, "send") == 303
        for user in (scene.host, scene.student, scene.coordinator):
            as_user(user).post(f"{page}/sign", data={"read": "y"})
        scene.host.name = "Et Nyt Navn"
        scene.make.keep(scene.host)
    first, second = session.get_one(Amendment, 1), session.get_one(Amendment, 2)
    assert first.document is not None
    assert second.document is not None
    assert second.document.printed["amendments"][0] == first.document.printed["amendments"][0]
    assert second.document.printed["amendments"][0]["signatures"][1]["name"] == "Vera Vært"
    assert second.document.printed["amendments"][1]["signatures"][1]["name"] == "Et Nyt Navn"
    assert coordinator.get(f"{home(scene)}/1.pdf").data == first.document.content


def test_interruption_shows_the_new_end_before_it_is_saved(
    scene: Scene, coordinator: Client, session: Session
) -> None:
    values = {"paused_from": "2025-02-10", "paused_to": "2025-02-20", "cause": "illness", "reason": REASON}
    data = values | {"version": str(scene.placement.version), "past_practicum": "y"}
    shown = coordinator.post(f"{home(scene)}/new?kind=interruption", data=data)
    assert shown.status_code == 422
    assert "Den nye sidste dag bliver 20. april 2025" in shown.text
    assert 'value="2025-04-20"' in shown.text
    assert session.query(Amendment).count() == 0
    assert write(scene, coordinator, "interruption", **data, ends_on="2025-04-20") == 303
    page = coordinator.get(f"{home(scene)}/1").text
    assert "10. februar – 20. februar 2025" in page


def test_each_kind_has_a_form_with_only_its_fields(scene: Scene, coordinator: Client) -> None:
    shown = coordinator.get(f"{home(scene)}/new").text
    assert re.findall(r"kind=(\w+)", shown) == [kind.value for kind in AmendmentKind]
    fields = {
        kind.value: re.findall(
            r'<(?:input|select|textarea)[^>]* name="(\w+)"',
            coordinator.get(f"{home(scene)}/new?kind={kind.value}").text,
        )
        for kind in AmendmentKind
    }
    own = {
        kind: [name for name in names if name not in {"csrf_token", "once", "version", "next"}]
        for kind, names in fields.items()
    }
    assert own == {
        "extension": ["ends_on", "past_practicum", "reason"],
        "interruption": ["paused_from", "paused_to", "cause", "ends_on", "past_practicum", "reason"],
        "period": ["starts_on", "ends_on", "past_practicum", "reason"],
        "hours": ["weekly_minutes", "reason"],
        "supervisor": ["supervisor_id", "reason"],
        "unit": ["unit_id", "supervisor_id", "reason"],
        "early_end": ["ends_on", "reason"],
    }
    assert coordinator.get(f"{home(scene)}/new?kind=nonsense").status_code == 404


def test_write_without_a_reason_or_on_a_changed_placement_is_refused(
    scene: Scene, coordinator: Client
) -> None:
    assert write(scene, coordinator, "extension", **(EXTENSION | {"reason": ""})) == 422
    assert write(scene, coordinator, "extension", **(EXTENSION | {"version": "99"})) == 409


def test_a_stale_or_second_press_does_nothing(scene: Scene, coordinator: Client) -> None:
    write(scene, coordinator, "extension", **EXTENSION)
    page = f"{home(scene)}/1"
    assert coordinator.post(f"{page}/send", data={"version": "99"}).status_code == 409
    assert press(coordinator, page, "withdraw") == 303
    assert coordinator.post(f"{page}/withdraw", data={"version": "2"}).status_code == 422
    shown = coordinator.get(page).text
    assert "Tillægget er trukket tilbage" in shown
    assert "Send til underskrift" not in shown


def test_sign_a_withdrawn_one_says_what_to_do(
    scene: Scene, coordinator: Client, as_user: As, session: Session
) -> None:
    amendment = scene.sent(AmendmentKind.HOURS, weekly_minutes=480)
    page, host = f"{home(scene)}/1", as_user(scene.host)
    assert "Læs og underskriv tillægget" in host.get("/host").text
    assert press(coordinator, page, "withdraw") == 303
    refused = host.post(f"{page}/sign", data={"read": "y"})
    assert refused.status_code == 422
    assert "der er ikke noget at underskrive. Aftalen gælder uændret." in refused.text
    assert "Læs og underskriv tillægget" not in host.get("/host").text
    assert session.get_one(Amendment, amendment.id).status is AmendmentStatus.WITHDRAWN


def test_new_unit_reads_and_signs_though_the_placement_is_not_theirs_yet(
    scene: Scene, make: Factory, as_user: As
) -> None:
    """The placement is none of their business yet; once they are not asked any more, nor is the agreement."""
    unit = make.unit("Team Vest")
    make.offer(unit, scene.cohort)
    host = as_user(make.grant(make.user("Villy Vest"), "host", unit=unit))
    scene.sent(AmendmentKind.UNIT, unit=unit, supervisor=make.contact(unit, "Nina Ny"))
    page = f"{home(scene)}/1"
    assert host.get(f"/placements/{scene.placement.id}").status_code == 404
    assert host.get(home(scene)).status_code == 404
    assert "Vi mangler din underskrift" in host.get(page).text
    assert "Vi mangler din underskrift" not in as_user(scene.host).get(page).text
    assert host.get(f"{page}.pdf").status_code == 200
    assert host.post(f"{page}/sign", data={"read": "y"}).status_code == 303
    press(as_user(scene.coordinator), page, "withdraw")
    assert host.get(f"{page}.pdf").status_code == 404
    assert host.get(page).status_code == 200


def test_board_and_placement_lead_to_an_amendment_once_signed(scene: Scene, coordinator: Client) -> None:
    here = f"/placements/{scene.placement.id}"
    page = coordinator.get(here).text
    assert f'href="{here}/amendments/new"' in page
    assert f'href="{here}/edit"' not in page
    assert f'href="{here}/amendments/new"' in coordinator.get(f"{here}/edit").text
    placement = scene.placement
    data = {
        "version": placement.version,
        "status": "active",
        "unit_id": placement.unit_id,
        "supervisor_id": placement.supervisor_id,
        "starts_on": "2025-01-06",
        "ends_on": "2025-03-30",
        "weekly_hours": "6",
    }
    refused = coordinator.post(f"{here}/edit", data=data)
    assert refused.status_code == 422
    assert "Skriv ændringen som et tillæg" in refused.text


def test_home_and_list_ask_as_much_for_three_as_for_one(
    make: Factory, session: Session, as_user: As, query_count: Callable[[Callable[[], object]], int]
) -> None:
    scene = Scene(make, session)
    browser, host = as_user(scene.coordinator), as_user(scene.host)
    scene.sent(AmendmentKind.HOURS, weekly_minutes=480)
    pages = [(browser, "/"), (host, "/host"), (browser, home(scene))]
    one = [query_count(lambda b=b, p=p: b.get(p)) for b, p in pages]  # type: ignore[misc]
    assert "Tillæg for" in browser.get("/").text
    for _ in range(2):
        another = Scene.beside(scene)
        another.sent(AmendmentKind.HOURS, weekly_minutes=480)
    assert [query_count(lambda b=b, p=p: b.get(p)) for b, p in pages] == one  # type: ignore[misc]
    assert browser.get("/").text.count("Tillæg for") == 3


@pytest.mark.usefixtures("with_csrf")
def test_write_needs_the_token_of_the_page(scene: Scene, coordinator: Client) -> None:
    assert write(scene, coordinator, "extension", **EXTENSION) == 400
