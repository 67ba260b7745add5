"""The mails that the server leaves in its folder."""

from __future__ import annotations

import re
import time
from email.message import EmailMessage

from tests.mailbox import Mailbox


class Post:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.opened: set[str] = set()

    def next_to(self, address: str) -> EmailMessage:
        """The oldest mail to somebody that nobody has opened yet; waits for it."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for message in self.mailbox.all():
                if message["To"] == address and message["Message-ID"] not in self.opened:
                    self.opened.add(message["Message-ID"])
                    return message
            time.sleep(0.05)
        raise AssertionError(f"No mail to {address} came.")

    def link_to(self, address: str) -> str:
        """The link of a task mail, or of one that is answered without signing in."""
        pages = "tasks|network-places/answer|evaluation|application"
        (link,) = re.findall(rf"^http\S+/(?:{pages})/\S+$", _text(self.next_to(address)), re.MULTILINE)
        return str(link)

    def code_to(self, address: str) -> str:
        """The code of a sign-in mail."""
        (code,) = re.findall(r"^\d{8}$", _text(self.next_to(address)), re.MULTILINE)
        return str(code)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
