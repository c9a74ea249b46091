"""``python -m console service city``: reads a city's folder as the service does and tells what is wrong."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from console.service.cities import CITY, City, CityError, load_city
from console.service.documents import Press
from console.service.maps.geometry import read_features
from console.service.settings import RESOURCES


def main(argv: list[str]) -> int:
    """Check a folder or list the shipped ones; return 0, or 1 with one line a mistake."""
    parser = argparse.ArgumentParser(prog="python -m console service city", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="what", metavar="command")
    check = commands.add_parser("check", help="read a city's folder and tell every mistake")
    check.add_argument("folder", type=Path)
    commands.add_parser("list", help="the cities that are shipped")
    words = parser.parse_args(argv)
    if words.what == "list":
        for file in sorted((RESOURCES / "cities").glob(f"*/{CITY}")):
            print(f"{file.parent.name:16} {load_city(file.parent).profile.name}")
        return 0
    try:
        city = load_city(words.folder)
        if city.document is not None:
            with closing(Press(RESOURCES, city.document)) as press:
                press.prove()
    except CityError as error:
        print(error, file=sys.stderr)
        return 1
    print(_told(city))
    return 0


def _told(city: City) -> str:
    rule, areas = city.profile.rule, read_features(city.areas)
    hours = "; ".join(f"{h.opens:%H:%M}-{h.closes:%H:%M} {h.season}".strip() for h in rule.hours)
    units = f"{len(areas)} police units" if areas else "no police units: a person answers whether it is here"
    lines = (
        f"{city.profile.id}: {city.profile.name}, {rule.version}",
        f"steps: {city.profile.order}; hours: {hours or 'around the clock'}",
        f"accepts: {', '.join(sorted(rule.accepts))}",
        units,
        f"{len(city.templates.templates)} messages, version {city.templates.version}",
        f"document: {'its own form' if city.document else 'the shared form'}",
    )
    return "\n".join(lines)
