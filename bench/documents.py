"""What documents cost, as ratios of processor time in one run; and what a batch needs of memory and time."""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import batches
from bench.batches import Batch
from bench.printers import page
from placements.pdf.agreement.context import SAMPLE as AGREEMENT
from placements.pdf.diploma.context import SAMPLE as DIPLOMA
from placements.pdf.engine import FONTS
from placements.pdf.ornament import ORNAMENTS

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache" / "peers" / "bin" / "python"
TYPST = ROOT / "bench" / "peers"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ENVIRONMENT = os.environ | {"FONTCONFIG_FILE": str(FONTS.parent / "fonts.conf"), "PYTHONPATH": str(ROOT)}
ROUNDS, ANEW, BATCH, QUICK = 30, 6, 1000, 100
UNCOUNTED = 3
TO_PDF = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"SelectPdfVersion":{"type":"long","value":"3"}}'
)
METHOD = f"""
*Warm*: by a process that has its faces, styles and ornaments, as the server's have. *Naive*: the same page,
its style and its faces (woff2) written into it and all read again for each document, in a warm process too.
*Stamped*: the page laid out once, each person's texts and QR code set into it. *typst*: the same page in its
language, PDF/UA-1 and PDF/A-3a, in a warm process, the QR code by the same library. *LibreOffice*: an ODT of
the same texts to PDF with PDF/UA and PDF/A-3, without the ornaments. *Chromium*: the same page, printed. Both
are started for each document, and their children's time counts. *Seal*: key held, no timestamp.

Everybody has another name, number and code. The ways take turns, document by document: {ROUNDS} rounds
({ANEW} of what is started anew), the median of each, after {UNCOUNTED} that do not count. Processor time of
all threads, user and system; batches are wall time, one worker and two taking turns by twenty-five.
""".strip()


def measure() -> dict[str, float]:
    """Milliseconds of each way."""
    spent: dict[str, list[float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ways = {what: stack.enter_context(_answering(command)) for what, command in _ways(folder).items()}
        anew = _anew(folder)
        for turn, values in enumerate(batches.people(ROUNDS + UNCOUNTED)):
            took = {what: ask(_of(what, values)) for what, ask in ways.items()}
            if turn <= ANEW:
                took |= {what: _started(command) for what, command in anew.items()}
            for what, milliseconds in took.items():
                if turn >= (1 if what in anew else UNCOUNTED):
                    spent.setdefault(what, []).append(milliseconds)
            print(f"Documents: round {turn + 1}", file=sys.stderr)
    return {what: statistics.median(times) for what, times in spent.items()}


def _of(what: str, values: dict[str, Any]) -> dict[str, Any]:
    return {**AGREEMENT, "number": values["number"]} if what.startswith("agreement") else values


@contextmanager
def _answering(command: list[str | Path]) -> Iterator[Callable[[dict[str, Any]], float]]:
    """A process that answers each document with its milliseconds."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT, text=True
    )
    assert process.stdin
    assert process.stdout
    asked, answered = process.stdin, process.stdout

    def ask(values: dict[str, Any]) -> float:
        print(json.dumps(values), file=asked, flush=True)
        return float(answered.readline())

    try:
        yield ask
    finally:
        asked.close()
        answered.close()
        process.wait()


def _started(command: list[str | Path]) -> float:
    """Milliseconds of a process and all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _ways(folder: Path) -> dict[str, list[str | Path]]:
    shutil.copy(TYPST / "diploma.typ", folder)
    for ornament in ("rosette.svg", "wide-braid.svg"):
        (folder / ornament).write_text(ORNAMENTS[ornament]())
    found: dict[str, list[str | Path]] = {
        f"{document}, {way}": [sys.executable, "-m", "bench.printers", way, document]
        for document, ways in (
            ("diploma", ("warm", "naive", "stamped", "seal")),
            ("agreement", ("warm", "naive")),
        )
        for way in ways
    }
    return {**found, "diploma, typst": [PEERS, TYPST / "typeset.py", folder, FONTS]}


def _anew(folder: Path) -> dict[str, list[str | Path]]:
    """What is started for each document; the files are made beforehand."""
    browser = next(filter(shutil.which, BROWSERS))
    office: list[str | Path] = [
        "soffice",
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--headless",
    ]
    found: dict[str, list[str | Path]] = {}
    for document, values in (("diploma", DIPLOMA), ("agreement", AGREEMENT)):
        drawn, plain = folder / f"{document}.html", folder / f"{document}-plain.html"
        drawn.write_text(_with_ornaments(page(document, values)))
        plain.write_text(page(document, values, styled=False))
        as_text = ["--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", "--outdir", folder, plain]
        _started([*office, *as_text])
        to_pdf = ["--convert-to", TO_PDF, "--outdir", folder, plain.with_suffix(".odt")]
        found[f"{document}, LibreOffice"] = [*office, *to_pdf]
        found[f"{document}, Chromium"] = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            f"--user-data-dir={folder / 'browser'}",
            f"--print-to-pdf={drawn.with_suffix('.pdf')}",
            drawn.as_uri(),
        ]
    return found


def _with_ornaments(html: str) -> str:
    """A browser knows no `asset:`; it gets the ornaments written in the page."""
    for what, draw in ORNAMENTS.items():
        drawn = b64encode(draw().encode()).decode()
        html = html.replace(f"asset:{what}", f"data:image/svg+xml;base64,{drawn}")
    return html


def report(*, quick: bool = False) -> str:
    before = os.getloadavg()[0]
    count = QUICK if quick else BATCH
    many = [batches.measure(count, stamped=stamped) for stamped in (True, False)]
    took = measure()
    load = f"{before:.1f} before and {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} processors"
    return "\n\n".join(
        [
            "### Documents",
            _goals(took, many),
            _costs(took),
            _batches(many),
            METHOD,
            f"Load of the machine: {load}.",
        ]
    )


def _goals(took: dict[str, float], many: list[Batch]) -> str:
    warm, agreement = took["diploma, warm"], took["agreement, warm"]
    lines = [
        _at_least(8, "warm diploma against the naive way", took["diploma, naive"] / warm),
        _at_most(1, "stamped diploma against typst", took["diploma, stamped"] / took["diploma, typst"]),
        *(
            _at_least(bound, f"warm {document} against {peer}", took[f"{document}, {peer}"] / own)
            for peer, bound in (("LibreOffice", 7), ("Chromium", 3))
            for document, own in (("diploma", warm), ("agreement", agreement))
        ),
        *(_at_most(150, f"{one.what}: largest worker, MB", max(one.megabytes)) for one in many),
        *(_at_least(1.7, f"{one.what}: two workers against one", one.one / one.two) for one in many),
        _at_most(0.35, "seal against the page's render", took["diploma, seal"] / warm),
    ]
    return "\n".join(["| goal | seen | wanted | |", "| --- | ---: | ---: | --- |", *lines])


def _at_least(bound: float, what: str, seen: float) -> str:
    return f"| {what} | {seen:.2f} | ≥ {bound:g} | {'met' if seen >= bound else '**missed**'} |"


def _at_most(bound: float, what: str, seen: float) -> str:
    return f"| {what} | {seen:.2f} | ≤ {bound:g} | {'met' if seen <= bound else '**missed**'} |"


def _costs(took: dict[str, float]) -> str:
    head = ["| document | milliseconds | × warm |", "| --- | ---: | ---: |"]
    return "\n".join(
        [
            *head,
            *(
                f"| {what} | {took[what]:.1f} | {took[what] / took[what.split(',')[0] + ', warm']:.2f} |"
                for what in sorted(took)
            ),
        ]
    )


def _batches(many: list[Batch]) -> str:
    head = "| batch | one worker, s | two workers, s | times faster | MB of each |"
    return "\n".join([head, "| --- | ---: | ---: | ---: | ---: |", *(one.line() for one in many)])
