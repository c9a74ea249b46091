"""Values whose printed label was not seen, known by their own form; of two that fit neither is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from console.domain import identifiers as ids
from console.domain.recognition import FIELDS, DocumentKind, FieldName
from console.service.recognition.layout import HAN, goes_on
from console.service.recognition.text import Line, joined

_FORMS: Mapping[FieldName, str] = {
    FieldName.SEX: "男|女",
    FieldName.NATIONALITY: "中国",
    FieldName.INSURER: (
        f"{HAN.pattern}{{2,12}}保险(?:股份有限|有限责任|有限)公司(?:{HAN.pattern}{{2,14}}公司)?"
    ),
    FieldName.ADDRESS: (
        "(?!.*(?:公安|警察|支队|大队|公司))(?=.*[0-9号室村组幢栋])"
        "[^市县区号]{2,6}(?:省|自治区|市).{2,8}[市县区镇乡路街道巷].{2,}"
    ),
}
"""What no other field of the same document looks like."""
_BEGINS = "省|自治区|市"
"""Stands in the first line of an address; else that is something else, such as a name."""
_CHECKED: Mapping[FieldName, Callable[[str], bool]] = {
    FieldName.LICENCE_NUMBER: ids.has_id_check,
    FieldName.ID_NUMBER: ids.has_id_check,
    FieldName.VIN: ids.has_vin_check,
    FieldName.PLATE: lambda text: ids.plate_kind(text, training=True) is not None,
}
"""Numbers that vouch for themselves."""


def loose_values(kind: DocumentKind, lines: list[Line], missing: set[FieldName]) -> dict[FieldName, Line]:
    """Return the lines among those without a label that can only be the value of a ``missing`` field."""
    found = {}
    for name in FIELDS[kind]:
        if name in missing and name in {*_FORMS, *_CHECKED}:
            fitting = [chain for chain in _chains(lines) if _fits(name, chain)]
            if len(fitting) == 1:
                found[name] = joined(fitting[0])
    return found


def _fits(name: FieldName, chain: list[Line]) -> bool:
    text = "".join(glyph.text for glyph in joined(chain).glyphs if glyph.text not in " ·")
    check = _CHECKED.get(name)
    if check is not None:
        return check(text)
    begun = name is not FieldName.ADDRESS or re.search(_BEGINS, chain[0].text) is not None
    return begun and re.fullmatch(_FORMS[name], text) is not None


def _chains(lines: list[Line]) -> list[list[Line]]:
    """Lines put together with those that go on below them."""
    rest = sorted(lines, key=lambda line: line.top)
    chains: list[list[Line]] = []
    for line in rest:
        above = next((chain for chain in chains if goes_on(line, chain[-1])), None)
        if above is None:
            chains.append([line])
        else:
            above.append(line)
    return chains
