"""Who is named and who is meant."""

from __future__ import annotations

import pytest

from diplograph.ontology.actors import load_actors

pytestmark = pytest.mark.model


def people(record):
    return {a.name: a for a in record.actors}


def meant(record, word):
    """Names of the actors whom a word means."""
    begin = record.text.index(word)
    return [a.name for a in record.actors if any(b <= begin < e for b, e in a.mentions)]


def test_states_by_every_name(read):
    record = read("Moscow, the Kremlin and Russia agree; U.S. officials and Washington do not, nor does the EU.")
    assert set(people(record)) == {"Russia", "United States", "European Union"}


def test_titles_make_persons_of_a_state(read):
    actors = people(read("Norwegian Foreign Minister Espen Nordahl met Iraq's prime minister, Haidar Salman, in Oslo."))
    assert (actors["Espen Nordahl"].kind, actors["Espen Nordahl"].country) == ("person", "NOR")
    assert actors["Haidar Salman"].country == "IRQ"


def test_spellings_are_one_person(read):
    record = read("Volodymyr Zelenskiy met Sergei Lavrov. Zelensky left.")
    assert set(people(record)) == {"Volodymyr Zelenskyy", "Sergey Lavrov"}
    assert meant(record, "Zelensky left") == ["Volodymyr Zelenskyy"]
    assert people(record)["Sergey Lavrov"].same_as == ("http://www.wikidata.org/entity/Q58217",)


@pytest.mark.parametrize(("date", "name"), [("1990-08-02", "George H.W. Bush"), ("2003-03-20", "George W. Bush")])
def test_family_names_by_date(read, date, name):
    assert name in people(read("President Bush met Helmut Kohl in Bonn.", date=date))


@pytest.mark.parametrize(
    ("family", "date", "office", "country"),
    [
        ("Pashinyan", "2025-03-17", "head_of_government", "ARM"),  # between two terms that the sources show
        ("Rutte", "2020-03-17", "head_of_government", "NLD"),
        ("Rutte", "2025-10-22", "secretary_general", None),  # his successor at home ended the other office
        ("Biden", "2022-05-01", "head_of_state", "USA"),
        ("Lavrov", "2024-05-01", "foreign_minister", "RUS"),
    ],
)
def test_offices_by_date(family, date, office, country):
    table = load_actors()
    person = table.family(family, date)[0]
    assert {(t.office, t.country) for t in table.offices(person, date)} == {(office, country)}


def test_nobody_holds_an_office_between_his_terms():
    assert {t.actor for t in load_actors().terms_of("head_of_state", "USA", "2022-05-01")} == {"person/joe-biden"}
    assert load_actors().family("Trump", "2022-05-01") == []


def test_unknown_family_names_stay_of_this_document(read):
    one, two = (read("President Zorbanov met Marco Rubio.", id=i) for i in ("a", "b"))
    ids = [next(a.id for a in r.actors if a.name == "Zorbanov") for r in (one, two)]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Marco Rubio met Sergei Lavrov. The two diplomats agreed.", "The two", ["Marco Rubio", "Sergey Lavrov"]),
        ("Donald Trump called Xi Jinping. He will visit China.", "He", ["Donald Trump"]),
        ("Trump announced that he and Putin would meet.", "he and", ["Donald Trump"]),
        ("France and Germany met. Both countries agreed.", "Both", ["France", "Germany"]),
        ("Marco Rubio met Sergei Lavrov. The Russian foreign minister left.", "The Russian", ["Sergey Lavrov"]),
        ("The South Korean president met Xi Jinping.", "The South", ["Lee Jae-myung"]),
        ("No South Korean president met Kim Jong Un.", "No South", ["South Korea"]),
        ("The first president of South Korea met Kim Jong Un.", "The first", ["South Korea"]),
        ("Emmanuel Macron met Olaf Scholz. The former German chancellor left.", "The former", ["Olaf Scholz"]),
        ("Boris Johnson said: “We urge Russia to stop.” The United Kingdom is firm.", "We urge", ["United Kingdom"]),
    ],
)
def test_who_is_meant(read, text, word, names):
    assert sorted(meant(read(text), word)) == sorted(names)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The rebels shot down a plane of Azerbaijan Airlines.", "Azerbaijan Airlines", "AZE"),
        ("The Supreme Court of Iran freed a Swedish academic.", "Supreme Court of Iran", "IRN"),
        ("The Royal Norwegian Navy seized a tanker.", "Royal Norwegian Navy", "NOR"),
        ("The Vienna Museum lent Peru a painting.", "Vienna Museum", None),
        ("Jane Doe, Minister of Energy of Chad, met Emmanuel Macron.", "Jane Doe", "TCD"),
        ("The Minister of Foreign Affairs of Peru, Carla Quispe, met Emmanuel Macron.", "Carla Quispe", "PER"),
        ("Peru's minister of trade met Carla Quispe in Lima.", "Carla Quispe", None),
        ("The U.S. Ambassador to Israel Carla Quispe met Emmanuel Macron.", "Carla Quispe", "USA"),
        ("The Niger Delta Avengers attacked a pipeline of Norway.", "Niger Delta Avengers", None),
        ("The Georgia Bureau of Investigation thanked Norway.", "Georgia Bureau of Investigation", None),
        ("The Ukrainian Congress of America thanked Norway.", "Ukrainian Congress of America", "USA"),
    ],
)
def test_names_and_titles_tell_whose_somebody_is(read, text, name, country):
    assert people(read(text))[name].country == country


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("The Minister of Foreign Affairs of Sweden condemned Iran.", ["Maria Malmer Stenergard"]),
        ("The Minister of State for Foreign Affairs of Qatar called Iran.", ["Qatar"]),
        ("The Ministry of Defence of Ukraine thanked Norway.", ["Ukraine"]),
        ("The Parliament of Ghana condemned Togo.", ["Ghana"]),
        ("The Ministry of Energy and Mineral Resources of Indonesia thanked Japan.", ["Indonesia"]),
        ("The Ministers of Defence of Poland, Latvia and Estonia condemned Iran.", ["Poland", "Latvia", "Estonia"]),
        ("The Turkish deputy minister of defence condemned Iran.", ["Turkey"]),
        ("The Spanish Secretary of State for Trade condemned Iran.", ["Spain"]),
        ("The Indian foreign secretary condemned Iran.", ["India"]),
        ("The president of the Central Bank of Brazil thanked Norway.", ["Central Bank of Brazil"]),
        ("Chinese officials condemned it after police detained two men in London.", ["China"]),
        ("The Kyrgyz foreign minister condemned Iran.", ["Kyrgyzstan"]),  # the last one known was in office long ago
        ("Israeli officials said soldiers shot two men in Jenin, West Bank.", ["soldiers"]),
    ],
)
def test_an_office_acts_for_its_holder_or_its_state(read, text, agents):
    event = read(text).events[0]
    assert [p.name for p in event.participants if p.role == "agent"] == agents


@pytest.mark.parametrize("text", ["It was a dinner for us all.", "may we march in august", "Who saw it?"])
def test_ordinary_words_are_no_actors(read, text):
    assert not read(text).actors


def test_no_name_runs_over_the_end_of_a_sentence(read):
    assert "South Korea" not in people(read("He toured the South. Korea reacted with anger."))


def test_the_namesake_named_last_before_is_meant(read):
    text = "John Smith met Omar Bongo. Anna Smith met Paul Biya. Smith visited Japan."
    assert meant(read(text), "Smith visited") == ["Anna Smith"]


def test_part_of_a_hyphenated_name_is_a_name(read):
    record = read(
        "Samir Kassir, a columnist of An-Nahar who held Lebanese, Palestinian and French papers, is killed in Beirut by"
        " a bomb under his Alfa Romeo; Jacques Chirac condemns the murder, Walid Jumblatt points at Damascus and the"
        " police chiefs it left behind when its army was withdrawn in April."
    )
    assert {"Samir Kassir", "Jacques Chirac"} <= set(people(record))


def test_names_in_another_script_are_nobody_of_the_table():
    assert not load_actors().is_family("Москва")
    assert load_actors().person("Сергей Лавров", "2025-10-22") is None


def test_unnamed_groups_of_two_texts_are_two(read):
    ids = [
        next(a.id for a in read(text, id=place).actors if a.kind == "group")
        for place, text in (
            ("a", "Police in Athens attacked protesters."),
            ("b", "Police in Tehran attacked protesters."),
        )
    ]
    assert ids[0] != ids[1]


def test_mentions_lie_where_they_say(read):
    record = read("U.S. Secretary of State Marco Rubio called Russian Foreign Minister Sergei Lavrov.")
    spans = {a.name: [record.quote(m) for m in a.mentions] for a in record.actors}
    assert spans["Marco Rubio"] == ["Marco Rubio"]
    assert spans["Sergey Lavrov"] == ["Sergei Lavrov"]
