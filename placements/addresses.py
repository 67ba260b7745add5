"""Mail addresses: the form they are compared in, and a key that finds an application without holding one."""

from __future__ import annotations

import hmac

from email_validator import EmailNotValidError, validate_email
from flask import current_app


def normal(email: str) -> str:
    """Raises `ValueError` for what is no address, or more than one."""
    return validate_email(email.strip(), check_deliverability=False).normalized.lower()


def key_of(email: str) -> str:
    """The same for every way to write the address; without the secret nobody can try addresses against it."""
    try:
        address = normal(email)
    except EmailNotValidError:
        address = email.strip().lower()
    secret = f"applications {current_app.config['SECRET_KEY']}"
    return hmac.digest(secret.encode(), address.encode(), "sha256").hex()
