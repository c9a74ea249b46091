"""The text that parties sign, and what a document says of their signatures and its service.

The text holds what the document will say, with numbers of persons masked: it is read on a phone at the
roadside. Its digest is what a signature refers to, so equal facts must give equal words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.contract.codec import decode
from console.domain.clock import SHANGHAI, local_date
from console.domain.errors import DomainError
from console.domain.incident import Incident
from console.domain.party import ConsentItem, ConsentWay, Party, PartyDetails, masked_id, masked_phone
from console.domain.ruling import MediationOutcome, Ruling
from console.domain.signature import (
    Signature,
    SignatureState,
    Strokes,
    signature_problems,
    text_digest,
)
from console.service.documents_folder import DocumentFolder
from console.service.documents_words import STRUCK, chinese_date

MEDIATION: Mapping[MediationOutcome, str] = {
    MediationOutcome.AGREED: "各方当事人共同请求调解，达成协议。",
    MediationOutcome.NOT_AGREED: "各方当事人共同请求调解，未达成协议，调解终结。",
    MediationOutcome.DECLINED: "未调解：当事人不同意由公安机关交通管理部门调解。",
    MediationOutcome.DISPUTED: "未调解：当事人对事故认定有异议。",
    MediationOutcome.UNSIGNED: "未调解：当事人拒绝在认定书上签名。",
    MediationOutcome.NOT_ASKED: "未调解：当事人没有共同请求调解。",
}
"""Result of mediation, or the reason why there was none (公安部令第146号 Arts. 25, 26)."""


@dataclass(frozen=True, kw_only=True)
class SignatureRow:
    """One party's line: who, the drawn strokes as x and y or else ``words`` in their place, how and when."""

    party: str
    words: str
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    how: str
    service: str


def mediation_lines(ruling: Ruling) -> tuple[str, ...]:
    """Return the mediation's outcome in the form's words, and the officer's own below it."""
    outcome = ruling.mediation_outcome
    lines = [] if outcome is None else [MEDIATION[outcome]]
    lines += [line.strip() for line in ruling.mediation.splitlines() if line.strip()]
    return tuple(lines) or (STRUCK,)


def masked(incident: Incident) -> Incident:
    """Return ``incident`` as far as it belongs into the signed text: numbers masked, pictures left out."""

    def hidden(details: PartyDetails) -> PartyDetails:
        return replace(details, id_number=masked_id(details.id_number), phone=masked_phone(details.phone))

    parties = tuple(replace(party, details=hidden(party.details)) for party in incident.parties)
    return replace(incident, parties=parties, evidence=())


def require_signatures(incident: Incident, ruling: Ruling, text: str) -> None:
    """Raise ``signatures-open`` unless every party signed ``text``, its refusal is noted or its absence."""
    digest = text_digest(text)
    valid = [
        one for one in incident.signatures if one.state is SignatureState.ABSENT or one.text_sha256 == digest
    ]
    missing = signature_problems(ruling.outcome, incident.parties, valid)
    if missing:
        labels = {party.id: party.label for party in incident.parties}
        names = "、".join(labels[problem.party_id] for problem in missing if problem.party_id)
        raise DomainError("signatures-open", parties=names)


def signature_rows(incident: Incident, folder: DocumentFolder) -> tuple[SignatureRow, ...]:
    """Return the lines of all parties. Raises ``document-damaged`` for drawn strokes that were changed."""
    return tuple(_row(incident.signature(party.id), party, folder) for party in incident.parties)


def _row(signature: Signature | None, party: Party, folder: DocumentFolder) -> SignatureRow:
    return SignatureRow(
        party=f"当事人{party.label}",
        words=STRUCK if signature is None else _words(signature),
        strokes=_drawn(folder, signature.strokes_sha256) if signature and signature.strokes_sha256 else (),
        how=STRUCK if signature is None else _how(signature),
        service=_service(party),
    )


def _drawn(folder: DocumentFolder, sha256: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    strokes: Strokes = decode(Strokes, folder.read(sha256))
    return tuple(tuple((point.x, point.y) for point in stroke) for stroke in strokes)


def _words(signature: Signature) -> str:
    match signature.state:
        case SignatureState.SIGNED:
            return f"{signature.typed_name}（键入姓名代替手写）" if signature.typed_name else ""
        case SignatureState.REFUSED:
            return f"拒绝签名。民警注明：{signature.reason}"
        case SignatureState.ABSENT:
            return f"未到场签名。原因：{signature.reason}"
        case SignatureState.DECLINED:
            return STRUCK


def _how(signature: Signature) -> str:
    at = _moment(signature.at)
    if signature.recorded_s is not None:
        minutes, seconds = divmod(int(signature.recorded_s), 60)
        return f"{at}，同步录音录像（第{minutes}分{seconds:02d}秒）"
    if signature.unrecorded_reason:
        return f"{at}，未同步录音录像，原因：{signature.unrecorded_reason}"
    return at


def _moment(at: datetime) -> str:
    here = at.astimezone(SHANGHAI)
    return f"{chinese_date(here.date())}{here:%H:%M:%S}"


def _service(party: Party) -> str:
    consent = party.consent(ConsentItem.E_SERVICE)
    if consent is None or not consent.given:
        return "未同意电子送达，另行送达"
    asked = "本人页面确认"
    if consent.way is ConsentWay.VOICE:
        minutes, seconds = divmod(int(consent.recorded_s or 0), 60)
        asked = f"通话中口头同意，录像第{minutes}分{seconds:02d}秒"
    return f"同意电子送达（{asked}，{chinese_date(local_date(consent.at))}）"
