"""The ruling form: what was chosen becomes a draft, the service says what hinders, an officer issues."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QImage

from console.contract.desk_api import Role
from console.contract.tables import Tables
from console.domain.errors import DomainError
from console.domain.ids import IncidentId, PartyId
from console.domain.incident import Incident, IncidentState
from console.domain.ruling import Outcome, PartyKind, Ruling
from console.domain.wording import provision
from console.presenters.desk import Desk, clock_words
from console.presenters.paper import pages
from console.presenters.parties import PartiesPresenter
from console.presenters.reasons import reasons_state
from console.presenters.ruling_draft import (
    PROBLEM,
    chosen_outcome,
    fault,
    fitting,
    for_parties,
    outcome_rows,
    share_rows,
    with_fault,
    with_outcome,
    with_share,
    with_text,
    without_fault,
)
from console.presenters.ruling_facts import accident_facts, party_fact, party_facts
from console.presenters.ruling_situation import (
    SITUATION,
    party_details,
    situation_field,
    with_situation,
)
from console.presenters.ruling_split import (
    blows_of_draft,
    fault_options,
    impact_words,
    kind_options,
    settled,
    split_rows,
    with_impact,
    with_kind,
    with_split_share,
    without_impact,
)
from console.presenters.typed import LastTyped
from console.presenters.words import problem, tr
from console.store.changes import Changes
from console.usecases.edits import RULING
from console.usecases.facts import EditState
from widgets.chip import ChipState
from widgets.document_view import DocumentView
from widgets.reasons_panel import ReasonsPanel
from widgets.ruling_form import PartyFaults, RulingForm, RulingState

AT_RULING = frozenset({IncidentState.RULING, IncidentState.ISSUED, IncidentState.SERVED})
"""The states of a case in which its ruling is on the screen."""


class RulingPresenter:
    """Fills the form from what was typed or saved, never by itself; every change is kept and sent."""

    def __init__(
        self,
        desk: Desk,
        form: RulingForm,
        document: DocumentView,
        reasons: ReasonsPanel,
        parties: PartiesPresenter,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._form = form
        self._document = document
        self._reasons = reasons
        self._parties = parties
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
        form.share_chosen.connect(self._share_chosen)
        form.kind_chosen.connect(self._kind_chosen)
        form.impacts.added.connect(
            lambda first, second: self.change(lambda d: with_impact(d, PartyId(first), PartyId(second)))
        )
        form.impacts.removed.connect(lambda at: self.change(lambda d: without_impact(d, at)))
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
            work = self._desk.does.rule.save(incident.id, self.draft(incident))
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
        """Show the form as it stands; nobody sees it before the case is there to be ruled."""
        incident = self._desk.own_incident()
        if incident is None or self._tables is None:
            return
        if incident.id != self._incident_id:
            self._incident_id, self._issued_shown = incident.id, ""
            self._document.set_pages(())
        if incident.state not in AT_RULING:
            return
        self._form.set_state(self._state(incident, self._tables))
        review = self._desk.store.reviews.get(incident.id)
        self._reasons.set_state(reasons_state(incident, self.draft(incident), review, self._tables))
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

    def draft(self, incident: Incident) -> Ruling:
        """Return the form as it stands: typed, else saved."""
        edit = self._desk.store.edits.get((incident.id, RULING))
        stored = edit.value if edit is not None and isinstance(edit.value, Ruling) else None
        draft = self._typed.get(incident.id, stored) or incident.ruling
        return for_parties(draft or Ruling(outcome=Outcome.RULING, parties=()), incident)

    def change(self, change: Callable[[Ruling], Ruling]) -> None:
        """Take a change of the form; it is kept, sent and shown."""
        incident = self._desk.own_incident()
        if incident is not None and incident.state in {IncidentState.COLLECTING, IncidentState.RULING}:
            draft = change(self.draft(incident))
            if self._tables is not None:
                draft = fitting(self._tables, draft)
                draft = settled(draft, blows_of_draft(incident, draft, self._tables))
            self._typed.put(incident.id, draft)
            self._desk.bridge.run(self._desk.does.rule.write(incident.id, draft))
            self.show()

    def _fact_chosen(self, key: str, option: str) -> None:
        if key == SITUATION:
            self._situation_chosen(option)
            return
        of_party = party_fact(key)
        if of_party is None:
            self.change(lambda draft: with_text(draft, key, option))
        else:
            self._parties.write(*of_party, option)
            self.show()

    def _situation_chosen(self, key: str) -> None:
        incident, tables = self._desk.own_incident(), self._tables
        if incident is None or tables is None or not key:
            return
        self.change(lambda draft: with_situation(draft, incident, tables, key))
        for index, (driving, part) in enumerate(party_details(tables, key)):
            self._parties.write(index, "driving_state", driving)
            self._parties.write(index, "collision_part", part)
        self.show()

    def _text_edited(self, key: str, text: str) -> None:
        self.change(lambda draft: with_text(draft, "facts" if key == "course" else key, text))

    def _fault_added(self, party: str, code: str) -> None:
        added = None if self._tables is None else fault(self._tables, code)
        if added is not None:
            self.change(lambda draft: with_fault(draft, PartyId(party), added))

    def _fault_removed(self, party: str, code: str) -> None:
        self.change(lambda draft: without_fault(draft, PartyId(party), code))

    def _outcome_chosen(self, key: str) -> None:
        self.change(lambda draft: with_outcome(draft, key))

    def _share_chosen(self, party: str, share: str) -> None:
        if "/" in party:
            self.change(lambda draft: with_split_share(draft, party, share))
        else:
            self.change(lambda draft: with_share(draft, PartyId(party), share))

    def _kind_chosen(self, party: str, kind: str) -> None:
        tables = self._tables
        if tables is not None:
            self.change(lambda draft: with_kind(draft, tables, PartyId(party), PartyKind(kind)))

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
        draft = self.draft(incident)
        edit = self._desk.store.edits.get((incident.id, RULING))
        review = self._desk.store.reviews.get(incident.id)
        labels = {party.id: party.label for party in incident.parties}
        details = tuple(self._parties.details(incident, at) for at in range(len(incident.parties)))
        separate = blows_of_draft(incident, draft, tables)
        note = ChipState(tr("还没有草稿"), "none", "pencil")
        if edit is not None and edit.state in {EditState.TYPED, EditState.KEPT}:
            note = ChipState(tr("草稿已存本机"), "ok", "hard-drive")
        elif edit is not None and edit.state is EditState.REFUSED:
            why = problem(DomainError(edit.code, **edit.params))
            note = ChipState(tr("服务器没有接受,草稿在本机:{why}").format(why=why), "bad", "circle-x")
        elif incident.ruling is not None:
            note = ChipState(tr("草稿服务器已收"), "ok", "check")
        if incident.to_redo is not None and incident.determination is not None:
            old = tr("签发后撤销 {number}").format(number=incident.determination.number)
            note = ChipState(f"{note.text} · {old}", "warn", "gavel")
        return RulingState(
            facts=(*accident_facts(draft, tables), *party_facts(incident, details, tables)),
            parties=tuple(
                PartyFaults(
                    party.party_id,
                    labels.get(party.party_id, "?"),
                    tuple(
                        (f.code, f"{f.code} {tr(f.name)} · {f.citation.law}{provision(f.citation)}")
                        for f in party.faults
                    ),
                    fault_options(party, tables),
                    party.kind.value,
                )
                for party in draft.parties
            ),
            kinds=kind_options(),
            impacts=impact_words(incident, draft),
            situation=situation_field(incident, draft, tables),
            outcomes=outcome_rows(incident, draft),
            outcome=chosen_outcome(draft),
            shares=split_rows(incident, separate) or share_rows(incident, draft),
            course=draft.facts,
            reason=draft.reason,
            reason_required=tr("交通意外、转一般程序须写理由")
            if draft.outcome in {Outcome.NO_FAULT, Outcome.GENERAL_PROCEDURE}
            else "",
            missing=()
            if review is None or incident.document is not None
            else tuple(
                f"{labels.get(p.party_id, '') if p.party_id else ''}{tr(PROBLEM.get(p.code, p.code))}"
                for p in review.problems
            ),
            issue_blocked=self._issue_blocked(incident, draft, review is not None),
            draft_note=self._issued_chip(incident) or note,
        )

    def _issue_blocked(self, incident: Incident, draft: Ruling, reviewed: bool) -> str:
        user = self._desk.session.user
        if incident.document is not None:
            return tr("已签发")
        if Role.RULING_OFFICER not in user.roles or not user.qualified:
            return tr("只有具备资格的民警可以签发")
        if incident.posts.recused(user.id) is not None:
            return tr("本人已回避")
        if incident.posts.asked_to_recuse(user.id):
            return tr("当事人申请本人回避,待主管决定")
        if incident.state is not IncidentState.RULING:
            return tr("还没有移交")
        if draft != incident.ruling:
            return tr("草稿还没有上传")
        if not reviewed:
            return tr("先存草稿,由服务核对")
        if incident.open_signatures:
            labels = {party.id: party.label for party in incident.parties}
            names = "、".join(labels[p.party_id] for p in incident.open_signatures if p.party_id)
            return tr("等{names}签名,或注明拒签").format(names=names)
        return ""

    @staticmethod
    def _issued_chip(incident: Incident) -> ChipState | None:
        issued = incident.document
        if issued is None:
            return None
        words = f"{tr('已签发')} {issued.number} {clock_words(issued.issued_at)}"
        if issued.replaces:
            words += " · " + tr("撤销 {number}").format(number=issued.replaces)
        return ChipState(words, "ok", "gavel")

    def _fail(self, error: Exception) -> None:
        self._say(problem(error))
