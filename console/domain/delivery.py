"""What the service must tell systems elsewhere, and how far each telling has got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.domain.determination import Message, MessageState
from console.domain.ids import DeliveryId, MessageId, PartyId


class Channel(StrEnum):
    """Which system is told."""

    SMS = "sms"
    PUSH = "push"
    INSURER = "insurer"
    DISPATCH = "dispatch"
    REGISTRY = "registry"


class DeliveryState(StrEnum):
    """``dead``: given up after the last try until somebody decides; ``given-up``: somebody decided so."""

    QUEUED = "queued"
    DONE = "done"
    DEAD = "dead"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One telling. ``what`` is the SMS template or empty, ``trouble`` the stable code of the last failure.

    ``reference`` is the other side's own number for it, ``reason`` what somebody gave for trying again or
    giving up. Nothing personal stands in it.
    """

    id: DeliveryId
    channel: Channel
    state: DeliveryState
    at: datetime
    party_id: PartyId | None = None
    what: str = ""
    trouble: str = ""
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryRecorded:
    """A delivery came to a new state. An SMS is told so only once it has failed for good."""

    delivery: Delivery
    type: Literal["delivery-recorded"] = "delivery-recorded"


def with_delivery(known: tuple[Delivery, ...], changed: Delivery) -> tuple[Delivery, ...]:
    """Return ``known`` with ``changed`` in its place, a new one at the end."""
    if any(one.id == changed.id for one in known):
        return tuple(changed if one.id == changed.id else one for one in known)
    return (*known, changed)


def with_sent(messages: tuple[Message, ...], message_id: MessageId, at: datetime) -> tuple[Message, ...]:
    """Return ``messages`` where one of them was sent."""
    return tuple(
        replace(one, state=MessageState.SENT, sent_at=at) if one.id == message_id else one for one in messages
    )


def told_of(messages: tuple[Message, ...], delivery: Delivery) -> tuple[Message, ...]:
    """Return ``messages`` where the one that ``delivery`` is about stands as that says."""
    failed = delivery.state in {DeliveryState.DEAD, DeliveryState.GIVEN_UP}
    state = MessageState.FAILED if failed else MessageState.QUEUED
    return tuple(
        replace(message, state=state)
        if str(message.id) == str(delivery.id) and message.state is not MessageState.SENT
        else message
        for message in messages
    )


def claim_of(deliveries: tuple[Delivery, ...], party_id: PartyId) -> Delivery | None:
    """Return the claim that a party has started; one that was given up may be started again."""
    own = (one for one in reversed(deliveries) if (one.channel, one.party_id) == (Channel.INSURER, party_id))
    newest = next(own, None)
    return None if newest is None or newest.state is DeliveryState.GIVEN_UP else newest
