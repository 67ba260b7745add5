"""Mails: a folder each (subject.txt, body.txt, body.html), written when they are sent and never before.

A mail holds a link and a date and nothing worth stealing. It arrives at least once, with one Message-ID.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, Response, current_app
from flask_babel import force_locale, gettext, ngettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from werkzeug.wrappers import Response as BaseResponse

from placements import logs
from placements.clock import now
from placements.db import db, writing
from placements.domain import (
    application_answers,
    applications,
    evaluation_links,
    network_answers,
    outbox,
    sign_ins,
)
from placements.formatting import long_date
from placements.models.applications import Application
from placements.models.mails import OutgoingMail
from placements.models.users import User

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]


# Writing


def _values(mail: OutgoingMail, *, now: datetime) -> dict[str, Any]:
    """All that a mail can say. The link leads to the sign-in (with a code beside it), an answer or a task.

    Somebody outside gets no link, and learns the first name of whoever named them.
    """
    base = current_app.config["BASE_URL"]
    if mail.application is not None:
        return _values_for_applicant(mail, mail.application, now=now)
    user = _user(mail)
    locale = user.locale
    values = {"user": user, "locale": locale, "day": long_date(mail.created_at, locale=locale)}
    if "token" in mail.secrets:
        return values | {"link": f"{base}/login/{mail.secrets['token']}", "code": mail.secrets["code"]}
    if "place" in mail.secrets:
        token = network_answers.make_link(db.session(), mail.secrets["place"], now=now)
        return values | {"link": f"{base}/network-places/answer/{token}"}
    if "to" in mail.secrets:
        return values | {"contact": mail.secrets["name"], "first_name": user.name.split()[0]}
    if page := evaluation_links.link_for(db.session(), mail.path):
        return values | {"link": f"{base}{page}"}
    token = sign_ins.make_task_link(db.session(), user.id, mail.path or "/", now=now)
    return values | {"link": f"{base}/tasks/{token}"}


def _values_for_applicant(mail: OutgoingMail, application: Application, *, now: datetime) -> dict[str, Any]:
    """A link and a date: not the programme's name, which would tell what it is about."""
    token = applications.make_link(db.session(), application.id, now=now)
    day = long_date(mail.created_at, locale=application.locale)
    link = f"{current_app.config['BASE_URL']}/application/{token}"
    return {"locale": application.locale, "day": day, "link": link}


def _user(mail: OutgoingMail) -> User:
    assert mail.user is not None  # noqa: S101
    return mail.user


def _reader(mail: OutgoingMail) -> tuple[str, str]:
    """Address and language."""
    if mail.application is not None:
        return application_answers.read(mail.application).email, mail.application.locale
    user = _user(mail)
    return mail.secrets.get("to", user.email), user.locale


def _write(mail: OutgoingMail, *, now: datetime) -> EmailMessage:
    values = _values(mail, now=now)
    address, locale = _reader(mail)
    message = EmailMessage()
    with force_locale(locale):
        subject, text, html = (
            _templates.get_template(f"{mail.message}/{name}").render(values)
            for name in ("subject.txt", "body.txt", "body.html")
        )
        sender = gettext("Praktik og netværk")
    message["Subject"] = " ".join(subject.split())
    message["From"] = Address(sender, addr_spec=current_app.config["MAIL_FROM"])
    message["To"] = Address(addr_spec=address)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.message_id}@{urlsplit(current_app.config['BASE_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


# Sending


def _post(message: EmailMessage, name: str) -> None:
    """By SMTP when a server is set, otherwise as a file in the instance folder, for its owner alone."""
    url = urlsplit(current_app.config["MAIL_URL"])
    if url.hostname:
        _post_by_smtp(message, url)
        return
    folder: Path = current_app.config["INSTANCE"] / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def _post_by_smtp(message: EmailMessage, url: SplitResult) -> None:
    """Encrypted from the start (smtps), or as soon as the server offers it."""
    secure = url.scheme == "smtps"
    kind, port = (smtplib.SMTP_SSL, 465) if secure else (smtplib.SMTP, 25)
    with kind(str(url.hostname), url.port or port, timeout=10) as server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)


def deliver_waiting() -> int:
    """Send what waits, each in its own transaction; what fails is tried again later. How many were sent."""
    return sum(_deliver(turn) for turn in outbox.waiting(db.session(), now=now()))


def _deliver(turn: outbox.Turn) -> bool:
    mail = _take(turn)
    if mail is None:
        return False
    try:
        with writing():
            message = _write(mail, now=now())
            db.session.commit()
        _post(message, f"{turn.mail_id:08d}-{mail.message}")
    except Exception as error:  # whatever is wrong with one mail must not keep back the others
        db.session.rollback()
        logs.trouble("mail not sent", error, mail=turn.mail_id)
        return False
    with writing():
        db.session.rollback()
        outbox.mark_sent(mail, now=now())
        db.session.commit()
    return True


def _take(turn: outbox.Turn) -> OutgoingMail | None:
    """The mail in hand, unless somebody else has it or it would come too late."""
    with writing():
        db.session.rollback()
        mail = outbox.claim(db.session(), turn, now=now())
        late = mail is not None and outbox.too_late(mail, now=now())
        if mail and late:
            outbox.give_up(mail)
        db.session.commit()
    return None if late else mail


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
