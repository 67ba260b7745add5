"""Several printed documents bound into one file for the printer: the very pages, in the order given.

The copy has no tags: it is for paper. Each document's own file is the one to read and to keep. For the worker
process alone: PDFium is not made for threads.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from typing import Any

import pypdfium2


def bind(documents: Iterable[str]) -> bytes:
    """Of documents in base64, as they come in a request."""
    bound: Any = pypdfium2.PdfDocument.new()
    for encoded in documents:
        source = pypdfium2.PdfDocument(base64.b64decode(encoded))
        bound.import_pages(source)
        source.close()
    out = io.BytesIO()
    bound.save(out)
    bound.close()
    return out.getvalue()
