"""Every word of the lexicon, of a status rule and of a form has an example; each is a test here."""

from __future__ import annotations

import pytest
from conftest import DATE

from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.statuses import load_status_rules

pytestmark = pytest.mark.model

ENTRIES = {entry.id: entry for entry in load_lexicon().entries}
RULES = {
    f"{rule.id}:{word.replace(' ', '_')}": (rule, text)
    for rule in load_status_rules().rules
    for word, text in rule.words.items()
}
FORMS = {f"{form.id}:{word}": (form, text) for form in load_status_rules().forms for word, text in form.words.items()}


@pytest.fixture(scope="module")
def events(nlp):
    """Read all examples in one go, by the rules alone; return the events of each."""
    texts = [e.example for e in ENTRIES.values()] + [text for _, text in [*RULES.values(), *FORMS.values()]]
    docs = []
    for text in texts:
        doc = nlp.make_doc(text)
        doc._.diplo_date = DATE
        docs.append(doc)
    with nlp.select_pipes(disable=["diplo_reader"]):
        return {doc.text: doc._.diplo_events for doc in nlp.pipe(docs)}


@pytest.mark.parametrize("key", ENTRIES)
def test_lexicon(events, key):
    entry = ENTRIES[key]
    found = [e for e in events[entry.example] if e.entry == key]
    assert found, [(e.event_class, e.mode, e.entry) for e in events[entry.example]]
    assert (found[0].event_class, found[0].mode) == (entry.family.event_class, entry.family.mode)


@pytest.mark.parametrize("key", RULES)
def test_status_rule(events, key):
    rule, text = RULES[key]
    found = [e for e in events[text] if any(step.rule == key for step in e.evidence)]
    assert found, [(e.status, [s.rule for s in e.evidence]) for e in events[text]]
    expected = {"negated": "refused", "rescheduled": "planned", "held": "cancelled"}.get(rule.op, rule.op)
    assert expected in {e.status for e in found} | {"planned" if rule.op == "negated" else ""}


@pytest.mark.parametrize("key", FORMS)
def test_form(events, key):
    form, text = FORMS[key]
    assert form.status in {e.status for e in events[text]}
