"""Joining by a code that is read out on the telephone, for whoever gets no link or cannot open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import PartyId


@dataclass(frozen=True, kw_only=True)
class CreateJoinCode:
    """``POST /v1/incidents/{incident_id}/join-codes``: a code by which one browser joins the accident.

    With ``party_id`` whoever joins is that party, already taken down; without it a further one. ``phone`` is
    where the codes of its legal acts go; empty, it is the number that the party stated. Sent again it makes
    another code, and one before it for the same party is void.
    """

    party_id: PartyId | None = None
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class JoinCode:
    """The code, shown nowhere again, and where it is entered; once, until ``expires_at``."""

    code: str
    address: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class JoinByCode:
    """``POST /v1/party/join``, answered by ``PartyState`` and the cookie that a link gives (``party_api``).

    ``unknown-join-code`` for one that is wrong, used or too old: which of them is not told; after some of
    those from an address, or from everywhere, ``too-many-requests``.
    """

    code: str
