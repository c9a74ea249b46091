"""The sign-in that a training run hands over to its desk."""

from __future__ import annotations

from pathlib import Path

from console.contract.codec import DecodeError, decode
from console.contract.desk_api import SignIn


def take_sign_in(path: Path) -> SignIn | None:
    """Return the sign-in that ``path`` holds and delete the file; ``None`` when it holds none."""
    try:
        text = path.read_bytes()
    except OSError:
        return None
    path.unlink()
    try:
        sign_in: SignIn = decode(SignIn, text)
    except DecodeError:
        return None
    return sign_in
