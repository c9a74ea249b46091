"""How old a picture is and what that means (interface.md 6, table "Age badge"); pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.parts import tr

Freshness = Literal["live", "stutter", "stale", "none", "paused"]
STUTTER_S = 0.8
STALE_S = 1.5


@dataclass(frozen=True)
class Age:
    """What the badge says. grey: paint a grey copy; snapshot: may a picture be taken now."""

    freshness: Freshness
    words: str
    icon: str
    colour: str
    grey: bool
    snapshot: bool


def judge(age_s: float | None, waiting_s: float | None = 0.0, paused: str = "", sound: bool = True) -> Age:
    """Judge the newest decoded frame.

    age_s: seconds since it was decoded, None when there is none; waiting_s: how long the first is awaited,
    None when nobody is on the line; paused: reason given by the phone (call, lock screen), "" when it sends;
    sound: "live" is said only when sound came too, else the badge tells that the sound is missing.
    """
    if paused:
        return Age(
            "paused", tr("对方已暂停 · %1").replace("%1", paused), "circle-pause", "video_warn", True, False
        )
    if age_s is None:
        words = tr("没有通话")
        if waiting_s is not None:
            words = tr("未接通 · 等第一帧 %1 秒").replace("%1", f"{waiting_s:.0f}")
        return Age("none", words, "circle-dashed", "video_text", False, False)
    seconds = f"{age_s:.1f}"
    if age_s > STALE_S:
        return Age("stale", tr("陈旧 %1 秒").replace("%1", seconds), "clock-alert", "video_warn", True, False)
    if age_s >= STUTTER_S:
        return Age(
            "stutter", tr("卡顿 %1 秒").replace("%1", seconds), "triangle-alert", "video_warn", False, True
        )
    if not sound:
        return Age(
            "live", tr("画面 %1 秒 · 等声音").replace("%1", seconds), "circle-dot", "video_text", False, True
        )
    return Age("live", tr("实时 %1 秒").replace("%1", seconds), "circle-dot", "video_ok", False, True)
