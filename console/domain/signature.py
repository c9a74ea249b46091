"""Signatures of the parties: who read which text, and signed, refused or was not there.

Sources: 公安部令第146号 Art. 24 (parties sign; a refusal is noted on the document by the officer),
公安机关办理行政案件程序规定 Art. 263 (an electronic signature counts where the act of signing is recorded in
sound and picture at the same time). A signature belongs to the digest of exactly the text that was shown:
another text needs another signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.errors import DomainError
from console.domain.ids import CallId, PartyId
from console.domain.party import Party
from console.domain.ruling import Outcome, RulingProblem

MAX_STROKES = 60
MAX_POINTS = 3_000
"""Points of one signature, all strokes together; a slow hand makes about 60 a second."""
CANVAS = (1000, 400)
"""Width and height of the plane on which a signature is drawn; points are whole numbers inside it."""
MAX_SIGNING_MS = 600_000


class SignatureState(StrEnum):
    """What became of one party's signature; ``declined`` becomes ``refused`` once an officer has noted it."""

    SIGNED = "signed"
    DECLINED = "declined"
    REFUSED = "refused"
    ABSENT = "absent"


SETTLED = frozenset({SignatureState.SIGNED, SignatureState.REFUSED, SignatureState.ABSENT})
"""States with which a document may be issued."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The call is being recorded since ``since``."""

    call_id: CallId
    since: datetime

    def moment_s(self, at: datetime) -> float:
        """Return how many seconds of recording had run at ``at``."""
        return round(max(0.0, (at - self.since).total_seconds()), 1)


@dataclass(frozen=True, kw_only=True)
class SigningRequest:
    """What the parties are asked to sign. ``unrecorded_reason`` says why no recording runs, if none does."""

    text: str
    sha256: str
    unrecorded_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One party's signature or its absence.

    ``text_sha256`` names the text that was shown (empty for an absent party), ``strokes_sha256`` the drawn
    signature as the service keeps it, ``typed_name`` stands for it where a hand cannot draw. ``recorded_s``
    is the moment in the running recording in seconds, ``None`` where none ran; then ``unrecorded_reason``
    says why. ``reason`` is the officer's note on a refusal or an absence, or what a declining party wrote.
    """

    party_id: PartyId
    state: SignatureState
    at: datetime
    text_sha256: str = ""
    strokes_sha256: str = ""
    typed_name: str = ""
    recorded_s: float | None = None
    unrecorded_reason: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where the finger was: ``x`` and ``y`` on the plane of ``CANVAS``, ``ms`` since the first touch."""

    x: int
    y: int
    ms: int


Strokes = tuple[tuple[Point, ...], ...]
"""A drawn signature; a finger that is lifted begins another stroke."""


def text_digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8: what a signature refers to."""
    return hashlib.sha256(text.encode()).hexdigest()


def require_drawn(strokes: Strokes) -> None:
    """Raise ``signature-malformed`` unless ``strokes`` is a bounded drawing that goes forward in time.

    A lone dot is no signature: something must have been drawn over at least a twentieth of the plane's width.
    """
    points = [point for stroke in strokes for point in stroke]
    across = [point.x for point in points]
    times = [point.ms for point in points]
    good = (
        0 < len(strokes) <= MAX_STROKES
        and all(strokes)
        and 2 <= len(points) <= MAX_POINTS
        and all(0 <= point.x <= CANVAS[0] and 0 <= point.y <= CANVAS[1] for point in points)
        and times == sorted(times)
        and 0 <= times[0] <= times[-1] <= MAX_SIGNING_MS
        and max(across) - min(across) >= CANVAS[0] // 20
    )
    if not good:
        raise DomainError("signature-malformed")


def signature_problems(
    outcome: Outcome, parties: Iterable[Party], signatures: Iterable[Signature]
) -> tuple[RulingProblem, ...]:
    """Return ``SIGNATURE_OPEN`` for every party of whom nothing settled stands on the document.

    Parties sign a determination (Art. 24); a certificate is served without their signatures (Art. 67).
    """
    if outcome not in {Outcome.RULING, Outcome.NO_FAULT}:
        return ()
    settled = {signature.party_id for signature in signatures if signature.state in SETTLED}
    return tuple(
        RulingProblem(code="SIGNATURE_OPEN", party_id=party.id)
        for party in parties
        if party.id not in settled
    )
