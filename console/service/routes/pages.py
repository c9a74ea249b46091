"""The party's page and, on a local network, the page with this machine's own certificate authority."""

from __future__ import annotations

import re
from hashlib import sha256
from string import Template
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from console.domain.errors import DomainError
from console.service.core import Core, Here
from console.service.tls import ca_path, certificate_der

router = APIRouter(include_in_schema=False)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")


@router.get("/p/{token}")
def party_page(token: str, core: Here) -> FileResponse:
    """Serve the party's page; the token is judged when the page opens its session."""
    if not _TOKEN.fullmatch(token):
        raise DomainError("not-found")
    return _page(core)


def _page(core: Core) -> FileResponse:
    page = core.settings.resources / "party" / "index.html"
    if not page.is_file():
        raise DomainError("not-found")
    return FileResponse(page, media_type="text/html")


@router.get("/j")
def join_page(core: Here) -> FileResponse:
    """Serve the party's page to whoever has a code that was read out."""
    return _page(core)


@router.get("/ca")
def ca_page(core: Here) -> HTMLResponse:
    """Tell how to install the certificate, with the fingerprint to compare; only on a local network."""
    certificate = _ca(core)
    digest = sha256(certificate).hexdigest().upper()
    fingerprint = " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
    page = (core.settings.resources / "ca" / "index.html").read_text("utf-8")
    return HTMLResponse(Template(page).substitute(fingerprint=fingerprint))


@router.get("/ca.crt")
def ca_file(core: Here) -> Response:
    """Hand out the certificate in DER, as phones take it; only on a local network."""
    headers = {"Content-Disposition": 'attachment; filename="kuaichu-training-ca.crt"'}
    return Response(_ca(core), headers=headers, media_type="application/x-x509-ca-cert")


def _ca(core: Core) -> bytes:
    if not core.settings.lan:
        raise DomainError("not-found")
    return certificate_der(ca_path(core.settings.data, lan=True))


class _Files(StaticFiles):
    """Files that a phone keeps and asks after: nothing of a case is in them, and roads have slow networks."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return the file, or 304 when the phone has it already."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def mount(app: FastAPI, core: Core) -> None:
    """Serve the files of the party's page."""
    files = _Files(directory=core.settings.resources / "party", check_dir=False)
    app.mount("/party", files, name="party-files")
