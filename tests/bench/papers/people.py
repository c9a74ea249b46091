"""Seeded owners of documents for measuring: varied names, addresses, dates, numbers; all of it fictional."""

from __future__ import annotations

import datetime as dt
import random
import string

from console.domain.identifiers import PLATE_LETTERS, PlateColour
from console.domain.recognition import FOREVER, FieldName
from console.training import fiction

F = FieldName
FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉梅萍红鹏辉玲建国志宇浩然子涵雨欣晓东"
LONG_NAMES = ("阿卜杜热合曼·买买提", "古丽米热·吐尔逊", "欧阳晓东", "司马文博", "尼玛次仁", "伊敏江·阿布都拉")
TOWNS = ("样例省样例市", "示范省演示市", "样例市", "示范自治区样例市")
AREAS = ("演示区", "城东区", "河西区", "高新区", "样例县", "示范县城关镇")
STREETS = ("人民路", "建设大道", "解放北路", "学府街", "滨江东路", "工业园三路", "迎宾大街", "和平里")
PLACES = ("阳光花园", "锦绣小区", "翠湖名苑", "幸福里", "枫林雅居", "东方新城")
COMPANIES = ("样例市迅达物流有限公司", "示范省远航汽车租赁有限公司", "样例市公共交通集团有限公司")
INSURERS = (
    "样例财产保险股份有限公司样例市分公司",
    "示范保险股份有限公司演示中心支公司",
    "训练财产保险有限责任公司",
)
TYPES = ("小型轿车", "小型普通客车", "大型普通客车", "重型半挂牵引车", "轻型厢式货车", "小型越野客车")
USES = ("非营运", "货运", "公路客运", "出租客运", "租赁", "教练")
BRANDS = ("大样牌DY7150", "示范牌SF6470EV", "演示牌YS1040A5", "样驰牌YC4250K2", "测试牌CS6120BEV")
CLASSES = ("C1", "C2", "B2", "A2", "A1A2", "C1E", "A1D", "B1", "C1D", "A2E")
ETHNICITIES = ("汉", "汉", "汉", "回", "满", "维吾尔", "土家", "蒙古", "哈萨克", "藏")
COLOURS = {
    PlateColour.BLUE: "ordinary",
    PlateColour.YELLOW: "yellow",
    PlateColour.GREEN: "small",
    PlateColour.YELLOW_GREEN: "large",
    PlateColour.WHITE: "police",
    PlateColour.BLACK: "border",
}


def owner(rng: random.Random) -> dict[FieldName, str]:
    """One person with one car and one policy: every field of every document."""
    sex = rng.choice("男女")
    name = rng.choice(LONG_NAMES) if rng.random() < 0.12 else rng.choice(FAMILIES) + _some(rng, GIVEN)
    birth = fiction.day(rng, 1955, 2003)
    number = fiction.id_number(rng, birth, sex)
    first = fiction.day(rng, birth.year + 18, 2023)
    registered = fiction.day(rng, 2010, 2025)
    return {
        F.LICENCE_NUMBER: number,
        F.ID_NUMBER: number,
        F.NAME: name,
        F.SEX: sex,
        F.NATIONALITY: "中国",
        F.ETHNICITY: rng.choice(ETHNICITIES),
        F.ADDRESS: _address(rng),
        F.BIRTH_DATE: birth.isoformat(),
        F.FIRST_ISSUE_DATE: first.isoformat(),
        F.VEHICLE_CLASSES: rng.choice(CLASSES),
        **_period(rng, first),
        F.FILE_NUMBER: f"000{rng.randrange(10**9):09d}",
        F.PLATE: plate(rng, PlateColour.BLUE),
        F.VEHICLE_TYPE: rng.choice(TYPES),
        F.OWNER: rng.choice(COMPANIES) if rng.random() < 0.25 else name,
        F.USE_NATURE: rng.choice(USES),
        F.MODEL: rng.choice(BRANDS),
        F.VIN: fiction.vin(rng),
        F.ENGINE_NUMBER: rng.choice("0ABHK") + "".join(rng.choices("0123456789ABCDEFGHKLMNPR", k=6)),
        F.REGISTER_DATE: registered.isoformat(),
        F.ISSUE_DATE: (registered + dt.timedelta(days=rng.randrange(0, 900))).isoformat(),
        F.POLICY_NUMBER: _some(rng, "PDZAYTX", 4)
        + "".join(rng.choices(string.digits, k=rng.choice((17, 18)))),
        F.INSURED: rng.choice(COMPANIES) if rng.random() < 0.25 else name,
        F.INSURER: rng.choice(INSURERS),
    }


def insured(rng: random.Random) -> dict[FieldName, str]:
    """The same with the year of a policy as its validity."""
    begin = fiction.day(rng, 2025, 2026)
    end = begin.replace(year=begin.year + 1) - dt.timedelta(days=1)
    return {**owner(rng), F.VALID_FROM: begin.isoformat(), F.VALID_TO: end.isoformat()}


def plate(rng: random.Random, colour: PlateColour) -> str:
    """A fictional plate that is issued on ``colour``."""
    head = "测" + rng.choice(PLATE_LETTERS)
    digits = "".join(rng.choices(string.digits, k=5))
    match COLOURS[colour]:
        case "small":
            return head + rng.choice("ABCDEFGHJK") + digits
        case "large":
            return head + digits + rng.choice("ABCDEFGHJK")
        case "police":
            return head + digits[:4] + "警"
        case "border":
            return "测Z" + digits[:4] + rng.choice("港澳")
        case "yellow":
            return head + (digits[:4] + rng.choice("学挂") if rng.random() < 0.4 else digits)
        case _:
            return fiction.plate(rng).replace("·", "")


def _some(rng: random.Random, letters: str, count: int = 0) -> str:
    return "".join(rng.choices(letters, k=count or rng.choice((1, 2, 2))))


def _address(rng: random.Random) -> str:
    street = f"{rng.choice(TOWNS)}{rng.choice(AREAS)}{rng.choice(STREETS)}{rng.randrange(1, 999)}号"
    if rng.random() < 0.5:
        return street
    house = f"{rng.randrange(1, 40)}幢{rng.randrange(1, 5)}单元{rng.randrange(101, 2999)}室"
    return street + rng.choice(PLACES) + house


def _period(rng: random.Random, first: dt.date) -> dict[FieldName, str]:
    if first.year < 2007 and rng.random() < 0.6:
        return {F.VALID_FROM: first.replace(year=first.year + 16).isoformat(), F.VALID_TO: FOREVER}
    begin = first if first.year > 2018 else first.replace(year=first.year + 6)
    years = 6 if begin == first else 10
    return {F.VALID_FROM: begin.isoformat(), F.VALID_TO: begin.replace(year=begin.year + years).isoformat()}
