"""`python -m bench.printers WAY DOCUMENT`: one way to make a document, in a process of its own.

It reads values as JSON, a line each, and answers with the milliseconds of processor time each took, all
threads counted. What a process loads once (libraries, faces, styles, key) is loaded before the first line.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from placements.assets import FACES, ROOT
from placements.pdf import conformance, load_weasyprint
from placements.pdf.engine import FOLDER, Engine, make_environment, styles
from placements.pdf.ornament import ORNAMENTS

MODULES = ROOT / ".cache" / "assets" / "node_modules"
WEIGHTS = {"Light": 300, "": 400, "Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}

Way = Callable[[dict[str, Any]], Callable[[], object]]
"""Prepares a document, and gives what is timed."""


def warm(document: str) -> Way:
    engine = Engine()
    return lambda values: lambda: engine.render(document, values)


def stamped(document: str) -> Way:
    engine = Engine()

    def stamp(values: dict[str, Any]) -> None:
        if not engine.render(document, values, stamped=True)[1].endswith("-stamped"):
            raise SystemExit("It was rendered in full.")

    return lambda values: lambda: stamp(values)


def naive(document: str) -> Way:
    """As one does it first: style and faces (woff2) written into the page, read again for each document."""
    weasyprint = load_weasyprint()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("asset:"):
                return super().fetch(url, headers)
            drawn = ORNAMENTS[url.removeprefix("asset:")]()
            return weasyprint.urls.URLFetcherResponse(url, drawn, {"Content-Type": "image/svg+xml"})

    def render(values: dict[str, Any]) -> None:
        whole = page(document, values, faces())
        weasyprint.HTML(string=whole, url_fetcher=Fetcher()).write_pdf(pdf_variant=conformance.VARIANT)

    return lambda values: lambda: render(values)


def seal(document: str) -> Way:
    """A page is sealed with the key held; no timestamp, as an authority's answer is not ours to measure."""
    from placements.sealing import Sealer, keys

    engine, folder = Engine(), Path(tempfile.mkdtemp())
    nothing = dict.fromkeys(("SEAL_PKCS11", "SEAL_KEY", "SEAL_CERTIFICATE"), "")
    sealer = Sealer(keys.of({**nothing, "INSTANCE": folder}))

    def prepared(values: dict[str, Any]) -> Callable[[], object]:
        printed, _version = engine.render(document, values)
        return lambda: sealer.seal(printed, now=datetime(2026, 1, 1, tzinfo=UTC))

    return prepared


def page(document: str, values: dict[str, Any], before: str = "", *, styled: bool = True) -> str:
    """A document as one file of HTML, its style in it."""
    html = make_environment("da").get_template(f"{document}/template.html").render(values, locale="da")
    if not styled:
        return html
    style = "".join((FOLDER / path).read_text() for path in styles(document))
    return html.replace("</head>", f"<style>{before}{style}</style></head>")


def faces() -> str:
    """Those that documents are set in, as their packages have them."""
    rules = []
    for package, (family, names) in FACES.items():
        for face in names:
            file = MODULES / package / "fonts" / "complete" / "woff2" / f"{family}-{face}.woff2"
            rules.append(
                f'@font-face {{ font-family: "{family.replace("IBMPlex", "IBM Plex ")}"; '
                f"font-weight: {WEIGHTS[face.removesuffix('Italic')]}; "
                f"font-style: {'italic' if 'Italic' in face else 'normal'}; src: url({file.as_uri()}) }}"
            )
    return "".join(rules)


WAYS: dict[str, Callable[[str], Way]] = {"warm": warm, "stamped": stamped, "naive": naive, "seal": seal}


def main(way: str, document: str) -> None:
    prepare = WAYS[way](document)
    for line in sys.stdin:
        timed = prepare(json.loads(line))
        started = time.process_time()
        timed()
        print((time.process_time() - started) * 1000, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
