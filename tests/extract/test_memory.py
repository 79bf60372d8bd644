from diplograph.extract.grammar.clauses import arguments, subjects
from diplograph.extract.grammar.memory import remember, remembered
from diplograph.extract.grammar.relations import case_of
from diplograph.ontology.timerules import load_any_time, load_time_rules


def test_answers_of_the_doc_that_is_read_are_worked_out_once(nlp):
    asked = []

    @remembered(list)
    def letters(token):
        asked.append(token.i)
        return [*token.text]

    doc, other = nlp.make_doc("Peru waits"), nlp.make_doc("Chile waits")
    remember(doc)
    letters(doc[0]).append("!")
    assert letters(doc[0]) == [*"Peru"]
    assert [letters(other[0]), letters(other[0])] == [[*"Chile"]] * 2
    assert asked == [0, 0, 0]
    remember(None)
    letters(doc[0])
    assert asked == [0, 0, 0, 0]


def test_who_asks_may_change_what_he_was_told(nlp):
    doc = nlp("Peru and Chile met with Bolivia.")
    met = next(t for t in doc if t.lemma_ == "meet")
    arguments(met)["with"].clear()
    subjects(met).clear()
    assert [t.text for t in arguments(met)["with"]] == ["Bolivia"]
    assert [t.text for t in subjects(met)] == ["Peru", "Chile"]


def test_a_tree_that_is_read_again_is_asked_again(nlp):
    doc = nlp("Peru met with Bolivia.")
    bolivia, with_ = doc[3], doc[2]
    assert case_of(bolivia) == "with"
    with_.dep_ = "dep"
    nlp.get_pipe("diplo_actors")(doc)
    assert not case_of(bolivia)


def test_one_pattern_matches_what_any_rule_of_times_does():
    for rule, _ in load_time_rules():
        for text, _, _ in rule.examples:
            assert load_any_time().search(text), rule.id
    assert not load_any_time().search("Peru and Chile met.")
