"""Gallery: the widgets of documents, verification and differences, with invented states."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.character_cells import Character, CharacterCells
from widgets.chip import ChipState
from widgets.choices import Choice
from widgets.difference_panel import (
    ChoicesPanel,
    DifferencePanel,
    DifferenceState,
    Script,
    ScriptsPanel,
)
from widgets.difference_table import DifferenceRow
from widgets.face_panel import FacePanel, FaceSide, FaceState, Judgement
from widgets.party_form import PartyField
from widgets.party_panel import PartyPanel, PartyState
from widgets.plate import PlateColour, PlateLabel, PlateState
from widgets.reading_panel import ReadField, ReadingPanel, ReadingState
from widgets.rows import CheckRow
from widgets.silent_line import SilentLine

REASONS = (("identity", "核对身份"), ("contact", "联系当事人"), ("handover", "交接"))

FIELDS = (
    PartyField("name", "姓名", "示例一宁", "示例**"),
    PartyField("phone", "电话", "10000000001", "100****0001"),
    PartyField("plate", "号牌", "测A12345"),
    PartyField("id_number", "证件号", "00000019900101001X", "000***********001X"),
    PartyField("insurer", "保险公司", "样例财险"),
    PartyField("policy_number", "保单号", "SAMPLE-A-0001", beside=True),
)

FINE = (
    CheckRow("identity", "身份", "一致", "ok", "公安 14:31:03"),
    CheckRow("vehicle", "号牌车辆", "一致 · 小型汽车", "ok", "车管 14:31:02"),
    CheckRow("licence", "驾驶证", "正常", "ok", "驾管 14:31:03"),
    CheckRow("class", "准驾车型", "C1 相符", "ok", "规则"),
    CheckRow("inspection", "检验", "有效至 2027-05", "ok", "车管 14:31:02"),
    CheckRow("insurance", "交强险", "事故时有效", "ok", "样例财险"),
    CheckRow("face", "人像", "91(仅作提示)", "unknown", "公安 14:31:09"),
)

MIXED = (
    CheckRow("identity", "身份", "人工认定", "info", "14:32:10", "user-round"),
    CheckRow("vehicle", "号牌车辆", "颜色不一致", "bad", "车管 14:31:40"),
    CheckRow("licence", "驾驶证", "服务暂不可用", "warn", "14:33 再试"),
    CheckRow("class", "准驾车型", "待驾驶证", "none", "—", "hourglass"),
    CheckRow("inspection", "检验", "查询中", "info", "—", "hourglass"),
    CheckRow("insurance", "交强险", "11-20 已到期", "warn", "保险 14:31:05"),
    CheckRow("face", "人像", "未同意,不比对", "none", "—", "circle-dashed"),
)

PARTY = PartyState(
    letter="甲",
    name="示例**",
    role="前车 · 报警人",
    phone="100****0001",
    id_number="000***********001X",
    plate=PlateState("测A12345"),
    plate_note="逐字 ≥ 0.97 · 已人工确认",
    plate_severity="ok",
    rows=FINE,
    fields=FIELDS,
)


def written(text: str, width: int = 300, height: int = 80) -> QImage:
    """A piece of a document, as a crop shows it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(0, 0, width, height, QColor("#E2EADF"))
    painter.setPen(QColor("#39423C"))
    font = QFont()
    font.setPixelSize(height // 2)
    painter.setFont(font)
    painter.drawText(12, height * 2 // 3, text)
    painter.end()
    return image


def cells(text: str, *doubtful: int) -> tuple[Character, ...]:
    """Characters read for sure, those at `doubtful` left empty."""
    return tuple(
        Character("", 0.58) if at in doubtful else Character(letter, 0.97) for at, letter in enumerate(text)
    )


def party_panel() -> QWidget:
    """Everything verified."""
    return PartyPanel(replace(PARTY, crop=written("测A·12345", 200, 60)), REASONS)


def party_mixed() -> QWidget:
    """Pending, unavailable, different, by hand, not applicable."""
    state = replace(
        PARTY,
        letter="乙",
        role="后车",
        rows=MIXED,
        plate_note="待核对,2 处看不清",
        plate_severity="warn",
        chips=(ChipState("已驶离 14:36", "ok"),),
    )
    return PartyPanel(state, REASONS)


def party_empty() -> QWidget:
    """Nothing known."""
    return PartyPanel(PartyState("乙", "未知", "对方", "—", "—", PlateState(""), fields=FIELDS), REASONS)


def party_typing() -> QWidget:
    """The form."""
    panel = PartyPanel(PARTY, REASONS)
    panel.show_form()
    return panel


def party_revealed() -> QWidget:
    """Revealed for a while, and the reasons open again."""
    state = replace(PARTY, phone="10000000001", id_number="00000019900101001X", revealed_s=18)
    panel = PartyPanel(state, REASONS)
    panel.reasons.show()
    return panel


def plates() -> QWidget:
    """Every colour, and none."""
    ground = QWidget()
    column = QVBoxLayout(ground)
    colours: tuple[PlateColour, ...] = ("blue", "green", "yellow", "yellow_green", "white", "black")
    for colour in colours:
        text = "测AD12345" if colour in {"green", "yellow_green"} else "测A12345"
        column.addWidget(PlateLabel(PlateState(text, colour)))
    column.addWidget(PlateLabel(PlateState("")))
    return ground


def character_cells() -> QWidget:
    """Read, too doubtful, by hand; below: a long number over two lines."""
    ground = QWidget()
    column = QVBoxLayout(ground)
    first, second = CharacterCells("号牌"), CharacterCells("车架号")
    mixed = (*cells("测B6789", 3), Character("9"), Character("0", 0.91))
    first.set_cells(mixed)
    second.set_cells(cells("LTEST00000A000170", 15, 16))
    column.addWidget(first)
    column.addWidget(second)
    return ground


def reading_panel() -> QWidget:
    """A document with two doubtful fields."""
    panel = ReadingPanel()
    panel.set_state(
        ReadingState(
            "行驶证 乙",
            (
                ReadField(
                    "vin",
                    "车辆识别代号",
                    cells("LTEST00000A000170", 15, 16),
                    "LTEST00000A0001□□",
                    "warn",
                    "0.58",
                    crop=written("LTEST00000A000170", 420, 80),
                ),
                ReadField("plate", "号牌", cells("测B67890"), "测B67890", "ok", "≥ 0.97"),
                ReadField("type", "车辆类型", cells("小型轿车"), "小型轿车", "ok", "≥ 0.98"),
                ReadField("owner", "所有人", cells("样本二宁"), "样本二*", "ok", "≥ 0.96"),
                ReadField("date", "发证日期", cells("2024-11-27"), "2024-11-27", "ok", "≥ 0.99"),
                ReadField("engine", "发动机号", cells("A0914628", 0), "□0914628", "warn", "0.71"),
            ),
            (ChipState("2 项看不清", "warn"), ChipState("图 15", "none", "camera")),
            "有的字看不清,留空待人工填写。",
        )
    )
    return panel


def reading_sure() -> QWidget:
    """A plate read for sure."""
    panel = ReadingPanel()
    panel.set_state(
        ReadingState(
            "号牌 甲",
            (
                ReadField(
                    "plate",
                    "号牌",
                    cells("测A12345"),
                    "测A12345",
                    "ok",
                    "≥ 0.97",
                    crop=written("测A·12345", 240, 70),
                ),
                ReadField("colour", "颜色", cells("蓝"), "蓝", "ok", "≥ 0.99"),
            ),
            (ChipState("全部读出", "ok"),),
        )
    )
    return panel


def difference_panel() -> QWidget:
    """Picture 04."""
    panel = DifferencePanel()
    rows = (
        DifferenceRow(
            "plate",
            "号牌号码",
            "测B67890",
            "测B67890",
            "一致",
            "ok",
            "车管 14:32:51",
            crop=written("测B·67890", 200, 60),
        ),
        DifferenceRow("colour", "车身颜色", "蓝 · 图 10", "白", "不一致", "bad", "车管 14:32:51"),
        DifferenceRow("type", "车辆类型", "轿车 · 图 4", "小型普通客车", "不一致", "bad", "车管 14:32:51"),
        DifferenceRow("vin", "车架号后 6 位", "A000?? · 图 15", "A00017", "看不清", "warn", "识别 0.61"),
        DifferenceRow("owner", "所有人", "样本二*", "样本二*", "一致", "ok", "车管 14:32:51"),
        DifferenceRow("class", "准驾车型", "C1 · 图 14", "C1", "相符", "ok", "驾管 14:31:41"),
        DifferenceRow("insurance", "交强险", "—", "2026-11-20 到期", "事故时已过期", "warn", "保险 14:32:55"),
        DifferenceRow("face", "人像", "图 17", "—", "91(仅作提示)", "unknown", "公安 14:31:09"),
    )
    panel.set_state(
        DifferenceState(
            "核验差异 · 乙方",
            rows,
            (
                ChipState("2 项不一致", "bad"),
                ChipState("1 项看不清", "warn", "circle-question-mark"),
                ChipState("1 项过期", "warn"),
            ),
        )
    )
    return panel


CHOICES = (
    Choice(
        "recheck",
        "先排除看错:重拍行驶证与车尾",
        "推送引导到对方手机;动车与撤离保持锁定",
        "rotate-ccw",
        advised=True,
    ),
    Choice("ask", "请当事人说明", "改色、过户、临时号牌等;记录原话并请对方出示凭证", "message-square-text"),
    Choice(
        "article-13",
        "疑似假牌或号牌与车辆不符 → 第13条",
        "改用「勿动」脚本:保护现场、不移车、派警到场;F9 撤离锁定",
        "circle-x",
        "bad",
    ),
    Choice(
        "article-14",
        "仅保险过期 → 第14条",
        "改用「拍后移」脚本:先拍照固定,再移到不妨碍处并报警等候",
        "triangle-alert",
        "warn",
        blocked="不只是保险过期",
    ),
)


def choices_panel() -> QWidget:
    """One advised, one that cannot be taken."""
    panel = ChoicesPanel()
    panel.set_choices(CHOICES, frozenset({"ask"}))
    return panel


def choices_armed() -> QWidget:
    """The third waits for its second press."""
    panel = ChoicesPanel()
    panel.set_choices(CHOICES, frozenset())
    panel.choices.press(2)
    return panel


def scripts_panel() -> QWidget:
    """Art. 13 beside Art. 14."""
    return ScriptsPanel(
        (
            Script("第13条 勿动", "请不要移动车辆,人到安全处。", "撤离锁定 · 派警 · 保护现场", "bad"),
            Script(
                "第14条 拍后移",
                "拍完照,把车移到不妨碍处再等。",
                "可移车 · 报警等候 · 能否线上定责看本市规则",
                "warn",
            ),
        )
    )


JUDGEMENTS = (
    Judgement("same", "同一人", "check", doubt=False),
    Judgement("unclear", "说不准", "circle-question-mark", doubt=True),
    Judgement("different", "不是同一人", "x", doubt=True),
)


def face_panel() -> QWidget:
    """Compared with consent, and a person said so too."""
    panel = FacePanel(JUDGEMENTS)
    panel.set_state(
        FaceState(
            "人像并排 · 乙方",
            FaceSide("现场:人像 乙", image=written("乙", 200, 200)),
            FaceSide("驾驶证照片", image=written("乙", 150, 200)),
            hint=ChipState("程序提示:很像 91 分,仅作提示", "unknown"),
            said=ChipState("人工:同一人", "ok", "user-round"),
        )
    )
    return panel


def face_unfit() -> QWidget:
    """The program could not compare, and says why."""
    panel = FacePanel(JUDGEMENTS)
    panel.set_state(
        FaceState(
            "人像并排 · 乙方",
            FaceSide("现场:人像 乙", "太暗、没有正对镜头", written("乙", 200, 200)),
            FaceSide("登记照片", image=written("乙", 150, 200)),
            hint=ChipState("照片不合格,不比对", "warn"),
        )
    )
    return panel


def face_refused() -> QWidget:
    """No consent: the program stays out, a person may look and give a doubt's reason."""
    panel = FacePanel(JUDGEMENTS)
    panel.set_state(
        FaceState(
            "人像并排 · 甲方",
            FaceSide("现场:人像 甲", image=written("甲", 200, 200)),
            FaceSide("登记照片"),
            notice="甲方不同意人像比对,程序不比对;可人工并排看。",
            blocked="未同意",
        )
    )
    panel.judge(1)
    return panel


def silent_line() -> QWidget:
    """Covered, and looked up."""
    ground = QWidget()
    column = QVBoxLayout(ground)
    covered, seen = SilentLine(REASONS), SilentLine(REASONS)
    covered.show_count(1)
    seen.show_count(1)
    seen.show_codes(("车辆:被盗抢", "14:32 车管"), 18)
    column.addWidget(covered)
    column.addWidget(seen)
    return ground
