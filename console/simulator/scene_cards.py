"""Driving and vehicle licences as a phone sees them: the papers of the parties, held in a hand."""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
from PIL import Image

from console.domain.recognition import FOREVER, FieldName
from console.simulator import papers
from console.simulator.papers import CARD, Style
from console.simulator.scene_space import Picture, lay_on, soft
from console.training.look import look_of
from console.training.portraits import on_ground, portrait
from console.training.scenario import PartyTruth

F = FieldName


def driving_licence(party: PartyTruth) -> Picture:
    """The driving licence of a party (BGR, `CARD` pixels)."""
    return papers.driving_licence(licence_values(party), Style(ground=(232, 240, 248)), face_of(party))


def vehicle_licence(party: PartyTruth) -> Picture:
    """The vehicle licence of a party (BGR, `CARD` pixels)."""
    return papers.vehicle_licence(vehicle_values(party), Style(ground=(236, 244, 234)))


def face_of(party: PartyTruth) -> Image.Image:
    """The photograph on a party's papers."""
    return on_ground(portrait(look_of(party.person.id_number)), (246, 248, 250)).crop((90, 90, 710, 900))


def licence_values(party: PartyTruth) -> papers.Values:
    """What stands on a party's driving licence.

    It was held for 16 years and never ends (公安部令第162号 13).
    """
    person = party.person
    first = person.first_licence_date
    return {
        F.LICENCE_NUMBER: person.id_number,
        F.NAME: person.name,
        F.SEX: person.sex,
        F.NATIONALITY: "中国",
        F.ADDRESS: person.address,
        F.BIRTH_DATE: person.birth_date.isoformat(),
        F.FIRST_ISSUE_DATE: first.isoformat(),
        F.VEHICLE_CLASSES: person.vehicle_classes,
        F.VALID_FROM: first.replace(year=first.year + 16).isoformat(),
        F.VALID_TO: FOREVER,
    }


def vehicle_values(party: PartyTruth) -> papers.Values:
    """What stands on a party's vehicle licence."""
    vehicle = party.vehicle
    return {
        F.PLATE: vehicle.plate.replace("·", ""),
        F.VEHICLE_TYPE: "小型轿车",
        F.OWNER: party.person.name,
        F.ADDRESS: party.person.address,
        F.USE_NATURE: "非营运",
        F.MODEL: vehicle.model,
        F.VIN: vehicle.vin,
        F.ENGINE_NUMBER: vehicle.engine_number,
        F.REGISTER_DATE: vehicle.register_date.isoformat(),
        F.ISSUE_DATE: (vehicle.register_date + dt.timedelta(days=3)).isoformat(),
    }


def held(card: Picture, behind: Picture, skin: tuple[int, int, int], rng: np.random.Generator) -> Picture:
    """The card in a hand before a blurred scene; a little tilted, as `rng` has it."""
    height, width = behind.shape[:2]
    picture = soft(behind, height / 60)
    card_width = min(width * 0.66, height * 0.78 * CARD[0] / CARD[1])
    half = np.array([card_width, card_width * CARD[1] / CARD[0]]) / 2
    turn = float(rng.uniform(-0.06, 0.06))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half * rng.uniform(0.975, 1.0, (4, 1))
    corners = corners @ spin.T + (width * 0.5, height * 0.50)
    shadow: Picture = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(shadow, (corners + height * 0.018).astype(np.int32), 150, cv2.LINE_AA)
    shadow = soft(shadow, height / 50)
    picture = (picture * (1 - shadow[:, :, None] / 255.0)).astype(np.uint8)
    fingers = [(float(corners[3][0] + half[0] * share), float(corners[3][1])) for share in (0.10, 0.26, 0.42)]
    unit = half[1] * 0.16
    for x, y in fingers:
        _finger(picture, (x, y + unit * 0.9), unit, skin, 0.82)
    lay_on(picture, corners, card)
    _finger(
        picture,
        (float(corners[3][0] + half[0] * 0.20), float(corners[3][1] + unit * 0.35)),
        unit * 1.2,
        skin,
        1.0,
    )
    return picture


def _finger(
    picture: Picture, tip: tuple[float, float], radius: float, skin: tuple[int, int, int], bright: float
) -> None:
    r, g, b = (channel * bright for channel in skin)
    x, y = tip
    points = [
        (x - radius, y),
        (x + radius, y),
        (x + radius * 1.5, y + radius * 8),
        (x - radius * 1.1, y + radius * 8),
    ]
    cv2.fillConvexPoly(picture, np.array(points).astype(np.int32), (b, g, r), cv2.LINE_AA)
    cv2.ellipse(
        picture, (int(x), int(y)), (int(radius), int(radius * 1.3)), 0, 0, 360, (b, g, r), -1, cv2.LINE_AA
    )
    if bright == 1.0:
        nail = (b * 1.02, g * 1.06, min(255.0, r * 1.06))
        box = (int(radius * 0.58), int(radius * 0.72))
        cv2.ellipse(picture, (int(x), int(y - radius * 0.3)), box, 0, 0, 360, nail, -1, cv2.LINE_AA)
