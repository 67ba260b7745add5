"""Badges as JWTs: the same bytes for the same award, refused when changed, and the key that signs them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from openbadgeslib import ob3

from placements.badges import Award, keys
from placements.badges.issuer import Issuer
from placements.badges.keys import PrivateKey
from placements.config import BadConfiguration

BASE = "https://praktik.example.dk"
AWARD = Award(
    number="UB-2025-0007",
    issued_on=date(2025, 4, 11),
    person="Amalie Kjær Nørgaard",
    issuer="Viborg Kommune",
    issuer_slug="viborg-kommune",
    programme="Peer-uddannelsen Viborg",
    programme_slug="viborg",
    aim="Uddannelsen gør levede erfaringer til en kompetence.",
    criteria="Alle krav til gennemførelse er opfyldt.",
    status_list=1,
    place=77,
)
KEY = ec.generate_private_key(ec.SECP256R1())
ISSUER = Issuer(BASE, KEY)


def fetched(
    issuer: Issuer, *, revoked: list[int], key: dict[str, Any] | None = None
) -> Callable[[str], bytes]:
    """What the site answers to a checker."""
    answers = {
        f"{BASE}/.well-known/did.json": json.dumps(issuer.did_document([key or issuer.jwk])),
        f"{BASE}/badges/status/1": issuer.status_list(1, revoked, on=datetime.now(UTC).date()),
    }
    return lambda url: answers[url].encode()


def check(token: str, download: Callable[[str], bytes]) -> ob3.OpenBadgeCredential:
    """As openbadgeslib does: the key by the issuer's did:web, the list signed by the same issuer."""
    verifier = ob3.OB3Verifier.for_issuer_did("did:web:praktik.example.dk", download=download)
    return verifier.verify(token, check_status=True, download=download)


def changed(token: str, **claims: object) -> str:
    header, payload, signature = token.split(".")
    said = {**json.loads(urlsafe_b64decode(payload + "==")), **claims}
    return f"{header}.{urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip('=')}.{signature}"


@pytest.mark.parametrize("key", [KEY, rsa.generate_private_key(65537, 2048)], ids=["P-256", "RSA"])
def test_badge_is_the_same_bytes_and_verifies_with_the_published_key(key: PrivateKey) -> None:
    issuer = Issuer(BASE, key)
    token = issuer.badge(AWARD)
    assert Issuer(BASE, key).badge(AWARD) == token
    credential = check(token, fetched(issuer, revoked=[76, 78]))
    assert credential.issuer.name == "Viborg Kommune"
    assert credential.identifiers == [ob3.IdentityObject("Amalie Kjær Nørgaard", "name", hashed=False)]
    assert credential.issuance_date == datetime(2025, 4, 11, tzinfo=UTC)
    published = jwt.PyJWKSet.from_dict(issuer.key_set([issuer.jwk]))
    header = jwt.get_unverified_header(token)
    assert jwt.decode(token, published[header["kid"]], algorithms=[header["alg"]])["jti"] == credential.id
    assert set(header) == {"alg", "jwk", "kid", "typ"}
    assert not {"d", "p", "q"} & set(header["jwk"])


def test_badge_says_this_and_nothing_more() -> None:
    said = jwt.decode(ISSUER.badge(AWARD), options={"verify_signature": False})
    assert set(said) == {
        *("@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject", "credentialSchema"),
        *("credentialStatus", "iss", "jti", "nbf"),
    }
    assert set(said["credentialSubject"]) == {"type", "identifier", "achievement"}
    assert said["credentialSubject"]["achievement"] == {
        "id": f"{BASE}/badges/achievements/viborg",
        "type": ["Achievement"],
        "name": AWARD.programme,
        "description": AWARD.aim,
        "criteria": {"narrative": AWARD.criteria},
        "achievementType": "CertificateOfCompletion",
    }
    assert said["credentialStatus"]["statusListIndex"] == "77"
    others = ISSUER.badge(replace(AWARD, number="UB-2025-0008"))
    assert jwt.decode(others, options={"verify_signature": False})["id"] != said["id"]


def test_changed_badge_is_refused() -> None:
    with pytest.raises(ob3.OB3VerificationError, match="Invalid signature"):
        check(changed(ISSUER.badge(AWARD), name="Læge"), fetched(ISSUER, revoked=[]))


def test_badge_of_another_key_is_refused() -> None:
    forged = Issuer(BASE, ec.generate_private_key(ec.SECP256R1())).badge(AWARD)
    with pytest.raises(ob3.OB3VerificationError, match="no verificationMethod with id"):
        check(forged, fetched(ISSUER, revoked=[]))


def test_badge_whose_bit_is_set_is_refused() -> None:
    with pytest.raises(ob3.OB3VerificationError, match="'revocation' is set at index 77"):
        check(ISSUER.badge(AWARD), fetched(ISSUER, revoked=[3, 77]))


def test_list_holds_two_days_from_the_day_it_is_asked_for() -> None:
    said = jwt.decode(ISSUER.status_list(1, [], on=date(2025, 4, 11)), options={"verify_signature": False})
    assert (said["validFrom"], said["validUntil"]) == ("2025-04-11T00:00:00Z", "2025-04-13T00:00:00Z")


def test_address_with_a_port_is_named_by_it() -> None:
    assert Issuer("http://127.0.0.1:5000", KEY).did == "did:web:127.0.0.1%3A5000"


# The key


def written(path: Path, key: Any, *, mode: int = 0o600, passphrase: bytes = b"") -> str:
    kind = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, kind))
    path.chmod(mode)
    return str(path)


def test_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    config = {"BADGE_KEY": "", "INSTANCE": tmp_path}
    assert keys.of(config).private_numbers() == keys.of(config).private_numbers()
    folder = tmp_path / "badges"
    assert (folder.stat().st_mode & 0o777, (folder / "key.pem").stat().st_mode & 0o777) == (0o700, 0o600)


def test_given_key_is_used(tmp_path: Path) -> None:
    config = {"BADGE_KEY": written(tmp_path / "key.pem", KEY), "INSTANCE": tmp_path}
    assert keys.of(config).private_numbers() == KEY.private_numbers()
    assert not (tmp_path / "badges").exists()


@pytest.mark.parametrize(
    ("key", "options", "why"),
    [
        (KEY, {"mode": 0o640}, "can be read by others"),
        (KEY, {"passphrase": b"x"}, "not a private key in PEM without a passphrase"),
        (ec.generate_private_key(ec.SECP384R1()), {}, "must be of P-256"),
        (ed25519.Ed25519PrivateKey.generate(), {}, "must be of P-256"),
    ],
)
def test_key_that_cannot_be_used_stops_the_start(
    tmp_path: Path, key: Any, options: dict[str, Any], why: str
) -> None:
    path = written(tmp_path / "key.pem", key, **options)
    with pytest.raises(BadConfiguration, match=why):
        keys.of({"BADGE_KEY": path, "INSTANCE": tmp_path})


def test_key_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r"PLACEMENTS_BADGE_KEY: .*/none\.pem cannot be read"):
        keys.of({"BADGE_KEY": str(tmp_path / "none.pem"), "INSTANCE": tmp_path})
