"""Practicum placements, follow-up days, network groups and diplomas for peer-support educations."""

from __future__ import annotations

from typing import Any

from flask import Flask


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application; `settings` override the environment. Calls each part's `init_app`, nothing else."""
    from placements import (
        access,
        acting,
        badges,
        blueprints,
        cli,
        config,
        db,
        encryption,
        logs,
        mail,
        once,
        sealing,
        static_files,
        templating,
        web,
    )
    from placements.domain import history

    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config.update(config.from_environment())
    app.config.update(settings or {})
    parts = (
        logs,
        encryption,
        db,
        web,
        access,
        once,
        acting,
        templating,
        mail,
        sealing,
        badges,
        static_files,
        blueprints,
        cli,
    )
    for part in parts:
        part.init_app(app)
    history.watch(db.db.session)
    return app
