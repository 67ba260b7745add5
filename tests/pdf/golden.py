"""How each document's sample looked when somebody last looked at it: `make golden` keeps that anew.

For each document `golden/` holds the sha256 and the words of its sample, and a small picture of every page.
The same bytes look the same; where they differ (another version of a library), words and pictures decide.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from placements import pdf
from tests.pdf import reading
from tests.pdf.samples import printed

KEPT = Path(__file__).with_name("golden")
SEEN = Path(__file__).parents[2] / ".cache" / "golden"
DOTS_PER_INCH = 72
STEP = 17
"""Sixteen shades of grey from black to white: small files."""
FAINT = 32
"""Two dots that differ by this much of 255 look alike."""
SHARE = 0.0005
"""So much of a page may look different."""


def differences(document: str, sample: bytes) -> list[str]:
    """One line for each page that is not as it was kept, and where its picture is."""
    kept = json.loads((KEPT / f"{document}.json").read_text())
    if kept["sha256"] == hashlib.sha256(sample).hexdigest():
        return []
    words, images = reading.pages(sample), pictures(sample)
    if len(words) != len(kept["pages"]):
        return [f"{len(words)} pages, not {len(kept['pages'])}"]
    found = list(_other_words(kept["pages"], words))
    for number, image in enumerate(images, 1):
        share = unlike(Image.open(_picture(document, number)), image)
        if share > SHARE:
            SEEN.mkdir(parents=True, exist_ok=True)
            image.save(SEEN / _picture(document, number).name)
            found.append(
                f"page {number}: {share:.2%} looks different: {SEEN / _picture(document, number).name}"
            )
    return found


def _other_words(before: list[str], after: list[str]) -> Iterator[str]:
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old != new:
            place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
            yield f"page {number} says {new[max(place - 20, 0) : place + 40]!r}"


def pictures(sample: bytes) -> list[Any]:
    with reading.opened(sample) as document:
        drawn = [page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil() for page in document]
    return [image.point([shade // STEP * STEP for shade in range(256)]) for image in drawn]


def unlike(kept: Any, seen: Any) -> float:
    """The share of dots that look different; all of them when the pages are of different sizes."""
    before, after = (numpy.asarray(image.convert("L"), dtype=int) for image in (kept, seen))
    return 1.0 if before.shape != after.shape else float((abs(before - after) > FAINT).mean())


def keep(document: str, sample: bytes) -> None:
    """Only what looks different is written again."""
    for number, image in enumerate(pictures(sample), 1):
        path = _picture(document, number)
        if not path.exists() or unlike(Image.open(path), image):
            image.save(path, optimize=True)
    for path in KEPT.glob(f"{document}-*.png"):
        if int(path.stem.rpartition("-")[2]) > len(reading.pages(sample)):
            path.unlink()
    said = {"sha256": hashlib.sha256(sample).hexdigest(), "pages": reading.pages(sample)}
    (KEPT / f"{document}.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _picture(document: str, number: int) -> Path:
    return KEPT / f"{document}-{number}.png"


def main() -> None:
    for document in pdf.DOCUMENTS:
        keep(document, printed(f"{document}-sample"))
    for path in KEPT.iterdir():
        if path.stem not in pdf.DOCUMENTS and path.stem.rpartition("-")[0] not in pdf.DOCUMENTS:
            path.unlink()


if __name__ == "__main__":
    main()
