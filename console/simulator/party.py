"""A simulated party: calls by its link, films what it is told to, answers, and reads its result.

It knows the scene's truth and tells it to nobody: desk and service learn through pixels, sound, text and
REST, as from a real phone.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime

from console.contract.codec import DecodeError, decode
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
from console.contract.observation import (
    ControlHeard,
    MessageSeen,
    NoticeSeen,
    PhoneStage,
    ResultSeen,
    SignatureGiven,
    SoundHeard,
    StillSent,
    ToneSent,
)
from console.contract.party_api import (
    AskCode,
    GiveConsent,
    GiveSignature,
    LegalAct,
    PartyPhoto,
    PartyStage,
    PartyState,
    PlaceCall,
    ReportPosition,
)
from console.domain.geo import Position
from console.domain.ids import EvidenceId
from console.domain.party import ConsentItem
from console.domain.triage import Movement
from console.simulator.handwriting import signature
from console.simulator.line import Line
from console.simulator.observer import PhoneLog
from console.simulator.phone import Phone
from console.simulator.wire import PartyWire, WireError
from console.training.scenario import Place, Scenario

WORDING = "2026-11"
"""Version of the consent texts that the page shows."""

ASKED = (
    ConsentItem.RECORDING_NOTICE,
    ConsentItem.VIDEO_HANDLING,
    ConsentItem.LOCATION,
    ConsentItem.E_SERVICE,
    ConsentItem.FACE_COMPARISON,
)

_CODE = re.compile(r"验证码(\d{6})")

logger = logging.getLogger(__name__)


@dataclass
class _Seen:
    """What was already written down."""

    stage: PartyStage | None = None
    messages: int = 0
    notice: bool = False
    result: str = ""
    officer_asked: bool = False
    leaving: bool = False
    signed: str = ""
    photo: str = ""


def _fix(place: Place) -> Position:
    return Position(
        longitude=place.longitude,
        latitude=place.latitude,
        datum=place.datum,
        accuracy_m=place.accuracy_m,
        fixed_at=datetime.now(UTC),
    )


@dataclass
class Party:
    """One party from the opened link to the result. ``run`` ends when its case is over."""

    wire: PartyWire
    scenario: Scenario
    phone: Phone
    log: PhoneLog
    seen: _Seen = field(default_factory=_Seen)
    _line: Line | None = None
    _codes: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Call, and stay until the case is over for this party."""
        await self.wire.enter()
        behaviour = self.scenario.behaviour
        for item in ASKED:
            given = item not in behaviour.refuses
            await self.wire.consent(GiveConsent(item=item, given=given, wording=WORDING))
        place = self.scenario.place
        await self.wire.report(ReportPosition(position=_fix(place)))
        party = self.scenario.party("A")
        await self.wire.call(
            PlaceCall(
                hurt=behaviour.hurt,
                name=party.person.name,
                place_hint=f"{place.road} {place.landmark}",
            )
        )
        try:
            async for state in self.wire.states():
                await self._follow(state)
                if self._is_over(state):
                    return
        finally:
            await self._close()

    def _is_over(self, state: PartyState) -> bool:
        finished = state.stage is PartyStage.AFTER_CALL
        told = state.result is not None or state.police_dispatched
        return finished and told

    async def _follow(self, state: PartyState) -> None:
        if state.stage is not self.seen.stage:
            self.seen.stage = state.stage
            stage = PhoneStage(at_ns=time.monotonic_ns(), stage=state.stage.value, call_id=state.call_id)
            self.log.write(stage)
        for message in state.messages[self.seen.messages :]:
            self.log.write(MessageSeen(at_ns=time.monotonic_ns(), text=message.text))
            if (code := _CODE.search(message.text)) is not None:
                self._codes.put_nowait(code[1])
        self.seen.messages = len(state.messages)
        if state.stage is PartyStage.IN_CALL and state.call_id and state.resume_token and self._line is None:
            self._line = Line(self.wire, self.phone, state.call_id, state.resume_token, self._control)
            self._start(self._line.run())
            self._start(self._listen(self._line))
        if state.stage is PartyStage.AFTER_CALL and self._line is not None:
            line, self._line = self._line, None
            await line.close()
        self._react(state)
        if state.result is not None and state.result.number != self.seen.result:
            self.seen.result = state.result.number
            self.log.write(
                ResultSeen(
                    at_ns=time.monotonic_ns(),
                    number=state.result.number,
                    own_label=state.result.own_label,
                    shares=tuple(
                        (label, share.value if share else "") for label, share in state.result.shares
                    ),
                )
            )

    def _react(self, state: PartyState) -> None:
        signing = state.signing
        if signing is not None and signing.state is None and signing.sha256 != self.seen.signed:
            self.seen.signed = signing.sha256
            self._start(self._sign(signing.sha256))
        if state.stage is not PartyStage.IN_CALL:
            return
        if self.scenario.behaviour.asks_for_officer and not self.seen.officer_asked:
            self.seen.officer_asked = True
            self._start(self._ask_for_officer())
        photo = state.photo
        if photo is not None and not photo.arrived and photo.request_id != self.seen.photo:
            self.seen.photo = photo.request_id
            self._start(self._send_photo(photo))
        if state.evacuation is not None and not self.seen.leaving and state.movement is not Movement.NO:
            self.seen.leaving = True
            self._start(self._leave(state.evacuation))

    async def _sign(self, text_sha256: str) -> None:
        await asyncio.sleep(self.scenario.behaviour.reaction_s)
        code = await self._code(LegalAct.SIGN)
        strokes = signature(self.scenario.party("A").person.name)
        await self.wire.sign(GiveSignature(text_sha256=text_sha256, strokes=strokes, code=code))
        self.log.write(SignatureGiven(at_ns=time.monotonic_ns(), text_sha256=text_sha256))

    async def _code(self, act: LegalAct) -> str:
        """Ask for a one-time code and take it from the SMS that comes."""
        self._codes = asyncio.Queue()
        await self.wire.ask_code(AskCode(act=act))
        return await self._codes.get()

    async def _ask_for_officer(self) -> None:
        await asyncio.sleep(self.scenario.behaviour.reaction_s)
        await self.wire.ask_for_officer()

    async def _send_photo(self, photo: PartyPhoto) -> None:
        await asyncio.sleep(self.scenario.behaviour.reaction_s)
        picture, mark = await self.phone.still(photo.slot)
        receipt = await self.wire.still(photo.request_id, photo.slot, picture)
        self.log.write(
            StillSent(
                at_ns=time.monotonic_ns(), evidence_id=photo.request_id, sha256=receipt.sha256, mark=mark
            )
        )

    async def _leave(self, text: str) -> None:
        self.log.write(NoticeSeen(at_ns=time.monotonic_ns(), text=text, confirmed=False))
        await asyncio.sleep(self.scenario.behaviour.reaction_s)
        await self.wire.confirm_evacuation()
        self.log.write(NoticeSeen(at_ns=time.monotonic_ns(), text=text, confirmed=True))

    def _control(self, line: Line, text: str) -> None:
        try:
            message: object = decode(ToPhone, text)
        except DecodeError as error:
            logger.warning("a control message could not be read: %s", error)
            return
        self._start(self._carry_out(line, message))

    async def _carry_out(self, line: Line, message: object) -> None:
        match message:
            case Guide(id=id_, slot=slot):
                await asyncio.sleep(self.scenario.behaviour.reaction_s)
                await self.phone.look_at(slot)
                self._done(line, "guide", id_, slot.value)
            case SwitchCamera(id=id_, facing=facing):
                await self.phone.switch(facing)
                self._done(line, "switch-camera", id_, facing)
                line.send(self.status())
            case SetTorch(id=id_, on=on):
                done = await self.phone.light(on=on)
                self._done(line, "set-torch", id_, str(on) if done else "no-torch", ok=done)
                line.send(self.status())
            case Draw(id=id_, strokes=strokes):
                self._done(line, "draw", id_, str(len(strokes)))
            case SetZoom(id=id_):
                self._done(line, "set-zoom", id_, "no-zoom", ok=False)
            case RequestStill(id=id_):
                await self._send_still(line, id_, message)
            case SlotFilled(id=id_, slot=slot):
                self._done(line, "slot-filled", id_, slot.value)

    async def _send_still(self, line: Line, id_: str, request: RequestStill) -> None:
        picture, mark = await self.phone.still(request.slot)
        try:
            receipt = await self.wire.still(id_, request.slot, picture)
        except WireError as error:
            self._done(line, "request-still", id_, str(error)[:200], ok=False)
            return
        same = receipt.sha256 == hashlib.sha256(picture).hexdigest()
        self.log.write(
            StillSent(
                at_ns=time.monotonic_ns(), evidence_id=EvidenceId(id_), sha256=receipt.sha256, mark=mark
            )
        )
        self._done(line, "request-still", id_, request.slot.value, ok=same)

    def _done(self, line: Line, control: str, id_: str, text: str, *, ok: bool = True) -> None:
        line.send(Acknowledge(id=id_, ok=ok, detail="" if ok else text))
        self.log.write(ControlHeard(at_ns=time.monotonic_ns(), control=control, id=id_, ok=ok, text=text))

    def status(self) -> PhoneStatus:
        """What the phone says of itself."""
        phone = self.phone
        return PhoneStatus(
            battery=phone.battery, network="4G", facing=phone.facing, visible=True, torch=phone.torch
        )

    async def _listen(self, line: Line) -> None:
        """Once a second: write down which tone is sent and what is heard."""
        line.send(self.status())
        while self._line is line:
            await asyncio.sleep(1.0)
            now = time.monotonic_ns()
            tone = self.phone.tone_hz
            if tone is not None:
                self.log.write(ToneSent(at_ns=now, hertz=tone))
            reading = line.heard()
            self.log.write(SoundHeard(at_ns=now, hertz=reading.frequency_hz, dbfs=reading.level_dbfs))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("a part of the party failed", exc_info=task.exception())

    async def _close(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._line is not None:
            await self._line.close()
        self.phone.close()
