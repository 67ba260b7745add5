"""The agreement's pages: each party sees and does what is theirs, and the signed document never changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.documents import Document
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


class Scene:
    def __init__(self, make: Factory, as_user: As) -> None:
        unit = make.unit("Afsnit P4")
        supervisor = make.contact(unit)
        self.placement: Placement = make.placement(unit=unit, status="accepted", supervisor_id=supervisor.id)
        self.path = f"/placements/{self.placement.id}/agreement"
        self.coordinator = as_user(make.coordinator(self.placement.cohort.programme))
        self.host = as_user(make.host(unit))
        self.student = as_user(self.placement.enrolment.user)

    def write(self, text: str = "Samtaler med brugere", **values: object) -> int:
        data = {"version": 1, "number": 1, "section_6": text} | values
        return int(self.coordinator.post(f"{self.path}/edit", data=data).status_code)

    def send(self) -> None:
        self.coordinator.post(f"{self.path}/draft")
        assert self.write() == 303
        assert self.press_send().status_code == 303

    def press_send(self) -> Any:
        """As the button on the page as it stands now sends it."""
        form = re.search(
            r'action="[^"]*/agreement/send".*?</form>', self.coordinator.get(self.path).text, re.S
        )
        assert form
        seen = dict(re.findall(r'name="(version|number)" value="(\d+)"', form[0]))
        return self.coordinator.post(f"{self.path}/send", data=seen)


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    return Scene(make, as_user)


def sign(browser: Client, scene: Scene, **values: object) -> int:
    data = {"number": 1, "read": "y"} | values
    return int(browser.post(f"{scene.path}/sign", data=data).status_code)


def test_before_it_is_sent_only_the_coordinator_reads_it(scene: Scene) -> None:
    scene.coordinator.post(f"{scene.path}/draft")
    scene.write("Hemmelig kladde")
    assert "Hemmelig kladde" in scene.coordinator.get(scene.path).text
    for browser in (scene.host, scene.student):
        page = browser.get(scene.path).text
        assert "Aftalen er ikke klar endnu" in page
        assert "Hemmelig kladde" not in page
        assert browser.get(f"{scene.path}.pdf").status_code == 404


def test_sign_by_all_three_freezes_one_document_for_everybody(scene: Scene, session: Session) -> None:
    scene.send()
    for browser in (scene.host, scene.student, scene.coordinator):
        assert "Vi mangler din underskrift" in browser.get(scene.path).text
        assert sign(browser, scene) == 303
    assert session.get_one(Placement, scene.placement.id).status is PlacementStatus.AGREED
    offered, document = session.scalars(select(Document).order_by(Document.id)).all()
    printed = [
        browser.get(f"{scene.path}.pdf").data for browser in (scene.host, scene.student, scene.coordinator)
    ]
    assert set(printed) == {document.content}
    assert document.content != offered.content
    assert {one["sha256"] for one in document.printed["signatures"]} == {offered.sha256}
    assert {one["how"] for one in document.printed["signatures"]} == {"Underskrevet med kode fra mail"}
    assert hashlib.sha256(document.content).hexdigest() == document.sha256
    assert document.content.startswith(b"%PDF")
    assert document.printed["signatures"][0]["name"] == scene.placement.student_name


def test_the_frozen_document_stays_when_names_change(scene: Scene, session: Session, make: Factory) -> None:
    scene.send()
    for browser in (scene.host, scene.student, scene.coordinator):
        sign(browser, scene)
    before = scene.host.get(f"{scene.path}.pdf").data
    user = scene.placement.enrolment.user
    user.name = "Et Nyt Navn"
    make.keep(user)
    assert scene.host.get(f"{scene.path}.pdf").data == before


def test_sign_without_having_read_is_refused(scene: Scene) -> None:
    scene.send()
    answer = scene.host.post(f"{scene.path}/sign", data={"number": 1})
    assert answer.status_code == 422
    assert "Sæt kryds ved, at du har læst aftalen" in answer.text


def test_sign_another_version_than_the_one_read_is_refused(scene: Scene) -> None:
    scene.send()
    assert scene.write("En ny tekst", version=3) == 303
    scene.press_send()
    refused = scene.host.post(f"{scene.path}/sign", data={"number": 1, "read": "y"})
    assert refused.status_code == 422
    assert "Teksten er ændret, siden du åbnede siden" in refused.text
    assert "En ny tekst" in refused.text
    assert re.findall(r'name="number" type="hidden" value="(\d+)"', refused.text) == ["2"]
    assert " checked" not in refused.text
    assert sign(scene.host, scene, number=2) == 303


def test_a_stale_edit_shows_both_texts(scene: Scene, session: Session) -> None:
    scene.coordinator.post(f"{scene.path}/draft")
    assert scene.write("Den første tekst") == 303
    answer = scene.coordinator.post(
        f"{scene.path}/edit", data={"version": 1, "number": 1, "section_6": "Min egen tekst"}
    )
    assert answer.status_code == 409
    assert "Den første tekst" in answer.text
    assert "Min egen tekst" in answer.text
    version = session.scalars(select(AgreementVersion)).one()
    assert version.sections == {"6": "Den første tekst"}


def test_too_long_text_is_refused_and_kept(scene: Scene) -> None:
    scene.coordinator.post(f"{scene.path}/draft")
    answer = scene.coordinator.post(
        f"{scene.path}/edit", data={"version": 1, "number": 1, "section_9": "å" * 4001}
    )
    assert answer.status_code == 422
    assert "højst fylde 4000 tegn" in answer.text
    assert "å" * 4001 in answer.text


def test_send_that_lacks_something_is_refused_with_the_sentence(scene: Scene, session: Session) -> None:
    scene.coordinator.post(f"{scene.path}/draft")
    answer = scene.press_send()
    assert answer.status_code == 422
    assert "Aftalen kan ikke sendes endnu." in answer.text
    assert "Opgaverne er beskrevet" in answer.text
    assert session.scalars(select(AgreementVersion)).one().sent_at is None


def test_a_character_that_cannot_be_printed_is_named_and_nothing_is_sent(
    scene: Scene, session: Session
) -> None:
    """What was written before it was refused in the form is found by the printer."""
    scene.coordinator.post(f"{scene.path}/draft")
    with writing():
        session.scalars(select(AgreementVersion)).one().sections = {"6": "Samtaler \u4f60"}
        session.commit()
    answer = scene.press_send()
    assert answer.status_code == 422
    assert "U+4F60" in answer.text
    assert session.scalars(select(AgreementVersion)).one().sent_at is None
    assert session.scalars(select(Document)).all() == []


@pytest.mark.parametrize("path", ["/agreement", "/agreement.pdf"])
def test_others_get_404(scene: Scene, make: Factory, as_user: As, path: str) -> None:
    scene.send()
    for user in (
        make.host(make.unit("Andetsteds")),
        make.coordinator(make.programme("another")),
        make.enrolment(scene.placement.cohort).user,
    ):
        assert as_user(user).get(f"/placements/{scene.placement.id}{path}").status_code == 404


def test_hosts_and_students_cannot_write_or_send(scene: Scene, session: Session) -> None:
    scene.send()
    for browser in (scene.host, scene.student):
        assert browser.get(f"{scene.path}/edit").status_code == 403
        assert browser.post(f"{scene.path}/edit", data={}).status_code == 403
        assert browser.post(f"{scene.path}/send").status_code == 403
        assert browser.post(f"{scene.path}/draft").status_code == 403
    assert len(session.scalars(select(Agreement)).all()) == 1


@pytest.mark.usefixtures("with_csrf")
def test_sign_without_a_token_is_refused(scene: Scene) -> None:
    assert scene.host.post(f"{scene.path}/sign", data={"number": 1, "read": "y"}).status_code == 400


def test_whoever_reads_a_replaced_version_is_told_and_cannot_sign_it(scene: Scene) -> None:
    scene.send()
    assert sign(scene.student, scene) == 303
    assert scene.write("Noget andet", version=3) == 303
    page = scene.host.get(scene.path).text
    assert "Aftalen er ved at blive ændret" in page
    assert "Vi mangler din underskrift" not in page
    assert sign(scene.host, scene) == 422


def test_a_text_written_on_a_version_since_replaced_is_saved_at_the_second_try(scene: Scene) -> None:
    scene.send()
    assert scene.write("Den anden koordinators", version=3) == 303
    answer = scene.coordinator.post(
        f"{scene.path}/edit", data={"version": 3, "number": 1, "section_6": "Min egen"}
    )
    assert answer.status_code == 409
    hidden = dict(re.findall(r'name="(version|number)" type="hidden" value="(\d+)"', answer.text))
    assert scene.write("Min egen", **hidden) == 303
    assert "Min egen" in scene.coordinator.get(scene.path).text


def test_the_page_of_a_signed_agreement_says_what_was_signed(scene: Scene, session: Session) -> None:
    scene.send()
    for browser in (scene.host, scene.student, scene.coordinator):
        assert sign(browser, scene) == 303
    before = scene.student.get(scene.path).text
    with writing():
        session.rollback()
        session.get_one(Placement, scene.placement.id).weekly_minutes = 1234  # as an amendment does
        session.commit()
    after = scene.student.get(scene.path).text
    assert re.findall("<article.*</article>", after, re.S) == re.findall("<article.*</article>", before, re.S)
    assert "20,57" not in after


def test_the_agreement_is_read_in_english_until_it_is_signed_in_danish(scene: Scene) -> None:
    def titles() -> list[tuple[str, str]]:
        return re.findall(r'lang="(\w\w)">\s*<h2[^>]*>4\. (\w+)', scene.student.get(scene.path).text)

    scene.send()
    scene.student.post("/language", data={"locale": "en"})
    assert titles() == [("en", "Period")]
    for browser in (scene.host, scene.student, scene.coordinator):
        assert sign(browser, scene) == 303
    assert titles() == [("da", "Periode")]


def test_send_what_somebody_has_rewritten_since_is_refused(scene: Scene, session: Session) -> None:
    scene.coordinator.post(f"{scene.path}/draft")
    scene.write("Det første")
    seen = {"number": 1, "version": 2}
    scene.write("Det andet", version=2)
    assert scene.coordinator.post(f"{scene.path}/send", data=seen).status_code == 409
    assert session.scalars(select(AgreementVersion)).one().sent_at is None
