"""Takes the README's pictures from the demonstration (`make screenshots`), or every page of every role.

python docs/take_screenshots.py                  the README's pictures, into docs/images/
python docs/take_screenshots.py --all FOLDER     every page below, at 1280 and 390 px
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from openpyxl import Workbook  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from sqlalchemy import select  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

from placements import create_app, migrations, pdf  # noqa: E402
from placements.clock import now  # noqa: E402
from placements.db import db, writing  # noqa: E402
from placements.demo import DAY, loading  # noqa: E402
from placements.domain import sign_ins  # noqa: E402
from placements.models.users import User  # noqa: E402
from tests.browser import chromium  # noqa: E402

README = {
    "home": ("koordinator@example.org", "/", 1280),
    "board": ("koordinator@example.org", "/placements", 1280),
    "cohort": ("koordinator@example.org", "/cohorts/viborg-2024", 1280),
    "placement": ("koordinator@example.org", "/placements/1", 1280),
    "completion": ("koordinator@example.org", "/cohorts/viborg-2024/completion", 1280),
    "register": ("underviser@example.org", "/teaching/20", 820),
    "matrix": ("koordinator.h@example.org", "/programmes/hovedstaden/matrix", 1280),
    "timetable": ("koordinator@example.org", "/cohorts/viborg-2025/schedule", 1280),
    "allocation": ("koordinator@example.org", "/allocation/viborg-2025", 1280),
    "import": ("koordinator@example.org", "/cohorts/viborg-2025/import", 1280),
    "decisions": ("koordinator@example.org", "/applications/cohort/viborg-foraar-2025/decisions", 1280),
    "apply": ("studerende@example.org", "/apply/viborg-foraar-2025", 390),
    "host": ("vaert.region@example.org", "/host", 390),
    "hours": ("vaert.region@example.org", "/placements/1/hours", 390),
    "student": ("studerende@example.org", "/my", 390),
    "ranking": ("ronja.bech@example.org", "/my", 390),
}
SHEETS = {
    "Studerende": [
        ("Navn", "E-mail", "Telefon", "Kommune", "Målgruppe", "Startdato"),
        ("Ronja Bech", "ronja.bech@example.org", "20 00 00 01", "Viborg", "Studerende", None),
        ("Silas Dahl", "silas.dahl", None, "Viborg", "Studerende", None),
        ("Tove Engell", "tove.engell@example.org", None, "Vibor", "Studerende", "31.2.2025"),
    ],
    "Praktiksteder": [
        ("Organisation", "Afsnit", "Sektor", "Adresse", "Kontaktperson", "Kontakt e-mail", "Pladser"),
        ("Viborg Kommune", "Café Perronen", "Kommunal", "Stationsvej 1", "Ida Fog", "ida.fog@example.org", 2),
        ("Viborg Kommune", "Aktivitetshuset Broen", "Komunal", None, None, None, "to"),
    ],
    "Praktik": [("Studerende e-mail", "Afsnit", "Start", "Slut", "Vejleder", "Timer pr. uge")],
}
PAGES = {
    None: [
        "/", "/login", "/verify", "/verify/AAAA", "/verify/file", "/apply/viborg-foraar-2025", "/privacy",
        "/was", "/nothing-here",
    ],
    "koordinator@example.org": [
        "/", "/placements", "/placements?status=active&q=am", "/placements/1/edit", "/placements/1",
        "/placements/6", "/placements/7", "/placements/1/agreement", "/placements/6/agreement",
        "/placements/6/agreement/edit", "/placements/new?offer=2", "/placements/7/cancel", "/offers",
        "/offers/1", "/offers/new", "/offers/1/edit", "/hosts", "/hosts/1", "/hosts/1/edit", "/cohorts",
        "/cohorts/viborg-2024", "/cohorts/viborg-2024/people/new", "/cohorts/viborg-2024/practicum",
        "/programmes/viborg", "/follow-up-days", "/follow-up-days/1", "/follow-up-days/2/edit",
        "/network-groups", "/network-groups/1", "/network-groups/new", "/network-groups/3/edit",
        "/network-groups/offer-all?programme=viborg", "/diplomas",
        "/enrolments/1/diploma", "/cohorts/viborg-2025", "/cohorts/viborg-2025/import",
        "/cohorts/viborg-2025/preferences", "/cohorts/viborg-2025/preferences/9", "/allocation/viborg-2025",
        "/cohorts/viborg-2024/agreements", "/cohorts/viborg-2024/clearances", "/enrolments/1/clearances",
        "/placements/1/hours", "/placements/1/supervisions", "/placements/1/visits", "/placements/1/concerns",
        "/placements/1/legal-details", "/placements/6/agreement/paper", "/offers/11/copy", "/hosts/1/merge",
        "/hosts/1/pause", "/hosts/1/quality", "/hosts/1/clearances", "/hosts/organisations/1",
        "/programmes/viborg/clauses", "/programmes/viborg/clauses/3", "/suggestions", "/suggestions/1",
        "/applications", "/applications/1", "/applications/1/payment", "/retention", "/retention/viborg",
        "/programmes/viborg/letters", "/programmes/viborg/letters/offer/da", "/diplomas/cohort/viborg-2024",
        "/agreements",
        *(f"/applications/cohort/viborg-foraar-2025/{page}" for page in ("reviewers", "ranking", "interviews",
        "decisions", "decisions/letters", "payments", "figures")),
    ],
    "koordinator.h@example.org": ["/", "/programmes/hovedstaden", "/cohorts/hovedstaden-2017", "/diplomas"],
    "underviser@example.org": ["/", "/follow-up-days", "/cohorts/viborg-2024"],
    "admin@example.org": ["/", "/hosts", "/cohorts/viborg-2024"],
    "vaert.region@example.org": ["/host", "/placements/1", "/offers", "/hosts/1", "/placements/1/agreement",
        "/placements/7", "/placements/7/decline", "/placements/1/hours", "/offers/new",
    ],
    "vaert.kommune@example.org": ["/host", "/offers/6"],
    "studerende@example.org": ["/my", "/placements/1", "/placements/1/agreement", "/network-groups",
        "/placements/1/hours", "/placements/1/hours/2025-W06", "/placements/1/concerns", "/suggestions/new",
    ],
    "ronja.bech@example.org": ["/my", "/my/preferences/9", "/suggestions"],
    "deltager.h@example.org": ["/my"],
}  # fmt: skip
TALLEST = 1250


@contextmanager
def demonstration() -> Iterator[tuple[Flask, str]]:
    """The demonstration served on a free port, from a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "INSTANCE": Path(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/demo.db",
            "TODAY": DAY,
            "SESSION_COOKIE_SECURE": False,
            "SESSION_COOKIE_NAME": "session",
        }
        app = create_app(settings)
        migrations.upgrade(app)
        with app.app_context(), writing():
            loading.load(db.session(), now=now())
            db.session.commit()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def signed_in(app: Flask, browser: Browser, base: str, email: str | None, width: int) -> Page:
    page = browser.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844},
        locale="da-DK",
        device_scale_factor=1,
    ).new_page()
    if email is None:
        return page
    with app.app_context(), writing():
        user = db.session.scalars(select(User).where(User.email == email)).one()
        token = sign_ins.operator_link(db.session(), user, now=now())
        db.session.commit()
    page.goto(f"{base}/login/{token}")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    return page


def propose(page: Page) -> None:
    page.get_by_role("button", name="Lav et forslag").click()
    page.wait_for_load_state()


def read_workbook(page: Page) -> None:
    """A workbook as they come: with a few cells that cannot be read."""
    book, content = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "input[type=file]", {"name": "hold-2025.xlsx", "mimeType": kind, "buffer": content.getvalue()}
    )
    page.get_by_role("button", name="Læs filen").click()
    page.wait_for_load_state()


def open_wishes(page: Page) -> None:
    page.get_by_role("link", name="Dine ønsker til praktikken").click()
    page.wait_for_load_state()


# What somebody does on the page before its picture is taken.
FIRST: dict[str, Callable[[Page], None]] = {
    "allocation": propose,
    "import": read_workbook,
    "ranking": open_wishes,
}


def shrink(picture: Path) -> None:
    """256 colours are enough for a page, and a third of its bytes; the foot of a long page says no more."""
    image = Image.open(picture).convert("RGB")
    image.crop((0, 0, image.width, min(image.height, TALLEST))).quantize(256).save(picture, optimize=True)


def documents(folder: Path) -> None:
    """The first page of the agreement and of the diploma."""
    import pypdfium2

    for name in pdf.DOCUMENTS:
        printed = pdf.render(name, import_module(f"placements.pdf.{name}.context").SAMPLE)
        pypdfium2.PdfDocument(printed.pdf)[0].render(scale=1).to_pil().save(folder / f"{name}.png")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--all", type=Path, metavar="FOLDER")
    folder = arguments.parse_args().all
    with demonstration() as (app, base), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        if folder is None:
            for name, (email, path, width) in README.items():
                page = signed_in(app, browser, base, email, width)
                page.goto(base + path)
                FIRST.get(name, lambda _page: None)(page)
                page.screenshot(path=IMAGES / f"{name}.png", full_page=width < 500)
            documents(IMAGES)
            for picture in IMAGES.glob("*.png"):
                shrink(picture)
            return
        folder.mkdir(parents=True, exist_ok=True)
        for email, paths in PAGES.items():
            for width in (1280, 390):
                page = signed_in(app, browser, base, email, width)
                for path in paths:
                    page.goto(base + path)
                    name = (email or "public").partition("@")[0] + path.replace("/", "_").replace("?", "-")
                    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


if __name__ == "__main__":
    main()
