"""A real service on loopback over TLS, and the desks and phones that talk to it."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import requests
import sseclient
from sqlalchemy import create_engine, make_url, text

from console.contract.codec import decode
from console.contract.journal import DeskSnapshot, Entry
from console.contract.party_api import PartyState
from console.domain.call import Call
from console.domain.ids import CallId, IncidentId, new_id
from console.service.core import Core
from console.service.server import Service, set_up
from console.service.settings import Settings
from console.service.tls import TlsFiles

WAIT_S = 10.0
POSTGRES = os.environ.get("KUAICHU_TEST_POSTGRES", "")
"""URL of the PostgreSQL server on which every service of the tests stands; empty: on SQLite."""
PHONE = "10012345678"


@contextmanager
def running(settings: Settings) -> Iterator[Service]:
    """Run a service in a thread of its own for as long as the block."""
    up = threading.Event()
    service = set_up(settings, 0, lambda _service: up.set())
    thread = threading.Thread(target=service.run, name="service")
    thread.start()
    try:
        if not up.wait(WAIT_S):
            raise AssertionError("the service did not come up")
        yield service
    finally:
        service.server.stop()
        thread.join(WAIT_S)
        if thread.is_alive():
            raise AssertionError("the service did not end")


SUCCESSES: list[tuple[str, str]] = []
"""Method and URL of every request of a client of this test that was not refused."""


def _note_success(answer: requests.Response, *_: object, **__: object) -> None:
    if answer.status_code < 400 and answer.request.method and answer.request.url:
        SUCCESSES.append((answer.request.method, answer.request.url))


class Reachable(Protocol):
    """A service that runs, in this process or another; ``core`` is on its database."""

    @property
    def url(self) -> str: ...
    @property
    def files(self) -> TlsFiles: ...
    @property
    def core(self) -> Core: ...


class Client:
    """One HTTPS client that trusts the service's authority alone."""

    def __init__(self, service: Reachable) -> None:
        self.url = service.url
        self.http = requests.Session()
        self.http.verify = str(service.files.ca)
        self.http.trust_env = False
        self.http.hooks["response"].append(_note_success)
        self.streams: list[Stream] = []

    def send(self, method: str, path: str, body: object = None, **extra: Any) -> requests.Response:
        """Send one request; writes get a fresh key unless ``headers`` has one."""
        headers = {"Idempotency-Key": new_id(), **extra.pop("headers", {})}
        return self.http.request(method, self.url + path, json=body, headers=headers, timeout=WAIT_S, **extra)

    def get(self, path: str) -> Any:
        """Return the JSON of a GET that must succeed."""
        return good(self.send("GET", path)).json()

    def post(self, path: str, body: object = None) -> requests.Response:
        """POST what must succeed."""
        return good(self.send("POST", path, {} if body is None else body))

    def put(self, path: str, body: object) -> requests.Response:
        """PUT what must succeed."""
        return good(self.send("PUT", path, body))

    def stream(self, path: str, after: int | None = None) -> Stream:
        """Open an event stream."""
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        stream = Stream(self, path, headers)
        self.streams.append(stream)
        return stream

    def close(self) -> None:
        """Close every stream and connection."""
        for stream in self.streams:
            stream.close()
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Stream:
    """Server-sent events read by a thread of its own; ``events`` keeps what came, in order."""

    def __init__(self, client: Client, path: str, headers: dict[str, str]) -> None:
        self.answer = client.http.get(client.url + path, headers=headers, stream=True, timeout=60)
        self.events: list[tuple[str, str, str]] = []
        self._news: queue.Queue[None] = queue.Queue()
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read, name=f"stream {path}")
        self._thread.start()

    def _read(self) -> None:
        try:
            if self.answer.ok:
                for event in sseclient.SSEClient(self.answer.iter_content(None)).events():
                    self.events.append((event.event, event.id or "", event.data))
                    self._news.put(None)
        except (requests.RequestException, OSError, AttributeError, ValueError):
            pass  # closed from this side or the other: the reader is done either way
        finally:
            self.ended.set()
            self._news.put(None)

    def wait(self, number: int) -> list[tuple[str, str, str]]:
        """Return the first ``number`` events once they are here."""
        while len(self.events) < number:
            try:
                self._news.get(timeout=WAIT_S)
            except queue.Empty:
                raise AssertionError(f"{len(self.events)} of {number} events came") from None
            if self.ended.is_set() and len(self.events) < number:
                raise AssertionError(f"the stream ended after {len(self.events)} of {number} events")
        return self.events[:number]

    def until(self, wanted: Any, kind: Any) -> Any:
        """Return the first value of type ``kind`` in the stream that ``wanted`` accepts."""
        seen = 0
        while True:
            self.wait(seen + 1)
            value = decode(kind, self.events[seen][2])
            if wanted(value):
                return value
            seen += 1

    def close(self) -> None:
        """Hang up."""
        socket = getattr(getattr(self.answer.raw, "_connection", None), "sock", None)
        if socket is not None:
            socket.shutdown(2)
        self.answer.close()
        self._thread.join(WAIT_S)


@dataclass
class Desk(Client):
    """A person signed in at a seat."""

    service: Reachable
    number: str
    seat: str
    session: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        Client.__init__(self, self.service)
        body = {"username": self.number, "password": password(self.service, self.number), "seat": self.seat}
        self._take(good(self.send("POST", "/v1/sessions", body)).json())

    def _take(self, session: dict[str, Any]) -> None:
        self.session = session
        self.http.headers["Authorization"] = f"Bearer {session['token']}"

    def renew(self) -> None:
        """Take fresh tokens before the old ones are too old."""
        self._take(self.post("/v1/sessions/renewal", {"renewal_token": self.session["renewal_token"]}).json())

    def snapshot(self) -> DeskSnapshot:
        """Return what this desk may see."""
        value: DeskSnapshot = decode(DeskSnapshot, good(self.send("GET", "/v1/desk/snapshot")).content)
        return value

    def call(self, call_id: CallId) -> Call:
        """Return a call of the snapshot."""
        return next(call for call in self.snapshot().calls if call.id == call_id)

    def ready(self) -> Stream:
        """Take calls: ready, and listening."""
        stream = self.stream("/v1/events", self.snapshot().sequence)
        self.put("/v1/seats/current", {"state": "ready"})
        return stream

    def answer(self, call_id: CallId) -> requests.Response:
        """Press the answer key."""
        return self.send("POST", f"/v1/calls/{call_id}/answer", {})

    def link(self, **more: str) -> str:
        """Return the token of a fresh link."""
        url: str = self.post("/v1/links", {"phone": PHONE, **more}).json()["url"]
        return url.rpartition("/")[2]


@dataclass
class Phone(Client):
    """A party's browser."""

    service: Reachable
    token: str

    def __post_init__(self) -> None:
        Client.__init__(self, self.service)

    def open(self) -> requests.Response:
        """Open the link."""
        return self.send("POST", "/v1/party/session", {"token": self.token})

    def place(self, *, hurt: bool = False, name: str = "示例安") -> tuple[CallId, str]:
        """Open the link and join the queue; return the call and its resume token."""
        good(self.open())
        placed = self.post("/v1/party/calls", {"hurt": hurt, "name": name}).json()
        return CallId(placed["call_id"]), placed["resume_token"]

    def code(self, act: str) -> str:
        """Have a one-time code sent and read it from its SMS; others may come at the same time."""
        before = len(self._codes())
        self.post("/v1/party/codes", {"act": act})
        codes = self._codes()
        assert len(codes) == before + 1
        return codes[-1]

    def _codes(self) -> list[str]:
        texts = [message.text for message in self.state().messages]
        return [found[1] for text in texts if (found := re.search(r"验证码([0-9]{6})", text))]

    def state(self) -> PartyState:
        """Return what the page shows."""
        value: PartyState = decode(PartyState, good(self.send("GET", "/v1/party/state")).content)
        return value


def password(service: Reachable, number: str) -> str:
    """Return the password of a training account."""
    path = service.core.settings.data / "training-accounts.json"
    people = json.loads(path.read_text("utf-8"))["accounts"]
    word: str = next(person["password"] for person in people if person["username"] == number)
    return word


def good(answer: requests.Response) -> requests.Response:
    """Return ``answer``, which must not be a refusal."""
    assert answer.ok, f"{answer.status_code} {answer.text}"
    return answer


def refusal(answer: requests.Response) -> tuple[int, str]:
    """Return status and code of an answer that must be a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["type"].removeprefix("urn:kuaichu:problem:")


def entries(stream: Stream, number: int) -> list[Entry]:
    """Return the first ``number`` journal entries of a desk's stream."""
    return [decode(Entry, data) for _event, _id, data in stream.wait(number)]


def incident_of(desk: Desk, call_id: CallId) -> IncidentId:
    """Return the incident of a call."""
    return desk.call(call_id).incident_id


def database_url(data: Path) -> str:
    """Return the URL of the database that belongs to a data folder; empty for the embedded one."""
    name = "t" + hashlib.sha256(str(data).encode()).hexdigest()[:24]
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False) if POSTGRES else ""


def make_database(data: Path, like: Path | None = None) -> None:
    """Make the database of a data folder on the PostgreSQL server, empty or as that of ``like`` stands."""
    if POSTGRES:
        wanted = make_url(database_url(data)).database
        template = "template0" if like is None else make_url(database_url(like)).database
        engine = create_engine(
            make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {wanted} TEMPLATE {template}"))
        engine.dispose()


def settings(data: Path, **changes: Any) -> Settings:
    """Return settings for tests: everything that waits is short."""
    short = {
        "ring_seconds": 0.6,
        "party_gone_seconds": 30.0,
        "heartbeat_seconds": 0.5,
        "code_pause_seconds": 0.0,
    }
    return Settings(data=data, **{"database_url": database_url(data), **short, **changes})
