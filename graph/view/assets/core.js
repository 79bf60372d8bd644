"use strict";
/* What all parts of the page share: the data, how things look, the state, and which events are shown.
   Every text comes from a document somewhere: it enters the page as text, never as markup. */
window.diplograph = (() => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  /* Objects of the same keys travel as a table, the keys once. */
  const objects = ({ keys, rows }) =>
    rows.map((row) => {
      const one = {};
      for (let i = 0; i < keys.length; i += 1) one[keys[i]] = row[i];
      return one;
    });
  const lazy = (id) => {
    let value;
    return () => (value ??= read(id));
  };
  const data = read("data-graph");
  data.actors = objects(data.actors);
  data.events = objects(data.events);
  data.network.nodes = objects(data.network.nodes);
  /* The steps of all events stand in one table, those of an event behind each other. */
  let told = null,
    begins = null;
  const evidence = (n) => {
    if (!told) {
      told = read("data-evidence");
      begins = [0];
      for (const e of data.events) begins.push(begins.at(-1) + e.reports);
      told.steps = objects(told);
    }
    return {
      steps: told.steps.slice(begins[n], begins[n + 1]),
      moves: told.moves[n] || [],
      disagreements: told.disagreements[n] || [],
    };
  };
  /* The reports of an event; the first of them that has a date. */
  const steps = (event) => evidence(event.n).steps;
  const reported = (event) =>
    steps(event).reduce((day, step) => (step.day !== null && (day === null || step.day < day) ? step.day : day), null);

  const element = (name, attributes = {}, ...children) => {
    const svg = name.startsWith("svg:");
    const node = svg
      ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
      : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };
  let fading = null;
  /* A word to the person, shown for some seconds and read out. */
  const say = (text) => {
    byId("toast").textContent = text;
    window.clearTimeout(fading);
    fading = window.setTimeout(() => {
      byId("toast").textContent = "";
    }, 6000);
  };
  const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /* -- how things look ----------------------------------------------------------------------- */
  const statusOf = new Map(data.looks.statuses.map((s) => [s.key, s]));
  const quadOf = new Map(data.looks.classes.map((c) => [c.key, c.quad]));
  const kindOf = new Map(data.looks.kinds.map((k) => [k.key, k]));
  const look = {
    dark: window.matchMedia("(prefers-color-scheme: dark)").matches,
    get ink() {
      return this.dark ? "#e8ecf2" : "#1b2330";
    },
    get soft() {
      return this.dark ? "#a9b4c2" : "#55606f";
    },
    get paper() {
      return this.dark ? "#171c24" : "#ffffff";
    },
    get line() {
      return this.dark ? "#3a4452" : "#d5dbe3";
    },
    get accent() {
      return this.dark ? "#8db4f2" : "#2b5fb3";
    },
    quad(key) {
      return data.looks.quads[key][this.dark ? "dark" : "light"];
    },
    event(event) {
      return this.quad(quadOf.get(event.class));
    },
    kind(key) {
      return (kindOf.get(key) || kindOf.get("actor"))[this.dark ? "dark" : "light"];
    },
  };

  /* -- days ------------------------------------------------------------------------------------- */
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
  const dayOf = (text) => {
    const time = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(time) ? null : time / 86400000;
  };
  /* From the first to the last day; a few events that stand far from all others do not stretch it. */
  const spread = (days) => {
    if (!days.length) return null;
    const sorted = Float64Array.from(days).sort(),
      last = sorted.length - 1;
    const [low, high] = [sorted[Math.floor(last * 0.02)], sorted[Math.ceil(last * 0.98)]];
    return high - low < (sorted[last] - sorted[0]) / 2 ? [low, high] : [sorted[0], sorted[last]];
  };
  const days = data.events.flatMap((e) => e.days || []);
  const range = spread(days);
  const beyond = range && [days.some((day) => day < range[0]), days.some((day) => day > range[1])];

  /* -- state: what is chosen, written into the address so that a link shows the same ---------------- */
  const all = {
    status: new Set(data.looks.statuses.map((s) => s.key)),
    class: new Set(data.looks.classes.map((c) => c.key)),
    kind: new Set(data.looks.kinds.map((k) => k.key)),
  };
  const start = () => ({
    view: "network",
    status: new Set(all.status),
    class: new Set(all.class),
    kind: new Set(all.kind),
    from: null,
    to: null,
    undated: true,
    min: 1,
    single: data.single,
    focus: null,
    chosen: null,
    lanes: "pair",
  });
  const state = start();
  const actorById = new Map(data.actors.map((a, n) => [a.id, n]));
  const eventById = new Map(data.events.map((e, n) => [e.id, n]));

  const toHash = () => {
    const out = new URLSearchParams();
    if (state.view !== "network") out.set("view", state.view);
    for (const key of ["status", "class", "kind"])
      if (state[key].size < all[key].size) out.set(key, [...state[key]].join(","));
    if (state.from !== null) out.set("from", iso(state.from));
    if (state.to !== null) out.set("to", iso(state.to));
    if (!state.undated) out.set("undated", "no");
    if (state.min > 1) out.set("min", state.min);
    if (state.single !== data.single) out.set("single", state.single ? "yes" : "no");
    if (state.lanes !== "pair") out.set("lanes", state.lanes);
    if (state.focus !== null) out.set("focus", data.actors[state.focus].id);
    const chosen = state.chosen;
    if (chosen?.type === "event") out.set("event", data.events[chosen.id].id);
    if (chosen?.type === "actor") out.set("actor", data.actors[chosen.id].id);
    if (chosen?.type === "place") out.set("place", chosen.id);
    if (chosen?.type === "document")
      out.set("document", [chosen.id, chosen.mention].filter((x) => x !== undefined && x !== null).join("."));
    return out.toString();
  };
  const fromHash = (text) => {
    const given = new URLSearchParams(text.replace(/^#/, ""));
    const next = start();
    if (byId(`view-${given.get("view")}`)) next.view = given.get("view");
    for (const key of ["status", "class", "kind"])
      if (given.has(key))
        next[key] = new Set(
          given
            .get(key)
            .split(",")
            .filter((k) => all[key].has(k)),
        );
    for (const key of ["from", "to"]) if (given.has(key)) next[key] = dayOf(given.get(key));
    next.undated = given.get("undated") !== "no";
    next.min = Math.max(1, Number.parseInt(given.get("min") || "1", 10) || 1);
    if (given.has("single")) next.single = given.get("single") === "yes";
    if (["pair", "states", "story", "event"].includes(given.get("lanes"))) next.lanes = given.get("lanes");
    next.focus = actorById.get(given.get("focus")) ?? null;
    const place = Number.parseInt(given.get("place"), 10);
    const [doc, mention] = (given.get("document") || "").split(".").map((x) => Number.parseInt(x, 10));
    if (eventById.has(given.get("event"))) next.chosen = { type: "event", id: eventById.get(given.get("event")) };
    else if (actorById.has(given.get("actor"))) next.chosen = { type: "actor", id: actorById.get(given.get("actor")) };
    else if (data.places[place]) next.chosen = { type: "place", id: place };
    else if (doc >= 0 && doc < data.count)
      next.chosen = { type: "document", id: doc, mention: mention >= 0 ? mention : null };
    return next;
  };

  const listeners = { filter: [], chosen: [], view: [], look: [] };
  const on = (kinds, listener) => {
    for (const kind of kinds.split(" ")) listeners[kind].push(listener);
  };
  const tell = (kind) => {
    for (const listener of listeners[kind]) {
      try {
        listener();
      } catch (error) {
        window.console.error(error); // one view that fails does not stop the others
      }
    }
  };
  const before = [];
  let cache = null,
    written = "";
  const FILTERS = ["status", "class", "kind", "from", "to", "undated", "min", "single", "focus"];
  const apply = (patch) => {
    const keys = Object.keys(patch);
    Object.assign(state, patch);
    const filter = keys.some((key) => FILTERS.includes(key));
    if (filter) cache = null;
    written = toHash();
    try {
      window.history.replaceState(null, "", `#${written}`);
    } catch {
      /* a frame without an address of its own */
    }
    if (keys.includes("view") || keys.includes("lanes")) tell("view");
    if (filter) tell("filter");
    if (keys.includes("chosen")) tell("chosen");
    byId("back").disabled = !before.length;
  };
  const change = (patch, { remember = true } = {}) => {
    if (remember && before.at(-1) !== toHash()) before.push(toHash());
    if (before.length > 200) before.shift();
    apply(patch);
  };
  const back = () => {
    if (before.length) apply(fromHash(before.pop()));
  };
  const restart = () => apply(fromHash(window.location.hash));
  window.addEventListener("hashchange", () => {
    if (window.location.hash.slice(1) !== written) restart();
  });

  /* -- which events are shown ----------------------------------------------------------------------- */
  const passes = (event, but) => {
    if (but !== "status" && !state.status.has(event.status)) return false;
    if (but !== "class" && !state.class.has(event.class)) return false;
    if (but !== "kind" && state.kind.size < all.kind.size) {
      const seen = event.parties.filter(([a]) => state.kind.has(kindKey(a))).length;
      if (seen < Math.min(event.parties.length, 2)) return false;
    }
    if (but !== "single" && event.parties.length < 2 && !state.single) return false;
    if (!event.days) return state.undated;
    return (state.from === null || event.days[1] >= state.from) && (state.to === null || event.days[0] <= state.to);
  };
  const kindKeys = data.actors.map(({ kind }) => (kindOf.has(kind) ? kind : "actor"));
  const kindKey = (actor) => kindKeys[actor];
  const pairKey = ([a, b]) => (a < b ? a * data.actors.length + b : b * data.actors.length + a);
  const select = (but) => {
    let list = data.events.filter((event) => passes(event, but));
    if (state.min > 1) {
      const weight = new Map();
      for (const e of list) for (const pair of e.pairs) weight.set(pairKey(pair), (weight.get(pairKey(pair)) || 0) + 1);
      list = list.filter((e) => e.pairs.some((pair) => weight.get(pairKey(pair)) >= state.min));
    }
    if (state.focus !== null) {
      const near = new Set([state.focus]);
      for (const e of list) if (e.parties.some(([a]) => a === state.focus)) for (const [a] of e.parties) near.add(a);
      list = list.filter(
        (e) =>
          e.parties.some(([a]) => a === state.focus) || (e.parties.length > 1 && e.parties.every(([a]) => near.has(a))),
      );
    }
    return list;
  };
  data.events.forEach((e, n) => {
    e.n = n;
  });
  const shown = () => {
    if (cache) return cache;
    const events = select();
    const flags = new Uint8Array(data.events.length),
      actors = new Uint8Array(data.actors.length);
    for (const e of events) {
      flags[e.n] = 1;
      for (const [a] of e.parties) if (state.kind.has(kindKey(a))) actors[a] = 1;
    }
    return (cache = { events, flags, actors });
  };
  const counts = (facet) => {
    const found = new Map(),
      actors = new Set();
    const add = (key) => found.set(key, (found.get(key) || 0) + 1);
    /* With nothing of the facet left out, it is what is shown. */
    for (const e of state[facet].size === all[facet].size ? shown().events : select(facet)) {
      if (facet === "kind") for (const [a] of e.parties) actors.add(a);
      else add(e[facet]);
    }
    for (const a of actors) add(kindKey(a));
    return found;
  };
  /* Events with only one actor that would be shown, were they asked for. */
  const alone = () => (state.single ? [] : select("single").filter((e) => e.parties.length < 2));

  return {
    say,
    data,
    evidence,
    steps,
    reported,
    alone,
    documents: lazy("data-documents"),
    land: lazy("data-land"),
    byId,
    element,
    many,
    look,
    statusOf,
    quadOf,
    kindOf,
    kindKey,
    iso,
    dayOf,
    spread,
    range,
    beyond,
    all,
    state,
    start,
    FILTERS,
    on,
    tell,
    change,
    back,
    restart,
    shown,
    counts,
    eventById,
    actorById,
    choose: (type, id, more = {}) => change({ chosen: { type, id, ...more } }),
  };
})();
