"""The page where the picture fails: photos and words go over the service, with a camera and without."""

from __future__ import annotations

import cv2
from playwright.sync_api import expect

from console.contract.by_photo_api import AskPhoto
from console.domain.call import Call
from console.domain.evidence import CaptureSource, Slot
from console.domain.ids import EvidenceId, new_id
from tests.e2e.party_page.conftest import Opens, Phone
from tests.e2e.party_page.desk import Desk, until
from tests.e2e.party_page.steps import end_call, newest_incident, to_call, to_permissions
from tests.media_party import scene

PLATE = "请拍清甲车号牌。"
CAMERA_BUSY = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (wanted.video) throw new DOMException("busy", "NotReadableError");
    return ask(wanted);
};"""


def ask(officer: Desk, call: Call, slot: Slot = Slot.PLATE_A) -> EvidenceId:
    """Ask for a photo; nobody answers the phone's offers in these tests, so no picture ever flows."""
    request = AskPhoto(request_id=EvidenceId(new_id()), slot=slot, text=PLATE)
    officer.send("POST", f"/v1/calls/{call.id}/photos", request)
    return request.request_id


def arrived(officer: Desk, request_id: EvidenceId) -> tuple[Slot, CaptureSource]:
    """Wait for the photo and return where it is and where it is from."""
    item = until(
        lambda: next((e for e in newest_incident(officer).evidence if e.id == request_id), None), "the photo"
    )
    return item.capture.slot, item.capture.source


def test_the_camera_of_the_page_takes_what_is_asked_for(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone()
    incident = to_call(phone, link, officer)
    call = officer.call_of(incident.id)
    expect(phone.page.locator(".by-photo")).to_be_hidden()
    request_id = ask(officer, call)
    expect(phone.page.locator(".guide strong")).to_have_text(PLATE)
    phone.act("photo")
    assert arrived(officer, request_id) == (Slot.PLATE_A, CaptureSource.PHONE_STILL)
    expect(phone.page.get_by_text("照片已收到,请等下一步")).to_be_visible()
    expect(phone.page.locator("[data-act=photo]")).to_be_hidden()
    officer.send("POST", f"/v1/calls/{call.id}/photos/end")
    expect(phone.page.locator(".by-photo")).to_be_hidden()
    end_call(phone)


def test_without_a_camera_the_phones_own_app_does(open_phone: Opens, link: str, officer: Desk) -> None:
    phone = open_phone(script=CAMERA_BUSY)
    to_permissions(phone, link)
    phone.act("start")
    phone.act("join")
    incident = newest_incident(officer)
    call = officer.call_of(incident.id)
    officer.answer(call.id)
    request_id = ask(officer, call, Slot.VEHICLE_LICENCE_A)
    expect(phone.page.locator("[data-act=photo]")).to_be_hidden()
    taken = cv2.imencode(".jpg", scene(1280, 720))[1].tobytes()
    phone.page.set_input_files(
        "#photo-file", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": taken}
    )
    assert arrived(officer, request_id) == (Slot.VEHICLE_LICENCE_A, CaptureSource.PHONE_STILL)
    end_call(phone)


def test_words_reach_the_desk_as_they_were_written(open_phone: Opens, link: str, officer: Desk) -> None:
    phone: Phone = open_phone()
    incident = to_call(phone, link, officer)
    call = officer.call_of(incident.id)
    ask(officer, call)
    phone.page.fill("#words", " 车动不了 <b>真的</b> ")
    phone.act("words")
    expect(phone.page.get_by_text("已送到")).to_be_visible()
    expect(phone.page.locator("#words")).to_have_value("")
    said = [line.text for line in officer.call_of(incident.id).by_photo.lines if line.by_party]
    assert said == ["车动不了 <b>真的</b>"]
    end_call(phone)
