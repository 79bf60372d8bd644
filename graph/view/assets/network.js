"use strict";
/* The network view: what is common to both renderers, of which the page has one. A renderer is an object with
   refresh(), select(node or null), centre(nodes), fit(), zoom(factor), move(dx, dy), look() and marks(). */
(({ data, byId, element, many, look, statusOf, state, choose, change, on, shown }, app) => {
  const net = data.network;
  const home = byId("network");
  const nodeOfActor = new Map(),
    nodeOfEvent = new Map(),
    linksOfEvent = new Map();
  net.nodes.forEach((n, i) => {
    if (n.actor !== null) nodeOfActor.set(n.actor, i);
    else nodeOfEvent.set(n.event, i);
  });
  net.links.forEach((l, i) => {
    if (!linksOfEvent.has(l[2])) linksOfEvent.set(l[2], []);
    linksOfEvent.get(l[2]).push(i);
  });
  const nodeSeen = (i) => {
    const n = net.nodes[i],
      { flags, actors } = shown();
    return n.actor !== null ? actors[n.actor] : flags[n.event];
  };
  const linkSeen = (i) => {
    const [a, b, e] = net.links[i];
    return shown().flags[e] && nodeSeen(a) && nodeSeen(b);
  };
  const label = (i) =>
    net.nodes[i].actor !== null ? data.actors[net.nodes[i].actor].name : data.events[net.nodes[i].event].kind;
  const color = (i) =>
    net.nodes[i].actor !== null
      ? look.kind(app.kindKey(net.nodes[i].actor))
      : look.event(data.events[net.nodes[i].event]);

  const clickNode = (i) => {
    const n = net.nodes[i];
    if (n.actor !== null) choose("actor", n.actor);
    else choose("event", n.event);
  };
  const clickLinks = (events) => {
    if (events.length === 1) choose("event", events[0]);
    else
      choose("list", events, {
        title: [...new Set(events.flatMap((e) => data.events[e].parties.map(([a]) => data.actors[a].name)))]
          .slice(0, 2)
          .join(" – "),
      });
  };
  const focusNode = (i) => {
    const n = net.nodes[i];
    if (n.actor !== null)
      change({ focus: state.focus === n.actor ? null : n.actor, chosen: { type: "actor", id: n.actor } });
  };

  /* What is left in full colour when something is chosen: its lines, and the nodes at their ends. */
  const related = (nodes, event) => {
    const links =
      event !== null
        ? linksOfEvent.get(event) || []
        : net.links.map((_, i) => i).filter((i) => nodes.includes(net.links[i][0]) || nodes.includes(net.links[i][1]));
    const seen = links.filter(linkSeen);
    return { links: new Set(seen), nodes: new Set([...nodes, ...seen.flatMap((i) => net.links[i].slice(0, 2))]) };
  };
  /* Names in the size of the screen, the weightiest first; one that would cover another is left out. */
  const byWeight = net.nodes.map((_, i) => i).sort((a, b) => net.nodes[b].size - net.nodes[a].size);
  const LONGEST = 34,
    TRIED = 4000;
  const names = (context, { order, place, scale, strong, box: [left, top, right, bottom], taken }) => {
    let tried = 0;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    for (const i of order) {
      if (!nodeSeen(i) || (tried += 1) > TRIED) continue;
      const [x, y] = place(i);
      if (x < left || x > right || y < top || y > bottom) continue;
      const name = label(i),
        text = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
      context.font = `${strong.has(i) ? "bold " : ""}${net.nodes[i].event !== null ? "italic " : ""}${13 / scale}px system-ui, sans-serif`;
      const wide = context.measureText(text).width * scale,
        high = 16;
      const area = [x * scale - wide / 2 - 2, y * scale, x * scale + wide / 2 + 2, y * scale + high];
      if (!strong.has(i) && taken.some((t) => area[0] <= t[2] && area[2] >= t[0] && area[1] <= t[3] && area[3] >= t[1]))
        continue;
      taken.push(area);
      context.lineWidth = 3.5 / scale;
      context.strokeStyle = look.paper;
      context.fillStyle = look.ink;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  };

  let renderer = null,
    fitted = null;
  const parts = {
    net,
    nodeSeen,
    linkSeen,
    label,
    color,
    clickNode,
    clickLinks,
    focusNode,
    home,
    related,
    names,
    byWeight,
  };
  const begin = () => {
    if (renderer || !net.nodes.length) return;
    try {
      renderer = app.makeRenderer(parts);
      fitted = state.focus;
      if (state.chosen) choice();
    } catch (error) {
      byId("network-fault").hidden = false;
      byId("network-fault").textContent =
        `The network cannot be drawn in this browser (${error.message}). Timeline, map and table show the same events.`;
    }
  };
  const chosenNodes = () => {
    const chosen = state.chosen;
    if (chosen?.type === "actor") return [nodeOfActor.get(chosen.id)].filter((n) => n !== undefined);
    if (chosen?.type === "event") {
      if (nodeOfEvent.has(chosen.id)) return [nodeOfEvent.get(chosen.id)];
      return data.events[chosen.id].parties.map(([a]) => nodeOfActor.get(a));
    }
    return [];
  };
  const choice = () => {
    if (!renderer || state.view !== "network") return;
    const nodes = chosenNodes().filter(nodeSeen);
    renderer.select(nodes, state.chosen?.type === "event" ? state.chosen.id : null);
    if (state.chosen?.centre && nodes.length) renderer.centre(nodes);
  };
  on("filter", () => {
    if (!renderer) return;
    if (state.view !== "network") {
      stale = true;
      return;
    }
    renderer.refresh();
    if (fitted !== state.focus) {
      fitted = state.focus;
      renderer.fit();
    }
    note();
  });
  on("chosen", choice);
  let stale = false;
  on("view", () => {
    if (state.view === "network" && renderer) {
      if (stale) {
        stale = false;
        renderer.refresh();
      }
      choice();
    }
  });
  on("look", () => renderer?.look());

  const note = () => {
    const left = [];
    if (net.left)
      left.push(
        `${many(net.left, "actor")} with fewest events are not drawn (the table has them); diplograph view --from, --to or --actor makes a page of a part`,
      );
    if (net.counted)
      left.push(
        `One line for each pair, wider for more events, in the colour of the most frequent${net.nodes.length > 10000 ? "" : "; click one for its events"}`,
      );
    byId("network-note").textContent = left.join(". ") + (left.length ? "." : "");
  };

  /* -- keyboard: arrows move, + - zoom, 0 fits, N and P go from actor to actor, Enter opens, F focuses ---- */
  let at = -1;
  const order = () => [...nodeOfActor.values()].filter(nodeSeen).sort((a, b) => net.nodes[b].size - net.nodes[a].size);
  const step = (way) => {
    const list = order();
    if (!list.length) return;
    at = (at + way + list.length) % list.length;
    renderer.select([list[at]], null);
    renderer.centre([list[at]]);
    byId("network-status").textContent = `${label(list[at])}, ${at + 1} of ${list.length}`;
  };
  home.addEventListener("keydown", (e) => {
    if (!renderer || e.ctrlKey || e.metaKey || e.altKey) return;
    const keys = {
      ArrowLeft: () => renderer.move(-60, 0),
      ArrowRight: () => renderer.move(60, 0),
      ArrowUp: () => renderer.move(0, -60),
      ArrowDown: () => renderer.move(0, 60),
      "+": () => renderer.zoom(1.3),
      "=": () => renderer.zoom(1.3),
      "-": () => renderer.zoom(1 / 1.3),
      0: () => renderer.fit(),
      n: () => step(1),
      p: () => step(-1),
      Enter: () => {
        const n = order()[at];
        if (n !== undefined) clickNode(n);
      },
      f: () => {
        const n = order()[at];
        if (n !== undefined) focusNode(n);
      },
    };
    if (keys[e.key]) {
      e.preventDefault();
      keys[e.key]();
    }
  });
  byId("zoom-in").addEventListener("click", () => renderer?.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => renderer?.zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => renderer?.fit());

  /* -- as SVG, for export ------------------------------------------------------------------------------ */
  const SHAPES = {
    dot: (r) => element("svg:circle", { r }),
    square: (r) => element("svg:rect", { x: -r, y: -r, width: 2 * r, height: 2 * r }),
    diamond: (r) => element("svg:path", { d: `M0 ${-r}L${r} 0 0 ${r}-${r} 0Z` }),
    triangle: (r) => element("svg:path", { d: `M0 ${-r}L${r} ${0.8 * r}H${-r}Z` }),
    triangleDown: (r) => element("svg:path", { d: `M0 ${r}L${r} ${-0.8 * r}H${-r}Z` }),
    hexagon: (r) =>
      element("svg:path", {
        d: `M${r} 0L${r / 2} ${0.87 * r} ${-r / 2} ${0.87 * r} ${-r} 0 ${-r / 2} ${-0.87 * r} ${r / 2} ${-0.87 * r}Z`,
      }),
  };
  const svg = () => {
    const where = renderer.places();
    const nodes = net.nodes.map((_, i) => i).filter(nodeSeen);
    const xs = nodes.map((i) => where[i][0]),
      ys = nodes.map((i) => where[i][1]);
    const limit = (values, f) => values.reduce((a, b) => f(a, b), values[0] ?? 0);
    const [x0, x1, y0, y1] = [
      limit(xs, Math.min) - 230,
      limit(xs, Math.max) + 90,
      limit(ys, Math.min) - 60,
      limit(ys, Math.max) + 60,
    ];
    const lines = renderer.lines(),
      colors = [...new Set(lines.map(({ event }) => look.event(event)))];
    /* As on the screen, a word that would cover a name or another word is left out. */
    const covered = nodes
      .filter((i) => net.nodes[i].actor !== null)
      .map((i) => [where[i][0], where[i][1] + net.nodes[i].size + 9, label(i).length * 7.2]);
    const isFree = ([x, y], wide, length) => {
      if (wide > length || covered.some(([a, b, w]) => Math.abs(x - a) < (w + wide) / 2 && Math.abs(y - b) < 15))
        return false;
      covered.push([x, y, wide]);
      return true;
    };
    const pieces = lines.map(({ from, to, bend, event, width, status, directed }) => {
      const [ax, ay] = where[from],
        [bx, by] = where[to];
      const mid = [(ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend];
      const centre = [(ax + bx + 2 * mid[0]) / 4, (ay + by + 2 * mid[1]) / 4];
      const far = Math.hypot(bx - mid[0], by - mid[1]) || 1,
        short = directed ? net.nodes[to].size + 2 : 0;
      const end = [bx - ((bx - mid[0]) / far) * short, by - ((by - mid[1]) / far) * short];
      const told =
        status &&
        lines.length <= 150 &&
        net.nodes[from].event === null &&
        net.nodes[to].event === null &&
        isFree(centre, event.kind.length * 6.2, Math.hypot(ax - bx, ay - by));
      return element(
        "svg:g",
        { stroke: look.event(event), fill: "none" },
        element("svg:path", {
          d: `M${ax} ${ay}Q${mid[0]} ${mid[1]} ${end[0]} ${end[1]}`,
          "stroke-width": width,
          "stroke-dasharray": status ? statusOf.get(status).dashes.join(" ") : null,
          "marker-end": directed ? `url(#arrow${colors.indexOf(look.event(event))})` : null,
        }),
        status &&
          statusOf.get(status).struck &&
          element("svg:path", { d: `M${centre[0] - 6} ${centre[1] - 6}l12 12m0-12l-12 12`, "stroke-width": 2 }),
        told &&
          element(
            "svg:text",
            {
              x: centre[0],
              y: centre[1] + 4,
              "text-anchor": "middle",
              "font-size": 11,
              fill: look.event(event),
              stroke: look.paper,
              "stroke-width": 3,
              "paint-order": "stroke",
            },
            event.kind,
          ),
      );
    });
    const arrows = element(
      "svg:defs",
      {},
      colors.map((fill, n) =>
        element(
          "svg:marker",
          {
            id: `arrow${n}`,
            viewBox: "0 0 10 10",
            refX: 9,
            refY: 5,
            markerWidth: 9,
            markerHeight: 9,
            markerUnits: "userSpaceOnUse",
            orient: "auto",
          },
          element("svg:path", { d: "M0 0L10 5 0 10Z", fill, stroke: "none" }),
        ),
      ),
    );
    const marks = nodes.map((i) => {
      const shape = net.nodes[i].actor !== null ? app.kindOf.get(app.kindKey(net.nodes[i].actor)).shape : "dot";
      return element(
        "svg:g",
        { transform: `translate(${where[i][0]},${where[i][1]})`, fill: color(i) },
        SHAPES[shape](net.nodes[i].size),
      );
    });
    const titles = nodes
      .filter((i) => net.nodes[i].actor !== null)
      .map((i) =>
        element(
          "svg:text",
          {
            x: where[i][0],
            y: where[i][1] + net.nodes[i].size + 14,
            "text-anchor": "middle",
            fill: look.ink,
            stroke: look.paper,
            "stroke-width": 3,
            "paint-order": "stroke",
          },
          label(i),
        ),
      );
    return element(
      "svg:svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `${x0} ${y0} ${x1 - x0} ${y1 - y0}`,
        width: Math.round(x1 - x0),
        height: Math.round(y1 - y0),
        "font-family": "sans-serif",
        "font-size": 13,
      },
      element("svg:rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, fill: look.paper }),
      arrows,
      ...pieces,
      ...marks,
      ...titles,
      app.key(x0 + 12, y0 + 20),
    );
  };
  app.views = { network: { svg } };
  /* Begun when it is first looked at. */
  app.startNetwork = () => {
    if (state.view === "network") begin();
    on("view", () => {
      if (state.view === "network") begin();
    });
    note();
  };
  app.renderer = () => renderer;
  app.drawn = () => {
    if (!document.documentElement.dataset.drawn)
      document.documentElement.dataset.drawn = Math.round(window.performance.now());
  };
})(window.diplograph, window.diplograph);
