"""How pyHanko is asked to seal. Loaded with the first seal: it takes half a second."""

from __future__ import annotations

import io
import urllib.request
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from placements.sealing.keys import Held, OnToken, digest_for

if TYPE_CHECKING:
    from pyhanko.sign.pkcs11 import PKCS11Signer

FIELD = "Segl"
TOOLTIP = "Udstederens segl"
SECONDS = 3.0
ROOM, ROOM_FOR_STAMP = 2048, 16384
"""Bytes for a signature besides its certificates, and for a timestamp. Room kept spares a trial run."""


class Signing:
    """A signer that is ready, and what each seal says."""

    def __init__(self, source: Held | OnToken, reason: str) -> None:
        self._signer = HeldSigner(source) if isinstance(source, Held) else _opened(source)
        own: Any = self._signer.signing_cert
        self.certificate = x509.load_der_x509_certificate(own.dump())
        self._room = ROOM + sum(len(one.dump()) for one in (own, *self._signer.cert_registry))
        self._field = SigFieldSpec(
            FIELD,
            # Outside the page: within it, PDF/UA wants it hidden or tagged, and PDF/A forbids hiding it.
            invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
            readable_field_name=TOOLTIP,
        )
        self._says = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=digest_for(self.certificate),
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            reason=reason,
        )

    def sign(self, pdf: bytes, timestamp_url: str = "") -> bytes:
        """OSError: no timestamp was given."""
        stamper = Authority(timestamp_url) if timestamp_url else None
        room = self._room + (ROOM_FOR_STAMP if stamper else 0)
        signer = PdfSigner(self._says, self._signer, timestamper=stamper, new_field_spec=self._field)
        sealed: io.BytesIO = signer.sign_pdf(_SameMetadata(io.BytesIO(pdf)), bytes_reserved=2 * room)
        return sealed.getvalue()


class HeldSigner(Signer):
    """Holds the loaded key, which pyHanko's own reads and checks anew for every signature.

    What is signed besides the page's digest is the same in every seal of ours and dear to build: it is built
    once, and each page's digest put in its place.
    """

    def __init__(self, held: Held) -> None:
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        chain.register_multiple(_as_asn1(one) for one in held.chain)
        super().__init__(signing_cert=_as_asn1(held.certificate), cert_registry=chain)
        self._key = held.key
        self._built: tuple[bytes, bytes] | None = None

    async def signed_attrs(
        self, data_digest: bytes, digest_algorithm: str, *told: Any, **named: Any
    ) -> cms.CMSAttributes:
        if self._built is None:
            made = await super().signed_attrs(data_digest, digest_algorithm, *told, **named)
            self._built = made.dump(), data_digest
        attributes, digest = self._built
        if attributes.count(digest) != 1:
            raise ValueError("the digest does not stand once among what is signed")
        return cms.CMSAttributes.load(attributes.replace(digest, data_digest))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(digest))
        return self._key.sign(data, padding.PKCS1v15(), digest)


class Authority(TimeStamper):
    """A timestamping authority as RFC 3161 asks it over HTTP."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """OSError, whatever the authority did wrong."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except Exception as error:
            raise OSError("no timestamp was given") from error

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self._url, req.dump(), headers)  # noqa: S310 (checked at start-up)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return tsp.TimeStampResp.load(answer.read(ROOM_FOR_STAMP), strict=True)


class _SameMetadata(IncrementalPdfFileWriter):
    """pyHanko would write the file's description anew, without what makes it PDF/UA-1."""

    def _update_meta(self) -> None:
        pass


def _opened(source: OnToken) -> PKCS11Signer:
    from pkcs11.exceptions import UserAlreadyLoggedIn
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    criteria = TokenCriteria(label=source.token)
    try:
        session = open_pkcs11_session(source.module, token_criteria=criteria, user_pin=source.pin)
    except UserAlreadyLoggedIn:  # this process has opened it before
        session = open_pkcs11_session(source.module, token_criteria=criteria)
    chain = [_as_asn1(one) for one in source.chain]
    signer = PKCS11Signer(session, cert_label=source.label, ca_chain=chain)
    # Many tokens sign a digest on a curve, and do not make it themselves.
    signer.use_raw_mechanism = signer.signing_cert.public_key.algorithm == "ec"
    return signer


def _as_asn1(certificate: x509.Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
