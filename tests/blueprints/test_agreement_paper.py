"""Signed with a pen: the coordinator uploads the scan and says who has signed; the parties can fetch it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.agreements import AgreementSignature
from placements.models.documents import Document
from placements.models.placements import Placement, PlacementStatus
from placements.models.signatures import SignatureMethod
from placements.models.users import User
from tests.blueprints.test_agreements import Scene, sign
from tests.conftest import Client
from tests.domain.test_scans import image, paper
from tests.factories import Factory

As = Callable[[User], Client]
PNG = image("PNG")
ALL = {"name_student": "Stine S", "name_host": "Vera  Vært", "name_coordinator": "Karen K"}


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    scene = Scene(make, as_user)
    scene.send()
    return scene


def upload(scene: Scene, content: bytes = PNG, name: str = "scan.png", **values: str) -> Any:
    data = {"number": "1", "signed_on": "2025-02-03", "scan": (io.BytesIO(content), name)} | values
    return scene.coordinator.post(f"{scene.path}/paper", data=data)


def scan_path(session: Session, scene: Scene) -> str:
    (scan_id,) = set(session.scalars(select(AgreementSignature.scan_id))) - {None}
    return f"{scene.path}/scans/{scan_id}"


def test_record_all_three_concludes_the_agreement(scene: Scene, session: Session) -> None:
    assert upload(scene, **ALL).status_code == 303
    assert session.get_one(Placement, scene.placement.id).status is PlacementStatus.AGREED
    offered, scan, signed = session.scalars(select(Document).order_by(Document.id)).all()
    given = session.scalars(select(AgreementSignature).order_by(AgreementSignature.id)).all()
    assert [one.name for one in given] == ["Stine S", "Vera Vært", "Karen K"]
    assert {(one.method, one.sha256, one.scan_id) for one in given} == {
        (SignatureMethod.PAPER, offered.sha256, scan.id)
    }
    assert {(one["how"], one["signed"]) for one in signed.printed["signatures"]} == {
        ("Underskrevet på papir", "3. februar 2025")
    }


def test_paper_for_some_leaves_the_others_to_sign_by_themselves(scene: Scene, session: Session) -> None:
    assert upload(scene, paper(), "scan.pdf", name_host="Vera Vært").status_code == 303
    assert "Vi mangler din underskrift" not in scene.host.get(scene.path).text
    assert sign(scene.coordinator, scene) == 303  # who recorded the paper has not signed by that
    assert sign(scene.student, scene) == 303
    assert session.get_one(Placement, scene.placement.id).status is PlacementStatus.AGREED


def test_scan_is_fetched_by_the_parties_as_it_came_and_never_shown(
    scene: Scene, session: Session, make: Factory, as_user: As
) -> None:
    upload(scene, name_host="Vera Vært")
    path = scan_path(session, scene)
    assert path in scene.host.get(scene.path).text
    for browser in (scene.coordinator, scene.host, scene.student):
        answer = browser.get(path)
        assert answer.data == PNG
        assert answer.mimetype == "image/png"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="underskrevet-PA-')
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for user in (make.host(make.unit("Andetsteds")), make.enrolment(scene.placement.cohort).user):
        assert as_user(user).get(path).status_code == 404
    assert scene.host.get(f"{scene.path}/scans/1").status_code == 404  # a document, but no scan


def test_scan_that_is_not_what_it_claims_is_refused_and_nothing_is_signed(
    scene: Scene, session: Session
) -> None:
    answer = upload(scene, b"<html><script>alert(1)</script>", "aftale.pdf", **ALL)
    assert answer.status_code == 422
    assert "hverken en PDF, en JPEG eller en PNG" in answer.text
    assert 'value="Stine S"' in answer.text
    assert session.scalars(select(AgreementSignature)).all() == []
    assert len(session.scalars(select(Document)).all()) == 1


def claim(browser: Client, path: str, size: int) -> Any:
    """A request that says it is so large; the server need not read it to refuse it."""
    return browser.post(
        path,
        data=b"--x--",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(size)},
    )


def test_scan_that_is_too_large_is_refused_with_a_sentence(scene: Scene) -> None:
    answer = claim(scene.coordinator, f"{scene.path}/paper", 11_000_000)
    assert answer.status_code == 413
    assert "En fil må højst fylde 10 MB" in answer.text


def test_only_the_page_for_scans_takes_so_much(scene: Scene) -> None:
    assert claim(scene.coordinator, f"{scene.path}/edit", 5_000_000).status_code == 413
    assert claim(scene.coordinator, f"{scene.path}/paper", 5_000_000).status_code != 413


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"signed_on": "2025-02-04"}, "kan ikke være efter i dag"),
        ({"signed_on": ""}, "Skriv datoen på papiret"),
        ({"name_host": " "}, "mindst én"),
        ({"number": "2"}, "Teksten er ændret"),
    ],
)
def test_record_refuses_and_keeps_what_was_typed(
    scene: Scene, session: Session, values: dict[str, str], sentence: str
) -> None:
    answer = upload(scene, **({"name_host": "Vera Vært"} | values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(AgreementSignature)).all() == []


def test_remind_mails_those_who_have_not_signed_once_a_day(scene: Scene) -> None:
    """The mail that was sent with the agreement counts: nobody is reminded on the same day."""
    sign(scene.host, scene)
    page = scene.coordinator.get(scene.path).text
    assert "Send en påmindelse" in page
    assert "Sidste mail er fra" in page
    answer = scene.coordinator.post(f"{scene.path}/remind")
    assert answer.status_code == 422
    assert "Du kan sende en påmindelse igen fra" in answer.text
    assert "Vera" not in answer.text


def test_record_without_a_token_is_refused(scene: Scene, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert upload(scene, **ALL).status_code == 400
