"""The keys of a call: those of one panel, those that end a step, those that go somewhere (interface.md 4)."""

from __future__ import annotations

from console.presenters.acts import ActsPresenter
from console.presenters.compare import ComparePresenter
from console.presenters.difference import DifferencePresenter
from console.presenters.discard import DiscardPresenter
from console.presenters.drawing import DrawingPresenter
from console.presenters.evidence import EvidencePresenter
from console.presenters.full import FullPicture
from console.presenters.keys import KeyMap
from console.presenters.pages import CallPage, RulingPage
from console.presenters.phone_camera import PhoneCameraPresenter
from console.presenters.place import PlacePresenter
from console.presenters.review import ReviewPresenter
from console.presenters.ruling import RulingPresenter
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
    """Bind them in both panels; the strip has arrows of its own."""
    panels = {"video": call.video_panel, "strip": call.strip_panel}
    keys.within(panels, "Space", tr("抓拍"), evidence.take)
    keys.within(panels, "Enter", tr("推送话术"), evidence.push)
    keys.within(panels, "B", tr("模糊 ⇄ 看清"), evidence.blur)
    keys.within(panels, "Del", tr("弃用"), discard.press)
    keys.within(panels, "X", tr("同槽位比较"), compare.toggle)
    keys.within(panels, "Z", tr("放大"), compare.magnify)
    keys.within(panels, "D", tr("标画"), drawing.toggle)
    keys.within(panels, "T", tr("手电"), camera.light)
    keys.within(panels, "+", tr("拉近"), camera.nearer)
    keys.within(panels, "-", tr("拉远"), camera.farther)
    keys.within(panels, "[", tr("上一槽位"), lambda: evidence.step(-1))
    keys.within(panels, "]", tr("下一槽位"), lambda: evidence.step(1))


def bind_panel_keys(
    keys: KeyMap,
    call: CallPage,
    ruling: RulingPage,
    difference: DifferencePresenter,
    place: PlacePresenter,
) -> None:
    """Bind those of the differences, of the map, and of the officer's evidence."""
    keys.within({"difference": call.checks.difference}, "F", tr("人像并排"), difference.open_face)
    keys.within({"place": call.place.map}, "G", tr("采用定位"), place.adopt)
    keys.within({"place": call.place.map}, "P", tr("移图钉"), place.toggle_move)
    keys.within({"place": call.place.map}, "D", tr("换坐标系"), place.switch_datum)
    looked_at = {"evidence": ruling.strip_panel}
    shown = ruling.picture
    keys.within(looked_at, "Z", tr("放大"), lambda: shown.show_loupe(shown=not shown.magnified))
    keys.within(looked_at, "[", tr("上一槽位"), lambda: ruling.strip.step(-1))
    keys.within(looked_at, "]", tr("下一槽位"), lambda: ruling.strip.step(1))


def bind_ways(window: DeskWindow) -> None:
    """Bind the keys that go to a panel of whichever page is shown."""
    window.bind_go("Ctrl+1", tr("队列"), ("queue", "scenarios"))
    window.bind_go("Ctrl+2", tr("当事人"), ("reading", "difference", "party-a", "running"))
    window.bind_go("Ctrl+3", tr("主表"), ("facts", "triage", "cases", "progress"))
    window.bind_go("Ctrl+4", tr("备注"), ("notes",))
    window.bind_go("Ctrl+5", tr("地点"), ("place",))


def bind_acts(
    keys: KeyMap, acts: ActsPresenter, full: FullPicture, ruler: RulingPresenter, review: ReviewPresenter
) -> None:
    """Bind what ends a step; what asks for something comes beside a picture that has the page."""
    keys.everywhere("F9", tr("推送撤离(两次)"), acts.press_evacuate)
    keys.everywhere("F12", tr("派警(两次)"), full.beside(acts.press_dispatch))
    keys.everywhere("Ctrl+Enter", tr("完成本步,移交"), full.beside(acts.hand_over))
    keys.everywhere("Ctrl+Shift+E", tr("结束通话(两次)"), acts.press_end)
    keys.everywhere("Ctrl+P", tr("预览文书"), ruler.preview)
    keys.everywhere("Ctrl+S", tr("存草稿"), ruler.save)
    keys.everywhere("Ctrl+B", tr("退回补证(两次)"), review.press_back)
    keys.everywhere("Ctrl+Shift+Enter", tr("签发(两次)"), ruler.press_issue)
