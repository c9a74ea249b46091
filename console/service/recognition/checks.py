"""What a document's own numbers and dates say for and against each other.

A check only moves confidence and names problems; no value is changed by it.
"""

from __future__ import annotations

import datetime as dt

from console.domain import identifiers as ids
from console.domain.recognition import LIMIT, DocumentKind, FieldName, ReadingProblem
from console.service.recognition.fields import Found

FOR, AGAINST = 4.0, 0.1
"""Odds after a check that agrees, and after one that contradicts; a wrong digit passes one time in eleven."""

Fields = dict[FieldName, Found]


def checked(kind: DocumentKind, fields: Fields, today: dt.date) -> tuple[Fields, list[ReadingProblem]]:
    """Return the fields weighed against each other, and the problems that were found."""
    fields = dict(fields)
    problems: list[ReadingProblem] = []
    for name in (FieldName.LICENCE_NUMBER, FieldName.ID_NUMBER):
        _check_identity(fields, name, problems)
    if FieldName.VIN in fields and ids.is_vin(fields[FieldName.VIN].value):
        right = ids.has_vin_check(fields[FieldName.VIN].value)
        fields[FieldName.VIN] = fields[FieldName.VIN].weighed(FOR if right else AGAINST)
        problems += [] if right else [ReadingProblem.CHECK_DIGIT]
    if FieldName.PLATE in fields and ids.plate_kind(fields[FieldName.PLATE].value, training=True) is None:
        problems.append(ReadingProblem.PLATE_FORM)
    _check_order(fields, problems)
    _check_period(kind, fields, today, problems)
    return fields, list(dict.fromkeys(problems))


def day_of(found: Found | None) -> dt.date | None:
    """Return the day that a field holds, or ``None``."""
    try:
        return dt.date.fromisoformat(found.value) if found is not None else None
    except ValueError:
        return None


def _check_identity(fields: Fields, name: FieldName, problems: list[ReadingProblem]) -> None:
    found = fields.get(name)
    if found is None or len(found.value) != 18:
        return
    right = ids.identity_kind(found.value) is not None
    fields[name] = found.weighed(FOR) if right else found.doubted()
    if not right:
        problems.append(ReadingProblem.CHECK_DIGIT)
        return
    birth = day_of(fields.get(FieldName.BIRTH_DATE))
    if birth is not None:
        same = birth == ids.birth_date_of(found.value)
        for agreeing in (name, FieldName.BIRTH_DATE):
            fields[agreeing] = fields[agreeing].weighed(FOR if same else AGAINST)
        problems += [] if same else [ReadingProblem.BIRTH_DATE_DIFFERS]
    sex = fields.get(FieldName.SEX)
    if sex is not None and sex.value in {"男", "女"}:
        same = sex.value == ids.sex_of(found.value)
        fields[FieldName.SEX] = sex.weighed(FOR if same else AGAINST)
        problems += [] if same else [ReadingProblem.SEX_DIFFERS]


ORDER = (
    (FieldName.BIRTH_DATE, FieldName.FIRST_ISSUE_DATE),
    (FieldName.BIRTH_DATE, FieldName.VALID_FROM),
    (FieldName.FIRST_ISSUE_DATE, FieldName.VALID_FROM),
    (FieldName.REGISTER_DATE, FieldName.ISSUE_DATE),
    (FieldName.VALID_FROM, FieldName.VALID_TO),
)
"""Days of which the first is never after the second."""


def _check_order(fields: Fields, problems: list[ReadingProblem]) -> None:
    for earlier, later in ORDER:
        first, second = day_of(fields.get(earlier)), day_of(fields.get(later))
        if first is not None and second is not None and first > second:
            fields[earlier] = fields[earlier].weighed(AGAINST)
            fields[later] = fields[later].weighed(AGAINST)
            problems.append(ReadingProblem.DATE_ORDER)


def _check_period(kind: DocumentKind, fields: Fields, today: dt.date, problems: list[ReadingProblem]) -> None:
    begin, end = day_of(fields.get(FieldName.VALID_FROM)), day_of(fields.get(FieldName.VALID_TO))
    if begin is not None and end is not None:
        years = {DocumentKind.DRIVING_LICENCE: (6, 10), DocumentKind.INSURANCE: (1,)}.get(kind, ())
        usual = any(abs((end - begin).days - 365.25 * count) <= 2 for count in years)
        if usual:
            for name in (FieldName.VALID_FROM, FieldName.VALID_TO):
                fields[name] = fields[name].weighed(FOR)
    sure = {
        name
        for name in (FieldName.VALID_FROM, FieldName.VALID_TO)
        if name in fields and fields[name].confidence >= LIMIT
    }
    if end is not None and FieldName.VALID_TO in sure and end < today:
        problems.append(ReadingProblem.EXPIRED)
    if begin is not None and FieldName.VALID_FROM in sure and begin > today:
        problems.append(ReadingProblem.NOT_YET_VALID)
