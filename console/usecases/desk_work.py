"""Desk work: all use cases of one desk, wired to their ports, with one beginning and one end."""

from __future__ import annotations

from dataclasses import dataclass

from console.usecases.acts import Close, Dispatch, Evacuate, HandOver, Invite, Rule
from console.usecases.applications import Applications, ApplicationsPort
from console.usecases.by_photo import ByPhoto
from console.usecases.calls import Calls
from console.usecases.capture import Capture
from console.usecases.casework import Notes, Occurrence, Parties, Place, RulingQueue, Triage
from console.usecases.deliveries import Deliveries
from console.usecases.documents import Documents
from console.usecases.edits import Edits
from console.usecases.faces import Faces
from console.usecases.facts import Publish
from console.usecases.feed import Feed
from console.usecases.guidance import Guidance
from console.usecases.lost_calls import LostCalls, LostCallsPort
from console.usecases.media_watch import MediaWatch
from console.usecases.ports import (
    ClockPort,
    DeliveriesPort,
    DraftsPort,
    EventFeedPort,
    MediaPort,
    OutboxPort,
    SecretsPort,
    ServicePort,
    SignalFeedPort,
    VaultPort,
)
from console.usecases.recording import Recording
from console.usecases.remembered import Remembered
from console.usecases.shift import Shift
from console.usecases.signing import Signing
from console.usecases.tasks import Tasks
from console.usecases.training import Training
from console.usecases.use_cases import UseCases
from console.usecases.verification import Verification


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything outside that a desk needs."""

    service: ServicePort
    deliveries: DeliveriesPort
    lost_calls: LostCallsPort
    applications: ApplicationsPort
    events: EventFeedPort
    signals: SignalFeedPort
    media: MediaPort
    vault: VaultPort
    outbox: OutboxPort
    drafts: DraftsPort
    secrets: SecretsPort
    clock: ClockPort


class DeskWork:
    """One desk at work: ``does`` holds what a person can do, the rest goes on by itself.

    Made and used on the loop's thread; ``publish`` hands facts to the store. ``media_watch`` must be told
    what the media process says.
    """

    def __init__(self, ports: Ports, publish: Publish) -> None:
        service, media, clock = ports.service, ports.media, ports.clock
        self._outbox = ports.outbox
        self._duty = Tasks()
        edits = Edits(service, ports.drafts, publish)
        shift = Shift(service, ports.secrets, ports.vault, clock, publish)
        self.does = UseCases(
            shift=shift,
            calls=Calls(shift, service, ports.signals, media, clock, publish),
            by_photo=ByPhoto(service),
            guidance=Guidance(media, publish),
            capture=Capture(shift, media, ports.vault, ports.outbox, service, publish),
            edits=edits,
            notes=Notes(edits),
            ruling_queue=RulingQueue(publish),
            place=Place(edits, service),
            triage=Triage(edits),
            parties=Parties(edits, service),
            documents=Documents(service),
            faces=Faces(service),
            verification=Verification(shift, service, publish),
            occurrence=Occurrence(edits),
            evacuate=Evacuate(service),
            dispatch=Dispatch(service),
            hand_over=HandOver(service, edits),
            rule=Rule(service, edits),
            signing=Signing(service, edits),
            recording=Recording(shift, media, ports.vault, ports.outbox, service, publish),
            close=Close(service, edits),
            invite=Invite(service),
            deliveries=Deliveries(ports.deliveries),
            lost_calls=LostCalls(ports.lost_calls),
            applications=Applications(ports.applications),
            training=Training(service),
            remembered=Remembered(ports.drafts, clock, publish),
        )
        does = self.does
        self.media_watch = MediaWatch(clock, publish, (does.calls, does.guidance, does.recording))
        followers = (
            does.calls,
            does.guidance,
            does.capture,
            does.edits,
            does.recording,
            does.verification,
        )
        self.feed = Feed(ports.events, service, clock, publish, followers, shift.close)

    async def open(self) -> None:
        """Bring back what an earlier run left on this machine."""
        await self.does.capture.open()
        await self.does.edits.open()
        await self.does.remembered.open()

    async def begin(self) -> None:
        """Follow the service, upload and send what is typed, from now on; somebody is signed in."""
        await self._duty.close()
        self._duty.start(self.feed.run(), "feed")
        self._duty.start(self._outbox.run(), "outbox")
        self._duty.start(self.does.edits.run(), "edits")
        self._duty.start(self.does.recording.run(), "recording")

    async def sign_out(self) -> None:
        """End calls, feed and session."""
        await self.does.calls.close()
        await self.does.recording.close()
        await self._duty.close()
        await self.does.verification.close()
        await self.does.shift.sign_out()

    async def close(self) -> None:
        """Put what was typed on disk and end everything that runs; the sign-in stays for the next start."""
        await self.does.edits.close()
        await self.does.remembered.unmark()
        await self.does.calls.close()
        await self.does.recording.close()
        await self._duty.close()
        await self.does.verification.close()
