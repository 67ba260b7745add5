"""Front-end files by WhiteNoise: compressed, and kept by browsers where the address holds the version."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from placements.assets import STATIC, is_immutable


def _headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def init_app(app: Flask) -> None:
    files = WhiteNoise(
        app.wsgi_app,
        root=STATIC,
        prefix="/static/",
        max_age=300,
        allow_all_origins=False,
        immutable_file_test=is_immutable,
        add_headers_function=_headers,
        autorefresh=app.debug or app.testing,
    )
    app.wsgi_app = files  # type: ignore[method-assign]
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(files, x_for=app.config["PROXIES"], x_proto=1, x_host=0)  # type: ignore[method-assign]
