"""`pdf.inspect`: whose seal a stranger's file bears, whatever was done to it, and nothing it may harm."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
import pytest

from placements import pdf
from placements.pdf import Finding
from tests.sealed_files import changed, key, page, sealed, with_more

OURS, OLD, THEIRS = key("Our issuer"), key("Our issuer before"), key("Somebody else")
SEALED = sealed(page(), OURS)


def inspected(content: bytes) -> tuple[Finding, str]:
    return pdf.inspect(content, [OLD.certificate, OURS.certificate])


def rewritten(content: bytes) -> bytes:
    """As a program that writes the whole file anew saves it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def bomb() -> bytes:
    """A table of contents of 3 MB that unfolds to 3 GB. pyHanko stops at what it may hold."""
    packer = zlib.compressobj(9)
    start, block = packer.compress(b""), packer.compress(b" " * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = start + block * 300 + packer.flush()
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/W[1 4 2]/Size 9/Root 2 0 R/Filter/FlateDecode/Length %d>>\n"
    return head % len(packed) + b"stream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "finding", "about"),
    [
        pytest.param(SEALED, Finding.WHOLE, OURS.fingerprint, id="as we sealed it"),
        pytest.param(sealed(page(), OLD), Finding.WHOLE, OLD.fingerprint, id="with an earlier key"),
        pytest.param(with_more(SEALED), Finding.ADDED, OURS.fingerprint, id="saved by a viewer"),
        pytest.param(changed(SEALED, 60), Finding.BROKEN, OURS.fingerprint, id="a byte of the page"),
        pytest.param(rewritten(SEALED), Finding.BROKEN, OURS.fingerprint, id="written anew"),
        pytest.param(SEALED[:-200], Finding.BROKEN, OURS.fingerprint, id="the end is missing"),
        pytest.param(sealed(page(), THEIRS), Finding.SOMEBODY_ELSES, "", id="somebody else's seal"),
        pytest.param(page(), Finding.NOTHING, "", id="no seal"),
        pytest.param(page()[:-200], Finding.UNREADABLE, "", id="torn off"),
        pytest.param(locked(), Finding.NOTHING, "", id="locked"),
        pytest.param(b"%PDF-1.7" + b"[" * 100_000, Finding.UNREADABLE, "", id="nested"),
        pytest.param(bomb(), Finding.UNREADABLE, "", id="bomb"),
        pytest.param(b"", Finding.UNREADABLE, "", id="nothing"),
    ],
)
def test_file_is_told_from_others(content: bytes, finding: Finding, about: str) -> None:
    assert inspected(content) == (finding, about)


def test_any_changed_byte_is_seen() -> None:
    """Also in the table of contents and in the certificate. A seal does not cover itself: what changes there
    is told by checksums.
    """
    (seal,) = re.finditer(rb"/Contents <([0-9A-F]+)>", SEALED)
    found = {at: inspected(changed(SEALED, at)) for at in range(8, len(SEALED), len(SEALED) // 97)}
    assert {about for _finding, about in found.values()} == {OURS.fingerprint}
    assert {finding for at, (finding, _about) in found.items() if not seal.start(1) <= at < seal.end(1)} == {
        Finding.BROKEN
    }


def test_what_a_hostile_file_says_is_not_logged(capfd: pytest.CaptureFixture[str]) -> None:
    inspected(SEALED.replace(b"ETSI.CAdES.detached", b"ETSI.HEMMELIG.hilsen"))
    assert capfd.readouterr().err == ""


def test_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS_TO_INSPECT", 0.0)
    assert inspected(SEALED) == (Finding.UNREADABLE, "")
