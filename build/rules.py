"""Rules of the house that no tool brings: each takes the checkout and returns its faults, one line each."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

CODE = {".py", ".pyi", ".js", ".qml", ".css", ".html"}
TEXT = CODE | {".md", ".toml", ".json", ".txt", ".svg", ".typ", ".spec", ".yaml", ".yml", ".mako", ".ini", ""}
LONGEST = 400
#: Where packages come from, and where this checkout lies, are settings of a machine and not of the project.
ADDRESSES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|(?:mirrors?|pypi)\.[a-z]+\.[a-z]+"
    r"|(?<![\w.\-])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\\\?Users"
)
EXEMPTION = re.compile(r"#\s*(?:type:\s*ignore|noqa|ruff:\s*noqa|mypy:\s*ignore)", re.IGNORECASE)
#: Calls that wait for a time instead of for a result.
SLEEPS = {"time.sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "QThread.msleep"}


def sources(root: Path, suffixes: set[str]) -> Iterator[Path]:
    """The checkout's files with one of the suffixes: tracked ones and new ones that are not ignored."""
    # A container's checkout may belong to another user than the one who runs the checks.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    for name in sorted(set(listed.stdout.decode().split("\0")) - {""}):
        path = root / name
        if path.suffix in suffixes and path.is_file():
            yield path


def long_files(root: Path) -> list[str]:
    """Code files over 400 lines."""
    lengths = ((path, len(path.read_text("utf-8").splitlines())) for path in sources(root, CODE))
    return [
        f"{path.relative_to(root)}: {length} lines, {LONGEST} allowed"
        for path, length in lengths
        if length > LONGEST
    ]


def foreign_addresses(root: Path) -> list[str]:
    """Addresses of package registries and paths of one machine."""
    return [
        f"{path.relative_to(root)}:{number}: {found[0]}"
        for path in sources(root, TEXT)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := ADDRESSES.search(line))
    ]


def exemptions(root: Path) -> list[str]:
    """Comments that switch a check off."""
    faults = []
    for path in sources(root, {".py", ".pyi"}):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            if token.type == tokenize.COMMENT and EXEMPTION.search(token.string):
                faults.append(f"{path.relative_to(root)}:{token.start[0]}: {token.string}")
    return faults


def sleeps(root: Path) -> list[str]:
    """Tests that wait for a time; they wait on a condition with a deadline instead."""
    return [
        f"{path.relative_to(root)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in sources(root / "tests", {".py"})
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SLEEPS
    ]


RULES = {
    "file lengths": long_files,
    "foreign addresses": foreign_addresses,
    "exemptions": exemptions,
    "sleeps": sleeps,
}
