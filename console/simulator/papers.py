"""Documents as pictures: licences, second pages, the phone's electronic forms, ID card, policy, plate.

They have the fields and the arrangement of the real ones, so that reading them is a fair trial, and say
样张 so that none can be taken for real. Nothing hides a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from console.domain.identifiers import PlateColour
from console.domain.recognition import FieldName
from console.simulator.scene_space import Picture
from console.simulator.scene_text import bgr, font

CARD = (1320, 900)
"""Pixels of a card of 88 mm by 60 mm."""
PHONE = (900, 1500)
SHEET = (1500, 1060)
INK = (34, 40, 56)
LABEL = (88, 104, 140)
STAMP = (206, 58, 58)

Values = Mapping[FieldName, str]
F = FieldName


@dataclass(frozen=True)
class Style:
    """How a document is printed: shade of the paper, size of the values, and how labels stand to them."""

    ground: tuple[int, int, int] = (236, 242, 246)
    label: tuple[int, int, int] = LABEL
    ink: tuple[int, int, int] = INK
    scale: float = 1.0
    bold: bool = True
    gap: int = 22
    colon: str = ""
    english: bool = True


class Paper:
    """A sheet being printed."""

    def __init__(self, size: tuple[int, int], style: Style) -> None:
        self.style = style
        self.size = size
        self.image = Image.new("RGB", size, style.ground)
        self._draw = ImageDraw.Draw(self.image)

    def waves(self) -> None:
        """Print the fine lines of a card's ground and its rim."""
        shade = tuple(channel - 9 for channel in self.style.ground)
        for y in range(20, self.size[1], 26):
            wave = [(x, y + 7 * np.sin(x / 60 + y / 40)) for x in range(0, self.size[0] + 1, 20)]
            self._draw.line(wave, fill=shade, width=2)
        rim = (14, 14, self.size[0] - 15, self.size[1] - 15)
        self._draw.rounded_rectangle(rim, 34, outline=(150, 166, 196), width=4)

    def title(self, text: str, y: int, size: int, english: str = "") -> None:
        """Print a title in the middle, its English below."""
        middle = self.size[0] / 2
        self._draw.text((middle, y), text, font=font(size, bold=True), fill=(30, 62, 124), anchor="mm")
        if english and self.style.english:
            place = (middle, y + size * 0.78)
            self._draw.text(place, english, font=font(size // 3), fill=self.style.label, anchor="mm")

    def field(
        self, at: tuple[int, int], label: str, value: str, size: int = 46, english: str = "", wide: int = 0
    ) -> None:
        """Print a label and its value behind it; a value longer than ``wide`` pixels goes on below."""
        x, y = at
        small = font(30)
        face = font(round(size * self.style.scale), bold=self.style.bold)
        self._draw.text((x, y + size * 0.3), label + self.style.colon, font=small, fill=self.style.label)
        if english and self.style.english:
            below = (x, y + size * 0.3 + 36)
            self._draw.text(below, english, font=font(20), fill=self.style.label)
        left = x + self._draw.textlength(label + self.style.colon, font=small) + self.style.gap
        for number, line in enumerate(self._lines(value, face, wide)):
            place = (left, y + number * size * self.style.scale * 1.24)
            self._draw.text(place, line, font=face, fill=self.style.ink)

    def write(
        self, at: tuple[float, float], text: str, size: int, colour: tuple[int, int, int] | None = None
    ) -> None:
        """Print plain text."""
        self._draw.text(at, text, font=font(size), fill=colour or self.style.label)

    def face(self, face: Image.Image | None, box: tuple[int, int, int, int]) -> None:
        """Print a photograph, or an empty frame where there is none."""
        left, top, right, bottom = box
        if face is None:
            self._draw.rectangle(box, fill=(214, 222, 232), outline=(170, 180, 196))
        else:
            fitted = face.resize((right - left, bottom - top), Image.Resampling.LANCZOS)
            self.image.paste(fitted, (left, top))

    def line(self, box: tuple[int, int, int, int], width: int = 2) -> None:
        """Rule a line."""
        self._draw.line(box, fill=(150, 158, 172), width=width)

    def sample(self, box: tuple[int, int, int, int]) -> Picture:
        """Stamp 样张 into ``box`` and, thinly, aslant over everything; return the finished picture."""
        layer = Image.new("L", self.size, 0)
        middle = (self.size[0] * 0.50, self.size[1] * 0.60)
        large = font(round(min(self.size) * 0.36), bold=True)
        ImageDraw.Draw(layer).text(middle, "样 张", font=large, fill=30, anchor="mm")
        layer = layer.rotate(18, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.size, STAMP), mask=layer)
        left, top, right, bottom = box
        self._draw.rounded_rectangle(box, 12, outline=STAMP, width=5)
        place = ((left + right) / 2, (top + bottom) / 2)
        size = font(round((bottom - top) * 0.66), bold=True)
        self._draw.text(place, "样张", font=size, fill=STAMP, anchor="mm")
        return bgr(self.image)

    def _lines(self, text: str, face: ImageFont.FreeTypeFont, wide: int) -> Sequence[str]:
        if not wide:
            return [text]
        lines, line = [], ""
        for character in text:
            if self._draw.textlength(line + character, font=face) > wide:
                lines.append(line)
                line = ""
            line += character
        return [*lines, line]


def driving_licence(values: Values, style: Style, face: Image.Image | None) -> Picture:
    """The first page of a paper driving licence."""
    paper = Paper(CARD, style)
    paper.waves()
    republic = "Driving License of the People's Republic of China"
    paper.title("中华人民共和国机动车驾驶证", 78, 58, republic)
    paper.field((60, 160), "证号", values[F.LICENCE_NUMBER], 54, "No.")
    paper.field((60, 240), "姓名", values[F.NAME], 46, "Name")
    paper.field((560, 240), "性别", values[F.SEX], 46, "Sex")
    paper.field((860, 240), "国籍", values[F.NATIONALITY], 46, "Nationality")
    paper.field((60, 330), "住址", values[F.ADDRESS], 42, "Address", wide=1060)
    paper.face(face, (1010, 470, 1250, 790))
    for number, (label, name, english) in enumerate(
        (
            ("出生日期", F.BIRTH_DATE, "Date of Birth"),
            ("初次领证日期", F.FIRST_ISSUE_DATE, "Date of First Issue"),
            ("准驾车型", F.VEHICLE_CLASSES, "Class"),
        )
    ):
        paper.field((420, 462 + number * 96), label, values[name], 46, english)
    period = f"{values[F.VALID_FROM]} 至 {values[F.VALID_TO]}"
    paper.field((60, 800), "有效期限", period, 44, "Valid Period")
    return paper.sample((90, 520, 330, 690))


def driving_licence_second(values: Values, style: Style) -> Picture:
    """The second page of a paper driving licence."""
    paper = Paper(CARD, style)
    paper.waves()
    paper.title("中华人民共和国机动车驾驶证副页", 84, 52)
    paper.field((60, 170), "证号", values[F.LICENCE_NUMBER], 50)
    paper.field((60, 280), "姓名", values[F.NAME], 46)
    paper.field((560, 280), "档案编号", values[F.FILE_NUMBER], 46)
    paper.line((60, 360, 1260, 360))
    paper.field((60, 390), "记录", "请于每个记分周期结束后三十日内接受审验。", 38)
    paper.write((150, 460), "无记分的,免予本次审验。", 34, style.ink)
    return paper.sample((960, 660, 1210, 800))


def driving_licence_phone(values: Values, style: Style, face: Image.Image | None) -> Picture:
    """The electronic driving licence on a phone."""
    paper = Paper(PHONE, style)
    paper.title("电子驾驶证", 70, 46)
    paper.face(face, (640, 170, 830, 420))
    rows = (
        ("姓名", values[F.NAME]),
        ("性别", values[F.SEX]),
        ("国籍", values[F.NATIONALITY]),
        ("出生日期", values[F.BIRTH_DATE]),
        ("证号", values[F.LICENCE_NUMBER]),
        ("档案编号", values[F.FILE_NUMBER]),
        ("准驾车型", values[F.VEHICLE_CLASSES]),
        ("初次领证日期", values[F.FIRST_ISSUE_DATE]),
        ("有效期限", f"{values[F.VALID_FROM]}至{values[F.VALID_TO]}"),
        ("累积记分", "0分"),
        ("状态", "正常"),
    )
    for number, (label, value) in enumerate(rows):
        paper.field((60, 170 + number * 92), label, value, 38)
    paper.field((60, 170 + len(rows) * 92), "住址", values[F.ADDRESS], 36, wide=660)
    paper.write((60, 1390), "生成时间 2026-11-26 10:20:35", 28)
    return paper.sample((660, 1290, 840, 1370))


def vehicle_licence(values: Values, style: Style) -> Picture:
    """The first page of a paper vehicle licence."""
    paper = Paper(CARD, style)
    paper.waves()
    republic = "Vehicle License of the People's Republic of China"
    paper.title("中华人民共和国机动车行驶证", 78, 58, republic)
    paper.field((60, 160), "号牌号码", values[F.PLATE], 50, "Plate No.")
    paper.field((680, 160), "车辆类型", values[F.VEHICLE_TYPE], 46, "Vehicle Type")
    paper.field((60, 255), "所有人", values[F.OWNER], 46, "Owner")
    paper.field((60, 345), "住址", values[F.ADDRESS], 42, "Address", wide=1060)
    paper.field((60, 465), "使用性质", values[F.USE_NATURE], 46, "Use Character")
    paper.field((500, 465), "品牌型号", values[F.MODEL], 42, "Model")
    paper.field((420, 560), "车辆识别代号", values[F.VIN], 46, "VIN")
    paper.field((420, 650), "发动机号码", values[F.ENGINE_NUMBER], 46, "Engine No.")
    paper.field((420, 745), "注册日期", values[F.REGISTER_DATE], 42, "Register Date")
    paper.field((860, 745), "发证日期", values[F.ISSUE_DATE], 42, "Issue Date")
    return paper.sample((90, 600, 330, 780))


def vehicle_licence_second(values: Values, style: Style) -> Picture:
    """The second page of a paper vehicle licence."""
    paper = Paper(CARD, style)
    paper.waves()
    paper.title("中华人民共和国机动车行驶证副页", 84, 52)
    paper.field((60, 170), "号牌号码", values[F.PLATE], 46)
    paper.field((680, 170), "档案编号", "000123456789", 42)
    rows = (("核定载人数", "5人", "总质量", "1875kg"), ("整备质量", "1450kg", "核定载质量", "--"))
    for number, (label, value, other, more) in enumerate(rows):
        paper.field((60, 270 + number * 90), label, value, 42)
        paper.field((680, 270 + number * 90), other, more, 42)
    paper.field((60, 450), "外廓尺寸", "4670X1806X1474mm", 42)
    paper.field((60, 540), "备注", "", 42)
    paper.line((60, 620, 1260, 620))
    paper.field((60, 660), "检验记录", "检验有效期至2028年05月样", 42)
    return paper.sample((1000, 700, 1240, 840))


def id_card(values: Values, style: Style, face: Image.Image | None) -> Picture:
    """The front of an identity card."""
    paper = Paper(CARD, style)
    year, month, day = values[F.BIRTH_DATE].split("-")
    paper.field((70, 110), "姓 名", values[F.NAME], 52)
    paper.field((70, 220), "性 别", values[F.SEX], 46)
    paper.field((360, 220), "民 族", values[F.ETHNICITY], 46)
    paper.field((70, 320), "出 生", f"{year} 年 {int(month)} 月 {int(day)} 日", 46)
    paper.field((70, 420), "住 址", values[F.ADDRESS], 44, wide=620)
    paper.face(face, (900, 120, 1240, 580))
    paper.field((70, 760), "公民身份号码", values[F.ID_NUMBER], 56)
    return paper.sample((960, 620, 1180, 720))


def policy(values: Values, style: Style) -> Picture:
    """A policy of the compulsory motor insurance, its first part."""
    paper = Paper(SHEET, style)
    paper.title("机动车交通事故责任强制保险单", 70, 50)
    paper.field((60, 130), "公司名称", values[F.INSURER], 34)
    paper.field((860, 190), "保险单号", values[F.POLICY_NUMBER], 32)
    paper.line((50, 250, 1450, 250))
    paper.field((60, 270), "被保险人", values[F.INSURED], 38)
    paper.field((60, 340), "被保险人身份证号码(统一社会信用代码)", "000***********0000", 32)
    paper.field((60, 410), "地址", "样例市演示区演示路1号", 32)
    paper.field((860, 410), "联系电话", "100****0000", 32)
    paper.line((50, 470, 1450, 470))
    paper.field((60, 490), "号牌号码", values[F.PLATE], 38)
    paper.field((560, 490), "机动车种类", "客车", 34)
    paper.field((1000, 490), "使用性质", "家庭自用", 34)
    paper.field((60, 560), "厂牌型号", "样例牌SL7150", 34)
    paper.field((860, 560), "核定载客", "5人", 34)
    paper.line((50, 630, 1450, 630))
    paper.field((60, 650), "死亡伤残赔偿限额", "180000元", 32)
    paper.field((760, 650), "财产损失赔偿限额", "2000元", 32)
    begin, end = (chinese_day(values[name]) for name in (F.VALID_FROM, F.VALID_TO))
    paper.field((60, 740), "保险期间自", f"{begin}零时起至{end}二十四时止", 36)
    paper.write((60, 830), "保险合同争议解决方式:协商不成的,依法向人民法院起诉。", 28)
    paper.field((60, 900), "签单日期", values[F.VALID_FROM], 32)
    return paper.sample((1240, 880, 1430, 1000))


def mark(values: Values, style: Style) -> Picture:
    """The back of the mark of the compulsory motor insurance."""
    paper = Paper((1000, 760), style)
    paper.title("强制保险标志", 70, 50)
    begin, end = (chinese_day(values[name]) for name in (F.VALID_FROM, F.VALID_TO))
    paper.field((50, 150), "保险单号", values[F.POLICY_NUMBER], 36)
    paper.field((50, 240), "号牌号码", values[F.PLATE], 42)
    paper.field((50, 330), "被保险人", values[F.INSURED], 38)
    paper.field((50, 420), "保险期间", f"{begin}至", 38)
    paper.write((236, 480), end, round(38 * style.scale), style.ink)
    paper.field((50, 560), "保险公司", values[F.INSURER], 34)
    return paper.sample((760, 640, 940, 730))


def chinese_day(iso: str) -> str:
    """Write an ISO day as 2026年01月31日."""
    year, month, day = iso.split("-")
    return f"{year}年{month}月{day}日"


_GROUNDS: Mapping[PlateColour, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    PlateColour.BLUE: ((28, 78, 184), (250, 252, 255)),
    PlateColour.YELLOW: ((242, 190, 32), (20, 20, 22)),
    PlateColour.GREEN: ((66, 190, 120), (18, 20, 22)),
    PlateColour.YELLOW_GREEN: ((66, 190, 120), (18, 20, 22)),
    PlateColour.WHITE: ((244, 245, 246), (22, 22, 24)),
    PlateColour.BLACK: ((24, 24, 28), (246, 246, 248)),
}
"""Ground and characters of each colour (RGB)."""


def plate(text: str, colour: PlateColour) -> Picture:
    """A number plate of 440 mm (new energy: 480 mm) by 140 mm, 样张 in its rim."""
    green = colour in {PlateColour.GREEN, PlateColour.YELLOW_GREEN}
    width, height = (960 if green else 880), 280
    ground, ink = _GROUNDS[colour]
    rows = np.tile(np.array(ground, np.float64), (height, width, 1))
    if colour is PlateColour.GREEN:
        rows += (np.array((240, 250, 244)) - ground) * np.linspace(0.85, 0, height)[:, None, None]
    elif colour is PlateColour.YELLOW_GREEN:
        rows[:, : width // 4] = _GROUNDS[PlateColour.YELLOW][0]
    image = Image.fromarray(rows.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((6, 6, width - 7, height - 7), 22, outline=ink, width=6)
    letters = text[:2] + ("" if green else "·") + text[2:]
    face = font(150, bold=True)
    left, top, right, bottom = face.getbbox(letters)
    flat = Image.new("L", (int(right - left), int(bottom - top)), 0)
    ImageDraw.Draw(flat).text((-left, -top), letters, font=face, fill=255)
    stretched = flat.resize((width - 110, height - 96), Image.Resampling.LANCZOS)
    image.paste(Image.new("RGB", stretched.size, ink), (55, 48), stretched)
    draw.text((width - 96, 12), "样张", font=font(24), fill=ink)
    return bgr(image)
