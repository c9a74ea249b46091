"""What parties apply for, as desks see and answer it. Paths stand in the docstrings; all begin with ``/v1``.

``POST /v1/incidents/{incident_id}/review/forwarding`` has an empty body: the file went to the superior.
Open to ruling officers and supervisors; a request that an officer stand back is decided by a supervisor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from console.domain.ids import IncidentId, PartyId, RequestId
from console.domain.review import ReviewOutcome


class ApplicationStep(StrEnum):
    """What is to be done next; ``redetermine``: a review ordered that the case be ruled anew (Art. 79)."""

    FORWARD_REVIEW = "forward-review"
    DECIDE_REVIEW = "decide-review"
    REDETERMINE = "redetermine"
    DECIDE_RECUSAL = "decide-recusal"


@dataclass(frozen=True, kw_only=True)
class Application:
    """One application that waits. ``due_on`` is the last day of the next step by the service's calendar,
    ``None`` where that year's calendar is missing; ``overdue`` when it has passed.

    ``party`` names every party that applied, ``words`` is what they wrote. ``request_id`` and ``officer`` are
    of a request that an officer stand back.
    """

    step: ApplicationStep
    incident_id: IncidentId
    incident_number: str
    party: str
    asked_at: datetime
    due_on: date | None
    overdue: bool
    words: str
    request_id: RequestId | None = None
    officer: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationPage:
    """Answer to ``GET /v1/applications?after=…``: those of at most 100 incidents, the longest waiting first.

    ``after`` of the next page is ``next``, which is empty on the last one.
    """

    items: tuple[Application, ...]
    next: str


@dataclass(frozen=True, kw_only=True)
class DecideReview:
    """``POST /v1/incidents/{incident_id}/review/decision``: what the superior decided; ``note`` names the
    decision (``reason-missing`` without). Whoever issued the document does not record it: ``own-ruling``.

    ``decided_on`` is the day that stands on the decision, empty for today: what it orders is to be done
    within days from then. ``decision-day`` for one that has not come or lies before the application.
    """

    outcome: ReviewOutcome
    note: str
    decided_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRecusalRequest:
    """``POST /v1/incidents/{incident_id}/recusal-requests``: a party asked a desk that an officer stand back.

    ``officer`` is the police number, empty for whoever has the case: who writes its ruling, before that who
    answered its call (the signed-in person where nobody did).
    """

    party_id: PartyId
    reason: str
    officer: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideRecusal:
    """``POST /v1/incidents/{incident_id}/recusal-requests/{request_id}/decision``: by a supervisor whom the
    request is not about (``own-recusal``); a refusal needs a ``note`` (``reason-missing``).
    """

    granted: bool
    note: str = ""
