"""A paper that somebody has scanned: PDF, JPEG or PNG by what is in the file, never by its name.

The bytes are kept as they came. What can run something when it is opened, or hides a file, is refused.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, UnidentifiedImageError
from sqlalchemy.orm import Session

from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.documents import Document, DocumentKind

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""A page of A4 at 600 dots an inch is 35 million."""
MOST_PAGES = 100
FIELD = "scan"
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_one_reader = Lock()
"""PDFium is not made for several threads."""

EMPTY = _("Vælg en fil.")
TOO_LARGE = _("Filen er for stor. Den må højst fylde 10 MB. Skan igen i lavere opløsning.")
UNKNOWN = _("Filen er hverken en PDF, en JPEG eller en PNG, uanset hvad den hedder. Skan aftalen igen.")
BROKEN = _("Filen kan ikke åbnes. Den er måske ikke hentet helt ned. Skan aftalen igen.")
OTHER_NAME = _("Filen er noget andet, end dens navn siger. Gem den igen som PDF, JPEG eller PNG.")
TOO_MANY = _("Filen har for mange sider eller for mange billedpunkter. Skan igen i lavere opløsning.")
LOCKED = _("PDF-filen er låst med en kode eller rettigheder. Gem den uden, og prøv igen.")
LIVE = _("PDF-filen indeholder andet end sider, fx et program eller en vedhæftet fil. Skan papiret igen.")


@dataclass(frozen=True, slots=True)
class Kind:
    ending: str
    mimetype: str
    magic: bytes
    endings: tuple[str, ...]


KINDS = (
    Kind("pdf", "application/pdf", b"%PDF-", ("pdf",)),
    Kind("jpg", "image/jpeg", b"\xff\xd8\xff", ("jpg", "jpeg")),
    Kind("png", "image/png", b"\x89PNG\r\n\x1a\n", ("png",)),
)


# Questions


def kind_of(content: bytes) -> Kind | None:
    return next((kind for kind in KINDS if content.startswith(kind.magic)), None)


def check(content: bytes, name: str = "") -> Kind:
    """What it is. Raises `RuleBroken` for anything else than a readable PDF, JPEG or PNG of a decent size."""
    if not content:
        raise _refused(EMPTY)
    if len(content) > LARGEST:
        raise _refused(TOO_LARGE)
    kind = kind_of(content)
    if kind is None:
        raise _refused(UNKNOWN)
    ending = name.rpartition(".")[2].lower()
    if any(ending in other.endings for other in KINDS if other is not kind):
        raise _refused(OTHER_NAME)
    if kind.ending == "pdf":
        _check_pdf(content)
    else:
        _check_image(content, kind)
    return kind


def _refused(sentence: Text) -> RuleBroken:
    return RuleBroken(sentence, field=FIELD)


def _check_image(content: bytes, kind: Kind) -> None:
    """Read to the last point; the size is looked at first, so that a small file cannot fill the memory."""
    formats = ("PNG",) if kind.ending == "png" else ("JPEG",)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=formats) as image:
                too_many = image.width * image.height > MOST_PIXELS
                if not too_many:
                    image.verify()
            if not too_many:
                with Image.open(io.BytesIO(content), formats=formats) as image:
                    image.load()
        except Image.DecompressionBombError:
            too_many = True
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise _refused(BROKEN) from error
    if too_many:
        raise _refused(TOO_MANY)


def _check_pdf(content: bytes) -> None:
    if ACTIVE.search(HEX.sub(lambda code: bytes([int(code[1], 16)]), content)):
        raise _refused(LIVE)
    with _one_reader:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _refused(LOCKED if b"/Encrypt" in content else BROKEN) from error
        try:
            _check_parts(document)
        finally:
            document.close()


def _check_parts(document: pypdfium2.PdfDocument) -> None:
    if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
        raise _refused(LOCKED)
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        raise _refused(LIVE)
    if pdfium.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        raise _refused(LIVE)
    if not 0 < len(document) <= MOST_PAGES:
        raise _refused(TOO_MANY if len(document) else BROKEN)


# Actions


def keep(session: Session, content: bytes, *, name: str = "", number: str, now: datetime) -> Document:
    """Checked and kept, byte for byte, under a name of our own."""
    kind = check(content, name)
    document = Document(
        kind=DocumentKind.AGREEMENT,
        number=number,
        filename=f"underskrevet-{number}.{kind.ending}",
        sha256=sha256(content).hexdigest(),
        template_version="",
        printed={"type": kind.mimetype},
        created_at=now,
        content=content,
    )
    session.add(document)
    return document
