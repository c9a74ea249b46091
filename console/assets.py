"""Where the project's data lies: ``resources`` beside ``console`` in a checkout, inside a packed program."""

from __future__ import annotations

import sys
from pathlib import Path

RESOURCES = Path(str(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))) / "resources"
