"""No illegal combination of shares, outcome, triage, role and state is issued, and a refusal changes nothing.

The table of Art. 60 (公安部令第146号) is written here once more, from the law and not from the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from console.domain.incident import Incident, IncidentState
from tests.service.cases import Case, to_be_ruled
from tests.service.harness import Desk, Phone, refusal
from tests.service.ruling_parts import REAR_END, party

pytestmark = pytest.mark.usefixtures("any_year")

SHARES = ("full", "main", "equal", "secondary", "none", None)
OUTCOMES = ("ruling", "no_fault", "certificate", "general_procedure")
FACTS = (
    "injury",
    "alcohol-or-drugs",
    "driver-swap",
    "licence-invalid",
    "plate-missing-or-forged",
    "immovable",
    "dangerous-goods",
    "marks-missing",
    "facility-hit",
    "party-left",
)
"""Each of them, answered otherwise than with no, keeps a case from being ruled by video."""
OFFICER, AUXILIARY, SUPERVISOR = "officer", "auxiliary", "supervisor"


@dataclass(frozen=True)
class Attempt:
    """What is tried: shares and faults of three parties, the outcome, one row of triage, who and when."""

    shares: tuple[str | None, ...]
    at_fault: tuple[bool, ...]
    outcome: str = "ruling"
    fact: str = "injury"
    answer: str = "no"
    who: str = OFFICER
    returned: bool = False

    @property
    def lawful(self) -> bool:
        """Whether this may become a document."""
        if self.who != OFFICER or self.returned or self.answer != "no":
            return False
        if self.outcome == "certificate":
            return set(self.shares) == {None}
        if self.outcome == "general_procedure" or None in self.shares:
            return False
        if any((share != "none") != fault for share, fault in zip(self.shares, self.at_fault, strict=True)):
            return False
        count = Counter(share for share in self.shares if share != "none")
        if self.outcome == "no_fault":
            return not count
        one_is_to_blame = count == {"full": 1}
        main_and_secondary = count["main"] == 1 and count["secondary"] >= 1 and len(count) == 2
        equal = count["equal"] >= 2 and len(count) == 1
        return one_is_to_blame or main_and_secondary or equal


LAWFUL = st.sampled_from(
    [
        Attempt(("none", "full", "none"), (False, True, False)),
        Attempt(("main", "secondary", "secondary"), (True, True, True)),
        Attempt(("equal", "equal", "none"), (True, True, False)),
    ]
)


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    """Draw something lawful with up to three things changed: mostly not lawful any more."""
    tried = draw(LAWFUL)
    for change in draw(
        st.lists(st.sampled_from(("share", "fault", "outcome", "fact", "who", "state")), max_size=3)
    ):
        at = draw(st.integers(0, 2))
        match change:
            case "share":
                shares = (*tried.shares[:at], draw(st.sampled_from(SHARES)), *tried.shares[at + 1 :])
                tried = replace(tried, shares=shares)
            case "fault":
                faults = (*tried.at_fault[:at], not tried.at_fault[at], *tried.at_fault[at + 1 :])
                tried = replace(tried, at_fault=faults)
            case "outcome":
                tried = replace(tried, outcome=draw(st.sampled_from(OUTCOMES)))
            case "fact":
                answer = draw(st.sampled_from(("yes", "unknown")))
                tried = replace(tried, fact=draw(st.sampled_from(FACTS)), answer=answer)
            case "who":
                tried = replace(tried, who=draw(st.sampled_from((AUXILIARY, SUPERVISOR))))
            case _:
                tried = replace(tried, returned=True)
    return tried


@dataclass
class Room:
    """The people, and a case that is to be ruled for as long as nothing lawful came by."""

    desk: Desk
    phone: Callable[..., Phone]
    others: dict[str, Desk]
    case: Case | None = field(default=None)

    def take(self) -> Case:
        """Return a case of three parties at the ruling post, its call over; ``left`` gives it back."""
        case, self.case = self.case, None
        if case is None:
            case = to_be_ruled(self.desk, self.phone(), {"plate": "", "phone": "10087654322"})
            self.desk.post(f"/v1/calls/{case.call_id}/hang-up")
            self.desk.post(f"/v1/calls/{case.call_id}/wrap-up-done")
        return case

    def left(self, case: Case) -> None:
        """Nothing has happened to the case: it serves again."""
        self.case = case


@pytest.fixture
def room(desk: Desk, phone: Callable[..., Phone], sign_in: Callable[[str, str], Desk]) -> Room:
    """Everybody is there."""
    others = {AUXILIARY: sign_in("900001", "08"), SUPERVISOR: sign_in("900020", "01")}
    return Room(desk, phone, {OFFICER: desk, **others})


def content(incident: Incident) -> Incident:
    """Return what is known of a case, whatever number the journal has come to."""
    return replace(incident, version=0)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(tried=attempts())
@example(tried=Attempt(("full", "secondary", "none"), (True, True, False)))
@example(tried=Attempt(("main", "none", "none"), (True, False, False)))
@example(tried=Attempt(("full", "full", "none"), (True, True, False)))
@example(tried=Attempt(("main", "equal", "none"), (True, True, False)))
@example(tried=Attempt(("none", "none", "none"), (False, False, False)))
@example(tried=Attempt(("none", "full", "none"), (False, True, False), who=SUPERVISOR))
@example(tried=Attempt(("none", "full", "none"), (False, True, False), returned=True))
@example(tried=Attempt(("equal", "equal", "equal"), (True, True, True)))
def test_what_is_not_lawful_is_never_issued(room: Room, tried: Attempt) -> None:
    case = room.take()
    fact = f"{case.path}/facts/{tried.fact}"
    case.desk.put(fact, {"answer": tried.answer})
    rows = [
        party(case.party(label), share, *([REAR_END] if fault else []))
        for label, share, fault in zip("甲乙丙", tried.shares, tried.at_fault, strict=True)
    ]
    form = case.ruling(outcome=tried.outcome, parties=rows, reason="现场证据如此")
    case.desk.put(f"{case.path}/ruling", form)
    if tried.returned:
        case.desk.post(f"{case.path}/return", {"slots": ["plate-a"]})
    before = content(case.incident())
    body = {"version": case.incident().version}
    answer = room.others[tried.who].send("POST", f"{case.path}/determination", body)
    assert answer.ok == tried.lawful, f"{tried} {answer.text}"
    if answer.ok:
        assert case.incident().state is IncidentState.ISSUED
        assert refusal(case.desk.send("PUT", f"{case.path}/ruling", form)) == (409, "incident-locked")
        assert refusal(case.issue())[0] == 409
        return
    assert refusal(answer)[0] in {403, 409, 422}
    assert content(case.incident()) == before
    case.desk.put(fact, {"answer": "no"})
    if tried.returned:
        case.hand_over()
        case.note_absences()
    room.left(case)


def test_the_table_here_knows_what_is_lawful() -> None:
    assert Attempt(("none", "full", "none"), (False, True, False)).lawful
    assert not Attempt(("none", "full", "none"), (True, True, False)).lawful
    good_ones = Attempt(("equal", "equal", "none"), (True, True, False))
    assert good_ones.lawful
    assert not replace(good_ones, answer="unknown").lawful
    assert Attempt((None, None, None), (False, False, False), outcome="certificate").lawful
