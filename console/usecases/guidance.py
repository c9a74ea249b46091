"""Guidance: what the desk tells the phone on the control channel, and what comes of it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Literal

from console.contract.codec import encode
from console.contract.control import (
    Acknowledge,
    Draw,
    Guide,
    PhoneStatus,
    RequestStill,
    SetTorch,
    SetZoom,
    SlotFilled,
    SwitchCamera,
    ToPhone,
)
from console.contract.journal import Entry
from console.domain.errors import DomainError
from console.domain.events import EvidenceReceived
from console.domain.evidence import Slot
from console.domain.ids import CallId, EvidenceId, new_id
from console.usecases.facts import GuidanceChanged, GuideState, Publish
from console.usecases.following import Follower, MediaFollower
from console.usecases.ports import MediaPort


class Guidance(Follower, MediaFollower):
    """Steers the party's phone. Waiting is bounded by ``answer_s`` and ``still_s`` seconds.

    Every message is published as sent, then as done, refused or unanswered.
    """

    def __init__(
        self, media: MediaPort, publish: Publish, *, answer_s: float = 5.0, still_s: float = 30.0
    ) -> None:
        self._media = media
        self._publish = publish
        self._answer_s = answer_s
        self._still_s = still_s
        self._answers: dict[tuple[CallId, str], asyncio.Future[Acknowledge]] = {}
        self._stills: dict[EvidenceId, asyncio.Future[None]] = {}

    async def push(self, call_id: CallId, text: str, slot: Slot, done: int, required: int) -> GuideState:
        """Show a sentence and the slot's outline on the phone; ``MediaError`` when it cannot be sent."""
        return await self._tell(
            call_id, Guide(id=new_id(), text=text, slot=slot, done=done, required=required)
        )

    async def switch_camera(self, call_id: CallId, facing: Literal["environment", "user"]) -> GuideState:
        """Make the phone use its other camera."""
        return await self._tell(call_id, SwitchCamera(id=new_id(), facing=facing))

    async def set_torch(self, call_id: CallId, *, on: bool) -> GuideState:
        """Switch the phone's light on or off."""
        return await self._tell(call_id, SetTorch(id=new_id(), on=on))

    async def set_zoom(self, call_id: CallId, factor: float) -> GuideState:
        """Bring the picture so many times nearer."""
        return await self._tell(call_id, SetZoom(id=new_id(), factor=factor))

    async def draw(
        self,
        call_id: CallId,
        strokes: tuple[tuple[tuple[float, float], ...], ...],
        author: str,
        at: datetime,
    ) -> GuideState:
        """Show these lines over the party's own picture instead of those before; none wipes them."""
        return await self._tell(call_id, Draw(id=new_id(), strokes=strokes, author=author, at=at))

    async def slot_filled(self, call_id: CallId, slot: Slot, done: int, required: int) -> GuideState:
        """Tell the phone that the slot has its picture."""
        return await self._tell(call_id, SlotFilled(id=new_id(), slot=slot, done=done, required=required))

    async def request_still(self, call_id: CallId, slot: Slot) -> EvidenceId:
        """Have the phone take a full-resolution picture; returns when the service holds it.

        Raises ``still-refused`` (param ``detail``) or ``still-missing`` when none came in time.
        """
        evidence_id = EvidenceId(new_id())
        arrived = asyncio.get_running_loop().create_future()
        self._stills[evidence_id] = arrived
        try:
            told = asyncio.create_task(self._tell(call_id, RequestStill(id=evidence_id, slot=slot)))
            try:
                async with asyncio.timeout(self._still_s):
                    if await told is GuideState.REFUSED:
                        raise DomainError("still-refused")
                    await arrived
            except TimeoutError:
                raise DomainError("still-missing") from None
            finally:
                told.cancel()
                await asyncio.gather(told, return_exceptions=True)
        finally:
            del self._stills[evidence_id]
        return evidence_id

    def on_entry(self, entry: Entry) -> None:
        """See whether a still that was asked for has arrived."""
        if isinstance(entry.event, EvidenceReceived):
            arrived = self._stills.get(entry.event.evidence.id)
            if arrived is not None and not arrived.done():
                arrived.set_result(None)

    def on_phone(self, call_id: CallId, message: Acknowledge | PhoneStatus) -> None:
        """Match an acknowledgement with its message."""
        if isinstance(message, Acknowledge):
            waiting = self._answers.get((call_id, message.id))
            if waiting is not None and not waiting.done():
                waiting.set_result(message)

    async def _tell(self, call_id: CallId, message: ToPhone) -> GuideState:
        answered: asyncio.Future[Acknowledge] = asyncio.get_running_loop().create_future()
        self._answers[(call_id, message.id)] = answered
        try:
            await self._media.send_control(encode(message).decode())
            self._say(call_id, message, GuideState.SENT)
            try:
                async with asyncio.timeout(self._answer_s):
                    answer = await answered
            except TimeoutError:
                return self._say(call_id, message, GuideState.UNANSWERED)
            return self._say(
                call_id, message, GuideState.DONE if answer.ok else GuideState.REFUSED, answer.detail
            )
        finally:
            del self._answers[(call_id, message.id)]

    def _say(self, call_id: CallId, message: ToPhone, state: GuideState, detail: str = "") -> GuideState:
        self._publish(
            GuidanceChanged(
                call_id=call_id,
                id=message.id,
                kind=message.type,
                state=state,
                slot=message.slot if isinstance(message, Guide | SlotFilled | RequestStill) else None,
                detail=detail,
            )
        )
        return state
