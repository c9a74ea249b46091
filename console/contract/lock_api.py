"""A locked desk goes on with the password of whoever is signed in there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unlock:
    """``POST /v1/sessions/current/unlock``. A wrong password counts as a failed sign-in
    (``wrong-credentials``); five in a row lock the account (``account-locked``), the session goes on.
    """

    password: str
