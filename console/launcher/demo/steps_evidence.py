"""Steps from the first snapshot to the cleared road."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from itertools import takewhile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from console.contract import codec
from console.contract.frame_mark import read_mark
from console.contract.observation import (
    ControlHeard,
    CustodyShown,
    EvacuationShown,
    FramePainted,
    FrameSent,
    NoticeSeen,
    SlotAimed,
    StillSent,
)
from console.domain.evidence import CaptureSource, Custody, Slot
from console.domain.evidence import Evidence as Item
from console.launcher.demo.cast import Cast, Evidence
from console.launcher.demo.observations import StepFailed, until
from console.launcher.demo.witness import sha256

STILL_SLOT = Slot.PLATE_B
"""Taken as the phone's own full-resolution still; all other slots are snapshots of the live picture."""

LEFT = "已驶离"
"""What the desk writes once the caller has confirmed."""

VIEW_SECONDS = 150.0
"""A phone that films round and round comes to the wanted view twice within this time."""

SETTLE_SECONDS = 1.0
"""A view is taken once it has stood so long: the encoder draws a new one coarsely at first."""

PRESS_PICTURES = 30
"""A key is pressed and has done its work before so many further pictures were sent."""


def snapshot(cast: Cast) -> Evidence:
    """Each required slot: guide the phone, wait until its view is on the screen, press Space."""
    cast.focus("video")
    slots = cast.incident().missing_slots
    for slot in slots:
        _take(cast, slot)
    return {
        "slots": [slot.value for slot in slots],
        "captured": len({shown.slot for shown in cast.desk.all(CustodyShown)}),
        "picture": cast.picture("05-evidence"),
    }


def _take(cast: Cast, slot: Slot) -> None:
    until(lambda: _aimed(cast) == slot.value, 10, f"the strip moves on to {slot.value}")
    guide(cast, slot)
    # A still lies nowhere but on the service: where that cannot store, it cannot be taken.
    press(cast, slot, "ctrl+F7" if slot is STILL_SLOT and cast.fault != "upload" else "space")


def aim(cast: Cast, slot: Slot) -> None:
    """Walk through the strip to ``slot``; the keyboard is with the video."""
    cast.home()
    order = [known.value for known in Slot]
    for _ in Slot:
        aimed = _aimed(cast)
        if aimed == slot.value:
            return
        before = len(cast.desk.all(SlotAimed))
        cast.hands.key("bracketleft" if order.index(aimed) > order.index(slot.value) else "bracketright")
        until(partial(_aimed_after, cast, before), 5, "the strip moves on")
    raise StepFailed(f"the strip has no {slot.value}")


def _aimed_after(cast: Cast, count: int) -> bool:
    return len(cast.desk.all(SlotAimed)) > count


def guide(cast: Cast, slot: Slot) -> None:
    """Enter guides the phone to the slot that is aimed at; its view is on the screen afterwards."""
    began = time.monotonic_ns()
    cast.hands.key("Return")
    cast.phone.wait(
        ControlHeard,
        lambda c: c.control == "guide" and c.text == slot.value,
        30,
        f"the phone is guided to {slot.value}",
        began,
    )
    views = {f.mark: f.view for f in cast.phone.all(FrameSent)}

    def on_screen() -> bool:
        views.update((f.mark, f.view) for f in cast.phone.all(FrameSent, began))
        painted = [frame for frame in cast.desk.all(FramePainted, began) if frame.mark is not None]
        standing = list(takewhile(lambda frame: views.get(frame.mark or 0) == slot.value, reversed(painted)))
        if not standing or standing[0].at_ns - standing[-1].at_ns < SETTLE_SECONDS * 1e9:
            return False
        # The camera may be a film, of which is known what comes: the view must last while the key is pressed.
        return views.get((standing[0].mark or 0) + PRESS_PICTURES, slot) == slot.value

    until(on_screen, VIEW_SECONDS, f"the view {slot.value} stands on the screen")


def press(cast: Cast, slot: Slot, key: str) -> None:
    """Take a picture into ``slot`` with ``key``; the strip shows it."""
    began = time.monotonic_ns()
    cast.hands.key(key)
    cast.desk.wait(
        CustodyShown, lambda c: c.slot == slot.value, 20, f"the strip shows {slot.value} as captured", began
    )


def _aimed(cast: Cast) -> str:
    aimed = cast.desk.all(SlotAimed)
    return aimed[-1].slot if aimed else ""


def upload(cast: Cast) -> Evidence:
    """Every item lies on the service with the digest announced, and its pixels are those the phone sent."""
    try:
        until(lambda: not cast.incident().missing_slots, 30, "the service has a picture for every slot")
        until(lambda: _all_verified(cast), 30, "the strip says verified for every item")
    except StepFailed:
        _give_back_store(cast)
        raise
    views = {frame.mark: frame.view for frame in cast.phone.all(FrameSent)}
    stills = {still.mark: still.evidence_id for still in cast.phone.all(StillSent)}
    items = []
    for item in cast.incident().evidence:
        content = cast.witness.evidence(cast.incident().id, item.id)
        items.append(_judge(cast, item, content, views, stills))
    return {"items": items, "verified": len(items)}


def take_away_store(service_data: Path) -> None:
    """The upload fault: a file stands where the service keeps evidence, so that nothing can be stored."""
    folder = service_data / "evidence"
    if folder.exists():
        folder.rename(service_data / "evidence-away")
    folder.write_bytes(b"")


def _give_back_store(cast: Cast) -> None:
    folder, away = cast.service_data / "evidence", cast.service_data / "evidence-away"
    if folder.is_file():
        folder.unlink()
        if away.exists():
            away.rename(folder)
        cast.hands.key("ctrl+u")
        until(lambda: not cast.incident().missing_slots, 60, "the service has every picture after all")


def _all_verified(cast: Cast) -> bool:
    last = {shown.evidence_id: shown.custody for shown in cast.desk.all(CustodyShown)}
    return bool(last) and all(custody == Custody.VERIFIED.value for custody in last.values())


def _judge(
    cast: Cast, item: Item, content: bytes, views: Mapping[int, str], stills: Mapping[int, str]
) -> dict[str, str | int]:
    if sha256(content) != item.digests.sha256:
        raise StepFailed(f"the digest of {item.capture.slot.value} differs")
    mark = picture_mark(content)
    slot = item.capture.slot.value
    if item.capture.source is CaptureSource.PHONE_STILL:
        if stills.get(mark) != item.id:
            raise StepFailed(f"the still for {slot} is not the one the phone sent")
    elif views.get(mark) != slot:
        raise StepFailed(f"the picture for {slot} shows {views.get(mark, 'something never sent')}")
    suffix = "png" if item.capture.media_type == "image/png" else "jpg"
    name = f"{slot}-{item.id}.{suffix}"
    folder = cast.out / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / f"{name}.manifest.json").write_bytes(codec.encode(item))
    return {
        "file": f"evidence/{name}",
        "manifest": f"evidence/{name}.manifest.json",
        "evidence_id": item.id,
        "slot": slot,
        "source": item.capture.source.value,
        "sha256": item.digests.sha256,
        "sm3": item.digests.sm3,
        "size": item.digests.size,
        "counter": mark,
    }


def picture_mark(content: bytes) -> int:
    """Return the counter burned into a JPEG or PNG; raise ``StepFailed`` when there is none."""
    grey = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise StepFailed("an item on the service is no picture")
    return burned_mark(np.asarray(grey, np.uint8))


def burned_mark(grey: NDArray[np.uint8]) -> int:
    """Return the counter burned into ``(height, width)`` grey levels; raise ``StepFailed`` without one."""
    mark = read_mark(grey.shape[1], grey.shape[0], lambda x, y: int(grey[y, x]))
    if mark is None:
        raise StepFailed("a picture on the service carries no counter")
    return mark


def evacuation(cast: Cast) -> Evidence:
    """F9 twice tells the parties to clear the road; the phone shows it and confirms."""
    cast.hands.key("F9", "F9")
    until(lambda: cast.incident().evacuation is not None, 15, "the service sent the evacuation notice")
    seen = cast.phone.wait(NoticeSeen, lambda n: n.confirmed, 30, "the phone confirms that it has left")
    until(
        lambda: any(party.evacuated_at for party in cast.incident().parties),
        10,
        "the service has the confirmation",
    )
    cast.desk.wait(EvacuationShown, lambda e: LEFT in e.text, 10, "the desk shows that the caller has left")
    notice = cast.incident().evacuation
    if notice is None or notice.text != seen.text:
        raise StepFailed("the phone shows another text than was sent")
    return {"text": notice.text, "sent_at": notice.at.isoformat(), "picture": cast.picture("06-evacuation")}
