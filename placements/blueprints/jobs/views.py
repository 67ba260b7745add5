"""The page of one job: its progress, what was refused and why, and the file it made."""

from __future__ import annotations

from flask import abort, send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.jobs import bp
from placements.clock import now
from placements.db import db
from placements.domain import jobs
from placements.job_files import folder_of
from placements.models.jobs import Job
from placements.web import back_to, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


def _job(job_id: int) -> Job:
    return get_or_404(jobs.visible_to(current_user), job_id)


@bp.get("/<int:job_id>")
@roles_allowed("coordinator")
def show(job_id: int) -> Answer:
    job = _job(job_id)
    progress = jobs.progress(db.session(), job)
    return page_or_fragment(
        "jobs/show.html",
        "jobs/_job.html",
        job=job,
        progress=progress,
        without_files=jobs.without_files(job, progress, now=now()),
        about_participants=jobs.is_about_participants(job),
    )


@bp.post("/<int:job_id>/cancel")
@roles_allowed("coordinator")
def cancel(job_id: int) -> Answer:
    jobs.cancel(_job(job_id), now=now())
    db.session.commit()
    return back_to(
        f"/jobs/{job_id}", message=gettext("Arbejdet er stoppet. Det, der er gjort, bliver stående.")
    )


@bp.get("/<int:job_id>/file")
@roles_allowed("coordinator")
def fetch(job_id: int) -> Answer:
    job = _job(job_id)
    path = folder_of(job.id) / job.filename if job.filename else None
    if path is None or not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name=path.name)
