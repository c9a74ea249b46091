"""Determinations and certificates, printed for real and read back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from console.contract.codec import encode
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, required_slots
from console.domain.incident import Incident
from console.domain.party import Consent, ConsentItem, ConsentWay, PartyDetails
from console.domain.ruling import Liability, Outcome, PartyRuling, Ruling
from console.domain.signature import Point, Signature, SignatureState, Strokes
from console.service.documents import Press
from console.service.documents_folder import DocumentFolder
from console.service.documents_sheet import Paper, compose
from console.service.documents_signing import SignatureRow, signature_rows
from console.service.documents_words import STRUCK
from console.service.rules import load_rules
from console.service.settings import RESOURCES
from tests.unit.domain.builders import PARTY_A, PARTY_B, REAR_END, T0, evidence, incident, party, ruling

RULES = load_rules(RESOURCES / "rules")
ISSUED = Paper(
    number="训练样张第0001号", at=T0, officer="钱演示（警号 900010）", review_until=date(2026, 11, 26)
)
DRAFT = replace(ISSUED, number="", review_until=None)
CODED = replace(ruling(), weather="3", junction="21", control="1", collision_form="1")


@pytest.fixture
def press() -> Iterator[Press]:
    """Return a press."""
    made = Press(RESOURCES)
    yield made
    made.close()


HAND = tuple(
    tuple(Point(x=100 * n + 5 * m, y=80 + (m * n) % 240, ms=9) for m in range(40)) for n in range(1, 8)
)


def rows(folder: Path) -> tuple[SignatureRow, ...]:
    """Return the signature lines of ``case``: 甲 signed with the finger, 乙 refused."""
    kept = DocumentFolder(folder, ".json")
    signed = Signature(
        party_id=PARTY_A,
        state=SignatureState.SIGNED,
        at=T0,
        strokes_sha256=kept.keep(encode(HAND, Strokes)),
        recorded_s=134.2,
    )
    refused = Signature(
        party_id=PARTY_B, state=SignatureState.REFUSED, at=T0, recorded_s=151, reason="对责任有异议"
    )
    return signature_rows(replace(case(), signatures=(signed, refused)), kept)


def case() -> Incident:
    """Return an incident of two parties: of 甲 everything is known, of 乙 little."""
    agreed = Consent(item=ConsentItem.E_SERVICE, given=True, wording="v1", way=ConsentWay.PAGE, at=T0)
    known = PartyDetails(
        name="示例安",
        phone="10012345678",
        id_number="000123199003070015",
        plate="测A·12345",
        vehicle_type="小型轿车",
        vehicle_colour="白色",
        insurer="样例财险",
        policy_number="9990000000A1",
        collision_part="08",
    )
    return replace(
        incident(),
        road_text="样例大道由东向西",
        landmark_text="路灯杆 K-0231",
        parties=(
            replace(party(PARTY_A, "甲"), details=known, consents=(agreed,)),
            replace(party(PARTY_B, "乙"), details=PartyDetails(plate="测B·67890", collision_part="01")),
        ),
        evidence=tuple(evidence(slot) for slot in required_slots(AccidentForm.REAR_END)),
    )


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page without any white space."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=30
    )
    return ["".join(page.split()) for page in read.stdout.decode().split("\f")[:-1]]


def printed(press: Press, decided: Ruling, paper: Paper = ISSUED) -> list[str]:
    """Return the pages of the document of ``decided``."""
    return pages(press.pdf(compose(case(), decided, RULES, paper), T0))


def test_a_determination_holds_everything_the_law_names(press: Press, tmp_path: Path) -> None:
    sheet = compose(case(), CODED, RULES, ISSUED, rows(tmp_path))
    page = "".join(pages(press.pdf(sheet, T0)))
    for text in (
        "道路交通事故认定书（简易程序）",
        "训练样张第0001号",
        "2026年11月23日14时30分",
        "样例大道由东向西路灯杆K-0231",
        "普通路段",
        "无控制",
        "追尾碰撞",
        "示例安",
        "10012345678",
        "000123199003070015",
        "测A·12345",
        "测B·67890",
        "白色小型轿车",
        "样例财险",
        "9990000000A1",
        "正后",
        "现场图像14项",
        "乙车追尾碰撞停车等候的甲车。",
        "当事人甲：未发现过错行为。",
        "当事人乙：追尾，违反《中华人民共和国道路交通安全法》第四十三条。",
        "《道路交通事故处理程序规定》第六十条第一款第（一）项",
        "当事人甲：无责任。",
        "当事人乙：全部责任。",
        "各方当事人共同请求调解，达成协议。双方同意按保险理赔。",
        "2026年11月23日14:30:00，同步录音录像（第2分14秒）",
        "拒绝签名。民警注明：对责任有异议",
        "其他当事人—",
        "同意电子送达（本人页面确认，2026年11月23日）",
        "未同意电子送达，另行送达",
        "钱演示（警号900010）",
        "3个工作日",
        "如于2026年11月23日送达，应在2026年11月26日（星期四）24时前提出。",
        "训练样张，不加盖印章",
    ):
        assert text in page, text


def test_nothing_is_left_blank() -> None:
    bare = replace(case(), road_text="", landmark_text="", evidence=())
    sheet = compose(bare, ruling(), RULES, ISSUED)
    cells = [cell for row in sheet.scene for cell in row]
    cells += [cell for block in sheet.parties for row in block.rows for cell in row]
    cells += [text for _name, paragraphs in sheet.passages for text in paragraphs]
    assert all(cell.strip() for cell in cells)
    assert cells.count(STRUCK) == 12


@pytest.mark.parametrize(
    ("shares", "item"),
    [
        ((Liability.NONE, Liability.FULL), "第（一）项"),
        ((Liability.EQUAL, Liability.EQUAL), "第（二）项"),
        ((Liability.SECONDARY, Liability.MAIN), "第（二）项"),
    ],
)
def test_the_share_rests_on_its_own_item(shares: tuple[Liability, Liability], item: str) -> None:
    decided = replace(
        ruling(),
        parties=tuple(
            PartyRuling(party_id=p, liability=s, faults=() if s is Liability.NONE else (REAR_END,))
            for p, s in zip((PARTY_A, PARTY_B), shares, strict=True)
        ),
    )
    passages = dict(compose(case(), decided, RULES, ISSUED).passages)
    assert item in passages["责任认定"][0]


def test_an_accident_without_fault_says_why(press: Press) -> None:
    nobody = tuple(PartyRuling(party_id=p, liability=Liability.NONE) for p in (PARTY_A, PARTY_B))
    (page,) = printed(
        press, replace(CODED, outcome=Outcome.NO_FAULT, parties=nobody, reason="路面突然塌陷。")
    )
    assert "第六十条第一款第（三）项" in page
    assert "路面突然塌陷。" in page


def test_a_certificate_names_no_liability(press: Press) -> None:
    nobody = tuple(PartyRuling(party_id=p) for p in (PARTY_A, PARTY_B))
    (page,) = printed(press, replace(CODED, outcome=Outcome.CERTIFICATE, parties=nobody))
    assert "道路交通事故证明" in page
    assert "第六十七条" in page
    assert "责任认定" not in page
    assert "全部责任" not in page


def test_a_draft_says_so_on_its_face(press: Press) -> None:
    (page,) = printed(press, CODED, DRAFT)
    assert "草稿·未编号" in page
    assert page.count("草稿") == 2
    assert "最后一日" not in page


HOSTILE = '#image("/etc/passwd") #read("/etc/passwd") $x^2$ *b* = h <a> @b \\ " #eval("1+1") // ]'


def test_text_of_people_is_never_run(press: Press) -> None:
    details = PartyDetails(name=HOSTILE, plate=HOSTILE, insurer=HOSTILE)
    hostile = replace(case(), road_text=HOSTILE, number=HOSTILE)
    hostile = replace(hostile, parties=(replace(hostile.parties[0], details=details), hostile.parties[1]))
    decided = replace(CODED, facts=HOSTILE, mediation=HOSTILE, weather=HOSTILE)
    text = "".join(pages(press.pdf(compose(hostile, decided, RULES, ISSUED), T0)))
    assert text.count('#eval("1+1")') >= 5
    assert "root:" not in text


@pytest.mark.parametrize(
    "written", ["张😀三", "\U00020000", "ئۇيغۇر", "Z\u0335\u0327", "\ue000", "\ufffe", "❤\ufe0f"]
)
def test_what_the_font_lacks_is_a_gap_that_is_seen(press: Press, written: str) -> None:
    (page,) = printed(press, replace(CODED, facts=f"始{written}终"))
    gaps = page[page.index("始") : page.index("终")]
    assert "〓" in gaps
    assert not set(gaps) - {*"始〓张三Z\ufe0f"}


def test_what_turns_the_direction_of_reading_is_not_printed(press: Press) -> None:
    (page,) = printed(press, replace(CODED, facts="甲\u202e追尾\u2066乙\u200b车"))
    assert "甲追尾乙车" in page


def test_long_text_runs_over_pages_that_all_say_training(press: Press) -> None:
    found = printed(press, replace(CODED, facts="很长的事实。" * 600, reason="长长的理由。" * 600))
    assert len(found) >= 3
    for number, page in enumerate(found, start=1):
        assert f"第{number}页共{len(found)}页" in page
        assert page.count("训练样张") >= 2
    assert "".join(found).count("很长的事实") >= 590


def test_a_live_document_carries_no_training_mark() -> None:
    live = replace(case(), training=False)
    sheet = compose(live, CODED, RULES, replace(ISSUED, number="第2026000001号"))
    assert sheet.stamps == ()
    assert "训练" not in repr(sheet)


def test_the_same_case_prints_the_same_bytes_as_archival_pdf(press: Press) -> None:
    sheet = compose(case(), CODED, RULES, ISSUED)
    first = press.pdf(sheet, T0)
    again = Press(RESOURCES)
    assert again.pdf(sheet, T0) == first
    again.close()
    assert first.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in first


def test_only_the_embedded_font_is_used(press: Press) -> None:
    pdf = press.pdf(compose(case(), CODED, RULES, ISSUED), T0)
    listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True, timeout=30)
    fonts = listed.stdout.decode().splitlines()[2:]
    assert fonts
    assert all("NotoSansCJKsc" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_documents_are_kept_under_their_digest(tmp_path: Path) -> None:
    folder = DocumentFolder(tmp_path / "documents")
    digest = folder.keep(b"%PDF-one")
    assert folder.keep(b"%PDF-one") == digest
    assert folder.read(digest) == b"%PDF-one"
    (tmp_path / "documents" / f"{digest}.pdf").write_bytes(b"%PDF-two")
    with pytest.raises(DomainError) as damaged:
        folder.read(digest)
    assert damaged.value.code == "document-damaged"
    with pytest.raises(DomainError):
        folder.read("0" * 64)
    assert [path.name for path in (tmp_path / "documents").iterdir()] == [f"{digest}.pdf"]
