"""Rules and the trained reader: what is kept, dropped and added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diplograph.extract.layers import READER, Proposal, ProposedRole
from diplograph.ontology.fusion import load_fusion

pytestmark = pytest.mark.model

TEXT = "Hungary met Serbia beside Chad. Ghana upholstered Togo."
MET, UPHOLSTERED, HUNGARY, CHAD, GHANA, TOGO = 1, 7, 0, 4, 6, 8


def proposal(token, event_class, share, roles=(), status="occurred"):
    listed = tuple(ProposedRole(t, role, 0.9) for t, role in roles)
    return Proposal(token, {event_class: share, "AGREE": 0.0}, {status: 0.9, "hypothetical": 0.1}, None, listed)


@pytest.fixture
def fused(nlp):
    """Return a function that reads TEXT with given proposals of the trained reader."""

    def run(*proposals, weights=None):
        doc = nlp.make_doc(TEXT)
        doc._.diplo_date = "2025-10-22"
        reader = nlp.get_pipe("diplo_reader")
        bundled = reader.weights
        reader.weights = weights or bundled
        try:
            for name, component in nlp.pipeline:
                if name == "diplo_reader":
                    doc._.diplo_proposals = proposals
                doc = component(doc)
        finally:
            reader.weights = bundled
        return {doc[e.head].text: e for e in doc._.diplo_events}

    return run


def test_what_both_see_is_surer_than_what_one_sees(fused):
    both = fused(proposal(MET, "CONSULT", 0.98))["met"]
    rule = fused(proposal(MET, "CONSULT", 0.3))["met"]
    assert both.entry != READER
    assert both.confidence > rule.confidence
    assert both.proposal.token == MET


def test_the_trained_reader_adds_events_with_participants(fused):
    roles = [(GHANA, "agent"), (TOGO, "other")]
    event = fused(proposal(UPHOLSTERED, "AID", 0.98, roles))["upholstered"]
    assert (event.event_class, event.entry) == ("AID", READER)
    assert {(r.member, r.role) for r in event.roles} == {("state/GHA", "agent"), ("state/TGO", "target")}


def test_what_is_improbable_is_left_out(fused):
    assert "upholstered" not in fused(proposal(UPHOLSTERED, "AID", 0.05, [(GHANA, "agent")]))
    weights = load_fusion()
    strict = replace(weights, event=replace(weights.event, least=0.999))
    assert not fused(proposal(MET, "CONSULT", 0.3), weights=strict)


def test_a_rule_found_participants_that_the_reader_completes(fused):
    event = fused(proposal(MET, "CONSULT", 0.9, [(HUNGARY, "agent"), (CHAD, "other"), (TOGO, "other")]))["met"]
    assert {r.member for r in event.roles} == {"state/HUN", "state/SRB", "state/TCD"}  # Togo is in another sentence


def test_status_of_the_trained_reader_where_no_rule_decides(fused):
    event = fused(proposal(MET, "CONSULT", 0.9, status="planned"))["met"]
    assert event.status == "planned"
    assert [e.rule for e in event.evidence] == [READER]


def test_a_rule_outweighs_a_reader_that_is_not_sure():
    weights = load_fusion().status
    shares = {"occurred": 0.55, "cancelled": 0.45}
    assert weights.decide(shares, "cancelled", rules=1) == "cancelled"
    assert weights.decide(shares, "cancelled", rules=0) == "cancelled"
    assert weights.decide({"occurred": 0.999, "cancelled": 0.001}, "cancelled", rules=0) == "occurred"


def test_confidence_grows_with_the_odds():
    for weights in (load_fusion().event, load_fusion().participant):
        for rule in (False, True):
            values = [weights.confidence(rule=rule, share=share) for share in (0.0, 0.5, 1.0)]
            assert values == sorted(values)
        assert weights.confidence(rule=True, share=0.5) > weights.confidence(rule=False, share=0.5)


def test_a_pipeline_without_the_trained_reader_keeps_the_rules_events(nlp):
    doc = nlp.make_doc(TEXT)
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == "diplo_encoder":
            doc.user_data = {k: v for k, v in doc.user_data.items() if "diplo_proposals" not in str(k)}
    assert any(e.confidence is None for e in doc._.diplo_events)
