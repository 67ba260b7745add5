"""JWTs that are the same bytes for the same content and key: P-256 by RFC 6979, RSA by itself."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from jwt import PyJWS
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.utils import der_to_raw_signature

from placements.badges.keys import PrivateKey

_THUMBED = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}


class Deterministic(ECAlgorithm):
    def sign(self, msg: bytes, key: Any) -> bytes:
        signature = key.sign(msg, ec.ECDSA(self.hash_alg(), deterministic_signing=True))
        return der_to_raw_signature(signature, key.curve)


_JWS = PyJWS()
_JWS.unregister_algorithm("ES256")
_JWS.register_algorithm("ES256", Deterministic(ECAlgorithm.SHA256))


def algorithm_of(key: PrivateKey) -> str:
    return "ES256" if isinstance(key, ec.EllipticCurvePrivateKey) else "RS256"


def public_jwk(key: PrivateKey) -> dict[str, Any]:
    """What is published of it: never the private part."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        jwk = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    else:
        jwk = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: jwk[name] for name in _THUMBED[jwk["kty"]]}


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """Its name, by RFC 7638."""
    canonical = json.dumps({name: jwk[name] for name in _THUMBED[jwk["kty"]]}, separators=(",", ":"))
    return urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).decode().rstrip("=")


def signed(payload: Mapping[str, Any], key: PrivateKey, *, name: str) -> str:
    """A compact JWS whose header names the key and holds its public part, as Open Badges 3.0 asks (8.2.3)."""
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    headers = {"kid": name, "jwk": public_jwk(key)}
    return _JWS.encode(content.encode(), key, algorithm=algorithm_of(key), headers=headers)
