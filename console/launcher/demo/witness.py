"""The service's own word: read over the wire with a supervisor's account, never from the desk."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import requests

from console.contract import codec
from console.contract.desk_api import CreateLink, Link, Session, SignIn
from console.contract.journal import DeskSnapshot
from console.contract.tables import Tables
from console.domain.call import Call
from console.domain.ids import CallId, EvidenceId, IncidentId, SeatId, new_id
from console.domain.incident import Incident
from console.launcher.demo.observations import StepFailed

TIMEOUT = (5.0, 20.0)


class Witness:
    """Reads calls, incidents, evidence and documents as the service holds them."""

    def __init__(self, url: str, ca: Path, username: str, password: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.verify = str(ca)
        self._http.trust_env = False
        answer = self._post(
            "/v1/sessions", SignIn(username=username, password=password, seat=SeatId(f"W{username[-2:]}"))
        )
        session: Session = codec.decode(Session, answer)
        self._http.headers["Authorization"] = f"Bearer {session.token}"

    def _post(self, path: str, body: object) -> bytes:
        answer = self._http.post(
            self._url + path,
            data=codec.encode(body),
            headers={"Content-Type": "application/json", "Idempotency-Key": new_id()},
            timeout=TIMEOUT,
        )
        if not answer.ok:
            raise StepFailed(f"the service answered {answer.status_code} to {path}")
        return answer.content

    def _get(self, path: str) -> bytes:
        try:
            answer = self._http.get(self._url + path, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise StepFailed(f"the service gave no answer to {path}: {type(error).__name__}") from error
        if not answer.ok:
            raise StepFailed(f"the service answered {answer.status_code} to {path}")
        return answer.content

    def link(self, phone: str) -> Link:
        """Create a party's link, as the 110 desk would."""
        link: Link = codec.decode(Link, self._post("/v1/links", CreateLink(phone=phone)))
        return link

    def snapshot(self) -> DeskSnapshot:
        """Return everything the service shows a desk now."""
        snapshot: DeskSnapshot = codec.decode(DeskSnapshot, self._get("/v1/desk/snapshot"))
        return snapshot

    def call(self, call_id: CallId) -> Call:
        """Return one call; raise ``StepFailed`` when the service has none such."""
        for call in self.snapshot().calls:
            if call.id == call_id:
                return call
        raise StepFailed("the service does not know the call")

    def incident(self, incident_id: IncidentId) -> Incident:
        """Return one incident; raise ``StepFailed`` when the service has none such."""
        for incident in self.snapshot().incidents:
            if incident.id == incident_id:
                return incident
        raise StepFailed("the service does not know the incident")

    def tables(self) -> Tables:
        """Return the codes that the forms choose from."""
        tables: Tables = codec.decode(Tables, self._get("/v1/tables"))
        return tables

    def evidence(self, incident_id: IncidentId, evidence_id: EvidenceId) -> bytes:
        """Return the bytes of an item as stored."""
        return self._get(f"/v1/incidents/{incident_id}/evidence/{evidence_id}/content")

    def determination(self, incident_id: IncidentId) -> bytes:
        """Return the issued PDF."""
        return self._get(f"/v1/incidents/{incident_id}/determination.pdf")

    def close(self) -> None:
        """Drop the connection."""
        self._http.close()


def accounts(path: Path) -> dict[str, str]:
    """Return the training service's passwords by account, from the file only its owner can read."""
    content: Any = json.loads(path.read_text(encoding="utf-8"))
    return {str(account["username"]): str(account["password"]) for account in content["accounts"]}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` as lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
