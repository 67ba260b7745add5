"""A scan is what is in the file: three kinds are kept byte for byte, and everything else is refused."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from sqlalchemy.orm import Session

from placements.domain import scans
from placements.domain.rules import RuleBroken

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


def image(kind: str, size: tuple[int, int] = (40, 60)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "white").save(kept, kind)
    return kept.getvalue()


def paper(pages: int = 1, *, attached: bool = False) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    if attached:
        document.new_attachment("navne.txt").set_data(b"hemmeligt")
    kept = io.BytesIO()
    document.save(kept)
    document.close()
    return kept.getvalue()


def bomb() -> bytes:
    """A small PNG that says it is 20,000 by 20,000 points."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def with_object(inside: bytes) -> bytes:
    return paper().replace(b"/Type/Catalog", b"/Type/Catalog" + inside)


@pytest.mark.parametrize(
    ("content", "name", "mimetype"),
    [
        (paper(), "aftale.pdf", "application/pdf"),
        (paper(3), "uden endelse", "application/pdf"),
        (image("JPEG"), "IMG_1.JPEG", "image/jpeg"),
        (image("PNG"), "aftale.png", "image/png"),
    ],
)
def test_check_goes_by_what_is_in_the_file(content: bytes, name: str, mimetype: str) -> None:
    assert scans.check(content, name).mimetype == mimetype


BAD = {
    "nothing": (b"", "", scans.EMPTY),
    "a page": (b"<html><script>alert(1)</script>", "aftale.pdf", scans.UNKNOWN),
    "a program": (b"MZ\x90\0", "aftale.png", scans.UNKNOWN),
    "a picture of another kind": (image("GIF"), "aftale.jpg", scans.UNKNOWN),
    "something before the PDF": (b"GIF89a" + paper(), "aftale.pdf", scans.UNKNOWN),
    "a name of another kind": (image("PNG"), "aftale.pdf", scans.OTHER_NAME),
    "only the beginning of a PDF": (b"%PDF-1.7\nnothing more", "aftale.pdf", scans.BROKEN),
    "half a JPEG": (image("JPEG", (400, 400))[:-900], "aftale.jpg", scans.BROKEN),
    "half a PNG": (image("PNG")[:-20], "aftale.png", scans.BROKEN),
    "a bomb": (bomb(), "aftale.png", scans.TOO_MANY),
    "too many pages": (paper(scans.MOST_PAGES + 1), "aftale.pdf", scans.TOO_MANY),
    "a script": (with_object(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "a.pdf", scans.LIVE),
    "a script under another spelling": (with_object(b"/OpenAction<</S/J#61vaScript>>"), "a.pdf", scans.LIVE),
    "a program to start": (with_object(b"/OpenAction<</S/Launch/F(cmd)>>"), "a.pdf", scans.LIVE),
    "a file inside": (paper(attached=True), "a.pdf", scans.LIVE),
    "too large": (paper() + b"\0" * scans.LARGEST, "a.pdf", scans.TOO_LARGE),
}


@pytest.mark.parametrize("what", BAD)
def test_check_refuses_what_it_does_not_claim_to_be(what: str) -> None:
    content, name, sentence = BAD[what]
    with pytest.raises(RuleBroken) as refused:
        scans.check(content, name)
    assert (refused.value.sentence, refused.value.field) == (sentence, "scan")


def test_keep_leaves_the_bytes_as_they_came(session: Session) -> None:
    content = paper()
    kept = scans.keep(session, content, name="../../aftale.pdf", number="PA-2025-00001-1", now=NOW)
    session.flush()
    assert (kept.content, kept.sha256) == (content, hashlib.sha256(content).hexdigest())
    assert kept.filename == "underskrevet-PA-2025-00001-1.pdf"
    assert pdfium.FPDF_GetSecurityHandlerRevision(pypdfium2.PdfDocument(kept.content).raw) == -1
