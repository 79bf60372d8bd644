"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const events = new Map(data.events.map((e) => [e.id, e]));
  const statusOf = new Map(data.statuses.map((s) => [s.key, s]));
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#e8ecf2" : "#1b2330";
  const paper = dark ? "#171c24" : "#ffffff";

  /* Every text comes from a document somewhere: it enters the page as text, never as markup. */
  const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") node.addEventListener("click", value);
      else if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    for (const child of children) {
      if (child !== null && child !== undefined) node.append(child);
    }
    return node;
  };

  /* -- the network ------------------------------------------------------------------------ */
  const nodes = new vis.DataSet(data.nodes.map((n) => ({
    ...n, title: undefined, chosen: true,
    font: { color: n.shape === "box" ? "#ffffff" : ink, size: n.shape === "box" ? 12 : 15, strokeWidth: n.shape === "box" ? 0 : 3, strokeColor: paper },
  })));
  const edges = new vis.DataSet(data.edges.map((e, i) => ({
    ...e, id: i, title: undefined,
    font: { color: ink, size: 12, strokeWidth: 4, strokeColor: paper, align: "horizontal" },
  })));
  const shown = { status: new Set(data.statuses.map((s) => s.key)), class: new Set(data.classes.map((c) => c.key)), single: false };
  const visible = (event) => shown.status.has(event.status) && shown.class.has(event.class)
    && (shown.single || event.parties.length > 1);
  const visibleNodes = new Set();
  const nodeView = new vis.DataView(nodes, { filter: (n) => visibleNodes.has(n.id) });
  const edgeView = new vis.DataView(edges, { filter: (e) => visible(events.get(e.event)) });
  const network = new vis.Network(byId("network"), { nodes: nodeView, edges: edgeView }, {
    physics: false,
    interaction: { hover: true, multiselect: false, tooltipDelay: 1e9, keyboard: { enabled: true, bindToWindow: false } },
    edges: { arrows: { to: { scaleFactor: 0.6 } }, selectionWidth: 2 },
    nodes: { borderWidth: 1, margin: 6 },
  });
  network.on("selectNode", ({ nodes: [id] }) => {
    const node = nodes.get(id);
    if (node.event) showEvent(node.event); else showActor(id);
  });
  network.on("selectEdge", ({ nodes: chosen, edges: [id] }) => {
    if (!chosen.length && id !== undefined) showEvent(edges.get(id).event);
  });

  /* -- filters and legend --------------------------------------------------------------------- */
  const count = (test) => data.events.filter(test).length;
  const line = (status, color) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "34"); svg.setAttribute("height", "10"); svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [k, v] of Object.entries({ x1: 0, y1: 5, x2: 34, y2: 5, stroke: color, "stroke-width": status.width, "stroke-dasharray": status.dashes.join(" ") })) path.setAttribute(k, v);
    svg.append(path);
    return svg;
  };
  const filter = (home, kind, key, mark, label, total) => {
    const box = element("input", { type: "checkbox", checked: "" });
    box.addEventListener("change", () => { shown[kind][box.checked ? "add" : "delete"](key); refresh(); });
    byId(home).append(element("label", {}, box, mark, element("span", {}, label), element("span", { class: "count" }, String(total))));
  };
  for (const s of data.statuses) {
    const total = count((e) => e.status === s.key);
    if (total) filter("statuses", "status", s.key, line(s, ink), `${s.sign} ${s.label}`.trim(), total);
  }
  for (const c of data.classes) {
    const total = count((e) => e.class === c.key);
    if (total) filter("classes", "class", c.key, line({ width: 4, dashes: [] }, c.color), c.key, total);
  }
  byId("single").addEventListener("change", (e) => { shown.single = e.target.checked; refresh(); });
  byId("reset").addEventListener("click", () => {
    for (const s of data.statuses) shown.status.add(s.key);
    for (const c of data.classes) shown.class.add(c.key);
    shown.single = byId("single").checked = false;
    for (const box of document.querySelectorAll("#statuses input, #classes input")) box.checked = true;
    refresh();
    network.fit();
  });

  /* -- search ----------------------------------------------------------------------------------- */
  const actors = data.nodes.filter((n) => !n.event);
  for (const name of new Set([...actors.map((n) => n.label), ...data.events.map((e) => e.label), ...data.events.map((e) => e.place).filter(Boolean)])) {
    byId("names").append(element("option", { value: name }));
  }
  byId("search").addEventListener("change", (e) => {
    const wanted = e.target.value.trim().toLowerCase();
    if (!wanted) return;
    const has = (text) => (text || "").toLowerCase().includes(wanted);
    const event = data.events.find((x) => x.label.toLowerCase() === wanted) || null;
    const actor = actors.find((n) => n.label.toLowerCase() === wanted) || actors.find((n) => has(n.label));
    if (event) showEvent(event.id, true);
    else if (actor) showActor(actor.id, true);
    else showList(`“${e.target.value}”`, data.events.filter((x) => has(x.label) || has(x.place)));
  });

  /* -- details ------------------------------------------------------------------------------------ */
  const details = byId("details");
  const fill = (...children) => { details.replaceChildren(...children.filter(Boolean)); details.scrollTop = 0; };
  const badge = (status) => element("span", { class: `badge ${status}` }, `${statusOf.get(status).sign} ${statusOf.get(status).label}`.trim());
  const eventButton = (e) => element("button", { type: "button", class: "link", onclick: () => showEvent(e.id, true) }, e.label);
  const quote = (step) => {
    if (step.quote === null) return element("blockquote", {}, `characters ${step.at[0]}–${step.at[1]} (the record came without its text)`);
    const [before, trigger, behind] = step.quote;
    return element("blockquote", {}, before, element("mark", {}, trigger), behind);
  };
  const showEvent = (id, focus) => {
    const e = events.get(id);
    const facts = [e.class, e.date && `date ${e.date}`, e.was && `formerly ${e.was}`, e.place && `in ${e.place}`].filter(Boolean).join(" · ");
    const parties = element("p", {}, ...e.parties.flatMap((p, i) => [i ? ", " : "", element("button", { type: "button", class: "link", onclick: () => showActor(p.actor, true) }, p.name), ` (${p.role})`]));
    const steps = element("ol", {}, ...e.history.map((s) => {
      const doc = data.documents[s.document] || { title: s.document };
      return element("li", {}, badge(s.status), " ", element("cite", {}, [s.date, s.source && `says ${s.source}`].filter(Boolean).join(" · ")), quote(s),
        element("cite", {}, [doc.title, doc.source].filter(Boolean).join(", ")));
    }));
    fill(element("h3", {}, e.label), element("p", { class: "facts" }, badge(e.status), ` ${facts}`), parties, element("h2", {}, "History"), steps);
    if (focus) {
      const edge = edges.get({ filter: (x) => x.event === id })[0];
      if (edge && edgeView.get(edge.id)) { network.selectEdges([edge.id]); network.fit({ nodes: [edge.from, edge.to], maxZoomLevel: 1.2, animation: true }); }
    }
  };
  const showActor = (id, focus) => {
    const node = nodes.get(id);
    showList(node.label, data.events.filter((e) => e.parties.some((p) => p.actor === id)), [node.kind, node.country].filter(Boolean).join(" · "));
    if (focus && visibleNodes.has(id)) { network.selectNodes([id]); network.focus(id, { scale: 1.1, animation: true }); }
  };
  const showList = (title, list, facts) => fill(
    element("h3", {}, title), element("p", { class: "facts" }, [facts, `${list.length} event${list.length === 1 ? "" : "s"}`].filter(Boolean).join(" · ")),
    ...list.map((e) => element("p", {}, badge(e.status), " ", eventButton(e))),
  );

  /* -- what is shown ------------------------------------------------------------------------------- */
  const refresh = () => {
    const list = data.events.filter(visible);
    visibleNodes.clear();
    for (const e of list) for (const p of e.parties) visibleNodes.add(p.actor);
    for (const n of data.nodes) if (n.event && visible(events.get(n.event))) visibleNodes.add(n.id);
    nodeView.refresh();
    edgeView.refresh();
    byId("empty").hidden = list.length > 0;
    byId("summary").textContent = `${list.length} of ${data.events.length} events, ${Object.keys(data.documents).length} document${Object.keys(data.documents).length === 1 ? "" : "s"}`;
    byId("rows").replaceChildren(...list.map((e) => element("tr", {},
      element("td", {}, eventButton(e)), element("td", {}, e.class), element("td", {}, badge(e.status)),
      element("td", {}, e.date || ""), element("td", {}, e.place || ""), element("td", {}, String(e.history.length)))));
  };
  refresh();
  network.once("afterDrawing", () => network.fit());
  fill(element("h3", {}, "Details"), element("p", { class: "facts" }, "Click an actor or an edge, or choose an event in the table: the sentences that tell of it appear here."));
})();
