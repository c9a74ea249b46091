"""Leaves a database of this program's schema for the tests of migrations: run it before adding a migration.

``.venv/bin/python -m tests.service.leave_schema`` plays one call and writes ``schemas/NNNN.sql``.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from console.domain.party import ConsentItem
from console.service.database import Database
from console.service.settings import Settings
from tests.service.harness import Desk, Phone, good, running

SCHEMAS = Path(__file__).parent / "schemas"


def main() -> int:
    """Play and write."""
    version = Database.newest_version()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with (
            running(Settings(data=data)) as service,
            Desk(service, "900010", "07") as desk,
            Phone(service, desk.link()) as phone,
        ):
            call_id, _token = phone.place(name="示例安")
            incident = good(desk.answer(call_id)).json()["incident_id"]
            desk.put(f"/v1/incidents/{incident}/notes", {"text": f"写于 {version}"})
            consent = {"item": ConsentItem.E_SERVICE.value, "given": True, "wording": "v1"}
            phone.post("/v1/party/consents", consent)
            desk.post(f"/v1/calls/{call_id}/hang-up")
        with closing(sqlite3.connect(data / "service.sqlite3")) as database:
            (SCHEMAS / f"{version}.sql").write_text("\n".join(database.iterdump()) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
