"""Driving and vehicle licences as a phone sees them: simple readable cards, stamped 样张, held in a hand.

They name the same fields as the real documents, and deliberately do not imitate their look.
"""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
from PIL import Image, ImageDraw

from console.simulator.scene_people import look_of, on_ground, portrait
from console.simulator.scene_space import Picture, lay_on, soft
from console.simulator.scene_text import bgr, font
from console.training.scenario import PartyTruth

CARD = (1320, 900)
"""Pixels of a card of 88 mm by 60 mm."""
INK = (34, 40, 56)
LABEL = (88, 104, 140)
STAMP = (206, 58, 58)

Row = tuple[str, str]


def driving_licence(party: PartyTruth) -> Picture:
    """The driving licence of a party (BGR, `CARD` pixels)."""
    person = party.person
    image = _card("机动车驾驶证", (232, 240, 248))
    face = on_ground(portrait(look_of(person)), (246, 248, 250)).crop((90, 90, 710, 900))
    image.paste(face.resize((240, 314), Image.Resampling.LANCZOS), (1010, 440))
    _rows(image, [("证号", person.id_number)], 178, 56)
    _rows(image, [("姓名", person.name), ("性别", person.sex), ("国籍", "中国")], 262, 46, (60, 500, 820))
    _rows(image, [("住址", person.address)], 344, 42)
    dates = [
        ("出生日期", person.birth_date.isoformat()),
        ("初次领证日期", person.first_licence_date.isoformat()),
        ("准驾车型", person.vehicle_classes),
        ("有效期限", _validity(person.first_licence_date)),
    ]
    for number, row in enumerate(dates):
        _rows(image, [row], 446 + number * 88, 46)
    return _stamped(image)


def vehicle_licence(party: PartyTruth) -> Picture:
    """The vehicle licence of a party (BGR, `CARD` pixels)."""
    vehicle = party.vehicle
    image = _card("机动车行驶证", (236, 244, 234))
    _rows(image, [("号牌号码", vehicle.plate.replace("·", "")), ("车辆类型", "小型轿车")], 182, 50, (60, 720))
    _rows(image, [("所有人", party.person.name), ("使用性质", "非营运")], 276, 46, (60, 720))
    _rows(image, [("住址", party.person.address)], 366, 42)
    _rows(image, [("品牌型号", vehicle.model), ("颜色", vehicle.colour.title_zh)], 456, 46, (60, 720))
    _rows(image, [("车辆识别代号", vehicle.vin)], 550, 48)
    _rows(image, [("发动机号码", vehicle.engine_number)], 642, 46)
    issued = vehicle.register_date + dt.timedelta(days=3)
    days = [("注册日期", vehicle.register_date.isoformat()), ("发证日期", issued.isoformat())]
    _rows(image, days, 734, 46, (60, 720))
    return _stamped(image)


def _validity(first: dt.date) -> str:
    """Period of a licence held for 16 years, which never ends (公安部令第162号 13)."""
    return f"{first.replace(year=first.year + 16).isoformat()} 至 长期"


def _card(title: str, ground: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", CARD, ground)
    draw = ImageDraw.Draw(image)
    for y in range(20, CARD[1], 26):
        wave = [(x, y + 7 * np.sin(x / 60 + y / 40)) for x in range(0, CARD[0] + 1, 20)]
        draw.line(wave, fill=tuple(channel - 9 for channel in ground), width=2)
    draw.rounded_rectangle((14, 14, CARD[0] - 15, CARD[1] - 15), 34, outline=(150, 166, 196), width=4)
    draw.text((CARD[0] / 2, 84), title, font=font(74, bold=True), fill=(30, 62, 124), anchor="mm")
    draw.text((CARD[0] / 2, 142), "训练样张 · 虚构资料", font=font(30), fill=LABEL, anchor="mm")
    return image


def _rows(image: Image.Image, rows: list[Row], y: int, size: int, columns: tuple[int, ...] = (60,)) -> None:
    draw = ImageDraw.Draw(image)
    for x, (label, value) in zip(columns, rows, strict=True):
        draw.text((x, y + size * 0.3), label, font=font(30), fill=LABEL)
        left = x + draw.textlength(label, font=font(30)) + 22
        draw.text((left, y), value, font=font(size, bold=True), fill=INK)


def _stamped(image: Image.Image) -> Picture:
    """Print 样张 aslant over the card, thin enough to leave everything readable."""
    layer = Image.new("L", CARD, 0)
    draw = ImageDraw.Draw(layer)
    draw.text((CARD[0] * 0.50, CARD[1] * 0.60), "样 张", font=font(330, bold=True), fill=34, anchor="mm")
    layer = layer.rotate(18, Image.Resampling.BICUBIC)
    image.paste(Image.new("RGB", CARD, STAMP), mask=layer)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((1120, 50, 1270, 122), 12, outline=STAMP, width=5)
    draw.text((1195, 86), "样张", font=font(48, bold=True), fill=STAMP, anchor="mm")
    return bgr(image)


def held(card: Picture, behind: Picture, skin: tuple[int, int, int], rng: np.random.Generator) -> Picture:
    """The card in a hand before a blurred scene; a little tilted, as `rng` has it."""
    height, width = behind.shape[:2]
    picture = soft(behind, height / 60)
    card_width = min(width * 0.66, height * 0.78 * CARD[0] / CARD[1])
    half = np.array([card_width, card_width * CARD[1] / CARD[0]]) / 2
    turn = float(rng.uniform(-0.06, 0.06))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half * rng.uniform(0.975, 1.0, (4, 1))
    corners = corners @ spin.T + (width * 0.5, height * 0.50)
    shadow: Picture = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(shadow, (corners + height * 0.018).astype(np.int32), 150, cv2.LINE_AA)
    shadow = soft(shadow, height / 50)
    picture = (picture * (1 - shadow[:, :, None] / 255.0)).astype(np.uint8)
    fingers = [(float(corners[3][0] + half[0] * share), float(corners[3][1])) for share in (0.10, 0.26, 0.42)]
    unit = half[1] * 0.16
    for x, y in fingers:
        _finger(picture, (x, y + unit * 0.9), unit, skin, 0.82)
    lay_on(picture, corners, card)
    _finger(
        picture,
        (float(corners[3][0] + half[0] * 0.20), float(corners[3][1] + unit * 0.35)),
        unit * 1.2,
        skin,
        1.0,
    )
    return picture


def _finger(
    picture: Picture, tip: tuple[float, float], radius: float, skin: tuple[int, int, int], bright: float
) -> None:
    r, g, b = (channel * bright for channel in skin)
    x, y = tip
    points = [
        (x - radius, y),
        (x + radius, y),
        (x + radius * 1.5, y + radius * 8),
        (x - radius * 1.1, y + radius * 8),
    ]
    cv2.fillConvexPoly(picture, np.array(points).astype(np.int32), (b, g, r), cv2.LINE_AA)
    cv2.ellipse(
        picture, (int(x), int(y)), (int(radius), int(radius * 1.3)), 0, 0, 360, (b, g, r), -1, cv2.LINE_AA
    )
    if bright == 1.0:
        nail = (b * 1.02, g * 1.06, min(255.0, r * 1.06))
        box = (int(radius * 0.58), int(radius * 0.72))
        cv2.ellipse(picture, (int(x), int(y - radius * 0.3)), box, 0, 0, 360, nail, -1, cv2.LINE_AA)
