"""The words for codes and states: one place, plain language, what happened and what still works."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from console.domain.call import CallSource, CallState
from console.domain.errors import DomainError
from console.domain.evidence import AccidentForm, Custody, Slot
from console.domain.geo import Datum
from console.domain.local_rule import Unmet
from console.domain.party import ConsentItem
from console.domain.ruling import Liability, Outcome
from console.domain.triage import Branch, TriageFact
from console.usecases.ports import ServiceUnavailable


def tr(text: str) -> str:
    """Translate a text of the presenters."""
    return QCoreApplication.translate("presenters", text)


def gloss(text: str) -> str:
    """Return the English of a script or legal text that itself stays Chinese; empty while that is read."""
    said = tr(text)
    return "" if said == text else said


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
    Slot.DRIVER_A_FACE: "面部 甲",
    Slot.DRIVER_B_FACE: "面部 乙",
    Slot.DRIVING_LICENCE_A: "驾驶证 甲",
    Slot.VEHICLE_LICENCE_A: "行驶证 甲",
    Slot.DRIVING_LICENCE_B: "驾驶证 乙",
    Slot.VEHICLE_LICENCE_B: "行驶证 乙",
    Slot.OTHER: "其他",
}

DATUM: Mapping[Datum, str] = {
    Datum.WGS84: "WGS-84",
    Datum.CGCS2000: "CGCS2000",
    Datum.GCJ02: "GCJ-02",
    Datum.BD09: "BD-09",
    Datum.UNKNOWN: "坐标系未知",
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
    Slot.DRIVER_A_FACE: "请甲方正对镜头,摘下口罩和墨镜,拍清面部。",
    Slot.DRIVER_B_FACE: "请乙方正对镜头,摘下口罩和墨镜,拍清面部。",
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
    TriageFact.MARKS_MISSING: "无检验或保险标志",
    TriageFact.FACILITY_HIT: "碰撞公共设施",
    TriageFact.PARTY_LEFT: "一方已离开",
    TriageFact.OUTSIDE_LOCAL_RULE: "超出本地时段区域",
    TriageFact.SERIOUS_INJURY: "伤势超过轻微",
    TriageFact.OVERLOADED_TRANSPORT: "校车客车超员超速",
    TriageFact.INTENT: "有故意的证据",
    TriageFact.BOTH_LEFT: "现场已撤,事后报警",
    TriageFact.NO_DISPUTE: "双方无争议,自行协商",
}

UNMET: Mapping[Unmet, str] = {
    Unmet.HOURS: "受理时段",
    Unmet.WORKDAY: "工作日",
    Unmet.AREA: "受理区域",
    Unmet.EXPRESSWAY: "高速公路",
    Unmet.KINDS: "事故类型",
    Unmet.INJURY: "人员伤情",
    Unmet.DAMAGE: "损失金额",
    Unmet.VISIBILITY: "天气能见度",
    Unmet.INSURANCE: "交强险",
    Unmet.MOVABLE: "车辆可移动",
    Unmet.MV_NOT_LIABLE: "机动车方担责",
    Unmet.OWNER_ABSENT: "物损方在场",
    Unmet.STATED: "人工认定",
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
    Branch.SELF_NEGOTIATION: "第20条 自行协商",
    Branch.LATE_REPORT_RECORD: "第18条 事后报警",
}

PROBLEM: Mapping[str, str] = {
    "call-taken": "{seat} 席已接",
    "call-state": "这通电话已不在等待,列表马上更新。",
    "call-over": "这通电话已经结束,案件还在。",
    "seat-busy": "本席还有一通电话没有结束,先结束它。",
    "not-your-call": "这通电话由 {seat} 席处理。",
    "unknown-call": "没有找到这通电话,列表马上更新。",
    "unknown-incident": "没有找到这个案件,列表马上更新。",
    "unknown-delivery": "没有找到这一件,列表马上更新。",
    "call-not-lost": "这通电话已经有人处理,列表马上更新。",
    "call-held": "{seat} 席还没有挂断;挂断以后再结束。",
    "no-phone": "没有当事人的电话,发不了链接。",
    "delivery-state": "这一件已经有人处理,列表马上更新。",
    "not-read": "这张图还没有识别,先识别再确认。",
    "field-form": "这一项的写法不对,日期写成 2030-01-31。",
    "too-many-readings": "等待识别的图太多,稍后再试。",
    "unknown-field": "这种证件没有这一项。",
    "nothing-registered": "登记里没有这一项,不能采用。",
    "not-adoptable": "这一项不能采用登记的值。",
    "slots-missing": "没有说要补哪一张。",
    "officer-recused": "已声明回避,须由其他民警办理。",
    "recusal-open": "当事人申请这位民警回避,主管决定以前不能由他签发。",
    "recusal-asked": "这位当事人已经申请过同一民警回避。",
    "recusal-decided": "这件回避申请已经有决定,列表马上更新。",
    "own-recusal": "这件申请是对您本人的,须由其他主管决定。",
    "recused-already": "这位民警已经回避。",
    "unknown-request": "没有找到这件申请,列表马上更新。",
    "no-review": "这个案件没有待办的复核,列表马上更新。",
    "review-open": "这个案件的复核还没有结论,不能结案。",
    "review-forwarded": "案卷已经移送,列表马上更新。",
    "review-not-forwarded": "案卷还没有移送,先按「已移送上级」。",
    "decision-day": "结论日期不能晚于今天,也不能早于申请那天。",
    "own-ruling": "认定是您签发的,复核结论须由其他民警记录。",
    "second-officer": "第二名民警须是另一位有定责职责的民警,请核对警号。",
    "unknown-fault": "过错代码 {fault} 不在代码表里,或当日没有启用。",
    "unknown-party": "没有找到这位当事人,列表马上更新。",
    "not-signed-in": "登录已失效,请重新登录。写下的都在本机。",
    "wrong-credentials": "账号或口令不对,请再试。",
    "second-factor-needed": "请填本人设备上的六位动态码,口令也再填一次。",
    "second-factor-wrong": "动态码不对或已用过,请等下一个。",
    "account-locked": "失败次数太多,账号锁定 15 分钟。需要时请管理员解锁。",
    "account-disabled": "账号已停用,请联系管理员。",
    "password-due": "须先修改口令。",
    "password-weak": "新口令不合要求:{reason}。",
    "training-only-here": "训练账号只在本机或训练网使用。",
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
    "discard-too-late": "定责草稿已按现有的图写下,不能再弃用。",
    "evidence-relied-on": "核验结论用了这张图,请先用别的图重新核验再弃用。",
    "too-many-words": "这通电话里写得太多了,请口头说。",
    "told-just-now": "刚发过续接短信,请等 {seconds} 秒再发。",
    "unknown-evidence": "服务器上没有这张图。",
    "fact-by-rule": "本地时段与区域由本市规则判定。若有误,请更正地点、保险或其他事实。",
    "facts-open": "适用性还有未确认的项:{facts}。",
    "reason-missing": "须写明理由。",
    "ruling-not-allowed": "这类事故不能线上认定,须派警。",
    "ruling-not-issuable": "还不能签发,原因列在责任栏下面。",
    "signatures-open": "还不能签发:{parties}没有签名,也没有注明拒签或未到场。",
    "recording-not-running": "现在没有录像。口头同意要在录像中;请当事人签名要先写明为什么没有录像。",
    "recording-not-announced": "对方还没有收到录音录像告知,不能开始录像。",
    "signature-malformed": "签名太短,请当事人重写。",
    "no-call": "这通电话已经结束,不能再录。",
    "not-asked-to-sign": "还没有请当事人签名,不能注明拒签。",
    "no-ruling": "还没有草稿,请先填责任并存草稿。",
    "edits-unsent": "还有内容没有传到服务器,稍后再试。",
    "not-issued": "文书还没有签发。",
    "document-late": "文书没有按时生成,请再试一次。",
    "recognition-busy": "识别程序正忙,请稍后再试,或人工核对。",
    "recognition-late": "识别没有按时完成,请再试一次,或人工核对。",
    "time-ahead": "这个时间还没有到,请核对事故时间。",
    "check-lacks": "缺少要核验的资料,先补上再查。",
    "check-elsewhere": "这一项不在登记库查,请在人像一栏处理。",
    "silent-closed": "静默代码只有接这通电话的席位和班长能看。",
    "recognition-failed": "这张图识别不了,请重拍,或人工核对。",
    "face-consent-missing": "{label}没有同意人像比对,请人工并排核对。",
    "training-only": "只有训练服务能启动模拟来电。",
    "too-many-parties-running": "同时最多 {limit} 路模拟来电,先结束一路再启动。",
    "unknown-scenario": "没有这个剧本,请重新选择。",
    "unknown-simulated-party": "这路模拟来电已经结束。",
    "photo-missing": "登记库里没有这个人的照片,请用驾驶证照片或人工核对。",
    "document-damaged": "存下的文书摘要不符,请联系信息科。",
    "unqualified-issuer": "只有具备资格的民警可以签发。",
    "stale": "案件刚有变化,请看一眼再签发。",
    "incident-state": "案件现在的阶段不能这样做。",
    "incident-locked": "案件已锁定,不能再改。",
    "calendar-missing": "缺少 {year} 年节假日表,不能计算期限,请联系管理员。",
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
    "datum-unknown": "坐标系未知,请先选定坐标系。",
    "no-map": "服务没有配置地图,用坐标和文字定位。",
    "tile-missing": "地图上没有这个地方。",
    "tile-unavailable": "地图暂时取不到,用坐标和文字定位。",
}
"""Every refusal that can reach the desk, by its code; names in braces are its params."""

_WEAK: Mapping[str, str] = {
    "short": "少于 12 位",
    "long": "太长",
    "simple": "种类太少",
    "run": "有连续或重复的字符",
    "own-name": "含姓名或账号",
    "used": "最近用过",
}
"""Why a password is too weak (``console.domain.passwords``)."""

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
    if "reason" in named:
        named["reason"] = tr(_WEAK.get(str(named["reason"]), str(named["reason"])))
    return named


class _Params(dict[str, str | int | float]):
    """Leaves the place of a missing parameter visible instead of failing."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
