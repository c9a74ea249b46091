"""Drafts outlive the desk, are dropped only for the very value sent, and cannot be read from the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from console.adapters.drafts import Drafts
from console.adapters.local_keys import LocalKeys
from console.contract.desk_api import StateFact, StatePartyDetails, WriteNotes
from console.domain.ids import IncidentId
from console.domain.party import PartyDetails
from console.domain.triage import Answer, TriageFact
from console.usecases.edits import NOTES, RULING, fact_key, party_key
from console.usecases.facts import EditValue, KeyPlace
from console.usecases.ports import Draft
from tests.fakes import FakeSecrets
from tests.unit.domain.builders import PARTY_A, ruling

pytestmark = pytest.mark.asyncio

INCIDENT = IncidentId("incident")


@asynccontextmanager
async def opened(folder: Path, secrets: FakeSecrets) -> AsyncIterator[Drafts]:
    keys = LocalKeys(secrets, folder)
    await keys.open()
    drafts = Drafts(folder, keys)
    try:
        yield drafts
    finally:
        await asyncio.to_thread(drafts.close)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def draft(key: str, value: EditValue) -> Draft:
    return Draft(incident_id=INCIDENT, key=key, value=value)


NOTE = draft(NOTES, WriteNotes(text="对方司机说刹车晚了"))
ALL = (
    NOTE,
    draft(fact_key(TriageFact.INJURY), StateFact(answer=Answer.NO)),
    draft(party_key(PARTY_A), StatePartyDetails(details=PartyDetails(name="示例安"))),
    draft(RULING, ruling()),
)


async def test_every_kind_of_edit_outlives_the_desk_sealed(tmp_path: Path) -> None:
    secrets = FakeSecrets(KeyPlace.MEMORY)
    async with opened(tmp_path, secrets) as drafts:
        for one in ALL:
            await drafts.keep(one)
        await drafts.remember("open case", "incident")
    written = everything_in(tmp_path)
    assert "刹车".encode() not in written
    assert "示例安".encode() not in written
    async with opened(tmp_path, secrets) as drafts:
        assert await drafts.all() == ALL
        assert await drafts.recall("open case") == "incident"
        assert await drafts.recall("nothing") is None


async def test_only_the_value_that_was_sent_is_dropped(tmp_path: Path) -> None:
    async with opened(tmp_path, FakeSecrets(KeyPlace.MEMORY)) as drafts:
        newer = replace(NOTE, value=WriteNotes(text="更正"))
        await drafts.keep(NOTE)
        await drafts.keep(newer)
        await drafts.forget(NOTE)
        assert await drafts.all() == (newer,)
        await drafts.forget(newer)
        assert await drafts.all() == ()


@pytest.mark.allows_log("1 drafts of an earlier run cannot be read")
async def test_a_draft_under_a_locked_key_stays_for_later(tmp_path: Path) -> None:
    secrets = FakeSecrets(KeyPlace.KEYRING)
    async with opened(tmp_path, secrets) as drafts:
        await drafts.keep(NOTE)
    async with opened(tmp_path, FakeSecrets(KeyPlace.MEMORY)) as drafts:
        assert await drafts.all() == ()
    async with opened(tmp_path, secrets) as drafts:
        assert await drafts.all() == (NOTE,)
