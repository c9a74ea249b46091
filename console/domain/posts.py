"""The two posts of a case: what was handed over with which gaps, who may not rule, who takes it on.

Sources: 公安部令第146号 Art. 105 (an officer who is related to a party stands back, by himself or because
a party asks for it, which is decided within two working days), 23 and 27 (what leaves the simple procedure
takes two officers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from console.domain.errors import DomainError
from console.domain.evidence import Slot
from console.domain.ids import PartyId, RequestId, UserId


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """The collecting post gave the case on; ``missing`` are the required pictures that were not there."""

    note: str
    gaps_reason: str
    missing: tuple[Slot, ...]
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Recusal:
    """An officer stands back from the case; ``party_id`` is whom the relation is with, if with one alone."""

    officer: UserId
    reason: str
    party_id: PartyId | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecusalRequested:
    """A party asks that an officer stand back; ``decide_until`` is ``None`` where the calendar is missing."""

    request_id: RequestId
    party_id: PartyId
    officer: UserId
    officer_name: str
    reason: str
    decide_until: date | None
    type: Literal["recusal-requested"] = "recusal-requested"


@dataclass(frozen=True, kw_only=True)
class RecusalDecided:
    """A superior granted or refused what a party asked for."""

    request_id: RequestId
    granted: bool
    note: str
    type: Literal["recusal-decided"] = "recusal-decided"


@dataclass(frozen=True, kw_only=True)
class RecusalRequest:
    """What a party asked for and when, and the decision once there is one."""

    asked: RecusalRequested
    asked_at: datetime
    decision: RecusalDecided | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class GeneralProcedure:
    """The case left the simple procedure; ``officers`` are the two who take it on (Art. 27)."""

    officers: tuple[UserId, UserId]
    names: tuple[str, str]
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Officer:
    """A person of the police as a case names it."""

    id: UserId
    name: str


@dataclass(frozen=True, kw_only=True)
class Posts:
    """What passed between the posts, in the order in which it did; ``returns`` are the moments of return.

    ``in_charge`` has the case now: who wrote its ruling last, until then who answered its newest call.
    """

    hand_overs: tuple[HandOver, ...] = ()
    returns: tuple[datetime, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    requests: tuple[RecusalRequest, ...] = ()
    general: GeneralProcedure | None = None
    in_charge: Officer | None = None

    @property
    def hand_over(self) -> HandOver | None:
        """The newest hand-over."""
        return self.hand_overs[-1] if self.hand_overs else None

    def recused(self, officer: str) -> Recusal | None:
        """Return why this officer may not rule on the case, ``None`` when nothing is declared."""
        return next((one for one in self.recusals if one.officer == officer), None)

    @property
    def open_requests(self) -> tuple[RecusalRequest, ...]:
        """What parties asked for and nobody has decided, the oldest first."""
        return tuple(one for one in self.requests if one.decision is None)

    def asked_to_recuse(self, officer: str) -> bool:
        """Tell whether it is still to be decided if this officer stands back."""
        return any(one.asked.officer == officer for one in self.open_requests)

    def request(self, request_id: RequestId) -> RecusalRequest:
        """Return what a party asked for; raise ``unknown-request``."""
        found = next((one for one in self.requests if one.asked.request_id == request_id), None)
        if found is None:
            raise DomainError("unknown-request")
        return found

    def times(self, began: datetime, until: datetime) -> tuple[timedelta, timedelta]:
        """Return how long the case lay with the collecting post and with the ruling post up to ``until``."""
        spent = [timedelta(), timedelta()]
        post, since = 0, began
        for at, to in sorted(self._moves()):
            if at < until:
                spent[post] += at - since
                post, since = to, at
        spent[post] += max(until - since, timedelta())
        return spent[0], spent[1]

    def _moves(self) -> Iterator[tuple[datetime, int]]:
        yield from ((one.at, 1) for one in self.hand_overs)
        yield from ((at, 0) for at in self.returns)


NOTHING_PASSED = Posts()
"""A case that one post alone has had so far."""


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """The call-taker post handed the case to the ruling post; ``gaps_reason`` excuses empty slots."""

    note: str = ""
    gaps_reason: str = ""
    type: Literal["handed-over"] = "handed-over"


@dataclass(frozen=True, kw_only=True)
class ReturnedForEvidence:
    """The ruling post gave the case back; these pictures are to be taken, or taken again."""

    slots: tuple[Slot, ...]
    note: str = ""
    type: Literal["returned-for-evidence"] = "returned-for-evidence"


@dataclass(frozen=True, kw_only=True)
class RecusalDeclared:
    """The acting officer stands back from the case."""

    reason: str
    party_id: PartyId | None = None
    type: Literal["recusal-declared"] = "recusal-declared"


@dataclass(frozen=True, kw_only=True)
class GeneralProcedureOpened:
    """The acting officer and a second one take the case on by general procedure."""

    second_officer: UserId
    names: tuple[str, str]
    reason: str
    type: Literal["general-procedure-opened"] = "general-procedure-opened"


PostEvent = (
    HandedOver
    | ReturnedForEvidence
    | RecusalDeclared
    | RecusalRequested
    | RecusalDecided
    | GeneralProcedureOpened
)


def after(posts: Posts, event: PostEvent, at: datetime, actor: str, missing: tuple[Slot, ...]) -> Posts:
    """Return ``posts`` after ``event``; ``missing`` are the required pictures that are not there."""
    match event:
        case HandedOver(note=note, gaps_reason=reason):
            given = HandOver(note=note, gaps_reason=reason, missing=missing, at=at, by=actor)
            return replace(posts, hand_overs=(*posts.hand_overs, given))
        case ReturnedForEvidence():
            return replace(posts, returns=(*posts.returns, at))
        case RecusalDeclared(reason=reason, party_id=party_id):
            return _stood_back(posts, UserId(actor), reason, party_id, at)
        case RecusalRequested():
            return replace(posts, requests=(*posts.requests, RecusalRequest(asked=event, asked_at=at)))
        case RecusalDecided():
            return _decided(posts, event, at)
        case GeneralProcedureOpened(second_officer=second, names=names, reason=reason):
            officers = (UserId(actor), second)
            return replace(
                posts, general=GeneralProcedure(officers=officers, names=names, reason=reason, at=at)
            )


def _stood_back(posts: Posts, officer: UserId, reason: str, party_id: PartyId | None, at: datetime) -> Posts:
    if posts.recused(officer):
        return posts
    recusal = Recusal(officer=officer, reason=reason, party_id=party_id, at=at)
    left = posts.in_charge is None or posts.in_charge.id == officer
    return replace(posts, recusals=(*posts.recusals, recusal), in_charge=None if left else posts.in_charge)


def _decided(posts: Posts, event: RecusalDecided, at: datetime) -> Posts:
    asked = posts.request(event.request_id)
    done = replace(asked, decision=event, decided_at=at)
    posts = replace(posts, requests=tuple(done if one is asked else one for one in posts.requests))
    if not event.granted:
        return posts
    return _stood_back(posts, asked.asked.officer, asked.asked.reason, asked.asked.party_id, at)
