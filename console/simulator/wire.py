"""What a phone says to the service: the party's own requests and streams, over HTTPS, by its link alone."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from sseclient import SSEClient
from urllib3.util import Retry

from console.contract import codec
from console.contract.desk_api import Signal
from console.contract.party_api import (
    AskCode,
    GiveConsent,
    GiveSignature,
    OpenLink,
    PartyState,
    PlaceCall,
    PlacedCall,
    ReportPosition,
    StillReceipt,
)
from console.domain.evidence import Slot
from console.domain.ids import CallId, new_id

TIMEOUT = (5.0, 20.0)
SILENCE_S = 30.0


class WireError(Exception):
    """The service refused or could not be reached; the message holds status and path, nothing personal."""


@dataclass(frozen=True)
class _End:
    """A stream ended."""


class PartyWire:
    """One phone's connection to the service. Requests run on worker threads; streams each on their own.

    ``link`` is the address that a real party would open; its token never leaves this object.
    """

    def __init__(self, link: str, ca: Path) -> None:
        parts = urlsplit(link)
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._token = parts.path.rsplit("/", maxsplit=1)[-1]
        self._ca = str(ca)
        self._http = self._session()
        self._lock = threading.Lock()
        self._open: set[requests.Response] = set()

    async def enter(self) -> PartyState:
        """Trade the link for a cookie; return what the page would show."""
        state: PartyState = codec.decode(
            PartyState, await self._post("/v1/party/session", OpenLink(token=self._token))
        )
        return state

    async def consent(self, answer: GiveConsent) -> None:
        """Answer one consent item."""
        await self._post("/v1/party/consents", answer)

    async def report(self, position: ReportPosition) -> None:
        """Report a position."""
        await self._post("/v1/party/position", position)

    async def call(self, request: PlaceCall) -> PlacedCall:
        """Join the queue."""
        placed: PlacedCall = codec.decode(PlacedCall, await self._post("/v1/party/calls", request))
        return placed

    async def ask_for_officer(self) -> None:
        """Ask for an officer to attend."""
        await self._post("/v1/party/officer-requests", None)

    async def confirm_evacuation(self) -> None:
        """Confirm that the vehicle has left."""
        await self._post("/v1/party/evacuation", None)

    async def ask_code(self, request: AskCode) -> None:
        """Have a one-time code sent to this phone."""
        await self._post("/v1/party/codes", request)

    async def sign(self, signature: GiveSignature) -> None:
        """Sign the text that the page shows."""
        await self._post("/v1/party/signature", signature)

    async def signal(self, call_id: CallId, resume_token: str, signal: Signal) -> None:
        """Send a signal to the desk."""
        headers = {"Resume-Token": resume_token}
        await self._post(f"/v1/party/calls/{call_id}/signals", signal, headers)

    async def still(self, request_id: str, slot: Slot, picture: bytes) -> StillReceipt:
        """Send a full-resolution picture under the desk's id; return the service's receipt."""
        digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
        headers = {"Content-Type": "image/jpeg", "Content-Digest": f"sha-256=:{digest}:"}
        path = f"/v1/party/stills?request_id={request_id}&slot={slot.value}"
        receipt: StillReceipt = codec.decode(StillReceipt, await self._send(path, picture, headers))
        return receipt

    def states(self) -> AsyncIterator[PartyState]:
        """Yield the page's state whenever it changes; reconnects until closed."""
        return self._follow("/v1/party/events", PartyState)

    def signals(self, call_id: CallId) -> AsyncIterator[Signal]:
        """Yield the desk's signals of a call from the first on."""
        return self._follow(f"/v1/party/calls/{call_id}/signals", Signal)

    def close(self) -> None:
        """Break every stream and drop the connections."""
        with self._lock:
            open_now, self._open = self._open, set()
        for response in open_now:
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                response.raw.shutdown()
        self._http.close()

    def _session(self) -> requests.Session:
        http = requests.Session()
        http.verify = self._ca
        http.trust_env = False
        # Every write carries an idempotency key: one that was cut off may be sent again.
        again = Retry(total=2, connect=0, read=2, status=0, allowed_methods=None, backoff_factor=0.2)
        http.mount("https://", HTTPAdapter(max_retries=again))
        return http

    async def _post(self, path: str, body: object, headers: dict[str, str] | None = None) -> bytes:
        content = b"" if body is None else codec.encode(body)
        return await self._send(path, content, {"Content-Type": "application/json", **(headers or {})})

    async def _send(self, path: str, content: bytes, headers: dict[str, str]) -> bytes:
        def send() -> requests.Response:
            return self._http.post(
                self._base + path,
                data=content,
                headers={"Idempotency-Key": new_id(), **headers},
                timeout=TIMEOUT,
            )

        try:
            answer = await asyncio.to_thread(send)
        except requests.RequestException as error:
            raise WireError(f"{path.split('?', maxsplit=1)[0]}: {type(error).__name__}") from error
        if not answer.ok:
            raise WireError(f"{path.split('?', maxsplit=1)[0]}: {answer.status_code} {_problem(answer)}")
        return answer.content

    async def _follow(self, path: str, kind: Any) -> AsyncIterator[Any]:
        last = ""
        loop = asyncio.get_running_loop()
        items: asyncio.Queue[tuple[str, str] | _End] = asyncio.Queue()

        def hand(item: tuple[str, str] | _End) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is gone: nobody listens any more
                loop.call_soon_threadsafe(items.put_nowait, item)

        while True:
            thread = threading.Thread(
                target=self._read, args=(path, last, hand), name=f"stream {path}", daemon=True
            )
            thread.start()
            while not isinstance(item := await items.get(), _End):
                last = item[0] or last
                yield codec.decode(kind, item[1])
            await asyncio.sleep(RECONNECT_S)

    def _read(self, path: str, last: str, hand: Callable[[tuple[str, str] | _End], None]) -> None:
        try:
            with self._http.get(
                self._base + path,
                headers={"Accept": "text/event-stream", "Last-Event-ID": last},
                stream=True,
                timeout=(TIMEOUT[0], SILENCE_S),
            ) as response:
                if response.ok:
                    with self._lock:
                        self._open.add(response)
                    for event in SSEClient(response.iter_content(None)).events():
                        hand((event.id or "", event.data))
                with self._lock:
                    self._open.discard(response)
        except (requests.RequestException, OSError, ValueError, AttributeError):
            pass  # the connection broke: the follower opens it again
        finally:
            hand(_End())


RECONNECT_S = 0.5
"""Pause before a broken stream is opened again, as a browser's EventSource makes one."""


def _problem(answer: requests.Response) -> str:
    try:
        return str(answer.json().get("type", ""))
    except ValueError:
        return ""
