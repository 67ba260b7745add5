"""A badge from the click that issues it to the checker that asks whether it still holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from openbadgeslib import ob3
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.badges import keys
from placements.models.badges import BadgeKey
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.users import User
from placements.printing import paper
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import checker

As = Callable[[User], Client]


@pytest.fixture
def enrolment(make: Factory) -> Enrolment:
    cohort = make.cohort(make.programme("viborg"))
    found = make.enrolment(
        cohort, make.grant(make.user("Amalie Kjær"), "student"), theory_met_on=date(2024, 12, 13)
    )
    make.placement(enrolment=found, status="completed")
    return found


@pytest.fixture
def desk(make: Factory, as_user: As, enrolment: Enrolment) -> Client:
    return as_user(make.coordinator(enrolment.cohort.programme))


def issued(desk: Client, session: Session, enrolment: Enrolment) -> Diploma:
    assert desk.post(f"/enrolments/{enrolment.id}/diploma").status_code == 303
    return session.scalars(select(Diploma).order_by(Diploma.id.desc())).first() or pytest.fail("none issued")


def check(client: Client, token: str) -> ob3.OpenBadgeCredential:
    """As a stranger does, through what is published; https is where did:web looks."""

    def download(url: str) -> bytes:
        answer = client.get(url.removeprefix("https://localhost").removeprefix("http://localhost"))
        assert answer.status_code == 200
        return answer.data

    verifier = ob3.OB3Verifier.for_issuer_did("did:web:localhost", download=download)
    return verifier.verify(token, check_status=True, download=download)


def test_badge_is_carried_by_the_pdf_downloaded_and_verified_until_it_is_revoked(
    desk: Client, as_user: As, client: Client, session: Session, enrolment: Enrolment
) -> None:
    diploma = issued(desk, session, enrolment)
    student = as_user(enrolment.user)
    address = f"/diplomas/{diploma.id}/badge"
    assert f'href="{address}"' in student.get("/my").text
    answer = student.get(address)
    assert answer.mimetype == "application/vc+jwt"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bevis-UB-2025-0001.jwt"'
    pdf = student.get(f"/diplomas/{diploma.id}.pdf").data
    assert checker.problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["bevis-UB-2025-0001.jwt"]
        assert opened.attachments["bevis-UB-2025-0001.jwt"].get_file().read_bytes() == answer.data
    assert diploma.document is not None
    assert paper.printed_again(diploma.document).sha256 == diploma.document.page_sha256
    assert f'href="{address}"' in desk.get(f"/enrolments/{enrolment.id}/diploma").text
    assert desk.get(address).data == answer.data

    credential = check(client, answer.text)
    assert credential.issuer.name == "Recovery-skolen"
    assert credential.achievement.name == enrolment.cohort.programme.name
    assert credential.achievement.criteria_narrative == (
        "Alle krav til gennemførelse er opfyldt. 9 timers teori. Moduler: Recovery. 13 ugers praktik."
    )
    printed = diploma.document.printed
    kept_back = [
        diploma.code,
        enrolment.user.email,
        printed["period"],
        *list(printed["practicum"].values())[1:],
    ]
    assert [text for text in kept_back if text and text in str(credential.raw)] == []
    assert client.get(str(credential.issuer.url).removeprefix("http://localhost")).json["name"] == (
        "Recovery-skolen"
    )
    achievement = client.get(credential.achievement.id.removeprefix("http://localhost"))
    assert achievement.json["name"] == enrolment.cohort.programme.name

    data = {"reason": "Udstedt ved en fejl.", "version": diploma.version}
    assert desk.post(f"/diplomas/{diploma.id}/revoke", data=data).status_code == 303
    with pytest.raises(ob3.OB3VerificationError, match="'revocation' is set"):
        check(client, answer.text)


def test_reissue_gives_a_new_badge_and_ends_the_old_one(
    desk: Client, client: Client, session: Session, enrolment: Enrolment
) -> None:
    old = issued(desk, session, enrolment)
    first = desk.get(f"/diplomas/{old.id}/badge").text
    data = {"name": "Amalie Kjær Nørgaard", "issued_on": "2025-02-01", "version": old.version}
    assert desk.post(f"/diplomas/{old.id}/reissue", data=data).status_code == 303
    new = session.scalars(select(Diploma).where(Diploma.replaces_id == old.id)).one()
    credential = check(client, desk.get(f"/diplomas/{new.id}/badge").text)
    assert credential.identifiers[0].identity_hash == "Amalie Kjær Nørgaard"
    with pytest.raises(ob3.OB3VerificationError, match="'revocation' is set"):
        check(client, first)


def test_certificate_has_no_badge(make: Factory, as_user: As, session: Session, desk: Client) -> None:
    cohort = session.scalars(select(Enrolment)).one().cohort
    person = make.enrolment(cohort)
    make.attendance(make.teaching_session(make.run(cohort, make.module(cohort.programme))), person)
    assert desk.post(f"/enrolments/{person.id}/certificate").status_code == 303
    certificate = session.scalars(select(Diploma)).one()
    assert certificate.badge_index is None
    assert desk.get(f"/diplomas/{certificate.id}/badge").status_code == 404
    assert "/badge" not in desk.get(f"/enrolments/{person.id}/diploma").text
    assert session.scalars(select(BadgeKey)).all() == []


def test_published_is_kept_a_while_by_everybody_and_an_error_is_not(
    make: Factory, client: Client, enrolment: Enrolment
) -> None:
    make.diploma(enrolment, badge_index=5)
    for path in ("/.well-known/jwks.json", "/.well-known/did.json", "/badges/status/1"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
    missing = client.get("/badges/status/2")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("path", ["/.well-known/jwks.json", "/static/verify.css", "/badges/status/1"])
def test_what_any_cache_may_keep_carries_nobodys_session(
    make: Factory, desk: Client, enrolment: Enrolment, path: str
) -> None:
    """Also when it is time to note that somebody is still there."""
    make.diploma(enrolment, badge_index=5)
    with desk.session_transaction() as cookie:
        cookie["seen"] -= 120
    answer = desk.get(path)
    assert answer.cache_control.public
    assert ("Set-Cookie" in answer.headers, "cookie" in answer.vary) == (False, False)
    assert "Set-Cookie" in desk.get("/").headers


def test_badge_of_an_earlier_key_verifies_and_is_printed_again_as_it_was(
    app: Flask,
    desk: Client,
    client: Client,
    session: Session,
    enrolment: Enrolment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    diploma = issued(desk, session, enrolment)
    token = desk.get(f"/diplomas/{diploma.id}/badge").text
    new = keys.of({"BADGE_KEY": "", "INSTANCE": tmp_path})
    monkeypatch.setitem(app.extensions, "badges", new)
    assert check(client, token).id
    assert len(client.get("/.well-known/jwks.json").json["keys"]) == 2
    assert diploma.document is not None
    assert paper.printed_again(diploma.document).sha256 == diploma.document.page_sha256
