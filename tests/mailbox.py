"""The mails that the application has sent: files in the instance folder, as a mail program reads them."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


class Mailbox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for file in self.files():
            file.unlink()

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml"))

    def all(self) -> list[EmailMessage]:
        read = (email.message_from_bytes(file.read_bytes(), policy=default) for file in self.files())
        return [message for message in read if isinstance(message, EmailMessage)]

    def newest(self) -> EmailMessage:
        return self.all()[-1]

    def part(self, kind: str = "plain") -> str:
        """The newest mail's text, or its "html"."""
        body = self.newest().get_body((kind,))
        assert body is not None
        return str(body.get_content())

    def link(self) -> str:
        """The path of the one link in the newest mail."""
        (path,) = set(re.findall(r"http://localhost(/\S+)", self.part()))
        return str(path)

    def code(self) -> str:
        (code,) = re.findall(r"^(\d{8})$", self.part(), re.MULTILINE)
        return str(code)
