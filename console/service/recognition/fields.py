"""From the text in a field to its value: form, alphabet, and how sure that leaves one.

Nothing is corrected: a text that does not have the form of its field loses its confidence, and so its value.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from console.domain import identifiers as ids
from console.domain.recognition import FIELDS, FOREVER, FieldName
from console.service.recognition.labels import ETHNICITIES
from console.service.recognition.layout import HAN, SEPARATORS, Sheet
from console.service.recognition.loose import loose_values
from console.service.recognition.text import ALIKE, TWIN, Glyph, Line

MISFIT = 0.5
"""What is left of the confidence of a text that does not have the form of its field."""
_DATE = re.compile(
    r"(\d{4})\s*[-./年一—–]\s*(\d{1,2})\s*[-./月一—–]\s*(\d{1,2})|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)"
)
PLATE_SIGNS = ids.PROVINCES + ids.FICTIONAL_PROVINCE + "学挂警港澳领使应急民航"
"""The Chinese characters of plates."""
_BRACKETS = re.compile(f"[(（]([^()（）]*{HAN.pattern}[^()（）]*)[)）]")
_CUT = re.compile("(?<=.{3})(?:公|有|有限|责任|股份|股份有|分公|支公|分|支)$")
_YEARS = re.compile(r"(?<!\d)(\d{1,2})年(?!\s*\d)")


@dataclass(frozen=True)
class Found:
    """A value with the characters it comes from and how sure it is."""

    value: str
    glyphs: tuple[Glyph, ...]
    confidence: float
    line: Line

    def weighed(self, odds: float) -> Found:
        """The same after evidence that speaks for it (``odds`` above 1) or against it (below 1)."""
        right = self.confidence * odds
        return replace(self, confidence=right / (right + 1 - self.confidence) if self.confidence < 1 else 1.0)

    def doubted(self) -> Found:
        """The same when it does not have the form of its field, or its own check contradicts it."""
        return replace(self, confidence=self.confidence * MISFIT)


def found_in(sheet: Sheet) -> dict[FieldName, Found]:
    """Return what each field of a document says."""
    found: dict[FieldName, Found] = {}
    for name in sheet.pieces:
        copies = [_bare(copy, spaced=name in _SPACED) for copy in sheet.copies(name)]
        made = _made_of(copies, _MAKERS.get(name, _text)) if name not in _PERIOD else None
        if made is not None:
            found[name] = made.doubted() if name in _FREE and sheet.is_broken(name) else made
    found |= _period(sheet)
    missing = set(FIELDS[sheet.kind]) - set(found)
    for name, line in loose_values(sheet.kind, [_bare(line) for line in sheet.loose], missing).items():
        made = _MAKERS.get(name, _text)(line)
        if made is not None:
            found[name] = made
    for name in _FREE & set(found):
        value = _in_full_width(found[name].value)
        whole = value.count("(") == value.count(")") and value.count("（") == value.count("）")
        one_word = name in _SPACED and value.isascii() and " " not in value
        found[name] = replace(found[name], value=value)
        if not whole or one_word:
            found[name] = found[name].doubted()
    return found


def _made_of(copies: Sequence[Line], maker: Callable[[Line], Found | None]) -> Found | None:
    """The value of a field that may be printed several times: the surest, less sure when another differs."""
    made = sorted(
        (found for copy in copies if (found := maker(copy)) is not None),
        key=lambda found: found.confidence,
        reverse=True,
    )
    if not made:
        return None
    other = max((found.confidence for found in made if found.value != made[0].value), default=0.0)
    return replace(made[0], confidence=made[0].confidence * (1 - other))


def _bare(line: Line, *, spaced: bool = False) -> Line:
    """The line in half-width characters, without separators around and spaces inside.

    ``spaced`` keeps a space between Latin letters, which parts the words of a foreign name.
    """
    glyphs = [
        replace(glyph, text=unicodedata.normalize("NFKC", glyph.text)[:1] or " ") for glyph in line.glyphs
    ]
    while glyphs and glyphs[0].text in SEPARATORS:
        glyphs.pop(0)
    while glyphs and glyphs[-1].text in ' :·.。,，;；|/([（【"“”':
        glyphs.pop()
    kept = [
        glyph
        for number, glyph in enumerate(glyphs)
        if not glyph.text.isspace() or (spaced and _parts_words(glyphs, number))
    ]
    return replace(line, glyphs=tuple(kept))


def _parts_words(glyphs: Sequence[Glyph], number: int) -> bool:
    """Whether a space, the first of several, stands between Latin letters."""
    before = glyphs[number - 1].text if number else ""
    after = next((glyph.text for glyph in glyphs[number:] if not glyph.text.isspace()), "")
    return all(letter.isascii() and letter.isalpha() for letter in (before, after))


def _made(line: Line, glyphs: Sequence[Glyph], value: str = "") -> Found | None:
    """A value out of some of the characters of a line."""
    if not glyphs:
        return None
    text = value or "".join(glyph.text for glyph in glyphs)
    return Found(text, line.glyphs, min(glyph.confidence for glyph in glyphs), line)


def _text(line: Line) -> Found | None:
    return _made(line, line.glyphs)


def _in_full_width(text: str) -> str:
    """Brackets around Chinese characters as they are printed, in full width; a reader sees both alike."""
    return _BRACKETS.sub(r"（\1）", text)


def _name(line: Line) -> Found | None:
    made = _made(line, line.glyphs)
    if made is None:
        return None
    fits = re.fullmatch(r"[㐀-䶿一-鿿〇·•]{2,20}|[A-Za-z][A-Za-z ,.'-]{2,60}", made.value)
    return made if fits else made.doubted()


def _one_of(allowed: Callable[[str], bool]) -> Callable[[Line], Found | None]:
    def make(line: Line) -> Found | None:
        made = _made(line, line.glyphs)
        if made is None or allowed(made.value):
            return made
        return made.doubted()

    return make


def _ethnicity(line: Line) -> Found | None:
    glyphs = line.glyphs[:-1] if line.text.endswith("族") and len(line.glyphs) > 1 else line.glyphs
    made = _made(line, glyphs)
    return made if made is None or made.value in ETHNICITIES else made.doubted()


def _written_in(alphabet: str, fits: Callable[[str], bool]) -> Callable[[Line], Found | None]:
    def make(line: Line) -> Found | None:
        made = _made(line, [glyph.within(alphabet) for glyph in line.glyphs])
        return made if made is None or fits(made.value) else made.doubted()

    return make


def _holder(line: Line) -> Found | None:
    """A person or a company; a company's name that ends in the middle of a word has lost the rest."""
    made = _made(line, line.glyphs)
    if made is None:
        return None
    fits = len(made.value) >= 2 and not made.value.isdigit() and _CUT.search(made.value) is None
    return made if fits else made.doubted()


def _identity(line: Line) -> Found | None:
    """A citizen's number, or that of another paper as it is printed."""
    if len(line.glyphs) == 18:
        glyphs = [glyph.within("0123456789") for glyph in line.glyphs[:17]]
        glyphs.append(line.glyphs[17].within("0123456789X"))
        return _made(line, glyphs)
    made = _made(line, line.glyphs)
    return made if made is None or ids.identity_kind(made.value) else made.doubted()


def _maker_number(line: Line) -> Found | None:
    """An engine's number: no rule says where letters stand, and O and I are rarer than their twins."""
    made = _one_of(lambda text: re.fullmatch(r"[A-Z0-9*-]{4,24}", text) is not None)(line)
    twins = [dict(glyph.others).get(ALIKE[glyph.text], 0.0) for glyph in line.glyphs if glyph.text in ALIKE]
    return made.doubted() if made is not None and max(twins, default=0.0) >= TWIN else made


def _policy_number(line: Line) -> Found | None:
    """The number of a policy: an insurer's letters and then digits."""
    glyphs = list(line.glyphs)
    first = next((n for n, glyph in enumerate(glyphs) if glyph.text.isdigit()), len(glyphs))
    rest = [glyph.within("0123456789") for glyph in glyphs[first:]]
    if len(rest) >= 8 and all(glyph.text.isdigit() for glyph in rest):
        glyphs[first:] = rest
    made = _made(line, glyphs)
    return made if made is None or re.fullmatch(r"[A-Z0-9-]{8,40}", made.value) else made.doubted()


def _model(line: Line) -> Found | None:
    """Make and model: after a maker's two or three letters come four digits (GB/T 9417)."""
    glyphs = list(line.glyphs)
    match = re.search(r"(?:^|[^A-Z])[A-Z]{2,3}(?=([0-9OIl|]{4}))", line.text)
    if match is not None and sum(letter.isdigit() for letter in match[1]) >= 2:
        glyphs[match.start(1) : match.end(1)] = [
            glyph.within("0123456789") for glyph in glyphs[match.start(1) : match.end(1)]
        ]
    return _made(line, glyphs)


def plate_found(line: Line) -> Found | None:
    """A plate: a province or a sign of its family, then letters without I and O, and digits."""
    glyphs = []
    for place, glyph in enumerate(g for g in line.glyphs if g.text not in "·.•-:"):
        if HAN.match(glyph.text):
            glyphs.append(glyph.within(PLATE_SIGNS))
        else:
            letter = place == 1 and glyphs and HAN.match(glyphs[0].text) and glyphs[0].text != "使"
            glyphs.append(glyph.within(ids.PLATE_LETTERS if letter else ids.PLATE_LETTERS + "0123456789"))
    made = _made(line, glyphs)
    return made if made is None or ids.plate_kind(made.value, training=True) else made.doubted()


def _dates(line: Line) -> list[tuple[int, Found]]:
    """The days written in a line, each with where it begins."""
    text = "".join(ALIKE.get(glyph.text, glyph.text) for glyph in line.glyphs)
    found = []
    for match in _DATE.finditer(text):
        groups = (1, 2, 3) if match[1] else (4, 5, 6)
        digits = [
            line.glyphs[place].within("0123456789")
            for group in groups
            for place in range(match.start(group), match.end(group))
        ]
        year, month, day = (int(match[group]) for group in groups)
        # A day of one digit has lost its other one, unless its own sign ends it.
        whole = len(match[groups[2]]) == 2 or text[match.end() : match.end() + 1] == "日"
        try:
            made = _made(line, digits, dt.date(year, month, day).isoformat())
        except ValueError:
            made = _made(line, digits)
            made = made and made.doubted()
        if made is not None:
            made = replace(made, glyphs=line.glyphs[match.start() : match.end()])
            found.append((match.start(), made if whole and 1900 <= year < 2100 else made.doubted()))
    return found


def _date(line: Line) -> Found | None:
    dates = _dates(line)
    if len(dates) == 1:
        return dates[0][1]
    made = _made(line, line.glyphs)
    return made and made.doubted()


_PERIOD = (FieldName.VALID_FROM, FieldName.VALID_TO)
_SPACED = frozenset({FieldName.NAME, FieldName.OWNER, FieldName.INSURED})
_FREE = frozenset(
    {
        *(FieldName.NAME, FieldName.NATIONALITY, FieldName.ADDRESS, FieldName.VEHICLE_TYPE, FieldName.OWNER),
        *(FieldName.USE_NATURE, FieldName.MODEL, FieldName.INSURED, FieldName.INSURER),
    }
)
"""Fields whose text has no form of its own."""


def _period(sheet: Sheet) -> dict[FieldName, Found]:
    """Begin and end of validity, however they are written: two days, a day and 长期, or a number of years."""
    found: dict[FieldName, Found] = {}
    own = sheet.value(FieldName.VALID_FROM)
    line = sheet.value(FieldName.VALID_TO)
    first = _date(_bare(own)) if own is not None else None
    if first is not None:
        found[FieldName.VALID_FROM] = first
    if line is None:
        return found
    bare = _bare(line)
    dates = _dates(bare)
    text = bare.text
    forever = text.find(FOREVER)
    if len(dates) == 2:
        found |= dict(zip(_PERIOD, (made for _, made in dates), strict=True))
    elif forever >= 0 and len(dates) <= 1:
        word = bare.glyphs[forever : forever + 2]
        end = _made(bare, word)
        if end is not None:
            found[FieldName.VALID_TO] = replace(end, glyphs=word)
        if dates:
            found[FieldName.VALID_FROM] = dates[0][1]
    elif len(dates) == 1:
        start, only = dates[0]
        rest = text[start + len(only.glyphs) :]
        begins = first is None and re.match("[^至起]{0,8}[至起]", rest) is not None
        sole = begins or first is not None or "至" in text[:start] or _names_end(sheet)
        found[FieldName.VALID_FROM if begins else FieldName.VALID_TO] = only if sole else only.doubted()
    elif (years := _YEARS.search(text)) and first is not None and first.value.count("-") == 2:
        digits = [bare.glyphs[place].within("0123456789") for place in range(years.start(1), years.end(1))]
        ends = _made(bare, digits, _later(dt.date.fromisoformat(first.value), int(years[1])))
        if ends is not None:
            found[FieldName.VALID_TO] = replace(ends, confidence=min(ends.confidence, first.confidence))
    else:
        misfit = _made(bare, bare.glyphs)
        if misfit is not None:
            found[FieldName.VALID_TO] = misfit.doubted()
    return found


def _names_end(sheet: Sheet) -> bool:
    """Whether a label of the validity names its end alone, so that the other day is not merely unseen."""
    words = (anchor.label.word for anchor in sheet.anchors if anchor.label.field is FieldName.VALID_TO)
    return any(re.search("[至止终]|Until", word) for word in words)


def _later(day: dt.date, years: int) -> str:
    leap = (day.month, day.day) == (2, 29)
    return (day.replace(year=day.year + years, day=28 if leap else day.day)).isoformat()


_MAKERS: Mapping[FieldName, Callable[[Line], Found | None]] = {
    FieldName.LICENCE_NUMBER: _identity,
    FieldName.ID_NUMBER: _identity,
    FieldName.NAME: _name,
    FieldName.SEX: _written_in("男女", lambda text: len(text) == 1),
    FieldName.NATIONALITY: _one_of(lambda text: len(text) >= 2 and not any(c.isdigit() for c in text)),
    FieldName.ETHNICITY: _ethnicity,
    FieldName.ADDRESS: _one_of(lambda text: len(text) >= 4 and HAN.search(text) is not None),
    FieldName.BIRTH_DATE: _date,
    FieldName.FIRST_ISSUE_DATE: _date,
    FieldName.REGISTER_DATE: _date,
    FieldName.ISSUE_DATE: _date,
    FieldName.VEHICLE_CLASSES: _written_in(
        "ABCDEFMNP123456", lambda text: "".join(ids.vehicle_classes(text)) == text
    ),
    FieldName.FILE_NUMBER: _written_in("0123456789", ids.is_file_number),
    FieldName.PLATE: plate_found,
    FieldName.VIN: _written_in("0123456789" + ids.VIN_LETTERS, ids.is_vin),
    FieldName.ENGINE_NUMBER: _maker_number,
    FieldName.POLICY_NUMBER: _policy_number,
    FieldName.MODEL: _model,
    FieldName.INSURED: _holder,
    FieldName.OWNER: _holder,
    FieldName.INSURER: _holder,
}
