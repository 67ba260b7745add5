"""Documents as PDF: printed in a process of their own, from plain values, the same bytes for the same values.

`render("agreement", values)` answers a `Rendered`. Each document is a folder: `context.py` (FILENAME, SAMPLE,
WORST, `build`), `template.html`, `style.css`; what they share is in `_shared/`. A template that extends
another takes its style along: most extend `_paper`, a sheet of A4 with issuer, braid and page numbers.
Only this file imports WeasyPrint, and only in the worker process: threads that share its objects corrupt each
other's pages.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from placements import printable
from placements.i18n import _
from placements.pdf import binding, pool
from placements.pdf.attachments import Attachment, as_plain
from placements.pdf.errors import NoneFree, RenderError, UnprintableText
from placements.pdf.inspection import Finding

__all__ = [
    "DOCUMENTS",
    "MANY",
    "STAMPED",
    "Attachment",
    "Finding",
    "NoneFree",
    "Page",
    "RenderError",
    "Rendered",
    "UnprintableText",
    "bind",
    "examples",
    "inspect",
    "is_stamped",
    "render",
    "render_many",
    "samples",
]

FOLDER = Path(__file__).parent
DOCUMENTS = tuple(sorted(found.parent.name for found in FOLDER.glob("[a-z]*/template.html")))
VARIANTS = ("SAMPLE", "DRAFT", "WORST", "EMPTY")
"""The examples that a document's `context` may hold. EMPTY: whatever may be left out is."""
SECONDS_TO_INSPECT = 20.0
MANY = 100
"""So many documents of one kind are stamped."""
STAMPED = "stamped"
"""What ends their `template_version`."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """What one of several documents of a kind says, in which language, and what its file carries."""

    values: Mapping[str, Any]
    locale: str = "da"
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True)
class Rendered:
    """`template_version` names the templates and the engine that printed it."""

    pdf: bytes
    sha256: str
    template_version: str
    filename: str


def render(
    document: str,
    values: Mapping[str, Any],
    *,
    locale: str = "da",
    attachments: Sequence[Attachment] = (),
    stamped: bool = False,
    seconds: float | None = None,
) -> Rendered:
    """Print `values`, which must be plain (str, int, bool, None, lists and dicts of them).

    `attachments` are carried in the file as they are, and are part of what makes its bytes. `stamped`: for a
    hundred and more that are alike but for what the document's STAMPED names (`stamping.py`). It looks the
    same; its bytes and its `template_version` are others. `seconds`: how long a worker is waited for, and
    how long it may take then, where less than the usual is allowed.
    """
    context = _context(document)
    request = {
        "document": document,
        "values": values,
        "locale": locale,
        "pages": getattr(context, "MAX_PAGES", None),
        "attachments": as_plain(attachments),
        "stamped": stamped,
    }
    header, pdf = pool.ask(json.dumps(request).encode(), seconds=seconds)
    if "error" in header:
        raise _explained(document, header)
    return Rendered(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        template_version=header["template_version"],
        filename=re.sub(r"[^\w.-]+", "-", context.FILENAME.format_map(values)),
    )


def is_stamped(template_version: str) -> bool:
    """Whether a document of this version is to be printed again by stamping: the bytes are others."""
    return template_version.endswith(f"-{STAMPED}")


def render_many(
    document: str,
    pages: Sequence[Page],
    *,
    stamped: bool | None = None,
) -> Iterator[Rendered | RenderError]:
    """Each of `pages` in their order, by all workers at once.

    What cannot be printed comes as its error, and the others are printed. A hundred and more are stamped,
    unless `stamped` says otherwise. Ended early, it prints no more than what is under way.
    """
    as_stamped = len(pages) >= MANY if stamped is None else stamped

    def printed(page: Page) -> Rendered | RenderError:
        try:
            return render(
                document,
                page.values,
                locale=page.locale,
                attachments=page.attachments,
                stamped=as_stamped,
            )
        except RenderError as error:
            return error

    return pool.side_by_side(printed, pages)


def bind(documents: Sequence[Path], into: Path, *, title: str, language: str = "da") -> None:
    """Write one file with the pages of them all and their tags; title and language are its own."""
    try:
        binding.bind(documents, into, title=title, language=language)
    except binding.NotBound as error:
        _log.error("binding %d documents failed: %s", len(documents), error)
        raise RenderError(
            _("Dokumenterne kunne ikke samles i én fil. Fejlen er skrevet i serverens log."), str(error)
        ) from error


def inspect(content: bytes, certificates: Sequence[str]) -> tuple[Finding, str]:
    """What seal a stranger's file bears, and the fingerprint of its certificate if it is one of these (PEM).

    A file that is too much for a worker is unreadable. Raises `NoneFree` when no worker is.
    """
    asked = {"content": b64encode(content).decode(), "certificates": list(certificates)}
    try:
        header, _nothing = pool.ask(json.dumps({"inspect": asked}).encode(), seconds=SECONDS_TO_INSPECT)
    except NoneFree:
        raise
    except RenderError:
        return Finding.UNREADABLE, ""
    return Finding(header.get("finding", Finding.UNREADABLE)), header.get("fingerprint", "")


def samples(folder: Path) -> list[Path]:
    """Print every document's samples into `folder`; the files are named after document and sample."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for document, variant, values in examples():
        path = folder / f"{document}-{variant.lower()}.pdf"
        path.write_bytes(render(document, values).pdf)
        written.append(path)
    return written


def examples() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Document, variant and values of every example there is."""
    for document in DOCUMENTS:
        for variant in VARIANTS:
            if values := getattr(_context(document), variant, None):
                yield document, variant, values


def load_weasyprint() -> Any:
    """For the worker process alone."""
    import weasyprint

    return weasyprint


def _context(document: str) -> Any:
    if document not in DOCUMENTS:
        raise ValueError(f"no document is called {document!r}")
    return import_module(f"placements.pdf.{document}.context")


def _explained(document: str, header: dict[str, Any]) -> RenderError:
    """What the worker answered, as a sentence for people; the technical side goes to the log."""
    if header["error"] == "character":
        character = header["detail"]
        return UnprintableText(printable.sentence(character), character=character)
    _log.error("printing %s failed (%s): %s", document, header["error"], header["detail"])
    if header["error"] == "pages":
        return RenderError(
            _("Teksten fylder for meget til dokumentet. Gør den kortere, og prøv igen."), header["detail"]
        )
    if header["error"] == "fonts":
        return RenderError(
            _("Dokumentet kan ikke trykkes, fordi en skrifttype mangler på serveren."), header["detail"]
        )
    return RenderError(
        _("Dokumentet kunne ikke trykkes. Fejlen er skrevet i serverens log."), header["detail"]
    )
