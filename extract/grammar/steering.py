"""Words that decide who does what around them: of whom an infinitive tells, what a particle belongs to."""

__all__ = ["ADDRESSING", "ASKING", "CHARGES", "CONTROL", "MINDED", "PHRASAL", "REQUESTS"]

CONTROL = frozenset(
    "invite press order authorise authorize push urge ask tell persuade force allow permit enable instruct direct "
    "encourage warn help get cause pressure pressurise compel require request beg implore lobby prod advise".split()
)
"""Verbs whose infinitive is what their object does or is to do."""

ADDRESSING = {
    ("call", "on"), ("call", "upon"), ("appeal", "to"), ("plead", "with"), ("prevail", "on"), ("rely", "on"),
    ("count", "on"), ("depend", "on"), ("wait", "for"), ("lean", "on"), ("signal", "to"),
}  # fmt: skip
"""Verbs and prepositions of those who are to do what an infinitive says: "called on Chad to release Niger's troops"."""

ASKING = frozenset(
    "call appeal plead urge ask press push invite encourage implore beg request lobby prod advise persuade".split()
)
"""Verbs whose subject takes no part in what he asks others to do; who orders something does it through others."""

REQUESTS = frozenset("invitation request appeal plea call order demand summons".split())
"""Nouns whose infinitive is what the one addressed is to do."""

CHARGES = frozenset("suspicion charge accusation allegation".split())

MINDED = frozenset(
    "willing unwilling ready prepared able unable keen eager reluctant determined committed open set due bound".split()
)
"""Adjectives that only somebody can be: the "it" before them is a state or an organisation."""

PHRASAL = frozenset(
    (
        "call off|put off|break off|cut off|kick off|set off|turn down|rule out|carry out|draw up|set up|hold up|"
        "wind up|step up|take up|bring up|follow up|back up|give up|make up|wrap up|play down|lay down"
    ).split("|")
)
"""Verbs with a particle that the parser may take for the preposition of their object."""
