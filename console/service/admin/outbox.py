"""The outbox at the machine: what waits, what is dead, and what becomes of that."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from console.domain.delivery import DeliveryState
from console.domain.ids import DeliveryId
from console.service import outbox
from console.service.admin.commands import ACTOR, Commands, command
from console.service.core import Core
from console.service.outbox_list import page


def describe(commands: Commands) -> None:
    """Add the commands."""
    listed = command(commands, "list", _list, "what is in a state, the newest first")
    states = [state.value for state in DeliveryState]
    listed.add_argument("--state", choices=states, default=DeliveryState.DEAD.value)
    again = command(commands, "retry", _retry, "queue a dead delivery again")
    again.add_argument("id")
    again.add_argument("--reason", default="")
    ended = command(commands, "give-up", _give_up, "end a dead delivery")
    ended.add_argument("id")
    ended.add_argument("--reason", required=True, help="how it was settled otherwise")


def _list(core: Core, words: argparse.Namespace) -> Iterable[str]:
    after = ""
    while True:
        with core.database.read() as connection:
            found = page(connection, DeliveryState(words.state), after)
        for one in found.items:
            about = " ".join(part for part in (one.incident_number, one.party, one.what) if part)
            tries = f"{one.attempts} tries" + (f", {one.trouble}" if one.trouble else "")
            yield f"{one.id}  {one.channel:8}  {one.queued_at:%Y-%m-%d %H:%M:%S}Z  {tries}  {about}"
        if not found.next:
            return
        after = found.next


def _retry(core: Core, words: argparse.Namespace) -> Iterable[str]:
    with core.work(ACTOR) as work:
        outbox.retry(work, DeliveryId(words.id), words.reason)
    return [f"{words.id}  queued"]


def _give_up(core: Core, words: argparse.Namespace) -> Iterable[str]:
    with core.work(ACTOR) as work:
        outbox.give_up(work, DeliveryId(words.id), words.reason)
    return [f"{words.id}  given up"]
