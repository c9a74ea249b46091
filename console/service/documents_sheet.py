"""What a determination or a certificate says: from an incident and a ruling to plain strings, row by row.

Contents: 公安部令第146号 Arts. 24 to 26, 60, 65, 67 and 71. GA 40-2018: a field without content is struck
through and never left blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from console.domain.clock import SHANGHAI, local_date
from console.domain.determination import REVIEW_WORKING_DAYS
from console.domain.incident import Incident
from console.domain.party import ConsentItem, ConsentWay, Party
from console.domain.ruling import Citation, Outcome, PartyRuling, Ruling
from console.domain.wording import SHARE, citation_text
from console.service.rules import Office, Rules

STRUCK = "—"
_WEEKDAYS = "一二三四五六日"
_PROCEDURE = "处理程序规定"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a document is besides its ruling: ``number`` is empty on a draft."""

    number: str
    at: datetime
    officer: str
    review_until: date | None

    @property
    def draft(self) -> bool:
        """Whether this is a preview, which is stamped as such."""
        return not self.number


@dataclass(frozen=True, kw_only=True)
class PartySheet:
    """The block of one party: rows of name, value, name, value."""

    label: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Input of resources/documents/determination.typ; every value is printed as it stands.

    ``scene`` rows have two or four cells, ``passages`` a name and paragraphs, ``stamps`` lie behind the page.
    """

    title: str
    number: str
    unit: str
    stamps: tuple[str, ...]
    footer: str
    scene: tuple[tuple[str, ...], ...]
    parties: tuple[PartySheet, ...]
    passages: tuple[tuple[str, tuple[str, ...]], ...]
    signatures: tuple[tuple[str, str], ...]
    officer: str
    date: str
    seal: str
    notices: tuple[str, ...]


def compose(incident: Incident, ruling: Ruling, rules: Rules, paper: Paper) -> Sheet:
    """Return everything the document of ``ruling`` prints. Parties stand in the order of joining."""
    certificate = ruling.outcome is Outcome.CERTIFICATE
    training = incident.training
    return Sheet(
        title="道路交通事故证明" if certificate else "道路交通事故认定书（简易程序）",
        number=paper.number or "草稿 · 未编号",
        unit=rules.office.unit,
        stamps=(
            ("训练样张", "草稿" if paper.draft else "训练样张")
            if training
            else (("草稿",) if paper.draft else ())
        ),
        footer=f"事故编号 {incident.number}" + (" · 训练样张，不具有法律效力" if training else ""),
        scene=_scene(incident, ruling, rules),
        parties=tuple(_party(party, rules) for party in incident.parties),
        passages=tuple(_passages(incident, ruling)),
        signatures=tuple(_signature(party) for party in incident.parties),
        officer=_or_struck(paper.officer),
        date=chinese_date(local_date(paper.at)),
        seal="训练样张，不加盖印章" if training else "（道路交通事故处理专用章）",
        notices=tuple(_notices(rules.office, paper, certificate=certificate)),
    )


def chinese_date(day: date) -> str:
    """Return ``day`` as 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_date(day: date) -> str:
    """Return ``day`` as 11月26日(星期四)."""
    return f"{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def _or_struck(*parts: str) -> str:
    return " ".join(filter(None, (part.strip() for part in parts))) or STRUCK


def _scene(incident: Incident, ruling: Ruling, rules: Rules) -> tuple[tuple[str, ...], ...]:
    reported = incident.opened_at.astimezone(SHANGHAI)
    minute = f"{chinese_date(reported.date())}{reported:%H}时{reported:%M}分（报警时间）"
    return (
        ("事故时间", minute, "天气", _or_struck(rules.words("weather", ruling.weather))),
        ("事故地点", _or_struck(incident.road_text, incident.landmark_text)),
        (
            "路口路段",
            _or_struck(rules.words("junction", ruling.junction)),
            "交通控制",
            _or_struck(rules.words("control", ruling.control)),
        ),
        (
            "事故形态",
            _or_struck(rules.words("collision_form", ruling.collision_form)),
            "固定证据",
            f"现场图像 {len(incident.evidence)} 项" if incident.evidence else STRUCK,
        ),
    )


def _party(party: Party, rules: Rules) -> PartySheet:
    told = party.details
    return PartySheet(
        label=party.label,
        rows=(
            ("姓名", _or_struck(told.name), "联系方式", _or_struck(told.phone)),
            ("驾驶证号或身份证号", _or_struck(told.id_number), "号牌号码", _or_struck(told.plate)),
            (
                "车辆类型",
                _or_struck(told.vehicle_colour, told.vehicle_type),
                "碰撞部位",
                _or_struck(rules.words("collision_part", told.collision_part)),
            ),
            ("保险公司", _or_struck(told.insurer), "保险凭证号", _or_struck(told.policy_number)),
        ),
    )


def _passages(incident: Incident, ruling: Ruling) -> Iterable[tuple[str, tuple[str, ...]]]:
    labels = {party.id: party.label for party in incident.parties}
    yield "事故事实", _paragraphs(ruling.facts)
    if ruling.outcome is Outcome.CERTIFICATE:
        unclear = "经调查，现有证据不足以查清道路交通事故的成因，依据"
        yield (
            "证明事项",
            (f"{unclear}{_cited(67)}出具本证明，载明事故时间、地点、当事人情况及调查得到的事实。",),
        )
    else:
        yield "过错与依据", tuple(_faults(labels[p.party_id], p) for p in ruling.parties)
        yield "责任认定", (_basis(ruling), *(_share(labels[p.party_id], p) for p in ruling.parties))
    if ruling.reason.strip():
        yield "理由", _paragraphs(ruling.reason)
    yield "损害赔偿调解", _paragraphs(ruling.mediation)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip()) or (STRUCK,)


def _faults(label: str, party: PartyRuling) -> str:
    named = "；".join(f"{fault.name}，违反{citation_text(fault.citation)}" for fault in party.faults)
    return f"当事人{label}：{named or '未发现过错行为'}。"


def _basis(ruling: Ruling) -> str:
    """Return the sentence of Art. 60: one at fault (1), several (2), nobody (3)."""
    at_fault = sum(1 for party in ruling.parties if party.faults)
    match ruling.outcome, at_fault:
        case Outcome.NO_FAULT, _:
            return f"各方均无导致道路交通事故的过错，属于交通意外事故，依据{_cited(60, 1, 3)}，认定如下："
        case _, 1:
            return f"因一方当事人的过错导致道路交通事故，依据{_cited(60, 1, 1)}，认定如下："
        case _:
            return f"因两方以上当事人的过错发生道路交通事故，依据{_cited(60, 1, 2)}，认定如下："


def _share(label: str, party: PartyRuling) -> str:
    return f"当事人{label}：{STRUCK if party.liability is None else SHARE[party.liability]}。"


def _cited(article: int, paragraph: int | None = None, item: int | None = None) -> str:
    return citation_text(Citation(law=_PROCEDURE, article=article, paragraph=paragraph, item=item))


def _signature(party: Party) -> tuple[str, str]:
    """Return the signature and the way of service of one party, as the case holds them."""
    consent = party.consent(ConsentItem.E_SERVICE)
    if consent is None or not consent.given:
        way = "未同意电子送达，另行送达"
    else:
        asked = "本人页面确认" if consent.way is ConsentWay.PAGE else "通话录音中确认"
        way = f"同意电子送达（{asked}，{chinese_date(local_date(consent.at))}）"
    return f"当事人{party.label}：{STRUCK}（视频办理，未签名）", way


def _notices(office: Office, paper: Paper, *, certificate: bool) -> Iterable[str]:
    document = "本证明" if certificate else "本认定书"
    review = (
        f"对{document}有异议的，可以自送达之日起{REVIEW_WORKING_DAYS}个工作日内（送达当日不计）"
        f"向{office.review_by}书面申请复核，写明复核请求、理由和主要证据；同一事故复核以一次为限，"
        f"逾期提出的不予受理并书面告知。"
    )
    if paper.review_until is not None:
        served = chinese_date(local_date(paper.at))
        review += f"如于{served}送达，申请复核的最后一日为{weekday_date(paper.review_until)}。"
    yield review + f"（依据{_cited(71)}）"
    yield (
        f"各方当事人可以自收到{document}之日起十个工作日内共同书面申请调解损害赔偿争议（依据{_cited(86)}）；"
        "也可以直接向人民法院提起民事诉讼。"
    )
    yield "当事人同意电子送达的，以发送系统显示发送成功之日为送达日；证明到达日期不同的，以到达日期为准。"
