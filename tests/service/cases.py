"""Cases brought forward over the wire, as far as a test needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from console.contract.codec import encode
from console.contract.desk_api import AnnounceEvidence
from console.domain.evidence import Capture, CaptureSource, Slot
from console.domain.ids import CallId, IncidentId, PartyId, new_id
from console.domain.incident import Incident
from console.domain.party import ConsentItem
from console.domain.triage import TriageFact
from tests.service.harness import Desk, Phone, good, incident_of
from tests.service.pictures import content_digest, digests, picture
from tests.unit.domain.builders import T0

ID_NUMBER = "000123199003070015"
PLATE = "测A·12345"


@dataclass
class Case:
    """A connected call of 甲, and 乙 taken down by the call-taker or calling too."""

    desk: Desk
    phone: Phone
    call_id: CallId
    incident_id: IncidentId

    @property
    def path(self) -> str:
        """Where the incident lies."""
        return f"/v1/incidents/{self.incident_id}"

    def incident(self) -> Incident:
        """Return the incident as the desk sees it."""
        return next(i for i in self.desk.snapshot().incidents if i.id == self.incident_id)

    def party(self, label: str) -> PartyId:
        """Return the id of a party."""
        return next(party.id for party in self.incident().parties if party.label == label)

    def announcement(self, data: bytes, slot: Slot = Slot.PLATE_A, **changes: Any) -> dict[str, Any]:
        """Return the body that announces ``data``, a picture of 320 x 180."""
        capture = Capture(
            slot=slot,
            source=CaptureSource.LIVE_FRAME,
            call_id=self.call_id,
            party_id=self.party("甲"),
            captured_by=self.desk.session["user"]["id"],
            captured_at=T0,
            clock_offset_ms=3,
            width=320,
            height=180,
            media_type="image/jpeg",
            frame_number=42,
            media_session="session-1",
        )
        body: dict[str, Any] = json.loads(encode(AnnounceEvidence(capture=capture, digests=digests(data))))
        body["capture"].update(changes)
        return body

    def upload(self, evidence_id: str, data: bytes, **headers: str) -> requests.Response:
        """Send bytes to an announced item."""
        return send_bytes(self.desk, "PUT", f"{self.path}/evidence/{evidence_id}/content", data, **headers)

    def capture(self, slot: Slot) -> str:
        """Put a picture into ``slot`` and return its id."""
        evidence_id, data = new_id(), picture(seed=len(slot.value))
        self.desk.put(f"{self.path}/evidence/{evidence_id}", self.announcement(data, slot))
        good(self.upload(evidence_id, data))
        return evidence_id

    def join(self, plate: str = "测B·67890", phone: str = "10087654321") -> PartyId:
        """Take 乙 down."""
        details = {"name": "样本宁", "phone": phone, "plate": plate}
        joined = self.desk.post(f"{self.path}/parties", {"details": details}).json()
        return PartyId(joined["party_id"])

    def deny_all_facts(self) -> None:
        """Answer every triage row with no."""
        for fact in TriageFact:
            self.desk.put(f"{self.path}/facts/{fact.value}", {"answer": "no"})

    def agree(self, phone: Phone) -> None:
        """Agree to electronic service on the party's own page."""
        body = {"item": ConsentItem.E_SERVICE.value, "given": True, "wording": "2026-11"}
        phone.post("/v1/party/consents", body)

    def hand_over(self) -> None:
        """Hand over with the slots as they are."""
        self.desk.post(f"{self.path}/hand-over", {"gaps_reason": "当事人已陈述一致"})

    def note_absences(self) -> None:
        """Note of everybody that nobody signs."""
        for party in self.incident().parties:
            self.note(party.id, "absent", "不在现场")

    def note(self, party_id: PartyId, state: str, reason: str) -> requests.Response:
        """Note a refusal or an absence."""
        path = f"{self.path}/parties/{party_id}/signature"
        return self.desk.send("PUT", path, {"state": state, "reason": reason})

    def record(self, *, running: bool = True) -> requests.Response:
        """Say that the call is being recorded, or no more."""
        body = {"running": running, "reason": "" if running else "picture-lost"}
        return self.desk.send("PUT", f"/v1/calls/{self.call_id}/recording", body)

    def ask_to_sign(self, reason: str = "") -> requests.Response:
        """Show the saved ruling to the parties."""
        return self.desk.send("POST", f"{self.path}/signature-requests", {"unrecorded_reason": reason})

    def ruling(self, **changes: Any) -> dict[str, Any]:
        """Return a ruling that may be issued: 乙 ran into 甲."""
        citation = {"law": "道路交通安全法", "article": 43, "paragraph": None, "item": None}
        rear_end = {"code": "1094", "name": "", "citation": citation}
        return {
            "outcome": "ruling",
            "parties": [
                {"party_id": self.party("甲"), "faults": [], "liability": "none"},
                {"party_id": self.party("乙"), "faults": [rear_end], "liability": "full"},
            ],
            "facts": "乙车追尾碰撞停车等候的甲车，无人受伤。",
            "weather": "3",
            "junction": "21",
            "control": "1",
            "collision_form": "1",
            "reason": "",
            "mediation": "各方同意按保险理赔。",
            "mediation_outcome": "agreed",
            **changes,
        }

    def draft(self, **changes: Any) -> list[str]:
        """Save a ruling and return the codes that hinder it."""
        review = self.desk.put(f"{self.path}/ruling", self.ruling(**changes)).json()
        return [problem["code"] for problem in review["problems"]]

    def issue(self, **extra: Any) -> requests.Response:
        """Press issue on what stands now, and again when a register has answered meanwhile."""
        while True:
            body = {"version": self.incident().version}
            answer = self.desk.send("POST", f"{self.path}/determination", body, **extra)
            if answer.status_code != 412:
                return answer


def whole_case(desk: Desk, phone: Phone) -> Case:
    """Play a case from the call to the issued determination, with everything personal that it may hold."""
    case = connected(desk, phone)
    case.join()
    case.agree(phone)
    details = {"name": "示例安", "phone": phone_number(case), "id_number": ID_NUMBER, "plate": PLATE}
    desk.put(f"{case.path}/parties/{case.party('甲')}", {"details": details})
    case.deny_all_facts()
    case.capture(Slot.PLATE_A)
    case.capture(Slot.PLATE_B)
    case.hand_over()
    case.note_absences()
    assert case.draft() == []
    good(case.issue())
    return case


def phone_number(case: Case) -> str:
    """Return the number on which 甲 calls."""
    party = next(party for party in case.incident().parties if party.label == "甲")
    return party.details.phone


def send_bytes(
    client: Desk | Phone, method: str, path: str, data: bytes, **headers: str
) -> requests.Response:
    """Send a picture with its digest; ``headers`` (underscores for dashes) replace or, if empty, drop."""
    wanted = {
        "Idempotency-Key": new_id(),
        "Content-Type": "image/jpeg",
        "Content-Digest": content_digest(data),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    sent = {name: value for name, value in wanted.items() if value}
    return client.http.request(method, client.url + path, data=data, headers=sent, timeout=30)


def connected(desk: Desk, phone: Phone) -> Case:
    """Bring a call to the desk and answer it."""
    call_id, _token = phone.place()
    good(desk.answer(call_id))
    return Case(desk, phone, call_id, incident_of(desk, call_id))


def to_be_ruled(desk: Desk, phone: Phone, *further: Mapping[str, str]) -> Case:
    """Bring a call to the ruling post: 甲, 乙 and ``further``; every triage fact denied, absences noted."""
    case = connected(desk, phone)
    case.join()
    for party in further:
        case.join(**party)
    case.deny_all_facts()
    case.hand_over()
    case.note_absences()
    return case
