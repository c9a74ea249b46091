"""The work behind verification: follows the journal, asks the registers in parallel, records what they say.

Nothing of it lives in memory alone: a check that is *pending* in an incident is being asked or, after a
restart, is asked again. Each item is recorded as soon as its own registers have answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from console.contract.journal import Entry
from console.domain.checking import ASKS, Answer, Answers, basis, judge, one_vehicle
from console.domain.comparing import Stated
from console.domain.errors import DomainError
from console.domain.events import CallEvent
from console.domain.ids import IncidentId, PartyId
from console.domain.registry import SILENT_LETTERS, SilentCode, silent_codes
from console.domain.statement import stated
from console.domain.verification import Check, CheckItem, CheckResult, ChecksRecorded, ChecksStarted, Source
from console.service import silent
from console.service.bell import rung
from console.service.check_plan import MOST_ATTEMPTS, plan
from console.service.core import Core
from console.service.guards import EDITABLE
from console.service.journal import SERVICE, Work, last_sequence, open_incidents, read_entries, read_incident
from console.service.sources import Sources

log = logging.getLogger(__name__)

THREADS = 16
"""Questions under way at once; more wait their turn."""
GRACE_SECONDS = 2.0
"""What a question may take beyond the bound of the registry's own before it is given up from outside."""
IDLE_SECONDS = 5.0
BATCH = 200

Key = tuple[IncidentId, PartyId, CheckItem]


async def run(core: Core) -> None:
    """Keep every open incident's checks going until cancelled."""
    threads = ThreadPoolExecutor(THREADS, "registry")
    checker = _Checker(core, threads)
    try:
        await checker.run()
    finally:
        await checker.close()
        threads.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, kw_only=True)
class _Job:
    """Items of one party that are asked together, about the facts known at the start."""

    incident_id: IncidentId
    party_id: PartyId
    items: tuple[CheckItem, ...]
    known: Stated
    happened_at: datetime
    at_once: bool


class _Checker:
    def __init__(self, core: Core, threads: ThreadPoolExecutor) -> None:
        self._core = core
        self._threads = threads
        self._sources = Sources(core.registry, core.clock)
        self._under_way: set[Key] = set()
        self._jobs: set[asyncio.Task[None]] = set()
        self._wanted_at_once: set[Key] = set()
        self._look_at: dict[IncidentId, datetime] = {}
        self._again: set[IncidentId] = set()

    async def run(self) -> None:
        after, incidents = await asyncio.to_thread(self._everything)
        while True:
            turn = self._core.tail.turn
            for incident_id in incidents:
                await self._look(incident_id)
            after, news = await self._news(after)
            if not news and not self._again:
                await rung(turn, self._pause())
            now = self._core.clock()
            due = {incident_id for incident_id, moment in self._look_at.items() if moment <= now}
            incidents = news | due | self._again
            self._again = set()

    async def close(self) -> None:
        """Wait for nobody: what was asked stays pending and is asked again."""
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)

    def _pause(self) -> float:
        now = self._core.clock()
        waits = [(moment - now).total_seconds() for moment in self._look_at.values()]
        return max(0.0, min([IDLE_SECONDS, *waits]))

    def _everything(self) -> tuple[int, set[IncidentId]]:
        with self._core.database.read() as connection:
            return last_sequence(connection), set(open_incidents(connection))

    async def _news(self, after: int) -> tuple[int, set[IncidentId]]:
        """Return the last sequence read and the incidents that something happened to besides our findings."""
        here = self._core.tail.after(after)
        entries = await asyncio.to_thread(self._older, after) if here is None else here.entries
        changed: set[IncidentId] = set()
        for entry in entries:
            event = entry.event
            if isinstance(event, ChecksRecorded | CallEvent):
                continue
            changed.add(entry.incident_id)
            if isinstance(event, ChecksStarted) and entry.actor != SERVICE:
                self._wanted_at_once |= {(entry.incident_id, event.party_id, item) for item in event.items}
        return (entries[-1].sequence if entries else after), changed

    def _older(self, after: int) -> Sequence[Entry]:
        with self._core.database.glance() as connection:
            return read_entries(connection, after, BATCH)

    async def _look(self, incident_id: IncidentId) -> None:
        for job in await asyncio.to_thread(self._due, incident_id):
            keys = {(incident_id, job.party_id, item) for item in job.items}
            self._under_way |= keys
            self._wanted_at_once -= keys
            task = asyncio.create_task(self._carry_out(job))
            self._jobs.add(task)
            task.add_done_callback(self._jobs.discard)

    def _due(self, incident_id: IncidentId) -> list[_Job]:
        """Record what the plan of the incident says and return what is to be asked now."""
        try:
            with self._core.database.glance() as connection:
                incident = read_incident(connection, incident_id)
        except DomainError:  # deleted meanwhile: its time was over
            self._look_at.pop(incident_id, None)
            return []
        if plan(incident, self._core.clock()).records:
            with self._core.work() as work:
                for event in plan(work.incident(incident_id), work.now).records:
                    work.record(incident_id, event)
                incident = work.incident(incident_id)
        due = plan(incident, self._core.clock())
        self._look_at.pop(incident_id, None)
        if due.look_at is not None:
            self._look_at[incident_id] = due.look_at
        jobs = []
        for party in incident.parties:
            keys = [(incident_id, owner, item) for owner, item in due.pending if owner == party.id]
            keys = [key for key in keys if key not in self._under_way]
            for at_once in (True, False):
                items = tuple(key[2] for key in keys if (key in self._wanted_at_once) is at_once)
                if items:
                    job = _Job(
                        incident_id=incident_id,
                        party_id=party.id,
                        items=items,
                        known=stated(incident, party),
                        happened_at=incident.happened_at,
                        at_once=at_once,
                    )
                    jobs.append(job)
        return jobs

    async def _carry_out(self, job: _Job) -> None:
        try:
            await self._ask(job)
        except Exception:
            log.exception("a check failed; it stays pending")
        else:
            self._again.add(job.incident_id)
        finally:
            self._under_way -= {(job.incident_id, job.party_id, item) for item in job.items}
            self._core.tail.ring()

    async def _ask(self, job: _Job) -> None:
        left = set(job.items)
        answered: set[Source] = set()
        answers = Answers()
        asks = [self._ask_one(source, job) for source in frozenset().union(*(ASKS[item] for item in left))]
        for next_answer in asyncio.as_completed(asks):
            source, answer = await next_answer
            answered.add(source)
            answers |= answer
            ready = {item for item in left if ASKS[item] <= answered}
            left -= ready
            if ready:
                await asyncio.to_thread(self._record, job, sorted(ready), answers)

    async def _ask_one(self, source: Source, job: _Job) -> tuple[Source, Answers]:
        """Return what a register said; one whose question never comes back is late and no more."""

        def ask() -> Answers:
            return self._sources.ask(source, job.known, at_once=job.at_once)

        try:
            async with asyncio.timeout(self._core.settings.registry_seconds + GRACE_SECONDS):
                return source, await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except TimeoutError:
            return source, self._sources.late(source)

    def _record(self, job: _Job, items: Iterable[CheckItem], answers: Answers) -> None:
        """Record the findings that still stand: nobody found otherwise, and the facts are the same."""
        with self._core.work() as work:
            incident = work.incident(job.incident_id)
            if incident.state not in EDITABLE:
                return
            known_now = stated(incident, incident.party(job.party_id))
            verification = incident.verification(job.party_id)
            found: list[Check] = []
            for item in items:
                before = verification.check(item)
                asked_about = basis(item, job.known, job.happened_at)
                same = asked_about == basis(item, known_now, incident.happened_at)
                if before.result is CheckResult.PENDING and same:
                    check = judge(item, job.known, answers, job.happened_at)
                    last = before.attempts >= MOST_ATTEMPTS
                    found.append(
                        replace(
                            check,
                            basis=asked_about,
                            attempts=before.attempts,
                            next_try_at=None if last else check.next_try_at,
                        )
                    )
            if found:
                work.record(job.incident_id, ChecksRecorded(party_id=job.party_id, checks=tuple(found)))
                _note_silent(work, job, {check.item for check in found}, answers)


def _note_silent(work: Work, job: _Job, items: set[CheckItem], answers: Answers) -> None:
    """Keep the silent codes of the registers that spoke, beside the journal and never in it."""
    if CheckItem.IDENTITY in items and isinstance(answers.persons, Answer):
        person = next(iter(answers.persons.records), None)
        codes = silent_codes(person, None)
        silent.note(work, job.incident_id, job.party_id, {SilentCode.WANTED}, codes)
    if CheckItem.VEHICLE in items and isinstance(answers.vehicles, Answer):
        codes = silent_codes(None, one_vehicle(job.known, answers.vehicles.records))
        silent.note(work, job.incident_id, job.party_id, SILENT_LETTERS.values(), codes)
