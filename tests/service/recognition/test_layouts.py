"""Fields by their labels, whatever the arrangement; nothing where the text or a check speaks against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from console.domain.recognition import LIMIT, DocumentKind, FieldName, ReadingProblem
from console.service.recognition.checks import checked
from console.service.recognition.fields import found_in
from console.service.recognition.layout import kind_of, sheet_of
from console.service.recognition.plates import plate_in, plate_of
from console.service.recognition.text import Glyph, Line

F = FieldName
TODAY = dt.date(2026, 11, 26)
ID = "11010519491231002X"


def line(text: str, x: float, y: float, size: float = 30, sure: float = 0.999) -> Line:
    """Return text as a reader would place it: Chinese characters square, others half as wide."""
    glyphs, left = [], x
    for character in text:
        width = size if ord(character) > 0x2E80 else size / 2
        glyphs.append(Glyph(character, sure, left, left + width))
        left += width
    return Line(tuple(glyphs), x, y, left, y + size)


def seen_as(read: Line, text: str, other: str) -> Line:
    """The line whose characters ``text`` may be ``other`` as well."""
    glyphs = (
        replace(glyph, others=((other, 0.0009 if glyph.text in "O0" else 0.2),))
        if glyph.text == text
        else glyph
        for glyph in read.glyphs
    )
    return replace(read, glyphs=tuple(glyphs))


def values(lines: list[Line]) -> dict[FieldName, str]:
    """Return the values above the limit."""
    kind = kind_of(lines)
    fields, _ = checked(kind, found_in(sheet_of(lines, kind)), TODAY)
    return {name: found.value for name, found in fields.items() if found.confidence >= LIMIT}


def problems(lines: list[Line]) -> list[ReadingProblem]:
    """Return what the checks found."""
    kind = kind_of(lines)
    return checked(kind, found_in(sheet_of(lines, kind)), TODAY)[1]


def test_labels_without_a_gap_and_several_on_a_line() -> None:
    read = values(
        [
            line("机动车驾驶证", 300, 0, 50),
            line(f"证号:{ID}", 0, 80),
            line("姓名张伟性别女国籍中国", 0, 130),
            line("住址样例市演示区人民路12号阳光花园3幢2单元", 0, 180),
            line("1502室", 60, 215),
            line("出生日期1949.12.31", 0, 270),
            line("准驾车型C1E", 500, 270),
            line("初次领证日期 2008-05-06", 0, 320),
            line("有效期限2024.05.06-长期", 0, 370),
            line("档案编号 000123456789", 0, 420),
        ]
    )
    assert read == {
        F.LICENCE_NUMBER: ID,
        F.NAME: "张伟",
        F.SEX: "女",
        F.NATIONALITY: "中国",
        F.ADDRESS: "样例市演示区人民路12号阳光花园3幢2单元1502室",
        F.BIRTH_DATE: "1949-12-31",
        F.VEHICLE_CLASSES: "C1E",
        F.FIRST_ISSUE_DATE: "2008-05-06",
        F.VALID_FROM: "2024-05-06",
        F.VALID_TO: "长期",
        F.FILE_NUMBER: "000123456789",
    }


def test_values_below_their_labels() -> None:
    read = values(
        [
            line("电子驾驶证", 200, 0, 40),
            line("姓名", 50, 100, 24),
            line("张伟", 50, 136),
            line("性别", 400, 100, 24),
            line("女", 400, 136),
            line("准驾车型", 50, 220, 24),
            line("C1", 50, 256),
            line("证号", 400, 220, 24),
            line(ID, 400, 256),
            line("有效期限", 50, 340, 24),
            line("2020-03-04 至 2030-03-04", 50, 376),
            line("住址", 50, 460, 24),
            line("样例市演示区人民路12号", 50, 496),
            line("阳光花园3幢", 50, 534),
        ]
    )
    assert read == {
        F.NAME: "张伟",
        F.SEX: "女",
        F.VEHICLE_CLASSES: "C1",
        F.LICENCE_NUMBER: ID,
        F.VALID_FROM: "2020-03-04",
        F.VALID_TO: "2030-03-04",
        F.ADDRESS: "样例市演示区人民路12号阳光花园3幢",
    }


def test_english_below_the_labels_and_values_far_to_the_right() -> None:
    read = values(
        [
            line("中华人民共和国机动车行驶证", 200, 0, 44),
            line("Vehicle License of the People's Republic of China", 200, 50, 16),
            line("号牌号码", 40, 100, 26),
            line("Plate No.", 40, 130, 16),
            line("测A12345", 250, 104, 38),
            line("车辆类型", 700, 100, 26),
            line("Vehicle Type", 700, 130, 16),
            line("小型轿车", 900, 104, 36),
            line("所有人", 40, 190, 26),
            line("Owner", 40, 220, 16),
            line("样例市迅达物流有限公司", 250, 194, 36),
            line("车辆识别代号", 40, 280, 26),
            line("VIN", 40, 310, 16),
            line("LATPAB071W1005301", 250, 284, 36),
            line("发动机号马", 40, 370, 26),
            line("Engine No.", 40, 400, 16),
            line("0AB1234", 250, 374, 36),
            line("注册日期", 40, 460, 26),
            line("2021-02-28", 250, 464, 36),
            line("发证日期", 700, 460, 26),
            line("2021-03-01", 900, 464, 36),
        ]
    )
    assert read == {
        F.PLATE: "测A12345",
        F.VEHICLE_TYPE: "小型轿车",
        F.OWNER: "样例市迅达物流有限公司",
        F.VIN: "LATPAB071W1005301",
        F.ENGINE_NUMBER: "0AB1234",
        F.REGISTER_DATE: "2021-02-28",
        F.ISSUE_DATE: "2021-03-01",
    }


def test_an_identity_card_and_a_policy() -> None:
    card = [
        line("姓 名 古丽米热·吐尔逊", 0, 0),
        line("性 别 女", 0, 60),
        line("民族维吾尔", 300, 60),
        line("出生1949年12月31日", 0, 120),
        line("住址", 0, 180),
        line("样例市演示区", 90, 180),
        line("人民路12号", 90, 218),
        line(f"公民身份号码 {ID}", 0, 300),
    ]
    assert values(card) == {
        F.NAME: "古丽米热·吐尔逊",
        F.SEX: "女",
        F.ETHNICITY: "维吾尔",
        F.BIRTH_DATE: "1949-12-31",
        F.ADDRESS: "样例市演示区人民路12号",
        F.ID_NUMBER: ID,
    }
    policy = [
        line("机动车交通事故责任强制保险单", 200, 0, 40),
        line("保险单号", 0, 80),
        line("PDZA20264401000012345", 200, 80),
        line("被保险人", 0, 140),
        line("张伟", 200, 140),
        line("被保险人身份证号码", 0, 200),
        line(ID, 400, 200),
        line("号牌号码", 0, 260),
        line("测A12345", 200, 260),
        line("保险期间自2026年03月05日零时起至2027年03月04日二十四时止", 0, 320),
        line("保险公司名称:训练财产保险有限责任公司", 0, 380),
        line("公司地址:样例市演示路1号", 0, 440),
    ]
    assert values(policy) == {
        F.POLICY_NUMBER: "PDZA20264401000012345",
        F.INSURED: "张伟",
        F.PLATE: "测A12345",
        F.VALID_FROM: "2026-03-05",
        F.VALID_TO: "2027-03-04",
        F.INSURER: "训练财产保险有限责任公司",
    }


@pytest.mark.parametrize(
    ("label", "text", "name"),
    [
        ("证号", ID[:-1] + "1", F.LICENCE_NUMBER),
        ("证号", ID[:-1], F.LICENCE_NUMBER),
        ("姓名", "张3", F.NAME),
        ("性别", "文", F.SEX),
        ("出生日期", "1990-02-30", F.BIRTH_DATE),
        ("准驾车型", "C7", F.VEHICLE_CLASSES),
        ("档案编号", "00012345678", F.FILE_NUMBER),
    ],
)
def test_what_has_not_the_form_of_its_field_is_left_empty(label: str, text: str, name: FieldName) -> None:
    lines = [line("机动车驾驶证", 200, 0, 40), line(label, 0, 100), line(text, 200, 100, sure=1.0)]
    assert name not in values(lines)


def test_one_doubtful_character_empties_the_field_unless_its_own_check_vouches_for_it() -> None:
    doubtful = line("张伟", 200, 100, sure=0.85)
    title = line("机动车驾驶证", 200, 0, 40)
    assert F.NAME not in values([title, line("姓名", 0, 100), doubtful])
    number = line(ID, 200, 160, sure=0.85)
    assert values([title, line("证号", 0, 160), number])[F.LICENCE_NUMBER] == ID


def test_a_day_cut_short_or_a_validity_cut_in_half_is_left_empty() -> None:
    card = [line("机动车驾驶证", 300, 0, 50), line(f"证号:{ID}", 0, 80)]
    assert F.FIRST_ISSUE_DATE not in values([*card, line("初次领证日期 2008-05-1", 0, 320)])
    assert F.VALID_TO not in values([*card, line("有效期限 2024-05-06", 0, 370)])
    begun = values([*card, line("有效期限 2024-05-06至2030-0", 0, 370)])
    assert (begun[F.VALID_FROM], F.VALID_TO in begun) == ("2024-05-06", False)


def test_a_stamp_below_a_label_is_no_part_of_its_value() -> None:
    read = values(
        [
            line("机动车行驶证", 300, 0, 50),
            line("使用性质", 0, 100),
            line("非营运", 140, 100),
            line("Use Character", 0, 132, 16),
            line("样例市公", 20, 160),
        ]
    )
    assert read[F.USE_NATURE] == "非营运"


def test_the_line_below_a_short_value_is_no_part_of_it() -> None:
    owner = [line("机动车行驶证", 300, 0, 50), line("所有人", 0, 100), line("张伟", 140, 100)]
    read = values([*owner, line("样例市演示区人民路12号阳光花园3幢", 140, 145)])
    assert read[F.OWNER] == "张伟"


def test_papers_that_contradict_themselves_say_so() -> None:
    title = line("机动车驾驶证", 200, 0, 40)
    number = [line("证号", 0, 100), line(ID, 200, 100)]
    period = line("有效期限2010-01-01至2020-01-01", 0, 300)
    assert problems([title, *number, line("出生日期1949-12-30", 0, 200)]) == [
        ReadingProblem.BIRTH_DATE_DIFFERS
    ]
    assert problems([title, *number, line("性别男", 0, 200)]) == [ReadingProblem.SEX_DIFFERS]
    assert problems([title, period]) == [ReadingProblem.EXPIRED]
    assert problems([title, line("证号", 0, 100), line(ID[:-1] + "1", 200, 100)]) == [
        ReadingProblem.CHECK_DIGIT
    ]
    backwards = [line("出生日期2001-01-01", 0, 100), line("初次领证日期1999-01-01", 0, 200)]
    assert problems([title, *backwards]) == [ReadingProblem.DATE_ORDER]


@pytest.mark.parametrize(
    ("parts", "plate"),
    [
        ([line("测A·12345", 0, 0, 100)], "测A12345"),
        ([line("测A", 0, 0, 100), line("D12345", 210, 4, 100)], "测AD12345"),
        ([line("测·A", 100, 0, 60), line("12345", 20, 80, 110)], "测A12345"),
        ([line("测·A", 100, 0, 60), line("12345", 20, 35, 110)], "测A12345"),
        ([line("测", 100, 0, 60), line("A", 180, 0, 60), line("1234学", 20, 80, 110)], "测A1234学"),
        ([line("测AO2345", 0, 0, 100), line("出租车", 0, 200, 40)], "测A02345"),
    ],
)
def test_plates_in_one_row_in_parts_and_in_two_rows(parts: list[Line], plate: str) -> None:
    found = plate_in(parts)
    assert found is not None
    assert found.value == plate
    assert kind_of(parts) is DocumentKind.UNKNOWN


def test_what_is_no_plate_is_none() -> None:
    assert plate_in([line("人民路12号", 0, 0), line("ABC", 0, 50)]) is None


def test_a_plate_is_as_sure_as_two_looks_that_agree_make_it() -> None:
    clear, other = line("测A12345", 0, 0, 100), line("测A12346", 0, 0, 100)
    nothing = line("A123", 0, 0, 100)
    agreed = plate_of([[clear], [nothing], [clear]])
    assert agreed is not None
    assert agreed.value == "测A12345"
    assert agreed.confidence >= LIMIT
    for looks in ([[clear], [nothing]], [[clear], [clear], [other]]):
        doubtful = plate_of(looks)
        assert doubtful is not None
        assert doubtful.confidence < LIMIT
    assert plate_of([[nothing], [nothing]]) is None


def test_a_label_seen_badly_is_one_and_a_value_like_a_label_is_none() -> None:
    read = values(
        [
            line("电子驾驶证", 200, 0, 40),
            seen_as(line("国箱", 50, 100, 24), "箱", "籍"),
            line("中国", 50, 136),
        ]
    )
    assert read[F.NATIONALITY] == "中国"
    policy = values(
        [
            line("机动车交通事故责任强制保险单", 200, 0, 40),
            line("保险公司 训练财产保险有限责任公司", 0, 100),
        ]
    )
    assert policy == {F.INSURER: "训练财产保险有限责任公司"}


def test_values_whose_labels_were_not_seen_are_known_by_their_form() -> None:
    read = values(
        [
            line("机动车驾驶证", 300, 0, 50),
            line(ID, 200, 80),
            line("女", 500, 130),
            line("示范自治区样例市高新区解放北路18", 60, 180),
            line("6号阳光花园33幢1单元642室", 60, 215),
            line("样例市公安局交通警察支队", 60, 500),
        ]
    )
    assert read == {
        F.LICENCE_NUMBER: ID,
        F.SEX: "女",
        F.ADDRESS: "示范自治区样例市高新区解放北路186号阳光花园33幢1单元642室",
    }
    policy = [line("机动车交通事故责任强制保险单", 200, 0, 40), line("如有变更请向保险公司提出", 0, 100)]
    assert values(policy) == {}
    assert values([*policy, line("训练财产保险有限责任公司", 0, 300)]) == {
        F.INSURER: "训练财产保险有限责任公司"
    }
    seal = [line("机动车驾驶证", 300, 0, 50), line("样例省样例市公安局交", 60, 500)]
    assert values(seal) == {}
    for name in ("张桂", "阿卜杜热合曼·买买提"):
        above = [line("机动车驾驶证", 300, 0, 50), line(name, 60, 145)]
        address = values([*above, line("示范自治区样例市滨江东路945号", 60, 185)]).get(F.ADDRESS, "")
        assert address in {"", "示范自治区样例市滨江东路945号"}
    twice = values([line("机动车驾驶证", 300, 0, 50), line("女", 500, 130), line("男", 500, 300)])
    assert F.SEX not in twice


def test_text_far_behind_a_value_makes_it_doubtful() -> None:
    card = [line("机动车驾驶证", 300, 0, 50), line("姓名 古丽米热·吐尔逊", 0, 100)]
    assert values(card)[F.NAME] == "古丽米热·吐尔逊"
    assert F.NAME not in values([*card, line("男", 440, 100)])


@pytest.mark.parametrize(
    ("label", "text", "twin", "name", "value"),
    [
        ("发动机号码", "KHCOHBK", "0", F.ENGINE_NUMBER, None),
        ("发动机号码", "KHC0HBK", "O", F.ENGINE_NUMBER, "KHC0HBK"),
        ("品牌型号", "示范牌SF647OEV", "0", F.MODEL, "示范牌SF6470EV"),
    ],
)
def test_a_letter_that_may_be_a_digit(
    label: str, text: str, twin: str, name: FieldName, value: str | None
) -> None:
    read = line(text, 200, 100)
    seen = next(glyph.text for glyph in read.glyphs if glyph.text in "O0")
    lines = [line("机动车行驶证", 200, 0, 40), line(label, 0, 100), seen_as(read, seen, twin)]
    assert values(lines).get(name) == value


def test_what_cannot_stand_in_a_place_is_no_rival_there() -> None:
    eight = Glyph("8", 0.7, 0, 10, (("B", 0.25), ("3", 0.01)))
    assert eight.within("0123456789").confidence == pytest.approx(0.7 / 0.75)
    assert eight.within("0123456789B").confidence == pytest.approx(0.7)
    weak = Glyph("8", 0.4, 0, 10, (("B", 0.5),))
    assert weak.within("0123456789").confidence == pytest.approx(0.4)
