"use strict";
/* The legend, which is the filter too: statuses, classes, kinds of actors, dates, weight. */
(({
  data,
  alone,
  beyond,
  byId,
  element,
  many,
  kindKey,
  state,
  all,
  start,
  FILTERS,
  range,
  iso,
  dayOf,
  change,
  on,
  shown,
  counts,
}) => {
  const swatch = (status, color) =>
    element(
      "svg:svg",
      { width: 30, height: 12, "aria-hidden": "true" },
      element("svg:line", {
        x1: 0,
        y1: 6,
        x2: 30,
        y2: 6,
        stroke: color,
        "stroke-width": status.width,
        "stroke-dasharray": status.dashes.join(" "),
      }),
      status.struck && element("svg:path", { d: "M11 2 19 10M19 2 11 10", stroke: color, "stroke-width": 1.5 }),
    );
  const FACETS = [
    {
      facet: "status",
      list: data.looks.statuses,
      mark: (s) => swatch(s, "currentColor"),
      label: (s) => `${s.sign} ${s.key}`,
    },
    {
      facet: "class",
      list: data.looks.classes,
      mark: (c) => element("span", { class: `dot quad-${c.quad}`, "aria-hidden": "true" }),
      label: (c) => c.key,
    },
    {
      facet: "kind",
      list: data.looks.kinds,
      mark: (k) => element("span", { class: `sign kind-${k.key}`, "aria-hidden": "true" }, k.sign),
      label: (k) => (k.key === "actor" ? "other" : k.key),
    },
  ];
  const boxes = [];
  for (const { facet, list, mark, label } of FACETS) {
    const present =
      facet === "kind" ? new Set(data.actors.map((_, n) => kindKey(n))) : new Set(data.events.map((e) => e[facet]));
    let quad = null;
    for (const one of list.filter((o) => present.has(o.key))) {
      if (one.quad && one.quad !== quad)
        byId(`filter-${facet}`).append(
          element("p", { class: `quad quad-${one.quad}` }, data.looks.quads[(quad = one.quad)].label),
        );
      const box = element("input", { type: "checkbox", onchange: () => toggle(facet, one.key, box.checked) });
      const count = element("span", { class: "count" });
      const only = element(
        "button",
        {
          type: "button",
          class: "only",
          title: `Only ${one.key}`,
          "aria-label": `only ${one.key}`,
          onclick: () => change({ [facet]: new Set([one.key]) }),
        },
        "only",
      );
      byId(`filter-${facet}`).append(
        element(
          "div",
          { class: "row" },
          element("label", { title: one.gloss }, box, mark(one), element("span", {}, label(one)), count),
          only,
        ),
      );
      boxes.push({ facet, key: one.key, box, count });
    }
  }
  const toggle = (facet, key, wanted) => {
    const next = new Set(state[facet]);
    next[wanted ? "add" : "delete"](key);
    change({ [facet]: next });
  };

  for (const { facet } of FACETS) byId(`part-${facet}`).hidden = !boxes.some((box) => box.facet === facet);

  /* -- dates: two handles and two fields that say the same --------------------------------------- */
  const handles = { from: byId("slide-from"), to: byId("slide-to") },
    fields = { from: byId("from"), to: byId("to") };
  byId("dates").hidden = !range || range[0] === range[1];
  let sliding = false;
  const undated = data.events.some((e) => !e.days);
  byId("undated").parentElement.hidden = !undated;
  if (range) {
    for (const key of ["from", "to"]) {
      [handles[key].min, handles[key].max] = range;
      handles[key].addEventListener("input", () => {
        if (!sliding)
          window.requestAnimationFrame(() => {
            sliding = false;
            limit(key, Number(handles[key].value));
          });
        sliding = true;
      });
      fields[key].addEventListener("change", () => change({ [key]: dayOf(fields[key].value) }));
    }
  }
  const limit = (key, day) => {
    const other = key === "from" ? (state.to ?? range[1]) : (state.from ?? range[0]);
    const kept = key === "from" ? Math.min(day, other) : Math.max(day, other);
    change({ [key]: kept === range[key === "from" ? 0 : 1] ? null : kept });
  };
  byId("undated").addEventListener("change", (e) => change({ undated: e.target.checked }));
  byId("single").addEventListener("change", (e) => change({ single: e.target.checked }));
  byId("min").addEventListener("input", (e) => change({ min: Math.max(1, Number(e.target.value) || 1) }));
  byId("reset").addEventListener("click", () => {
    const clean = start();
    change(Object.fromEntries(FILTERS.map((key) => [key, clean[key]])));
  });
  byId("unfocus").addEventListener("click", () => change({ focus: null }));
  byId("nothing-reset").addEventListener("click", () => byId("reset").click());

  const refresh = () => {
    const found = Object.fromEntries(Object.keys(all).map((facet) => [facet, counts(facet)]));
    for (const { facet, key, box, count } of boxes) {
      box.checked = state[facet].has(key);
      count.textContent = (found[facet].get(key) || 0).toLocaleString("en");
    }
    if (range) {
      const [low, high] = [state.from ?? range[0], state.to ?? range[1]];
      handles.from.value = low;
      handles.to.value = high;
      /* A handle at its end sets no limit: events may lie beyond it. */
      fields.from.value = state.from === null && beyond[0] ? "" : iso(low);
      fields.to.value = state.to === null && beyond[1] ? "" : iso(high);
      const share = (day) => (100 * (day - range[0])) / Math.max(range[1] - range[0], 1);
      byId("slide").style.setProperty("--from", `${share(low)}%`);
      byId("slide").style.setProperty("--to", `${share(high)}%`);
      for (const key of ["from", "to"]) handles[key].setAttribute("aria-valuetext", fields[key].value || "no limit");
    }
    byId("undated").checked = state.undated;
    byId("single").checked = state.single;
    byId("min").value = state.min;
    byId("unfocus").hidden = state.focus === null;
    if (state.focus !== null) byId("unfocus").textContent = `Neighbours of ${data.actors[state.focus].name} ✕`;
    const { events } = shown();
    const hidden = alone().length;
    byId("summary").replaceChildren(
      `${events.length.toLocaleString("en")} of ${many(data.events.length, "event")}, ${many(data.count, "document")}`,
      ...(hidden
        ? [
            " (",
            element(
              "button",
              {
                type: "button",
                class: "link",
                title: "events with only one actor",
                onclick: () => change({ single: true }),
              },
              `show ${hidden.toLocaleString("en")} of one actor`,
            ),
            ")",
          ]
        : []),
    );
    byId("single-count").textContent = hidden ? hidden.toLocaleString("en") : "";
    byId("nothing").hidden = events.length > 0;
    byId("nothing-reset").hidden = !data.events.length;
    byId("nothing-text").textContent = data.events.length
      ? "No event matches the filters."
      : "This graph has no events.";
  };
  on("filter", refresh);
})(window.diplograph);
