"""Numbers: published examples, what is refused, and what one wrong character does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import identifiers as ids
from console.domain.identifiers import IdentityKind, PlateKind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("360426199101010071", IdentityKind.CITIZEN),
        ("120103198806018241", IdentityKind.CITIZEN),
        ("11010519491231002X", IdentityKind.CITIZEN),
        ("11010519491231002x", IdentityKind.CITIZEN),
        ("810000199408230021", IdentityKind.RESIDENCE_PERMIT),
        ("911124198108030024", IdentityKind.FOREIGN_PERMIT),
        ("ABC110012345678", IdentityKind.FOREIGN_PERMIT_OLD),
        ("H12345678", IdentityKind.HONG_KONG_MACAU_PERMIT),
        ("M1234567801", IdentityKind.HONG_KONG_MACAU_PERMIT),
        ("12345678", IdentityKind.TAIWAN_PERMIT),
        ("E12345678", IdentityKind.PASSPORT),
        ("360426199101010072", None),
        ("360426199113010071", None),
        ("36042619910101007", None),
        ("测试", None),
        ("", None),
    ],
)
def test_which_paper_a_number_belongs_to(number: str, kind: IdentityKind | None) -> None:
    assert ids.identity_kind(number) is kind
    assert ids.is_licence_number(number) == (kind is not None)


def test_what_a_number_says_of_its_holder() -> None:
    assert ids.birth_date_of("11010519491231002X") == dt.date(1949, 12, 31)
    assert ids.birth_date_of("110105194912320021") is None
    assert (ids.sex_of("11010519491231002X"), ids.sex_of("360426199101010071")) == ("女", "男")


@given(st.from_regex(r"\A\d{17}\Z"), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(first: str, place: int, shift: int) -> None:
    first = first.translate({ord(digit): str(int(digit)) for digit in first})
    right = first + ids.id_check_character(first)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert ids.has_id_check(right)
    assert not ids.has_id_check(wrong)


def test_reissues_of_a_permit_are_one_person() -> None:
    assert ids.same_identity("H1234567801", "H1234567802")
    assert not ids.same_identity("H1234567801", "H1234567901")
    assert ids.same_identity("11010519491231002x", "11010519491231002X")
    assert not ids.same_identity("", "")


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("京A12345", PlateKind.ORDINARY),
        ("京A·1234A", PlateKind.ORDINARY),
        ("粤BA234B", PlateKind.ORDINARY),
        ("粤BA2B34", PlateKind.ORDINARY),
        ("川AAB123", PlateKind.ORDINARY),
        ("川A123AB", PlateKind.ORDINARY),
        ("京AABC12", None),
        ("京A12AB3", None),
        ("京AI2345", None),
        ("京O12345", None),
        ("京A1234", None),
        ("京AD12345", PlateKind.NEW_ENERGY_SMALL),
        ("京AEA2345", PlateKind.NEW_ENERGY_SMALL),
        ("京AK12345", PlateKind.NEW_ENERGY_SMALL),
        ("京AL12345", None),
        ("京A12345D", PlateKind.NEW_ENERGY_LARGE),
        ("京A12345L", None),
        ("京A1234警", PlateKind.POLICE),
        ("京A1234学", PlateKind.TRAINER),
        ("京A1234挂", PlateKind.TRAILER),
        ("粤Z1234港", PlateKind.HONG_KONG_MACAU),
        ("粤ZA123澳", PlateKind.HONG_KONG_MACAU),
        ("粤A1234港", None),
        ("沪A1234领", PlateKind.CONSULATE),
        ("123456使", PlateKind.EMBASSY),
        ("使123456", PlateKind.EMBASSY),
        ("京X1234应急", PlateKind.EMERGENCY),
        ("WJ京12345", PlateKind.ARMED_POLICE),
        ("KA12345", PlateKind.MILITARY),
        ("民航B1234", PlateKind.CIVIL_AVIATION),
    ],
)
def test_plates(plate: str, kind: PlateKind | None) -> None:
    assert ids.plate_kind(plate, training=False) is kind
    assert kind is None or kind in ids.PLATE_COLOURS


def test_fiction_is_valid_in_training_alone() -> None:
    for plate in ("测A12345", "测AD12345", "测A12345D", "测A1234学"):
        assert ids.plate_kind(plate, training=True) is not None
        assert ids.plate_kind(plate, training=False) is None
    assert ids.is_phone("10012345678", training=True)
    assert not ids.is_phone("10012345678", training=False)


@pytest.mark.parametrize("number", ["13800138000", "+8613800138000", "+852 91234567", "+85361234567"])
def test_phones(number: str) -> None:
    assert ids.is_phone(number, training=False)


@pytest.mark.parametrize("number", ["12800138000", "1380013800", "+85211234567", ""])
def test_other_numbers_are_no_phones(number: str) -> None:
    assert not ids.is_phone(number, training=False)


@pytest.mark.parametrize("vin", ["LATPAB071W1005301", "1M8GDM9AXKP042788"])
def test_vins(vin: str) -> None:
    assert ids.has_vin_check(vin)
    wrong = vin[:-1] + ("2" if vin[-1] != "2" else "3")
    assert ids.is_vin(wrong)
    assert not ids.has_vin_check(wrong)
    assert not ids.is_vin(vin[:-1] + "O")
    assert not ids.has_vin_check(vin[:-1])


def test_credit_codes() -> None:
    assert ids.is_credit_code("91330100799655058B")
    assert ids.is_credit_code("9133010RNGE7GL0CM0")
    assert not ids.is_credit_code("91330100799655058C")
    assert not ids.is_credit_code("9133010079965505I8")
    assert not ids.is_credit_code("")


def test_classes_and_file_numbers() -> None:
    assert ids.vehicle_classes("A1A2D") == ("A1", "A2", "D")
    assert ids.vehicle_classes("c1、e") == ("C1", "E")
    assert ids.vehicle_classes("C7") == ids.vehicle_classes("C1C1") == ids.vehicle_classes("") == ()
    assert ids.is_file_number("000123456789")
    assert not ids.is_file_number("00012345678")


def test_digits_of_other_scripts_are_no_digits() -> None:
    wide = "11010519491231002X".translate(
        {ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"}
    )
    assert ids.identity_kind(wide) is None
    assert ids.plate_kind("京A1234５", training=False) is None
