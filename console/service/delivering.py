"""Takes what stands in the outbox to its receivers, in every process, a channel at a time in each."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import OperationalError

from console.domain.delivery import Channel
from console.service import notices, outbox
from console.service.bell import rung
from console.service.core import Core
from console.service.deliveries.port import CHANNEL_AWAY, NotDelivered
from console.service.journal import SERVICE

log = logging.getLogger(__name__)

LONGEST_REST = 5.0
"""Seconds after which the outbox is looked at though nothing was rung: another process may have ended."""
SHORTEST_REST = 0.25
"""Seconds between two looks, however much happens: most news are about something else."""


async def run(core: Core) -> None:
    """Deliver until cancelled; a channel that hangs holds up no other."""
    lanes: dict[Channel, asyncio.Task[None]] = {}
    try:
        while not core.bell.closed:
            turn = core.bell.turn
            due, wait = await asyncio.to_thread(_look, core)
            for channel in due:
                if channel not in lanes or lanes[channel].done():
                    lanes[channel] = asyncio.create_task(_lane(core, channel))
            await asyncio.sleep(SHORTEST_REST)
            await rung(turn, min(LONGEST_REST, wait))
    finally:
        for lane in lanes.values():
            lane.cancel()


def _look(core: Core) -> tuple[frozenset[Channel], float]:
    try:
        with core.database.glance() as connection:
            due, wait = outbox.due_channels(connection, core.clock())
    except OperationalError as error:
        log.warning("the database does not serve: %s", type(error).__name__)
        return frozenset(), LONGEST_REST
    return due, LONGEST_REST if wait is None else wait


async def _lane(core: Core, channel: Channel) -> None:
    try:
        await asyncio.to_thread(send_due, core, channel)
    except Exception:
        log.exception("a round of deliveries failed")
    core.bell.ring()  # look again: what failed is due later, what came meanwhile is due now


def send_due(core: Core, channel: Channel) -> int:
    """Try every delivery of ``channel`` that is due once; return how many arrived.

    The round ends when the channel is away: the others would only wait for the same.
    """
    arrived = 0
    while not core.bell.closed:
        with core.work(SERVICE) as work:
            claimed = outbox.claim(work, channel, core.presence.process)
        if claimed is None:
            break
        try:
            receipt = core.receivers[channel].deliver(claimed.parcel)
        except NotDelivered as trouble:
            _failed(core, claimed, trouble.reason)
            if trouble.reason in CHANNEL_AWAY:
                break
        else:
            with core.work(SERVICE) as work:
                if outbox.done(work, claimed, receipt.reference):
                    arrived += 1
                    if channel is Channel.SMS:
                        notices.sent(core, work, claimed)
    return arrived


def _failed(core: Core, claimed: outbox.Claimed, reason: str) -> None:
    with core.work(SERVICE) as work:
        pause = outbox.failed(work, claimed, reason)
    data = {
        "channel": claimed.delivery.channel.value,
        "delivery": claimed.delivery.id,
        "attempt": claimed.attempt,
        "why": reason,
    }
    if pause is None:
        log.error("a delivery is dead", extra={"data": data})
    else:
        log.warning("a delivery waits", extra={"data": {**data, "pause_s": round(pause, 1)}})
