"""A phone that is real headless Chromium with a fake camera and microphone, and the person who holds it."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Geolocation, Page, Playwright, Response, expect

from console.contract.observation import (
    ControlHeard,
    FrameSent,
    MessageSeen,
    NoticeSeen,
    PhoneStage,
    ResultSeen,
    SignatureGiven,
    SoundHeard,
    StillSent,
    ToneSent,
)
from console.domain.evidence import Slot
from console.domain.ids import CallId, EvidenceId
from console.domain.signature import text_digest
from console.launcher.demo.observations import Observations
from console.launcher.demo.steps_evidence import picture_mark
from console.training.scenario import Scenario
from tests.e2e.film import Film

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
PERMISSIONS = ("geolocation", "camera", "microphone")
GLANCE_S = 0.1
"""The person looks at the page so often."""
PATIENCE_MS = 60_000
CONSENTS = ("video-handling", "location", "e-service", "face-comparison")
STAGES = {
    "queue": "waiting",
    "call": "in-call",
    "clear": "in-call",
    "hold": "in-call",
    "sign": "in-call",
    "progress": "after-call",
}

KEEP_DIGESTED = """
window.digested = [];
const digest = crypto.subtle.digest.bind(crypto.subtle);
crypto.subtle.digest = (name, bytes) => {
    window.digested.push(Array.from(new Uint8Array(bytes)));
    return digest(name, bytes);
};
"""
"""Keeps the very bytes that the page took a digest of: nothing else gives the body of a posted picture."""

LOOK = (Path(__file__).parent / "look_at_page.js").read_text("utf-8")


def public_key_pin(ca: Path) -> str:
    """Return the SPKI pin of the service's authority, as Chromium takes it (base64 of SHA-256)."""
    key = x509.load_pem_x509_certificate(ca.read_bytes()).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()


def draw_signature(page: Page) -> None:
    """Draw over the plane, as a finger does."""
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    if box is None:
        raise AssertionError("there is no plane to sign on")
    for stroke in range(2):
        left = box["x"] + box["width"] * (0.15 + 0.4 * stroke)
        middle = box["y"] + box["height"] / 2
        page.mouse.move(left, middle)
        page.mouse.down()
        for step in range(1, 12):
            page.mouse.move(left + step * box["width"] / 45, middle + (step % 4 - 2) * box["height"] / 8)
        page.mouse.up()


def type_code(page: Page, act: str) -> str:
    """Have a one-time code sent, read it from the SMS that training shows, and type it."""
    page.locator(f"[data-act=code-{act}]").click()
    sms = page.locator("[data-sms=code]").filter(visible=True)
    code = re.search(r"验证码([0-9]{6})", sms.text_content() or "")
    if code is None:
        raise AssertionError("no code came")
    page.locator(f"#code-{act}").fill(code[1])
    return code[1]


class BrowserPhone(Observations):
    """The party's page in Chromium, opened from a link; plays ``film`` and the tone file ``voice``.

    The person does what the page asks for: consents, waits, leaves when told to and reads the result.
    ``sentences`` keeps the sentence and the outline that the page showed for each slot, ``stills`` what
    it posted by SHA-256, ``complaints`` what broke in it. One thread only, as the driver wants it.
    """

    def __init__(
        self, driver: Playwright, link: str, ca: Path, case: Scenario, film: Film, voice: Path, hertz: float
    ) -> None:
        super().__init__()
        self._link = link
        self._hertz = hertz
        self._glanced = 0.0
        self._last: dict[str, Any] = {}
        self._posted: list[Response] = []
        self.sentences: dict[str, tuple[str, str]] = {}
        self.stills: dict[str, bytes] = {}
        self.complaints: list[str] = []
        self._browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *FLAGS,
                f"--ignore-certificate-errors-spki-list={public_key_pin(ca)}",
                f"--use-file-for-fake-video-capture={film.path}",
                f"--use-file-for-fake-audio-capture={voice}",
            ],
        )
        place: Geolocation = {
            "latitude": case.place.latitude,
            "longitude": case.place.longitude,
            "accuracy": case.place.accuracy_m,
        }
        context = self._browser.new_context(
            viewport={"width": 390, "height": 844},
            has_touch=True,
            is_mobile=True,
            locale="zh-CN",
            permissions=list(PERMISSIONS),
            geolocation=place,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(KEEP_DIGESTED)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)
        # A film has no clock of its own to tell when a picture was taken: all were taken before the call.
        self.seen += [
            FrameSent(at_ns=0, mark=counter, view=film.view(counter)) for counter in range(len(film.frames))
        ]

    def call(self) -> None:
        """Go from the link through safety, notice, consents and permissions into the queue."""
        page = self.page
        page.goto(self._link)
        page.get_by_role("button", name="没有人受伤").click()
        for item in CONSENTS:
            expect(page.locator(f"#consent-{item}")).not_to_be_checked(timeout=PATIENCE_MS)
        self.tap("next")
        expect(page.get_by_text("请先读上面的告知")).to_be_visible(timeout=PATIENCE_MS)
        self.tap("notice")
        expect(page.locator(".receipt .chip.ok")).to_be_visible(timeout=PATIENCE_MS)
        for item in CONSENTS:
            page.check(f"#consent-{item}")
        self.tap("next")
        self.tap("start")
        expect(page.locator(".figure h1")).to_have_text("下一位就是您", timeout=PATIENCE_MS)

    def tap(self, act: str) -> None:
        """Tap the button with this meaning."""
        self.page.locator(f"[data-act={act}]").click()

    def close(self) -> None:
        """Put the phone away."""
        self._browser.close()

    def look(self) -> None:
        """Look at the page and note what has changed."""
        if time.monotonic() - self._glanced < GLANCE_S:
            return
        shown = self.page.evaluate(LOOK, [slot.value for slot in Slot])
        self._glanced = time.monotonic()
        before, self._last = self._last, shown
        at_ns = time.monotonic_ns()
        stage = STAGES.get(shown["screen"], "new")
        if stage != STAGES.get(before.get("screen", ""), "new"):
            call = CallId(shown["call"]) if shown["call"] else None
            self.seen.append(PhoneStage(at_ns=at_ns, stage=stage, call_id=call))
            if stage == "in-call":
                self.seen.append(ToneSent(at_ns=at_ns, hertz=self._hertz))
        if shown["hertz"] is not None:
            self.seen.append(SoundHeard(at_ns=at_ns, hertz=shown["hertz"], dbfs=shown["dbfs"]))
        self._guided(shown["guide"], before.get("guide"), at_ns)
        self._cleared(shown, before, at_ns)
        self._sign(shown["screen"], before.get("screen"), at_ns)
        self._read(shown, before, at_ns)
        self._note_stills(at_ns)

    def _guided(self, guide: dict[str, str] | None, before: dict[str, str] | None, at_ns: int) -> None:
        if guide is None or guide == before:
            return
        slot = Slot(guide["slot"])
        self.sentences[slot.value] = (guide["text"], guide["outline"])
        self.seen.append(ControlHeard(at_ns=at_ns, control="guide", id="", ok=True, text=slot.value))

    def _cleared(self, shown: dict[str, Any], before: dict[str, Any], at_ns: int) -> None:
        was_told = before.get("screen") == "clear"
        if shown["screen"] == "clear" and not was_told:
            self.seen.append(NoticeSeen(at_ns=at_ns, text=shown["notice"], confirmed=False))
            self.tap("cleared")
        elif was_told and shown["screen"] != "clear":
            self.seen.append(NoticeSeen(at_ns=at_ns, text=before["notice"], confirmed=True))

    def _sign(self, screen: str, before: str | None, at_ns: int) -> None:
        if screen != "sign" or before == "sign":
            return
        text = self.page.locator(".document").text_content() or ""
        draw_signature(self.page)
        type_code(self.page, "sign")
        self.tap("sign")
        self.seen.append(SignatureGiven(at_ns=at_ns, text_sha256=text_digest(text)))

    def _read(self, shown: dict[str, Any], before: dict[str, Any], at_ns: int) -> None:
        for text in shown["messages"]:
            if text not in before.get("messages", ()):
                self.seen.append(MessageSeen(at_ns=at_ns, text=text))
        result = shown["result"]
        if result is not None and result != before.get("result"):
            shares = tuple((str(label), str(share)) for label, share in result["shares"])
            own = str(result["own"])
            self.seen.append(
                ResultSeen(at_ns=at_ns, number=str(result["number"]), own_label=own, shares=shares)
            )

    def _answered(self, response: Response) -> None:
        if "/v1/party/stills" in response.url:
            self._posted.append(response)

    def _note_stills(self, at_ns: int) -> None:
        posted, self._posted = self._posted, []
        for response in posted:
            evidence = EvidenceId(response.url.partition("request_id=")[2][:32])
            said = (
                response.request.all_headers()["content-digest"].removeprefix("sha-256=:").removesuffix(":")
            )
            digest = base64.b64decode(said).hex()
            self.stills |= {
                hashlib.sha256(picture).hexdigest(): picture
                for picture in map(bytes, self.page.evaluate("() => window.digested.splice(0)"))
            }
            mark = picture_mark(self.stills[digest])
            self.seen.append(StillSent(at_ns=at_ns, evidence_id=evidence, sha256=digest, mark=mark))

    def words(self) -> Sequence[str]:
        """Return the lines of text that the page shows now."""
        return self.page.locator("#page").inner_text().splitlines()
