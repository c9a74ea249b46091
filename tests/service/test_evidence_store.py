"""The evidence folder on a real disk."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.errors import DomainError
from console.domain.ids import EvidenceId, new_id
from console.service.evidence_store import MAX_BYTES, EvidenceStore, Picture
from tests.service.pictures import bomb, digests, picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the store lies."""
    return tmp_path / "evidence"


@pytest.fixture
def store(folder: Path) -> EvidenceStore:
    """Return an empty store."""
    return EvidenceStore(folder)


def put(
    store: EvidenceStore, evidence_id: EvidenceId, data: bytes, announced: Picture | None = None
) -> Picture:
    """Send ``data`` in pieces, as a network would."""
    with store.receive(evidence_id) as intake:
        for start in range(0, len(data), 1000):
            intake.write(data[start : start + 1000])
        return intake.keep(announced, digests(data).sha256)


def files(folder: Path) -> list[Path]:
    """Return every file there is, also what is arriving."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_bytes_come_back_as_they_went_in(
    store: EvidenceStore, folder: Path, kind: str, media_type: str
) -> None:
    data, evidence_id = picture(kind=kind), EvidenceId(new_id())
    announced = Picture(digests=digests(data), media_type=media_type, width=320, height=180)
    assert put(store, evidence_id, data, announced) == announced
    assert files(folder) == [folder / evidence_id[:2] / evidence_id[2:4] / evidence_id]
    assert store.path(evidence_id).read_bytes() == data


def test_the_same_again_changes_nothing_and_other_bytes_are_refused(
    store: EvidenceStore, folder: Path
) -> None:
    evidence_id = EvidenceId(new_id())
    first = put(store, evidence_id, picture(1))
    assert put(store, evidence_id, picture(1)) == first
    with pytest.raises(DomainError) as refused:
        put(store, evidence_id, picture(2))
    assert refused.value.code == "evidence-exists"
    assert store.path(evidence_id).read_bytes() == picture(1)
    assert len(files(folder)) == 1


def test_every_flipped_byte_is_found(store: EvidenceStore, folder: Path) -> None:
    data = picture(width=16, height=16)
    for place in range(0, len(data), 7):
        broken = bytearray(data)
        broken[place] ^= 0x01
        with store.receive(EvidenceId(new_id())) as intake:
            intake.write(bytes(broken))
            with pytest.raises(DomainError) as refused:
                intake.keep(None, digests(data).sha256)
        assert refused.value.code == "digest-mismatch"
    assert files(folder) == []


ANNOUNCED = Picture(digests=digests(picture()), media_type="image/jpeg", width=320, height=180)


@pytest.mark.parametrize(
    ("announced", "code"),
    [
        (replace(ANNOUNCED, digests=replace(ANNOUNCED.digests, sm3="0" * 64)), "digest-mismatch"),
        (replace(ANNOUNCED, digests=replace(ANNOUNCED.digests, size=1)), "digest-mismatch"),
        (replace(ANNOUNCED, media_type="image/png"), "picture-mismatch"),
        (replace(ANNOUNCED, width=1280, height=720), "picture-mismatch"),
    ],
)
def test_everything_announced_must_hold(
    store: EvidenceStore, folder: Path, announced: Picture, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        put(store, EvidenceId(new_id()), picture(), announced)
    assert refused.value.code == code
    assert files(folder) == []


def test_damage_on_the_disk_is_said(store: EvidenceStore) -> None:
    evidence_id, data = EvidenceId(new_id()), picture()
    put(store, evidence_id, data)
    assert store.read(evidence_id, digests(data)) == data
    store.path(evidence_id).write_bytes(data[:-1] + b"!")
    with pytest.raises(DomainError) as damaged:
        store.read(evidence_id, digests(data))
    assert damaged.value.code == "evidence-damaged"
    store.path(evidence_id).unlink()
    with pytest.raises(DomainError) as gone:
        store.read(evidence_id, digests(data))
    assert gone.value.code == "evidence-damaged"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"GIF89a" + bytes(100), id="another format"),
        pytest.param(picture()[:-2000], id="JPEG cut short"),
        pytest.param(picture(kind="PNG")[:-2000], id="PNG cut short"),
        pytest.param(picture()[:300], id="only a head"),
        pytest.param(bomb(), id="3.6 thousand million pixels"),
        pytest.param(bomb(8000, 7000), id="just too many pixels"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="markup"),
    ],
)
def test_what_is_no_whole_picture_is_refused(store: EvidenceStore, folder: Path, data: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        put(store, EvidenceId(new_id()), data)
    assert refused.value.code == "not-a-picture"
    assert files(folder) == []


def test_too_much_is_refused_while_it_arrives(store: EvidenceStore, folder: Path) -> None:
    block = bytes(MAX_BYTES // 4)
    with store.receive(EvidenceId(new_id())) as intake:
        for _ in range(4):
            intake.write(block)
        with pytest.raises(DomainError) as refused:
            intake.write(b"!")
    assert (refused.value.code, refused.value.params) == ("body-too-large", {"limit": MAX_BYTES})
    assert files(folder) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"])
def test_only_identifiers_name_a_place(store: EvidenceStore, name: str) -> None:
    with pytest.raises(DomainError) as refused:
        store.path(EvidenceId(name))
    assert refused.value.code == "unknown-evidence"


def test_two_at_once_under_one_id_leave_one_whole_item(store: EvidenceStore, folder: Path) -> None:
    evidence_id, pictures = EvidenceId(new_id()), [picture(seed) for seed in range(8)]
    outcomes: list[str] = []

    def send(data: bytes) -> None:
        try:
            put(store, evidence_id, data)
            outcomes.append("kept")
        except DomainError as error:
            outcomes.append(error.code)

    senders = [threading.Thread(target=send, args=(data,)) for data in pictures]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(30)
    assert sorted(outcomes) == ["evidence-exists"] * 7 + ["kept"]
    assert store.path(evidence_id).read_bytes() in pictures
    assert len(files(folder)) == 1


def test_what_an_earlier_run_left_half_done_is_forgotten(folder: Path) -> None:
    incoming = folder / "incoming"
    incoming.mkdir(parents=True)
    (incoming / "old").write_bytes(b"half")
    (incoming / "fresh").write_bytes(b"half")
    os.utime(incoming / "old", (1, 1))
    EvidenceStore(folder)
    assert files(folder) == [incoming / "fresh"]
