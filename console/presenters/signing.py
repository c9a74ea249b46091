"""Mediation, signatures and service: what stands of each party, and what the officer notes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

from console.contract.desk_api import Role, RulingReview
from console.contract.signing_api import Deadlines
from console.domain.determination import ServiceWay
from console.domain.ids import PartyId
from console.domain.incident import Incident, IncidentState
from console.domain.party import ConsentItem, ConsentWay, Party
from console.domain.ruling import MediationOutcome
from console.domain.signature import Signature, SignatureState
from console.presenters.desk import Desk, clock_words, last_day_words
from console.presenters.ruling import RulingPresenter
from console.presenters.ruling_draft import with_mediation, with_text
from console.presenters.words import problem, tr
from console.store.changes import Changes
from widgets.chip import ChipState
from widgets.signing_section import SignerRow, SigningSection, SigningState

MEDIATION: Mapping[MediationOutcome, str] = {
    MediationOutcome.AGREED: "达成协议",
    MediationOutcome.NOT_AGREED: "调解未达成协议",
    MediationOutcome.DECLINED: "未调解:当事人不同意",
    MediationOutcome.DISPUTED: "未调解:对认定有异议",
    MediationOutcome.UNSIGNED: "未调解:拒绝签名",
    MediationOutcome.NOT_ASKED: "未调解:没有共同请求",
}

ABSENT, REFUSED, VOICE, PAPER, UNTAKEN = "absent", "refused", "voice", "paper", "untaken"
ACTS: Mapping[str, str] = {
    REFUSED: "记拒签",
    ABSENT: "记未到场",
    VOICE: "口头同意电子送达",
    PAPER: "记纸质送达",
    UNTAKEN: "记拒收",
}


class SigningPresenter:
    """Fills the section from the incident; mediation goes into the draft, everything else to the service."""

    def __init__(
        self, desk: Desk, section: SigningSection, ruler: RulingPresenter, say: Callable[[str], None]
    ) -> None:
        self._desk = desk
        self._section = section
        self._ruler = ruler
        self._say = say
        section.mediation_chosen.connect(
            lambda key: self._ruler.change(lambda draft: with_mediation(draft, key))
        )
        section.mediation_edited.connect(
            lambda text: self._ruler.change(lambda draft: with_text(draft, "mediation", text))
        )
        section.asked.connect(self._ask)
        section.noted.connect(self._note)

    def refresh(self, changes: Changes) -> None:
        """Follow incident, draft and review."""
        if changes.incidents or changes.edits or changes.reviews or changes.calls or changes.session:
            self.show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def show(self) -> None:
        """Show the section as it stands."""
        incident = self._desk.own_incident()
        if incident is None:
            return
        draft = self._ruler.draft(incident)
        review = self._desk.store.reviews.get(incident.id)
        self._section.set_state(
            SigningState(
                signers=tuple(_signer(incident, party) for party in incident.parties),
                mediations=tuple(
                    (key.value, f"{at} {tr(words)}") for at, (key, words) in enumerate(MEDIATION.items(), 1)
                ),
                mediation=draft.mediation_outcome.value if draft.mediation_outcome else "",
                mediation_text=draft.mediation,
                ask_words=_ask_words(incident, self._without_phone(incident)),
                ask_blocked=self._ask_blocked(incident),
                deadlines=_deadlines(incident, review),
            )
        )

    def _ask_blocked(self, incident: Incident) -> str:
        user = self._desk.session.user
        if incident.document is not None:
            return tr("已签发")
        if Role.RULING_OFFICER not in user.roles:
            return tr("由民警请")
        if incident.state is not IncidentState.RULING:
            return tr("还没有移交")
        return ""

    def _ask(self, note: str) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            absent = self._without_phone(incident)
            self._run(self._desk.does.signing.request(incident.id, note, absent))

    def _without_phone(self, incident: Incident) -> tuple[PartyId, ...]:
        """Return the parties of whom nothing is noted and who never called, beside one who did."""
        called = {
            call.party_id for call in self._desk.store.calls.values() if call.incident_id == incident.id
        }
        known = {party.id for party in incident.parties}
        if not called & known:
            return ()
        noted = {one.party_id for one in incident.signatures}
        return tuple(party.id for party in incident.parties if party.id not in called | noted)

    def _note(self, party: str, act: str, note: str) -> None:
        incident = self._desk.own_incident()
        if incident is None:
            return
        if act != VOICE and not note:
            self._say(tr("先在「说明」里写明原因或经过。"))
            self._section.note.setFocus()
            return
        does, party_id = self._desk.does.signing, PartyId(party)
        match act:
            case "refused":
                self._run(does.note(incident.id, party_id, SignatureState.REFUSED, note))
            case "absent":
                self._run(does.note(incident.id, party_id, SignatureState.ABSENT, note))
            case "voice":
                self._run(does.consent(incident.id, party_id, ConsentItem.E_SERVICE, given=True))
            case "paper":
                self._run(does.serve(incident.id, party_id, ServiceWay.PAPER, note))
            case "untaken":
                self._run(does.serve(incident.id, party_id, ServiceWay.REFUSED, note))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._desk.bridge.run(work, lambda _: self._section.note.clear(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))


def _ask_words(incident: Incident, without_phone: tuple[PartyId, ...]) -> str:
    if incident.signing:
        return tr("再请当事人签名")
    return tr("请签名,未接入的注明") if without_phone else tr("请当事人签名")


def _deadlines(incident: Incident, review: RulingReview | None) -> str:
    """Return the last days of each party served and to serve the others; before that what was counted."""
    issued = incident.document
    if issued is None:
        return "" if review is None else deadline_words(review.deadlines)
    labels = {party.id: party.label for party in incident.parties}
    words = []
    for one in issued.served:
        day = tr("{party} 已送达,不再复核").format(party=labels[one.party_id])
        if one.review_until is not None:
            day = tr("{party} 复核申请截止 {day}").format(
                party=labels[one.party_id], day=last_day_words(one.review_until)
            )
        if one.mediation_until is not None:
            day += tr(",调解申请截止 {day}").format(day=last_day_words(one.mediation_until))
        words.append(day)
    if len(issued.served) < len(incident.parties) and issued.serve_until is not None:
        words.append(tr("送达最迟 {day}").format(day=last_day_words(issued.serve_until)))
    return " · ".join(words)


def deadline_words(until: Deadlines) -> str:
    """Return the last days with weekday and the calendar they were counted by; a missing one is said."""
    parts = [
        tr(words).format(day=last_day_words(day))
        for words, day in (
            ("重新认定最迟 {day}" if until.anew else "认定书最迟 {day}", until.document),
            ("复核申请截止 {day}(若今天送达)", until.review),
        )
        if day is not None
    ]
    if until.missing_year:
        missing = tr("缺少 {year} 年节假日表,不能计算期限,请联系管理员。")
        return " · ".join([*parts, missing.format(year=until.missing_year)])
    counted = tr("10 个工作日,结论当日不计" if until.anew else "3 个工作日,送达当日不计")
    return " · ".join([*parts, counted, f"{until.calendar_year} {tr('节假日表')}"])


def _signer(incident: Incident, party: Party) -> SignerRow:
    return SignerRow(
        key=party.id,
        name=party.label,
        signature=_signature_chip(incident, incident.signature(party.id)),
        consent=_consent_chip(party),
        service=_service_chip(incident, party),
        acts=tuple((act, tr(ACTS[act])) for act in _acts(incident, party)),
    )


def _signature_chip(incident: Incident, signature: Signature | None) -> ChipState:
    if signature is None:
        if incident.signing is not None and incident.document is None:
            return ChipState(tr("正在签"), "info", "hourglass")
        return ChipState(tr("未签"), "none")
    at = clock_words(signature.at)
    match signature.state:
        case SignatureState.SIGNED:
            how = tr("录像中") if signature.recorded_s is not None else tr("未录像,已写明原因")
            return ChipState(f"{tr('已签')} {at}({how})", "ok", "circle-check")
        case SignatureState.DECLINED:
            return ChipState(f"{tr('当事人不签')} {at} · {tr('待注明')}", "warn")
        case SignatureState.REFUSED:
            return ChipState(f"{tr('拒签已注明')} {at}", "warn", "circle-check")
        case SignatureState.ABSENT:
            return ChipState(f"{tr('未到场')} · {signature.reason[:20]}", "warn", "circle-check")


def _consent_chip(party: Party) -> ChipState:
    consent = party.consent(ConsentItem.E_SERVICE)
    if consent is None:
        return ChipState(tr("待答"), "none")
    if not consent.given:
        return ChipState(tr("不同意电子送达"), "warn")
    return ChipState(
        f"{tr('电子送达')} · {tr('本人页面') if consent.way is ConsentWay.PAGE else tr('口头')}", "ok"
    )


def _service_chip(incident: Incident, party: Party) -> ChipState:
    issued = incident.document
    if issued is None:
        return ChipState(tr("签发后送达"), "none")
    done = next((one for one in issued.served if one.party_id == party.id), None)
    if done is None:
        return ChipState(tr("待送达"), "info", "hourglass")
    way = {ServiceWay.SMS: tr("短信送达"), ServiceWay.PAPER: tr("纸质送达")}.get(done.way, tr("拒收已注明"))
    return ChipState(f"{way} {clock_words(done.served_at)}", "ok")


def _acts(incident: Incident, party: Party) -> tuple[str, ...]:
    issued = incident.document
    if issued is not None:
        served = any(one.party_id == party.id for one in issued.served)
        return () if served else (PAPER, UNTAKEN)
    if incident.state is not IncidentState.RULING:
        return ()
    signature = incident.signature(party.id)
    acts = [] if signature is not None and signature.state is SignatureState.SIGNED else [REFUSED, ABSENT]
    consent = party.consent(ConsentItem.E_SERVICE)
    if consent is None or not consent.given:
        acts.append(VOICE)
    return tuple(acts)
