"use strict";
/* Search with completion: actors, events, places, documents. */
(({ data, byId, element, many, choose, change, on, shown, documents }) => {
  const field = byId("search"),
    list = byId("found");
  const LIMIT = 12;
  const plain = (text) => (text || "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null,
    options = [],
    active = -1;
  const entries = () => {
    if (index) return index;
    const weight = new Uint32Array(data.actors.length);
    for (const e of data.events) for (const [a] of e.parties) weight[a] += 1;
    index = [
      ...data.actors.map((a, n) => ({
        type: "actor",
        id: n,
        label: a.name,
        about: [a.kind, a.country, many(weight[n], "event")].filter(Boolean).join(", "),
        weight: 1000 + weight[n],
      })),
      ...data.places.map((p, n) => ({ type: "place", id: n, label: p.name, about: "place", weight: 500 })),
      ...data.events.map((e, n) => ({
        type: "event",
        id: n,
        label: e.label,
        about: [e.status, e.date].filter(Boolean).join(" "),
        weight: e.reports,
      })),
      ...documents().map((d, n) => ({ type: "document", id: n, label: d.title || d.id, about: "document", weight: 0 })),
    ];
    for (const entry of index) entry.plain = plain(entry.label);
    return index;
  };
  const matches = (text) => {
    const words = plain(text).split(/\s+/).filter(Boolean);
    const found = entries().filter((entry) => words.every((word) => entry.plain.includes(word)));
    const rank = (entry) =>
      (entry.plain.startsWith(words[0]) ? 1e6 : 0) + (entry.plain === words.join(" ") ? 1e7 : 0) + entry.weight;
    return found
      .map((entry) => [rank(entry), entry])
      .sort((a, b) => b[0] - a[0])
      .map(([, entry]) => entry);
  };
  /* Of a name that stands for many, one can be told from the others by whom it has to do with. */
  const about = (entry) => {
    if (entry.type !== "actor" || entry.weight > 1001) return entry.about;
    const event = data.events.find((e) => e.parties.some(([a]) => a === entry.id));
    const others = event
      ? event.parties
          .filter(([a]) => a !== entry.id)
          .slice(0, 2)
          .map(([a]) => data.actors[a].name)
      : [];
    return [entry.about, event?.kind, others.length && `with ${others.join(", ")}`, event?.date]
      .filter(Boolean)
      .join(", ");
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const mark = (number) => {
    active = number;
    [...list.querySelectorAll("[role=option]")].forEach((child, n) =>
      child.setAttribute("aria-selected", String(n === active)),
    );
    if (active >= 0) {
      field.setAttribute("aria-activedescendant", `found-${active}`);
      byId(`found-${active}`).scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const go = (entry) => {
    close();
    field.value = entry.label;
    if (entry.type === "document")
      change({ view: "documents", chosen: { type: "document", id: entry.id, mention: null } });
    else choose(entry.type, entry.id, { centre: true });
  };
  const update = () => {
    const text = field.value.trim();
    if (!text) {
      options = [];
      close();
      byId("search-status").textContent = "";
      return;
    }
    const found = matches(text);
    options = found.slice(0, LIMIT);
    const rest = found.length - options.length;
    list.replaceChildren(
      ...(found.length ? [] : [element("li", { class: "more", role: "presentation" }, "no match")]),
      ...options.map((o, n) =>
        element(
          "li",
          {
            id: `found-${n}`,
            role: "option",
            "aria-selected": "false",
            onmousedown: (e) => {
              e.preventDefault();
              go(o);
            },
          },
          element("span", {}, o.label),
          element("small", {}, about(o)),
        ),
      ),
      ...(rest > 0
        ? [
            element(
              "li",
              { class: "more", role: "presentation" },
              `… and ${rest.toLocaleString("en")} more: Enter lists the events`,
            ),
          ]
        : []),
    );
    byId("search-status").textContent = found.length
      ? many(found.length, "match").replace("matchs", "matches")
      : "no match";
    list.hidden = false;
    field.setAttribute("aria-expanded", String(options.length > 0));
    active = -1;
  };
  field.addEventListener("input", update);
  field.addEventListener("focus", () => {
    if (field.value) update();
  });
  field.addEventListener("blur", close);
  on("chosen", () => {
    if (document.activeElement !== field) field.value = "";
  });
  field.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) update();
      if (options.length)
        mark(
          (active + (e.key === "ArrowDown" ? 1 : -1) + options.length + (active < 0 && e.key === "ArrowUp" ? 1 : 0)) %
            options.length,
        );
    } else if (e.key === "Enter") {
      e.preventDefault();
      if (list.hidden) update();
      if (active >= 0) go(options[active]);
      else if (options.length === 1 || (options[0] && options[0].plain === plain(field.value.trim()))) go(options[0]);
      else if (field.value.trim()) {
        const words = field.value.trim(),
          { flags } = shown();
        const events = matches(words)
          .filter((o) => o.type === "event")
          .map((o) => o.id);
        const actors = new Set(
          matches(words)
            .filter((o) => o.type === "actor")
            .map((o) => o.id),
        );
        const seen = new Set(events);
        for (const ev of data.events) if (!seen.has(ev.n) && ev.parties.some(([a]) => actors.has(a))) events.push(ev.n);
        close();
        choose(
          "list",
          events.filter((n) => flags[n]),
          { title: `“${words}”` },
        );
      }
    } else if (e.key === "Escape") {
      if (list.hidden) field.value = "";
      close();
    }
  });
})(window.diplograph);
