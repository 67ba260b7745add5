"""Takes the README's pictures from the demonstration (`make screenshots`), or every page of every role.

python docs/take_screenshots.py                  the README's pictures, into docs/images/
python docs/take_screenshots.py --all FOLDER     every page below, at 1280 and 390 px
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from sqlalchemy import select  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

from placements import create_app, migrations, pdf  # noqa: E402
from placements.clock import now  # noqa: E402
from placements.db import db, writing  # noqa: E402
from placements.demo import DAY, loading  # noqa: E402
from placements.domain import sign_ins  # noqa: E402
from placements.models.users import User  # noqa: E402

README = {
    "home": ("koordinator@example.org", "/", 1280),
    "board": ("koordinator@example.org", "/placements", 1280),
    "cohort": ("koordinator@example.org", "/cohorts/viborg-2024", 1280),
    "placement": ("koordinator@example.org", "/placements/1", 1280),
    "host": ("vaert.region@example.org", "/host", 390),
    "student": ("studerende@example.org", "/my", 390),
}
PAGES = {
    None: ["/", "/login", "/verify", "/verify/AAAA", "/privacy", "/was", "/nothing-here"],
    "koordinator@example.org": [
        "/", "/placements", "/placements?status=active&q=am", "/placements/1/edit", "/placements/1",
        "/placements/6", "/placements/7", "/placements/1/agreement", "/placements/6/agreement",
        "/placements/6/agreement/edit", "/placements/new?offer=2", "/placements/7/cancel", "/offers",
        "/offers/1", "/offers/new", "/offers/1/edit", "/hosts", "/hosts/1", "/hosts/1/edit", "/cohorts",
        "/cohorts/viborg-2024", "/cohorts/viborg-2024/people/new", "/cohorts/viborg-2024/practicum",
        "/programmes/viborg", "/follow-up-days", "/follow-up-days/1", "/follow-up-days/2/edit",
        "/network-groups", "/network-groups/1", "/network-groups/new", "/diplomas",
        "/enrolments/1/diploma",
    ],
    "koordinator.h@example.org": ["/", "/programmes/hovedstaden", "/cohorts/hovedstaden-2017", "/diplomas"],
    "underviser@example.org": ["/", "/follow-up-days", "/cohorts/viborg-2024"],
    "admin@example.org": ["/", "/hosts", "/cohorts/viborg-2024"],
    "vaert.region@example.org": ["/host", "/placements/1", "/offers", "/hosts/1", "/placements/1/agreement"],
    "vaert.kommune@example.org": ["/host", "/offers/6"],
    "studerende@example.org": ["/my", "/placements/1", "/placements/1/agreement", "/network-groups"],
    "deltager.h@example.org": ["/my"],
}  # fmt: skip
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


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
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        if folder is None:
            for name, (email, path, width) in README.items():
                page = signed_in(app, browser, base, email, width)
                page.goto(base + path)
                page.screenshot(path=IMAGES / f"{name}.png", full_page=width < 500)
            documents(IMAGES)
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
