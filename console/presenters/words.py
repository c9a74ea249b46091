"""The words for codes and states: one place, plain language, what happened and what still works."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from console.domain.call import CallSource, CallState
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Custody, Slot
from console.domain.party import ConsentItem
from console.domain.ruling import Liability, Outcome
from console.domain.triage import Branch, TriageFact
from console.usecases.ports import ServiceUnavailable


def tr(text: str) -> str:
    """Translate a text of the presenters."""
    return QCoreApplication.translate("presenters", text)


SLOT: Mapping[Slot, str] = {
    Slot.SAFETY: "安全防护",
    Slot.LOCATION_LANDMARK: "方位地标",
    Slot.FRONT_PANORAMA: "前方全景",
    Slot.REAR_PANORAMA: "后方全景",
    Slot.CONTACT_A: "接触部位 甲",
    Slot.CONTACT_B: "接触部位 乙",
    Slot.MARKINGS: "标线",
    Slot.GROUND_MARKS: "制动痕",
    Slot.PLATE_A: "号牌 甲",
    Slot.PLATE_B: "号牌 乙",
    Slot.BOTH_IN_FRAME: "双方同框",
    Slot.DRIVING_LICENCE_A: "驾驶证 甲",
    Slot.VEHICLE_LICENCE_A: "行驶证 甲",
    Slot.DRIVING_LICENCE_B: "驾驶证 乙",
    Slot.VEHICLE_LICENCE_B: "行驶证 乙",
    Slot.OTHER: "其他",
}

SCRIPT: Mapping[Slot, str] = {
    Slot.SAFETY: "请打开双闪,把三角警告牌放到车后 50–100 米,让我看到它。",
    Slot.LOCATION_LANDMARK: "请拍一下旁边的路牌或路灯杆号。",
    Slot.FRONT_PANORAMA: "请走到前车前方 3–5 米,把两辆车和车道线都拍进来。",
    Slot.REAR_PANORAMA: "请走到后车后方 3–5 米,把手机横过来,拍到两辆车、两块号牌和车道线。",
    Slot.CONTACT_A: "请靠近,拍清甲车被碰到的地方。",
    Slot.CONTACT_B: "请靠近,拍清乙车被碰到的地方。",
    Slot.MARKINGS: "请拍车轮旁边的地面标线。",
    Slot.GROUND_MARKS: "地上有刹车痕或散落物吗?有就拍一下。",
    Slot.PLATE_A: "请拍清甲车号牌。",
    Slot.PLATE_B: "请拍清乙车号牌。",
    Slot.BOTH_IN_FRAME: "请两位驾驶人站到一起,拍在同一画面里。",
    Slot.DRIVING_LICENCE_A: "请拍甲方驾驶证,平放、不反光。",
    Slot.VEHICLE_LICENCE_A: "请拍甲车行驶证,平放、不反光。",
    Slot.DRIVING_LICENCE_B: "请拍乙方驾驶证,平放、不反光。",
    Slot.VEHICLE_LICENCE_B: "请拍乙车行驶证,平放、不反光。",
    Slot.OTHER: "请把您认为重要的地方拍给我看。",
}

FORM: Mapping[AccidentForm, str] = {
    AccidentForm.REAR_END: "追尾",
    AccidentForm.LANE_CHANGE: "变道",
    AccidentForm.JUNCTION: "路口",
    AccidentForm.SINGLE_VEHICLE: "单车",
    AccidentForm.OTHER: "其他",
}

FACT: Mapping[TriageFact, str] = {
    TriageFact.INJURY: "人员伤亡",
    TriageFact.ALCOHOL_OR_DRUGS: "酒驾毒驾嫌疑",
    TriageFact.DRIVER_SWAP: "更换驾驶人",
    TriageFact.LICENCE_INVALID: "无证或车型不符",
    TriageFact.PLATE_MISSING_OR_FORGED: "无牌或假牌",
    TriageFact.IMMOVABLE: "车辆不能自行移动",
    TriageFact.DANGEROUS_GOODS: "危险化学品",
    TriageFact.FACILITY_HIT: "碰撞公共设施",
    TriageFact.PARTY_LEFT: "一方已离开",
    TriageFact.OUTSIDE_LOCAL_RULE: "超出本地时段区域",
}

CONSENT: Mapping[ConsentItem, str] = {
    ConsentItem.RECORDING_NOTICE: "录音录像告知",
    ConsentItem.VIDEO_HANDLING: "视频快处",
    ConsentItem.LOCATION: "提供位置",
    ConsentItem.SIMPLE_PROCEDURE: "伤者同意简易程序",
    ConsentItem.E_SERVICE: "电子送达",
    ConsentItem.FACE_COMPARISON: "人像比对(可不选)",
}

CUSTODY: Mapping[Custody, str] = {
    Custody.CAPTURED: "本机已存",
    Custody.QUEUED: "待上传",
    Custody.UPLOADING: "上传中",
    Custody.RECEIVED: "服务器已收",
    Custody.VERIFIED: "服务器已核对摘要",
    Custody.RETRY_LATER: "稍后重试",
    Custody.REJECTED: "被退回",
    Custody.CORRUPT: "摘要不符",
}

SOURCE: Mapping[CallSource, str] = {
    CallSource.APP: "12123 · 实名",
    CallSource.SMS_LINK: "短信链接 · 未实名",
    CallSource.TRANSFER: "110 转入",
}

CALL_STATE: Mapping[CallState, str] = {
    CallState.WAITING: "排队",
    CallState.RINGING: "振铃",
    CallState.CONNECTED: "通话中",
    CallState.INTERRUPTED: "掉线",
    CallState.WRAP_UP: "话后",
    CallState.ENDED: "已结束",
    CallState.ABANDONED: "已放弃",
}

LIABILITY: Mapping[Liability, str] = {
    Liability.FULL: "全部责任",
    Liability.MAIN: "主要责任",
    Liability.EQUAL: "同等责任",
    Liability.SECONDARY: "次要责任",
    Liability.NONE: "无责任",
}

OUTCOME: Mapping[Outcome, str] = {
    Outcome.RULING: "责任认定",
    Outcome.NO_FAULT: "交通意外",
    Outcome.CERTIFICATE: "事故证明",
    Outcome.GENERAL_PROCEDURE: "转一般程序",
}

BRANCH: Mapping[Branch, str] = {
    Branch.VIDEO_FAST: "第19条 取证后撤离",
    Branch.HOLD_SCENE_DISPATCH: "第13条 勿动",
    Branch.PHOTO_MOVE_REPORT: "第14条 拍后移",
    Branch.HAZMAT_EMERGENCY: "第15条 危化品",
    Branch.DISPATCH_ON_REQUEST: "第20条 应要求派警",
    Branch.EVIDENCE_MOVE_DISPATCH: "第19条 取证后撤离 · 派警",
}

PROBLEM: Mapping[str, str] = {
    "call-taken": "{seat} 席已接",
    "call-state": "这通电话已不在等待,列表马上更新。",
    "call-over": "这通电话已经结束,案件还在。",
    "seat-busy": "本席还有一通电话没有结束,先结束它。",
    "not-your-call": "这通电话由 {seat} 席处理。",
    "unknown-call": "没有找到这通电话,列表马上更新。",
    "unknown-incident": "没有找到这个案件,列表马上更新。",
    "unknown-party": "没有找到这位当事人,列表马上更新。",
    "not-signed-in": "登录已失效,请重新登录。写下的都在本机。",
    "wrong-credentials": "账号或口令不对,请再试。",
    "role-missing": "您的岗位不能这样做。",
    "too-many-requests": "按得太快,请等 {retry_after} 秒再试。",
    "invalid-request": "服务没有接受填的内容,请检查后再试。",
    "text-too-long": "写得太长,请缩短后再试。写下的都在。",
    "text-missing": "还没有写内容。",
    "too-many-parties": "当事人已满 {limit} 方,请派警处理。",
    "evacuation-locked": "现在不能推送撤离:现场勿动。",
    "evidence-incomplete": "还有必拍的图没有拍:{slots}。",
    "evidence-locked": "本机证据库打不开,请联系信息科。服务器上的不受影响。",
    "evidence-corrupt": "本机这张图的摘要不符,原件已留存,请重拍。",
    "evidence-unknown": "本机没有这张图。",
    "evidence-damaged": "服务器上这张图的摘要不符,请重拍。",
    "unknown-evidence": "服务器上没有这张图。",
    "facts-open": "适用性还有未确认的项:{facts}。",
    "reason-missing": "须写明理由。",
    "ruling-not-allowed": "这类事故不能线上认定,须派警。",
    "ruling-not-issuable": "还不能签发,原因列在责任栏下面。",
    "no-ruling": "还没有草稿,请先填责任并存草稿。",
    "edits-unsent": "还有内容没有传到服务器,稍后再签发。",
    "not-issued": "文书还没有签发。",
    "document-late": "文书没有按时生成,请再试一次。",
    "document-damaged": "存下的文书摘要不符,请联系信息科。",
    "unqualified-issuer": "只有具备资格的民警可以签发。",
    "stale": "案件刚有变化,请看一眼再签发。",
    "incident-state": "案件现在的阶段不能这样做。",
    "incident-locked": "案件已锁定,不能再改。",
    "calendar-missing": "缺少 {year} 年的节假日表,不能计算期限,请联系管理员。",
    "fictional-data-only": "训练模式只收虚构资料:号牌带「测」,电话以 100 开头。",
    "fictional-data": "正式模式不收虚构资料,请核对号牌和电话。",
    "no-picture": "还没有画面,不能抓拍。",
    "picture-too-large": "画面太大,不能抓拍,请用高清照。",
    "no-peer": "没有接通,不能抓拍。",
    "control-not-open": "手机的引导通道还没有接通,请口头引导。",
    "control-too-large": "这句话太长,手机收不下,请口头说。",
    "content-corrupt": "这张图没有完整取到,请再拍一次。",
    "connection-failed": "与手机的连接断了,正在重新连接,案件不受影响。",
    "timed-out": "媒体程序没有按时回答,请再试一次。",
    "not-running": "媒体程序正在重启,案件不受影响。",
    "internal": "媒体程序出了问题,已记入日志,请再试一次。",
    "still-refused": "手机没能拍高清照,请用抓拍。",
    "still-missing": "高清照没有到,可以再要一次。",
    "link-expired": "链接已过期。",
}
"""Every refusal that can reach the desk, by its code; names in braces are its params."""

_TROUBLE: Mapping[str, str] = {
    "timeout": "服务没有按时回答,已存本机,稍后再试。",
    "unreachable": "连不上服务,已存本机,恢复后自动续传。",
    "certificate": "服务的证书不被信任,请联系信息科。",
    "busy": "服务正忙,稍后自动再试。",
    "fault": "服务出了问题,已存本机,稍后再试。",
    "unreadable": "服务的回答读不懂,请联系信息科。",
}


def problem(error: Exception) -> str:
    """Return what to say of a failure: what happened, never blame, never a bare code."""
    if isinstance(error, DomainError):
        words = PROBLEM.get(error.code)
        if words is None:
            return tr("没有办成({code})。已填的都在。").format(code=error.code)
        return tr(words).format_map(_Params(_in_words(error.params)))
    if isinstance(error, ServiceUnavailable):
        return tr(_TROUBLE.get(error.reason, "连不上服务,已存本机。"))
    return tr("程序出了问题,已记入日志。已存的证据不受影响。")


def _in_words(params: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """Slots and facts come as codes, several in one parameter; they are read out by name."""
    named: dict[str, str | int | float] = dict(params)
    names: dict[str, str] = {slot.value: words for slot, words in SLOT.items()}
    names |= {fact.value: words for fact, words in FACT.items()}
    for key in ("slots", "facts"):
        if key in named:
            named[key] = "、".join(tr(names.get(code, code)) for code in str(named[key]).split())
    return named


class _Params(dict[str, str | int | float]):
    """Leaves the place of a missing parameter visible instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
