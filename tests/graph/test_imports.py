"""What others know of events: records, dumps, foreign RDF, coded tables."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT, record
from typer.testing import CliRunner

from diplograph.cli import app
from diplograph.errors import InputError, OntologyError
from diplograph.extract.readers import read_inputs
from diplograph.extract.records import Extraction, Place
from diplograph.graph import KnowledgeGraph
from diplograph.graph.imports import coded_formats, load_coded, read_import
from diplograph.ontology.cameo import load_cameo
from diplograph.ontology.coded import CodedFormat
from diplograph.ontology.lexicon import load_lexicon
from diplograph.ontology.statuses import STATUSES


def read(path, coded=None):
    """Return the records, the refusals and how many rows were left out."""
    found = list(read_import(path, coded))
    records = [r for r in found if isinstance(r, Extraction)]
    return records, [r for r in found if isinstance(r, tuple)], found.count(None)


def told(record):
    """Class, mode, status and the participants with their roles."""
    (event,) = record.events
    return event.event_class, event.mode, event.status, {(p.actor, p.role) for p in event.participants}


# -- what we wrote ourselves -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph():
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", place="Oslo", when="2025-11-01", source="Reuters"),
            record("b/ü", "2025-10-25", status="cancelled", text='Ann Ace\n\tand "Bob \\ Bay" meet.'),
            record("c", None, mode="call").without_text(),
        ]
    )
    return graph


@pytest.mark.parametrize(
    ("format", "suffix"), [("records", "jsonl"), ("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld")]
)
def test_a_dump_gives_the_same_graph(graph, tmp_path, format, suffix):
    path = tmp_path / f"dump.{suffix}"
    path.write_bytes(graph.export(format))
    records, refused, _ = read(path)
    assert not refused
    again = KnowledgeGraph()
    again.add(records)
    assert again.export("nquads") == graph.export("nquads")


def test_build_reads_the_records_too(graph, tmp_path):
    (tmp_path / "dump.jsonl").write_bytes(graph.export("records"))
    assert list(read_inputs(tmp_path / "dump.jsonl")) == list(graph.records())


def test_the_merged_graph_alone_is_refused(graph, tmp_path):
    path = tmp_path / "merged.ttl"
    path.write_bytes(graph.export("turtle"))
    records, [(_, error)], _ = read(path)
    assert not records
    assert "merged events only" in str(error)
    assert "--format records" in error.remedy


def test_a_faulty_record_in_a_dump_is_named(tmp_path):
    path = tmp_path / "dump.nq"
    good = KnowledgeGraph()
    good.add([record("a"), record("b")])
    path.write_bytes(good.export("nquads").replace(b'\\"id\\":\\"b\\"', b'\\"idx\\":\\"b\\"'))
    records, [(_, error)], _ = read(path)
    assert [r.id for r in records] == ["a"]
    assert "document/b" in str(error)


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("x.ttl", b"<a> <b>", "x.ttl"),
        ("x.nq", b"", "no record of diplograph and no event"),
        ("x.jsonl", b'{"text": "Ann met Bob."}\n', "a text, not a record"),
        ("x.csv", b"a,b\n1,2\n", "not known what its columns hold"),
    ],
)
def test_files_that_hold_nothing_are_refused(tmp_path, name, data, fault):
    (tmp_path / name).write_bytes(data)
    records, refused, _ = read(tmp_path / name)
    assert not records
    assert fault in str(refused[0][1])
    assert read(tmp_path / f"missing-{name}")[1]


# -- RDF of others ---------------------------------------------------------------------------------

FOREIGN = """
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:e1 a sem:Event, ex:StateVisit ; rdfs:label "The visit" ; sem:hasActor ex:macron, ex:Germany ;
    sem:hasTime [ sem:hasBeginTimeStamp "2024-05-26"^^xsd:date ; sem:hasEndTimeStamp "2024-05-28"^^xsd:date ] ;
    sem:hasPlace ex:Berlin .
ex:macron rdfs:label "Emmanuel Macron" . ex:Berlin rdfs:label "Berlin" .
ex:e2 a schema:Event ; schema:additionalType "042" ; schema:name "Later" ; schema:startDate "2024-06-01T09:00" ;
    schema:attendee "United States" ; schema:organizer "Switzerland" ; schema:eventStatus schema:EventPostponed .
ex:e3 a sem:Event, ex:Concert ; sem:hasActor ex:Germany .
ex:e4 a sem:Event, ex:CONSULT_call .
ex:e5 a sem:Event, ex:Party ; sem:hasActor ex:Germany .
"""


def test_events_of_other_graphs(tmp_path):
    path = tmp_path / "foreign.ttl"
    path.write_text(FOREIGN, encoding="utf-8")
    format = CodedFormat(classes={"https://example.org/StateVisit": "CONSULT/visit", "Party": ""})
    records, refused, left_out = read(path, format)
    visit, later = records
    assert told(visit) == (
        "CONSULT", "visit", "occurred", {("person/emmanuel-macron", "agent"), ("state/DEU", "agent")},
    )  # fmt: skip
    assert (visit.id, visit.title, visit.date) == ("https://example.org/e1", "The visit", "2024-05-26")
    assert (visit.events[0].time.value, visit.events[0].place.name) == ("2024-05-26/2024-05-28", "Berlin")
    assert told(later) == ("CONSULT", "visit", "postponed", {("state/USA", "agent"), ("state/CHE", "host")})
    assert [error.message.split(": ", 1)[1] for _, error in refused] == [
        "https://example.org/e3: no type of https://example.org/Concert is an event class",
        "https://example.org/e4: no actor",
    ]
    assert left_out == 1


def test_xml_that_grows_is_refused(tmp_path):
    levels = "".join(f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefg", "bcdefgh", strict=True))
    head = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='http://x/'>"
    body = f"{head}<rdf:value>&h;</rdf:value></rdf:Description></rdf:RDF>"
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "bomb.rdf").write_text(f'<!DOCTYPE r [<!ENTITY a "aaaa">{levels}]>{body}', encoding=encoding)
        _, [(_, error)], _ = read(tmp_path / "bomb.rdf")
        assert "entities that grow" in str(error)
    (tmp_path / "plain.owl").write_text(f'<!DOCTYPE r [<!ENTITY h "http://h/">]>{body}', encoding="utf-8")
    assert "no record of diplograph" in str(read(tmp_path / "plain.owl")[1][0][1])
    (tmp_path / "remote.jsonld").write_text(
        '{"@context": "http://127.0.0.1:9/c", "@id": "http://x/"}', encoding="utf-8"
    )
    assert read(tmp_path / "remote.jsonld")[1]


# -- CAMEO -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0411", ("CONSULT", "call", "occurred")),
        ("036", ("CONSULT", "meeting", "planned")),
        ("36", ("CONSULT", "meeting", "planned")),
        ("125", ("CONSULT", "meeting", "refused")),
        ("057", ("AGREE", "sign", "occurred")),
        ("0333", ("AID", "humanitarian", "planned")),
        ("0841", ("CONCEDE", "release", "occurred")),
        ("0874", ("RETREAT", "retreat", "occurred")),
        ("1712", ("COERCE", "seize", "occurred")),
        ("20", ("ASSAULT", "attack", "occurred")),
        ("012", ("", None, "occurred")),
    ],
)
def test_cameo(code, expected):
    found = load_cameo().find(code)
    assert (found.event_class, found.mode, found.status) == expected


def test_cameo_table_is_whole_and_of_our_terms():
    table = load_cameo()
    assert {f"{n:02}" for n in range(1, 21)} <= set(table.codes)
    kinds = {(e.family.event_class, e.family.mode) for e in load_lexicon().entries}
    for code, entry in table.codes.items():
        assert not entry.mode or (entry.event_class, entry.mode) in kinds, code
        assert entry.status in STATUSES
        assert not entry.event_class or entry.event_class in {c for c, _ in kinds}
    assert [table.find(wrong) for wrong in ("", "x", "04123", "0", "00", "²1")] == [None] * 6


def test_every_class_but_none_comes_from_cameo():
    classes = {entry.event_class for entry in load_cameo().codes.values()} - {""}
    assert classes == {e.family.event_class for e in load_lexicon().entries}


# -- coded tables ----------------------------------------------------------------------------------

ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
).replace(",", "\t")


def icews(*cells):
    key, date, who, sector, home, code, whom, sector2, home2, city, country = cells
    source, target = [who, sector, home], [whom, sector2, home2]
    where = [city, "", "", country, "55.7", "37.6"]
    return "\t".join([key, date, *source, "text", code, "1.0", *target, "9", "1", "AFP", *where])


def test_icews(tmp_path):
    path = tmp_path / "events.tab"
    rows = [
        icews("1", "2014-06-29", "Vladimir Putin", "Executive,Government", "Russian Federation", "041",
              "Government (Ukraine)", "Government", "Ukraine", "Moscow", "Russian Federation"),
        icews("1", "2014-06-30", 'Rodrigo "Rody" Mayor', "Local", "Philippines", "111", "China", "", "China", "", ""),
        icews("2", "2014-06-30", "China", "", "China", "010", "Japan", "", "Japan", "", ""),
        icews("3", "2014-06-31", "China", "", "China", "042", "Japan", "", "Japan", "", ""),
        icews("4", "2014-07-01", "China", "", "China", "zzz", "Japan", "", "Japan", "", ""),
        icews("5", "2014-07-01", "", "", "", "042", "", "", "", "", ""),
        icews("6", "2014-07-01", "Japan", "", "Japan", "043", "South Korea", "", "South Korea", "Tokyo", "Japan"),
        "only\tthree\tcells",
    ]  # fmt: skip
    path.write_text("\n".join([ICEWS, *rows]) + "\n", encoding="utf-8")
    records, refused, left_out = read(path, load_coded("icews"))
    call, blame, visit = records
    assert (call.id, call.date, call.source, call.extractor.name) == (
        "icews/1/2014-06-29",
        "2014-06-29",
        "AFP",
        "ICEWS",
    )
    assert told(call) == (
        "CONSULT", "call", "occurred", {("person/vladimir-putin", "agent"), ("state/UKR", "counterpart")},
    )  # fmt: skip
    assert call.events[0].place == Place("Moscow", country="RUS", latitude=55.7, longitude=37.6)
    assert call.text is None
    assert call.metadata["coded"]["cameo"] == "041"
    mayor = blame.actors[0]
    assert (mayor.name, mayor.kind, mayor.country) == ('Rodrigo "Rody" Mayor', "group", "PHL")
    assert told(visit)[3] == {("state/JPN", "host"), ("state/KOR", "agent")}
    assert left_out == 1
    assert [(where.rpartition(" ")[2], error.message.partition(": ")[2]) for where, error in refused] == [
        ("5", "'2014-06-31' is no date"),
        ("6", "'zzz' is no CAMEO code"),
        ("7", "neither source nor target is known"),
        ("9", "3 columns where 20 were expected"),
    ]


def gdelt(columns, **cells):
    names = load_coded("gdelt").headers[str(columns)].split()
    return "\t".join(str(cells.get(name, "")) for name in names)


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_gdelt_of_both_versions_has_no_header(tmp_path, columns):
    path = tmp_path / "export.CSV"
    first = {
        "GlobalEventID": 410,
        "Day": 20150218,
        "EventCode": "042",
        "Actor1Name": "JOHN KERRY",
        "Actor1CountryCode": "USA",
    }
    second = {
        "GlobalEventID": 411,
        "Day": 20150218,
        "EventCode": "190",
        "Actor1Name": "SOLDIER",
        "Actor1CountryCode": "RUS",
    }
    first |= {"Actor1Type1Code": "GOV", "Actor2Name": "MOSCOW", "Actor2CountryCode": "RUS"}
    first |= {"ActionGeo_FullName": "Geneva, Genève, Switzerland", "ActionGeo_Lat": "46.2", "ActionGeo_Long": "6.1"}
    second |= {"Actor1Type1Code": "MIL", "Actor2CountryCode": "ROM"}
    path.write_text(f"{gdelt(columns, **first)}\n{gdelt(columns, **second)}\n", encoding="utf-8")
    (visit, fight), refused, _ = read(path, load_coded("gdelt"))
    assert not refused
    assert (visit.id, visit.date) == ("gdelt/410", "2015-02-18")
    assert told(visit)[:2] == ("CONSULT", "visit")
    assert ("state/RUS", "host") in told(visit)[3]
    assert (visit.events[0].place.country, visit.events[0].place.latitude) == ("CHE", 46.2)
    assert told(fight) == ("ASSAULT", "attack", "occurred", {("group/soldier-rus", "agent"), ("state/ROU", "target")})


def test_phoenix(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,target_agent,"
        "target_others,code,root_code,quad_class,goldstein,lat,lon,placename,statename,countryname\n"
        "7,2014-06-20,2014,6,20,AFP,RUS,GOV,,UKR,UKR,GOV,,046,4,1,7.0,,,Minsk,,Belarus\n",
        encoding="utf-8",
    )
    ((talks,), refused, _) = read(path, load_coded("phoenix"))
    assert not refused
    assert told(talks) == ("CONSULT", "talks", "occurred", {("state/RUS", "agent"), ("state/UKR", "counterpart")})
    assert talks.events[0].place == Place("Minsk", country="BLR")


def test_plover_of_our_own_comes_back_as_plover(tmp_path):
    graph = KnowledgeGraph()
    graph.add(
        [
            record("a", people=("Ann Ace", "Bob Bay")),
            record("b", people=("Cem Cay", "Dan Day"), status="cancelled"),
            record("c", people=("Eve Elm", "Fay Fir"), mode="call", status="occurred"),
        ]
    )
    path = tmp_path / "plover.jsonl"
    path.write_bytes(graph.export("plover"))
    records, refused, _ = read(path, load_coded("plover"))
    assert not refused
    again = KnowledgeGraph()
    again.add(records)
    before, after = ([json.loads(line) for line in g.export("plover").splitlines()] for g in (graph, again))
    codes = [sorted(e["event"] for e in events) for events in (before, after)]
    assert codes == [["AGREE", "CONSULT", "REJECT"]] * 2
    assert {e["mode"] for e in after if e["event"] == "CONSULT"} == {"phone"}


def test_plover_codes_of_actors(tmp_path):
    path = tmp_path / "plover.jsonl"
    recipients = [{"name": None, "code": "KOS"}, {"name": "European Union", "code": "IGOEUR", "sector": None}]
    line = {"id": "1", "date": "2024-01-01", "event": "SANCTION", "mode": "expel", "recipient": recipients}
    line["actor"] = [{"name": "Poland", "code": "POL", "sector": "GOV"}]
    path.write_text(f"{json.dumps(line)}\n[]\n{{\n", encoding="utf-8")
    records, refused, _ = read(path, load_coded("plover"))
    assert told(records[0]) == (
        "SANCTION", "expel", "occurred", {("state/POL", "agent"), ("state/XKX", "target"), ("org/EU", "target")},
    )  # fmt: skip
    assert [where for where, _ in refused] == ["plover.jsonl, line 2", "plover.jsonl, line 3"]


OWN = """
source = "Codebook"
[fields]
date = "when"
class = "what"
status = "state"
source_name = "who"
target_name = "whom"
[classes]
meet = "CONSULT/meeting"
chat = ""
[countries]
"""


def test_a_table_of_ones_own(tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(
        "when;what;state;who;whom\n2024-01-01;meet;planned;France;Germany\n2024-01-02;chat;;France;Germany\n"
        "2024-01-03;AID/arms;;France;Ukraine\n2024-01-04;dance;;France;Ukraine\n2024-01-05;meet;maybe;France;Ukraine\n",
        encoding="utf-8",
    )
    records, refused, left_out = read(tmp_path / "rows.csv", load_coded(str(tmp_path / "own.toml")))
    assert [told(r)[:3] for r in records] == [("CONSULT", "meeting", "planned"), ("AID", "arms", "occurred")]
    assert [r.id for r in records] == ["rows.csv, line 2", "rows.csv, line 4"]
    assert ["'dance' is no event class" in str(refused[0][1]), "'maybe' is no status" in str(refused[1][1])] == [
        True,
        True,
    ]
    assert left_out == 1


def test_wrong_formats_and_columns_are_named(tmp_path):
    with pytest.raises(InputError, match="no format of coded events 'cow'"):
        load_coded("cow")
    (tmp_path / "own.toml").write_text(
        OWN.replace("when", "day").replace("source_name", "sauce_name"), encoding="utf-8"
    )
    with pytest.raises(OntologyError, match="sauce_name"):
        load_coded(str(tmp_path / "own.toml"))
    (tmp_path / "rows.csv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    _, [(_, error)], _ = read(tmp_path / "rows.csv", load_coded("icews"))
    assert "no column 'Event Date' among 2 columns: 'a', 'b'" in str(error)


def test_rows_with_one_id_stay_apart_and_repeated_ones_count_once(tmp_path):
    path = tmp_path / "plover.jsonl"
    line = {"id": "1", "date": "2024-01-01", "event": "SANCTION", "actor": [{"name": "Poland"}]}
    path.write_text(
        "\n".join(json.dumps({**line, "date": d}) for d in ("2024-01-01", "2024-01-01", "2024-01-02")), encoding="utf-8"
    )
    records, _, left_out = read(path, load_coded("plover"))
    assert [r.id for r in records] == ["plover/1/SANCTION", "plover/1/SANCTION/2"]
    assert left_out == 1


def test_bundled_formats_are_read_and_shown():
    assert coded_formats() == ["gdelt", "icews", "phoenix", "plover"]
    for name in coded_formats():
        assert load_coded(name).fields
    text = " ".join(CliRunner().invoke(app, ["import", "--help"], env={"COLUMNS": "300"}).output.split())
    assert "gdelt icews phoenix plover" in text


# -- the command -----------------------------------------------------------------------------------


def test_the_command_goes_on_after_a_faulty_row(tmp_path):
    path = tmp_path / "events.tab"
    rows = [
        icews(str(n), day, "France", "", "France", "042", "Germany", "", "Germany", "", "")
        for n, day in ((1, "2024-01-01"), (2, "soon"))
    ]
    path.write_text("\n".join([ICEWS, *rows]), encoding="utf-8")
    result = CliRunner().invoke(app, ["import", str(path), "--coded", "icews", "--store", str(tmp_path / "kg")])
    assert result.exit_code == 1
    assert "events.tab, line 3: 'soon' is no date" in result.output
    with KnowledgeGraph(tmp_path / "kg", read_only=True) as graph:
        (event,) = graph.events()
        assert (event.label, event.date) == ("France – Germany: visit", "2024-01-01")


def test_nothing_read_is_exit_code_3(tmp_path):
    result = CliRunner().invoke(app, ["import", str(tmp_path / "no.nq"), "--store", str(tmp_path / "kg")])
    assert result.exit_code == 3
    assert not (tmp_path / "kg").exists()


def test_the_mapping_of_the_page_is_one(tmp_path):
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    (own,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    assert load_coded(tmp_path / "own.toml").columns("date")
