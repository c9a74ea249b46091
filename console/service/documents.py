"""The press: determinations and certificates as PDF/A-2b, made by typst with the embedded font alone.

The same sheet and time give the same bytes. Text of parties and officers reaches typst only as data.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import typst

from console.contract.codec import encode
from console.domain.errors import DomainError
from console.service.documents_sheet import Sheet
from console.service.durable import write_whole

TIME_LIMIT_S = 5.0
"""How long a route waits for its document; the sheets' texts are bounded, so that every print ends."""


class Press:
    """Prints sheets, one at a time, in a thread of its own."""

    def __init__(self, resources: Path) -> None:
        self._template = resources / "documents" / "determination.typ"
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resources / "fonts")]
        )
        self._worker = ThreadPoolExecutor(1, "press")

    def pdf(self, sheet: Sheet, at: datetime) -> bytes:
        """Return the document; ``at`` is its creation time. Raises ``document-late`` after ``TIME_LIMIT_S``.

        Blocks: call it from a worker thread.
        """
        printing = self._worker.submit(self._print, sheet, at)
        try:
            return printing.result(TIME_LIMIT_S)
        except TimeoutError:
            printing.cancel()
            raise DomainError("document-late") from None

    def close(self) -> None:
        """Finish what is being printed and end the thread."""
        self._worker.shutdown(cancel_futures=True)

    def _print(self, sheet: Sheet, at: datetime) -> bytes:
        compiler = typst.Compiler(
            self._template,
            root=self._template.parent,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={"sheet": encode(sheet).decode()},
        )
        printed = compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=int(at.timestamp()))
        if not isinstance(printed, bytes):
            raise TypeError("typst gave no PDF")
        return printed


class DocumentFolder:
    """Issued documents, each under the SHA-256 of its bytes; never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, pdf: bytes) -> str:
        """Put a document on the disk for good and return its SHA-256."""
        digest = hashlib.sha256(pdf).hexdigest()
        write_whole(self._folder / f"{digest}.pdf", pdf)
        return digest

    def read(self, sha256: str) -> bytes:
        """Return a document; raise ``document-damaged`` when its bytes are not those that were issued."""
        try:
            pdf = (self._folder / f"{sha256}.pdf").read_bytes()
        except FileNotFoundError:
            pdf = b""
        if hashlib.sha256(pdf).hexdigest() != sha256:
            raise DomainError("document-damaged")
        return pdf
