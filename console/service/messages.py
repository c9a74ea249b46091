"""Words of the SMS to parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Template

ONE_PART = 70
LATER_PART = 67
"""Characters (UTF-16 units) of a message in one part, and of each part of a longer one (3GPP TS 23.040)."""
MOST_PARTS = 2

WORDS: Mapping[str, str] = {
    "sign": "样例市公安局快处中心（训练）",
    "incident": "训练 T-2026-1126-0001",
    "destination": "样例大道由东向西方向路边停车带",
    "outcome": "成因无法查清，出具事故证明",
    "document": "事故证明",
    "served": "2026年11月23日",
    "last_day": "11月26日（星期四）",
    "received": "2026年11月23日",
    "code": "000000",
    "act": "签名确认认定内容",
    "minutes": "5",
    "review_by": "样例市公安局交通警察支队或其上一级公安机关交通管理部门",
    "link": "https://kuaichu.example.gov.cn/p/AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEf",
}
"""What a template may be given, each as long as it usually gets. Nothing of it says who or which car."""
TEMPLATES: Mapping[str, frozenset[str]] = {
    "code": frozenset({"sign", "code", "act", "minutes"}),
    "evacuation": frozenset({"sign", "destination"}),
    "dispatch": frozenset({"sign"}),
    "resume": frozenset({"sign", "link"}),
    "call-back": frozenset({"sign", "link"}),
    "result": frozenset({"sign", "incident", "outcome", "document"}),
    "result-paper": frozenset({"sign", "incident", "outcome", "document"}),
    "general-procedure": frozenset({"sign", "incident"}),
    "review": frozenset({"sign", "document", "served", "last_day", "review_by"}),
    "served-anew": frozenset({"sign", "document", "served"}),
    "review-received": frozenset({"sign", "document", "received", "review_by"}),
    "review-decided": frozenset({"sign", "incident", "outcome"}),
    "recusal-decided": frozenset({"sign", "incident", "outcome"}),
}
"""Every message there is, and the words it may hold."""

LINK = "link"
"""The word that holds a party's way back; a message that may have one must."""

_NUMBER = re.compile(r"\d{6,}[0-9Xx]|[\u4e00-\u9fff][A-Z][·.]?[A-Z0-9]{5,6}")


@dataclass(frozen=True, kw_only=True)
class Templates:
    """Versioned texts by name."""

    version: str
    templates: Mapping[str, str]

    def text(self, name: str, words: Mapping[str, str]) -> str:
        """Return template ``name`` with ``words`` filled in; raise ``KeyError`` for a missing one.

        Identity numbers, phone numbers and plates in the words become ``***`` (domain.md 1.6): some of them
        are typed by people. A link is the service's own, and what looks like one in it is chance.
        """
        hidden = {key: word if key == LINK else _NUMBER.sub("***", word) for key, word in words.items()}
        return Template(self.templates[name]).substitute(hidden)


def parts(text: str) -> int:
    """Return how many SMS ``text`` takes."""
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= ONE_PART else -(-units // LATER_PART)


def mistakes(templates: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the name of each template that cannot be used, and what is wrong with it."""
    for name in sorted(TEMPLATES.keys() - templates.keys()):
        yield name, "the template is missing"
    for name, text in templates.items():
        allowed = TEMPLATES.get(name)
        if allowed is None:
            yield name, f"nobody sends it; known are {', '.join(TEMPLATES)}"
            continue
        template = Template(text)
        if not template.is_valid():
            yield name, "a $ stands alone; write $$ for the sign itself"
            continue
        for word in sorted(set(template.get_identifiers()) - allowed):
            yield name, f"${word} may not stand in it; allowed are {', '.join(sorted(allowed))}"
        if not text.startswith("【$sign】"):
            yield name, "it must begin with 【$sign】"
        if _NUMBER.search(text):
            yield name, "a number or a plate stands in it"
        length = parts(template.safe_substitute(WORDS))
        if length > MOST_PARTS:
            yield name, f"it takes {length} SMS, {MOST_PARTS} are the most"
        if LINK in allowed and LINK not in template.get_identifiers():
            yield name, f"${LINK} must stand in it: nobody finds the way back without"
