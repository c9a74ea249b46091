"""How a line compares with what was decided.

A verified case must match. A secondary one or an inference matches on the main result or on a listed
alternative. Every citation must be there, or one that the case names as good; further ones do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from console.cases.rows import Raw
from console.cases.runs import Line

EXPECTED = {
    "liability": ("outcome", "liability"),
    "triage": ("expected",),
    "deadlines": ("expected",),
}
"""A case of a kind holds its answer when it has one of these keys."""


def has_answer(kind: str, case: Raw) -> bool:
    """Tell whether the file still holds what was decided in ``case``."""
    return any(key in case for key in EXPECTED[kind])


def differences(kind: str, case: Raw, line: Line) -> list[str]:
    """Return what of ``line`` differs from what was decided, in words; empty when it passes."""
    compare = {"liability": _liability, "triage": _triage, "deadlines": _deadlines}[kind]
    return list(compare(case, line))


def _key(citation: Raw) -> tuple[Any, ...]:
    return tuple(citation.get(part) for part in ("law", "article", "paragraph", "item"))


def _cited(wanted: Sequence[Raw], also_ok: Sequence[Raw], found: Sequence[Raw]) -> bool:
    have = {_key(citation) for citation in found}
    replaced = any(_key(citation) in have for citation in also_ok)
    return all(_key(citation) in have or replaced for citation in wanted)


def _liability(case: Raw, line: Line) -> Iterator[str]:
    weighed = case.get("confidence") != "verified"
    others = [one["liability"] for one in case.get("alternatives", ()) if weighed and "liability" in one]
    if case.get("outcome") != line["outcome"] and not (
        weighed and any(one.get("outcome") == line["outcome"] for one in case.get("alternatives", ()))
    ):
        yield f"outcome: {case.get('outcome')} wanted, {line['outcome']} found"
    if case.get("refuse_code") != line["refuse_code"]:
        yield f"refuse_code: {case.get('refuse_code')} wanted, {line['refuse_code']} found"
    if line["outcome"] not in {"refuse", "certificate"}:
        eventual = case.get("eventual")
        shares = {party["label"]: party.get("liability") for party in case["parties"]}
        wanted = eventual if isinstance(eventual, dict) else shares
        if line["liability"] != wanted and line["liability"] not in others:
            yield f"liability: {wanted} wanted, {line['liability']} found"
    if case.get("pairs") and not _same_pairs(case["pairs"], line["pairs"] or ()):
        yield f"pairs: {case['pairs']} wanted, {line['pairs']} found"
    for party in case["parties"]:
        found = line["citations"].get(party["label"], ())
        if not _cited(party.get("citations", ()), party.get("citations_also_ok", ()), found):
            yield f"citations of {party['label']}: {party['citations']} wanted, {found} found"
    if (
        not _cited(case.get("basis", ()), case.get("basis_also_ok", ()), line["basis"])
        and line["liability"] not in others
    ):
        yield f"basis: {case['basis']} wanted, {line['basis']} found"
    nearest = [line["liability"], *line["others"]]
    if others and len(nearest) < 2:
        yield "others: contestable, but no other outcome is named"


def _same_pairs(wanted: Sequence[Raw], found: Sequence[Raw]) -> bool:
    """Tell whether the blows are ruled alike, as far as the case says how."""
    by_parties = {tuple(sorted(pair["pair"])): pair for pair in found}
    return len(by_parties) == len(wanted) and all(
        pair[key] == by_parties.get(tuple(sorted(pair["pair"])), {}).get(key)
        for pair in wanted
        for key in ("at_fault", "liability")
        if key in pair
    )


def _triage(case: Raw, line: Line) -> Iterator[str]:
    wanted = case["expected"]
    weighed = case.get("confidence") != "verified"
    alternatives = [one for one in case.get("alternatives", ()) if weighed and "branch" in one]
    if any(one["branch"] == line["branch"] for one in alternatives):
        return
    for key in ("branch", "move_vehicle", "dispatch", "video_fast"):
        if wanted.get(key) != line[key]:
            yield f"{key}: {wanted.get(key)} wanted, {line[key]} found"
    if not _cited(wanted.get("articles", ()), (), line["articles"]):
        yield f"articles: {wanted['articles']} wanted, {line['articles']} found"
    for key in ("flags", "must", "must_not"):
        if set(wanted.get(key, ())) != set(line[key]):
            yield f"{key}: {sorted(wanted.get(key, ()))} wanted, {line[key]} found"


def _deadlines(case: Raw, line: Line) -> Iterator[str]:
    yield from _period(case["expected"], line, "")
    for one, found in zip(case.get("parties") or (), line.get("parties", ()), strict=False):
        yield from _period(one.get("expected", {}), found, f"{one.get('label', '')} ")


def _period(wanted: Raw, line: Line, whose: str) -> Iterator[str]:
    for key in ("status", "service_date", "last_day", "filing"):
        if key in wanted and wanted[key] != line.get(key):
            yield f"{whose}{key}: {wanted[key]} wanted, {line.get(key)} found"
