"""Cost of the graph, beside its parts, in one run.

    python benchmarks/storing.py [--documents 1000 | --quads 10000000]

Adds made-up records to a store in a folder and prints what each part takes: merging, quads as text, loading, the
last as a ratio to Oxigraph's own bulk loader on the same quads; then the time to add one more document and a
thousand, to open the store again, to answer queries through diplograph as a ratio to Oxigraph alone, and each
question of the cookbook; memory and size on disk.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph

from diplograph.errors import DiplographError
from diplograph.extract.records import Actor, Event, Extraction, Extractor, Participant, Place, text_hash
from diplograph.graph import KnowledgeGraph, merge_events
from diplograph.graph.backends import Embedded
from diplograph.graph.quads import document_quads, merged_quads
from diplograph.graph.terms import PREFIXES

try:
    from diplograph.graph.cookbook import questions
except ImportError:
    questions = tuple

QUADS_A_DOCUMENT = 88
CAST = 400
CITIES = [f"City {chr(65 + n % 25)}{chr(97 + n // 25)}" for n in range(50)]


def document(number: int) -> Extraction:
    """A made-up record: two or three people meet in a city, out of a cast of four hundred, over thirty years."""
    names = list(dict.fromkeys(f"Person {(number * step + step) % CAST}" for step in (1, 7, 31)))
    text = f"{', '.join(names)} meet in {CITIES[number % 50]}."
    people = [Actor(f"person/{n.lower().replace(' ', '-')}", n, "person", country(n)) for n in names]
    day = (date(1995, 1, 1) + timedelta(days=number * 7919 % 10950)).isoformat()
    event = Event(
        id=f"m{number}",
        event=f"e{number}",
        event_class="CONSULT",
        mode=("meeting", "call", "visit", "summit")[number % 4],
        trigger=(text.index(" meet") + 1, text.index(" meet") + 5),
        sentence=(0, len(text)),
        participants=tuple(Participant(p.id, p.name, "agent", "person", p.country) for p in people),
        place=Place(CITIES[number % 50], country="ABC", latitude=1.0, longitude=1.0),
        status=("occurred", "planned", "cancelled")[number % 3],
    )
    return Extraction(
        id=f"d{number}",
        extractor=Extractor("benchmark", "1"),
        text=text,
        text_sha256=text_hash(text),
        date=day,
        sentences=((0, len(text)),),
        actors=tuple(people),
        events=(event,),
    )


def country(name: str) -> str:
    """One of two hundred made-up codes."""
    number = int(name.split()[1]) % 200
    return f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"


def seconds(work: Callable[[], object], repeat: int = 1) -> float:
    """The least time of `repeat` runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def bare_rows(store: pyoxigraph.Store, query: str) -> list[tuple[str | None, ...]]:
    """Iterate a query's answer as those do who use Oxigraph alone."""
    return [tuple(term.value if term is not None else None for term in row) for row in store.query(query)]


def load(records: list[Extraction], folder: Path) -> KnowledgeGraph:
    """Fill a store; print what each part takes beside the bulk loader."""
    kg = KnowledgeGraph(folder / "kg")
    whole = seconds(lambda: kg.add(records))
    merged = seconds(lambda: merge_events(records))
    lines: list[str] = []
    text = seconds(lambda: lines.extend(q for r in records for q in document_quads(r)))
    text += seconds(lambda: lines.extend(merged_quads(kg.events(), records)))
    ours, bare = Embedded(folder / "ours"), pyoxigraph.Store(str(folder / "bare"))
    loading = seconds(lambda: ours.fill(lines))
    data = "\n".join(lines).encode()
    bulk = seconds(lambda: bare.bulk_load(data, format=pyoxigraph.RdfFormat.N_QUADS))
    print(f"{len(records):,} documents, {len(kg):,} quads, {len(kg.events()):,} events")
    print(f"add all: {whole:.1f} s, of it merging {merged:.1f}, quads as text {text:.1f}, loading {loading:.1f}")
    print(f"loading: {loading / bulk:.2f} x the bulk load of the same quads ({bulk:.1f} s)")
    return kg


def ask(kg: KnowledgeGraph) -> None:
    """Print what queries take beside Oxigraph alone."""
    store = kg._backend.store
    prologue = "".join(f"PREFIX {p}: <{n}> " for p, n in PREFIXES.items())
    for rows in (1, 1000, 100_000):
        query = (
            f"SELECT ?e ?label ?status WHERE {{ ?e a dg:Event ; rdfs:label ?label ; dg:status ?status }} LIMIT {rows}"
        )
        ours = seconds(lambda q=query: kg.query(q), 7)
        bare = seconds(lambda q=prologue + query: bare_rows(store, q), 7)
        print(f"query of {rows:,} rows at most: {ours * 1000:.2f} ms, {ours / bare:.2f} x Oxigraph alone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--quads", type=int, help="as many documents as make about so many quads")
    arguments = parser.parse_args()
    count = arguments.quads // QUADS_A_DOCUMENT if arguments.quads else arguments.documents
    records = [document(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kg")
        kg = load(records, Path(folder))
        size = sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:,.0f} MB, on disk {size / 2**20:,.0f} MB")
        print(f"add one more: {seconds(lambda: kg.add([document(count)])):.2f} s", end="; ")
        print(f"a thousand: {seconds(lambda: kg.add(map(document, range(count, count + 1000)))):.2f} s", end="; ")
        print(f"the same again: {seconds(lambda: kg.add(map(document, range(count, count + 1000)))):.2f} s")
        ask(kg)
        for question in questions():
            try:
                print(f"  {question.id}: {seconds(lambda q=question: kg.query(q.sparql)):.2f} s")
            except DiplographError as error:
                print(f"  {question.id}: {error}")
        kg.close()
        print(f"open again: {seconds(lambda: KnowledgeGraph(path, read_only=True), 3) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
