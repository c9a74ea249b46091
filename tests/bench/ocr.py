"""OCR: fields read right, fields left empty, and wrong values above the limit, at three severities.

Prints one JSON object. ``own`` are the simulator's documents; ``other`` and ``further`` are layouts drawn
apart from them and used for measuring alone. ``right`` is the share of the fields on the documents whose
value is exactly the one printed;
``wrong`` counts values that were given and are not; seconds are those of one reading process with one core.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from console.domain.identifiers import PlateColour
from console.domain.recognition import DocumentKind, FieldName, Reading
from console.service.recognition.documents import read_bytes
from console.simulator import papers
from tests.bench.papers.camera import SEVERITIES, Picture, photographed
from tests.bench.papers.further import FURTHER
from tests.bench.papers.layouts import FONTS, IDENTITY, INSURANCE, LICENCE, OTHERS, REGISTERED
from tests.bench.papers.people import insured, owner, plate
from tests.bench.papers.plates import car_plate

F, K = FieldName, DocumentKind
TODAY = dt.date(2026, 11, 26)

Drawn = tuple[DocumentKind, tuple[FieldName, ...], Callable[[papers.Values, papers.Style], Picture]]
OWN: dict[str, Drawn] = {
    "licence": (K.DRIVING_LICENCE, LICENCE, lambda v, s: papers.driving_licence(v, s, None)),
    "licence_second": (
        K.DRIVING_LICENCE,
        (F.LICENCE_NUMBER, F.NAME, F.FILE_NUMBER),
        papers.driving_licence_second,
    ),
    "licence_phone": (
        K.DRIVING_LICENCE,
        (*LICENCE, F.FILE_NUMBER),
        lambda v, s: papers.driving_licence_phone(v, s, None),
    ),
    "vehicle": (K.VEHICLE_LICENCE, (*REGISTERED, F.ADDRESS), papers.vehicle_licence),
    "vehicle_second": (K.VEHICLE_LICENCE, (F.PLATE,), papers.vehicle_licence_second),
    "id_card": (K.ID_CARD, IDENTITY, lambda v, s: papers.id_card(v, s, None)),
    "policy": (K.INSURANCE, INSURANCE, papers.policy),
    "mark": (K.INSURANCE, INSURANCE, papers.mark),
}


@dataclass
class Tally:
    """What came of some pictures."""

    pictures: int = 0
    fields: int = 0
    right: int = 0
    kinds_wrong: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, name: str, kind: DocumentKind, truth: dict[FieldName, str], reading: Reading) -> None:
        """Count one reading."""
        self.pictures += 1
        self.kinds_wrong += reading.kind is not kind
        self.fields += len(truth)
        for field_name, expected in truth.items():
            found = reading.field(field_name)
            value = found.value if found is not None else ""
            if value == expected:
                self.right += 1
            elif value:
                self.wrong.append(f"{name}.{field_name.value}: {expected} read as {value}")
            else:
                key = f"{name}.{field_name.value}"
                self.missed[key] = self.missed.get(key, 0) + 1

    def result(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "pictures": self.pictures,
            "fields": self.fields,
            "right": round(self.right / max(1, self.fields), 4),
            "wrong": len(self.wrong),
            "kinds_wrong": self.kinds_wrong,
            "cpu_s": round(self.seconds / max(1, self.pictures), 2),
        }


def documents(rng: random.Random) -> Iterator[tuple[str, str, DocumentKind, dict[FieldName, str], Picture]]:
    """Each document of all sets once: its set and name, its kind, what stands on it, its picture."""
    for name, (kind, names, drawn) in OWN.items():
        values = insured(rng) if kind is K.INSURANCE else owner(rng)
        picture = drawn(values, _style(rng))
        yield "own", name, kind, {key: values[key] for key in names}, picture
    for colour in PlateColour:
        text = plate(rng, colour)
        truth = {F.PLATE: text, F.COLOUR: colour.value}
        yield "own", "plate", K.PLATE, truth, papers.plate(text, colour)
    for name, (kind, names, drawn_other) in OTHERS.items():
        values = insured(rng) if kind is K.INSURANCE else owner(rng)
        picture = drawn_other(values, rng.randrange(len(FONTS)))
        yield "other", name, kind, {key: values[key] for key in names}, picture
    for name, (kind, names, drawn_further) in FURTHER.items():
        values = insured(rng) if kind is K.INSURANCE else owner(rng)
        yield "further", name, kind, {key: values[key] for key in names}, drawn_further(values, rng)
    for colour in PlateColour:
        text = plate(rng, colour)
        truth = {F.PLATE: text, F.COLOUR: colour.value}
        yield "further", "car_plate", K.PLATE, truth, car_plate(text, colour, rng)


def _style(rng: random.Random) -> papers.Style:
    shade = rng.randrange(222, 250)
    return papers.Style(
        ground=(shade, shade + rng.randrange(-6, 6), shade + rng.randrange(-10, 6)),
        scale=rng.choice((0.85, 0.92, 1.0)),
        bold=rng.random() < 0.6,
        gap=rng.choice((6, 14, 22, 40)),
        colon=rng.choice(("", "", ":")),
        english=rng.random() < 0.7,
    )


def measure(seed: int, rounds: int, threads: int, only: str) -> dict[str, object]:
    """Read ``rounds`` times every document, or the one named ``only``, at every severity."""
    tallies = {(which, name): Tally() for name in SEVERITIES for which in ("own", "other", "further")}
    for turn in range(rounds):
        for severity, how in SEVERITIES.items():
            rng = random.Random(f"{seed}/{turn}/{severity}")
            for which, name, kind, truth, picture in documents(rng):
                if only not in {"", name}:
                    continue
                data = photographed(picture, how, rng)
                started = time.process_time()
                reading = read_bytes(data, TODAY, threads)
                tally = tallies[which, severity]
                tally.seconds += time.process_time() - started
                tally.add(name, kind, truth, reading)
    for (which, severity), tally in tallies.items():
        for wrong in tally.wrong:
            sys.stderr.write(f"wrong {which} {severity} {wrong}\n")
        for key, count in sorted(tally.missed.items(), key=lambda item: -item[1]):
            sys.stderr.write(f"empty {which} {severity} {key} {count}\n")
    result: dict[str, object] = {
        f"{which}_{severity}": tally.result() for (which, severity), tally in tallies.items()
    }
    result["wrong_but_accepted"] = sum(len(tally.wrong) for tally in tallies.values())
    result["pictures"] = sum(tally.pictures for tally in tallies.values())
    result["fields"] = sum(tally.fields for tally in tallies.values())
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1, help="documents of each sort at each severity")
    parser.add_argument("--threads", type=int, default=1, help="cores of the reader")
    parser.add_argument("--only", default="", help="name of the one document to read")
    options = parser.parse_args()
    result = measure(options.seed, options.rounds, options.threads, options.only)
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
