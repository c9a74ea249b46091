"""Connection set-up between desk and party: each posts its own signals and streams the other's."""

from __future__ import annotations

from console.contract.desk_api import Signal
from console.domain.call import IN_CALL, Call
from console.domain.ids import CallId
from console.service import signalling
from console.service.auth import CallTaker
from console.service.commands import ByCallTaker
from console.service.core import Here
from console.service.guards import answered_call, own_call
from console.service.journal import read_call
from console.service.routes.room import Room
from console.service.signalling import Side
from console.service.streams import After, EventStream

router = Room("/v1/calls", "signals")


@router.post("/{call_id}/signals", status_code=204)
def send_signal(call_id: CallId, body: Signal, command: ByCallTaker) -> None:
    """Send a signal to the party; only from the seat that answered, while the call lasts."""
    signalling.check(body)
    command.core.signal_rate.hit(f"{call_id}/{Side.DESK}")
    with command.begin() as work:
        call = answered_call(work, call_id, command.who)
        signalling.append(work, call, Side.DESK, body, allowed=IN_CALL)


@router.get("/{call_id}/signals", response_class=EventStream, status_code=200)
async def party_signals(call_id: CallId, who: CallTaker, core: Here, after: After) -> EventStream:
    """Stream the party's signals from the first."""

    def find() -> Call:
        with core.database.read() as connection:
            return own_call(read_call(connection, call_id), who)

    return await signalling.stream(core, call_id, Side.PARTY, after, find)
