"""Text that is encrypted in the database: what somebody has written about their own life.

AES-GCM with the id of its key and bound to its row: `v1.<key id>.<base64 of nonce, text and tag>`. A value
that is copied to another row does not open there. It guards stolen disks and backups, not a server that
somebody has taken over.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app

VERSION = "v1"
_NONCE = 12
_KEY = 32


class BadKeys(Exception):
    """The keys cannot be read; the message says how they are written."""


class Unreadable(Exception):
    """The value was written with a key that is gone, for another row, or has been changed."""


@dataclass(frozen=True)
class Keyring:
    """Key id to key. `active` is the one that new text is written with."""

    keys: dict[str, bytes]
    active: str


def read_keys(text: str) -> Keyring:
    """One `id:base64` a line (or with commas between); the first is the active one. Raises `BadKeys`."""
    pairs = [part.strip().partition(":") for part in text.replace(",", "\n").splitlines() if part.strip()]
    try:
        keys = {name: base64.b64decode(key, validate=True) for name, _colon, key in pairs}
    except binascii.Error:
        keys = {}
    if not keys or len(keys) != len(pairs) or any(not _fits(name, key) for name, key in keys.items()):
        raise BadKeys("each key is written as ID:BASE64 of 32 bytes, one on a line, the active one first")
    return Keyring(keys, active=pairs[0][0])


def _fits(name: str, key: bytes) -> bool:
    return name.isalnum() and name.isascii() and len(key) == _KEY


def new_key() -> str:
    """A line for `read_keys`."""
    return f"k{secrets.token_hex(3)}:{base64.b64encode(os.urandom(_KEY)).decode()}"


def write_keys(ring: Keyring) -> str:
    """What `read_keys` reads again, the active one first."""
    names = sorted(ring.keys, key=lambda name: name != ring.active)
    return "".join(f"{name}:{base64.b64encode(ring.keys[name]).decode()}\n" for name in names)


def keyring() -> Keyring:
    """That of the running application; a file that was replaced is read again, so nobody needs a restart."""
    file: Path | None = current_app.config["ENCRYPTION_KEYS_FILE"]
    if file is not None and (stamp := _stamp(file)) != current_app.extensions["encryption_stamp"]:
        current_app.extensions |= {"encryption": read_keys(file.read_text()), "encryption_stamp": stamp}
    ring: Keyring = current_app.extensions["encryption"]
    return ring


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_ino, found.st_mtime_ns


def hide(text: str, place: str) -> str:
    """`place` names table, column and the row's own random id: it must be the same when it is opened."""
    ring, nonce = keyring(), os.urandom(_NONCE)
    sealed = AESGCM(ring.keys[ring.active]).encrypt(nonce, text.encode(), _bound(ring.active, place))
    return f"{VERSION}.{ring.active}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def show(hidden: str, place: str) -> str:
    """Raises `Unreadable`."""
    version, name, body = [*hidden.split("."), "", ""][:3]
    key = keyring().keys.get(name)
    if version != VERSION or key is None:
        raise Unreadable(f"no key is called {name!r}")
    try:
        sealed = base64.urlsafe_b64decode(body)
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(name, place)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("the text was changed, or belongs to another row") from error


def is_current(hidden: str) -> bool:
    """Whether it was written with the active key."""
    return hidden.startswith(f"{VERSION}.{keyring().active}.")


def _bound(name: str, place: str) -> bytes:
    return f"{VERSION}.{name}.{place}".encode()


# The file of keys


@contextmanager
def changing_keys(file: Path) -> Iterator[Path]:
    """Nobody else changes the file meanwhile."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield file
        os.fsync(folder)
    finally:
        os.close(folder)


def replace_keys(file: Path, ring: Keyring) -> None:
    """The whole file or none of it, on the disk before this returns, readable by its owner only."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(write_keys(ring))
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)


def init_app(app: Flask) -> None:
    app.extensions["encryption"] = read_keys(app.config["ENCRYPTION_KEYS"])
    file: Path | None = app.config["ENCRYPTION_KEYS_FILE"]
    app.extensions["encryption_stamp"] = _stamp(file) if file else None
