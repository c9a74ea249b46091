"""The vault: what is stored can be read, by nobody else, and a crash leaves nothing half done."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from console.adapters.evidence_vault import digests_of
from console.domain.errors import DomainError
from console.domain.evidence import Custody
from console.domain.ids import EvidenceId
from console.usecases.facts import KeyPlace
from tests.adapters.vaults import PICTURE, opened
from tests.fake_service import FakeService
from tests.fakes import FakeSecrets
from tests.service.pictures import digests

pytestmark = pytest.mark.asyncio

SERVICE = FakeService()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "items").iterdir())


async def test_digests_are_those_of_the_plain_bytes() -> None:
    assert digests_of(PICTURE) == digests(PICTURE)


async def test_what_is_stored_is_sealed_and_comes_back_whole(tmp_path: Path) -> None:
    async with opened(tmp_path, SERVICE, running=False) as desk:
        evidence_id = await desk.capture()
        assert await desk.vault.read(evidence_id) == PICTURE
        (file,) = files(tmp_path)
        assert PICTURE[100:200] not in file.read_bytes()
        assert (await desk.custody(evidence_id)).custody is Custody.CAPTURED
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert stat.S_IMODE((tmp_path / "local.key").stat().st_mode) == 0o600
    async with opened(tmp_path, SERVICE, running=False) as desk:
        assert desk.recovered.waiting == 1
        assert await desk.vault.read(evidence_id) == PICTURE


async def test_the_key_lies_in_the_keyring_when_there_is_one(tmp_path: Path) -> None:
    secrets = FakeSecrets(KeyPlace.KEYRING)
    async with opened(tmp_path, SERVICE, secrets=secrets, running=False) as desk:
        assert desk.vault.key_place() is KeyPlace.KEYRING
        evidence_id = await desk.capture()
    assert not (tmp_path / "local.key").exists()
    async with opened(tmp_path, SERVICE, secrets=secrets, running=False) as desk:
        assert await desk.vault.read(evidence_id) == PICTURE


async def test_a_locked_keyring_does_no_harm(tmp_path: Path) -> None:
    secrets = FakeSecrets(KeyPlace.KEYRING)
    async with opened(tmp_path, SERVICE, secrets=secrets, running=False) as desk:
        early = await desk.capture()
    async with opened(tmp_path, SERVICE, running=False) as desk:
        assert desk.vault.key_place() is KeyPlace.FILE
        with pytest.raises(DomainError, match="evidence-locked"):
            await desk.vault.read(early)
        late = await desk.capture()
    async with opened(tmp_path, SERVICE, secrets=secrets, running=False) as desk:
        assert await desk.vault.read(early) == await desk.vault.read(late) == PICTURE


async def test_a_flipped_byte_is_found(tmp_path: Path) -> None:
    async with opened(tmp_path, SERVICE, running=False) as desk:
        evidence_id = await desk.capture()
        (file,) = files(tmp_path)
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        with pytest.raises(DomainError, match="evidence-corrupt"):
            await desk.vault.read(evidence_id)


async def test_an_unknown_item(tmp_path: Path) -> None:
    async with opened(tmp_path, SERVICE, running=False) as desk:
        with pytest.raises(DomainError, match="evidence-unknown"):
            await desk.vault.read(EvidenceId("0" * 32))


async def test_what_nobody_was_told_of_is_thrown_away(tmp_path: Path) -> None:
    async with opened(tmp_path, SERVICE, running=False) as desk:
        evidence_id = await desk.capture()
    (kept,) = files(tmp_path)
    (tmp_path / "items" / f"{'1' * 32}.part").write_bytes(b"half a picture")
    (tmp_path / "items" / f"{'2' * 32}.sealed").write_bytes(b"renamed, but not in the database")
    async with opened(tmp_path, SERVICE, running=False) as desk:
        assert (desk.recovered.waiting, desk.recovered.discarded, desk.recovered.corrupt) == (1, 2, ())
        assert files(tmp_path) == [kept]
        assert await desk.vault.read(evidence_id) == PICTURE


async def test_a_lost_file_is_reported_by_name(tmp_path: Path) -> None:
    async with opened(tmp_path, SERVICE, running=False) as desk:
        evidence_id = await desk.capture()
    files(tmp_path)[0].unlink()
    async with opened(tmp_path, SERVICE, running=False) as desk:
        assert (desk.recovered.waiting, desk.recovered.corrupt) == (0, (evidence_id,))
        item = await desk.custody(evidence_id)
        assert (item.custody, item.reason) == (Custody.CORRUPT, "file-missing")


async def test_sha256_is_the_well_known_one() -> None:
    assert digests_of(b"abc").sha256 == hashlib.sha256(b"abc").hexdigest()
    assert digests_of(b"abc").sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
