"""The command line as scripts rely on it: output, streams, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import ROOT, record

pytestmark = pytest.mark.model

EXAMPLES = ROOT / "examples"


def run(*arguments, stdin=None):
    command = shutil.which("diplograph") or f"{sys.prefix}/bin/diplograph"
    return subprocess.run(
        [command, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "kg"
    result = run("build", EXAMPLES / "summit.txt", EXAMPLES / "story.jsonl", "--date", "2025-10-22", "--store", folder)
    assert result.returncode == 0, result.stderr
    return folder


def test_extract_prints_a_record_a_line():
    result = run("extract", "-", "--date", "2025-10-22", stdin="Marco Rubio called Sergei Lavrov on Monday.")
    (line,) = result.stdout.splitlines()
    data = json.loads(line)
    assert result.returncode == 0
    assert [e["mode"] for e in data["events"]] == ["call"]
    assert data["events"][0]["time"]["value"] == "2025-10-20"


def test_extract_for_people():
    result = run("extract", "-", "--format", "text", stdin="Marco Rubio called Sergei Lavrov.")
    assert "CONSULT/call  occurred  Marco Rubio (agent), Sergey Lavrov (counterpart)" in result.stdout


def test_extract_without_text_to_a_file(tmp_path):
    out = tmp_path / "deep" / "out.jsonl"
    assert run("extract", EXAMPLES / "summit.txt", "--no-text", "-o", out).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["text"] is None


def test_build_takes_records(tmp_path):
    (tmp_path / "r.jsonl").write_text(record().to_json(), encoding="utf-8")
    assert run("build", tmp_path / "r.jsonl", "--store", tmp_path / "kg").returncode == 0
    result = run("query", "--store", tmp_path / "kg", "ASK { ?e dg:status dg:planned }", "--format", "csv")
    assert result.stdout == "answer\nTrue\n"


def test_our_article_reads_as_the_readme_says(store):
    events = {}
    for line in run("export", "--store", store).stdout.splitlines():
        event = json.loads(line)
        events.setdefault((frozenset(event["participants"]), event["mode"]), []).append(event)
    rubio_lavrov, summit = frozenset({"Marco Rubio", "Sergey Lavrov"}), frozenset({"Donald Trump", "Vladimir Putin"})
    assert [e["status"] for e in events[rubio_lavrov, "call"]] == ["occurred"]
    assert [e["status"] for e in events[rubio_lavrov, "meeting"]] == ["cancelled"]
    (planned,) = events[summit, "summit"]
    assert (planned["place"], planned["status"]) == ("Budapest", "postponed")
    assert {"planned", "postponed"} <= {step["status"] for step in planned["history"]}
    (held,) = events[summit, "meeting"]
    assert (held["place"], held["status"], held["date"]) == ("Alaska", "occurred", "2025-08")
    assert events[frozenset({"Mark Rutte", "United States"}), "visit"][0]["status"] == "occurred"
    names = {name for key in events for name in key[0]}
    assert not names & {"Mira Solen", "Teo Brandt", "Halden"}


def test_five_articles_one_visit(store):
    lines = map(json.loads, run("export", "--store", store).stdout.splitlines())
    (visit,) = (e for e in lines if e["mode"] == "visit" and set(e["participants"]) == {"Uhuru Kenyatta", "Norway"})
    assert visit["history"][0]["status"] == "planned"
    assert {s["status"] for s in visit["history"]} >= {"planned", "postponed", "occurred"}
    assert (visit["status"], visit["date"]) == ("occurred", "2018-06-11")
    assert len(visit["documents"]) == 5


def test_query_in_three_formats(store, tmp_path):
    query = "SELECT ?a ?b WHERE { ?x dg:call ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a LIMIT 1"
    assert "Emmanuel Macron" in run("query", "--store", store, query).stdout
    assert json.loads(run("query", "--store", store, query, "--format", "json").stdout)[0]["a"] == "Emmanuel Macron"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    assert run("query", "--store", store, "--file", tmp_path / "q.rq", "--format", "csv").stdout.startswith("a,b\n")


def test_view_writes_a_page(store, tmp_path):
    result = run("view", "--store", store, "-o", tmp_path / "page.html")
    assert result.returncode == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(store, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as pool:
        read = pool.submit((tmp_path / "pipe").read_text, encoding="utf-8")
        assert run("export", "--store", store, "--format", "csv", "-o", tmp_path / "pipe").returncode == 0
        assert read.result(timeout=60).count("\n") > 5
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_stays_a_link(store, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "file.csv")
    assert run("export", "--store", store, "--format", "csv", "-o", tmp_path / "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "file.csv").stat().st_size > 100


def test_python_m_is_the_command():
    result = subprocess.run([sys.executable, "-m", "diplograph", "--version"], capture_output=True, check=True)
    assert result.stdout.startswith(b"diplograph ")


def test_demo_leaves_page_and_graph(tmp_path):
    result = run("demo", "-o", tmp_path / "demo")
    assert result.returncode == 0
    assert "postponed" in result.stdout
    assert f"diplograph query --store {tmp_path / 'demo' / 'graph'}" in result.stdout
    assert (tmp_path / "demo" / "page.html").stat().st_size > 400_000
    assert (
        run("query", "--store", tmp_path / "demo" / "graph", "ASK { ?x dg:call ?y }", "--format", "csv").stdout
        == "answer\nTrue\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\x7fELF\x00\x01\x02" * 200, "not a text file"),
        ("Der Minister sagte am Montag, die Gespräche seien nützlich gewesen. ".encode() * 20, "English"),
        (b"word " * 1_000_000, "too many"),
        (None, "no such file"),
    ],
    ids=["empty", "binary", "german", "huge", "missing"],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_3(tmp_path, content, message):
    path, out = tmp_path / "input.txt", tmp_path / "out.jsonl"
    if content is not None:
        path.write_bytes(content)
    result = run("extract", path, "-o", out)
    assert result.returncode == 3
    (line,) = result.stderr.strip().splitlines()
    assert message in line
    assert "input.txt" in line
    assert not list(tmp_path.glob("out*"))


def test_some_refused_is_exit_code_1(tmp_path):
    result = run("extract", EXAMPLES / "summit.txt", tmp_path / "gone.txt")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert "gone.txt" in result.stderr


def test_a_second_document_of_an_id_is_said_to_replace_the_first(tmp_path):
    (tmp_path / "a.txt").write_text("Marco Rubio called Sergei Lavrov.", encoding="utf-8")
    assert "1 document read, 1 event" in run("build", tmp_path / "a.txt", "--store", tmp_path / "kg").stderr
    assert "1 document read (1 replaced)" in run("build", tmp_path / "a.txt", "--store", tmp_path / "kg").stderr


def test_nothing_read_leaves_the_store_as_it_was(store):
    before = run("export", "--store", store, "--format", "nquads").stdout
    assert run("build", "gone.txt", "--store", store).returncode == 3
    assert run("export", "--store", store, "--format", "nquads").stdout == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["extract"], 2),
        (["nonsense"], 2),
        (["extract", "x.txt", "--format", "pdf"], 2),
        (["query", "--store", "none", "ASK {}"], 3),
        (["query", "--store", "none"], 2),
        (["extract", "-", "--model", "en_core_web_none"], 3),
        (["extract", "-", "--date", "22.10.2025"], 2),
    ],
)
def test_wrong_usage(arguments, code):
    result = run(*arguments, stdin="Rubio met Lavrov.")
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr


def test_faulty_query_is_one_line(store):
    result = run("query", "--store", store, "SELEKT")
    assert result.returncode == 3
    assert "[D600]" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["", "extract", "build", "query", "export", "view", "demo"])
def test_help(command):
    result = run(*filter(None, [command]), "--help")
    assert result.returncode == 0
    assert "Usage: diplograph" in result.stdout


def test_version():
    assert run("--version").stdout.startswith("diplograph 0.")


def test_marks_are_replayed_and_those_that_find_nothing_are_told(tmp_path):
    text = "Marco Rubio called Sergei Lavrov on Monday. Emmanuel Macron visited Oslo."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, "date": "2025-10-22"}), encoding="utf-8")
    call, visit = json.loads(run("extract", tmp_path / "a.jsonl").stdout)["events"]
    header = "document,mention,mark,field,value,note\n"
    fix, out = tmp_path / "fix.csv", tmp_path / "out.csv"
    fix.write_text(f"{header}a,{call['id']},correct,status,cancelled,\nb,m1,accept,,,\n", encoding="utf-8")
    out.write_text(f"{header}a,{visit['id']},reject,,,\na,m-gone,accept,,,\n", encoding="utf-8")
    files = ("--overrules", fix, "--overrules", out)

    told = run("extract", tmp_path / "a.jsonl", *files, "--format", "explain")
    assert told.returncode == 0
    assert "CONSULT/call  cancelled" in told.stdout
    assert "status by overrule: 'called'" in told.stdout
    assert "visit" not in told.stdout.replace("visited", "")
    assert "a m-gone: accept" in told.stderr

    built = run("build", tmp_path / "a.jsonl", *files, "--store", tmp_path / "kg")
    assert built.returncode == 0
    assert "1 document read, 1 event" in built.stderr
    assert "1 mark found no mention" in built.stderr
    assert "a m-gone: accept" in built.stderr
    assert "b m1" not in built.stderr
    assert "found no mention" not in run("build", tmp_path / "a.jsonl", "--store", tmp_path / "kg").stderr


def test_faulty_marks_are_refused_before_anything_is_read(tmp_path):
    (tmp_path / "m.csv").write_text("document,mention,mark,field,value\na,m,maybe,,\n", encoding="utf-8")
    result = run("build", EXAMPLES / "summit.txt", "--overrules", tmp_path / "m.csv", "--store", tmp_path / "kg")
    assert result.returncode == 3
    assert "m.csv, line 2: 'maybe' is no mark" in result.stderr
    assert not (tmp_path / "kg").exists()


@pytest.mark.parametrize("command", ["extract", "build"])
@pytest.mark.parametrize("option", ["--lexicon", "--actors"])
def test_faulty_files_are_refused_among_records_alone(tmp_path, command, option):
    (tmp_path / "r.jsonl").write_text(record().to_json(), encoding="utf-8")
    store = ("--store", tmp_path / "kg") if command == "build" else ()
    result = run(command, tmp_path / "r.jsonl", *store, option, tmp_path / "gone.toml")
    assert result.returncode == 3
    assert "error: [D100]" in result.stderr
    assert "gone.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_own_words_for_events(tmp_path):
    own = tmp_path / "own.toml"
    family = '[[family]]\nid = "mine.moot"\nclass = "CONSULT"\nmode = "moot"\npos = "noun"\nframe = "reciprocal"\n'
    own.write_text(f'{family}words.moot = "Norway and Latvia held a moot in Riga."\n', encoding="utf-8")
    text = tmp_path / "a.txt"
    text.write_text("Norway and Latvia held a moot in Riga.", encoding="utf-8")
    told = run("extract", text, "--lexicon", own, "--format", "explain")
    assert "CONSULT/moot" in told.stdout
    assert "event by mine.moot:moot: 'moot'" in told.stdout
    assert "moot" not in run("extract", text, "--format", "explain").stdout.replace("a moot", "").replace("'moot'", "")

    store = tmp_path / "kg"
    assert run("build", text, "--lexicon", own, "--store", store).returncode == 0
    asked = run("query", "--store", store, "SELECT ?mode { ?e a dg:Event ; dg:modeName ?mode }", "--format", "csv")
    assert asked.stdout.split() == ["mode", "moot"]

    own.write_text(family.replace("CONSULT", "CHAT") + 'words.moot = "."\n', encoding="utf-8")
    refused = run("build", text, "--lexicon", own, "--store", tmp_path / "none")
    assert refused.returncode == 3
    assert "own.toml, family mine.moot: 'CHAT' is no class" in refused.stderr
    assert not (tmp_path / "none").exists()
