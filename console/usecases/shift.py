"""Shift: sign in, be ready or on a break, sign out."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from console.contract.codec import DecodeError, decode, encode
from console.contract.desk_api import (
    ChangePassword,
    RenewSession,
    SeatState,
    Session,
    SetSeatState,
    SignIn,
)
from console.contract.lock_api import Unlock
from console.domain.errors import DomainError
from console.usecases.facts import KeyPlace, Publish, SeatChanged, SecretsState, SessionClosed, SessionOpened
from console.usecases.ports import ClockPort, SecretsPort, ServicePort, ServiceUnavailable, VaultPort

KEPT_SESSION = "session"
"""Name under which the open session, token included, lies in the keyring."""


class Shift:
    """Who works at this desk. The tokens are kept in the keyring, or it is said honestly where else."""

    def __init__(
        self,
        service: ServicePort,
        secrets: SecretsPort,
        vault: VaultPort,
        clock: ClockPort,
        publish: Publish,
    ) -> None:
        self._service = service
        self._secrets = secrets
        self._clock = clock
        self._publish = publish
        self._vault = vault
        self._session: Session | None = None
        self._locked = False
        service.renew_with(self._renew)

    @property
    def session(self) -> Session:
        """The open session; raises ``not-signed-in``."""
        if self._session is None:
            raise DomainError("not-signed-in")
        return self._session

    async def sign_in(self, offered: SignIn) -> Session:
        """Sign in and keep the tokens; raises the service's refusal or ``ServiceUnavailable``."""
        session = await self._service.sign_in(offered)
        self._open(session, await self._keep(session))
        return session

    async def change_password(self, current: str, new: str) -> None:
        """Replace the own password; raises the service's refusal."""
        await self._service.change_password(ChangePassword(current=current, new=new))

    async def lock(self) -> None:
        """Keep the tokens in memory alone from now on: a desk that is started anew asks who is there."""
        self._locked = True
        await self._secrets.delete(KEPT_SESSION)

    async def unlock(self, password: str) -> None:
        """Go on after a lock; raises the service's refusal or ``ServiceUnavailable`` and stays locked."""
        await self._service.unlock(Unlock(password=password))
        self._locked = False
        await self._keep(self.session)

    async def _renew(self) -> None:
        """Exchange tokens that have run out; the person and the seat stay."""
        session = await self._service.renew(RenewSession(renewal_token=self.session.renewal_token))
        self._session = session
        self._service.use_token(session.token)
        if not self._locked:
            await self._keep(session)

    async def _keep(self, session: Session) -> KeyPlace:
        return await self._secrets.save(KEPT_SESSION, encode(session).decode())

    async def resume(self) -> Session | None:
        """Take up a kept sign-in that has not run out; whether it still holds, the feed finds out."""
        kept = await self._secrets.load(KEPT_SESSION)
        if kept is None:
            return None
        with contextlib.suppress(DecodeError):
            session: Session = decode(Session, kept)
            if session.ends_at > self._clock.now():
                self._open(session, KeyPlace.KEYRING)
                return session
        await self._secrets.delete(KEPT_SESSION)
        return None

    async def set_seat(self, state: SeatState, reason: str = "") -> None:
        """Be ready for calls, or take a break."""
        await self._service.set_seat(SetSeatState(state=state, reason=reason))
        self._publish(SeatChanged(state=state, reason=reason))

    async def sign_out(self) -> None:
        """End the session; the token is deleted here even when the service cannot be reached."""
        with contextlib.suppress(ServiceUnavailable, DomainError):
            await self._service.sign_out()
        await self.close("")

    async def close(self, reason: str) -> None:
        """Forget the session because the service ended it (``reason``) or it was signed out (empty)."""
        self._session = None
        self._service.use_token("")
        await self._secrets.delete(KEPT_SESSION)
        self._publish(SessionClosed(reason=reason))

    def _open(self, session: Session, place: KeyPlace) -> None:
        self._session = session
        self._service.use_token(session.token)
        self._publish(
            SecretsState(token=place, vault_key=self._vault.key_place(), reason=self._secrets.reason())
        )
        self._publish(SessionOpened(session=replace(session, token="", renewal_token="")))
