"""The checkout's environment: one list of packages, exact versions of all, repair of what was cut off."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
from pathlib import Path

import pytest
from environment import CONSTRAINTS, DEBIAN_PACKAGES, PYTHON, ROOT, drop_half_installed, requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINS: dict[str, str] = {
    canonicalize_name(name): version
    for line in CONSTRAINTS.read_text("utf-8").splitlines()
    if not line.startswith("#")
    for name, _, version in [line.partition("==")]
}


def brought_by(lines: list[str]) -> set[str]:
    """The names of everything that the requirements bring on this machine, themselves included."""
    names: set[str] = set()
    asked = [Requirement(line) for line in lines]
    queue = [wanted for wanted in asked if wanted.marker is None or wanted.marker.evaluate()]
    while queue:
        wanted = queue.pop()
        name = canonicalize_name(wanted.name)
        if name in names:
            continue
        names.add(name)
        for line in importlib.metadata.distribution(name).requires or []:
            brought = Requirement(line)
            extras = wanted.extras or {""}
            if not brought.marker or any(brought.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(brought)
    return names


def test_every_package_has_its_exact_version_and_it_is_the_one_installed() -> None:
    installed = {name: importlib.metadata.version(name) for name in brought_by(requirements(["dev"]))}
    assert {name: PINS.get(name) for name in installed} == installed


def test_constraints_hold_versions_and_no_addresses() -> None:
    assert all(re.fullmatch(r"\d+(\.\d+)*(\.post\d+)?", version) for version in PINS.values())


def test_debian_packages_are_named_once() -> None:
    names = [name for purpose in DEBIAN_PACKAGES.values() for name in purpose]
    assert len(names) == len(set(names))


def test_a_package_cut_off_while_it_was_installed_is_installed_again(tmp_path: Path) -> None:
    for name, file in (("whole-1.0.dist-info", "RECORD"), ("half-1.0.dist-info", "METADATA")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).touch()
    assert drop_half_installed(tmp_path) == ["half-1.0.dist-info"]
    assert [path.name for path in tmp_path.iterdir()] == ["whole-1.0.dist-info"]


@pytest.mark.parametrize("words", [[], ["fly"], ["fly", "--data", "x"]])
def test_an_unknown_verb_says_how_to_use_the_door(words: list[str]) -> None:
    command = [str(PYTHON), "-m", "console", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "{launch|desk|" in done.stderr
