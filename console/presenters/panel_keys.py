"""The keys that act while one panel of a call has the keyboard (interface.md 4)."""

from __future__ import annotations

from console.presenters.compare import ComparePresenter
from console.presenters.difference import DifferencePresenter
from console.presenters.discard import DiscardPresenter
from console.presenters.drawing import DrawingPresenter
from console.presenters.evidence import EvidencePresenter
from console.presenters.keys import KeyMap
from console.presenters.pages import CallPage
from console.presenters.phone_camera import PhoneCameraPresenter
from console.presenters.place import PlacePresenter
from console.presenters.window import DeskWindow
from console.presenters.words import tr


def bind_picture_keys(
    keys: KeyMap,
    call: CallPage,
    evidence: EvidencePresenter,
    camera: PhoneCameraPresenter,
    discard: DiscardPresenter,
    compare: ComparePresenter,
    drawing: DrawingPresenter,
) -> None:
    """Bind them in both panels; the strip has brackets and arrows of its own."""
    for panel, name in ((call.video_panel, "video"), (call.strip_panel, "strip")):
        keys.within(panel, name, "Space", tr("抓拍"), evidence.take)
        keys.within(panel, name, "Enter", tr("推送话术"), evidence.push)
        keys.within(panel, name, "B", tr("模糊 ⇄ 看清"), evidence.blur)
        keys.within(panel, name, "Del", tr("弃用"), discard.press)
        keys.within(panel, name, "X", tr("同槽位比较"), compare.toggle)
        keys.within(panel, name, "Z", tr("放大"), call.video.toggle_loupe)
        keys.within(panel, name, "D", tr("标画"), drawing.toggle)
        keys.within(panel, name, "T", tr("手电"), camera.light)
        keys.within(panel, name, "+", tr("拉近"), camera.nearer)
        keys.within(panel, name, "-", tr("拉远"), camera.farther)
    keys.within(call.video_panel, "video", "[", tr("上一槽位"), lambda: evidence.step(-1))
    keys.within(call.video_panel, "video", "]", tr("下一槽位"), lambda: evidence.step(1))


def bind_panel_keys(
    keys: KeyMap, call: CallPage, difference: DifferencePresenter, place: PlacePresenter
) -> None:
    """Bind those of the differences and of the map."""
    keys.within(call.checks.difference, "difference", "F", tr("人像并排"), difference.open_face)
    keys.within(call.place.map, "place", "G", tr("采用定位"), place.adopt)
    keys.within(call.place.map, "place", "P", tr("移图钉"), place.toggle_move)
    keys.within(call.place.map, "place", "D", tr("换坐标系"), place.switch_datum)


def bind_ways(window: DeskWindow) -> None:
    """Bind the keys that go to a panel of whichever page is shown."""
    window.bind_go("Ctrl+1", tr("队列"), ("queue", "scenarios"))
    window.bind_go("Ctrl+2", tr("当事人"), ("reading", "difference", "party-a", "running"))
    window.bind_go("Ctrl+3", tr("主表"), ("facts", "triage", "cases", "progress"))
    window.bind_go("Ctrl+4", tr("备注"), ("notes",))
    window.bind_go("Ctrl+5", tr("地点"), ("place",))
