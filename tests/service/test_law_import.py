"""The wording of laws: imported whole or not at all, shown for the day of the accident."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.domain.ruling import Citation
from console.service import audit
from console.service.cli import main
from console.service.database import Database
from console.service.law_import import import_law, load_wordings
from console.service.rules import load_rules
from console.service.settings import DATABASE_URL, RESOURCES, Settings

FOLLOWING = Citation(law="道路交通安全法", article=43)
EDITION: dict[str, Any] = {
    "law": "道路交通安全法",
    "since": "2021-04-29",
    "source": "样张公报",
    "provisions": [{"article": 43, "text": "样张:同车道行驶的规定。"}],
}


def brought(folder: Path, **changed: Any) -> Path:
    """Return ``folder`` with one more file of an edition in it."""
    folder.mkdir(exist_ok=True)
    name = f"{len(list(folder.iterdir()))}.json"
    (folder / name).write_text(json.dumps({**EDITION, **changed}, ensure_ascii=False), encoding="utf-8")
    return folder


def deeds(data: Path) -> list[tuple[str, str]]:
    """Return action and outcome of what stands in the audit of a data folder."""
    with closing(Database(Settings(data=data).database)) as database, database.read() as connection:
        return [(row.action, row.outcome) for row in audit.every_row(connection)]


def test_a_refused_import_leaves_a_row_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATABASE_URL, raising=False)
    folder = brought(tmp_path / "in", source=" ")
    assert main(["law", "import", str(folder), "--data", str(tmp_path / "data")]) == 1
    assert "source is empty" in capsys.readouterr().err
    assert deeds(tmp_path / "data") == [("law-import", "refused")]


def test_the_imported_text_is_shown_for_its_days(tmp_path: Path) -> None:
    folder = brought(tmp_path / "in")
    done = subprocess.run(
        [sys.executable, "-m", "console", "service", "law", "import", str(folder), "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 imported\n", "")
    assert deeds(tmp_path) == [("law-import", "ok")]
    law = load_rules(RESOURCES / "rules", tmp_path / "law").law
    today, before = law.provision(FOLLOWING, date(2026, 1, 1)), law.provision(FOLLOWING, date(2021, 4, 28))
    assert today is not None
    assert today.wording is not None
    assert today.wording.text == "样张:同车道行驶的规定。"
    assert before is not None
    assert before.wording is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"law": "../../etc"}, "short name"),
        ({"source": " "}, "source is empty"),
        ({"until": "2020-01-01"}, "until lies before since"),
        ({"provisions": []}, "no provision"),
        ({"provisions": EDITION["provisions"] * 2}, "one twice"),
        ({"provisions": [{"article": 1, "text": ""}]}, "article 1 has no text"),
        ({"since": "soon"}, "since"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_kept(
    tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    folder = brought(brought(tmp_path / "in", law="实施条例"), **changed)
    with pytest.raises(ValueError, match=words):
        import_law(folder, tmp_path / "law")
    assert load_wordings(tmp_path / "law") == {}


def test_two_editions_never_hold_on_the_same_day(tmp_path: Path) -> None:
    import_law(brought(tmp_path / "in"), tmp_path / "law")
    with pytest.raises(ValueError, match="must end before 2025-01-01"):
        import_law(brought(tmp_path / "later", since="2025-01-01"), tmp_path / "law")
    both = brought(brought(tmp_path / "both", until="2024-12-31"), since="2025-01-01")
    assert import_law(both, tmp_path / "law") == 2
    assert len(load_wordings(tmp_path / "law")[FOLLOWING]) == 2


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no"):
        import_law(tmp_path, tmp_path / "law")
