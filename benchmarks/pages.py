"""Cost of the page, beside pyvis's own, in one run (needs Playwright and Chromium).

    python benchmarks/pages.py [--nodes 200 2000 50000] [--repeat 3]

Makes up events between actors (a network as Barabasi and Albert have it, two events an actor), writes the page,
opens it in Chromium offline, and prints: seconds to write it, its size and how much of that is no data, seconds
from opening to the first picture, to tick a filter, and to find an actor. Up to 2,000 nodes pyvis's own page of
the same network is opened beside it (scripts in the page, its layout in the browser, sixty seconds at most).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
from playwright.sync_api import Page, sync_playwright

from diplograph.graph.events import MergedEvent, Party, Step
from diplograph.graph.view import draw, pyvis_network, render_page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CLASSES = ("CONSULT", "AGREE", "ACCUSE", "SANCTION")
STATUSES = ("occurred", "planned", "postponed", "cancelled")
WAIT = 60
LARGEST_FOR_PYVIS = 2000
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-accelerated-2d-canvas"]
"""As on a machine without a graphics card."""


def made_up(nodes: int) -> list[MergedEvent]:
    """Events of pairs of so many actors, each told by one sentence."""
    events = []
    for number, (one, other) in enumerate(nx.barabasi_albert_graph(nodes, 2, seed=1).edges):
        day = (date(2000, 1, 1) + timedelta(days=number * 7919 % 9000)).isoformat()
        parties = tuple(Party(f"person/{n}", f"Person {n}", "agent", "person", None) for n in (one, other))
        quote = f"Person {one} and Person {other} met."
        span = (0, len(quote))
        step = Step(
            STATUSES[number % 4],
            day,
            f"d{number}",
            f"m{number}",
            span,
            quote,
            None,
            None,
            (len(quote) - 4, len(quote) - 1),
        )
        events.append(
            MergedEvent(f"e{number}", CLASSES[number % 4], "meeting", parties, None, day, None, step.status, (step,))
        )
    return events


def seconds_to_draw(page: Page, path: Path, is_drawn: str) -> float:
    """Seconds from opening a page to its first picture; infinite if there is none in a minute."""
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    while time.perf_counter() - start < WAIT:
        if page.evaluate(is_drawn):
            return time.perf_counter() - start
        page.wait_for_timeout(20)
    return float("inf")


OURS = "document.documentElement.dataset.drawn"
THEIRS = """(() => { const c = document.querySelector('#mynetwork canvas');
    return c && c.width && c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0)
        && (document.querySelector('#loadingBar')?.style.display ?? 'none') === 'none'; })()"""
ACT = """([selector, act]) => { const start = performance.now(), one = document.querySelector(selector);
    if (act === 'click') one.click(); else { one.value = act; one.dispatchEvent(new Event('input')); }
    return (performance.now() - start) / 1000; }"""


def measure(page: Page, nodes: int, repeat: int, folder: Path) -> None:
    """Print a line for so many nodes, and one for pyvis."""
    events = made_up(nodes)
    start = time.perf_counter()
    html = render_page(events, [])
    wrote = time.perf_counter() - start
    path = folder / "ours.html"
    path.write_text(html, encoding="utf-8")
    bare = len(render_page([], [], renderer="vis" if nodes <= LARGEST_FOR_PYVIS else "sigma").encode())
    drawn = statistics.median(seconds_to_draw(page, path, OURS) for _ in range(repeat))
    tick = page.evaluate(ACT, ["#filter-status input", "click"])
    find = page.evaluate(ACT, ["#search", "person 17"])
    size = len(html.encode()) / 1e6
    about = f"{nodes:6} nodes, {len(events)} events: written in {wrote:.1f} s, {size:.2f} MB"
    print(f"{about}, {bare / 1e6:.2f} of that without data")
    print(f"       first picture {drawn:.2f} s; a filter {tick:.2f} s, a search {find:.2f} s")
    if nodes <= LARGEST_FOR_PYVIS:
        network = pyvis_network(draw(events))
        for node in network.nodes:
            del node["x"], node["y"]
        path.write_text(network.generate_html(), encoding="utf-8")
        theirs = seconds_to_draw(page, path, THEIRS)
        size = path.stat().st_size / 1e6
        print(f"       pyvis's page {size:.2f} MB, first picture {theirs:.2f} s: ours {drawn / theirs:.3f} x")


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[200, 2000, 50000])
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        for nodes in arguments.nodes:
            flags = {"executable_path": CHROMIUM, "args": FLAGS, "proxy": {"server": "http://127.0.0.1:9"}}
            browser = play.chromium.launch(**flags)
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.set_default_timeout(2000 * WAIT)
            measure(page, nodes, arguments.repeat, Path(folder))
            browser.close()


if __name__ == "__main__":
    main()
