"""Every kind of intake, for properties that hold whatever happened."""

from __future__ import annotations

from hypothesis import strategies as st

from console.domain.intake import Facility, Hazmat, Injury, Inspection, Intake, Kinds, Licence, Plates


def intakes(**more: st.SearchStrategy[object]) -> st.SearchStrategy[Intake]:
    """Return intakes of every kind; ``more`` are strategies for further fields."""
    return st.builds(
        Intake,
        kinds=st.sampled_from(Kinds),
        injury=st.sampled_from(Injury),
        minor=st.booleans(),
        consent_simple=st.sampled_from([None, {"A": True, "B": True}, {"A": True, "B": False}, {"A": None}]),
        movable=st.booleans(),
        both_insured=st.booleans(),
        inspection=st.sampled_from(Inspection),
        plates=st.sampled_from(Plates),
        licence=st.sampled_from(Licence),
        alcohol_drug_suspicion=st.booleans(),
        driver_swap_suspicion=st.booleans(),
        hazmat=st.sampled_from(Hazmat),
        facility_hit=st.sampled_from(Facility),
        left_scene=st.booleans(),
        both_left=st.booleans(),
        intent_evidence=st.booleans(),
        request_officer=st.booleans(),
        dispute=st.sampled_from([None, True, False]),
        refuse_move=st.booleans(),
        jam=st.booleans(),
        road_type=st.sampled_from(["22", "10"]),
        **more,
    )
