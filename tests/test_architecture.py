"""The house keeps its own rules: import directions, build/rules.py, ARCHITECTURE.md true to the tree."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from environment import requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rooms import ROOMS
from rules import CODE, RULES, sources

ROOT = Path(__file__).resolve().parent.parent
#: In ARCHITECTURE.md: the first cell of the table of rooms; any path, seen from the root or from console/.
ROOM = re.compile(r"^\| `([\w/.]+)` \|", re.MULTILINE)
PATH = re.compile(r"`([a-z]\w*(?:/\w+)+(?:\.\w+)?)`")


def python_folders(top: str) -> set[Path]:
    """Folders below `top`, itself included, that hold Python modules."""
    return {path.parent for path in sources(ROOT, {".py"}) if path.relative_to(ROOT).parts[0] == top}


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rules_of_the_house(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


def test_every_folder_of_the_application_is_a_package_that_the_contracts_see() -> None:
    folders = python_folders("console") | python_folders("widgets")
    without = [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()]
    # Migrations are files that Alembic reads, not modules that anything imports.
    assert [name for name in without if "migrations" not in name] == []


def test_build_is_scripts_and_no_package() -> None:
    assert not (ROOT / "build" / "__init__.py").exists()


def test_architecture_names_every_room_and_no_other() -> None:
    text = (ROOT / "console" / "ARCHITECTURE.md").read_text("utf-8")
    paths = set(ROOM.findall(text)) | set(PATH.findall(text))
    assert [
        path for path in paths if not ((ROOT / path).exists() or (ROOT / "console" / path).exists())
    ] == []
    inside = {f"console/{f.name}" for f in python_folders("console") if f.parent == ROOT / "console"}
    beside = {f.relative_to(ROOT).parts[0] for f in sources(ROOT, CODE | {".json"}) if f.parent != ROOT}
    assert (inside | beside) - set(ROOM.findall(text)) - {"console"} == set()


def test_every_test_file_belongs_to_a_room() -> None:
    places = tuple(place for room in ROOMS.values() for place in room)
    tests = [str(path.relative_to(ROOT)) for path in sources(ROOT / "tests", {".py"})]
    assert [t for t in tests if Path(t).name.startswith("test_") and not t.startswith(places)] == []


def test_every_imported_library_is_a_requirement() -> None:
    missing = []
    for path in sources(ROOT, {".py"}):
        shipped = path.relative_to(ROOT).parts[0] in {"console", "widgets"}
        allowed = required() if shipped else required("dev")
        for module in imported(path):
            if providers(module) and not providers(module) & allowed:
                missing.append(f"{path.relative_to(ROOT)}: {module}")
    assert missing == []


UNNAMED = {"dlib-bin", "face-recognition-models", "httptools"}
"""What is used and no import can be traced to: dlib-bin names its compiled module alone, not ``dlib``; of the
models only the files are used (``console.service.recognition.faces``); httptools parses for uvicorn.
"""


def test_every_requirement_of_the_application_is_imported_by_it() -> None:
    files = [
        path for path in sources(ROOT, {".py"}) if path.relative_to(ROOT).parts[0] in {"console", "widgets"}
    ]
    used = {name for path in files for module in imported(path) for name in providers(module)}
    assert required() - used == UNNAMED


def required(*extras: str) -> set[str]:
    """Names of the distributions that pyproject.toml asks for on this platform."""
    asked = [Requirement(line) for line in requirements(extras)]
    return {canonicalize_name(r.name) for r in asked if r.marker is None or r.marker.evaluate()}


@cache
def providers(module: str) -> set[str]:
    """Names of the installed distributions that a top module comes from; none for the standard library."""
    return {canonicalize_name(name) for name in importlib.metadata.packages_distributions().get(module, [])}


def imported(path: Path) -> set[str]:
    """First words of the absolute imports of a module, standard library and own modules left out."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"console", "widgets", "tests"}
