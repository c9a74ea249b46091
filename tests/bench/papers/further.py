"""Further arrangements of documents for measuring: each drawing chooses words, forms and measures by seed.

Forms of dates, colons, English words, gaps, wraps and shades are drawn anew for every picture, so that no two
are the same; the reader was not fitted to any of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import ImageDraw

from console.domain.recognition import FOREVER, DocumentKind, FieldName
from tests.bench.papers.layouts import FONTS, IDENTITY, INSURANCE, LICENCE, REGISTERED, Form, Picture, face

F, K = FieldName, DocumentKind
Values = Mapping[FieldName, str]
Ink = tuple[int, int, int]
RED: Ink = (200, 50, 50)


@dataclass(frozen=True)
class Taste:
    """What one drawing makes of the words and forms that documents leave open."""

    label: Ink
    ink: Ink
    ground: Ink
    fonts: tuple[int, int]
    colon: str
    gap: int
    english: bool
    date: str
    between: str


def taste(rng: random.Random) -> Taste:
    """Draw one."""
    shade = rng.randrange(226, 256)
    return Taste(
        label=rng.choice(((70, 70, 74), (120, 120, 128), (44, 84, 132), (60, 110, 90), (140, 90, 60))),
        ink=rng.choice(((16, 16, 18), (30, 30, 60), (50, 50, 52))),
        ground=(shade, min(255, shade + rng.randrange(-4, 5)), min(255, shade + rng.randrange(-8, 5))),
        fonts=(rng.randrange(len(FONTS)), rng.randrange(len(FONTS))),
        colon=rng.choice(("", "", ":", "：")),
        gap=rng.choice((4, 12, 24, 48)),
        english=rng.random() < 0.5,
        date=rng.choice(("{}-{}-{}", "{}-{}-{}", "{}.{}.{}", "{}年{}月{}日", "{}/{}/{}")),
        between=rng.choice((" 至 ", "至", "-", "~", " - ")),
    )


def day(how: Taste, iso: str) -> str:
    """Write an ISO day as this drawing does; 长期 stays."""
    return iso if iso == FOREVER else how.date.format(*iso.split("-"))


def span(how: Taste, v: Values) -> str:
    """Write a validity, in years where the drawing has no sign between two days that could be mistaken."""
    between = " 至 " if how.between.strip() == "-" and "-" in how.date else how.between
    return f"{day(how, v[F.VALID_FROM])}{between}{day(how, v[F.VALID_TO])}"


class Sheet(Form):
    """A form in the taste of one drawing."""

    def __init__(self, size: tuple[int, int], how: Taste) -> None:
        super().__init__(size, how.ground, how.fonts[0])
        self.how = how

    def named(
        self, x: float, y: float, label: str, value: str, size: int, english: str = "", column: float = 0
    ) -> float:
        """Print a label, its English below, the value behind it or at ``column``; return where it ends."""
        how = self.how
        self.font = how.fonts[0]
        small = max(18, round(size * 0.78))
        end = self.say(x, y + (size - small) * 0.6, label + how.colon, small, how.label)
        if english and how.english:
            self.say(x, y + size + 2, english, max(13, size // 2), how.label)
        self.font = how.fonts[1]
        return self.say(max(column, end + how.gap), y, value, size, how.ink)

    def wrapped(
        self, x: float, y: float, label: str, value: str, size: int, each: int, english: str = ""
    ) -> float:
        """The same with a value that goes on on further lines of ``each`` characters; return the next y."""
        how = self.how
        small = max(18, round(size * 0.78))
        column = x + ImageDraw.Draw(self.image).textlength(label + how.colon, font=face(how.fonts[0], small))
        parts = [value[start : start + each] for start in range(0, len(value), each)]
        self.named(x, y, label, parts[0], size, english)
        for number, part in enumerate(parts[1:], 1):
            self.say(column + how.gap, y + number * size * 1.32, part, size, how.ink)
        return y + len(parts) * size * 1.32

    def stamp(self, box: tuple[int, int, int, int], *lines: str) -> None:
        """Print the square seal of an office."""
        self.draw.rectangle(box, outline=RED, width=4)
        self.font = self.how.fonts[0]
        for number, text in enumerate(lines):
            self.say(box[0] + 14, box[1] + 12 + number * 40, text, 28, RED)


def real_licence(v: Values, rng: random.Random) -> Picture:
    """The page of a paper licence with the office's seal, labels small and values large."""
    how = taste(rng)
    sheet = Sheet((1180, 800), how)
    sheet.say(220, 24, "中华人民共和国机动车驾驶证", 52, (30, 30, 34))
    sheet.say(300, 88, "Driving License of the People's Republic of China", 22, how.label)
    sheet.named(150, 130, rng.choice(("证号", "证号", "驾驶证号")), v[F.LICENCE_NUMBER], 44, "No.")
    sheet.named(50, 210, "姓名", v[F.NAME], 38, "Name")
    sheet.named(520, 210, "性别", v[F.SEX], 38, "Sex")
    sheet.named(780, 210, "国籍", v[F.NATIONALITY], 38, "Nationality")
    sheet.wrapped(50, 285, "住址", v[F.ADDRESS], 36, rng.choice((16, 20, 24)), "Address")
    sheet.stamp((60, 430, 330, 640), "样例省样例", "市公安局交", "通警察支队")
    sheet.draw.rectangle((900, 420, 1120, 690), fill=(200, 208, 220))
    sheet.named(370, 420, "出生日期", day(how, v[F.BIRTH_DATE]), 36, "Date of Birth", 640)
    sheet.named(370, 500, "初次领证日期", day(how, v[F.FIRST_ISSUE_DATE]), 36, "Date of First Issue", 640)
    sheet.named(370, 580, "准驾车型", v[F.VEHICLE_CLASSES], 40, "Class", 640)
    sheet.named(60, 690, "有效期限", span(how, v), 36, "Valid Period")
    return sheet.done()


def old_licence(v: Values, rng: random.Random) -> Picture:
    """An older paper licence: a day from which it is valid and a number of years."""
    how = taste(rng)
    sheet = Sheet((1100, 760), how)
    sheet.say(200, 30, "中华人民共和国机动车驾驶证", 48, (30, 30, 34))
    sheet.named(60, 120, "证号", v[F.LICENCE_NUMBER], 40)
    sheet.named(60, 190, "姓名", v[F.NAME], 36)
    sheet.named(480, 190, "性别", v[F.SEX], 36)
    sheet.named(740, 190, "国籍", v[F.NATIONALITY], 36)
    sheet.wrapped(60, 260, "住址", v[F.ADDRESS], 34, 22)
    sheet.named(60, 380, "出生日期", day(how, v[F.BIRTH_DATE]), 34)
    sheet.named(60, 450, "初次领证日期", day(how, v[F.FIRST_ISSUE_DATE]), 34)
    sheet.named(60, 520, "准驾车型", v[F.VEHICLE_CLASSES], 34)
    forever = v[F.VALID_TO] == FOREVER
    years = FOREVER if forever else f"{int(v[F.VALID_TO][:4]) - int(v[F.VALID_FROM][:4])}年"
    sheet.named(60, 590, "有效起始日期", day(how, v[F.VALID_FROM]), 34)
    sheet.named(60, 660, "有效期限", years, 34)
    return sheet.done()


def second_page(v: Values, rng: random.Random) -> Picture:
    """The second page of a licence with a bar code."""
    sheet = Sheet((1060, 700), taste(rng))
    sheet.say(160, 30, "中华人民共和国机动车驾驶证副页", 44, (30, 30, 34))
    sheet.named(60, 120, "证号", v[F.LICENCE_NUMBER], 38)
    sheet.named(60, 200, "姓名", v[F.NAME], 36)
    sheet.named(470, 200, "档案编号", v[F.FILE_NUMBER], 36)
    sheet.named(60, 290, "记录", "请于2027年06月11日前九十日内申请换领新驾驶证。", 30)
    x = 120
    while x < 700:
        wide = rng.randrange(2, 8)
        sheet.draw.rectangle((x, 520, x + wide, 610), fill=(10, 10, 10))
        x += wide + rng.randrange(3, 9)
    sheet.say(200, 616, "*4110029785632*", 28)
    return sheet.done()


def two_column_phone(v: Values, rng: random.Random) -> Picture:
    """A phone's licence: a card with name and picture, then pairs in two columns with values below."""
    how = taste(rng)
    sheet = Sheet((800, 1560), how)
    sheet.draw.rectangle((0, 0, 800, 120), fill=rng.choice(((30, 90, 200), (20, 140, 120), (60, 60, 70))))
    sheet.say(
        40,
        40,
        rng.choice(("机动车电子驾驶证", "电子驾驶证", "中华人民共和国机动车驾驶证")),
        40,
        (255, 255, 255),
    )
    sheet.draw.rectangle((580, 160, 750, 380), fill=(205, 212, 222))
    pairs = [
        ("姓名", v[F.NAME]),
        ("证号", v[F.LICENCE_NUMBER]),
        ("性别", v[F.SEX], "国籍", v[F.NATIONALITY]),
        ("出生日期", day(how, v[F.BIRTH_DATE]), "准驾车型", v[F.VEHICLE_CLASSES]),
        ("初次领证日期", day(how, v[F.FIRST_ISSUE_DATE]), "累积记分", "0分"),
        ("有效期限", span(how, v)),
        ("档案编号", v[F.FILE_NUMBER]),
        ("状态", "正常"),
    ]
    y = 160
    for pair in pairs:
        for column, at in zip(range(0, len(pair), 2), (44, 420), strict=False):
            sheet.font = how.fonts[0]
            sheet.say(at, y, pair[column] + how.colon, 26, how.label)
            sheet.font = how.fonts[1]
            sheet.say(at, y + 44, pair[column + 1], 34, how.ink)
        y += 132
    sheet.say(44, y, "住址", 26, how.label)
    for number in range(0, len(v[F.ADDRESS]), 20):
        sheet.say(44, y + 44 + number // 20 * 46, v[F.ADDRESS][number : number + 20], 34, how.ink)
    sheet.say(44, 1480, "当前时间 2026-11-26 10:20:35", 26, how.label)
    return sheet.done()


def rows_phone(v: Values, rng: random.Random) -> Picture:
    """A phone's licence: one row each, the values in one column, in the order of an app."""
    how = taste(rng)
    sheet = Sheet((820, 1500), how)
    sheet.say(300, 40, "我的驾驶证", 40)
    rows = [
        ("驾驶证号", v[F.LICENCE_NUMBER]),
        ("姓名", v[F.NAME]),
        ("性别", v[F.SEX]),
        ("国籍", v[F.NATIONALITY]),
        ("准驾车型", v[F.VEHICLE_CLASSES]),
        ("出生日期", day(how, v[F.BIRTH_DATE])),
        ("初次领证日期", day(how, v[F.FIRST_ISSUE_DATE])),
        ("有效期始", day(how, v[F.VALID_FROM])),
        ("有效期止", day(how, v[F.VALID_TO])),
        ("档案编号", v[F.FILE_NUMBER]),
        ("发证机关", "样例市公安局交通警察支队"),
    ]
    for number, (label, value) in enumerate(rows):
        sheet.named(50, 150 + number * 94, label, value, 34, column=290)
        sheet.draw.line((40, 216 + number * 94, 780, 216 + number * 94), fill=(222, 222, 226), width=2)
    sheet.font = how.fonts[0]
    sheet.say(50, 150 + len(rows) * 94, "住址", 27, how.label)
    for number in range(0, len(v[F.ADDRESS]), 13):
        y = 150 + len(rows) * 94 + number // 13 * 46
        sheet.say(290, y, v[F.ADDRESS][number : number + 13], 34, how.ink)
    return sheet.done()


def real_vehicle(v: Values, rng: random.Random) -> Picture:
    """A paper vehicle licence with the office's seal in the corner."""
    how = taste(rng)
    sheet = Sheet((1200, 800), how)
    sheet.say(230, 20, "中华人民共和国机动车行驶证", 50, (30, 30, 34))
    sheet.say(320, 82, "Vehicle License of the People's Republic of China", 20, how.label)
    dotted = v[F.PLATE][:2] + rng.choice(("", "·")) + v[F.PLATE][2:]
    sheet.named(50, 125, "号牌号码", dotted, 40, "Plate No.")
    sheet.named(620, 125, "车辆类型", v[F.VEHICLE_TYPE], 38, "Vehicle Type")
    sheet.named(50, 205, "所有人", v[F.OWNER], 38, "Owner")
    sheet.wrapped(50, 285, "住址", v[F.ADDRESS], 34, rng.choice((18, 24, 26)), "Address")
    sheet.named(50, 395, "使用性质", v[F.USE_NATURE], 36, "Use Character")
    sheet.named(520, 395, "品牌型号", v[F.MODEL], 36, "Model")
    sheet.stamp((50, 490, 330, 700), "样例省样例", "市公安局交", "通警察支队")
    sheet.named(390, 480, "车辆识别代号", v[F.VIN], 38, "VIN")
    sheet.named(390, 570, "发动机号码", v[F.ENGINE_NUMBER], 38, "Engine No.")
    sheet.named(390, 660, "注册日期", day(how, v[F.REGISTER_DATE]), 34, "Register Date")
    sheet.named(800, 660, "发证日期", day(how, v[F.ISSUE_DATE]), 34, "Issue Date")
    return sheet.done()


def stacked_vehicle(v: Values, rng: random.Random) -> Picture:
    """A phone's vehicle licence with values below their labels in two columns."""
    how = taste(rng)
    sheet = Sheet((840, 1400), how)
    sheet.say(40, 40, rng.choice(("机动车电子行驶证", "电子行驶证")), 44, (20, 60, 140))
    rows = (
        ("号牌号码", v[F.PLATE], rng.choice(("车辆类型",)), v[F.VEHICLE_TYPE]),
        ("所有人", v[F.OWNER]),
        ("使用性质", v[F.USE_NATURE], "品牌型号", v[F.MODEL]),
        (rng.choice(("车辆识别代号", "车架号")), v[F.VIN]),
        (rng.choice(("发动机号码", "发动机号")), v[F.ENGINE_NUMBER], "车身颜色", "白色"),
        ("注册日期", day(how, v[F.REGISTER_DATE]), "发证日期", day(how, v[F.ISSUE_DATE])),
        ("检验有效期至", "2028-05", "状态", "正常"),
    )
    for number, row in enumerate(rows):
        y = 140 + number * 136
        for column, at in zip(range(0, len(row), 2), (44, 440), strict=False):
            sheet.font = how.fonts[0]
            sheet.say(at, y, row[column], 26, how.label)
            sheet.font = how.fonts[1]
            sheet.say(at, y + 46, row[column + 1], 34, how.ink)
    return sheet.done()


def real_id(v: Values, rng: random.Random) -> Picture:
    """An identity card: wide labels, the signs of the date in the labels' colour, number below."""
    how = taste(rng)
    sheet = Sheet((1000, 640), how)
    wide = rng.random() < 0.6
    words = (
        ("姓 名", "性 别", "民 族", "出 生", "住 址") if wide else ("姓名", "性别", "民族", "出生", "住址")
    )
    sheet.font = how.fonts[0]
    for word, (x, y) in zip(words, ((50, 66), (50, 146), (260, 146), (50, 222), (50, 300)), strict=True):
        sheet.say(x, y, word, 30, how.label)
    sheet.font = how.fonts[1]
    sheet.say(160, 60, v[F.NAME], 40, how.ink)
    sheet.say(160, 142, v[F.SEX], 36, how.ink)
    sheet.say(370, 142, v[F.ETHNICITY], 36, how.ink)
    end: float = 160
    for part, sign in zip(v[F.BIRTH_DATE].split("-"), "年月日", strict=True):
        end = sheet.say(end, 218, part.lstrip("0"), 36, how.ink) + 12
        end = sheet.say(end, 222, sign, 30, how.label) + 14
    for number in range(0, len(v[F.ADDRESS]), 11):
        sheet.say(160, 296 + number // 11 * 48, v[F.ADDRESS][number : number + 11], 36, how.ink)
    sheet.draw.rectangle((650, 70, 930, 430), fill=(208, 216, 226))
    sheet.font = how.fonts[0]
    sheet.say(50, 540, "公民身份号码", 30, how.label)
    sheet.font = how.fonts[1]
    sheet.say(310, 532, v[F.ID_NUMBER], 42, how.ink)
    return sheet.done()


def ruled_policy(v: Values, rng: random.Random) -> Picture:
    """A policy as insurers print it: ruled, dense, with the vehicle's and the insurer's blocks."""
    how = taste(rng)
    sheet = Sheet((1500, 1100), how)
    sheet.say(380, 20, "机动车交通事故责任强制保险单", 46)
    sheet.say(60, 90, "投保确认号:00YBCJ330026052512345", 24)
    sheet.named(820, 90, rng.choice(("保险单号", "保险单号码")), v[F.POLICY_NUMBER], 28)
    signs = [("年", "月", "日"), (" 年 ", " 月 ", " 日")][rng.random() < 0.5]
    begin, end = (
        "".join(part + sign for part, sign in zip(v[name].split("-"), signs, strict=True))
        for name in (F.VALID_FROM, F.VALID_TO)
    )
    hours = rng.choice((("零时起至", "二十四时止"), (" 00:00 时起至 ", " 24:00 时止"), ("0时起至", "24时止")))
    rows: tuple[tuple[str, ...], ...] = (
        ("被保险人", v[F.INSURED]),
        ("被保险人身份证号码(统一社会信用代码)", "110105********0023"),
        ("地址", "样例市演示区演示路1号", "联系电话", "100****0000"),
        ("号牌号码", v[F.PLATE], "机动车种类", "客车", "使用性质", "家庭自用汽车"),
        ("发动机号码", "K1234567", "识别代码(车架号)", "LSVAM4187C2184841"),
        ("厂牌型号", "样例牌SL7150", "核定载客", "5人", "核定载质量", "0.000千克"),
        ("排量", "1.4950L", "功率", "85.00KW", "登记日期", "2019-06-01"),
        ("死亡伤残赔偿限额", "180000元", "无责任死亡伤残赔偿限额", "18000元"),
        ("保险期间", f"自{begin}{hours[0]}{end}{hours[1]}"),
        ("特别约定", "无"),
        ("公司名称", v[F.INSURER]),
        ("公司地址", "样例市演示区演示路2号", "服务电话", "95000"),
    )
    for number, row in enumerate(rows):
        y = 150 + number * 74
        sheet.draw.line((40, y - 14, 1460, y - 14), fill=(90, 90, 90), width=2)
        step = 1400 // (len(row) // 2)
        for column in range(0, len(row), 2):
            sheet.named(56 + column // 2 * step, y, row[column], row[column + 1], 30)
    sheet.say(56, 1046, "核保:样例    制单:样例    经办:样例", 24)
    return sheet.done()


def phone_mark(v: Values, rng: random.Random) -> Picture:
    """A phone's mark of the compulsory insurance: rows, first and last day apart."""
    how = taste(rng)
    sheet = Sheet((800, 1100), how)
    sheet.say(
        220, 40, rng.choice(("交强险电子标志", "交强险电子保单", "机动车交强险标志")), 44, (150, 40, 40)
    )
    rows = (
        (rng.choice(("保单号", "保险单号")), v[F.POLICY_NUMBER]),
        (rng.choice(("车牌号", "号牌号码")), v[F.PLATE]),
        ("被保险人", v[F.INSURED]),
        (rng.choice(("保险起期", "起保日期", "生效日期")), day(how, v[F.VALID_FROM])),
        (rng.choice(("保险止期", "终保日期", "终止日期")), day(how, v[F.VALID_TO])),
        (rng.choice(("承保公司", "保险公司")), v[F.INSURER]),
        ("状态", "有效"),
    )
    for number, (label, value) in enumerate(rows):
        sheet.named(44, 160 + number * 110, label, value, 30, column=rng.choice((0, 220)))
    return sheet.done()


FURTHER: Mapping[
    str, tuple[DocumentKind, tuple[FieldName, ...], Callable[[Values, random.Random], Picture]]
] = {
    "real_licence": (K.DRIVING_LICENCE, LICENCE, real_licence),
    "old_licence": (K.DRIVING_LICENCE, LICENCE, old_licence),
    "second_page": (K.DRIVING_LICENCE, (F.LICENCE_NUMBER, F.NAME, F.FILE_NUMBER), second_page),
    "two_column_phone": (K.DRIVING_LICENCE, (*LICENCE, F.FILE_NUMBER), two_column_phone),
    "rows_phone": (K.DRIVING_LICENCE, (*LICENCE, F.FILE_NUMBER), rows_phone),
    "real_vehicle": (K.VEHICLE_LICENCE, (*REGISTERED, F.ADDRESS), real_vehicle),
    "stacked_vehicle": (K.VEHICLE_LICENCE, REGISTERED, stacked_vehicle),
    "real_id": (K.ID_CARD, IDENTITY, real_id),
    "ruled_policy": (K.INSURANCE, INSURANCE, ruled_policy),
    "phone_mark": (K.INSURANCE, INSURANCE, phone_mark),
}
"""Each further document: its kind, the fields that stand on it, and how it is drawn."""
