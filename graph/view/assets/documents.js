"use strict";
/* The documents: each text with what was read in it, and what a coder says of that. */
(({ data, documents, marks, byId, element, many, state, choose, change, on, shown, quadOf, all }, app) => {
  const PAGE = 300;
  const FIELDS = ["class", "mode", "status", "date", "place", "participants", "source"];

  /* The document that is chosen, or the first that tells of the chosen event. */
  const current = () => {
    if (state.chosen?.type === "document") return state.chosen.id;
    return state.chosen?.type === "event" ? (app.steps(data.events[state.chosen.id])[0]?.document ?? null) : null;
  };

  /* -- the list ------------------------------------------------------------------------------------- */
  let limit = PAGE;
  const wanted = () => {
    const told = new Set(shown().events.flatMap((e) => app.steps(e).map((s) => s.document)));
    const words = byId("document-search").value.trim().toLowerCase();
    return documents()
      .map((d, n) => [d, n])
      .filter(
        ([d, n]) =>
          (told.has(n) || !d.mentions.length) &&
          (!words || `${d.title || ""} ${d.id} ${d.source || ""} ${d.date || ""}`.toLowerCase().includes(words)),
      );
  };
  const list = () => {
    if (state.view !== "documents") return;
    const found = wanted(),
      at = current();
    byId("document-list").replaceChildren(
      ...[
        ...found.slice(0, limit).map(([d, n]) => {
          const done = d.mentions.filter((m) => marks.of(d, m)).length;
          return element(
            "li",
            {},
            element(
              "button",
              {
                type: "button",
                "aria-current": n === at ? "true" : null,
                onclick: () => change({ chosen: { type: "document", id: n, mention: null } }),
              },
              element("bdi", {}, d.title || d.id),
              element(
                "small",
                {},
                [d.date, d.source, many(d.mentions.length, "mention"), done && `${done} checked`]
                  .filter(Boolean)
                  .join(" · "),
              ),
            ),
          );
        }),
        found.length > limit &&
          element(
            "li",
            {},
            app.link(`${many(found.length - limit, "more document")}`, () => {
              limit += PAGE;
              list();
            }),
          ),
      ].filter(Boolean),
    );
    byId("document-count").textContent = `${found.length.toLocaleString("en")} of ${many(data.count, "document")}`;
  };
  byId("document-search").addEventListener("input", () => {
    limit = PAGE;
    list();
  });

  /* -- the text --------------------------------------------------------------------------------------- */
  const piece = (doc, n, [words, refs]) => {
    if (!refs) return words;
    const mention = refs.find((r) => r < doc.mentions.length);
    const attributes =
      mention !== undefined
        ? {
            class: `mention quad-${quadOf.get(doc.mentions[mention].class)} ${marks.said(doc, doc.mentions[mention]) || ""}`,
            "data-mention": mention,
            "aria-label": `${words}: ${doc.mentions[mention].class}, ${doc.mentions[mention].status}`,
            onclick: () => change({ chosen: { type: "document", id: n, mention } }),
          }
        : {
            class: "actor",
            "data-actor": doc.actors[refs[0] - doc.mentions.length],
            title: data.actors[doc.actors[refs[0] - doc.mentions.length]].name,
            onclick: () => choose("actor", doc.actors[refs[0] - doc.mentions.length]),
          };
    const chosen =
      mention !== undefined &&
      state.chosen?.type === "document" &&
      state.chosen.id === n &&
      state.chosen.mention === mention;
    return element(
      "span",
      {
        role: "button",
        tabindex: 0,
        "aria-pressed": mention !== undefined ? String(chosen) : null,
        onkeydown: (e) => {
          if (e.key === "Enter" || e.key === " ") {
            e.preventDefault();
            e.target.click();
          }
        },
        ...attributes,
      },
      words,
    );
  };
  const article = () => {
    if (state.view !== "documents") return;
    const home = byId("document");
    const n = current();
    if (n === null) {
      home.replaceChildren(element("p", { class: "soft" }, documents().length ? "Choose a document." : ""));
      return;
    }
    const doc = documents()[n];
    home.replaceChildren(
      element("h2", {}, element("bdi", {}, doc.title || doc.id)),
      element(
        "p",
        { class: "soft" },
        [doc.date, doc.source, doc.title && doc.id !== doc.title && doc.id].filter(Boolean).join(" · "),
      ),
      doc.text === null
        ? element(
            "div",
            {},
            element("p", { class: "soft" }, "The record came without its text. Read in it:"),
            element(
              "ul",
              {},
              doc.mentions.map((m, k) =>
                element(
                  "li",
                  {},
                  app.link(
                    `${(m.mode || m.class.toLowerCase()).replaceAll("_", " ")}: ${m.participants || "nobody"} (${m.status}, characters ${m.at[0]}–${m.at[1]})`,
                    () => change({ chosen: { type: "document", id: n, mention: k } }),
                  ),
                ),
              ),
            ),
          )
        : element(
            "div",
            { class: "text", dir: "auto" },
            doc.text.map((p) => piece(doc, n, p)),
          ),
    );
    home.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  };

  /* -- a mention and what the coder says of it ------------------------------------------------------------ */
  const form = (doc, mention) => {
    const known = marks.of(doc, mention)?.fields || {};
    const value = (field) => known[field] ?? mention[field] ?? "";
    const input = (field) => {
      const options = { class: [...all.class], status: [...all.status] }[field];
      return options
        ? element(
            "select",
            { name: field },
            options.map((o) => element("option", { value: o, selected: o === value(field) }, o)),
          )
        : element(
            field === "participants" ? "textarea" : "input",
            field === "participants"
              ? { name: field, rows: 3 }
              : { name: field, value: value(field), placeholder: field === "date" ? "2025-10-20" : null },
            ...(field === "participants" ? [value(field)] : []),
          );
    };
    return element(
      "form",
      {
        class: "correct",
        onsubmit: (e) => {
          e.preventDefault();
          const given = new window.FormData(e.target),
            fields = {};
          for (const field of FIELDS)
            if ((given.get(field) || "").trim() !== (mention[field] || "")) fields[field] = given.get(field).trim();
          marks.set(
            doc,
            mention,
            Object.keys(fields).length
              ? { mark: "correct", fields, note: given.get("note").trim() }
              : { mark: "accept", fields: {}, note: given.get("note").trim() },
          );
        },
      },
      FIELDS.map((field) => element("label", {}, field, input(field))),
      element("p", { class: "soft" }, "Participants: name (role); name (role)"),
      element("label", {}, "note", element("input", { name: "note", value: marks.of(doc, mention)?.note || "" })),
      element("button", { type: "submit" }, "Save the correction"),
    );
  };
  const show = (fill, title) => {
    const doc = documents()[state.chosen.id],
      mention = doc.mentions[state.chosen.mention];
    if (!mention) {
      const done = doc.mentions.filter((m) => marks.of(doc, m)).length;
      fill(
        title(doc.title || doc.id),
        element("p", { class: "soft" }, [doc.date, doc.source].filter(Boolean).join(" · ")),
        element("p", {}, `${many(doc.mentions.length, "mention")} of events, ${done} checked.`),
        element(
          "ul",
          { class: "events" },
          doc.mentions.map((m, k) =>
            element(
              "li",
              { class: `event quad-${quadOf.get(m.class)}` },
              app.badge(m.status),
              " ",
              app.link(element("bdi", {}, `${m.mode || m.class.toLowerCase()}: ${m.participants || "nobody"}`), () =>
                change({ view: "documents", chosen: { type: "document", id: state.chosen.id, mention: k } }),
              ),
              marks.of(doc, m) && element("small", {}, ` ${marks.said(doc, m)}`),
            ),
          ),
        ),
      );
      return;
    }
    const mark = marks.of(doc, mention);
    const button = (name, text) =>
      element(
        "button",
        {
          type: "button",
          "aria-pressed": String(mark?.mark === name),
          onclick: () =>
            marks.set(doc, mention, mark?.mark === name ? null : { mark: name, fields: {}, note: mark?.note || "" }),
        },
        text,
      );
    const step = (way) => {
      const next = state.chosen.mention + way;
      if (doc.mentions[next]) change({ chosen: { type: "document", id: state.chosen.id, mention: next } });
    };
    fill(
      title(`${mention.mode || mention.class.toLowerCase()}`.replaceAll("_", " ")),
      element(
        "p",
        {},
        app.badge(mention.status),
        " ",
        element("span", { class: `pill quad-${quadOf.get(mention.class)}` }, mention.class),
        mention.confidence !== null && element("small", {}, ` confidence ${mention.confidence.toFixed(2)}`),
      ),
      element(
        "dl",
        {},
        ["participants", "date", "place", "source"]
          .filter((f) => mention[f])
          .map((f) => [element("dt", {}, f), element("dd", {}, element("bdi", {}, mention[f]))]),
        mention.event !== null && [
          element("dt", {}, "event"),
          element("dd", {}, app.eventLink(data.events[mention.event])),
        ],
      ),
      mention.by.length > 0 &&
        element(
          "details",
          {},
          element("summary", {}, "which rules read it"),
          element("p", { class: "soft" }, mention.by.join(", ")),
        ),
      element("h3", {}, "Is it right?"),
      element(
        "div",
        { class: "marks", role: "group", "aria-label": "Your mark" },
        button("accept", "✓ Accept"),
        button("reject", "✗ Reject"),
      ),
      mark &&
        element(
          "p",
          { class: "soft", role: "status" },
          `${marks.said(doc, mention)}${
            mark.mark === "correct"
              ? `: ${Object.entries(mark.fields)
                  .map(([f, v]) => `${f} = ${v || "nothing"}`)
                  .join("; ")}`
              : ""
          }`,
        ),
      element("details", { open: mark?.mark === "correct" }, element("summary", {}, "✎ Correct"), form(doc, mention)),
      element(
        "p",
        { class: "marks" },
        app.link("← mention before", () => step(-1)),
        app.link("next mention →", () => step(1)),
      ),
      element(
        "p",
        { class: "soft" },
        "“Save my checks” above writes them into a file, overrules.csv. Build the graph with it to use them: diplograph build … --overrules overrules.csv",
      ),
    );
  };
  let again = () => {};
  app.review = {
    show: (fill, title) => {
      again = () => show(fill, title);
      show(fill, title);
    },
    again: () => again(),
  };
  on("view filter", () => {
    list();
    article();
  });
  on("chosen", () => {
    list();
    article();
  });
  marks.whenChanged(() => {
    list();
    article();
    if (state.chosen?.type === "document") app.review.again();
  });
})(window.diplograph, window.diplograph);
