"""The guards must bite: each is shown a page that breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Page, expect

from placements.assets import STATIC, asset_path
from tests.browser.guards import Guard, assert_accessible, assert_good_page, assert_no_sideways_scroll, tab_to
from tests.browser.server import invalid_html, keep_pages

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
SHELL = """<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Prøve</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.svg">{head}</head>
<body><main><h1>Prøve</h1>{body}</main></body></html>"""
LAYOUT = STATIC.parent / "templates" / "layout"
BODIES = {
    "good": '<p><a id="one" href="/good">Første</a></p><p><a id="two" href="/good">Anden</a></p>',
    "inline-style": '<p style="color: red">Rød</p>',
    "inline-script": "<script>document.title = 'nej'</script>",
    "broken-script": '<script src="/broken.js"></script>',
    "abroad": '<img src="http://127.0.0.2:9/elsewhere.png" alt="">',
    "wide": '<div class="w"><svg width="900" height="10" aria-hidden="true"></svg></div>',
    "pale": '<link rel="stylesheet" href="/pale.css"><p class="pale">bleg</p>',
    "obsolete": '<p><font color="#eee">bleg</font></p>',
    "tiny": '<svg width="1" height="1"></svg><a href="/a">a</a><a href="/b">b</a>',
}


def shipped_htmx_config() -> str:
    layout = "".join(file.read_text() for file in LAYOUT.glob("*.html"))
    found = re.search(r'<meta name="htmx-config"[^>]*>', layout)
    assert found
    return found[0]


def ask(status: int) -> str:
    url = f"/answer/{status}"
    return f'<form action="{url}" data-hx-get="{url}" data-hx-target="#said"><button>{status}</button></form>'


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__, static_folder=str(STATIC))

    @app.get("/<name>")
    def show(name: str) -> str:
        return SHELL.format(head="", body=BODIES[name])

    @app.get("/htmx")
    def htmx() -> str:
        head = shipped_htmx_config() + f'<script defer src="{asset_path("htmx.js")}"></script>'
        return SHELL.format(head=head, body="".join(map(ask, (200, 422, 500))) + '<p id="said">Intet</p>')

    @app.get("/answer/<int:status>")
    def answer(status: int) -> tuple[str, int]:
        said = f"Svar {status}"
        return said if request.headers.get("HX-Request") else SHELL.format(head="", body=said), status

    @app.get("/broken.js")
    def broken() -> Response:
        return Response("throw new Error('gik itu')", mimetype="text/javascript")

    @app.get("/pale.css")
    def pale() -> Response:
        return Response(".pale { color: #eee }", mimetype="text/css")

    @app.get("/icon.svg")
    def icon() -> Response:
        return Response("<svg xmlns='http://www.w3.org/2000/svg'/>", mimetype="image/svg+xml")

    @app.get("/refused")
    def refused() -> tuple[str, int]:
        return SHELL.format(head="", body="<p>Nej</p>"), 422

    @app.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return app


def complaints(guard: Guard) -> list[str]:
    """What the guard saw; taken from it, since here a complaint is what the test wants."""
    seen, guard.problems = guard.problems, []
    return seen


@pytest.mark.without_htmx
def test_a_good_page_passes_every_check(any_page: Page) -> None:
    any_page.goto("/good")
    assert_good_page(any_page)


@pytest.mark.without_htmx
@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/inline-style", "Content Security Policy"),
        ("/inline-script", "Content Security Policy"),
        ("/broken-script", "script: gik itu"),
        ("/abroad", "a request left the site: http://127.0.0.2:9/elsewhere.png"),
        ("/refused", "422 for GET /refused"),
    ],
)
def test_guard_sees(page: Page, guard: Guard, path: str, complaint: str) -> None:
    page.goto(path)
    page.close()
    assert complaint in "\n".join(complaints(guard))


@pytest.mark.without_htmx
@pytest.mark.expects_status(422)
def test_guard_lets_an_expected_status_pass(page: Page, guard: Guard) -> None:
    page.goto("/refused")
    page.close()
    assert guard.problems == []


@pytest.mark.without_htmx
def test_guard_fails_the_test(guard: Guard) -> None:
    guard.problems = ["console: noget"]
    with pytest.raises(AssertionError, match="console: noget"):
        guard.check()
    guard.problems = []


@pytest.mark.without_htmx
@pytest.mark.parametrize(("path", "rule"), [("/pale", "color-contrast"), ("/tiny", "target-size")])
def test_assert_accessible_names_the_broken_rule(page: Page, path: str, rule: str) -> None:
    page.goto(path)
    with pytest.raises(AssertionError, match=rule):
        assert_accessible(page)


@pytest.mark.without_htmx
def test_assert_no_sideways_scroll_names_what_is_too_wide(page: Page) -> None:
    page.goto("/wide")
    assert_no_sideways_scroll(page)
    page.set_viewport_size({"width": 390, "height": 600})
    with pytest.raises(AssertionError, match='<svg width="900"'):
        assert_no_sideways_scroll(page)


@pytest.mark.without_htmx
def test_tab_to_reaches_what_the_keyboard_reaches(page: Page) -> None:
    page.goto("/good")
    expect(tab_to(page.locator("#two"))).to_be_focused()
    with pytest.raises(AssertionError, match="never reached"):
        tab_to(page.locator("h1"), limit=5)


def test_page_without_js_goes_to_the_page_instead(page_without_js: Page) -> None:
    page_without_js.goto("/htmx")
    page_without_js.get_by_role("button", name="200").click()
    expect(page_without_js.get_by_text("Svar 200")).to_be_visible()
    assert page_without_js.url.endswith("/answer/200?")


@pytest.mark.expects_status(422, 500)
def test_htmx_shows_answers_and_refusals_but_no_crash(page: Page, htmx_major: str) -> None:
    page.goto("/htmx")
    assert page.evaluate("htmx.version").split(".")[0] == htmx_major
    for status, shown in ((200, "Svar 200"), (422, "Svar 422"), (500, "Svar 422")):
        with page.expect_response(f"**/answer/{status}"):
            page.get_by_role("button", name=str(status)).click()
        expect(page.locator("#said")).to_have_text(shown)
    assert page.url.endswith("/htmx")


@pytest.mark.without_htmx
def test_invalid_html_names_page_and_fault(app: Flask, tmp_path: Path) -> None:
    app.wsgi_app = keep_pages(app.wsgi_app, tmp_path)  # type: ignore[method-assign, arg-type, assignment]
    client = app.test_client()
    client.get("/good")
    client.get("/obsolete")
    assert [fault.split(".")[0] for fault in invalid_html(tmp_path)] == ["obsolete"]
