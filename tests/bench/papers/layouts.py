"""A second set of documents, drawn apart from the simulator's: other measures, words, fonts and forms.

Used for measuring alone; the reader was never fitted to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from console.assets import RESOURCES
from console.domain.recognition import DocumentKind, FieldName

Picture = npt.NDArray[np.uint8]
Values = Mapping[FieldName, str]
F, K = FieldName, DocumentKind

DEBIAN = Path("/usr/share/fonts")
FONTS = (
    (DEBIAN / "truetype/wqy/wqy-zenhei.ttc", 0),
    (DEBIAN / "truetype/arphic/uming.ttc", 0),
    (RESOURCES / "fonts" / "NotoSansCJKsc-Regular.otf", 0),
    (DEBIAN / "truetype/wqy/wqy-microhei.ttc", 0),
    (DEBIAN / "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    (DEBIAN / "opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    (DEBIAN / "truetype/arphic/ukai.ttc", 0),
    (DEBIAN / "opentype/noto/NotoSerifCJK-Bold.ttc", 2),
)
"""Gothic, Song and brush, the house's own among them, each with its place in the file; those that are not
installed are left out.
"""


@cache
def face(number: int, size: int) -> ImageFont.FreeTypeFont:
    """One of the fonts there are."""
    there = [font for font in FONTS if font[0].exists()]
    path, index = there[number % len(there)]
    return ImageFont.truetype(str(path), size, index=index)


class Form:
    """A form that is filled from top to bottom."""

    def __init__(self, size: tuple[int, int], ground: tuple[int, int, int], font: int) -> None:
        self.image = Image.new("RGB", size, ground)
        self.draw = ImageDraw.Draw(self.image)
        self.font = font

    def say(
        self, x: float, y: float, text: str, size: int, ink: tuple[int, int, int] = (20, 20, 20)
    ) -> float:
        """Print text; return where it ends."""
        font = face(self.font, size)
        self.draw.text((x, y), text, font=font, fill=ink)
        return x + self.draw.textlength(text, font=font)

    def pair(self, x: float, y: float, label: str, value: str, size: int, gap: float = 0) -> None:
        """Print a label in blue and the value on the same line."""
        end = self.say(x, y, label, size, (40, 90, 120))
        self.say(end + gap, y, value, size)

    def done(self) -> Picture:
        """Return the picture."""
        self.say(self.image.width - 150, self.image.height - 50, "样张", 34, (190, 60, 60))
        return np.ascontiguousarray(np.asarray(self.image, np.uint8)[:, :, ::-1])


def tight_licence(v: Values, font: int) -> Picture:
    """A licence whose labels touch their values, several on a line, dates with dots."""
    form = Form((1000, 640), (250, 250, 246), font)
    form.say(230, 24, "机动车驾驶证", 48, (20, 60, 120))
    form.pair(40, 110, "证号:", v[F.LICENCE_NUMBER], 34)
    form.say(40, 170, f"姓名{v[F.NAME]}  性别{v[F.SEX]}  国籍{v[F.NATIONALITY]}", 32)
    form.pair(40, 230, "住址", v[F.ADDRESS][:20], 30)
    form.say(100, 270, v[F.ADDRESS][20:], 30)
    form.pair(40, 330, "出生日期", v[F.BIRTH_DATE].replace("-", "."), 32, 10)
    form.pair(500, 330, "准驾车型", v[F.VEHICLE_CLASSES], 32, 10)
    form.pair(40, 400, "初次领证日期", v[F.FIRST_ISSUE_DATE].replace("-", "."), 32, 10)
    form.pair(40, 470, "有效期限", f"{_dots(v[F.VALID_FROM])}-{_dots(v[F.VALID_TO])}", 32, 10)
    form.pair(40, 540, "档案编号", v[F.FILE_NUMBER], 32, 16)
    return form.done()


def stacked_licence(v: Values, font: int) -> Picture:
    """A phone's form that writes every value below its label."""
    form = Form((720, 1500), (255, 255, 255), font)
    form.draw.rectangle((0, 0, 720, 110), fill=(38, 110, 210))
    form.say(250, 32, "电子驾驶证", 40, (255, 255, 255))
    rows = (
        ("姓名", v[F.NAME], "性别", v[F.SEX]),
        ("国籍", v[F.NATIONALITY], "准驾车型", v[F.VEHICLE_CLASSES]),
        ("出生日期", v[F.BIRTH_DATE], "初次领证日期", v[F.FIRST_ISSUE_DATE]),
        ("证号", v[F.LICENCE_NUMBER], "", ""),
        ("档案编号", v[F.FILE_NUMBER], "", ""),
        ("有效期限", f"{v[F.VALID_FROM]} 至 {v[F.VALID_TO]}", "", ""),
    )
    for number, (label, value, other, more) in enumerate(rows):
        y = 160 + number * 130
        form.say(50, y, label, 26, (140, 140, 146))
        form.say(50, y + 42, value, 34)
        form.say(400, y, other, 26, (140, 140, 146))
        form.say(400, y + 42, more, 34)
    y = 160 + len(rows) * 130
    form.say(50, y, "住址", 26, (140, 140, 146))
    form.say(50, y + 42, v[F.ADDRESS][:17], 34)
    form.say(50, y + 88, v[F.ADDRESS][17:], 34)
    form.say(50, 1180, "状态", 26, (140, 140, 146))
    form.say(50, 1222, "正常", 34)
    return form.done()


def spread_vehicle(v: Values, font: int) -> Picture:
    """A vehicle licence with far-off values and English labels below."""
    form = Form((1240, 820), (244, 249, 240), font)
    form.say(330, 26, "中华人民共和国机动车行驶证", 44, (20, 60, 120))
    rows = (
        ("号牌号码", "Plate No.", v[F.PLATE], "车辆类型", "Vehicle Type", v[F.VEHICLE_TYPE]),
        ("所有人", "Owner", v[F.OWNER], "", "", ""),
        ("住址", "Address", v[F.ADDRESS][:24], "", "", ""),
        ("使用性质", "Use Character", v[F.USE_NATURE], "品牌型号", "Model", v[F.MODEL]),
        ("车辆识别代号", "VIN", v[F.VIN], "", "", ""),
        ("发动机号码", "Engine No.", v[F.ENGINE_NUMBER], "", "", ""),
        ("注册日期", "Register Date", v[F.REGISTER_DATE], "发证日期", "Issue Date", v[F.ISSUE_DATE]),
    )
    y = 120
    for label, english, value, other, more, second in rows:
        form.say(40, y, label, 26, (60, 110, 90))
        form.say(40, y + 32, english, 16, (60, 110, 90))
        form.say(250, y + 4, value, 38)
        if label == "住址" and len(v[F.ADDRESS]) > 24:
            form.say(250, y + 50, v[F.ADDRESS][24:], 38)
            y += 40
        form.say(700, y, other, 26, (60, 110, 90))
        form.say(700, y + 32, more, 16, (60, 110, 90))
        form.say(870, y + 4, second, 36)
        y += 90
    return form.done()


def phone_vehicle(v: Values, font: int) -> Picture:
    """A phone's electronic vehicle licence, values flush right."""
    form = Form((760, 1400), (250, 250, 252), font)
    form.say(270, 40, "电子行驶证", 42, (30, 30, 30))
    rows = (
        ("号牌号码", v[F.PLATE]),
        ("车辆类型", v[F.VEHICLE_TYPE]),
        ("所有人", v[F.OWNER]),
        ("使用性质", v[F.USE_NATURE]),
        ("品牌型号", v[F.MODEL]),
        ("车辆识别代号", v[F.VIN]),
        ("发动机号码", v[F.ENGINE_NUMBER]),
        ("注册日期", v[F.REGISTER_DATE]),
        ("发证日期", v[F.ISSUE_DATE]),
        ("检验有效期", "2028-05"),
    )
    for number, (label, value) in enumerate(rows):
        y = 150 + number * 96
        form.say(40, y, label, 32, (130, 130, 136))
        width = form.draw.textlength(value, font=face(font, 32))
        form.say(720 - width, y, value, 32)
        form.draw.line((40, y + 66, 720, y + 66), fill=(225, 225, 230), width=2)
    return form.done()


def plain_id(v: Values, font: int) -> Picture:
    """An identity card with labels in one column and narrow lines."""
    form = Form((1100, 700), (238, 244, 250), font)
    year, month, day = v[F.BIRTH_DATE].split("-")
    form.pair(70, 80, "姓名", v[F.NAME], 38, 30)
    form.pair(70, 160, "性别", v[F.SEX], 36, 30)
    form.pair(300, 160, "民族", v[F.ETHNICITY], 36, 30)
    form.pair(70, 240, "出生", f"{year}年{int(month)}月{int(day)}日", 36, 30)
    end = form.say(70, 320, "住址", 36, (40, 90, 120)) + 30
    for number in range(0, len(v[F.ADDRESS]), 13):
        form.say(end, 320 + number // 13 * 50, v[F.ADDRESS][number : number + 13], 36)
    form.draw.rectangle((780, 90, 1030, 420), fill=(205, 214, 224))
    form.pair(70, 580, "公民身份号码", v[F.ID_NUMBER], 44, 40)
    return form.done()


def table_policy(v: Values, font: int) -> Picture:
    """A policy as a table with ruled cells."""
    form = Form((1400, 900), (255, 255, 255), font)
    form.say(330, 24, "机动车交通事故责任强制保险单(电子保单)", 38)
    begin, end = v[F.VALID_FROM], v[F.VALID_TO]
    rows = (
        ("保单号", v[F.POLICY_NUMBER], "投保确认码", "00YBCJ260000000000"),
        ("被保险人", v[F.INSURED], "联系电话", "100****0000"),
        ("车牌号码", v[F.PLATE], "使用性质", "非营业"),
        ("车架号", "0LTFS5AJ9UVW96823", "发动机号", "0822899"),
    )
    for number, (label, value, other, more) in enumerate(rows):
        y = 110 + number * 86
        form.draw.rectangle((40, y - 14, 1360, y + 72), outline=(120, 120, 120), width=2)
        form.say(56, y + 8, label, 28)
        form.say(230, y + 6, value, 32)
        form.say(810, y + 8, other, 28)
        form.say(1000, y + 8, more, 28)
    period = f"自{_chinese(begin)}00时00分起至{_chinese(end)}24时00分止"
    form.pair(56, 480, "保险期间:", period, 32, 12)
    form.pair(56, 570, "保险公司名称:", v[F.INSURER], 30, 12)
    form.pair(56, 640, "公司地址:", "样例市演示区演示路1号", 28, 12)
    return form.done()


def _dots(day: str) -> str:
    return day.replace("-", ".")


def _chinese(day: str) -> str:
    year, month, rest = day.split("-")
    return f"{year}年{month}月{rest}日"


DRIVING = (F.LICENCE_NUMBER, F.NAME, F.SEX, F.NATIONALITY, F.ADDRESS, F.BIRTH_DATE, F.FIRST_ISSUE_DATE)
LICENCE = (*DRIVING, F.VEHICLE_CLASSES, F.VALID_FROM, F.VALID_TO)
VEHICLE = (F.PLATE, F.VEHICLE_TYPE, F.OWNER, F.USE_NATURE, F.MODEL, F.VIN, F.ENGINE_NUMBER)
REGISTERED = (*VEHICLE, F.REGISTER_DATE, F.ISSUE_DATE)
IDENTITY = (F.NAME, F.SEX, F.ETHNICITY, F.BIRTH_DATE, F.ADDRESS, F.ID_NUMBER)
INSURANCE = (F.POLICY_NUMBER, F.PLATE, F.INSURED, F.VALID_FROM, F.VALID_TO, F.INSURER)

OTHERS: Mapping[str, tuple[DocumentKind, tuple[FieldName, ...], Callable[[Values, int], Picture]]] = {
    "tight_licence": (K.DRIVING_LICENCE, (*LICENCE, F.FILE_NUMBER), tight_licence),
    "stacked_licence": (K.DRIVING_LICENCE, (*LICENCE, F.FILE_NUMBER), stacked_licence),
    "spread_vehicle": (K.VEHICLE_LICENCE, (*REGISTERED, F.ADDRESS), spread_vehicle),
    "phone_vehicle": (K.VEHICLE_LICENCE, REGISTERED, phone_vehicle),
    "plain_id": (K.ID_CARD, IDENTITY, plain_id),
    "table_policy": (K.INSURANCE, INSURANCE, table_policy),
}
"""Each other document: its kind, the fields that stand on it, and how it is drawn."""
