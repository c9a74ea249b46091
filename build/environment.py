"""The checkout's own environment: Python packages in .venv, Debian packages on the machine.

Standard library only, because it runs before anything is installed. The list of Python packages is the one
in pyproject.toml, their exact versions are in constraints.txt, and the Debian packages are the table below.
A stamp in .venv is written only after everything is in place, so an interrupted installation goes on at the
next start and a finished one costs nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WORK = ROOT / ".work"
CONSTRAINTS = ROOT / "build" / "constraints.txt"
SOURCE_ONLY = "face_recognition_models"
"""Comes as source alone; it is data, so there is nothing to compile."""
STAMP = VENV / "ready.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

#: Debian 12 packages by what needs them. "window" is what the wheels of Qt (with QtMultimedia and QtLocation)
#: and of PyAV link against and do not bring; each of the others is started as a program.
DEBIAN_PACKAGES: dict[str, tuple[str, ...]] = {
    "window": (
        "libbrotli1",
        "libdbus-1-3",
        "libdrm2",
        "libegl1",
        "libfontconfig1",
        "libfreetype6",
        "libgl1",
        "libglib2.0-0",
        "libgssapi-krb5-2",
        "libpulse0",
        "libx11-xcb1",
        "libxcb-cursor0",
        "libxcb-glx0",
        "libxcb-icccm4",
        "libxcb-image0",
        "libxcb-keysyms1",
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-shape0",
        "libxcb-xfixes0",
        "libxcb-xkb1",
        "libxext6",
        "libxkbcommon-x11-0",
        "libxrandr2",
    ),
    "screen": ("xclip", "xdotool", "xvfb"),
    "sound": ("pulseaudio", "pulseaudio-utils"),
    "tests": ("chromium", "poppler-utils", "postgresql"),
}


class SetupError(Exception):
    """The machine lacks something that cannot be installed from here; the message says what to do."""


@dataclass
class Stamp:
    """What is in place: the key of the Python packages, their extras, the purposes of Debian packages."""

    key: str
    extras: list[str]
    debian: list[str]


def prepare(*, developer: bool = False, debian: Iterable[str] = ("window",)) -> None:
    """Make the machine ready: Debian packages of the purposes `debian`, then .venv with the Python packages.

    `developer` adds the packages of the extra "dev" (tests, checks, packaging). Returns at once, without
    network, when the stamp says that all of it is in place. Raises SetupError with a remedy.
    """
    extras = {"dev"} if developer else set()
    purposes = set(debian) if sys.platform == "linux" else set()
    stamp, key = _read_stamp(), _key()
    python_ready = stamp.key == key and extras.issubset(stamp.extras)
    if python_ready and purposes.issubset(stamp.debian):
        return
    started = time.monotonic()
    packages = [name for purpose in sorted(purposes) for name in DEBIAN_PACKAGES[purpose]]
    if importlib.util.find_spec("ensurepip") is None:
        # Debian's python3 has `venv` but not what it needs until this package is there.
        packages.append("python3-venv")
    _install_debian(packages)
    stamp.debian = sorted(purposes.union(stamp.debian))
    if not python_ready:
        stamp.extras = sorted(extras.union(stamp.extras))
        _make_venv()
        _install_python(stamp.extras)
        stamp.key = key
    _write_stamp(stamp)
    print(f"Ready after {time.monotonic() - started:.0f} s.", flush=True)


def headless() -> bool:
    """Whether this is a Linux machine without a screen to draw on."""
    return sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def program(main: Callable[[], int]) -> None:
    """Run a script's `main` and exit with its code; say setup errors and Ctrl-C in one line."""
    # Being ended is an interruption too: what was started is ended on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = main()
    except SetupError as error:
        print(error, file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("Interrupted. The same command goes on from here.", file=sys.stderr)
        code = 130
    sys.exit(code)


def requirements(extras: Iterable[str] = ()) -> list[str]:
    """The requirement lines of pyproject.toml for the application and the named extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines: list[str] = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return lines


def drop_half_installed(site_packages: Path) -> list[str]:
    """Delete the metadata of packages whose installation was cut off, so that pip installs them again.

    pip writes RECORD last; metadata without it would be taken for an installed package. Returns the names.
    """
    dropped = []
    for metadata in sorted(site_packages.glob("*.dist-info")):
        if not (metadata / "RECORD").exists():
            shutil.rmtree(metadata)
            dropped.append(metadata.name)
    return dropped


def _key() -> str:
    listed = "\n".join(requirements(["dev"]))
    return hashlib.sha256(listed.encode() + CONSTRAINTS.read_bytes()).hexdigest()


def _read_stamp() -> Stamp:
    if PYTHON.exists() and STAMP.exists():
        return Stamp(**json.loads(STAMP.read_text("utf-8")))
    return Stamp(key="", extras=[], debian=[])


def _write_stamp(stamp: Stamp) -> None:
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(stamp)), "utf-8")
    fresh.replace(STAMP)


def _install_debian(wanted: list[str]) -> None:
    if not wanted or not shutil.which("dpkg-query"):
        return
    query = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    present = {line.split()[0] for line in query.stdout.splitlines() if line.endswith(" installed")}
    missing = [name for name in wanted if name not in present]
    if missing:
        _apt_get_install(missing)


def _apt_get_install(names: list[str]) -> None:
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if os.geteuid() != 0:
        raise SetupError(
            "Debian packages are missing. Run this once, then the same command again:\n"
            f"  sudo apt-get update && sudo {shlex.join(install)}"
        )
    print(f"Installing {len(names)} Debian packages: {' '.join(names)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], [*install, "-q"]):
        result = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False
        )
        if result.returncode:
            raise SetupError(f"{result.stdout}\nFailed: {shlex.join(command)}")


def _make_venv() -> None:
    ask_pip = [str(PYTHON), "-m", "pip", "--version"]
    if PYTHON.exists() and subprocess.run(ask_pip, capture_output=True, check=False).returncode == 0:
        return
    print(f"Making {VENV}", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        raise SetupError(f"{sys.executable} cannot make a virtual environment: it has no working ensurepip.")


def _install_python(extras: list[str]) -> None:
    size = "1.6 GB, about 3 minutes" if extras else "1.3 GB, about 2 minutes"
    print(f"Installing Python packages into .venv ({size} at 100 Mbit/s) ...", flush=True)
    for name in drop_half_installed(_site_packages()):
        print(f"Installing again, cut off last time: {name}", flush=True)
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    # Wheels only: a newcomer's machine has no compiler.
    command += ["--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
    command += ["--constraint", CONSTRAINTS, *requirements(extras)]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetupError("Not all Python packages could be installed. The same command goes on from here.")


def _site_packages() -> Path:
    asked = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(asked.stdout.strip())
