"""The service's own journal and answers, read over the wire beside the desk."""

from __future__ import annotations

from typing import Any, Self

import requests
import sseclient

from console.contract import codec
from console.contract.journal import Entry
from console.domain.ids import new_id
from console.launcher.demo.witness import accounts
from console.launcher.stage import RunningService

TIMEOUT = (10.0, 60.0)


class Wire:
    """One HTTPS client of the service; signed in if it is told as whom."""

    def __init__(self, service: RunningService, account: str = "", seat: str = "") -> None:
        self.url = service.url
        self.http = requests.Session()
        self.http.verify = str(service.ca)
        self.http.trust_env = False
        self.token = ""
        if account:
            password = accounts(service.data / "training-accounts.json")[account]
            body = {"username": account, "password": password, "seat": seat}
            self.token = str(self.send("POST", "/v1/sessions", json=body).json()["token"])
            self.http.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, method: str, path: str, **what: Any) -> requests.Response:
        """Send one request under a fresh key; whatever the answer is, it is returned."""
        headers = {"Idempotency-Key": new_id(), **what.pop("headers", {})}
        return self.http.request(method, self.url + path, headers=headers, timeout=TIMEOUT, **what)

    def journal(self) -> list[Entry]:
        """Return every entry of the journal, as a desk that was never there would be told it."""
        last: int = self.send("GET", "/v1/desk/snapshot").json()["sequence"]
        entries: list[Entry] = []
        headers = {"Last-Event-ID": "0"}
        with self.send("GET", "/v1/events", headers=headers, stream=True) as answer:
            for event in sseclient.SSEClient(answer.iter_content(None)).events():
                entries.append(codec.decode(Entry, event.data))
                if entries[-1].sequence >= last:
                    break
        return entries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
