"""What the reader makes of the network's characters."""

from __future__ import annotations

import numpy as np
import pytest

from console.service.recognition.alphabet import Alphabet, is_rare, plain_form

CHARACTERS = ["blank", "A", "é", "À", "测", "e", "喆", "ぜ", "·", "・", "Ａ", "О"]


def weighed(**chances: float) -> dict[str, float]:
    """Return what is left of the chances of one step."""
    row = np.zeros((1, len(CHARACTERS)), np.float32)
    for character, chance in chances.items():
        row[0, CHARACTERS.index(character)] = chance
    characters, left = Alphabet(CHARACTERS).weighed(row)
    assert characters[0] == "blank"
    return {c: round(float(chance), 4) for c, chance in zip(characters, left[0], strict=True) if chance}


@pytest.mark.parametrize(
    ("character", "plain"),
    [
        ("é", "e"),
        ("À", "A"),
        ("Ａ", "A"),
        ("：", ":"),
        ("・", "·"),
        ("•", "·"),
        ("测", "测"),
        ("測", "测"),
        ("喆", "喆"),
        (" ", " "),
    ],
)
def test_a_sign_in_another_form_is_the_plain_one(character: str, plain: str) -> None:
    assert plain_form(character) == plain


@pytest.mark.parametrize("character", ["blank", "ぜ", "О", "Ω", "①", "★"])
def test_what_no_document_bears_has_no_form(character: str) -> None:
    assert plain_form(character) == ""


def test_forms_of_one_sign_count_together_and_other_scripts_not_at_all() -> None:
    assert weighed(**{"A": 0.5, "À": 0.25, "Ａ": 0.125, "О": 0.125}) == {"A": 0.875}
    assert weighed(blank=0.5, ぜ=0.5) == {"blank": 0.5}


def test_a_rare_character_needs_to_be_seen_more_clearly() -> None:
    assert [is_rare(character) for character in "测喆A·"] == [False, True, False, False]
    assert weighed(测=0.5, 喆=0.5) == {"测": 0.9091, "喆": 0.0909}
    assert weighed(喆=1.0) == {"喆": 1.0}
