"""A party's live face beside a photograph: the program's hint with consent, a person's word always."""

from __future__ import annotations

import asyncio
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from console.domain.evidence import FACE_SLOTS, Evidence, Slot
from console.domain.faces import FaceBand, FaceCheck, FaceMethod, FaceProblem, FaceReference
from console.domain.ids import EvidenceId, IncidentId, PartyId
from console.domain.incident import Incident
from console.domain.party import ConsentItem, Party
from console.domain.recognition import Box
from console.presenters.check_words import FACE_PROBLEM, JUDGED, LIKENESS, REFERENCE
from console.presenters.crops import Crops
from console.presenters.desk import Desk
from console.presenters.words import SLOT, problem, tr
from console.store.changes import Changes
from widgets.chip import ChipState
from widgets.face_panel import FacePanel, FaceSide, FaceState, Judgement

LICENCE_SLOTS = (Slot.DRIVING_LICENCE_A, Slot.DRIVING_LICENCE_B)
ICONS = {
    FaceBand.LIKELY_SAME: "check",
    FaceBand.UNCLEAR: "circle-question-mark",
    FaceBand.LIKELY_DIFFERENT: "x",
}
AROUND = 0.5
"""Of a face's height, shown around it: hair, ears and chin count for a person."""


def judgements() -> tuple[Judgement, ...]:
    """Return what a person may say; a doubt needs its reason."""
    return tuple(
        Judgement(band.value, tr(words), ICONS[band], doubt=band is not FaceBand.LIKELY_SAME)
        for band, words in JUDGED.items()
    )


class FacePresenter:
    """Shows one party's faces when asked, and takes what is said of them."""

    def __init__(self, desk: Desk, panel: FacePanel) -> None:
        self._desk = desk
        self._panel = panel
        self._crops = Crops(desk, self._show)
        self._shown: PartyId | None = None
        self._registry = False
        self._photos: dict[PartyId, QImage] = {}
        self._waiting = False
        self._trouble = ""
        panel.compared.connect(self._compare)
        panel.judged.connect(self._judge)
        panel.photo_changed.connect(self._change_photo)
        panel.left.connect(self.close)

    def open(self, party_id: PartyId) -> None:
        """Somebody asked for the faces of a party: show them, the licence's photograph first where there is a
        picture of it, and take the keyboard.
        """
        self._shown, self._trouble = party_id, ""
        shown = self._party()
        if shown is not None:
            self._registry = _licence(*shown) is None
            self._panel.show()
            self._show()
            self._panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Put the pictures away."""
        self._shown = None
        self._photos.clear()
        self._panel.hide()

    def refresh(self, changes: Changes) -> None:
        """Follow consent, pictures and comparisons of the own incident."""
        if not (changes.incidents or changes.calls or changes.evidence or changes.session):
            return
        if self._shown is not None and self._party() is None:
            self.close()
        self._show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def _party(self) -> tuple[Incident, Party] | None:
        incident = self._desk.own_incident()
        if incident is None:
            return None
        party = next((p for p in incident.parties if p.id == self._shown), None)
        return None if party is None else (incident, party)

    def _show(self) -> None:
        shown = self._party()
        if shown is None:
            return
        incident, party = shown
        live, licence = _live(incident, party), self._licence(incident, party)
        checks = [check for check in incident.face_checks if check.party_id == party.id]
        hint = _newest(checks, FaceMethod.PROGRAM, live, licence)
        said = _newest(checks, FaceMethod.PERSON, live, licence)
        photo = self._photo(incident.id, party.id) if self._registry else None
        if licence is not None:
            photo = self._cut(incident.id, licence.id, hint.reference_box if hint else None)
        reference = FaceReference.LICENCE if licence is not None else FaceReference.REGISTRY
        self._panel.set_state(
            FaceState(
                title=tr("人像并排 · {letter}方").format(letter=party.label),
                live=FaceSide(
                    tr("现场:{slot}").format(slot=tr(SLOT[live.capture.slot])) if live else tr("现场"),
                    _problems(hint.live_problems) if hint else "",
                    self._cut(incident.id, live.id, hint.live_box if hint else None) if live else None,
                ),
                photo=FaceSide(
                    tr(REFERENCE[reference]), _problems(hint.reference_problems) if hint else "", photo
                ),
                hint=_hint(hint),
                said=_said(said),
                notice=self._trouble or _consent_words(party),
                blocked=self._blocked(party, live),
                judging="" if live is not None else tr("还没有人像图"),
            )
        )

    def _blocked(self, party: Party, live: Evidence | None) -> str:
        """Why the program may not compare, "" where it may."""
        if not _agreed(party):
            return tr("未同意")
        if live is None:
            return tr("还没有人像图")
        return tr("正在比对") if self._waiting else ""

    def _licence(self, incident: Incident, party: Party) -> Evidence | None:
        return None if self._registry else _licence(incident, party)

    def _cut(self, incident_id: IncidentId, evidence_id: EvidenceId, box: Box | None) -> QImage | None:
        """The face where the program found it, else the whole picture: nobody is searched unasked."""
        if box is None:
            return self._crops.whole(incident_id, evidence_id)
        around = round((box.bottom - box.top) * AROUND)
        wider = Box(
            left=box.left - around,
            top=box.top - around,
            right=box.right + around,
            bottom=box.bottom + around,
        )
        return self._crops.cut(incident_id, evidence_id, wider)

    def _photo(self, incident_id: IncidentId, party_id: PartyId) -> QImage | None:
        """The register's photograph, fetched once; an empty picture while it is on its way."""
        if party_id not in self._photos:
            self._photos[party_id] = QImage()
            self._desk.bridge.run(
                self._fetch(incident_id, party_id),
                lambda image: self._fetched(party_id, image),
                self._not_fetched,
            )
        image = self._photos[party_id]
        return None if image.isNull() else image

    async def _fetch(self, incident_id: IncidentId, party_id: PartyId) -> QImage:
        content = await self._desk.does.faces.photo(incident_id, party_id)
        return await asyncio.to_thread(QImage.fromData, content)

    def _fetched(self, party_id: PartyId, image: QImage) -> None:
        self._photos[party_id] = image
        self._show()

    def _not_fetched(self, error: Exception) -> None:
        self._trouble = problem(error)
        self._show()

    def _change_photo(self) -> None:
        shown = self._party()
        if shown is None:
            return
        self._registry, self._trouble = not self._registry, ""
        if not self._registry and _licence(*shown) is None:
            self._registry, self._trouble = True, tr("还没有驾驶证照片,先用登记照片。")
        self._photos = {party: image for party, image in self._photos.items() if not image.isNull()}
        self._show()

    def _compare(self) -> None:
        shown = self._party()
        live = None if shown is None else _live(*shown)
        if shown is None or live is None or self._waiting:
            return
        incident, party = shown
        licence = self._licence(incident, party)
        self._waiting, self._trouble = True, ""
        self._desk.bridge.run(
            self._desk.does.faces.compare(
                incident.id, party.id, live.id, licence=licence.id if licence else None
            ),
            lambda _: self._answered(""),
            lambda error: self._answered(problem(error)),
        )
        self._show()

    def _judge(self, key: str, note: str) -> None:
        shown = self._party()
        live = None if shown is None else _live(*shown)
        if shown is None or live is None:
            return
        incident, party = shown
        licence = self._licence(incident, party)
        self._desk.bridge.run(
            self._desk.does.faces.judge(
                incident.id,
                party.id,
                live.id,
                FaceBand(key),
                licence=licence.id if licence else None,
                note=note,
            ),
            lambda _: self._answered(""),
            lambda error: self._answered(problem(error)),
        )

    def _answered(self, trouble: str) -> None:
        self._waiting, self._trouble = False, trouble
        self._show()


def _live(incident: Incident, party: Party) -> Evidence | None:
    """The newest received picture of the driver's face, else that of both in one frame."""
    own = FACE_SLOTS[min(incident.parties.index(party), 1)]
    return _received(incident, own) or _received(incident, Slot.BOTH_IN_FRAME)


def _licence(incident: Incident, party: Party) -> Evidence | None:
    return _received(incident, LICENCE_SLOTS[min(incident.parties.index(party), 1)])


def _received(incident: Incident, slot: Slot) -> Evidence | None:
    return next((item for item in reversed(incident.evidence) if item.capture.slot is slot), None)


def _newest(
    checks: list[FaceCheck], method: FaceMethod, live: Evidence | None, licence: Evidence | None
) -> FaceCheck | None:
    """The newest comparison of just the two pictures that are shown."""
    pictures = (live.id if live else None, licence.id if licence else None)
    return next((c for c in reversed(checks) if c.method is method and (c.live, c.licence) == pictures), None)


def _agreed(party: Party) -> bool:
    consent = party.consent(ConsentItem.FACE_COMPARISON)
    return consent is not None and consent.given


def _consent_words(party: Party) -> str:
    consent = party.consent(ConsentItem.FACE_COMPARISON)
    if consent is None:
        return tr("{letter}方还没有回答人像比对,程序不比对;可人工并排看。").format(letter=party.label)
    if not consent.given:
        return tr("{letter}方不同意人像比对,程序不比对;可人工并排看。").format(letter=party.label)
    return ""


def _problems(found: tuple[FaceProblem, ...]) -> str:
    return "、".join(tr(FACE_PROBLEM[one]) for one in found)


def _hint(hint: FaceCheck | None) -> ChipState | None:
    """Band and score as a hint; a likely difference warns and never says that it is one."""
    if hint is None:
        return None
    if hint.band is None:
        return ChipState(tr("照片不合格,不比对"), "warn")
    words = tr("程序提示:{band} {score} 分,仅作提示").format(band=tr(LIKENESS[hint.band]), score=hint.score)
    return ChipState(words, "unknown" if hint.band is FaceBand.LIKELY_SAME else "warn")


def _said(said: FaceCheck | None) -> ChipState | None:
    if said is None or said.band is None:
        return None
    words = tr("人工:{words}").format(words=tr(JUDGED[said.band]))
    return ChipState(words, "ok" if said.band is FaceBand.LIKELY_SAME else "warn", "user-round")
