"""The service: a REST service of FastAPI on SQLite (embedded) or PostgreSQL, and the only authority.

How a route is written. A module of ``routes/`` has a ``router`` that ``app.py`` includes. Routes are plain
``def`` (each runs in a worker thread); only streams are ``async``. Collaborators, the person and the command
come as annotated parameters::

    @router.put("/{incident_id}/notes", status_code=204)
    def write_notes(incident_id: IncidentId, body: WriteNotes, command: ByCollector) -> None:
        \"\"\"Replace the notes.\"\"\"
        bounded(body, text=LONG_TEXT)
        with command.begin() as work:
            incident = editable(work, incident_id)
            work.record(incident.id, NotesWritten(text=body.text))

* Reading: ``who: DeskUser`` (``auth``) tells who asks, ``core: Here`` (``core``) gives the collaborators, and
  ``with core.database.read() as connection`` is one consistent view; ``journal.read_incident`` and its
  neighbours read values out of it.
* Writing: a command dependency of ``commands`` (``ByCallTaker``, ``ByRulingOfficer``, ``ByCollector``, or
  ``Annotated[DeskCommand, Depends(desk_command(Role...))]``; the party's is ``party_access.ByParty``) checks
  role and ``Idempotency-Key``. ``command.begin()`` opens the one transaction (``journal.Work``): look with
  ``work.incident(id)`` / ``work.call(id)`` / ``work.connection``, refuse by raising ``DomainError(code)``,
  change by ``work.record(incident_id, event)``, which appends to the journal and folds it. Own tables are
  written through ``work.connection`` in the same block. An answer with a body leaves as
  ``return work.answer(value)``, so that a repeat gets the same one. After the commit all listeners wake.
* Audit: every route of the description leaves a row before its answer (``ledger``); one that tells and
  changes nothing of anybody says ``openapi_extra=NOTHING_PERSONAL`` (``trail``). A reason of a closed list:
  ``command.trail.because(reason)``.
* Outside a request: ``with core.work() as work`` is the same transaction in the name of ``service``.
* Refusals: ``DomainError(code, **params)``; the status of a code stands in ``problems.STATUS`` (else 409, or
  404 for ``unknown-...``). Params hold no personal data.
* Bodies: ``bounds.bounded(body)`` first. They hold at most 1 MiB unless the route says
  ``max_body_size=``; a body that is streamed is read from ``request.stream()`` in an ``async def`` route.
* Tables: declared in ``tables.py`` with a migration of their own in ``migrations/versions``.
* Background: an ``async def run(core)`` in ``app.BACKGROUND``; it waits on ``core.bell`` and ends on cancel.
* A new collaborator is a field of ``core.Core``.
"""
