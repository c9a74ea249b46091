"""``python -m console ocr FILE...``: reads documents on pictures and prints one JSON object a line.

Exit code 0 when every file was read as some document, 1 when one was not; its line says why.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from console.domain.clock import local_date
from console.domain.recognition import DocumentKind, FieldReading, Reading, ReadingProblem
from console.service.recognition.pictures import MAX_BYTES
from console.service.recognition.pool import Workers
from console.service.recognition.reading import read


def main(argv: list[str]) -> int:
    """Read the files in ``argv`` in their order."""
    parser = argparse.ArgumentParser(prog="python -m console ocr", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="JPEG, PNG, WebP, BMP or TIFF")
    files: list[Path] = parser.parse_args(argv).files
    cores = os.cpu_count() or 1
    count = min(len(files), max(1, cores // 2))
    workers = Workers(count)
    good = True
    try:
        for file, reading in _readings(files, workers, max(1, cores // count)):
            good = good and reading.kind is not DocumentKind.UNKNOWN
            print(json.dumps(line_of(file, reading), ensure_ascii=False), flush=True)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    finally:
        workers.close()
    return 0 if good else 1


def line_of(file: Path, reading: Reading) -> dict[str, Any]:
    """Return what is printed for one file."""
    return {
        "file": os.fsencode(file).decode(errors="replace"),  # a file's name may be any bytes
        "kind": reading.kind.value,
        "fields": {field.name.value: _field(field) for field in reading.fields},
        "problems": [problem.value for problem in reading.problems],
    }


def _field(field: FieldReading) -> dict[str, Any]:
    box = field.box
    return {
        "value": field.value,
        "confidence": field.confidence,
        "box": [box.left, box.top, box.right, box.bottom],
    }


def _readings(files: list[Path], workers: Workers, threads: int) -> Iterator[tuple[Path, Reading]]:
    today = local_date(dt.datetime.now(dt.UTC))
    with ThreadPoolExecutor(workers.count) as pool:
        yield from zip(files, pool.map(partial(_read, workers, threads, today), files), strict=True)


def _read(workers: Workers, threads: int, today: dt.date, file: Path) -> Reading:
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            return Reading(kind=DocumentKind.UNKNOWN, problems=(ReadingProblem.TOO_LARGE,))
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        return Reading(kind=DocumentKind.UNKNOWN, problems=(ReadingProblem.UNREADABLE_FILE,))
    return read(workers, data, today, threads=threads)
