"""One-time codes: six digits by SMS, without which a party's link opens the page and nothing more.

A code belongs to one link, one act and one subject (the digest of what is signed or read), lives five minutes
and bears five tries. It is stored under a keyed digest whose key is not in the database, never passes through
journal or outbox, and nobody at a desk sees it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from console.contract.codec import encode
from console.contract.delivery_api import SmsOrder
from console.contract.party_api import LegalAct, PartyMessage
from console.domain.delivery import Channel
from console.domain.errors import DomainError
from console.domain.ids import DeliveryId, new_id
from console.service.core import Core
from console.service.deliveries.port import NotDelivered, Parcel
from console.service.journal import Work
from console.service.party_access import Visitor
from console.service.tables import one_time_codes

DIGITS = 6
LIFE = timedelta(minutes=5)
TRIES = 5
PER_HOUR = 10
"""Codes to one phone, whatever links went to it: a guess with every try is right once in 20,000 hours."""

ACTS: Mapping[LegalAct, str] = {
    LegalAct.SIGN: "签名确认认定内容",
    LegalAct.READ: "查看认定书",
    LegalAct.REVIEW: "申请复核",
    LegalAct.CLAIM: "保险报案",
}


@dataclass(frozen=True)
class Proof:
    """What a code was worth. ``refusal`` is empty where it was right."""

    id: str
    refusal: str = ""

    def require(self) -> None:
        """Raise the refusal."""
        if self.refusal:
            raise DomainError(self.refusal)

    def use(self, work: Work) -> None:
        """Take the code for used, in the transaction of the act; raise the refusal or ``code-spent``."""
        self.require()
        taken = work.connection.execute(
            update(one_time_codes)
            .where(one_time_codes.c.id == self.id, one_time_codes.c.used_at.is_(None))
            .values(used_at=work.now)
        )
        if not taken.rowcount:
            raise DomainError("code-spent")


def send(core: Core, visitor: Visitor, act: LegalAct, subject: str) -> None:
    """Send a fresh code; one before it is void. Raises ``no-phone``, ``too-many-requests`` (with
    ``retry_after`` in seconds) or ``code-not-sent``.
    """
    if not visitor.phone:
        raise DomainError("no-phone")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    sign = core.rules.office.sms_sign + ("（训练）" if core.settings.training else "")
    words = {"sign": sign, "code": code, "act": ACTS[act], "minutes": str(LIFE.seconds // 60)}
    text = core.city.templates.text("code", words)
    code_id = new_id()
    with core.work("party") as work:
        _require_rate(work, visitor.phone, act, timedelta(seconds=core.settings.code_pause_seconds))
        work.connection.execute(
            update(one_time_codes)
            .where(one_time_codes.c.link_id == visitor.link_id, one_time_codes.c.act == act.value)
            .where(one_time_codes.c.ends_at > work.now)
            .values(ends_at=work.now)
        )
        work.connection.execute(
            insert(one_time_codes).values(
                id=code_id,
                link_id=visitor.link_id,
                phone=visitor.phone,
                act=act.value,
                subject=subject,
                code_hash=_hash(core, code_id, code),
                sent_at=work.now,
                ends_at=work.now + LIFE,
                tries=0,
                training_text=text if core.settings.training else None,
            )
        )
        work.changed = True
    order = SmsOrder(phone=visitor.phone, text=text, template=f"code/{core.city.templates.version}")
    try:
        core.receivers[Channel.SMS].deliver(Parcel(id=DeliveryId(code_id), body=encode(order), tried=False))
    except NotDelivered:
        raise DomainError("code-not-sent") from None


def prove(core: Core, visitor: Visitor, act: LegalAct, subject: str, code: str) -> Proof:
    """Judge a code, and count the try whatever comes of the act."""
    if not code:
        return Proof("", "code-needed")
    with core.work("party") as work:
        row = _newest(work.connection, visitor, act)
        if row is None or row.ends_at <= work.now or row.tries >= TRIES or row.subject != subject:
            return Proof("", "code-spent")
        if row.used_at is not None:
            return Proof(row.id, "code-spent")
        if secrets.compare_digest(row.code_hash, _hash(core, row.id, code)):
            return Proof(row.id)
        work.connection.execute(
            update(one_time_codes)
            .where(one_time_codes.c.id == row.id)
            .values(tries=one_time_codes.c.tries + 1)
        )
    return Proof("", "code-wrong")


def simulated(connection: Connection, visitor: Visitor) -> tuple[PartyMessage, ...]:
    """Return the SMS that a training service would have sent to this phone."""
    rows = connection.execute(
        select(one_time_codes.c.training_text, one_time_codes.c.sent_at)
        .where(one_time_codes.c.link_id == visitor.link_id, one_time_codes.c.training_text.is_not(None))
        .order_by(one_time_codes.c.sent_at)
    )
    return tuple(PartyMessage(text=row.training_text, sent_at=row.sent_at) for row in rows)


def _newest(connection: Connection, visitor: Visitor, act: LegalAct) -> Row[Any] | None:
    return connection.execute(
        select(one_time_codes)
        .where(one_time_codes.c.link_id == visitor.link_id, one_time_codes.c.act == act.value)
        .order_by(one_time_codes.c.sent_at.desc(), one_time_codes.c.id)
        .limit(1)
    ).one_or_none()


def _require_rate(work: Work, phone: str, act: LegalAct, pause: timedelta) -> None:
    to_phone = one_time_codes.c.phone == phone
    hour = one_time_codes.c.sent_at > work.now - timedelta(hours=1)
    count = work.connection.execute(select(func.count()).where(to_phone, hour)).scalar_one()
    if count >= PER_HOUR:
        raise DomainError("too-many-requests", retry_after=3600)
    last = work.connection.execute(
        select(func.max(one_time_codes.c.sent_at)).where(to_phone, one_time_codes.c.act == act.value)
    ).scalar_one()
    if last is not None and last > work.now - pause:
        raise DomainError("too-many-requests", retry_after=int((last + pause - work.now).total_seconds()) + 1)


def _hash(core: Core, code_id: str, code: str) -> str:
    return core.seal.fingerprint(f"{code_id} {code}")
