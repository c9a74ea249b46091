"""The words for verification: items, results, sources and what is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.faces import FaceBand, FaceProblem, FaceReference
from console.domain.party import masked_id, masked_name
from console.domain.registry import LICENCE_STATUS, PLATE_KINDS, VEHICLE_STATUS
from console.domain.verification import Check, CheckItem, CheckResult, Field, Source, Verdict
from console.presenters.desk import clock_words
from console.presenters.words import tr
from widgets.theme import Severity

ITEM: Mapping[CheckItem, str] = {
    CheckItem.IDENTITY: "身份",
    CheckItem.VEHICLE: "号牌车辆",
    CheckItem.LICENCE: "驾驶证",
    CheckItem.LICENCE_CLASS: "准驾车型",
    CheckItem.INSPECTION: "检验",
    CheckItem.INSURANCE: "交强险",
    CheckItem.FACE: "人像",
}

SOURCE: Mapping[Source, str] = {
    Source.POPULATION: "公安",
    Source.DRIVERS: "驾管",
    Source.VEHICLES: "车管",
    Source.INSURANCE: "保险",
    Source.FACES: "人像",
    Source.RULE: "规则",
    Source.OFFICER: "人工",
}

FIELD: Mapping[Field, str] = {
    Field.NAME: "姓名",
    Field.ID_NUMBER: "证件号",
    Field.PLATE: "号牌号码",
    Field.PLATE_KIND: "号牌种类",
    Field.COLOUR: "车身颜色",
    Field.VEHICLE_TYPE: "车辆类型",
    Field.MODEL: "品牌型号",
    Field.VIN: "车架号后6位",
    Field.OWNER: "所有人",
    Field.VEHICLE_STATUS: "车辆状态",
    Field.LICENCE_NUMBER: "驾驶证号",
    Field.LICENCE_STATUS: "驾驶证状态",
    Field.LICENCE_PERIOD: "驾驶证有效期",
    Field.VEHICLE_CLASSES: "准驾车型",
    Field.INSPECTION: "检验有效期",
    Field.POLICY_NUMBER: "保单号",
    Field.INSURER: "保险公司",
    Field.INSURANCE_PERIOD: "交强险",
    Field.LIKENESS: "人像",
}

RESULT: Mapping[CheckResult, str] = {
    CheckResult.WAITING: "待资料",
    CheckResult.PENDING: "查询中",
    CheckResult.VERIFIED: "一致",
    CheckResult.MISMATCH: "不一致",
    CheckResult.NOT_FOUND: "查无登记",
    CheckResult.SOURCE_UNAVAILABLE: "服务暂不可用",
    CheckResult.MANUAL: "人工认定",
    CheckResult.HINT: "仅作提示",
    CheckResult.NOT_APPLICABLE: "不涉及",
}

LOOK: Mapping[CheckResult, tuple[Severity, str]] = {
    CheckResult.WAITING: ("none", "hourglass"),
    CheckResult.PENDING: ("info", "hourglass"),
    CheckResult.VERIFIED: ("ok", ""),
    CheckResult.MISMATCH: ("bad", ""),
    CheckResult.NOT_FOUND: ("warn", "circle-question-mark"),
    CheckResult.SOURCE_UNAVAILABLE: ("warn", ""),
    CheckResult.MANUAL: ("info", "user-round"),
    CheckResult.HINT: ("unknown", ""),
    CheckResult.NOT_APPLICABLE: ("none", "circle-dashed"),
}
"""Severity and icon ("" takes the severity's own); a source that was not reached never shows a green tick."""

VERDICT: Mapping[Verdict, tuple[str, Severity, str]] = {
    Verdict.AGREES: ("一致", "ok", ""),
    Verdict.DIFFERS: ("不一致", "bad", ""),
    Verdict.UNREADABLE: ("看不清", "warn", "circle-question-mark"),
    Verdict.EXPIRED: ("不在有效期", "warn", ""),
    Verdict.NOT_SEEN: ("现场未取得", "none", ""),
}

_FINE: Mapping[CheckItem, str] = {
    CheckItem.LICENCE: "正常",
    CheckItem.LICENCE_CLASS: "相符",
    CheckItem.INSPECTION: "有效",
    CheckItem.INSURANCE: "事故时有效",
}

_LACKING: Mapping[str, str] = {
    "id-number-missing": "待证件号",
    "name-missing": "待姓名",
    "plate-missing": "待号牌",
    "plate-kind-missing": "待号牌种类",
    "plate-kind-ambiguous": "同号多车,选种类",
    "not-compared": "已查到,待比对",
    "licence-unknown": "待驾驶证",
    "vehicle-unknown": "待车辆",
    "class-unknown": "车型待人工定",
    "insurance-none": "查无投保",
}
"""Why there is no finding yet, by the reasons of ``console.domain.checking``."""

LIKENESS: Mapping[FaceBand, str] = {
    FaceBand.LIKELY_SAME: "很像",
    FaceBand.UNCLEAR: "说不准",
    FaceBand.LIKELY_DIFFERENT: "不像",
}
"""What the program hints at: never "is" and never "is not"."""

JUDGED: Mapping[FaceBand, str] = {
    FaceBand.LIKELY_SAME: "同一人",
    FaceBand.UNCLEAR: "说不准",
    FaceBand.LIKELY_DIFFERENT: "不是同一人",
}
"""What a person says who saw both pictures."""

REFERENCE: Mapping[FaceReference, str] = {
    FaceReference.LICENCE: "驾驶证照片",
    FaceReference.REGISTRY: "登记照片",
}

FACE_PROBLEM: Mapping[FaceProblem, str] = {
    FaceProblem.NO_FACE: "没有找到人脸",
    FaceProblem.SEVERAL_FACES: "不止一张人脸",
    FaceProblem.TOO_SMALL: "人脸太小",
    FaceProblem.TOO_DARK: "太暗",
    FaceProblem.BLURRED: "糊",
    FaceProblem.TURNED_AWAY: "没有正对镜头",
}

_PERIODS = frozenset({Field.LICENCE_PERIOD, Field.INSURANCE_PERIOD})
_MASKED: Mapping[Field, Callable[[str], str]] = {
    Field.NAME: masked_name,
    Field.OWNER: masked_name,
    Field.ID_NUMBER: masked_id,
    Field.LICENCE_NUMBER: masked_id,
    Field.VIN: lambda vin: vin[-6:],
}
_LETTERS: Mapping[Field, Mapping[str, str]] = {
    Field.LICENCE_STATUS: LICENCE_STATUS,
    Field.VEHICLE_STATUS: VEHICLE_STATUS,
}


def value_words(field: Field, text: str) -> str:
    """Return a compared value as a person reads it: masked, codes as words, periods by their end."""
    if not text:
        return "—"
    if field in _MASKED:
        return _MASKED[field](text)
    if field in _PERIODS:
        return tr("至 {day}").format(day=text.partition("/")[2].replace("T", " ")[:16])
    if field is Field.PLATE_KIND:
        return " ".join(tr(PLATE_KINDS.get(code, code)) for code in text.split())
    if field in _LETTERS:
        return "、".join(tr(_LETTERS[field].get(letter, letter)) for letter in text)
    return text


def check_value(check: Check) -> str:
    """Return what was found, short enough for a row of the party's panel."""
    if check.item is CheckItem.FACE and check.comparisons:
        return likeness_value(check)
    if check.result is CheckResult.MISMATCH:
        row = next((r for r in check.comparisons if r.verdict is Verdict.DIFFERS), None)
        if row is not None and row.field in _LETTERS:
            return value_words(row.field, row.registered)
        if row is not None:
            return f"{tr(FIELD[row.field])}{tr('不一致')}"
        return tr("事故时不在有效期")
    if check.result in {CheckResult.WAITING, CheckResult.NOT_FOUND}:
        return tr(_LACKING.get(check.reason, RESULT[check.result]))
    if check.result is CheckResult.VERIFIED:
        return _fine(check)
    return tr(RESULT[check.result])


def likeness_value(check: Check) -> str:
    """Return a comparison of faces in words: the program's hint with its score, or a person's finding."""
    band = next((band for band in FaceBand if band.value == check.reason), None)
    if band is None:
        return tr("照片不合格,不比对")
    if check.result is CheckResult.MANUAL:
        return tr(JUDGED[band])
    score = check.comparisons[0].seen.text
    return f"{tr(LIKENESS[band])} {score} {tr('仅作提示')}"


def _fine(check: Check) -> str:
    word = tr(_FINE.get(check.item, RESULT[check.result]))
    classes = check.comparison(Field.VEHICLE_CLASSES)
    inspection = check.comparison(Field.INSPECTION)
    kind = check.comparison(Field.VEHICLE_TYPE)
    if classes is not None:
        return f"{classes.registered} {word}"
    if inspection is not None:
        return tr("有效至 {day}").format(day=inspection.registered[:7])
    return word if kind is None else f"{word} · {kind.registered}"


def check_note(check: Check) -> str:
    """Return source and time, or when an unavailable source is asked again."""
    if check.next_try_at is not None:
        return tr("{time} 再试").format(time=clock_words(check.next_try_at)[:5])
    source = tr(SOURCE[check.source]) if check.source is not None else ""
    at = clock_words(check.at) if check.at is not None else ""
    return f"{source} {at}".strip() or "—"
