"""Any receivers served as the contract has it: the published description, and one to try senders against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request, Response

from console.contract import delivery_api
from console.contract.codec import encode
from console.contract.delivery_api import (
    AccidentRecord,
    ClaimOrder,
    DispatchOrder,
    PushOrder,
    Receipt,
    SmsOrder,
)
from console.domain.delivery import Channel
from console.domain.ids import DeliveryId
from console.service.deliveries.port import NotDelivered, Parcel, Receiver
from console.service.deliveries.signing import NONCE, BadSignature, Guard, answer_headers

router = APIRouter(prefix="/v1")


@dataclass(frozen=True)
class House:
    """What stands behind the routes of one app."""

    receivers: Mapping[Channel, Receiver]
    key: bytes
    guard: Guard


def create_receiver_app(
    receivers: Mapping[Channel, Receiver], key: bytes, clock: Callable[[], datetime]
) -> FastAPI:
    """Return the app that takes deliveries for ``receivers``, all under one ``key``."""
    app = FastAPI(
        title="Receivers of deliveries",
        version="1",
        description=delivery_api.__doc__ or "",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.house = House(receivers, key, Guard(key, clock))
    app.include_router(router)
    return app


async def signed(
    request: Request,
    idempotency_key: Annotated[str, Header()],
    kuaichu_timestamp: Annotated[str, Header()],
    kuaichu_nonce: Annotated[str, Header()],
    kuaichu_signature: Annotated[str, Header()],
    content_digest: Annotated[str, Header()],
) -> Parcel:
    """Dependency: what came, from whoever holds the key; 401 for anybody else."""
    del kuaichu_timestamp, kuaichu_nonce, kuaichu_signature, content_digest  # described here, read below
    house: House = request.app.state.house
    body = await request.body()
    try:
        house.guard.require(request.url.path, request.headers, body)
    except BadSignature:
        raise HTTPException(401, "not signed with the shared key") from None
    return Parcel(id=DeliveryId(idempotency_key), body=body, tried=True)


Signed = Annotated[Parcel, Depends(signed)]


def _take(channel: Channel, parcel: Parcel, request: Request) -> Response:
    house: House = request.app.state.house
    try:
        receipt = house.receivers[channel].deliver(parcel)
    except NotDelivered as refusal:
        raise HTTPException(409, refusal.reason) from None
    body = encode(receipt)
    headers = answer_headers(house.key, request.headers[NONCE], 200, body)
    return Response(body, 200, headers, "application/json")


@router.post("/sms", response_model=Receipt)
def sms(_order: SmsOrder, parcel: Signed, request: Request) -> Response:
    """Send a text message."""
    return _take(Channel.SMS, parcel, request)


@router.post("/push", response_model=Receipt)
def push(_order: PushOrder, parcel: Signed, request: Request) -> Response:
    """Show a notice in the app."""
    return _take(Channel.PUSH, parcel, request)


@router.post("/claims", response_model=Receipt)
def claims(_order: ClaimOrder, parcel: Signed, request: Request) -> Response:
    """Open a claim."""
    return _take(Channel.INSURER, parcel, request)


@router.post("/dispatches", response_model=Receipt)
def dispatches(_order: DispatchOrder, parcel: Signed, request: Request) -> Response:
    """Send the district police."""
    return _take(Channel.DISPATCH, parcel, request)


@router.post("/records", response_model=Receipt)
def records(_order: AccidentRecord, parcel: Signed, request: Request) -> Response:
    """Take an issued document into the record."""
    return _take(Channel.REGISTRY, parcel, request)
