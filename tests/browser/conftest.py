"""A browser, a real server and the guards that watch every page.

What a version of htmx can change is tested with both, `pytest tests/browser --htmx 4` with one alone.
`page` is a page of the site with scripts on, `page_without_js` one without, `any_page` runs a test both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from placements import create_app
from placements.models.users import User
from tests.browser import chromium, guards
from tests.browser.guards import DESK, Guard
from tests.browser.server import invalid_html, keep_pages, serve, with_htmx_4
from tests.conftest import TODAY, Client, with_tables


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--htmx", choices=["2", "4"], help="run the site with this major version of htmx only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "htmx_major" in metafunc.fixturenames:
        # This file is read after the command line when the whole suite runs: the option is not there then.
        only = metafunc.config.getoption("--htmx", default=None)
        majors = [only] if only else ["2", "4"]
        metafunc.parametrize("htmx_major", majors, ids=[f"htmx-{major}" for major in majors], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With the other major version of htmx only what it can change is asked again."""
    again = [item for item in items if "htmx-4" in item.nodeid and _is_without_htmx(item)]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


def _is_without_htmx(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marked = item.get_closest_marker("without_htmx") is not None
    return marked or "without-js" in item.nodeid or "page_without_js" in fixtures


@pytest.fixture(scope="session")
def htmx_major(request: pytest.FixtureRequest) -> str:
    """The major version of htmx: 2 is shipped, 4 is what the pages are ready for."""
    return str(request.param)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each test has a site of its own, see browser_context_args."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def seen_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where every page of this run is kept; all of them are validated once, at the end."""
    folder = tmp_path_factory.mktemp("pages")
    yield folder
    if any(folder.iterdir()):
        faults = invalid_html(folder)
        assert not faults, "Not valid HTML:\n" + "\n".join(faults)


@pytest.fixture(scope="session")
def _application(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[Flask]:
    """On SQLite alone: other tests ask both databases, and a browser is dear. With CSRF, as for people."""
    folder = tmp_path_factory.mktemp("browser")
    settings = {
        "TESTING": True,
        "INSTANCE": folder,
        "SECRET_KEY": "only-for-tests",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'test.db'}",
        "MAIL_URL": "",
        "TODAY": TODAY,
    }
    yield from with_tables(create_app(settings), run_folder)


@pytest.fixture
def site(app: Flask, seen_pages: Path, htmx_major: str) -> Iterator[str]:
    """The address of a running server of this test's application, which its mailed links lead to as well."""
    # The pages are the same with both: axe and the HTML checker see them with the one that is shipped.
    guards.with_axe = htmx_major == "2"
    application = keep_pages(app, seen_pages) if htmx_major == "2" else with_htmx_4(app)
    with serve(application) as url:
        app.config["BASE_URL"] = url
        yield url


@pytest.fixture
def guard(site: str, request: pytest.FixtureRequest) -> Iterator[Guard]:
    guard = Guard(site)
    for marker in request.node.iter_markers("expects_status"):
        guard.expected.update(marker.args)
    for marker in request.node.iter_markers("allow_console"):
        guard.allowed.extend(marker.args)
    yield guard
    guard.check()


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], site: str) -> dict[str, Any]:
    return {
        **browser_context_args,
        "base_url": site,
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
        "viewport": DESK,
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], guard: Guard) -> Callable[..., BrowserContext]:
    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        guard.watch(context)
        context.set_default_timeout(10_000)
        return context

    return create


@pytest.fixture
def sign_in(app: Flask, site: str, as_user: Callable[[User], Client]) -> Callable[[Page, User], Page]:
    """`sign_in(page, user)`: the cookie of a sign-in, without walking through it each time."""

    def enter(page: Page, user: User) -> Page:
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = as_user(user).get_cookie(name)
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": site, "httpOnly": True}])
        return page

    return enter


@pytest.fixture
def page_without_js(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture(params=["with-js", "without-js"])
def any_page(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=request.param == "with-js").new_page()
