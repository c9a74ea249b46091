"""The second factor: six digits of the person's own device (RFC 6238), or a client certificate.

The secret of a device is kept sealed with a key that lies beside the service's data and not in its database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime
from pathlib import Path

import pyotp
from cryptography.fernet import Fernet

from console.domain.errors import DomainError
from console.service import accounts
from console.service.accounts import Account
from console.service.durable import write_whole
from console.service.journal import Work

ISSUER = "快处台"
WINDOW = 1
"""Codes of so many steps (30 s) before and after are taken: clocks of devices differ."""


class Seal:
    """Seals small secrets with the service's own key in ``folder``, made at first need."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "keys" / "seal.key"

    def close(self, secret: str) -> str:
        """Return ``secret`` sealed."""
        return self._key().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the secret; raises ``cryptography.fernet.InvalidToken`` when it was tampered with."""
        return self._key().decrypt(sealed.encode()).decode()

    def fingerprint(self, secret: str) -> str:
        """Return a keyed digest (HMAC-SHA256) of a secret too short to be stored under a plain one."""
        return hmac.new(self._bytes(), secret.encode(), hashlib.sha256).hexdigest()

    def _key(self) -> Fernet:
        return Fernet(self._bytes())

    def _bytes(self) -> bytes:
        if not self._file.exists():
            mask = os.umask(0o077)
            try:
                write_whole(self._file, Fernet.generate_key())
            finally:
                os.umask(mask)
        return self._file.read_bytes()


def enrol(work: Work, seal: Seal, account: Account) -> str:
    """Give the account a new device secret; return the ``otpauth`` URI that its device reads."""
    secret = pyotp.random_base32()
    accounts.set_second_factor(work, account, totp_secret=seal.close(secret))
    return pyotp.TOTP(secret, name=account.user.number, issuer=ISSUER).provisioning_uri()


def require(work: Work, seal: Seal, account: Account, code: str, certificate: str) -> None:
    """Raise ``second-factor-needed`` or ``second-factor-wrong`` unless one is shown.

    ``certificate`` is the SHA-256 fingerprint of the client certificate of this connection, or empty. A code
    serves once.
    """
    if certificate and certificate == account.certificate:
        return
    if not code:
        raise DomainError("second-factor-needed")
    step = _step(seal, account, code, work.now)
    if step is None or not accounts.use_totp_step(work, account, step):
        raise DomainError("second-factor-wrong")


def _step(seal: Seal, account: Account, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is."""
    if account.totp_secret is None:
        return None
    device = pyotp.TOTP(seal.open(account.totp_secret))
    moment = device.timecode(now)
    for step in range(moment - WINDOW, moment + WINDOW + 1):
        if pyotp.utils.strings_equal(device.generate_otp(step), code):
            return step
    return None
