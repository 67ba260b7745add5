"""Mails: a folder each (subject.txt, body.txt, body.html), written when they are sent and never before.

A mail holds a link and a date and nothing worth stealing. Delivery is at least once, with one Message-ID for each mail.
"""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, current_app
from flask_babel import force_locale, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from werkzeug.wrappers import Response as BaseResponse

from placements.clock import now
from placements.db import db, writing
from placements.domain import outbox, sign_ins
from placements.models.mails import OutgoingMail


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]


def _part(mail: OutgoingMail, name: str, values: dict[str, Any]) -> str:
    return _templates.get_template(f"{mail.message}/{name}").render(values)


def _write(mail: OutgoingMail, *, now: datetime) -> EmailMessage:
    base = current_app.config["BASE_URL"]
    values: dict[str, Any] = {"user": mail.user, "base_url": base, "link": None, "code": None}
    if "token" in mail.secrets:
        values |= {"link": f"{base}/login/{mail.secrets['token']}", "code": mail.secrets.get("code")}
    elif mail.path:
        token = sign_ins.make_task_link(db.session(), mail.user_id, mail.path, now=now)
        values["link"] = f"{base}/tasks/{token}"
    message = EmailMessage()
    with force_locale(mail.user.locale):
        subject, text, html = (_part(mail, name, values) for name in ("subject.txt", "body.txt", "body.html"))
    message["Subject"] = " ".join(subject.split())
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.user.email
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.message_id}@{urlsplit(base).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def _post(message: EmailMessage, name: str) -> None:
    """By SMTP when a server is set, otherwise as a file in the instance folder."""
    url = urlsplit(current_app.config["MAIL_URL"])
    if not url.hostname:
        folder: Path = current_app.config["INSTANCE"] / "mail"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.eml").write_bytes(message.as_bytes())
        return
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with kind(url.hostname, url.port or 25, timeout=10) as server:
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)


def deliver_waiting() -> int:
    """Send what waits, each in a transaction of its own. How many were sent; a failed one is tried again later."""
    sent = 0
    for mail_id in outbox.waiting(db.session(), now=now()):
        with writing():
            db.session.rollback()
            mail = outbox.claim(db.session(), mail_id, now=now())
            db.session.commit()
        if mail is None:
            continue
        try:
            with writing():
                message = _write(mail, now=now())
                db.session.commit()
            _post(message, f"{mail.id:08d}-{mail.message}")
        except (OSError, smtplib.SMTPException) as error:
            db.session.rollback()
            current_app.logger.warning("mail %s not sent: %s", mail_id, type(error).__name__)
            continue
        with writing():
            db.session.rollback()
            outbox.mark_sent(mail, now=now())
            db.session.commit()
        sent += 1
    return sent


def _deliver_afterwards(response: BaseResponse) -> BaseResponse:
    """When this request asked for mails, send them once the answer is on its way."""
    if not db.session().info.pop("mail_waiting", False):
        return response
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def deliver() -> None:
        with app.app_context():
            deliver_waiting()

    if isinstance(response, Response):
        response.call_on_close(deliver)
    return response


def init_app(app: Flask) -> None:
    app.after_request(_deliver_afterwards)
