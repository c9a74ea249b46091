"""The `ocr` verb: one JSON line a file, whatever the file is, and an exit code that says so."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from console.domain.identifiers import PlateColour
from console.simulator import papers
from tests.service.pictures import bomb

ROOT = Path(__file__).resolve().parents[3]


def ocr(*files: Path) -> tuple[int, list[dict[str, object]], str]:
    """Run the verb; return its exit code, its lines and what it said besides."""
    done = subprocess.run(
        [sys.executable, "-m", "console", "ocr", *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_every_file_gets_its_line(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("no picture", "utf-8")
    (tmp_path / "bomb.png").write_bytes(bomb())
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((200, 300, 3), 255, np.uint8))
    cv2.imwrite(str(tmp_path / "号牌.png"), papers.plate("测AD12345", PlateColour.GREEN))
    names = ("empty.jpg", "text.jpg", "bomb.png", "missing.jpg", "blank.png", "号牌.png")
    code, lines, besides = ocr(*(tmp_path / name for name in names))
    assert [Path(str(line["file"])).name for line in lines] == list(names)
    assert [line["problems"] for line in lines] == [
        ["empty_file"],
        ["not_a_picture"],
        ["too_large"],
        ["unreadable_file"],
        ["no_text"],
        ["fictional"],
    ]
    assert (code, besides) == (1, "")
    plate = lines[-1]
    assert plate["kind"] == "plate"
    fields = plate["fields"]
    assert isinstance(fields, dict)
    assert {name: field["value"] for name, field in fields.items()} == {
        "plate": "测AD12345",
        "colour": "green",
    }
    assert all(set(field) == {"value", "confidence", "box"} for field in fields.values())
    assert ocr(tmp_path / "号牌.png")[0] == 0


def test_a_name_of_any_bytes_and_a_picture_that_warns_are_told_as_they_should(tmp_path: Path) -> None:
    whole = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(whole, "TIFF")
    first_tag = int.from_bytes(whole.getvalue()[4:8], "little") + 2
    warns = bytearray(whole.getvalue())
    warns[first_tag + 4 : first_tag + 8] = (1 << 20).to_bytes(4, "little")  # more values than the file holds
    (tmp_path / "odd.tif").write_bytes(warns)
    name = os.fsdecode(b"\xff.png")
    shutil.copy(tmp_path / "odd.tif", tmp_path / name)
    _code, lines, besides = ocr(tmp_path / "odd.tif", tmp_path / name)
    assert [Path(str(line["file"])).name for line in lines] == ["odd.tif", "\ufffd.png"]
    assert besides == ""
