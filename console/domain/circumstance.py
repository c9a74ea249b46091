"""Circumstances: what decides between the provisions of one fault, read from the place and the neutral facts.

The same conduct breaches another provision with lights than without, by night than by day, on a slope than
on the level. A circumstance is read from coded facts where there are any; the short sentences that a
call-taker wrote down are read for the words of the trade, never for names or whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from console.domain.accident import Accident, Involved
from console.domain.road import Road, RoadControl
from console.domain.ruling import PartyKind


class Circumstance(StrEnum):
    """A circumstance that a provision asks for or rules out."""

    EXPRESSWAY = "expressway"
    FLASHING_YELLOW = "flashing_yellow"
    RED_RIGHT_TURN = "red_right_turn"
    GREEN = "green"
    ROUND_LIGHTS = "round_lights"
    DARK = "dark"
    LIGHTS_OF_TURNING = "lights_of_turning"
    HIGH_BEAM = "high_beam"
    MEETING = "meeting"
    OBSTACLE = "obstacle"
    SLOPE = "slope"
    MOUNTAIN = "mountain"
    NOT_SLOWING = "not_slowing"
    UNCONTROLLED_JUNCTION = "uncontrolled_junction"
    BAD_WEATHER = "bad_weather"
    NON_MOTOR = "non_motor"
    BORROWING_LANE = "borrowing_lane"
    EMERGENCY_VEHICLE = "emergency_vehicle"
    STRADDLING = "straddling"
    MAIN_AND_SIDE_ROAD = "main_and_side_road"
    STOPPING = "stopping"
    STOP_FORBIDDEN = "stop_forbidden"
    STOP_NEAR_JUNCTION = "stop_near_junction"
    STOP_NEAR_BUS_STOP = "stop_near_bus_stop"
    STRUCK_NON_MOTOR = "struck_non_motor"
    STRUCK_STILL = "struck_still"
    ALONE = "alone"
    PUSHED = "pushed"


EXPRESSWAYS = frozenset({"10", "21"})
"""Expressways and urban expressways, for which 实施条例 Art. 85 takes over the expressway rules."""

DARK_LIGHT = frozenset({"2", "3", "4", "5"})
BLINDING_WEATHER = frozenset({"3", "4", "5", "7", "8"})
SLIPPERY = frozenset({"2", "3", "4", "5", "6"})

_WORDS: Mapping[Circumstance, re.Pattern[str]] = {
    Circumstance.FLASHING_YELLOW: re.compile("黄闪|黄灯(持续)?闪烁|闪光警告"),
    Circumstance.DARK: re.compile("夜间|夜晚|无路灯|天黑|能见度低|雾"),
    Circumstance.LIGHTS_OF_TURNING: re.compile("转向灯"),
    Circumstance.HIGH_BEAM: re.compile("远光"),
    Circumstance.MEETING: re.compile("会车|对向来车|对向行驶|相向|相对行驶|迎面|对面"),
    Circumstance.OBSTACLE: re.compile("障碍|施工|占用|停放的|占道|绕行"),
    Circumstance.NOT_SLOWING: re.compile(
        "(未|没有|没)(提前|采取)?(降低|减低|减|降)(速|车速)|(未|没有|没)(采取)?(制动|刹车)"
        "|(车速|速度)(仍|较|过)快|(车速|速度)(没有|未|没|无)(明显)?(变|降低|下降)|原(车)?速"
    ),
    Circumstance.BAD_WEATHER: re.compile("雨|雪|雾|结冰|冰|沙尘|积水|湿滑|泥泞"),
    Circumstance.BORROWING_LANE: re.compile("借用|借道|[驶进]入.{0,4}机动车道|绕[行过开]"),
    Circumstance.EMERGENCY_VEHICLE: re.compile("警车|消防车|救护车|工程救险车|救险车|警报器|警笛"),
    Circumstance.STRADDLING: re.compile("[骑跨压轧].{0,8}线"),
    Circumstance.MAIN_AND_SIDE_ROAD: re.compile("辅路|主路|辅道|主道"),
    Circumstance.STOPPING: re.compile("临时停车|[上下]客|[接送等]人|[卸装]货|装卸|停靠|靠边停"),
    Circumstance.STOP_FORBIDDEN: re.compile("禁停|禁止(临时)?停车|人行横道|网状线|施工地段|隔离设施"),
    Circumstance.STOP_NEAR_JUNCTION: re.compile(
        "(路口|弯道|急弯|桥|陡坡|隧道|铁道|窄路).{0,12}(\\d+|几|十|数)\\s*米|(\\d+)米.{0,8}(路口|弯|桥|坡|隧道)"
    ),
    Circumstance.STOP_NEAR_BUS_STOP: re.compile("公(交|共汽车)站|急救站|加油站|消防栓|消火栓|消防队"),
    Circumstance.RED_RIGHT_TURN: re.compile("红灯"),
    Circumstance.GREEN: re.compile("绿灯"),
    Circumstance.PUSHED: re.compile(
        "(被|受).{0,10}(撞|推|顶|碰)\\w{0,3}后?.{0,6}(前移|前冲|前滑|滑行|弹|移动|推|向前)|推[撞向至移入着]|撞出"
    ),
}

_OWN = frozenset(
    {
        Circumstance.NOT_SLOWING,
        Circumstance.STRADDLING,
        Circumstance.STOPPING,
        Circumstance.STOP_FORBIDDEN,
        Circumstance.STOP_NEAR_JUNCTION,
        Circumstance.STOP_NEAR_BUS_STOP,
        Circumstance.RED_RIGHT_TURN,
        Circumstance.LIGHTS_OF_TURNING,
        Circumstance.PUSHED,
    }
)
"""What only the party's own facts tell; the others may be written down beside anybody."""


def _coded(road: Road) -> Iterator[Circumstance]:
    tests: tuple[tuple[bool, Circumstance], ...] = (
        (road.road_type in EXPRESSWAYS, Circumstance.EXPRESSWAY),
        (road.signal_state == "flashing_yellow", Circumstance.FLASHING_YELLOW),
        (road.signal_kind == "round", Circumstance.ROUND_LIGHTS),
        (road.light in DARK_LIGHT, Circumstance.DARK),
        (road.slope, Circumstance.SLOPE),
        (road.mountain, Circumstance.MOUNTAIN),
        (road.weather in BLINDING_WEATHER or road.surface in SLIPPERY, Circumstance.BAD_WEATHER),
        (road.control in {RoadControl.NONE, RoadControl.SIGN}, Circumstance.UNCONTROLLED_JUNCTION),
    )
    return (circumstance for holds, circumstance in tests if holds)


def _about(accident: Accident, party: Involved) -> Iterator[str]:
    """Yield the sentences about ``party``: its own that name nobody else first, and others' that name it."""
    rest = tuple(other.label for other in accident.parties if other is not party)
    for one in accident.parties:
        for sentence in one.observed:
            if sentence.startswith(party.label) or (one is party and not sentence.startswith(rest)):
                yield sentence


def circumstances(accident: Accident, party: Involved) -> frozenset[Circumstance]:
    """Return what holds for ``party``'s conduct, whatever the order of parties and sentences."""
    road = accident.road
    others = tuple(other for other in accident.parties if other is not party)
    own = tuple(_about(accident, party))
    everybody = (
        *accident.observed,
        *(sentence for one in accident.parties for sentence in one.observed),
    )
    found = set(_coded(road))
    for circumstance, words in _WORDS.items():
        if any(words.search(sentence) for sentence in (own if circumstance in _OWN else everybody)):
            found.add(circumstance)
    if party.driving_state != "右转弯":
        found.discard(Circumstance.RED_RIGHT_TURN)
    elif road.signal_state in {"red", "all_red"}:
        found.add(Circumstance.RED_RIGHT_TURN)
    checks: Mapping[Circumstance, Callable[[], bool]] = {
        Circumstance.NON_MOTOR: lambda: any(one.kind is PartyKind.NON_MOTOR for one in accident.parties),
        Circumstance.STRUCK_NON_MOTOR: lambda: (
            bool(others) and not any(other.kind is PartyKind.MOTOR for other in others)
        ),
        Circumstance.STRUCK_STILL: lambda: (
            bool(others) and all(other.driving_state in {"停车", "静止"} for other in others)
        ),
        Circumstance.ALONE: lambda: all(other.kind is PartyKind.PROPERTY for other in others),
    }
    return frozenset(found | {circumstance for circumstance, holds in checks.items() if holds()})
