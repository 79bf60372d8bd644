"""Cost of the graph, beside its parts, in one run.

    python benchmarks/storing.py [--documents 1000]

Adds made-up records to a store in a folder and prints the time as a ratio to loading the same quads with
Oxigraph's own bulk loader; then the time to add one more document, to open the store again, and to answer a
query through diplograph as a ratio to rdflib alone.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from diplograph.extract.records import Actor, Event, Extraction, Extractor, Participant, text_hash
from diplograph.graph import KnowledgeGraph

QUERY = "SELECT ?event ?status WHERE { ?event a dg:Event ; dg:status ?status } LIMIT 1000"


def document(number: int) -> Extraction:
    """A made-up record: three people meet, out of a cast of forty."""
    names = [f"Person {(number * step) % 40}" for step in (1, 3, 7)]
    names = list(dict.fromkeys(names))
    text = f"{', '.join(names)} meet."
    people = [Actor(f"person/{name.lower().replace(' ', '-')}", name, "person") for name in names]
    event = Event(
        id=f"m{number}",
        event=f"e{number}",
        event_class="CONSULT",
        mode="meeting",
        trigger=(len(text) - 5, len(text) - 1),
        sentence=(0, len(text)),
        participants=tuple(Participant(person.id, person.name, "agent", kind="person") for person in people),
    )
    return Extraction(
        id=f"d{number}",
        extractor=Extractor("benchmark", "1"),
        text=text,
        text_sha256=text_hash(text),
        date=f"{1700 + number // 12:04}-{number % 12 + 1:02}-01",
        sentences=((0, len(text)),),
        actors=tuple(people),
        events=(event,),
    )


def seconds(work: Callable[[], object], repeat: int = 1) -> float:
    """The least time of `repeat` runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    records = [document(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kg")
        kg = KnowledgeGraph(path)
        ours = seconds(lambda: kg.add(records))
        quads = kg.export("nquads")
        bare = pyoxigraph.Store(str(Path(folder, "bare")))
        bulk = seconds(lambda: bare.bulk_load(quads, format=pyoxigraph.RdfFormat.N_QUADS))
        print(f"{count} documents, {len(quads.splitlines())} quads, {len(kg.events())} events")
        print(f"add all: {ours:.2f} s, {ours / bulk:.1f} x the bulk load of the same quads ({bulk:.2f} s)")
        one = seconds(lambda: kg.add([document(count)]))
        print(f"add one more: {one:.2f} s, {one / ours:.2f} x adding all")
        asked = seconds(lambda: kg.query(QUERY), 5)
        plain = seconds(lambda: list(kg.dataset.query(QUERY)), 5)
        print(f"a query: {asked * 1000:.1f} ms, {asked / plain:.2f} x rdflib's way through the same store")
        kg.close()
        print(f"open again: {seconds(lambda: KnowledgeGraph(path, read_only=True), 3) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
