"""One invisible seal (PAdES) on a printed page, which stays PDF/UA-1 and PDF/A-3a under it."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from placements import logs
from placements.i18n import Text, _
from placements.sealing.keys import Held, OnToken

if TYPE_CHECKING:
    from placements.sealing.signing import Signing

QUIET = timedelta(minutes=1)
"""How long a timestamping authority that did not answer is left alone."""

REASON = "Udstederens segl: dokumentet er ikke ændret, siden det blev udstedt"
TEST_REASON = "TESTSEGL, lavet af systemet selv: beviser ikke, hvem der har udstedt dokumentet"


class SealingFailed(Exception):
    """The key could not be used; `sentence` is for people, the cause is in the log."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Sealed:
    """`fingerprint` is the sha256 of the certificate, `certificate` its PEM text."""

    pdf: bytes
    sha256: str
    fingerprint: str
    certificate: str
    is_test: bool

    def whose(self) -> tuple[str, date]:
        """The name in the certificate, and the last day it is valid."""
        certificate = x509.load_pem_x509_certificate(self.certificate.encode())
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        name = str(names[0].value) if names else certificate.subject.rfc4514_string()
        return name, certificate.not_valid_after_utc.date()


class Sealer:
    """Made once in a process; several threads may use it."""

    def __init__(self, source: Held | OnToken, timestamp_url: str = "") -> None:
        self._source = source
        self._timestamp_url = timestamp_url
        self._not_before: datetime | None = None
        self._lock = Lock()

    @property
    def is_test(self) -> bool:
        return isinstance(self._source, Held) and self._source.is_test

    def seal(self, pdf: bytes, *, now: datetime) -> Sealed:
        """Raises `SealingFailed`. When the timestamping authority is silent, it is sealed all the same."""
        try:
            with self._lock:
                sealed = self._stamped(pdf, now)
                certificate = self._signing.certificate
        except Exception as error:
            self.__dict__.pop("_signing", None)  # a token that was away is opened anew
            logs.trouble("sealing failed", error)
            raise SealingFailed(
                _("Dokumentet kunne ikke forsegles, så intet er gemt. Prøv igen om lidt.")
            ) from error
        return Sealed(
            pdf=sealed,
            sha256=hashlib.sha256(sealed).hexdigest(),
            fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
            certificate=certificate.public_bytes(Encoding.PEM).decode(),
            is_test=self.is_test,
        )

    def _stamped(self, pdf: bytes, now: datetime) -> bytes:
        if self._timestamp_url and not (self._not_before and now < self._not_before):
            try:
                return self._signed(pdf, now, self._timestamp_url)
            except OSError as error:  # what pyHanko says of a timestamp that was not given
                self._not_before = now + QUIET
                logs.trouble("sealed without a timestamp", error)
        return self._signed(pdf, now)

    def _signed(self, pdf: bytes, now: datetime, timestamp_url: str = "") -> bytes:
        """In a thread of its own: pyHanko wants an event loop, and this thread may have one that runs."""
        _refuse_outdated(self._signing.certificate, now)
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(self._signing.sign, pdf, timestamp_url).result()

    @cached_property
    def _signing(self) -> Signing:
        from placements.sealing.signing import Signing

        return Signing(self._source, TEST_REASON if self.is_test else REASON)


def _refuse_outdated(certificate: x509.Certificate, now: datetime) -> None:
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise ValueError("the certificate of the seal is not valid today")
