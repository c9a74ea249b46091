"""The ruling form: what was chosen becomes a draft, the service says what hinders, an officer issues."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QImage

from console.contract.desk_api import Role
from console.contract.tables import Tables
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident, IncidentState
from console.domain.ruling import Outcome, Ruling
from console.domain.wording import provision
from console.presenters.desk import Desk, clock_words
from console.presenters.paper import pages
from console.presenters.ruling_draft import (
    FACTS,
    PROBLEM,
    chosen_outcome,
    fault,
    fitting,
    for_parties,
    outcome_rows,
    with_fault,
    with_outcome,
    with_text,
    without_fault,
)
from console.presenters.typed import LastTyped
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.edits import RULING
from console.usecases.facts import EditState
from widgets.chip import ChipState
from widgets.document_view import DocumentView
from widgets.ruling_form import FactField, PartyFaults, RulingForm, RulingState


class RulingPresenter:
    """Fills the form from what was typed or saved, never by itself; every change is kept and sent."""

    def __init__(
        self,
        desk: Desk,
        form: RulingForm,
        document: DocumentView,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._form = form
        self._document = document
        self._say = say
        self._tables: Tables | None = None
        self._asked_tables = False
        self._typed: LastTyped[IncidentId, Ruling] = LastTyped()
        self._incident_id: IncidentId | None = None
        self._read_version = 0
        self._issued_shown = ""
        form.fact_chosen.connect(self._fact_chosen)
        form.fault_added.connect(self._fault_added)
        form.fault_removed.connect(self._fault_removed)
        form.outcome_chosen.connect(self._outcome_chosen)
        form.text_edited.connect(self._text_edited)
        form.preview.connect(self.preview)
        form.draft.connect(self.save)
        form.issue_confirmed.connect(self._issue)
        form.issue_button.armed_changed.connect(self._armed)

    def preview(self) -> None:
        """Ctrl+P: the document as it would be issued."""
        incident = self._desk.own_incident()
        if incident is not None:
            self._desk.bridge.run(
                self._preview(incident.id), lambda images: self._show_pages(incident.id, images), self._fail
            )

    def save(self) -> None:
        """Ctrl+S: save now and show what still hinders."""
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.rule.save(incident.id, self._draft(incident))
            self._desk.bridge.run(work, None, self._fail)

    def press_issue(self) -> None:
        """Ctrl+Shift+Enter: the first press arms, the second issues."""
        self._form.issue_button.press()

    def refresh(self, changes: Changes) -> None:
        """Follow the draft, the service's review and the document."""
        if self._tables is None and (changes.session or changes.lamps):
            self._load_tables()
        if changes.incidents or changes.edits or changes.reviews or changes.calls or changes.session:
            self.show()

    def tick(self, _now: datetime) -> None:
        """Nothing here counts seconds."""

    def show(self) -> None:
        """Show the form as it stands."""
        incident = self._desk.own_incident()
        if incident is None or self._tables is None:
            return
        if incident.id != self._incident_id:
            self._incident_id, self._issued_shown = incident.id, ""
            self._document.set_pages(())
        self._form.set_state(self._state(incident, self._tables))
        issued = incident.determination
        if issued is not None and issued.pdf_sha256 != self._issued_shown:
            self._issued_shown = issued.pdf_sha256
            self._desk.bridge.run(
                self._issued(incident.id), lambda images: self._show_pages(incident.id, images), self._fail
            )

    def _load_tables(self) -> None:
        if not self._asked_tables:
            self._asked_tables = True
            self._desk.bridge.run(self._desk.does.rule.tables(), self._have_tables, self._no_tables)

    def _have_tables(self, tables: Tables) -> None:
        self._tables = tables
        self.show()

    def _no_tables(self, error: Exception) -> None:
        self._asked_tables = False
        self._fail(error)

    def _draft(self, incident: Incident) -> Ruling:
        edit = self._desk.store.edits.get((incident.id, RULING))
        stored = edit.value if edit is not None and isinstance(edit.value, Ruling) else None
        draft = self._typed.get(incident.id, stored) or incident.ruling
        return for_parties(draft or Ruling(outcome=Outcome.RULING, parties=()), incident)

    def _change(self, change: Callable[[Ruling], Ruling]) -> None:
        incident = self._desk.own_incident()
        if incident is not None and incident.state in {IncidentState.COLLECTING, IncidentState.RULING}:
            draft = change(self._draft(incident))
            draft = draft if self._tables is None else fitting(self._tables, draft)
            self._typed.put(incident.id, draft)
            self._desk.bridge.run(self._desk.does.rule.write(incident.id, draft))
            self.show()

    def _fact_chosen(self, key: str, option: str) -> None:
        self._change(lambda draft: with_text(draft, key, option))

    def _text_edited(self, key: str, text: str) -> None:
        self._change(lambda draft: with_text(draft, "facts" if key == "course" else key, text))

    def _fault_added(self, party: str, code: str) -> None:
        added = None if self._tables is None else fault(self._tables, code)
        if added is not None:
            self._change(lambda draft: with_fault(draft, PartyId(party), added))

    def _fault_removed(self, party: str, code: str) -> None:
        self._change(lambda draft: without_fault(draft, PartyId(party), code))

    def _outcome_chosen(self, key: str) -> None:
        self._change(lambda draft: with_outcome(draft, key))

    def _armed(self, armed: bool) -> None:
        """What stands on the screen at the first press is what is issued at the second."""
        incident = self._desk.own_incident()
        if armed and incident is not None:
            self._read_version = incident.version

    def _issue(self) -> None:
        incident = self._desk.own_incident()
        if incident is not None:
            work = self._desk.does.rule.issue(incident.id, self._read_version)
            self._desk.bridge.run(work, None, self._fail)

    async def _preview(self, incident_id: IncidentId) -> tuple[QImage, ...]:
        return await asyncio.to_thread(pages, await self._desk.does.rule.preview(incident_id))

    async def _issued(self, incident_id: IncidentId) -> tuple[QImage, ...]:
        return await asyncio.to_thread(pages, await self._desk.does.rule.document(incident_id))

    def _show_pages(self, incident_id: IncidentId, images: tuple[QImage, ...]) -> None:
        if incident_id == self._incident_id:
            self._document.set_pages(images)

    def _state(self, incident: Incident, tables: Tables) -> RulingState:
        draft = self._draft(incident)
        edit = self._desk.store.edits.get((incident.id, RULING))
        review = self._desk.store.reviews.get(incident.id)
        labels = {party.id: party.label for party in incident.parties}
        note = ChipState(tr("还没有草稿"), "none", "pencil")
        if edit is not None and edit.state in {EditState.TYPED, EditState.KEPT}:
            note = ChipState(tr("草稿已存本机"), "ok", "hard-drive")
        elif incident.ruling is not None:
            note = ChipState(tr("草稿服务器已收"), "ok", "check")
        return RulingState(
            facts=tuple(
                FactField(
                    key,
                    tables.codes[key].title,
                    tuple((code, f"{code} {words}") for code, words in tables.codes[key].codes.items()),
                    getattr(draft, key),
                )
                for key in FACTS
            ),
            parties=tuple(
                PartyFaults(
                    party.party_id,
                    labels.get(party.party_id, "?"),
                    tuple(
                        (f.code, f"{f.code} {f.name} · {f.citation.law}{provision(f.citation)}")
                        for f in party.faults
                    ),
                )
                for party in draft.parties
            ),
            fault_options=tuple((kind.code, f"{kind.code} {kind.name}") for kind in tables.faults),
            outcomes=outcome_rows(incident),
            outcome=chosen_outcome(draft),
            course=draft.facts,
            reason=draft.reason,
            reason_required=tr("交通意外、转一般程序须写理由")
            if draft.outcome in {Outcome.NO_FAULT, Outcome.GENERAL_PROCEDURE}
            else "",
            mediation=draft.mediation,
            missing=()
            if review is None or incident.determination is not None
            else tuple(
                f"{labels.get(p.party_id, '') if p.party_id else ''}{tr(PROBLEM.get(p.code, p.code))}"
                for p in review.problems
            ),
            issue_blocked=self._issue_blocked(incident, draft, review is not None),
            draft_note=self._issued_chip(incident) or note,
        )

    def _issue_blocked(self, incident: Incident, draft: Ruling, reviewed: bool) -> str:
        user = self._desk.session.user
        if incident.determination is not None:
            return tr("已签发")
        if Role.RULING_OFFICER not in user.roles or not user.qualified:
            return tr("只有具备资格的民警可以签发")
        if incident.state is not IncidentState.RULING:
            return tr("还没有移交")
        if draft != incident.ruling:
            return tr("草稿还没有上传")
        if not reviewed:
            return tr("先存草稿,由服务核对")
        return ""

    @staticmethod
    def _issued_chip(incident: Incident) -> ChipState | None:
        issued = incident.determination
        if issued is None:
            return None
        return ChipState(f"{tr('已签发')} {issued.number} {clock_words(issued.issued_at)}", "ok", "gavel")

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
