"""What a job leaves to be fetched: everybody's own file in an archive, and all of them bound for the printer.

All of it lies in the job's own folder in the instance folder, out of reach of the web server, for a day.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from flask import current_app

from placements import pdf
from placements.models.cohorts import Cohort
from placements.models.jobs import Job, JobItem

MISSING = "printfilen-mangler.txt"
NAME = ".name"
LONGEST_NAME = 60
"""Of a person, in the name of a file: file systems count bytes."""


def _folder() -> Path:
    instance: Path = current_app.config["INSTANCE"]
    return instance / "jobs"


def folder_of(job_id: int) -> Path:
    return _folder() / str(job_id)


def found() -> list[int]:
    """The jobs that files lie here of."""
    return [int(one.name) for one in _folder().glob("*") if one.name.isdecimal()]


def _parts(job_id: int) -> Path:
    return folder_of(job_id) / "parts"


def keep(
    item: JobItem, cohort: Cohort, person: str, filename: str, content: bytes, *, number: int = 0
) -> None:
    """One person's file, behind those of the records before; the same `number` again is the same file.

    It is named after the record, as names of files come into logs; what it will be called lies beside it.
    """
    folder_of(item.job_id).mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = _parts(item.job_id) / cohort.slug
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", person)[:LONGEST_NAME]
    part = folder / f"{item.id:09d}-{number}.pdf"
    part.with_suffix(NAME).write_text(f"{name}-{filename}")
    part.write_bytes(content)


def gather(job: Job, *, name: str, title: str) -> str | None:
    """The archive, in a folder for each cohort when it is about several; none when nothing was kept."""
    parts = sorted(_parts(job.id).glob("*/*.pdf"), key=lambda part: part.name)
    if not parts:
        return None
    archive, bound = folder_of(job.id) / f"{name}.zip", folder_of(job.id) / f"{name}-til-print.pdf"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as opened:
        try:
            pdf.bind(parts, bound, title=title)
            opened.write(bound, bound.name)
        except pdf.RenderError as error:  # everybody's own file is there all the same
            opened.writestr(MISSING, f"{error.sentence}\n")
        for part in parts:
            own = part.with_suffix(NAME).read_text()
            opened.write(part, own if job.cohort_id else f"{part.parent.name}/{own}")
    bound.unlink(missing_ok=True)
    return archive.name


def throw_away(job_id: int) -> None:
    shutil.rmtree(folder_of(job_id), ignore_errors=True)


def throw_away_parts(job_id: int) -> None:
    """They are in the archive."""
    shutil.rmtree(_parts(job_id), ignore_errors=True)
