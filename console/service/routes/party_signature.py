"""A party signs on its own page, or does not. Every word and every point is hostile until checked."""

from __future__ import annotations

from console.contract.codec import encode
from console.contract.party_api import DeclineSignature, GiveSignature, LegalAct
from console.domain.closing_events import SignatureRecorded
from console.domain.errors import DomainError
from console.domain.incident import Incident, IncidentState
from console.domain.party import Party
from console.domain.signature import Signature, SignatureState, Strokes, require_drawn
from console.service import one_time
from console.service.bounds import bounded
from console.service.core import Core
from console.service.journal import Work
from console.service.party_access import ByParty
from console.service.party_case import known_case
from console.service.routes.room import Room

router = Room("/v1/party/signature", "party")


@router.post("", status_code=204)
def sign(body: GiveSignature, command: ByParty) -> None:
    """Sign the text that is on the page; signed again it stays as it was.

    Refusals: ``text-changed`` when another text is to be signed by now, ``signature-malformed``,
    ``name-differs``, and ``recording-not-running`` where the act is not recorded and nobody said why
    (公安机关办理行政案件程序规定 Art. 263); and those of the code (``GiveSignature``).
    """
    bounded(body.text_sha256)
    bounded(body.typed_name)
    bounded(body.code)
    proof = one_time.prove(command.core, command.visitor, LegalAct.SIGN, body.text_sha256, body.code)
    with command.begin() as work:
        incident, party = known_case(work, command.visitor)
        if _signed(incident, party, body.text_sha256):
            return
        signature = _signature(work, incident, party, body.text_sha256, SignatureState.SIGNED)
        if signature.recorded_s is None and not signature.unrecorded_reason:
            raise DomainError("recording-not-running")
        name = body.typed_name.strip()
        if name:
            _require_own_name(party, name)
        proof.use(work)
        drawn = "" if name else _kept(command.core, body.strokes)
        signed = Signature(
            party_id=party.id,
            state=SignatureState.SIGNED,
            at=signature.at,
            text_sha256=signature.text_sha256,
            strokes_sha256=drawn,
            typed_name=name,
            recorded_s=signature.recorded_s,
            unrecorded_reason=signature.unrecorded_reason,
        )
        work.record(incident.id, SignatureRecorded(signature=signed))


@router.post("/decline", status_code=204)
def decline(body: DeclineSignature, command: ByParty) -> None:
    """Not sign the text that is on the page; the officer notes the refusal on the document."""
    bounded(body)
    with command.begin() as work:
        incident, party = known_case(work, command.visitor)
        if _signed(incident, party, body.text_sha256):
            raise DomainError("signed-already")
        signature = _signature(
            work, incident, party, body.text_sha256, SignatureState.DECLINED, body.reason.strip()
        )
        work.record(incident.id, SignatureRecorded(signature=signature))


def _signed(incident: Incident, party: Party, sha256: str) -> bool:
    known = incident.signature(party.id)
    return known is not None and known.state is SignatureState.SIGNED and known.text_sha256 == sha256


def _signature(
    work: Work, incident: Incident, party: Party, sha256: str, state: SignatureState, reason: str = ""
) -> Signature:
    """Return what this act is, judged by the case as it stands; raise ``text-changed``."""
    request = incident.signing
    if incident.state is not IncidentState.RULING or request is None or request.sha256 != sha256:
        raise DomainError("text-changed")
    recording = incident.recording
    seen = recording is not None and work.call(recording.call_id).party_id == party.id
    return Signature(
        party_id=party.id,
        state=state,
        at=work.now,
        text_sha256=sha256,
        recorded_s=recording.moment_s(work.now) if recording is not None and seen else None,
        unrecorded_reason="" if seen else request.unrecorded_reason,
        reason=reason,
    )


def _require_own_name(party: Party, name: str) -> None:
    stated = party.details.name.strip()
    if stated and name != stated:
        raise DomainError("name-differs")


def _kept(core: Core, strokes: Strokes) -> str:
    require_drawn(strokes)
    return core.signatures.keep(encode(strokes, Strokes))
