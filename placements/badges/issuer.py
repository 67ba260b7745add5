"""Who signs: badges, the list of those that no longer hold, and what is published about both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from openbadgeslib import ob3
from openbadgeslib.ob3.credential import OB3_CONTEXT

from placements.badges import signing
from placements.badges.award import Award
from placements.badges.keys import PrivateKey

COMPLETED = "CertificateOfCompletion"
LIST_HOLDS = timedelta(days=2)
"""How long an old copy of the list is believed."""
ASK_AGAIN = timedelta(minutes=5)


class Issuer:
    """The site is named by its address (did:web); the organiser is named in each badge."""

    def __init__(self, base_url: str, key: PrivateKey) -> None:
        self._base = base_url
        self._key = key
        self.did = f"did:web:{quote(urlsplit(base_url).netloc, safe='')}"

    @cached_property
    def jwk(self) -> dict[str, Any]:
        return signing.public_jwk(self._key)

    @cached_property
    def thumbprint(self) -> str:
        return signing.thumbprint(self.jwk)

    def badge(self, award: Award) -> str:
        """The credential as a JWT: the same for the same award and key."""
        issuer = self._profile(award.issuer, award.issuer_slug)
        status = ob3.status_entry(self._status_url(award.status_list), "revocation", award.place)
        credential = ob3.OpenBadgeCredential(
            id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{issuer.url}#{award.number}')}",
            issuer=issuer,
            recipient_id=None,
            identifiers=[ob3.IdentityObject(award.person, "name", hashed=False)],
            achievement=self._achievement(award.programme, award.programme_slug, award.aim, award.criteria),
            issuance_date=_midnight(award.issued_on),
            credential_status=[status],
        )
        return self._signed(credential.to_jwt_payload())

    def status_list(self, number: int, places: Iterable[int], *, on: date) -> str:
        """Whose bit is set no longer holds. The same all day, unless one more is set."""
        url = self._status_url(number)
        credential = ob3.build_status_list_credential(
            self.did,
            url,
            "revocation",
            places,
            issued=_midnight(on),
            valid_until=_midnight(on) + LIST_HOLDS,
            ttl=int(ASK_AGAIN / timedelta(milliseconds=1)),
        )
        claims = {"iss": self.did, "jti": url, "nbf": int(_midnight(on).timestamp())}
        return self._signed({**credential, **claims})

    # What is published

    def key_set(self, jwks: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Every key that a badge was signed with, each under the name that the badge gives it."""
        kinds = {"EC": "ES256", "RSA": "RS256"}
        return {
            "keys": [
                {**jwk, "kid": self._named(signing.thumbprint(jwk)), "alg": kinds[jwk["kty"]], "use": "sig"}
                for jwk in jwks
            ]
        }

    def did_document(self, jwks: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return ob3.build_did_document(self.did, [(signing.thumbprint(jwk), jwk) for jwk in jwks])

    def profile(self, name: str, slug: str) -> dict[str, Any]:
        return {"@context": OB3_CONTEXT, **self._profile(name, slug).to_dict()}

    def achievement(self, name: str, slug: str, aim: str, criteria: str) -> dict[str, Any]:
        return {"@context": OB3_CONTEXT, **self._achievement(name, slug, aim, criteria).to_dict()}

    def _profile(self, name: str, slug: str) -> ob3.Issuer:
        return ob3.Issuer(id=self.did, name=name, url=f"{self._base}/badges/issuers/{slug}")

    def _achievement(self, name: str, slug: str, aim: str, criteria: str) -> ob3.Achievement:
        return ob3.Achievement(
            id=f"{self._base}/badges/achievements/{slug}",
            name=name,
            description=aim,
            criteria_narrative=criteria,
            achievement_type=COMPLETED,
        )

    def _status_url(self, number: int) -> str:
        return f"{self._base}/badges/status/{number}"

    def _named(self, thumbprint: str) -> str:
        return f"{self.did}#{thumbprint}"

    def _signed(self, payload: dict[str, Any]) -> str:
        return signing.signed(payload, self._key, name=self._named(self.thumbprint))


def _midnight(day: date) -> datetime:
    """In UTC, so that the day that a reader sees is the day on the paper."""
    return datetime.combine(day, time(), UTC)
