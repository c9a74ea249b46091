"""The log: one line an event, in UTC, to standard error and a file that never grows too large.

What a person said of themselves does not belong in a log. Call sites keep it out; the filter here is the
second line, for texts that come from elsewhere.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
from datetime import UTC, datetime
from pathlib import Path

FILE_BYTES = 5 << 20
FILES = 5

_PRIVATE = re.compile(
    r"(?P<token>(?i:bearer)\s+\S+)"
    r"|(?P<id>(?<!\d)\d{17}[\dXx](?![\dXx]))"
    r"|(?P<phone>(?<!\d)1\d{10}(?!\d))"
    r"|(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼测][A-Z][·\s]?[A-Z0-9]{5,6})"
)


def redacted(text: str) -> str:
    """Return ``text`` with tokens, identity numbers, mobile numbers and plates replaced by their kind."""
    return _PRIVATE.sub(lambda found: f"[{found.lastgroup}]", text)


class _Redacting(logging.Formatter):
    """Formats in UTC and redacts the finished line, traceback included."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        return moment.isoformat(timespec="milliseconds") if datefmt is None else moment.strftime(datefmt)

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Send everything logged to standard error and to ``path``; called once, by a composition root."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = _Redacting("%(asctime)s %(levelname)s %(name)s %(message)s")
    handlers: list[logging.Handler] = [
        logging.StreamHandler(),
        logging.handlers.RotatingFileHandler(path, maxBytes=FILE_BYTES, backupCount=FILES, encoding="utf-8"),
    ]
    for handler in handlers:
        handler.setFormatter(shape)
    root = logging.getLogger()
    root.setLevel(level)
    root.handlers[:] = handlers
    for talkative in ("urllib3", "sseclient", "keyring"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.captureWarnings(True)
