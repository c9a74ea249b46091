"""Edits: what is typed, safe on disk within milliseconds and on the service soon after.

Every edit is a whole value under a key of its incident; the newest wins. So nothing that waits for the
service can be overtaken by its own past.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from console.contract.desk_api import (
    DescribePlace,
    PinPlace,
    RulingReview,
    SetAccidentForm,
    StateAccidentTime,
    StateFact,
    StatePartyDetails,
    WriteNotes,
)
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId
from console.domain.ruling import Ruling
from console.domain.triage import TriageFact
from console.usecases.facts import EditChanged, EditState, EditValue, Publish, RulingReviewed
from console.usecases.following import Follower
from console.usecases.ports import Draft, DraftsPort, ServicePort, ServiceUnavailable
from console.usecases.tasks import Tasks

NOTES = "notes"
PLACE = "place"
PIN = "pin"
TIME = "time"
FORM = "form"
RULING = "ruling"
FACT_PREFIX = "fact/"
PARTY_PREFIX = "party/"

Place = tuple[IncidentId, str]


def fact_key(fact: TriageFact) -> str:
    """Return the key of a triage row."""
    return f"{FACT_PREFIX}{fact.value}"


def party_key(party_id: PartyId) -> str:
    """Return the key of a party's details."""
    return f"{PARTY_PREFIX}{party_id}"


def kind_of(key: str) -> type[EditValue]:
    """Return the type of the values under ``key``; raises ``ValueError`` for a key that is none."""
    if key.startswith(FACT_PREFIX):
        return StateFact
    if key.startswith(PARTY_PREFIX):
        return StatePartyDetails
    kinds: dict[str, type[EditValue]] = {
        NOTES: WriteNotes,
        PLACE: DescribePlace,
        PIN: PinPlace,
        TIME: StateAccidentTime,
        FORM: SetAccidentForm,
        RULING: Ruling,
    }
    if key not in kinds:
        raise ValueError(f"no edit has the key {key!r}")
    return kinds[key]


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    value: EditValue
    due: float


class Edits(Follower):
    """Keeps and sends edits. ``keep_after_s`` bounds what a crash can take, ``send_after_s`` is the pause in
    typing after which the service is told, ``retry_s`` the wait while it is away.
    """

    def __init__(
        self,
        service: ServicePort,
        drafts: DraftsPort,
        publish: Publish,
        *,
        keep_after_s: float = 0.05,
        send_after_s: float = 0.8,
        retry_s: float = 5.0,
    ) -> None:
        self._service = service
        self._drafts = drafts
        self._publish = publish
        self._keep_after_s = keep_after_s
        self._send_after_s = send_after_s
        self._retry_s = retry_s
        self._unkept: dict[Place, EditValue] = {}
        self._unsent: dict[Place, _Waiting] = {}
        self._reviews: dict[IncidentId, RulingReview] = {}
        self._wake = asyncio.Event()
        self._sending = asyncio.Lock()
        self._keeping = asyncio.Lock()
        self._tasks = Tasks()
        self._keep_soon: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Take up what an earlier run could not send."""
        for draft in await self._drafts.all():
            self._unsent[(draft.incident_id, draft.key)] = _Waiting(value=draft.value, due=0.0)
            self._say((draft.incident_id, draft.key), draft.value, EditState.KEPT)
        self._wake.set()

    def put(self, incident_id: IncidentId, key: str, value: EditValue, *, now: bool = False) -> None:
        """Take a value that was typed; called on the loop's thread for every key stroke.

        ``now`` sends it without waiting for a pause in typing.
        """
        place = (incident_id, key)
        due = asyncio.get_running_loop().time() + (0.0 if now else self._send_after_s)
        self._unkept[place] = value
        self._unsent[place] = _Waiting(value=value, due=due)
        self._say(place, value, EditState.TYPED)
        if self._keep_soon is None or self._keep_soon.done():
            self._keep_soon = self._tasks.start(self._keep_later(), "keep edits")
        self._wake.set()

    async def flush(self) -> None:
        """Put everything typed on disk and send it next; called when a field loses the focus."""
        await self._keep()
        self._unsent = {place: _Waiting(value=w.value, due=0.0) for place, w in self._unsent.items()}
        self._wake.set()

    async def deliver(self, incident_id: IncidentId) -> None:
        """Send every edit of an incident and wait for it, before a decision that rests on them.

        Raises the service's refusal or ``ServiceUnavailable``; what was not sent stays kept.
        """
        await self._keep()
        for place in [place for place in self._unsent if place[0] == incident_id]:
            await self._send(place)

    def review(self, incident_id: IncidentId) -> RulingReview | None:
        """Return what the service said of the ruling saved last."""
        return self._reviews.get(incident_id)

    def unsent(self, incident_id: IncidentId) -> bool:
        """Tell whether anything typed has not reached the service yet."""
        return any(place[0] == incident_id for place in self._unsent)

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while True:
            loop = asyncio.get_running_loop()
            due = [place for place, waiting in self._unsent.items() if waiting.due <= loop.time()]
            for place in due:
                with contextlib.suppress(ServiceUnavailable, DomainError):  # both were published
                    await self._send(place)
            await self._until_due()

    async def close(self) -> None:
        """Put everything typed on disk, at the desk's shutdown."""
        await self._keep()
        await self._tasks.close()

    def on_online(self) -> None:
        """The service is back: send what waits for it."""
        self._unsent = {place: _Waiting(value=w.value, due=0.0) for place, w in self._unsent.items()}
        self._wake.set()

    async def _until_due(self) -> None:
        next_due = min((waiting.due for waiting in self._unsent.values()), default=None)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(next_due):
                await self._wake.wait()
        self._wake.clear()

    async def _keep_later(self) -> None:
        await asyncio.sleep(self._keep_after_s)
        await self._keep()

    async def _keep(self) -> None:
        async with self._keeping:
            while self._unkept:
                place, value = next(iter(self._unkept.items()))
                await self._drafts.keep(Draft(incident_id=place[0], key=place[1], value=value))
                if self._unkept.get(place) is value:
                    del self._unkept[place]
                self._say(place, value, EditState.KEPT)

    async def _send(self, place: Place) -> None:
        async with self._sending:
            waiting = self._unsent.get(place)
            if waiting is None:
                return
            try:
                await self._call(place, waiting.value)
            except ServiceUnavailable:
                self._put_off(place, waiting)
                raise
            except DomainError as refusal:
                self._settle(place, waiting)
                self._say(place, waiting.value, EditState.REFUSED, refusal)
                raise
            self._settle(place, waiting)
            await self._keep()
            await self._drafts.forget(Draft(incident_id=place[0], key=place[1], value=waiting.value))
            if place not in self._unsent:
                self._say(place, waiting.value, EditState.SENT)

    def _put_off(self, place: Place, waiting: _Waiting) -> None:
        if self._unsent.get(place) is waiting:
            due = asyncio.get_running_loop().time() + self._retry_s
            self._unsent[place] = _Waiting(value=waiting.value, due=due)

    def _settle(self, place: Place, waiting: _Waiting) -> None:
        current = self._unsent.get(place)
        if current is not None and current.value is waiting.value:
            del self._unsent[place]

    async def _call(self, place: Place, value: EditValue) -> None:
        incident_id, key = place
        match value:
            case WriteNotes():
                await self._service.write_notes(incident_id, value)
            case DescribePlace():
                await self._service.describe_place(incident_id, value)
            case PinPlace():
                await self._service.pin_place(incident_id, value)
            case StateAccidentTime():
                await self._service.state_time(incident_id, value)
            case SetAccidentForm():
                await self._service.set_form(incident_id, value)
            case StateFact():
                fact = TriageFact(key.removeprefix(FACT_PREFIX))
                await self._service.state_fact(incident_id, fact, value)
            case StatePartyDetails():
                party_id = PartyId(key.removeprefix(PARTY_PREFIX))
                await self._service.state_details(incident_id, party_id, value)
            case Ruling():
                review = await self._service.save_ruling(incident_id, value)
                self._reviews[incident_id] = review
                self._publish(RulingReviewed(incident_id=incident_id, review=review))

    def _say(
        self, place: Place, value: EditValue, state: EditState, refusal: DomainError | None = None
    ) -> None:
        self._publish(
            EditChanged(
                incident_id=place[0],
                key=place[1],
                value=value,
                state=state,
                code="" if refusal is None else refusal.code,
                params={} if refusal is None else refusal.params,
            )
        )
