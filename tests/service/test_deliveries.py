"""Deliveries over signed HTTP: to a real receiver, and to servers that misbehave in every way we know."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

from console.contract.codec import encode
from console.contract.delivery_api import PATHS, Receipt, SmsOrder
from console.domain.delivery import Channel
from console.domain.ids import DeliveryId, new_id
from console.service.core import utc_now
from console.service.deliveries import open_receivers
from console.service.deliveries.over_http import HttpReceiver
from console.service.deliveries.port import NotDelivered, Parcel
from console.service.deliveries.server import create_receiver_app
from console.service.deliveries.signing import (
    NONCE,
    SIGNATURE,
    BadSignature,
    Guard,
    answer_headers,
    request_headers,
    sha256,
)
from console.service.deliveries.training import NoReceiver, TrainingReceiver
from tests.adapters.bad_server import Handler, misbehaving
from tests.service.registries import served

KEY = b"k" * 32
SHORT_S, LONG_S = 0.6, 10.0
CONTRACT = Path(__file__).resolve().parents[2] / "console" / "contract" / "delivery.openapi.json"


def order(text: str = "现场证据已固定") -> bytes:
    return encode(SmsOrder(phone="10012345678", text=text, template="evacuation/2026-11"))


def parcel(*, tried: bool = False, body: bytes | None = None) -> Parcel:
    return Parcel(id=DeliveryId(new_id()), body=order() if body is None else body, tried=tried)


def over(url: str, limit_s: float = LONG_S, key: bytes = KEY, channel: Channel = Channel.SMS) -> HttpReceiver:
    return HttpReceiver(channel, url, key=key, ca=None, limit_s=limit_s, clock=utc_now)


def receiving() -> Any:
    return create_receiver_app({one: TrainingReceiver(one, utc_now) for one in Channel}, KEY, utc_now)


def test_the_published_contract_is_what_is_served() -> None:
    assert json.loads(CONTRACT.read_text("utf-8")) == receiving().openapi()
    described = json.loads(CONTRACT.read_text("utf-8"))["paths"]
    assert set(described) == set(PATHS.values())
    named = {p["name"].lower() for p in described["/v1/sms"]["post"]["parameters"]}
    assert {"idempotency-key", "kuaichu-nonce", "kuaichu-signature", "content-digest"} <= named


def test_what_goes_out_is_what_the_contract_says() -> None:
    contract = json.loads(CONTRACT.read_text("utf-8"))
    with misbehaving(lambda handler: handler.reply(500)) as server:
        with pytest.raises(NotDelivered):
            over(server.url).deliver(parcel())
        ((_method, path, _headers, body),) = server.requests
    schema = contract["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.validate(json.loads(body), {**schema, "components": contract["components"]})


def test_taken_once_and_told_again() -> None:
    with served(receiving()) as url:
        far, one = over(url), parcel()
        first = far.deliver(one)
        again = far.deliver(Parcel(id=one.id, body=one.body, tried=True))
        assert (first.repeated, again.repeated) == (False, True)
        assert (first.reference, first.taken_at) == (again.reference, again.taken_at)
        with pytest.raises(NotDelivered, match="refused"):
            far.deliver(Parcel(id=one.id, body=order("别的内容"), tried=True))
        far.close()


def receipt(handler: Handler, **changes: Any) -> bytes:
    """Return the receipt that an honest receiver would give, but for ``changes``."""
    honest = Receipt(
        delivery_id=DeliveryId(handler.headers["Idempotency-Key"]),
        body_sha256=sha256(handler.body),
        taken_at=utc_now(),
        repeated=False,
        reference="R-1",
    )
    return json.dumps({**json.loads(encode(honest)), **changes}).encode()


def reply(handler: Handler, body: bytes, *, key: bytes = KEY, nonce: str = "", status: int = 200) -> None:
    """Answer with a signature of ``key``, to the request's own nonce unless another is given."""
    signed = answer_headers(key, nonce or handler.headers[NONCE], status, body)
    handler.reply(status, body, **{name.replace("-", "_"): word for name, word in signed.items()})


def lie(**changes: Any) -> Callable[[Handler], None]:
    return lambda handler: reply(handler, receipt(handler, **changes))


def drip(handler: Handler) -> None:
    """Send a good answer one byte at a time, too slowly."""
    handler.close_connection = True
    body = receipt(handler)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    for number in range(len(body)):
        handler.wfile.write(body[number : number + 1])
        if handler.server.ended.wait(SHORT_S / 10):
            return


MISBEHAVIOUR: dict[str, tuple[Callable[[Handler], None], str]] = {
    "hangs": (Handler.hang, "timeout"),
    "drips": (drip, "timeout"),
    "hangs up": (Handler.cut, "unreachable"),
    "errs": (lambda h: h.reply(500, b"oops"), "fault"),
    "is busy": (lambda h: h.reply(429), "busy"),
    "is slow and says so": (lambda h: h.reply(408), "busy"),
    "refuses": (lambda h: h.reply(422), "refused"),
    "sends elsewhere": (lambda h: h.reply(302, Location="http://127.0.0.1:1/"), "refused"),
    "floods": (lambda h: h.reply(200, b" " * (1 << 20)), "unreadable"),
    "talks nonsense": (lambda h: reply(h, b"<html>login</html>"), "unreadable"),
    "signs garbage": (lambda h: reply(h, bytes(range(256))), "unreadable"),
    "has no end": (lie(reference="9" * 5000), "unreadable"),
    "does not sign": (lambda h: h.reply(200, receipt(h)), "wrong-answer"),
    "signs with another key": (lambda h: reply(h, receipt(h), key=b"x" * 32), "wrong-answer"),
    "signs for another request": (lambda h: reply(h, receipt(h), nonce="0" * 32), "wrong-answer"),
    "lies: another delivery": (lie(delivery_id="0" * 32), "wrong-answer"),
    "lies: another body": (lie(body_sha256="0" * 64), "wrong-answer"),
    "lies: taken before": (lie(repeated=True), "wrong-answer"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_misbehaving_receiver_has_not_taken_it(name: str) -> None:
    behave, reason = MISBEHAVIOUR[name]
    with misbehaving(behave) as server:
        far = over(server.url, SHORT_S if reason == "timeout" else LONG_S)
        started = time.monotonic()
        with pytest.raises(NotDelivered) as caught:
            far.deliver(parcel())
        assert caught.value.reason == reason
        assert time.monotonic() - started < 5
        assert len(server.requests) == 1, "trying again is the outbox's"
        far.close()


def test_a_second_answer_on_the_line_is_nobodys() -> None:
    """The server answers the first delivery twice; the second one must not take that for its own."""

    def twice(handler: Handler) -> None:
        body = receipt(handler)
        signed = answer_headers(KEY, handler.headers[NONCE], 200, body)[SIGNATURE]
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{SIGNATURE}: {signed}\r\n\r\n".encode()
        handler.wfile.write((head + body) * 2)

    with misbehaving(twice) as server:
        far = over(server.url)
        one, other = parcel(), parcel()
        assert far.deliver(one).delivery_id == one.id
        with suppress(NotDelivered):  # to refuse the line is as good as to find a new one
            assert far.deliver(other).delivery_id == other.id
        far.close()


def test_a_late_answer_is_taken_at_the_next_try() -> None:
    """The receiver took it and answered when nobody listened any more."""
    taken = TrainingReceiver(Channel.SMS, utc_now)
    late = threading.Event()

    def answer(handler: Handler) -> None:
        sent = Parcel(id=DeliveryId(handler.headers["Idempotency-Key"]), body=handler.body, tried=True)
        body = encode(taken.deliver(sent))
        if not late.is_set():
            late.set()
            handler.hang()
        else:
            reply(handler, body)

    with misbehaving(answer) as server:
        one, far = parcel(), over(server.url, SHORT_S)
        with pytest.raises(NotDelivered, match="timeout"):
            far.deliver(one)
        assert far.deliver(Parcel(id=one.id, body=one.body, tried=True)).repeated
        far.close()


def test_a_path_before_the_contracts_is_signed_too() -> None:
    """A gateway may hang the contract's paths under one of its own."""
    guard, seen = Guard(KEY, utc_now), []

    def take(handler: Handler) -> None:
        guard.require(handler.path, dict(handler.headers), handler.body)
        seen.append(handler.path)
        reply(handler, receipt(handler))

    with misbehaving(take) as server:
        over(f"{server.url}/city/gateway").deliver(parcel())
    assert seen == ["/city/gateway/v1/sms"]


AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SPOILT: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "no signature": lambda h: {**h, SIGNATURE: ""},
    "another signature": lambda h: {**h, SIGNATURE: h[SIGNATURE][:-2] + "0="},
    "another nonce": lambda h: {**h, NONCE: "1" * 32},
    "another time": lambda h: {**h, "Kuaichu-Timestamp": str(int(AT.timestamp()) + 1)},
    "another key": lambda h: {**h, "Idempotency-Key": "1" * 32},
    "another digest": lambda h: {**h, "Content-Digest": "sha-256=:AAAA:"},
}


def signed_request(nonce: str = "0" * 32, at: datetime = AT) -> dict[str, str]:
    return request_headers(KEY, "/v1/sms", "d" * 32, order(), at, nonce)


@pytest.mark.parametrize("name", SPOILT)
def test_a_guard_lets_in_what_was_signed_and_nothing_else(name: str) -> None:
    guard = Guard(KEY, lambda: AT)
    with pytest.raises(BadSignature):
        guard.require("/v1/sms", SPOILT[name](signed_request()), order())
    guard.require("/v1/sms", signed_request(), order())


def test_a_guard_refuses_another_path_body_or_key_an_old_one_and_a_replay() -> None:
    moment = [AT]
    guard = Guard(KEY, lambda: moment[0])
    for path, body in (("/v1/push", order()), ("/v1/sms", order("改过"))):
        with pytest.raises(BadSignature):
            guard.require(path, signed_request(), body)
    for off in (-301, 301):
        with pytest.raises(BadSignature):
            guard.require("/v1/sms", signed_request("2" * 32, AT + timedelta(seconds=off)), order())
    with pytest.raises(BadSignature):
        Guard(b"x" * 32, lambda: AT).require("/v1/sms", signed_request(), order())
    guard.require("/v1/sms", signed_request(), order())
    moment[0] = AT + timedelta(seconds=299)
    with pytest.raises(BadSignature):
        guard.require("/v1/sms", signed_request(), order())


def test_a_receiver_answers_401_to_whoever_does_not_sign() -> None:
    with served(receiving()) as url:
        signed = request_headers(KEY, "/v1/sms", new_id(), order(), utc_now(), new_id())
        headers = {**signed, "Content-Type": "application/json"}
        spoilt = {**headers, SIGNATURE: "hmac-sha256=AAAA"}
        statuses = [
            requests.post(f"{url}/v1/sms", order(), headers=sent, timeout=10).status_code
            for sent in (spoilt, headers, headers)
        ]
        assert statuses == [401, 200, 401], "spoilt, good, and the good one replayed"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sms]\nurl = 1", "sms.url"),
        ("[fax]\nurl = 'https://a'\nkey_file = 'k'", "fax"),
        ("[sms", "deliveries.toml"),
        ("[sms]\nurl = 'ftp://a'\nkey_file = 'k'", "must begin with"),
        ("[sms]\nurl = 'http://elsewhere.example'\nkey_file = 'k'", "https only"),
        ("[sms]\nurl = 'https://elsewhere.example'\nkey_file = 'k'", "this machine only"),
        ("[sms]\nurl = 'https://127.0.0.1'\nkey_file = 'none'", "no file 'none'"),
        ("[sms]\nurl = 'https://127.0.0.1'\nkey_file = 'short'", "at least 32 bytes"),
        ("[sms]\nurl = 'https://127.0.0.1'\nkey_file = 'k'\nseconds = 90", "at most 20"),
        ("[sms]\nurl = 'https://127.0.0.1'\nkey_file = 'k'\nca_file = 'none'", "ca_file"),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_their_place(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "deliveries.toml").write_text(text, "utf-8")
    (tmp_path / "k").write_bytes(KEY)
    (tmp_path / "short").write_bytes(b"secret")
    with pytest.raises(ValueError, match=words):
        open_receivers(tmp_path, utc_now, training=True)


def test_a_channel_that_is_not_named_is_embedded_in_training_and_missing_else(tmp_path: Path) -> None:
    (tmp_path / "k").write_bytes(KEY)
    (tmp_path / "deliveries.toml").write_text("[sms]\nurl = 'http://127.0.0.1:1'\nkey_file = 'k'", "utf-8")
    for training, other in ((True, TrainingReceiver), (False, NoReceiver)):
        found = open_receivers(tmp_path, utc_now, training=training)
        assert isinstance(found[Channel.SMS], HttpReceiver)
        assert {type(found[one]) for one in Channel if one is not Channel.SMS} == {other}
