"""What a determination or a certificate says: from an incident and a ruling to plain strings, row by row.

Contents: 公安部令第146号 Arts. 24 to 26, 60, 65, 67 and 71. GA 40-2018: a field without content is struck
through and never left blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from console.domain.city import Office
from console.domain.clock import SHANGHAI, local_date
from console.domain.determination import REVIEW_WORKING_DAYS
from console.domain.ids import PartyId
from console.domain.incident import Incident
from console.domain.party import Party
from console.domain.ruling import TAMPERING, Citation, Outcome, PartyKind, PartyRuling, Ruling
from console.domain.split import RuledBlow
from console.domain.statement import vehicle_type
from console.domain.wording import SHARE, citation_text
from console.service.documents_signing import SignatureRow, masked, mediation_lines
from console.service.documents_words import STRUCK, chinese_date, weekday_date
from console.service.rules import Rules
from console.service.ruling_review import blows_of

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
    signatures: tuple[SignatureRow, ...]
    officer: str
    date: str
    seal: str
    notices: tuple[str, ...]


def compose(
    incident: Incident,
    ruling: Ruling,
    rules: Rules,
    paper: Paper,
    signatures: tuple[SignatureRow, ...] = (),
) -> Sheet:
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
        parties=tuple(_party(incident, party, rules) for party in incident.parties),
        passages=(
            *_cancelling(incident),
            *_passages(incident, ruling, blows_of(incident, ruling, rules)),
        ),
        signatures=signatures,
        officer=_or_struck(paper.officer),
        date=chinese_date(local_date(paper.at)),
        seal="训练样张，不加盖印章" if training else "（道路交通事故处理专用章）",
        notices=tuple(
            _notices(rules.office, paper, certificate=certificate, anew=incident.to_redo is not None)
        ),
    )


def _or_struck(*parts: str) -> str:
    return " ".join(filter(None, (part.strip() for part in parts))) or STRUCK


def _scene(incident: Incident, ruling: Ruling, rules: Rules) -> tuple[tuple[str, ...], ...]:
    happened = incident.happened_at.astimezone(SHANGHAI)
    minute = f"{chinese_date(happened.date())}{happened:%H}时{happened:%M}分"
    minute += "" if incident.occurred_at else "（报警时间）"
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


def _party(incident: Incident, party: Party, rules: Rules) -> PartySheet:
    told = party.details
    return PartySheet(
        label=party.label,
        rows=(
            ("姓名", _or_struck(told.name), "联系方式", _or_struck(told.phone)),
            ("驾驶证号或身份证号", _or_struck(told.id_number), "号牌号码", _or_struck(told.plate)),
            (
                "车辆类型",
                _or_struck(told.vehicle_colour, vehicle_type(incident, party)),
                "碰撞部位",
                _or_struck(rules.words("collision_part", told.collision_part)),
            ),
            ("保险公司", _or_struck(told.insurer), "保险凭证号", _or_struck(told.policy_number)),
        ),
    )


def _passages(
    incident: Incident, ruling: Ruling, separate: tuple[RuledBlow, ...]
) -> Iterable[tuple[str, tuple[str, ...]]]:
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
        if separate:
            yield "责任认定", tuple(line for blow in separate for line in _blow(blow, labels))
        else:
            yield "责任认定", (_basis(ruling), *(_share(labels[p.party_id], p) for p in ruling.parties))
    if ruling.reason.strip():
        yield "理由", _paragraphs(ruling.reason)
    yield "损害赔偿调解", mediation_lines(ruling)


def _cancelling(incident: Incident) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield what a document made after a review says of the one before it (Art. 79)."""
    before = incident.determination
    if before is None or incident.to_redo is None:
        return
    name = "道路交通事故证明" if before.ruling.outcome is Outcome.CERTIFICATE else "道路交通事故认定书"
    made = chinese_date(local_date(before.issued_at))
    yield (
        "重新认定",
        (
            f"依据{_cited(79)}，按照上一级公安机关交通管理部门责令重新调查、认定的复核结论，"
            f"经重新调查作出本文书；{made}作出的{name}（{before.number}）予以撤销。",
        ),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip()) or (STRUCK,)


def _faults(label: str, party: PartyRuling) -> str:
    if party.kind is PartyKind.PROPERTY:
        return f"{label}：财物，不承担责任。"
    named = "；".join(f"{fault.name}，违反{citation_text(fault.citation)}" for fault in party.faults)
    return f"当事人{label}：{named or '未发现过错行为'}。"


def _blow(blow: RuledBlow, labels: Mapping[PartyId, str]) -> Iterable[str]:
    """Return what is ruled on one independent blow, under its own provision."""
    touched = "、".join(f"{labels[first]}与{labels[second]}" for first, second in blow.contacts)
    at_fault = sum(1 for codes in blow.faults.values() if codes)
    yield f"第{blow.number}次碰撞（{touched}），{_sentence(at_fault)}"
    for party_id, share in blow.shares.items():
        yield f"当事人{labels[party_id]}：{STRUCK if share is None else SHARE[share]}。"


def _basis(ruling: Ruling) -> str:
    """Return the sentence of Art. 60: one at fault (1), several (2), nobody (3)."""
    if ruling.outcome is Outcome.NO_FAULT:
        return f"各方均无导致道路交通事故的过错，属于交通意外事故，依据{_cited(60, 1, 3)}，认定如下："
    codes = {fault.code for party in ruling.parties for fault in party.faults}
    if TAMPERING in codes:
        return f"当事人故意破坏、伪造现场、毁灭证据，依据{_cited(61, 1, 2)}，认定如下："
    return _sentence(sum(1 for party in ruling.parties if party.faults))


def _sentence(at_fault: int) -> str:
    if at_fault == 1:
        return f"因一方当事人的过错导致道路交通事故，依据{_cited(60, 1, 1)}，认定如下："
    return f"因两方以上当事人的过错发生道路交通事故，依据{_cited(60, 1, 2)}，认定如下："


def _share(label: str, party: PartyRuling) -> str:
    if party.kind is PartyKind.PROPERTY:
        return f"{label}：财物，不承担责任。"
    return f"当事人{label}：{STRUCK if party.liability is None else SHARE[party.liability]}。"


def _cited(article: int, paragraph: int | None = None, item: int | None = None) -> str:
    return citation_text(Citation(law=_PROCEDURE, article=article, paragraph=paragraph, item=item))


def _notices(office: Office, paper: Paper, *, certificate: bool, anew: bool) -> Iterable[str]:
    document = "本证明" if certificate else "本认定书"
    if anew:
        yield (
            f"同一事故复核以一次为限，{document}系复核后重新作出，不再受理复核申请；"
            f"仍有异议的，可以向人民法院提起民事诉讼。（依据{_cited(71)}）"
        )
    else:
        yield _review_notice(office, paper, document)
    yield (
        f"各方当事人可以自收到{document}之日起十个工作日内共同书面申请调解损害赔偿争议（依据{_cited(86)}）；"
        "也可以直接向人民法院提起民事诉讼。"
    )
    yield "当事人同意电子送达的，以发送系统显示发送成功之日为送达日；证明到达日期不同的，以到达日期为准。"


def _review_notice(office: Office, paper: Paper, document: str) -> str:
    review = (
        f"对{document}有异议的，可以自送达之日起{REVIEW_WORKING_DAYS}个工作日内（送达当日不计）"
        f"向{office.review_by}书面申请复核，写明复核请求、理由和主要证据；同一事故复核以一次为限，"
        f"逾期提出的不予受理并书面告知。"
    )
    if paper.review_until is not None:
        served = chinese_date(local_date(paper.at))
        until = f"{paper.review_until.year}年{weekday_date(paper.review_until)}"
        review += f"如于{served}送达，应在{until}24时前提出。"
    return review + f"（依据{_cited(71)}）"


def signing_text(incident: Incident, ruling: Ruling, rules: Rules) -> str:
    """Return the text that the parties read and sign: the document's content without what is struck."""
    paper = Paper(number="", at=incident.opened_at, officer="", review_until=None)
    sheet = compose(masked(incident), ruling, rules, paper)
    lines = [sheet.title, f"制作单位：{sheet.unit}", sheet.footer]
    for row in sheet.scene:
        lines += _named(row)
    for party in sheet.parties:
        lines += ["", f"当事人{party.label}"]
        for cells in party.rows:
            lines += _named(cells)
    for name, paragraphs in sheet.passages:
        lines += ["", f"{name}：", *paragraphs]
    return "\n".join([*lines, "", "权利告知：", *sheet.notices])


def _named(cells: tuple[str, ...]) -> list[str]:
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return [f"{name}：{value}" for name, value in pairs if value != STRUCK]
