"""Evidence: announced, then its bytes; told as received only once they are on the disk for good."""

from __future__ import annotations

import asyncio
import base64
import re
from typing import Annotated, Any

from fastapi import Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, insert, select
from starlette.requests import ClientDisconnect

from console.contract.codec import decode, encode
from console.contract.desk_api import AnnounceEvidence, EvidenceReceipt
from console.contract.evidence_api import DiscardEvidence
from console.contract.party_api import StillReceipt
from console.domain.call import IN_CALL, Call
from console.domain.discarding import EvidenceDiscarded
from console.domain.errors import DomainError
from console.domain.events import EvidenceReceived
from console.domain.evidence import Capture, CaptureSource, Digests, Evidence, Slot
from console.domain.held import held, require_discardable
from console.domain.ids import EvidenceId, IncidentId
from console.domain.incident import Incident
from console.service.auth import DeskUser
from console.service.bounds import bounded
from console.service.commands import ByCollector, Command
from console.service.core import Core, Here
from console.service.evidence_store import MAX_BYTES, WEBM, EvidenceStore, Picture
from console.service.guards import editable
from console.service.journal import Work, read_incident
from console.service.party_access import ByParty, PartyCommand, Visitor
from console.service.party_case import known_case, newest_call, read_case
from console.service.routes.room import Room
from console.service.tables import announcements

router = Room("/v1", "evidence")

UPLOAD_SECONDS = 120.0
"""Longest time for the bytes of one item to arrive."""

MAX_STILLS = 100
"""Pictures that phones may add to one incident."""

_HEX = re.compile(r"[0-9a-f]{64}")
_SHA256 = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/]{43}=):")
_PICTURES = ("image/jpeg", "image/png")


def _body(*kinds: str) -> dict[str, Any]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": dict.fromkeys(kinds, binary)}}


_PICTURE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}, "image/png": {}, "video/webm": {}}, "description": "The bytes"}
}

ContentDigest = Annotated[str, Header(description="`sha-256=:BASE64:` (RFC 9530)")]


@router.put("/incidents/{incident_id}/evidence/{evidence_id}", status_code=204)
def announce(
    incident_id: IncidentId, evidence_id: EvidenceId, body: AnnounceEvidence, command: ByCollector
) -> None:
    """Say what is coming. The same may be said again; anything else under the id is ``evidence-exists``."""
    bounded(body)
    command.core.evidence.path(evidence_id)
    if not (_HEX.fullmatch(body.digests.sha256) and _HEX.fullmatch(body.digests.sm3)):
        raise DomainError("invalid-request", places="digests: pattern")
    if not 0 < body.digests.size <= MAX_BYTES:
        raise DomainError("body-too-large", limit=MAX_BYTES)
    with command.begin() as work:
        incident = work.incident(incident_id)
        if body.capture.party_id is not None:
            incident.party(body.capture.party_id)
        if body.capture.call_id is not None and work.call(body.capture.call_id).incident_id != incident.id:
            raise DomainError("unknown-call")
        known = work.connection.execute(
            select(announcements.c.incident_id, announcements.c.body).where(announcements.c.id == evidence_id)
        ).one_or_none()
        said = encode(body).decode()
        if known is not None and (known.incident_id, known.body) != (incident_id, said):
            raise DomainError("evidence-exists")
        if known is None:
            work.connection.execute(
                insert(announcements).values(id=evidence_id, incident_id=incident_id, at=work.now, body=said)
            )


@router.put(
    "/incidents/{incident_id}/evidence/{evidence_id}/content",
    max_body_size=MAX_BYTES,
    openapi_extra=_body(*_PICTURES, WEBM),
)
async def upload(
    incident_id: IncidentId,
    evidence_id: EvidenceId,
    request: Request,
    command: ByCollector,
    content_digest: ContentDigest = "",
) -> EvidenceReceipt:
    """Take the bytes of an announced item; answer with the digest of what was stored.

    Refusals: ``evidence-not-announced``, ``digest-missing``, ``digest-mismatch``, ``not-a-picture``,
    ``not-a-recording``, ``picture-mismatch`` (another type or size than announced), ``evidence-exists``;
    nothing is kept then.
    """
    sha256 = _sha256(content_digest)
    said = await run_in_threadpool(_announced, command.core, incident_id, evidence_id)
    expected = Picture(
        digests=said.digests,
        media_type=said.capture.media_type,
        width=said.capture.width,
        height=said.capture.height,
    )
    kept = await _take_in(command.core.evidence, evidence_id, request, expected, sha256)
    return await run_in_threadpool(_received, command, incident_id, evidence_id, said.capture, kept.digests)


@router.get(
    "/incidents/{incident_id}/evidence/{evidence_id}/content",
    response_class=Response,
    responses=_PICTURE_ANSWER,
)
def content(incident_id: IncidentId, evidence_id: EvidenceId, _who: DeskUser, core: Here) -> Response:
    """Return the stored bytes with their digest; raise ``unknown-evidence`` or ``evidence-damaged``."""
    with core.database.read() as connection:
        item = _item(read_incident(connection, incident_id), evidence_id)
    if item is None:
        raise DomainError("unknown-evidence")
    data = core.evidence.read(item.id, item.digests)
    digest = base64.b64encode(bytes.fromhex(item.digests.sha256)).decode()
    return Response(
        data, media_type=item.capture.media_type, headers={"Content-Digest": f"sha-256=:{digest}:"}
    )


@router.post("/incidents/{incident_id}/evidence/{evidence_id}/discard", status_code=204)
def discard(
    incident_id: IncidentId, evidence_id: EvidenceId, body: DiscardEvidence, command: ByCollector
) -> None:
    """Set a picture aside (弃用): it stays as it is and counts no more. Said again, it is no news.

    Refusals: ``unknown-evidence``, ``discard-too-late``, ``evidence-relied-on``, ``incident-locked``.
    """
    with command.begin() as work:
        incident = editable(work, incident_id)
        if evidence_id not in {one.evidence.id for one in incident.discarded}:
            require_discardable(incident, evidence_id)
            work.record(incident.id, EvidenceDiscarded(evidence_id=evidence_id, reason=body.reason))


@router.post("/party/stills", max_body_size=MAX_BYTES, openapi_extra=_body(*_PICTURES))
async def still(
    request: Request,
    command: ByParty,
    slot: Slot,
    request_id: Annotated[str, Query(pattern="^[0-9a-f]{32}$")],
    content_digest: ContentDigest = "",
) -> StillReceipt:
    """Take the full-size picture that the desk asked the phone for; only during a call (``no-call``).

    The phone's clock is not trusted: the picture is as old as its arrival. What is refused for the call or
    for ``too-many-stills`` is refused before its bytes come, so that nobody fills the disk with it.
    """
    sha256 = _sha256(content_digest)
    evidence_id = EvidenceId(request_id)
    await run_in_threadpool(_expected, command, evidence_id)
    kept = await _take_in(command.core.evidence, evidence_id, request, None, sha256)
    receipt = await run_in_threadpool(_received_still, command, evidence_id, slot, kept)
    return StillReceipt(evidence_id=receipt.evidence_id, sha256=receipt.sha256, size=receipt.size)


def _sha256(content_digest: str) -> str:
    """Return the SHA-256 of a ``Content-Digest`` header in hexadecimal; raise ``digest-missing``."""
    found = _SHA256.search(content_digest)
    if found is None:
        raise DomainError("digest-missing")
    return base64.b64decode(found[1]).hex()


def _announced(core: Core, incident_id: IncidentId, evidence_id: EvidenceId) -> AnnounceEvidence:
    with core.database.read() as connection:
        body = connection.execute(
            select(announcements.c.body).where(
                announcements.c.id == evidence_id, announcements.c.incident_id == incident_id
            )
        ).scalar_one_or_none()
    if body is None:
        raise DomainError("evidence-not-announced")
    said: AnnounceEvidence = decode(AnnounceEvidence, body)
    return said


async def _take_in(
    store: EvidenceStore, evidence_id: EvidenceId, request: Request, expected: Picture | None, sha256: str
) -> Picture:
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            with store.receive(evidence_id) as intake:
                async for chunk in request.stream():
                    await run_in_threadpool(intake.write, chunk)
                return await run_in_threadpool(intake.keep, expected, sha256)
    except (TimeoutError, ClientDisconnect):
        raise DomainError("upload-broken") from None


def _item(incident: Incident, evidence_id: EvidenceId) -> Evidence | None:
    return next((item for item in held(incident) if item.id == evidence_id), None)


def _received(
    command: Command, incident_id: IncidentId, evidence_id: EvidenceId, capture: Capture, digests: Digests
) -> EvidenceReceipt:
    with command.begin() as work:
        return work.answer(_record(work, work.incident(incident_id), evidence_id, capture, digests))


def _expected(command: PartyCommand, evidence_id: EvidenceId) -> None:
    """Refuse a still that would be refused once it came. One that is here already may be sent again."""
    with command.core.database.read() as connection:
        incident, _party = read_case(connection, command.visitor)
        if _item(incident, evidence_id) is None:
            _call_for_still(connection, command.visitor, incident)


def _call_for_still(connection: Connection, visitor: Visitor, incident: Incident) -> Call:
    """Return the running call that a still belongs to; raise ``no-call`` or ``too-many-stills``."""
    newest = newest_call(connection, visitor)
    if newest is None or newest[0].state not in IN_CALL:
        raise DomainError("no-call")
    stills = sum(item.capture.source is CaptureSource.PHONE_STILL for item in held(incident))
    if stills >= MAX_STILLS:
        raise DomainError("too-many-stills", limit=MAX_STILLS)
    return newest[0]


def _received_still(
    command: PartyCommand, evidence_id: EvidenceId, slot: Slot, kept: Picture
) -> EvidenceReceipt:
    with command.begin() as work:
        incident, party = known_case(work, command.visitor)
        capture = Capture(
            slot=slot,
            source=CaptureSource.PHONE_STILL,
            call_id=_call_for_still(work.connection, command.visitor, incident).id,
            party_id=party.id,
            captured_by="party",
            captured_at=work.now,
            clock_offset_ms=None,
            width=kept.width,
            height=kept.height,
            media_type=kept.media_type,
        )
        return work.answer(_record(work, incident, evidence_id, capture, kept.digests))


def _record(
    work: Work, incident: Incident, evidence_id: EvidenceId, capture: Capture, digests: Digests
) -> EvidenceReceipt:
    """Journal an item that lies on the disk, once; a repeat gets the receipt of the first time."""
    item = _item(incident, evidence_id)
    if item is None:
        item = Evidence(id=evidence_id, capture=capture, digests=digests, received_at=work.now)
        work.record(incident.id, EvidenceReceived(evidence=item))
    elif item.digests != digests:
        raise DomainError("evidence-exists")
    return EvidenceReceipt(
        evidence_id=item.id, sha256=digests.sha256, size=digests.size, received_at=item.received_at
    )
