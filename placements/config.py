"""Settings from the environment, with safe defaults for the embedded run. See the README for the list."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from placements import encryption

ROOT = Path(__file__).resolve().parent.parent
KEYS = "encryption_keys"


class BadConfiguration(Exception):
    """A setting that the operator must change; the message says which and how."""


def _instance(environ: Mapping[str, str]) -> Path:
    folder = Path(environ.get("PLACEMENTS_INSTANCE") or ROOT / "instance")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def secret_file(path: Path, made: Callable[[], str]) -> str:
    """Made once, readable by its owner only; two workers that start together agree on one."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(made())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    refuse_readable_by_others(path)
    return path.read_text().strip()


def refuse_readable_by_others(path: Path) -> None:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadConfiguration(f"{path} can be read by others. Run: chmod 600 {path}")


def _secret_key(environ: Mapping[str, str], instance: Path) -> str:
    own = environ.get("PLACEMENTS_SECRET_KEY")
    return own or secret_file(instance / "secret_key", lambda: secrets.token_urlsafe(48))


def _keys_file(environ: Mapping[str, str], instance: Path) -> Path | None:
    """None: the setting holds the keys themselves."""
    given = environ.get("PLACEMENTS_ENCRYPTION_KEYS", "")
    return None if ":" in given else Path(given or instance / KEYS)


def _encryption_keys(environ: Mapping[str, str], instance: Path) -> str:
    """The keys themselves, or a file of them; made on the first run, and kept apart from every backup."""
    file = _keys_file(environ, instance)
    try:
        text = secret_file(file, encryption.new_key) if file else environ["PLACEMENTS_ENCRYPTION_KEYS"]
        encryption.read_keys(text)
    except encryption.BadKeys as bad:
        raise BadConfiguration(f"PLACEMENTS_ENCRYPTION_KEYS: {bad}.") from None
    return text


def _today(environ: Mapping[str, str]) -> date | None:
    value = environ.get("PLACEMENTS_TODAY")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadConfiguration("PLACEMENTS_TODAY must be a day such as 2025-02-03.") from None


def _base_url(environ: Mapping[str, str]) -> str:
    url = environ.get("PLACEMENTS_BASE_URL", "").rstrip("/")
    if not url:
        return f"http://{environ.get('HOST', '127.0.0.1')}:{environ.get('PORT', '5000')}"
    if urlsplit(url).scheme not in {"http", "https"}:
        raise BadConfiguration("PLACEMENTS_BASE_URL must begin with http:// or https://.")
    return url


def _timestamp_url(environ: Mapping[str, str]) -> str:
    url = environ.get("PLACEMENTS_SEAL_TIMESTAMP_URL", "")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise BadConfiguration("PLACEMENTS_SEAL_TIMESTAMP_URL must begin with http:// or https://.")
    return url


def _hosts(environ: Mapping[str, str]) -> list[str] | None:
    """Under which names the application answers: its own and the machine's; any, while no address is set."""
    own = urlsplit(environ.get("PLACEMENTS_BASE_URL", "")).hostname
    return [own, "localhost", "127.0.0.1"] if own else None


def from_environment(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every setting of the application. Raises `BadConfiguration`."""
    environ = os.environ if environ is None else environ
    instance = _instance(environ)
    base_url = _base_url(environ)
    secure = base_url.startswith("https://")
    return {
        "INSTANCE": instance,
        "SECRET_KEY": _secret_key(environ, instance),
        "ENCRYPTION_KEYS": _encryption_keys(environ, instance),
        "ENCRYPTION_KEYS_FILE": _keys_file(environ, instance),
        "SQLALCHEMY_DATABASE_URI": environ.get("PLACEMENTS_DATABASE_URL")
        or f"sqlite:///{instance / 'placements.db'}",
        "BADGE_KEY": environ.get("PLACEMENTS_BADGE_KEY", ""),
        "QUEUE_URL": environ.get("PLACEMENTS_QUEUE_URL", ""),
        "MAIL_URL": environ.get("PLACEMENTS_MAIL_URL", ""),
        "MAIL_FROM": environ.get("PLACEMENTS_MAIL_FROM", "praktik@example.org"),
        "SEAL_KEY": environ.get("PLACEMENTS_SEAL_KEY", ""),
        "SEAL_CERTIFICATE": environ.get("PLACEMENTS_SEAL_CERTIFICATE", ""),
        "SEAL_PASSPHRASE": environ.get("PLACEMENTS_SEAL_PASSPHRASE", ""),
        "SEAL_PKCS11": environ.get("PLACEMENTS_SEAL_PKCS11", ""),
        "SEAL_PIN": environ.get("PLACEMENTS_SEAL_PIN", ""),
        "SEAL_TIMESTAMP_URL": _timestamp_url(environ),
        "BASE_URL": base_url,
        "TRUSTED_HOSTS": _hosts(environ),
        "TODAY": _today(environ),
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The cookie outlives the session on the server, so that a form left open can still be saved after it.
        "PERMANENT_SESSION_LIFETIME": timedelta(days=7),
        "SESSION_IDLE": timedelta(minutes=30),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "BABEL_DEFAULT_LOCALE": "da",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
        "LANGUAGES": ("da", "en"),
        "PROXIES": int(environ.get("PLACEMENTS_PROXIES", "0")),
    }
