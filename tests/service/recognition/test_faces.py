"""Faces by dlib itself: what is wrong with a picture, and that a borrowed licence is told from one's own."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter

from console.assets import RESOURCES
from console.domain.faces import FaceBand, FaceProblem
from console.service.recognition.faces import DRAWN, REAL, band_of, compare, find, score_of
from console.training.library import load_named
from console.training.look import look_of
from console.training.portraits import on_ground, photo, portrait
from console.training.seeding import seeded

ANNA, OTTO = "000138198403125838", "000979198607258828"
WALL = (120, 124, 128)


def encoded(picture: Image.Image) -> bytes:
    """A JPEG as a phone makes it."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=90)
    return data.getvalue()


def person(id_number: str = ANNA) -> Image.Image:
    """The photograph of somebody, 400 x 500."""
    return Image.open(io.BytesIO(photo(id_number)))


def before_a_wall(*people: Image.Image) -> Image.Image:
    """People side by side."""
    wall = Image.new("RGB", (900, 540), WALL)
    for number, one in enumerate(people):
        wall.paste(one, (20 + 440 * number, 20))
    return wall


def turned(picture: Image.Image) -> Image.Image:
    """Half of the face is seen from the side: narrower, as on a head turned away."""
    width, height = picture.size
    far = picture.crop((0, 0, width // 2, height)).resize((width // 5, height))
    near = picture.crop((width // 2, 0, width, height))
    made = Image.new("RGB", (far.width + near.width, height))
    made.paste(far, (0, 0))
    made.paste(near, (far.width, 0))
    return made


SPOILED: dict[FaceProblem, Callable[[], Image.Image]] = {
    FaceProblem.NO_FACE: before_a_wall,
    FaceProblem.SEVERAL_FACES: lambda: before_a_wall(person(), person(OTTO)),
    FaceProblem.TOO_SMALL: lambda: before_a_wall(person().resize((80, 100))),
    FaceProblem.TOO_DARK: lambda: person().point(lambda value: round(value * 0.2)),
    FaceProblem.BLURRED: lambda: person().filter(ImageFilter.GaussianBlur(5)),
    FaceProblem.TURNED_AWAY: lambda: turned(person()),
}


@pytest.mark.parametrize("problem", list(FaceProblem))
def test_a_picture_that_is_no_good_gives_its_reason_and_no_numbers(problem: FaceProblem) -> None:
    face = find(encoded(SPOILED[problem]()), DRAWN.sure)
    assert face.problems == (problem,)
    assert face.numbers == ()


def test_a_good_picture_has_no_problem_even_with_a_bystander_far_off() -> None:
    face = find(encoded(before_a_wall(person(), person(OTTO).resize((120, 150)))), DRAWN.sure)
    assert face.problems == ()
    assert len(face.numbers) == 128


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_borrowed_licence_is_told_from_ones_own(seed: int) -> None:
    case = seeded(load_named(RESOURCES / "scenarios", "borrowed_licence"), seed)
    caller, other = case.party("A"), case.party("B")
    assert other.face != other.person.id_number
    for party, band in ((caller, FaceBand.LIKELY_SAME), (other, FaceBand.LIKELY_DIFFERENT)):
        speaking = portrait(look_of(party.face), talking=True).rotate(8, Image.Resampling.BICUBIC)
        live = encoded(on_ground(speaking, WALL).resize((320, 400)))
        assert compare(live, photo(party.person.id_number), DRAWN).band is band


@pytest.mark.parametrize("seed", [1, 2, 3, 50])
def test_two_ordinary_parties_are_told_apart(seed: int) -> None:
    case = seeded(load_named(RESOURCES / "scenarios", "rear_end"), seed)
    speaking = portrait(look_of(case.party("B").face), talking=True)
    live = encoded(on_ground(speaking, WALL).resize((320, 400)))
    assert compare(live, photo(case.party("A").person.id_number), DRAWN).band is FaceBand.LIKELY_DIFFERENT


def test_between_the_limits_nothing_is_said_and_a_score_never_says_more_than_its_band() -> None:
    for limits in (DRAWN, REAL):
        middle = (limits.same_below + limits.different_above) / 2
        assert band_of(middle, limits) is FaceBand.UNCLEAR
        assert score_of(middle, limits) == 50
        assert score_of(0.0, limits) == 100
        assert score_of(limits.different_above, limits) < 50 < score_of(limits.same_below, limits)
