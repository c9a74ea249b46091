"""The party's page in a real browser against the real service: screens, words, choices."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from console.contract.desk_api import DispatchPolice, SendEvacuationNotice
from console.domain.geo import Datum
from console.domain.party import ConsentItem, ConsentWay
from console.domain.triage import Answer, TriageFact
from tests.e2e.party_page.conftest import PLACE, Opens
from tests.e2e.party_page.desk import Desk, until
from tests.e2e.party_page.steps import (
    end_call,
    newest_incident,
    to_call,
    to_consents,
    to_permissions,
    to_queue,
)

HOSTILE = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
IN_APP_BROWSER = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined});"
ITEMS = ("video-handling", "location", "e-service", "face-comparison")


def body_text(page: Page) -> str:
    """Return all visible words."""
    return page.locator("body").inner_text()


def test_consents_start_empty_and_are_recorded_one_by_one(
    open_phone: Opens, link: str, officer: Desk
) -> None:
    phone = open_phone()
    to_consents(phone, link)
    for item in ITEMS:
        expect(phone.page.locator(f"#consent-{item}")).not_to_be_checked()
    phone.act("next")
    expect(phone.page.get_by_text("请先读上面的告知")).to_be_visible()
    phone.act("notice")
    expect(phone.page.locator(".receipt")).to_contain_text("已记录您收到告知")
    phone.act("next")
    expect(phone.page.get_by_text("要用视频处理,请勾选")).to_be_visible()
    phone.page.check("#consent-video-handling")
    phone.act("next")
    expect(phone.page.locator("[data-act=start]")).to_be_visible()
    consents = newest_incident(officer).parties[0].consents
    assert {(one.item, one.given) for one in consents} == {
        (ConsentItem.RECORDING_NOTICE, True),
        (ConsentItem.VIDEO_HANDLING, True),
        (ConsentItem.LOCATION, False),
        (ConsentItem.E_SERVICE, False),
        (ConsentItem.FACE_COMPARISON, False),
    }
    assert {(one.way, one.wording) for one in consents} == {(ConsentWay.PAGE, "party-page-1-zh")}


def test_position_is_sent_with_accuracy_and_datum(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    to_queue(phone, link)
    expect(phone.page.get_by_text("误差约 12 米 · WGS-84")).to_be_visible()
    position = until(lambda: newest_incident(officer).position, "position")
    assert (position.longitude, position.latitude) == (PLACE["longitude"], PLACE["latitude"])
    assert (position.accuracy_m, position.datum, position.stated_by) == (12, Datum.WGS84, "party")


def test_refused_position_goes_on_with_words(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone(permissions=("camera", "microphone"))
    to_permissions(phone, link)
    phone.page.fill("#hint", "测试路东口,灯杆 17 号")
    phone.page.fill("#name", "测试甲")
    phone.act("start")
    expect(phone.page.locator(".figure h1")).to_be_visible()
    incident = newest_incident(officer)
    assert incident.position is None
    assert officer.call_of(incident.id).place_hint == "测试路东口,灯杆 17 号"
    assert incident.parties[0].details.name == "测试甲"


def test_refused_camera_and_microphone_say_so_and_leave_a_way(open_phone: Opens, link: str) -> None:
    phone = open_phone(permissions=(), flags=("--deny-permission-prompts",))
    to_permissions(phone, link)
    phone.act("start")
    expect(phone.page.get_by_text("相机和麦克风都没有打开")).to_be_visible()
    expect(phone.page.locator("[data-act=join]")).to_have_count(0)
    expect(phone.page.locator("[data-act=start]")).to_be_visible()
    expect(phone.page.locator("[data-act=officer]")).to_be_visible()
    assert phone.page.get_by_role("link", name="拨打 122").get_attribute("href") == "tel:122"


def test_microphone_alone_is_enough_for_the_queue(open_phone: Opens, link: str) -> None:
    phone = open_phone(
        script="""
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
            if (wanted.video) throw new DOMException("busy", "NotReadableError");
            return ask(wanted);
        };"""
    )
    to_permissions(phone, link)
    phone.act("start")
    expect(phone.page.locator(".chip.warn", has_text="被占用")).to_be_visible()
    phone.act("join")
    expect(phone.page.locator(".figure h1")).to_be_visible()


def test_second_browser_is_refused_in_words(open_phone: Opens, link: str) -> None:
    to_consents(open_phone(), link)
    other = open_phone()
    other.page.goto(link)
    expect(other.page.get_by_text("链接已在另一部手机或浏览器里打开")).to_be_visible()


def test_unknown_link_is_refused_in_words(open_phone: Opens, link: str) -> None:
    phone = open_phone()
    phone.page.goto(f"{link[:-6]}AAAAAA")
    expect(phone.page.get_by_text("链接已过期或无效")).to_be_visible()


def test_in_app_browser_is_sent_away_without_using_up_the_link(open_phone: Opens, link: str) -> None:
    in_app = open_phone(script=IN_APP_BROWSER)
    in_app.page.goto(link)
    expect(in_app.page.get_by_role("heading", name="请在浏览器打开")).to_be_visible()
    to_consents(open_phone(), link)


def test_reload_comes_back_to_the_same_case(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    to_queue(phone, link, hurt=True)
    call = officer.call_of(newest_incident(officer).id)
    assert call.hurt_reported
    phone.page.reload()
    expect(phone.page.locator(".figure h1")).to_be_visible()
    officer.answer(call.id)
    expect(phone.page.locator(".call")).to_be_visible()
    phone.page.reload()
    expect(phone.page.locator(".call")).to_be_visible()
    assert officer.call_of(call.incident_id).id == call.id
    end_call(phone)


def test_leaving_the_queue_takes_two_presses(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    to_queue(phone, link)
    phone.act("leave")
    expect(phone.page.locator("[data-act=leave]")).to_contain_text("再按一次确认")
    phone.act("leave")
    expect(phone.page.locator("[data-act=start]")).to_be_visible()
    until(lambda: officer.call_of(newest_incident(officer).id).state == "abandoned", "abandoned call")


def test_officer_can_be_asked_for_on_the_first_screen(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    phone.page.goto(link)
    phone.act("officer")
    expect(phone.page.locator("[data-act=officer]")).to_contain_text("再按一次确认")
    phone.act("officer")
    expect(phone.page.get_by_text("已记下:您要求民警到场")).to_be_visible()
    incident = newest_incident(officer)
    assert incident.officer_requested_by == (incident.parties[0].id,)


def test_english_and_large_text_stay_chosen(open_phone: Opens, link: str) -> None:
    phone = open_phone()
    phone.page.goto(link)
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.get_by_role("heading", name="Safety first")).to_be_visible()
    phone.page.get_by_role("button", name="Large").click()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="Is anybody hurt?")).to_be_visible()
    assert phone.page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "21px"
    assert phone.page.locator("html").get_attribute("lang") == "en"


def test_held_scene_forbids_to_move_and_names_the_police(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    incident = to_call(phone, link, officer)
    officer.state_fact(incident.id, TriageFact.INJURY, Answer.YES)
    expect(phone.page.get_by_role("heading", name="请不要移动车辆")).to_be_visible()
    expect(phone.page.get_by_text("正在通知辖区民警")).to_be_visible()
    officer.send("POST", f"/v1/incidents/{incident.id}/dispatch", DispatchPolice(reason="13"))
    expect(phone.page.locator(".banner").get_by_text("民警已派出,正在来现场")).to_be_visible()
    phone.act("back")
    expect(phone.page.locator(".call-notes")).to_contain_text("请不要移动车辆")
    end_call(phone)
    expect(phone.page.get_by_role("heading", name="请不要移动车辆")).to_be_visible()


def test_hostile_words_stay_words(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    incident = to_call(phone, link, officer)
    notice = SendEvacuationNotice(text=HOSTILE, destination=HOSTILE)
    officer.send("POST", f"/v1/incidents/{incident.id}/evacuation", notice)
    expect(phone.page.get_by_role("heading", name="可以撤离现场了")).to_be_visible()
    assert body_text(phone.page).count(HOSTILE) == 2
    assert phone.page.locator("#page img, #page script").count() == 0
    assert phone.page.title() == "事故视频快处"


def test_evacuation_is_confirmed_or_declined(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    incident = to_call(phone, link, officer)
    notice = SendEvacuationNotice(text="请驶离现场。", destination="测试路东侧停车带")
    officer.send("POST", f"/v1/incidents/{incident.id}/evacuation", notice)
    phone.act("stay")
    expect(phone.page.get_by_text("先不要动。在通话中告诉接警员")).to_be_visible()
    assert newest_incident(officer).parties[0].evacuated_at is None
    phone.act("cleared")
    expect(phone.page.locator(".call")).to_be_visible()
    until(lambda: newest_incident(officer).parties[0].evacuated_at, "confirmation")
    end_call(phone)
    expect(phone.page.locator(".timeline").first).to_contain_text("撤离现场")


def test_every_button_is_large_enough_and_no_text_is_small(open_phone: Opens, link: str) -> None:
    phone = open_phone()
    to_permissions(phone, link)
    heights = phone.page.evaluate(
        "() => [...document.querySelectorAll('.button')].map((one) => one.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 58
    sizes = phone.page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) >= 17
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_training_is_written_on_every_screen(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    mark = phone.page.get_by_text("训练 · 非真实警情")
    phone.page.goto(link)
    expect(mark).to_be_visible()
    to_consents(phone, link)
    expect(mark).to_be_visible()
    to_call(phone, link, officer)
    expect(mark).to_be_visible()
    end_call(phone)
    expect(mark).to_be_visible()


def test_ended_call_can_be_taken_up_again_in_the_same_case(
    open_phone: Opens, link: str, officer: Desk
) -> None:
    phone = open_phone()
    incident = to_call(phone, link, officer)
    end_call(phone)
    phone.act("again")
    expect(phone.page.locator(".figure h1")).to_be_visible()
    assert newest_incident(officer).id == incident.id
    assert officer.call_of(incident.id).state in {"waiting", "ringing"}


def test_large_text_covers_no_control_on_a_narrow_phone(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    phone.page.set_viewport_size({"width": 360, "height": 740})
    phone.page.goto(link)
    phone.page.get_by_role("button", name="大字").click()
    incident = to_call(phone, link, officer)
    officer.state_fact(incident.id, TriageFact.INJURY, Answer.YES)
    phone.act("back")
    phone.act("officer")
    phone.act("officer")
    expect(phone.page.locator(".call-notes")).to_contain_text("您要求民警到场")
    for name in ("大字", "朗读", "English", "静音", "结束"):
        phone.page.get_by_role("button", name=name, exact=True).click(trial=True)
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 360
