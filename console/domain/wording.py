"""The law's own words: numbers of provisions and shares of liability as a document prints them."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.ruling import Citation, Liability

SHARE: Mapping[Liability, str] = {
    Liability.FULL: "全部责任",
    Liability.MAIN: "主要责任",
    Liability.EQUAL: "同等责任",
    Liability.SECONDARY: "次要责任",
    Liability.NONE: "无责任",
}
"""Art. 60 of 公安部令第146号; there are no others, and never a percentage."""

_FULL_NAME = {
    "道路交通安全法": "中华人民共和国道路交通安全法",
    "实施条例": "中华人民共和国道路交通安全法实施条例",
    "处理程序规定": "道路交通事故处理程序规定",
}
_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return ``number`` (1 to 999) as statutes print it: 十, 十一, 四十三, 一百零七."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def provision(citation: Citation) -> str:
    """Return the provision without its law, such as 第四十四条第二款."""
    words = f"第{numeral(citation.article)}条"
    if citation.paragraph is not None:
        words += f"第{numeral(citation.paragraph)}款"
    if citation.item is not None:
        words += f"第（{numeral(citation.item)}）项"
    return words


def citation_text(citation: Citation) -> str:
    """Return the provision in full, such as 《中华人民共和国道路交通安全法》第四十三条."""
    return f"《{_FULL_NAME.get(citation.law, citation.law)}》{provision(citation)}"
