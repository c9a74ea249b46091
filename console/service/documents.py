"""The press: determinations and certificates as PDF/A-2b, made by typst with the embedded font alone.

The same sheet and time give the same bytes. Text of parties and officers reaches typst only as data.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import typst

from console.contract.codec import encode
from console.domain.errors import DomainError
from console.service.cities import CityError
from console.service.documents_glyphs import Glyphs
from console.service.documents_sheet import Sheet

TIME_LIMIT_S = 5.0
"""How long a route waits for its document; the sheets' texts are bounded, so that every print ends."""


class Press:
    """Prints sheets, one at a time, in a thread of its own."""

    def __init__(self, resources: Path, template: Path | None = None) -> None:
        """``template`` is the city's own form of the document, where it has one."""
        self._template = template or resources / "documents" / "determination.typ"
        fonts = resources / "fonts"
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        self._glyphs = Glyphs(fonts.glob("*.otf"))
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

    def prove(self) -> None:
        """Print an empty sheet; raise ``CityError`` with the printer's words where the form is broken, and
        print no more.
        """
        empty = Sheet(
            title="",
            number="",
            unit="",
            stamps=(),
            footer="",
            scene=(),
            parties=(),
            passages=(),
            signatures=(),
            officer="",
            date="",
            seal="",
            notices=(),
        )
        try:
            self.pdf(empty, datetime.now(UTC))
        except RuntimeError as error:
            self.close()
            raise CityError(f"{self._template.name}: {error}") from None

    def close(self) -> None:
        """Finish what is being printed and end the thread."""
        self._worker.shutdown(cancel_futures=True)

    def _print(self, sheet: Sheet, at: datetime) -> bytes:
        compiler = typst.Compiler(
            self._template,
            root=self._template.parent,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={"sheet": self._glyphs.drawable(encode(sheet).decode())},
        )
        printed = compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=int(at.timestamp()))
        if not isinstance(printed, bytes):
            raise TypeError("typst gave no PDF")
        return printed
